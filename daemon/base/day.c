/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/day.h"

enum { TYPED_MAX = 40, YEAR_DIGITS = 4 };

struct day day_before(struct day day, int days)
{
    while (days >= day.day) {
        days -= day.day;
        if (--day.month == 0) {
            day.month = 12;
            day.year--;
        }
        day.day = month_length(month_of(day));
    }
    day.day -= days;
    return day;
}

/* In small letters, with single spaces; empty where it is longer than any day. */
static void fold_words(struct view text, char ret_words[TYPED_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (n + 1 == TYPED_MAX) {
            n = 0;
            break;
        }
        if (c == ' ' && (n == 0 || ret_words[n - 1] == ' '))
            continue;
        ret_words[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    while (n > 0 && ret_words[n - 1] == ' ')
        n--;
    ret_words[n] = '\0';
}

/* A whole number at *at of at most 4 digits, -1: there is none; *at moves behind it. */
static int take_number(const char **at, size_t *ret_digits)
{
    int number = 0;
    const char *c = *at;
    for (; is_digit(*c) && c - *at <= YEAR_DIGITS; c++)
        number = number * 10 + (*c - '0');
    *ret_digits = (size_t)(c - *at);
    bool fits = *ret_digits >= 1 && *ret_digits <= YEAR_DIGITS;
    *at = c;
    return fits ? number : -1;
}

/* Three numbers with the same sign between them, the year first or last. */
static bool read_date(const char *words, struct day *ret_day)
{
    int part[3];
    size_t digits[3];
    char sign = '\0';
    for (int i = 0; i < 3; i++) {
        if (i > 0 && (*words != sign || *words == '\0'))
            return false;
        words += i > 0;
        part[i] = take_number(&words, &digits[i]);
        if (part[i] < 0)
            return false;
        if (i == 0)
            sign = *words;
    }
    bool year_first = digits[0] == YEAR_DIGITS;
    if (*words || !(sign == '-' || sign == '/' || sign == '.') || (!year_first && digits[2] != YEAR_DIGITS))
        return false;
    struct day day = {part[year_first ? 0 : 2], part[1], part[year_first ? 2 : 0]};
    if (day.year < 1970 || day.month < 1 || day.month > 12 || day.day < 1 || day.day > month_length(month_of(day)))
        return false;
    *ret_day = day;
    return true;
}

static bool is_one_of(const char *word, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(word, *list) == 0)
            return true;
    return false;
}

/* How many days before today the words say, -1: nothing of the kind. */
static int days_back(const char *words)
{
    static const char *const today[] = {"hari ini", "hr ini", "today", NULL};
    static const char *const yesterday[] = {"kemarin", "kmrn", "yesterday", NULL};
    static const char *const days[] = {"hari", "hr", "hari lalu", "hari yang lalu", "days", "day", "days ago", NULL};
    static const char *const weeks[] = {"minggu",    "minggu lalu", "minggu yang lalu", "weeks", "week",
                                        "weeks ago", NULL};
    size_t digits;
    if (is_one_of(words, today))
        return 0;
    if (is_one_of(words, yesterday))
        return 1;
    int n = take_number(&words, &digits);
    words += *words == ' ';
    int unit = is_one_of(words, days) ? 1 : is_one_of(words, weeks) ? 7 : 0;
    return n < 0 || unit == 0 || n * unit > DAYS_BACK_MAX ? -1 : n * unit;
}

int day_parse(struct view text, struct day today, struct day *ret_day)
{
    char words[TYPED_MAX];
    fold_words(text, words);
    if (read_date(words, ret_day))
        return 0;
    int back = days_back(words);
    if (back < 0)
        return -1;
    *ret_day = day_before(today, back);
    return 0;
}
