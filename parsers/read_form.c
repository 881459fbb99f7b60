/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Forms that nobody typed, and form keywords that are none: which form do keys and numbers belong to? */
#include "reader.h"

#include "edit.h"
#include "typo.h"

/* "bukan 9 tapi 10 k4nya": the first of the words of a change whose last number the key or form at i has, or i. */
static size_t change_before(const struct lexer *lexer, size_t i)
{
    const struct item *items = lexer->items;
    bool change = i > 3 && items[i - 1].kind == ITEM_NUMBER && items[i - 2].mask & MEANS(INSTEAD) &&
                  items[i - 3].kind == ITEM_NUMBER && items[i - 4].mask & MEANS(NOT_THIS);
    return change ? i - 4 : i;
}

/* Whether a value stands behind item i, and nothing but what leads to one: "k4 bukan 9 tapi 10", "K4 september yang
 * benar 7". */
static bool leads_to_value(const struct lexer *lexer, size_t i)
{
    const uint64_t change = MEANS(INSTEAD) | MEANS(NOT_THIS) | MEANS(REFERS) | MEANS(CHANGE_BY);
    const uint32_t small = 1u << ITEM_FILLER | 1u << ITEM_MARK | 1u << ITEM_COURTESY | 1u << ITEM_UNIT |
                           1u << ITEM_PERIOD | 1u << ITEM_DATE;
    const struct item *items = lexer->items;
    for (i++; i < lexer->n_items && !is_value(&items[i]) && items[i].kind != ITEM_NOT_YET; i++) {
        if (!(small >> items[i].kind & 1) && !(items[i].mask & MEANS(RELATIVE)) &&
            !(items[i].kind == ITEM_WORD && items[i].mask & change))
            return false;
    }
    return i < lexer->n_items;
}

/* A key without a form, and the forms that have it. */
static bool is_loose_key(const struct lexer *lexer, size_t i)
{
    const struct item *items = lexer->items;
    if (items[i].kind != ITEM_OTHER_KEY || items[i].mask & MEANS(UNIT))
        return false;
    return leads_to_value(lexer, i) || change_before(lexer, i) < i;
}

static bool is_key_item(const struct item *item)
{
    return item->kind == ITEM_KEY || (item->kind == ITEM_OTHER_KEY && !(item->mask & MEANS(UNIT)));
}

static bool is_one_form(uint16_t forms)
{
    return forms != 0 && (forms & (forms - 1)) == 0;
}

static int16_t first_form(uint16_t forms)
{
    int16_t form = 0;
    while (!(forms >> form & 1))
        form++;
    return form;
}

/* Keys that one form can have together. */
struct run {
    uint16_t forms; /* that have all of them */
    size_t first;   /* item */
    bool letters;   /* only single letters so far: "H", "M" are no names */
};

/* "paut 30 aktif 26": the word that begins the message, with a number before the first key, and near the form's name;
 * or NULL. A dictionary word may be it as well, since a guessed form is asked. */
static const struct item *near_form(const struct lexer *lexer, size_t key, int form)
{
    enum { LETTERS_MIN = 4 };
    const struct form *meant = &lexer->lexicon->set->forms[form];
    const struct item *items = lexer->items;
    size_t number = key > 0 && items[key - 1].kind == ITEM_UNIT ? key - 1 : key;
    if (number < 2 || items[number - 1].kind != ITEM_NUMBER || items[number - 2].kind != ITEM_WORD)
        return NULL;
    const struct item *word = &items[number - 2];
    for (const struct item *item = items; item < word; item++) {
        if (item->kind != ITEM_GREETING && item->kind != ITEM_PERIOD && item->kind != ITEM_COURTESY)
            return NULL;
    }
    struct view typed = {lexer->folded.at + word->start, (size_t)(word->end - word->start)};
    for (size_t i = 0; i < meant->n_spellings; i++) {
        char spelling[SPELLING_MAX];
        size_t len = 0;
        for (const char *c = meant->spellings[i]; *c && *c != ' ' && len < sizeof spelling; c++)
            spelling[len++] = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
        if (meant->spellings[i][len] == '\0' && len >= LETTERS_MIN && typed.len >= LETTERS_MIN &&
            edit_distance(typed, (struct view){spelling, len}) == 1)
            return word;
    }
    return NULL;
}

/* Ends a run: its form, or false where it could be several. */
static bool close_run(struct reader_workspace *ws, const struct run *run)
{
    struct lexer *lexer = &ws->lexer;
    int context = ws->context.form;
    bool known = context >= 0 && run->forms >> context & 1;
    if ((!known && (run->letters || !is_one_form(run->forms))) || lexer->n_guesses == GUESSES_MAX)
        return false;
    int16_t form = known ? (int16_t)context : first_form(run->forms);
    const struct item *near = lexer->n_guesses == 0 ? near_form(lexer, run->first, form) : NULL;
    uint16_t at = lexer->items[run->first].start;
    lexer->guesses[lexer->n_guesses++] =
        near ? (struct guess){near->start, near->end, form} : (struct guess){at, 0, form};
    return true;
}

bool read_guess(struct reader_workspace *ws)
{
    struct lexer *lexer = &ws->lexer;
    struct run run = {.forms = 0};
    lexer->n_guesses = 0;
    bool sure = true;
    size_t i = 0, bare = lexer->n_items; /* the first key without a number: "kek, k4 7" */
    for (; i < lexer->n_items && lexer->items[i].kind != ITEM_FORM && sure; i++) {
        const struct item *item = &lexer->items[i];
        bool letter = item->end - item->start == 1;
        if (!is_loose_key(lexer, i)) {
            bare = bare == lexer->n_items && is_key_item(item) ? i : bare;
            continue;
        }
        if (run.forms != 0 && run.forms & item->forms) {
            run.forms &= item->forms;
            run.letters = run.letters && letter;
            continue;
        }
        sure = run.forms == 0 || close_run(ws, &run);
        bool both = bare < i && lexer->items[bare].forms & item->forms;
        run = (struct run){item->forms, both ? bare : i, letter};
        bare = lexer->n_items;
    }
    /* Before a form keyword only what no other form has is no guess. */
    bool typed = i < lexer->n_items && lexer->items[i].kind == ITEM_FORM;
    if (typed && sure && run.forms != 0 && is_one_form(run.forms))
        sure = close_run(ws, &run);
    else if (sure)
        sure = run.forms != 0 && !typed && close_run(ws, &run);
    if (!sure)
        lexer->n_guesses = 0;
    return lexer->n_guesses > 0;
}

/*
 * "KEK bumil 2", "jkn bumil 13, jkn anak 40", "kunjungan rumah: bumil 2, anak 5": a form keyword that only says whose
 * the key's number is. Its one number is the key's, never the total.
 */

static bool is_small(const struct item *item)
{
    return item->kind == ITEM_FILLER || item->kind == ITEM_MARK || item->kind == ITEM_UNIT;
}

static size_t skip_small(const struct lexer *lexer, size_t i)
{
    while (i < lexer->n_items && is_small(&lexer->items[i]))
        i++;
    return i;
}

/* "8 bukan 9": the number at i says something of the one before. */
static bool items_take_back(const struct lexer *lexer, size_t i)
{
    return lexer->items[i - 1].kind == ITEM_WORD && lexer->items[i - 1].mask & (MEANS(NOT_THIS) | MEANS(INSTEAD));
}

/* The one number that a form keyword is followed by; n_items where it has another key or number. */
static size_t only_number(const struct lexer *lexer, size_t form)
{
    size_t number = skip_small(lexer, form + 1);
    if (number == lexer->n_items || !is_value(&lexer->items[number]))
        return lexer->n_items;
    size_t key = lexer->n_items;
    for (size_t i = number + 1; i < lexer->n_items; i++) {
        const struct item *item = &lexer->items[i];
        if (item->kind == ITEM_FORM)
            break;
        if (is_value(item) && items_take_back(lexer, i))
            continue;
        if (is_value(item) || (key < i && !is_small(item) && item->kind != ITEM_WORD))
            return lexer->n_items;
        key = is_key_item(item) ? i : key; /* of the next form keyword: "jkn bumil 13, jkn anak 40" */
    }
    bool ends_in_key = key < lexer->n_items;
    bool form_behind = false;
    for (size_t i = key; ends_in_key && i < lexer->n_items; i++)
        form_behind = form_behind || lexer->items[i].kind == ITEM_FORM;
    return ends_in_key && !form_behind ? lexer->n_items : number;
}

/* The key that stands before a form keyword without a number of its own, or n_items. */
static size_t key_before(const struct lexer *lexer, size_t form)
{
    enum { WORDS_MAX = 3 };
    const struct item *items = lexer->items;
    size_t i = form, words = 0;
    while (i > 0 && (is_small(&items[i - 1]) || items[i - 1].kind == ITEM_WORD) && words <= WORDS_MAX)
        words += items[--i].kind == ITEM_WORD;
    if (i == 0 || !is_key_item(&items[i - 1]))
        return lexer->n_items;
    i--;
    for (size_t at = items[i].end; at < items[form].start; at++) {
        char c = lexer->folded.at[at];
        if (c == ',' || c == ';' || c == '.' || c == '\n')
            return lexer->n_items;
    }
    /* "laporan kunjungan rumah": a heading has no number either, but its form has other keys; a number before it is
     * its. */
    size_t number = i;
    while (number > 0 && items[number - 1].kind == ITEM_FILLER)
        number--;
    bool own = number > 1 && number < i && is_value(&items[number - 1]) && items[number - 2].kind == ITEM_FILLER;
    bool turned = i > 0 && is_value(&items[i - 1]) && !(items[i].kind == ITEM_KEY);
    return own || turned ? lexer->n_items : i; /* "yg 1 sudah melahirkan bumil 12" */
}

static int key_of_form(const struct lexer *lexer, const struct item *key, int form)
{
    const struct meaning *meaning = lexicon_meaning(lexer->lexicon, key->meaning, MEANS_KEY, form);
    return meaning == NULL ? -1 : meaning->value;
}

/* The key's item goes between the form keyword and the number. */
static void give(struct lexer *lexer, size_t key, size_t form, const struct item *owned)
{
    struct item *items = lexer->items;
    struct item moved = *owned;
    int index = key_of_form(lexer, owned, items[form].form);
    items[form].flags |= ITEM_GUESSED | ITEM_OWNER;
    moved.kind = index < 0 ? ITEM_OTHER_KEY : ITEM_KEY;
    moved.form = items[form].form;
    moved.key = (int16_t)index;
    moved.flags |= index < 0 ? ITEM_DOUBTED : 0;
    if (key < form) {
        memmove(items + key, items + key + 1, (form - key) * sizeof *items);
        items[form] = moved;
    } else {
        memmove(items + form + 2, items + form + 1, (lexer->n_items - form - 1) * sizeof *items);
        items[form + 1] = moved;
        lexer->n_items++;
    }
}

/* Whether something stands before the key that makes it the heading of a report. */
static bool is_heading(const struct lexer *lexer, size_t key)
{
    for (size_t i = 0; i < key; i++) {
        if (lexer->items[i].mask & MEANS(REPORTS))
            return true;
    }
    return false;
}

bool lex_has_break(const struct lexer *lexer, size_t left, size_t right)
{
    for (size_t i = lexer->items[left].end; i < lexer->items[right].start; i++) {
        if (lexer->folded.at[i] != ' ')
            return true;
    }
    return false;
}

/* "konsling anak 27": words before the form keyword are near one of its keys, so the number may be that key's. */
static bool is_mistyped_owner(const struct lexer *lexer, size_t *token, size_t form)
{
    enum { WORDS_MAX = 3 };
    static const bool value_behind[SPELLING_WORDS_MAX + 1] = {false, true, true, true};
    size_t first = form;
    while (first > 0 && form - first < WORDS_MAX && lexer->items[first - 1].kind == ITEM_WORD &&
           !lex_has_break(lexer, first - 1, first))
        first--;
    for (; first < form; first++) {
        while (lexer->tokens[*token].start < lexer->items[first].start)
            ++*token;
        struct typo typo = typo_find(lexer->lexicon, lexer->folded.at, lexer->tokens, *token, lexer->items[form].form,
                                     value_behind, 1);
        if (typo.found == TYPO_ONE && typo.key > 0)
            return true;
    }
    return false;
}

/* Whether a full stop or line break, and small words alone, stand before the item. */
static bool begins_sentence(const struct lexer *lexer, size_t i)
{
    while (i > 0 && is_small(&lexer->items[i - 1]) && lexer->items[i - 1].kind != ITEM_UNIT)
        i--;
    for (size_t at = i > 0 ? lexer->items[i - 1].end : 0; i > 0 && at < lexer->items[i].start; at++) {
        if (lexer->folded.at[at] == '.' || lexer->folded.at[at] == '\n')
            return true;
    }
    return i == 0;
}

/* "eh salah bukan 11 tapi 12 bumilnya": the form keyword, and its key, go before the words of the change. */
static void turn_change(struct lexer *lexer, size_t i)
{
    struct item *items = lexer->items;
    size_t first = change_before(lexer, i), n = i + 1 < lexer->n_items && items[i + 1].kind == ITEM_KEY ? 2 : 1;
    if (first == i || (n == 1 && items[i].flags & ITEM_GUESSED) || (n == 2 && leads_to_value(lexer, i + 1)))
        return;
    struct item moved[2] = {items[i], items[i + n - 1]};
    moved[0].flags |= ITEM_BEGINS;
    memmove(items + first + n, items + first, (i - first) * sizeof *items);
    memcpy(items + first, moved, n * sizeof *items);
}

void read_owners(struct lexer *lexer)
{
    size_t token = 0;
    for (size_t i = 4; i < lexer->n_items; i++) {
        if (lexer->items[i].kind == ITEM_FORM)
            turn_change(lexer, i);
    }
    struct item last = {.kind = ITEM_KINDS};
    int form = -1;
    for (size_t i = 0; i < lexer->n_items; i++) {
        const struct item *item = &lexer->items[i];
        if (last.kind != ITEM_KINDS && item->kind == ITEM_FORM && begins_sentence(lexer, i) &&
            key_of_form(lexer, &last, item->form) < 0)
            last.kind = ITEM_KINDS; /* "aktif di paud 49. Jumlah sasaran 63" */
        if (item->kind != ITEM_FORM || item->flags & ITEM_GUESSED) {
            form = item->kind == ITEM_FORM ? item->form : form;
            continue;
        }
        size_t key = key_before(lexer, i);
        bool alone = only_number(lexer, i) < lexer->n_items;
        size_t number = skip_small(lexer, i + 1);
        bool whole = i > 1 && item[-1].mask & MEANS(OUT_OF) && is_value(item - 2) && form >= 0 && form != item->form;
        form = item->form;
        if (number < lexer->n_items && is_value(&lexer->items[number]) &&
            (is_mistyped_owner(lexer, &token, i) || whole)) /* "bumil hadir 12 dari sasaran 14" */
            lexer->items[number].flags |= ITEM_DOUBTED;
        /* "konseling anak 24, ayah 3": the key's number, or a heading and the total? */
        if (!alone && key + 1 == i && lexer->items[key].meaning != 0 && number < lexer->n_items &&
            !lex_has_break(lexer, key, i) && !is_heading(lexer, key) &&
            key_of_form(lexer, &lexer->items[key], item->form) > 0)
            lexer->items[number].flags |= ITEM_DOUBTED | ITEM_LIKELY;
        if (alone && key < lexer->n_items && lexer->items[key].meaning != 0) {
            last = lexer->items[key];
            give(lexer, key, i, &last);
        } else if (alone && last.kind != ITEM_KINDS && lexer->n_items < lexer->n_tokens * 2) {
            give(lexer, i, i, &last);
            i++;
        } else {
            last.kind = ITEM_KINDS;
        }
    }
}
