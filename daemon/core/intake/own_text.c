/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/intake/own_text.h"

#include <string.h>

#include "parsers/template.h"
#include "settings/settings.h"
#include "store/mt.h"

enum {
    WORDS_MAX = 256,
    SENT_LOOKED_AT = 20,
    SENT_DAYS = 7,
    SENT_WORDS_MIN = 4,    /* of a shorter text only the whole is known again */
    SENT_PERCENT = 60,     /* so much of a text, from its beginning, is most of it */
    PIECE_WORDS_ALONE = 3, /* so many words in a row are told from talk … */
    PIECE_RUN_MIN = 4,     /* … and of a longer piece so many of them */
    LIKE_WORDS_MIN = 5,    /* so many of the box's words make a text one of its own */
    LITERAL_BYTES_MIN = 8, /* so many letters and signs are told from what people type */
    PERIOD_COUNTS_AS = 2   /* "Okt/36" as the box writes it */
};

static bool is_word(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* Cuts the next word off; false: there is none. */
static bool next_word(struct view *rest, struct view *ret_word)
{
    size_t from = 0, end;
    while (from < rest->len && !is_word(rest->at[from]))
        from++;
    for (end = from; end < rest->len && is_word(rest->at[end]); end++)
        continue;
    *ret_word = (struct view){rest->at + from, end - from};
    *rest = (struct view){rest->at + end, rest->len - end};
    return end > from;
}

static bool same_word(struct view a, struct view b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.at[i]) != lower(b.at[i]))
            return false;
    return true;
}

struct words_of {
    struct view word[WORDS_MAX];
    size_t n;
};

static void split(struct view text, struct words_of *ret_words)
{
    ret_words->n = 0;
    while (ret_words->n < WORDS_MAX && next_word(&text, &ret_words->word[ret_words->n]))
        ret_words->n++;
}

/* How many words of a from i on are those of b from j on. */
static size_t run_of(const struct words_of *a, size_t i, const struct words_of *b, size_t j)
{
    size_t n = 0;
    while (i + n < a->n && j + n < b->n && same_word(a->word[i + n], b->word[j + n]))
        n++;
    return n;
}

/* ---- what was sent to this number ---- */

static bool has_number(const struct words_of *words, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++)
        for (size_t at = 0; at < words->word[i].len; at++)
            if (is_digit(words->word[i].at[at]))
                return true;
    return false;
}

/* The text ends there, perhaps within the next word that was sent. */
static bool is_cut(const struct words_of *text, size_t end, struct view next)
{
    if (end + 1 != text->n)
        return end == text->n;
    struct view last = text->word[end];
    return last.len < next.len && same_word(last, (struct view){next.at, last.len});
}

static enum own_text own_of_words(const struct words_of *sent, const struct words_of *text)
{
    for (size_t i = 0; i < text->n; i++) {
        size_t n = run_of(text, i, sent, 0);
        bool most = n >= SENT_WORDS_MIN && n * 100 >= sent->n * SENT_PERCENT;
        if (n == 0 || !(n == sent->n || (most && is_cut(text, i + n, sent->word[n]))))
            continue;
        if (sent->n < SENT_WORDS_MIN && text->n != n)
            continue;
        return has_number(text, 0, i) || has_number(text, i + n, text->n) ? OWN_TEXT_LIKE : OWN_TEXT_SENT;
    }
    return OWN_TEXT_NOT;
}

enum own_text own_text_of_sent(struct view sent, struct view text)
{
    struct words_of sent_words, words;
    split(sent, &sent_words);
    split(text, &words);
    return own_of_words(&sent_words, &words);
}

struct search {
    struct words_of text;
    enum own_text own;
};

static int compare_sent(void *data, const char *text)
{
    struct search *search = data;
    struct words_of sent;
    split(view_of(text), &sent);
    search->own = own_of_words(&sent, &search->text);
    return search->own != OWN_TEXT_NOT;
}

/* ---- how the box words things ---- */

/* "Okt/36" as it is written by the box, and what follows it. */
static bool is_period(const struct replies *replies, struct view text, size_t at, size_t *ret_end)
{
    for (int month = 0; month < 12; month++) {
        size_t len = strlen(replies->months[month]);
        const char *end = text.at + at + len;
        if (at + len + 3 > text.len || memcmp(text.at + at, replies->months[month], len) != 0)
            continue;
        *ret_end = at + len + 3;
        return len > 0 && end[0] == '/' && is_digit(end[1]) && is_digit(end[2]);
    }
    return false;
}

/* Whether the text begins, or ends, with the name of a form as the box writes it. */
static bool touches_form(const struct settings *settings, struct view text, bool at_end)
{
    for (size_t s = 0; s < settings->n_sets; s++) {
        const struct set *set = settings->sets[s].set;
        for (size_t f = 0; f < set->n_forms; f++) {
            size_t len = strlen(set->forms[f].name);
            if (text.len >= len && memcmp(at_end ? text.at + text.len - len : text.at, set->forms[f].name, len) == 0)
                return true;
        }
    }
    return false;
}

/* "IBU HAMIL Okt/36: ibu hamil 12": nobody types that. */
static bool is_segment(const struct settings *settings, struct view text, size_t at, size_t end)
{
    return end + 2 < text.len && text.at[end] == ':' && text.at[end + 1] == ' ' && is_word(text.at[end + 2]) &&
           !is_digit(text.at[end + 2]) && at > 0 && text.at[at - 1] == ' ' &&
           touches_form(settings, (struct view){text.at, at - 1}, true);
}

/* "Contoh: ANAK 40": the box's word for an example, and one. */
static bool has_example(const struct settings *settings, const struct replies *replies, struct view text)
{
    struct view rest = view_of(replies->text[REPLY_HELP_FORM][REPLY_SHORT]), word;
    if (!template_literal(&rest, &word))
        return false;
    while (word.len > 0 && word.at[0] == ' ')
        word = (struct view){word.at + 1, word.len - 1};
    for (size_t at = 0; word.len > 0 && at + word.len < text.len; at++) {
        struct view after = {text.at + at + word.len, text.len - at - word.len};
        if (same_word((struct view){text.at + at, word.len}, word) && touches_form(settings, after, false))
            return true;
    }
    return false;
}

/* ". Sudah masuk: ", as it stands after a month in one of the box's texts. */
static bool follows_period(const struct replies *replies, struct view after)
{
    static const char name[] = "{period}";
    for (int i = 0; i < REPLY_COUNT * REPLY_LENGTHS; i++) {
        const char *at = strstr(replies->text[i / REPLY_LENGTHS][i % REPLY_LENGTHS], name);
        size_t len = at ? strcspn(at + strlen(name), "{") : 0;
        if (len >= LITERAL_BYTES_MIN && after.len >= len && memcmp(after.at, at + strlen(name), len) == 0)
            return true;
    }
    return false;
}

/* Adds what months count; true: after one of them the text goes on as only the box does. */
static bool count_periods(const struct settings *settings, const struct replies *replies, struct view text,
                          size_t *count)
{
    size_t end;
    for (size_t at = 0; at < text.len; at++) {
        if ((at > 0 && is_word(text.at[at - 1])) || !is_period(replies, text, at, &end))
            continue;
        if (is_segment(settings, text, at, end) ||
            follows_period(replies, (struct view){text.at + end, text.len - end}))
            return true;
        *count += PERIOD_COUNTS_AS;
    }
    return false;
}

struct likeness {
    const struct words_of *text;
    bool own[WORDS_MAX];
};

static void mark(struct likeness *likeness, size_t from, size_t n)
{
    for (size_t i = from; i < from + n; i++)
        likeness->own[i] = true;
}

/* Marks where the piece, or a long part of it, stands in the text. */
static void mark_piece(struct likeness *likeness, const struct words_of *piece)
{
    size_t least = piece->n < PIECE_RUN_MIN ? piece->n : PIECE_RUN_MIN;
    if (least < PIECE_WORDS_ALONE)
        return;
    for (size_t i = 0; i < likeness->text->n; i++) {
        for (size_t j = 0; j + least <= piece->n; j++) {
            size_t n = run_of(likeness->text, i, piece, j);
            if (n >= least)
                mark(likeness, i, n);
        }
    }
}

/* Where the piece stands from `from` on; the text's end: nowhere. */
static size_t find_piece(const struct words_of *text, size_t from, const struct words_of *piece)
{
    while (from < text->n && run_of(text, from, piece, 0) < piece->n)
        from++;
    return from;
}

/* Marks a wording of which every piece is there in its order; single words alone are no sign. */
static void mark_whole(struct likeness *likeness, const char *wording)
{
    struct view rest = view_of(wording), literal;
    struct words_of piece;
    size_t at = 0, longest = 0;
    bool own[WORDS_MAX];
    memcpy(own, likeness->own, sizeof own);
    while (template_literal(&rest, &literal)) {
        split(literal, &piece);
        if (piece.n == 0)
            continue;
        at = find_piece(likeness->text, at, &piece);
        if (at == likeness->text->n) {
            memcpy(likeness->own, own, sizeof own);
            return;
        }
        mark(likeness, at, piece.n);
        at += piece.n;
        longest = piece.n > longest ? piece.n : longest;
    }
    if (longest < 2)
        memcpy(likeness->own, own, sizeof own);
}

static void mark_wording(struct likeness *likeness, const char *wording)
{
    struct view rest = view_of(wording), literal;
    struct words_of piece;
    mark_whole(likeness, wording);
    while (template_literal(&rest, &literal)) {
        split(literal, &piece);
        mark_piece(likeness, &piece);
    }
}

static unsigned hash_of(struct view word)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < word.len; i++)
        hash = (hash ^ (unsigned char)lower(word.at[i])) * 16777619u;
    return (hash ^ hash >> 16) % OWN_WORDS_BITS;
}

/* The hashes of all words that stand in the box's texts. */
static const uint64_t *own_words(const struct box *box)
{
    struct guard_memory *memory = box->guard;
    const struct settings *settings = box->settings;
    if (memory->own_words_of == settings)
        return memory->own_words;
    memset(memory->own_words, 0, sizeof memory->own_words);
    for (size_t i = 0; i < settings->n_replies * REPLY_COUNT * REPLY_LENGTHS; i++) {
        const struct replies *replies = settings->replies[i / (REPLY_COUNT * REPLY_LENGTHS)];
        struct view rest = view_of(replies->text[i / REPLY_LENGTHS % REPLY_COUNT][i % REPLY_LENGTHS]), literal, word;
        while (template_literal(&rest, &literal))
            while (next_word(&literal, &word))
                memory->own_words[hash_of(word) / 64] |= UINT64_C(1) << hash_of(word) % 64;
    }
    memory->own_words_of = settings;
    return memory->own_words;
}

/* How many words of the text may be among them. */
static size_t count_own(const struct words_of *words, const uint64_t *own)
{
    size_t n = 0;
    for (size_t i = 0; i < words->n; i++)
        n += own[hash_of(words->word[i]) / 64] >> hash_of(words->word[i]) % 64 & 1;
    return n;
}

/* own: the hashes of the box's words; NULL: compare with every text. */
static bool is_like(const struct settings *settings, const struct replies *replies, struct view text,
                    const struct words_of *words, const uint64_t *own)
{
    struct likeness likeness = {.text = words};
    size_t count = 0;
    if (has_example(settings, replies, text) || count_periods(settings, replies, text, &count))
        return true;
    if (own && count + count_own(words, own) < LIKE_WORDS_MIN)
        return false;
    for (int id = 0; id < REPLY_COUNT; id++) {
        const char *const *wording = replies->text[id];
        mark_wording(&likeness, wording[REPLY_LONG]);
        if (wording[REPLY_SHORT] != wording[REPLY_LONG])
            mark_wording(&likeness, wording[REPLY_SHORT]);
    }
    for (size_t i = 0; i < words->n; i++)
        count += likeness.own[i];
    return count >= LIKE_WORDS_MIN;
}

static bool is_like_any(const struct settings *settings, struct view text, const struct words_of *words,
                        const uint64_t *own)
{
    for (size_t i = 0; i < settings->n_replies; i++)
        if (is_like(settings, settings->replies[i], text, words, own))
            return true;
    return false;
}

bool own_text_like(const struct settings *settings, struct view text)
{
    struct words_of words;
    split(text, &words);
    return is_like_any(settings, text, &words, NULL);
}

int own_text_find(const struct box *box, const char *phone, struct view text, int64_t now_ms, enum own_text *ret_own,
                  struct error *error)
{
    struct search search = {.own = OWN_TEXT_NOT};
    split(text, &search.text);
    int result =
        store_mt_texts(box->store, phone, now_ms - SENT_DAYS * MS_DAY, SENT_LOOKED_AT, compare_sent, &search, error);
    if (result < 0)
        return result;
    if (search.own == OWN_TEXT_NOT && is_like_any(box->settings, text, &search.text, own_words(box)))
        search.own = OWN_TEXT_LIKE;
    *ret_own = search.own;
    return 0;
}
