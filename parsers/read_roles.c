/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reader.h"

/*
 * What numbers are that no key may have: doses, ages, indices of a list of names, a value's own repetition in words or
 * in a bracket. Each role is said by a word or sign right beside the number.
 */

static const char *between(const struct lexer *lexer, size_t left, size_t right, size_t *ret_len)
{
    size_t from = lexer->items[left].end, to = lexer->items[right].start;
    *ret_len = to > from ? to - from : 0;
    return lexer->folded.at + from;
}

bool read_has_sign(const struct lexer *lexer, size_t left, size_t right, char sign)
{
    size_t len;
    const char *at = between(lexer, left, right, &len);
    return memchr(at, sign, len) != NULL;
}

static bool is_number_like(const struct item *item)
{
    return item->kind == ITEM_NUMBER || item->kind == ITEM_BAD;
}

bool read_has_break(const struct lexer *lexer, size_t left, size_t right)
{
    return read_has_sign(lexer, left, right, ',') || read_has_sign(lexer, left, right, ';') ||
           read_has_sign(lexer, left, right, '(') || read_has_sign(lexer, left, right, '.') ||
           read_has_sign(lexer, left, right, '\n');
}

/* The first of the fillers that stand right before item i; i where none does. */
static size_t skip_fillers_back(const struct item *items, size_t i)
{
    while (i > 0 && items[i - 1].kind == ITEM_FILLER)
        i--;
    return i;
}

/* Removes items from first to behind; what stood there is the value's before it. */
static size_t drop(struct lexer *lexer, size_t first, size_t behind)
{
    memmove(lexer->items + first, lexer->items + behind, (lexer->n_items - behind) * sizeof *lexer->items);
    lexer->n_items -= behind - first;
    return first;
}

/* "12 (dua belas)", "12 dua belas", "10 (83,3%)": the same number once more. */
static void drop_repeated(struct lexer *lexer, size_t i)
{
    struct item *items = lexer->items;
    size_t next = i + 1;
    while (next < lexer->n_items && items[next].kind == ITEM_UNIT)
        next++;
    if (items[i].kind != ITEM_NUMBER || next >= lexer->n_items || !is_number_like(&items[next]))
        return;
    bool digits = is_digit(lexer->folded.at[items[i].start]),
         digits_next = is_digit(lexer->folded.at[items[next].start]);
    bool bracket = read_has_sign(lexer, next - 1, next, '(');
    bool same = items[next].kind == ITEM_NUMBER && items[next].value == items[i].value && items[next].of < 0;
    size_t last = items[next].end > items[next].start ? items[next].end - 1u : items[next].start;
    bool percent = bracket && items[next].kind == ITEM_BAD && lexer->folded.at[last] == '%';
    if ((same && digits != digits_next) || percent)
        items[next].kind = ITEM_AMOUNT;
    else if (bracket)
        read_bracket_sum(lexer, i, next);
}

/* "24 + 19 = 43", "12 + 7": a sum where a value is due. It is its result, which is asked. */
static void take_sum(struct lexer *lexer, size_t i)
{
    struct item *items = lexer->items;
    if (items[i].kind != ITEM_NUMBER || i + 1 == lexer->n_items ||
        (items[i + 1].kind != ITEM_NUMBER && items[i + 1].kind != ITEM_UNIT))
        return;
    size_t owner = skip_fillers_back(items, i), last = i, next = i + 1;
    int32_t sum = items[i].value;
    enum item_kind of = owner > 0 ? items[owner - 1].kind : ITEM_KINDS;
    if (of != ITEM_FORM && of != ITEM_KEY && of != ITEM_AMOUNT)
        return;
    for (;; next++) {
        while (next < lexer->n_items && items[next].kind == ITEM_UNIT)
            next++;
        if (next == lexer->n_items || items[next].kind != ITEM_NUMBER || !read_has_sign(lexer, next - 1, next, '+'))
            break;
        sum += items[next].value;
        last = next;
    }
    if (last == i)
        return;
    bool led = next < lexer->n_items && (items[next].mask & (MEANS(INSTEAD) | MEANS(TOTAL)));
    bool equal = next < lexer->n_items && items[next].kind == ITEM_NUMBER && read_has_sign(lexer, next - 1, next, '=');
    size_t result = led ? next + 1 : next;
    if ((led || equal) && result < lexer->n_items && items[result].kind == ITEM_NUMBER) {
        last = result;
        items[i].kind = items[result].value == sum ? ITEM_NUMBER : ITEM_BAD;
    }
    items[i].value = sum;
    items[i].end = items[last].end;
    items[i].flags |= ITEM_ASKED;
    drop(lexer, i + 1, last + 1);
}

/* "anak saya 9 kg": the key after the number has none of its own, and is a measure, too. */
static bool is_weighed(const struct lexer *lexer, size_t i)
{
    const struct item *items = lexer->items, *measure = &items[i + 1];
    const size_t n = lexer->n_items;
    if (i + 1 == n || measure->kind != ITEM_KEY || !(measure->mask & MEANS(MEASURE)) ||
        read_has_sign(lexer, i, i + 1, ',') || read_has_sign(lexer, i, i + 1, '\n'))
        return false;
    if (i + 2 < n && (is_value(&items[i + 2]) || items[i + 2].kind == ITEM_MARK))
        return false;
    i = skip_fillers_back(items, i);
    bool owned = i > 0 && (items[i - 1].kind == ITEM_FORM || items[i - 1].kind == ITEM_KEY);
    return owned && (i == 1 || !is_number_like(&items[i - 2]));
}

/* "paud 2 lembaga 30", "sasaran 3 dusun", "bumil dua posyandu 19": what a form or key never counts. */
static bool counts_things(const struct lexer *lexer, size_t i)
{
    const struct item *items = lexer->items, *word = &items[i + 1];
    if (i + 1 == lexer->n_items || word->kind != ITEM_WORD || read_has_break(lexer, i, i + 1))
        return false;
    size_t owner = skip_fillers_back(items, i);
    bool of = owner > 0 && items[owner - 1].mask & MEANS(OUT_OF);
    owner -= of;
    if (owner == 0 || (items[owner - 1].kind != ITEM_FORM && items[owner - 1].kind != ITEM_KEY))
        return false;
    bool ends = i + 2 == lexer->n_items || read_has_break(lexer, i + 1, i + 2) || items[i + 2].mask & MEANS(TOTAL);
    bool more = !ends && items[i + 2].kind == ITEM_NUMBER && items[i + 2].value > items[i].value;
    bool place = read_is_place(lexer, word), part = word->mask & MEANS(PART);
    bool many = more && items[i + 2].value >= 10; /* "bumil 1 dusun 2" has another sense */
    return (word->mask & MEANS(THING) && (items[owner - 1].kind == ITEM_FORM || ends || more)) ||
           ((place || part) && (ends || of)) || (place && more) || (part && many);
}

/* A number with a measure, or behind a word of age, is an amount. */
static void take_amounts(struct lexer *lexer, size_t form, size_t i)
{
    struct item *items = lexer->items;
    bool last = i + 1 == lexer->n_items;
    if (!is_number_like(&items[i]))
        return;
    bool owner = i + 2 < lexer->n_items && (is_number_like(&items[i + 2]) || items[i + 2].kind == ITEM_YEAR);
    bool key = !last && items[i + 1].kind == ITEM_KEY && items[i].kind != ITEM_BAD && items[i].end < items[i + 1].start;
    owner = owner && (items[i + 1].kind == ITEM_KEY || items[i + 1].mask & MEANS(NUMBERED) ||
                      (items[i + 1].mask & MEANS(YEAR_WORD) && items[i + 2].kind == ITEM_YEAR));
    if (key && i + 4 >= lexer->n_items && items[i + 1].mask & MEANS(MEASURE) && i > 1 && items[i - 2].kind == ITEM_FORM)
        items[i].flags |= ITEM_ASKED; /* "anak bb 10 kg 2": of each, or two keys? */
    if (is_weighed(lexer, i)) {
        items[i].kind = ITEM_BAD;
        return;
    }
    bool thing = counts_things(lexer, i);
    if (thing && i + 2 < lexer->n_items && is_number_like(&items[i + 2]) &&
        (items[i].kind == ITEM_BAD || items[i + 2].value <= items[i].value)) {
        items[i].kind = ITEM_BAD; /* "paud 30 lembaga 3" */
        return;
    }
    bool measured = !last && (thing || items[i + 1].mask & MEANS(MEASURE)) && !key && !owner &&
                    items[i + 1].kind != ITEM_UNIT && !read_has_sign(lexer, i, i + 1, ',') &&
                    !read_has_sign(lexer, i, i + 1, '\n');
    size_t before = skip_fillers_back(items, i);
    bool aged = before > 0 && items[before - 1].mask & MEANS(AGE) && items[before - 1].kind == ITEM_WORD;
    if (!measured && !aged)
        return;
    bool words = measured && i + 2 < lexer->n_items && items[i + 2].kind == ITEM_WORD && items[i + 2].mask == 0;
    /* "anak 33 timbangan 32 tab 31": a dose that is not above the total may be a count, and the next one another's. */
    int32_t total = form < i && items[form + 1].kind == ITEM_NUMBER ? items[form + 1].value : -1;
    bool asked = thing || (measured && !words && items[i].value <= total);
    items[i].kind = words && !thing ? ITEM_BAD : ITEM_AMOUNT; /* "k4 9 minggu depan 2 lagi" */
    items[i].flags |= asked ? ITEM_ASKED : 0;
    if (measured) {
        items[i].end = items[i + 1].end;
        drop(lexer, i + 1, i + 2);
    }
}

/* "K4 4x periksa 3 orang": times, where another number is the count. */
static void take_times(struct lexer *lexer, size_t i)
{
    struct item *items = lexer->items;
    if (items[i].kind != ITEM_NUMBER || i + 1 == lexer->n_items || !(items[i + 1].mask & MEANS(UNIT)))
        return;
    size_t len = (size_t)(items[i + 1].end - items[i + 1].start);
    struct view word = {lexer->folded.at + items[i + 1].start, len};
    if (!view_is(word, "x") && !view_is(word, "kali"))
        return;
    size_t next = i + 2;
    while (next < lexer->n_items && (items[next].kind == ITEM_WORD || items[next].kind == ITEM_FILLER))
        next++;
    if (next < lexer->n_items && items[next].kind == ITEM_NUMBER)
        items[i].kind = ITEM_AMOUNT;
    else if (i > 2 && items[i - 1].kind == ITEM_KEY && items[i - 2].kind == ITEM_FILLER && is_value(&items[i - 3]))
        items[i].flags |= ITEM_ASKED; /* "stunting 3 sudah dikunjungi 2 kali" */
}

/* "1. Siti 2. Nur": names are counted, not ibu. */
static bool is_index(const struct lexer *lexer, size_t i, int expected)
{
    const struct item *items = lexer->items;
    size_t end = items[i].end;
    if (items[i].kind != ITEM_NUMBER || items[i].value != expected || end >= lexer->folded.len ||
        i + 1 == lexer->n_items)
        return false;
    char behind = lexer->folded.at[end];
    bool name = items[i + 1].kind == ITEM_WORD || items[i + 1].kind == ITEM_NAME || items[i + 1].kind == ITEM_TITLE;
    return (behind == '.' || behind == ')') && name;
}

static void take_indices(struct lexer *lexer)
{
    for (size_t i = 0; i < lexer->n_items; i++) {
        if (!is_index(lexer, i, 1))
            continue;
        size_t second = i + 1;
        while (second < lexer->n_items && !is_index(lexer, second, 2))
            second++;
        if (second == lexer->n_items)
            return;
        int expected = 1;
        for (; i < lexer->n_items; i++) {
            if (is_index(lexer, i, expected)) {
                lexer->items[i].kind = ITEM_AMOUNT;
                expected++;
            }
        }
    }
}

/* "triwulan 3", "tw 3" in a report: no month. */
static void take_quarters(struct lexer *lexer, size_t i)
{
    struct item *items = lexer->items;
    if (!(items[i].mask & MEANS(QUARTER)) || items[i].kind == ITEM_PERIOD)
        return;
    bool numbered = i + 1 < lexer->n_items && is_number_like(&items[i + 1]);
    items[i].kind = ITEM_PERIOD;
    items[i].value = MONTH_NONE;
    if (numbered) {
        items[i].end = items[i + 1].end;
        drop(lexer, i + 1, i + 2);
    }
}

static size_t skip_small(const struct lexer *lexer, size_t i)
{
    while (i < lexer->n_items && (lexer->items[i].kind == ITEM_FILLER || lexer->items[i].kind == ITEM_MARK))
        i++;
    return i;
}

static bool is_current(const struct lexer *lexer, const struct item *item)
{
    return item_is_one_of(lexer, item, &lexer->lexicon->lang->current) ||
           (item->kind == ITEM_PERIOD && item->mask & MEANS(RELATIVE) && item->value == month_of(lexer->today));
}

/* "turun 1 dari bulan lalu", "nambah 2 jadi 50", "(naik 2)", "dibanding bulan lalu 11": what it differs by or from. */
static void take_differences(struct lexer *lexer, size_t i)
{
    struct item *items = lexer->items;
    if (items[i].kind != ITEM_NUMBER || i == 0)
        return;
    size_t next = i + 1;
    while (next < lexer->n_items && items[next].kind == ITEM_UNIT)
        next++;
    const struct item *behind = next < lexer->n_items ? &items[next] : NULL;
    size_t last = next + 1;
    while (last < lexer->n_items && (items[last].kind == ITEM_FILLER || items[last].mask & MEANS(REPORTS)))
        last++;
    bool more = behind != NULL && last < lexer->n_items;
    bool by = items[i - 1].mask & MEANS(CHANGE_BY) && items[i - 1].kind == ITEM_WORD;
    bool compared = more && behind->mask & (MEANS(OUT_OF) | MEANS(COMPARED)) && items[last].flags & ITEM_DIFFERENCE;
    bool becomes = more && behind->mask & MEANS(INSTEAD) && items[last].kind == ITEM_NUMBER;
    bool bracket = i > 1 && read_has_sign(lexer, i - 2, i - 1, '(');
    bool before = items[i - 1].kind == ITEM_PERIOD && items[i - 1].mask & MEANS(RELATIVE) && behind != NULL &&
                  items[i - 1].value < month_of(lexer->today) && is_current(lexer, behind) && last < lexer->n_items &&
                  items[last].kind == ITEM_NUMBER; /* "bln lalu 54 skrg 56" */
    if (before)
        items[i - 1].kind = ITEM_DATE;
    bool from = before || (items[i - 1].kind == ITEM_DATE && items[i - 1].flags & ITEM_DIFFERENCE);
    if (!from && !(by && (compared || becomes || bracket)))
        return;
    items[i].kind = ITEM_AMOUNT;
    items[i].flags |= ITEM_DIFFERENCE;
}

/* "aktif 30 yg 3 bolos", "aktif 28, 2 anak sakit": told of a word that is no key. */
static void take_remarks(struct lexer *lexer, size_t i)
{
    const uint64_t other = MEANS(INSTEAD) | MEANS(DOUBT) | MEANS(NOT_THIS) | MEANS(OUT_OF) | MEANS(MEASURE);
    struct item *items = lexer->items;
    size_t word = i + 1, last = skip_fillers_back(items, i);
    while (word < lexer->n_items && (items[word].kind == ITEM_UNIT || items[word].kind == ITEM_FILLER))
        word++;
    if (items[i].kind != ITEM_NUMBER || last < 1 || word >= lexer->n_items || items[word].kind != ITEM_WORD ||
        items[word].mask & other || read_has_break(lexer, i, word))
        return;
    bool that = last < i && items[i - 1].mask & MEANS(THAT);
    size_t before = items[last - 1].kind == ITEM_UNIT && last > 1 ? last - 2 : last - 1;
    before -= that && before > 0 && items[before].mask & MEANS(INSTEAD);                /* "46, tapi yang 1 pindah" */
    bool measured = word + 2 < lexer->n_items && items[word + 2].mask & MEANS(MEASURE); /* "2 wes luwih 2 taun" */
    bool key_behind =
        word + 1 < lexer->n_items && (items[word + 1].kind == ITEM_KEY || (is_value(&items[word + 1]) && !measured));
    if (!is_number_like(&items[before]) || key_behind || !(that || read_has_break(lexer, before, last)))
        return;
    items[i].kind = ITEM_AMOUNT;
    items[i].flags |= ITEM_REMARK;
}

/* "rt 1 3", "RW 03 sebanyak 6": the first is part of a name. */
static bool is_numbered(const struct lexer *lexer, size_t i)
{
    const struct item *word = &lexer->items[i - 1];
    size_t next = skip_small(lexer, i + 1);
    return next < lexer->n_items && lexer->items[next].kind == ITEM_NUMBER &&
           (word->mask & (MEANS(PART) | MEANS(NUMBERED)) || read_is_place(lexer, word));
}

/* "nihil perubahan": where the total is due, none of something else is no zero. */
static void take_nothing(struct lexer *lexer, size_t i)
{
    struct item *items = lexer->items;
    if (items[i].kind != ITEM_ZERO || i + 1 == lexer->n_items || items[i + 1].kind != ITEM_WORD ||
        read_is_place(lexer, &items[i + 1]) || read_has_break(lexer, i, i + 1))
        return;
    size_t before = skip_fillers_back(items, i);
    if (before > 0 && items[before - 1].kind == ITEM_FORM)
        items[i].kind = ITEM_AMOUNT;
}

/* … where no further part follows: of a list of parts no number is the total. */
static void take_name(struct lexer *lexer, size_t form, size_t i)
{
    struct item *items = lexer->items;
    bool small = form + 3 == i && items[i - 2].kind == ITEM_WORD; /* "bumil di rt 05 ada 3" */
    if ((form + 2 != i && !small) || items[i].kind != ITEM_NUMBER || !(items[i - 1].mask & MEANS(PART)) ||
        !is_numbered(lexer, i))
        return;
    for (size_t k = i + 1; k < lexer->n_items && items[k].kind != ITEM_KEY && items[k].kind != ITEM_FORM; k++) {
        if (items[k].mask & MEANS(PART) && items[k].kind != ITEM_UNIT)
            return;
    }
    items[i].kind = ITEM_AMOUNT;
}

/*
 * "bumil rt 1 3, rt 2 4, jumlah 7", "anak 21 (laki 12, perempuan 9)", "bb L 16 P 15 jml 31": parts of what stands
 * before them, which is their sum. They count nothing by themselves.
 */
static void take_parts(struct lexer *lexer, size_t form)
{
    const uint32_t between = 1u << ITEM_WORD | 1u << ITEM_NAME | 1u << ITEM_TITLE | 1u << ITEM_FILLER |
                             1u << ITEM_UNIT | 1u << ITEM_MARK | 1u << ITEM_NUMBER;
    struct item *items = lexer->items;
    size_t first = skip_small(lexer, form + 1), n = 0, i = form + 1;
    int32_t total = -1, sum = 0;
    bool given = first < lexer->n_items && items[first].kind == ITEM_NUMBER;
    if (given) {
        total = items[first].value;
        i = first + 1;
    }
    size_t part = i;
    for (; i < lexer->n_items && (between >> items[i].kind & 1 || items[i].mask & MEANS(PART)); i++) {
        if (items[i].kind != ITEM_NUMBER || is_numbered(lexer, i))
            continue;
        if (total < 0 && items[i - 1].mask & MEANS(TOTAL)) {
            total = items[i].value;
            break;
        }
        if (items[i - 1].kind == ITEM_NUMBER && !(i > form + 2 && is_numbered(lexer, i - 1)))
            return;
        sum += items[i].value;
        n++;
    }
    if (n < 2 || sum != total)
        return;
    bool sexes = n == 2; /* known parts, and the sum is sure */
    for (size_t k = part; k < i && sexes; k++)
        sexes = items[k].kind != ITEM_WORD || item_is_one_of(lexer, &items[k], &lexer->lexicon->lang->sexes);
    if (!sexes && items[form].kind == ITEM_KEY)
        return;
    sexes = sexes && !given;
    for (; part < i; part++) {
        if (items[part].kind == ITEM_NUMBER)
            items[part].kind = sexes ? ITEM_DATE : ITEM_AMOUNT;
        else if (sexes)
            items[part].kind = ITEM_FILLER;
    }
}

/* "34 hijau, 5 kuning, 4 merah, jumlah 43": a number before each key from first on, and their sum behind the last. */
static bool is_sum_of_pairs(const struct lexer *lexer, size_t first, size_t end, int32_t total)
{
    const struct item *items = lexer->items;
    size_t keys = 0, numbers = 0;
    for (size_t i = first; i < end; i++) {
        if (items[i].kind == ITEM_NUMBER && numbers++ == keys)
            total -= items[i].value;
        else if (items[i].kind == ITEM_KEY && keys + 1 == numbers)
            keys++;
        else if (items[i].kind != ITEM_UNIT && items[i].kind != ITEM_FILLER)
            return false;
    }
    return total == 0 && keys > 1 && keys == numbers;
}

/* Each key goes before its number. */
static void turn_pairs(struct lexer *lexer, size_t first, size_t end)
{
    struct item *items = lexer->items;
    size_t number = first;
    for (size_t i = first; i < end; i++) {
        if (items[i].kind == ITEM_NUMBER) {
            number = i;
        } else if (items[i].kind == ITEM_KEY) {
            struct item key = items[i];
            memmove(items + number + 1, items + number, (i - number) * sizeof *items);
            items[number] = key;
        }
    }
}

/* "h 34 k 5 m 4 total 43": behind the values of a form that has no total yet, which is asked. */
static void take_total(struct lexer *lexer, size_t i, size_t form)
{
    struct item *items = lexer->items;
    size_t number = skip_small(lexer, i + 1), before = i;
    while (before > form && (items[before - 1].kind == ITEM_FILLER || items[before - 1].kind == ITEM_UNIT))
        before--;
    if (items[i].kind != ITEM_FILLER || !(items[i].mask & MEANS(TOTAL)) || number == lexer->n_items ||
        items[number].kind != ITEM_NUMBER || before <= form + 1)
        return;
    size_t first = skip_small(lexer, form + 1);
    bool pairs = is_sum_of_pairs(lexer, first, before, items[number].value);
    bool given = is_value(&items[first]) && !(items[form].flags & ITEM_GUESSED);
    size_t last = skip_small(lexer, number + 1);
    if (given && !pairs && items[first].value == items[number].value && last == lexer->n_items)
        items[number].kind = ITEM_AMOUNT; /* "tikar 43 h 34 k 5 m 4 total 43" */
    if (!pairs && (given || !is_number_like(&items[before - 1])))
        return;
    for (size_t k = form + 1; k < i; k++) {
        if (items[k].kind == ITEM_KEY && items[k].key == 0)
            return;
    }
    if (pairs)
        turn_pairs(lexer, first, before);
    items[i].kind = ITEM_KEY;
    items[i].form = items[form].form;
    items[i].key = 0;
    items[i].mask = 0;
    items[number].flags |= ITEM_DOUBTED | ITEM_LIKELY;
}

/* What the number i is, where no key may have it. */
static void take_number(struct lexer *lexer, size_t form, size_t i)
{
    const struct item *item = &lexer->items[i];
    take_name(lexer, form, i);
    take_differences(lexer, i);
    take_remarks(lexer, i);
    take_times(lexer, i);
    take_sum(lexer, i);
    take_amounts(lexer, form, i);
    if (item->of >= 0 || (i > 0 && item[-1].kind == ITEM_WORD))
        read_number_beside(lexer, i);
    drop_repeated(lexer, i);
}

void read_roles(struct lexer *lexer)
{
    size_t form = lexer->n_items;
    take_indices(lexer);
    for (size_t i = 0; i < lexer->n_items; i++) {
        const struct item *item = &lexer->items[i];
        bool words = i + 2 < lexer->n_items && (item[1].kind == ITEM_WORD || item[2].kind == ITEM_WORD);
        form = item->kind == ITEM_FORM ? i : form;
        if (item->kind == ITEM_FORM || (item->kind == ITEM_KEY && words))
            take_parts(lexer, i);
        else if (item->kind == ITEM_FILLER && form < i)
            take_total(lexer, i, form);
        else if (item->kind == ITEM_ZERO)
            take_nothing(lexer, i);
        else if (item->kind == ITEM_PERIOD)
            read_number_beside(lexer, i);
        else if (is_number_like(item))
            take_number(lexer, form, i);
        take_quarters(lexer, i);
    }
    if (memchr(lexer->folded.at, '(', lexer->folded.len) != NULL)
        read_brackets(lexer);
}
