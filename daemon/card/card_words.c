/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "card/card_words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

const char *card_word_to_string(enum card_word word)
{
    static const char *const names[] = {
#define CARD_WORD(id, name, names) #name,
#include "card/card_words.def"
#undef CARD_WORD
    };
    return names[word];
}

const char *card_word(const struct set *set, enum card_word word)
{
    const char *name = card_word_to_string(word), *text = set_card_text(set, name);
    return text ? text : name;
}

const char *card_group_word(const struct set *set, const char *group, bool is_short)
{
    char name[64];
    (void)snprintf(name, sizeof name, "group_%s%s", group, is_short ? "_short" : "");
    const char *text = set_card_text(set, name);
    return text ? text : group;
}

const char *card_package_word(const struct set *set, const char *package)
{
    char name[64];
    (void)snprintf(name, sizeof name, "package_%s", package);
    const char *text = set_card_text(set, name);
    return text ? text : package;
}

bool card_has_cells(const struct set *set, int table)
{
    for (size_t i = 0; i < set->n_cells; i++)
        if (set->cells[i].table == table)
            return true;
    return false;
}

const char *card_budget_word(const struct set *set, size_t row)
{
    char name[32];
    (void)snprintf(name, sizeof name, "budget_row%zu", row + 1);
    return set_card_text(set, name);
}

void card_number(int64_t number, char ret_text[CARD_NUMBER_MAX])
{
    char digits[CARD_NUMBER_MAX];
    if (number < 0) {
        (void)snprintf(ret_text, CARD_NUMBER_MAX, "-");
        return;
    }
    int len = snprintf(digits, sizeof digits, "%" PRId64, number);
    char *to = ret_text;
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            *to++ = '.';
        *to++ = digits[i];
    }
    *to = '\0';
}

void card_percent_text(int64_t hundredths, char ret_text[CARD_NUMBER_MAX])
{
    if (hundredths < 0)
        (void)snprintf(ret_text, CARD_NUMBER_MAX, "-");
    else
        (void)snprintf(ret_text, CARD_NUMBER_MAX, "%" PRId64 ",%02d", hundredths / 100, (int)(hundredths % 100));
}

void card_change_text(int64_t hundredths, char ret_text[CARD_NUMBER_MAX])
{
    int64_t size = hundredths < 0 ? -hundredths : hundredths;
    (void)snprintf(ret_text, CARD_NUMBER_MAX, "%s%" PRId64 ",%02d",
                   hundredths > 0   ? "+"
                   : hundredths < 0 ? "-"
                                    : "",
                   size / 100, (int)(size % 100));
}

void card_quarter_text(const struct card *card, int quarter, char ret_text[CARD_NUMBER_MAX])
{
    (void)snprintf(ret_text, CARD_NUMBER_MAX, "%.16s%d %d", card_word(card->set, CARD_QUARTER_SHORT), quarter % 4 + 1,
                   quarter / 4);
}

const char *card_month_text(const struct card *card, int month_of_quarter)
{
    return card->months[(card->quarter * QUARTER_MONTHS + month_of_quarter) % 12];
}

/* A set that was made before there was such a word: "3/8". */
static void of_text(const struct card *card, enum card_word word, int n, int all, char ret_text[CARD_LINE_MAX])
{
    char left[CARD_NUMBER_MAX], right[CARD_NUMBER_MAX];
    const char *text = set_card_text(card->set, card_word_to_string(word));
    card_number(n, left);
    card_number(all, right);
    const struct template_value given[] = {{"n", view_of(left)}, {"all", view_of(right)}};
    (void)template_render(text ? text : "{n}/{all}", given, 2, ret_text, CARD_LINE_MAX);
}

void card_villages_text(const struct card *card, int villages, char ret_text[CARD_LINE_MAX])
{
    ret_text[0] = '\0';
    if (!card_of_village(card) && villages >= 0)
        of_text(card, CARD_OF_VILLAGES, villages, card->villages, ret_text);
}

void card_label_text(const struct card *card, const char *label, int villages, char ret_text[CARD_LINE_MAX])
{
    char of[CARD_LINE_MAX];
    card_villages_text(card, villages, of);
    (void)snprintf(ret_text, CARD_LINE_MAX, of[0] ? "%s (%s)" : "%s%s", label, of);
}

void card_indicators_text(const struct card *card, const struct card_sum *sum, char ret_text[CARD_LINE_MAX])
{
    of_text(card, card->table4 == TABLE4_PERSONS ? CARD_OF_GROUPS : CARD_OF_INDICATORS, sum->known, sum->all, ret_text);
}

void card_child_text(const struct card *card, const struct card_child *child, char ret_text[CARD_LINE_MAX])
{
    const struct card_sum of_all = {.known = child->total.known, .all = card->total.all};
    if (child->area.level == AREA_DESA)
        card_indicators_text(card, &of_all, ret_text);
    else
        of_text(card, CARD_OF_VILLAGES, child->total.villages, child->villages, ret_text);
}

const char *card_level_word(const struct set *set, enum area_level level)
{
    switch (level) {
    case AREA_PROVINSI:
        return card_word(set, CARD_PROVINCE);
    case AREA_KABUPATEN:
        return card_word(set, CARD_REGENCY);
    case AREA_KECAMATAN:
        return card_word(set, CARD_DISTRICT);
    case AREA_DESA:
        return card_word(set, CARD_VILLAGE);
    case AREA_POSYANDU:
        return "Posyandu";
    }
    return "";
}

const char *card_plain_name(const char *label, const char *name)
{
    size_t len = strlen(label);
    return len && strncasecmp(name, label, len) == 0 && name[len] == ' ' && name[len + 1] ? name + len + 1 : name;
}

/* "Jul, Agu"; "" where mask is 0. */
static void months_text(const struct card *card, unsigned mask, char *ret_text, size_t size)
{
    size_t len = 0;
    ret_text[0] = '\0';
    for (int i = 0; i < QUARTER_MONTHS; i++)
        if (mask >> i & 1 && len < size)
            len += (size_t)snprintf(ret_text + len, size - len, "%s%s", len ? ", " : "", card_month_text(card, i));
}

enum card_colour card_colour(const struct set *set, int64_t hundredths)
{
    if (hundredths < 0)
        return COLOUR_NONE;
    if (hundredths >= set->green_from * INT64_C(100))
        return COLOUR_GREEN;
    return hundredths >= set->yellow_from * INT64_C(100) ? COLOUR_YELLOW : COLOUR_RED;
}

void card_missing_text(const struct card *card, size_t max, char *ret_text, size_t size)
{
    unsigned due = 0;
    for (int i = 0; i < QUARTER_MONTHS; i++)
        due |= (unsigned)(card->quarter * QUARTER_MONTHS + i <= card->month_now) << i;
    size_t len = 0, n = 0;
    ret_text[0] = '\0';
    for (size_t form = 0; form < card->set->n_forms && n < max && len < size; form++) {
        unsigned missing = card_form_missing(card, form);
        if (!missing)
            continue;
        char months[64];
        months_text(card, missing, months, sizeof months);
        bool all = missing == due || card->set->forms[form].due != DUE_MONTH;
        len += (size_t)snprintf(ret_text + len, size - len, "%s%s%s%s", n ? ", " : "", card->set->forms[form].name,
                                all ? "" : " ", all ? "" : months);
        n++;
    }
}
