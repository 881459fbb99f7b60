/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the words right beside a key make of its number. */
#include "reader.h"

bool read_in_place(const struct lexer *lexer, size_t i)
{
    enum { NAME_ITEMS_MAX = 4 };
    for (size_t k = i; k > 0 && i - k < NAME_ITEMS_MAX; k--) {
        if (read_is_place(lexer, &lexer->items[k - 1]))
            return true;
    }
    return false;
}

bool read_in_area(const struct lexer *lexer, const struct item *name)
{
    enum { NAME_WORDS_MAX = 3 };
    const struct lang *lang = lexer->lexicon->lang;
    const struct item *word = name - 1;
    if (name == lexer->items || name->mask != 0)
        return false;
    if (item_is_one_of(lexer, word, &lang->village) || word->mask & MEANS(PART))
        return true;
    for (int i = 0; i < NAME_WORDS_MAX && word->kind == ITEM_WORD && word->mask == 0; i++, word--) {
        if (item_is_one_of(lexer, word, &lang->institutions))
            return true;
        if (word == lexer->items)
            break;
    }
    return false;
}

bool read_negated(const struct lexer *lexer, size_t i)
{
    enum { WORDS_MAX = 2 };
    size_t words = 0;
    while (i-- > 0 && words < WORDS_MAX) {
        const struct item *item = &lexer->items[i];
        if (i > 0 && (is_value(item - 1) || item[-1].kind == ITEM_UNIT) && read_has_break(lexer, i, i + 1))
            return false; /* "fe 3 belum, k4 9" */
        if (item->mask & (MEANS(NEGATION) | MEANS(NOT_THIS)) && item->kind == ITEM_WORD)
            return true;
        if (item->kind != ITEM_FILLER && item->kind != ITEM_WORD)
            return false;
        words += item->kind == ITEM_WORD;
    }
    return false;
}

bool read_qualified(const struct lexer *lexer, size_t i)
{
    const struct item *key = &lexer->items[i], *word = key - 1;
    return i > 0 && word->kind == ITEM_WORD && word->mask == 0 && !(word->flags & ITEM_USED) &&
           word->end + 1 == key->start && lexer->folded.at[word->end] == ' ' && !read_in_place(lexer, i);
}

bool read_joined(const struct lexer *lexer, const struct item *slot, size_t i)
{
    const struct item *key = &lexer->items[i], *before = key - 1;
    const char *text = lexer->folded.at;
    if (before > slot && before->kind == ITEM_WORD && before->mask & MEANS(LINK))
        return before - 1 == slot;
    for (size_t at = slot->end; before == slot && at < key->start; at++) {
        if (text[at] != ' ')
            return text[at] == '&' || text[at] == '+' || text[at] == '/';
    }
    return false;
}

bool read_is_part_of(const struct reader_workspace *ws, int part, int whole)
{
    const struct form *form = &ws->lexer.lexicon->set->forms[ws->sections[ws->n_sections - 1].form];
    return part > 0 && form->keys[part].of == whole;
}

bool read_is_said(const struct reader_workspace *ws, int key)
{
    const struct section *section = &ws->sections[ws->n_sections - 1];
    for (size_t i = section->first; i + 1 < section->first + section->n; i++) {
        if (ws->mentions[i].key == key && ws->mentions[i].outcome == OUTCOME_GOOD)
            return true;
    }
    return false;
}

bool read_is_meant(struct reader_workspace *ws, const struct item *word, const struct item *value,
                   struct mention *mention)
{
    if (word->mask != MEANS(ORDINARY) || word->near[0] < 0 || value == NULL || value->kind != ITEM_NUMBER ||
        read_is_said(ws, word->near[0]))
        return false;
    uint16_t start = mention->start;
    mention->key = word->near[0];
    mention_value(mention, value);
    mention->value_start = start;
    mention->changed = true;
    ws->sections[ws->n_sections - 1].told = true;
    return true;
}

void read_bracket_sum(struct lexer *lexer, size_t i, size_t first)
{
    enum { ITEMS_IN_BRACKET = 10 };
    struct item *items = lexer->items;
    size_t last = first;
    int32_t sum = 0;
    bool plus = false;
    for (;; last++) {
        sum += items[last].kind == ITEM_NUMBER ? items[last].value : 0;
        if (last + 1 == lexer->n_items || last - first == ITEMS_IN_BRACKET || read_has_sign(lexer, last, last + 1, ')'))
            break;
        plus = plus || read_has_sign(lexer, last, last + 1, '+');
    }
    if (!plus || sum != items[i].value)
        return;
    for (size_t k = first; k <= last; k++)
        items[k].kind = items[k].kind == ITEM_NUMBER ? ITEM_AMOUNT : ITEM_FILLER;
}

bool read_is_mixed_number(const struct lexer *lexer, size_t i)
{
    const struct item *item = &lexer->items[i], *word = item + 1;
    return i + 1 < lexer->n_items && item->kind == ITEM_NUMBER && is_letter(lexer->folded.at[item->start]) &&
           word->kind == ITEM_WORD && word->mask == 0 && word->start == item->end + 1 &&
           lexer->folded.at[item->end] == ' ' && !read_is_place(lexer, word);
}

bool read_is_of_word(const struct lexer *lexer, size_t i)
{
    const uint64_t said = MEANS(LINK) | MEANS(INSTEAD) | MEANS(NOT_THIS) | MEANS(DOUBT) | MEANS(REPORTS);
    const struct item *zero = &lexer->items[i];
    return i + 1 < lexer->n_items && zero[1].kind == ITEM_WORD && !(zero[1].mask & said) &&
           zero->end + 1 == zero[1].start && lexer->folded.at[zero->end] == ' ';
}

bool read_is_denied(const struct lexer *lexer, size_t i)
{
    const struct item *item = &lexer->items[i];
    return i > 0 && item->kind == ITEM_WORD && item->mask & MEANS(NEGATION) &&
           (item[-1].kind == ITEM_UNIT || is_value(item - 1)) && !read_has_break(lexer, i - 1, i) &&
           (i + 1 == lexer->n_items || read_has_break(lexer, i, i + 1));
}

bool read_is_new(const struct lexer *lexer, const struct item *word)
{
    return word - lexer->items > 2 && is_value(word - 1) && word[-2].kind == ITEM_FILLER && word[-2].mask & MEANS(PLAN);
}

bool read_is_told(const struct lexer *lexer, size_t end, size_t i)
{
    const struct item *items = lexer->items;
    size_t first = i, words = 0;
    while (first > 0 && items[first - 1].start >= end)
        first--;
    /* Of the value's own sentence nothing is told yet. */
    while (first < i && (first == 0 || !(read_has_sign(lexer, first - 1, first, '.') ||
                                         read_has_sign(lexer, first - 1, first, '\n'))))
        first++;
    for (; first < i; first++) {
        bool filler = items[first].kind == ITEM_FILLER && !(items[first].mask & MEANS(TOTAL));
        words += filler || (items[first].kind == ITEM_WORD && items[first].mask == 0);
    }
    return words > 0;
}

bool read_is_starred(const struct lexer *lexer, size_t i)
{
    const struct item *key = &lexer->items[i];
    return i > 0 && is_value(key - 1) && !(key->end < lexer->folded.len && lexer->folded.at[key->end] == '*') &&
           !(i + 1 < lexer->n_items && read_has_sign(lexer, i, i + 1, '*'));
}

bool read_is_arrow(const struct lexer *lexer, const struct item *number)
{
    for (size_t at = number[-1].end; is_value(&number[-1]) && at + 1 < number->start; at++) {
        if ((lexer->folded.at[at] == '-' || lexer->folded.at[at] == '=') && lexer->folded.at[at + 1] == '>')
            return true;
    }
    return false;
}

/* "5 dari 7 bulan lalu", "2 dari 3 keluarga miskin": what is behind "dari" is no denominator that a form could know. */
static void take_whole(struct lexer *lexer, size_t i)
{
    struct item *items = lexer->items;
    size_t next = i + 1;
    if (items[i].kind != ITEM_NUMBER || items[i].of < 0)
        return;
    while (next < lexer->n_items && (items[next].kind == ITEM_UNIT || items[next].kind == ITEM_FILLER))
        next++;
    if (next == lexer->n_items || read_has_break(lexer, i, next))
        return;
    bool then = items[next].kind == ITEM_PERIOD && items[next].mask & MEANS(RELATIVE) &&
                items[next].value < month_of(lexer->today);
    if (!then && (items[next].kind != ITEM_WORD || items[next].mask != 0))
        return;
    items[i].of = -1;
    items[i].flags |= ITEM_ASKED;
    if (then)
        items[next].kind = ITEM_DATE;
}

/* "anak 12 bulan 7": an earlier month's number right behind a total, which may be an age. */
static void take_age_or_month(struct lexer *lexer, size_t i)
{
    struct item *items = lexer->items;
    if (i > 1 && items[i].kind == ITEM_PERIOD && items[i].value < month_of(lexer->today) - 1 &&
        items[i].value != MONTH_NONE && items[i - 1].kind == ITEM_NUMBER && items[i - 2].kind == ITEM_FORM &&
        is_letter(lexer->folded.at[items[i].start]) && is_digit(lexer->folded.at[items[i].end - 1]) &&
        items[i].flags & ITEM_NO_YEAR && !read_has_break(lexer, i - 1, i))
        items[i].flags |= ITEM_UNSURE_HERE;
}

/* "Paud mawar 2: 16", "Tikar Melati 24: hijau 18": a number and a colon behind the name of a place. */
static void take_name_of_place(struct lexer *lexer, size_t i)
{
    struct item *items = lexer->items;
    if (i < 2 || items[i - 1].kind != ITEM_WORD || items[i - 2].kind != ITEM_FORM || items[i].kind != ITEM_NUMBER ||
        items[i - 1].mask != 0 || i + 1 == lexer->n_items || !read_has_sign(lexer, i, i + 1, ':'))
        return;
    if (items[i + 1].kind == ITEM_NUMBER)
        items[i].kind = ITEM_AMOUNT;
    else
        items[i - 1].kind = ITEM_FILLER;
    items[i].flags |= ITEM_ASKED;
}

void read_number_beside(struct lexer *lexer, size_t i)
{
    take_whole(lexer, i);
    take_age_or_month(lexer, i);
    take_name_of_place(lexer, i);
}

/* Whether the key of the form that it stands under has a number before item first. */
static bool is_said_before(const struct lexer *lexer, size_t first, const struct item *key)
{
    for (size_t i = first; i-- > 0 && lexer->items[i].kind != ITEM_FORM;) {
        if (lexer->items[i].kind == ITEM_KEY && lexer->items[i].key == key->key)
            return true;
    }
    return false;
}

/* Takes a bracket's numbers for a remark on the value before it, unless they are new keys'. */
static void take_remark(struct lexer *lexer, size_t first, size_t end)
{
    struct item *items = lexer->items;
    for (size_t i = first; i < end; i++) {
        bool own = items[i].kind == ITEM_KEY && !is_said_before(lexer, first, &items[i]);
        size_t number = i;
        while (own && number < end && !is_value(&items[number]))
            number++;
        i = own && number < end ? number + 1 : i; /* "(bersalin 2, …" */
        if (i == end)
            return;
        if (items[i].kind == ITEM_KEY) {
            items[i].kind = ITEM_FILLER;
        } else if (is_value(&items[i])) {
            items[i].kind = ITEM_AMOUNT;
            items[i].flags |= ITEM_REMARK;
        }
    }
}

/* "ibu hamil (yang belum melahirkan saja) 13": words alone where the value is due. */
static void take_words(struct lexer *lexer, size_t first, size_t end)
{
    struct item *items = lexer->items;
    if (end == lexer->n_items || items[end].kind != ITEM_NUMBER)
        return;
    for (size_t i = first; i < end; i++) {
        items[i].kind = ITEM_FILLER;
        items[i].mask &= ~(MEANS(EVENT) | MEANS(TOTAL));
    }
    items[end].flags |= ITEM_ASKED;
}

void read_brackets(struct lexer *lexer)
{
    struct item *items = lexer->items;
    for (size_t first = 1; first < lexer->n_items; first++) {
        const struct item *before = &items[first - 1];
        bool value = before->kind == ITEM_NUMBER || (before->kind == ITEM_UNIT && first > 1 && is_value(before - 1));
        bool due = before->kind == ITEM_FORM || before->kind == ITEM_KEY;
        if ((!value && !due) || !read_has_sign(lexer, first - 1, first, '('))
            continue;
        size_t end = first, words = 0, spoken = 0, numbers = 0, said = 0, months = 0;
        do {
            words += items[end].kind == ITEM_WORD && !(items[end].mask & ~MEANS(NUMBERED));
            spoken += items[end].kind == ITEM_WORD ? 2 : items[end].kind == ITEM_KEY;
            numbers += is_value(&items[end]);
            said += items[end].kind == ITEM_KEY && is_said_before(lexer, first, &items[end]);
            months += items[end].kind == ITEM_PERIOD || items[end].kind == ITEM_FORM;
            end++;
        } while (end < lexer->n_items && !read_has_sign(lexer, end - 1, end, ')'));
        if (value && numbers > 0 && words + said > 0 && months == 0)
            take_remark(lexer, first, end);
        else if (due && numbers == 0 && spoken > 2 && months == 0)
            take_words(lexer, first, end);
        first = end;
    }
}

size_t read_next_key(const struct reader_workspace *ws, size_t i)
{
    const struct lexer *lexer = &ws->lexer;
    int form = ws->sections[ws->n_sections - 1].form;
    for (i++; i < lexer->n_items; i++) {
        const struct item *item = &lexer->items[i];
        bool own_form = item->kind == ITEM_FORM && item->form == form;
        if (item->kind == ITEM_KEY)
            return i;
        if (item->kind != ITEM_FILLER && item->kind != ITEM_UNIT && item->kind != ITEM_MARK && !own_form)
            break;
    }
    return lexer->n_items;
}

size_t read_behind_key(const struct lexer *lexer, size_t i)
{
    int key = lexer->items[i].key;
    for (i++; i < lexer->n_items; i++) {
        const struct item *item = &lexer->items[i];
        bool same = item->kind == ITEM_KEY && item->key == key;
        if (item->kind != ITEM_FILLER && item->kind != ITEM_MARK && !same)
            break;
    }
    return i;
}

/* Whether a number before the first form keyword is part of a name, a phone number, or anything else that is known. */
static bool is_explained(const struct lexer *lexer, size_t i, size_t first)
{
    enum { PHONE_DIGITS = 6, NAMES_MAX = 9 }; /* "Melati 2" is a name, "balita 90" is not */
    if (lexer->items[i].end - lexer->items[i].start >= PHONE_DIGITS || lexer->items[i].flags & ITEM_BEHIND_MONTH)
        return true;
    if (i == 0)
        return false;
    const struct item *before = &lexer->items[i - 1];
    bool small = lexer->items[i].value <= NAMES_MAX;
    if (before->mask & (MEANS(NUMBERED) | MEANS(PART) | MEANS(DATE_WORD)) ||
        (i + 1 == first && small && before->kind == ITEM_WORD && !(before->mask & (MEANS(OUT_OF) | MEANS(UNIT))) &&
         !(before->flags & ITEM_EMBEDDED) && !(lexer->items[first].flags & ITEM_GUESSED)))
        return true;
    return read_in_place(lexer, i);
}

void read_before(struct reader_workspace *ws, size_t first)
{
    struct lexer *lexer = &ws->lexer;
    for (size_t i = 0; i < first; i++) {
        const struct item *item = &lexer->items[i];
        bool embedded =
            item->kind == ITEM_WORD && item->flags & ITEM_EMBEDDED && lexer->items[first].flags & ITEM_GUESSED;
        if (!embedded && item->kind != ITEM_NUMBER && item->kind != ITEM_BAD)
            continue;
        if (!embedded && is_explained(lexer, i, first)) {
            lexer->items[i].flags |= ITEM_NOTED;
            continue;
        }
        const struct item *word =
            i > 0 && !embedded && lexer->items[i - 1].kind != ITEM_PERIOD ? &lexer->items[i - 1] : item;
        struct mention *mention = mention_add(ws, -1, word);
        mention->outcome = OUTCOME_UNKNOWN;
        mention->value_start = item->start;
        mention->value_end = item->end;
    }
}
