/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reader.h"

#include "edit.h"

enum { NAME_ITEMS_MAX = 6 };

/* Whether the word is one of those, or one of 8 letters or more with at most two typing errors (docs/grammar.md, 3). */
static bool is_mistyped(struct view word, const struct words *words)
{
    enum { LETTERS_MIN = 8, ERRORS_MAX = 2 };
    for (size_t i = 0; i < words->n; i++) {
        struct view spelling = view_of(words->word[i]);
        if (spelling.len >= LETTERS_MIN && word.len >= LETTERS_MIN - 1 && edit_distance(word, spelling) <= ERRORS_MAX)
            return true;
    }
    return words_have(words, word);
}

/* "posyandu", "posyandu5": *ret_behind is where what is glued to the word begins. */
static bool is_place_word(const struct lexer *lexer, const struct item *item, enum place_kind *ret_kind,
                          size_t *ret_behind)
{
    const struct lang *lang = lexer->lexicon->lang;
    struct view word = item_text(lexer, item);
    if (item->kind != ITEM_WORD && item->kind != ITEM_NAME)
        return false;
    while (word.len > 0 && is_digit(word.at[word.len - 1]))
        word.len--;
    *ret_behind = item->start + word.len;
    *ret_kind = is_mistyped(word, &lang->posyandu) ? PLACE_POSYANDU : PLACE_VILLAGE;
    return *ret_kind == PLACE_POSYANDU || (item->kind == ITEM_WORD && words_have(&lang->village, word));
}

bool read_is_place(const struct lexer *lexer, const struct item *item)
{
    enum place_kind kind;
    size_t behind;
    return is_place_word(lexer, item, &kind, &behind);
}

static bool is_soft(const struct item *item)
{
    return item->kind == ITEM_UNIT || item->kind == ITEM_TITLE || item->kind == ITEM_NAME ||
           item->kind == ITEM_FILLER || item->kind == ITEM_GREETING || item->kind == ITEM_COURTESY;
}

/* A word that is nothing else; a key without a number ("Anggrek Merah"). */
static bool is_hard(const struct lexer *lexer, size_t i)
{
    const struct item *items = lexer->items;
    bool valued = i + 1 < lexer->n_items && is_value(&items[i + 1]);
    return items[i].kind == ITEM_WORD || (items[i].kind == ITEM_OTHER_KEY && !valued);
}

static uint32_t gap_before(const struct lexer *lexer, size_t *token, const struct item *item)
{
    while (*token + 1 < lexer->n_tokens && lexer->tokens[*token].start < item->start)
        ++*token;
    return lexer->tokens[*token].gap;
}

/* Where a name that begins behind `at` ends, *ret_sure at least there; both are `at` where there is none. *token only
 * ever goes on. */
static size_t name_end(const struct lexer *lexer, size_t *token, size_t i, size_t at, size_t *ret_sure)
{
    const uint32_t pause = GAP_LINE | GAP_SENTENCE | GAP_BREAK | GAP_HYPHEN;
    size_t end = at;
    *ret_sure = at;
    for (size_t n = 0; i < lexer->n_items && n < NAME_ITEMS_MAX; i++, n++) {
        const struct item *item = &lexer->items[i];
        enum place_kind kind;
        size_t behind;
        if (gap_before(lexer, token, item) & (n == 0 ? (uint32_t)GAP_LINE : pause) ||
            item_is_one_of(lexer, item, &lexer->lexicon->lang->no_place) || is_place_word(lexer, item, &kind, &behind))
            break;
        bool number = item->kind == ITEM_NUMBER, hard = number || is_hard(lexer, i);
        if (!hard && !is_soft(item))
            break;
        end = item->end;
        if (hard)
            *ret_sure = end;
        if (number)
            break;
    }
    return end;
}

static void add_place(struct reading *reading, const struct place_named *place)
{
    if (reading->n_places < READING_PLACES_MAX)
        reading->places[reading->n_places] = *place;
    reading->n_places++;
}

/* The words directly before a form keyword, and the number that may end a name. */
static void read_bare(const struct lexer *lexer, struct reading *reading, size_t form)
{
    size_t first = form, end = form;
    while (first > 0 && lexer->items[first - 1].kind == ITEM_MARK)
        end = --first;
    first -= first > 0 && lexer->items[first - 1].kind == ITEM_NUMBER;
    while (first > 0 && end - first < NAME_ITEMS_MAX &&
           (is_hard(lexer, first - 1) ||
            (first > 1 && lexer->items[first - 1].kind == ITEM_NUMBER && is_hard(lexer, first - 2))))
        first--;
    if (first == end || !is_hard(lexer, first))
        return;
    struct place_named place = {
        .kind = PLACE_BARE,
        .name = folded_view(&lexer->folded, lexer->items[first].start, lexer->items[end - 1].end),
    };
    place.said = place.name;
    place.sure = place.name.len;
    add_place(reading, &place);
}

/* "semua posyandu", "2 pos digabung": all of them. */
static bool is_together(const struct lexer *lexer, size_t i)
{
    const struct words *together = &lexer->lexicon->lang->together;
    if (i + 1 < lexer->n_items && item_is_one_of(lexer, &lexer->items[i + 1], together))
        return true;
    for (size_t k = i; k > 0 && i - k < 3; k--) {
        const struct item *before = &lexer->items[k - 1];
        if (item_is_one_of(lexer, before, together))
            return true;
        if (before->kind != ITEM_NUMBER && before->kind != ITEM_FILLER && before->kind != ITEM_WORD)
            return false;
    }
    return false;
}

void read_places(const struct lexer *lexer, struct reading *reading)
{
    size_t token = 0;
    for (size_t i = 0; i < lexer->n_items; i++) {
        const struct item *item = &lexer->items[i];
        enum place_kind kind;
        size_t behind, sure;
        if (item->kind == ITEM_FORM && !(item->flags & ITEM_GUESSED))
            read_bare(lexer, reading, i);
        if (!is_place_word(lexer, item, &kind, &behind))
            continue;
        if (kind == PLACE_POSYANDU && is_together(lexer, i)) {
            const struct place_named all = {.kind = PLACE_TOGETHER,
                                            .said = folded_view(&lexer->folded, item->start, item->end)};
            add_place(reading, &all);
        }
        if (kind == PLACE_VILLAGE && i > 0 &&
            item_is_one_of(lexer, &lexer->items[i - 1], &lexer->lexicon->lang->offices))
            continue;
        bool glued = behind < item->end;
        size_t end = glued ? item->end : name_end(lexer, &token, i + 1, item->end, &sure);
        size_t start = glued ? behind : i + 1 < lexer->n_items ? lexer->items[i + 1].start : end;
        if (glued)
            sure = end;
        if (end <= start)
            continue;
        struct place_named place = {.kind = kind,
                                    .name = folded_view(&lexer->folded, start, end),
                                    .said = folded_view(&lexer->folded, item->start, end)};
        place.sure = sure > start ? folded_view(&lexer->folded, start, sure).len : 0;
        add_place(reading, &place);
    }
}
