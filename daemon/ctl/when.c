/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/when.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "base/translate.h"
#include "core/assessment.h"
#include "ctl/session.h"

/* ---- days ---- */

/* By the time zone that is set. */
static bool read_time(const char *text, int hour, int64_t *ret_ms)
{
    struct local_time local = {.hour = hour};
    struct day today = zone_local(clock_system.wall_ms(NULL)).day;
    if (day_parse(view_of(text), today, &local.day) != 0)
        return time_parse(text, ret_ms) == 0;
    *ret_ms = zone_ms(&local);
    return true;
}

int option_time(const struct ctl *ctl, const char *name, int hour, int64_t *ret_ms)
{
    CLEANUP(session_close) struct session session = {0};
    const char *text = args_get(&ctl->args, name);
    int64_t ms;
    if (!text)
        return 0;
    if (!read_time(text, hour, &ms))
        return ctl_usage(ctl,
                         "%s %s is not a time; expected a day like 2026-10-15, \"kemarin\" or \"7 hari\", or RFC 3339, "
                         "like 2026-10-15T09:00:00+07:00",
                         name, text);
    int status = session_settings(&session, ctl);
    if (!status)
        (void)read_time(text, hour, ret_ms);
    return status;
}

/* ---- months and quarters ---- */

enum { TYPED_MAX = 64 };

/* What a text comes to; both -1: nothing. */
struct span {
    int month, quarter; /* of a month both */
};

/* "2026-13", "202610": no word of it needs a language, and an SMS would not hold it. */
static bool is_misspelt(const char *text)
{
    size_t len = strlen(text);
    return len == 0 || len >= TYPED_MAX || (text[strspn(text, "0123456789-")] == '\0' && strchr(text, '-')) ||
           text[strspn(text, "0123456789")] == '\0';
}

/* "bulan lalu", "triwulan ini": how many back, -1: it is not said so. */
static int said_back(const struct lang *lang, const struct words *unit, const char *words)
{
    const char *space = strchr(words, ' ');
    if (!space || !words_have(unit, (struct view){words, (size_t)(space - words)}))
        return -1;
    return words_have(&lang->current, view_of(space + 1)) ? 0 : words_have(&lang->last, view_of(space + 1)) ? 1 : -1;
}

/* As a sender would type it behind SKOR: "Des 26" with the whole year, "Q4" with the language's word. */
static void write_message(const struct lang *lang, const char *words, char ret_text[3 * TYPED_MAX])
{
    size_t len = strlen(words);
    const char *at = words, *q = strchr(words, 'q');
    bool short_year = len > 3 && is_digit(words[len - 1]) && is_digit(words[len - 2]) && !is_digit(words[len - 3]) &&
                      (words[len - 3] == ' ' || (words[len - 3] >= 'a' && words[len - 3] <= 'z'));
    int n = snprintf(ret_text, TYPED_MAX, "%s ", lang->commands[COMMAND_SCORE].word[0]);
    if (q && is_digit(q[1]) && (q == words || q[-1] == ' ' || q[-1] == '-')) {
        n += snprintf(ret_text + n, TYPED_MAX, "%.*s%s ", (int)(q - words), words, lang->quarter.word[0]);
        at = q + 1;
    }
    len -= (size_t)(at - words);
    (void)snprintf(ret_text + n, TYPED_MAX, "%.*s%s%s", (int)(short_year ? len - 2 : len), at, short_year ? "20" : "",
                   short_year ? at + len - 2 : "");
}

static void read_span(const struct session *session, const char *text, struct span *ret_span)
{
    char words[TYPED_MAX], message[3 * TYPED_MAX];
    const struct box *box = session->box;
    const struct lang *lang = session->settings->lang;
    struct day today = zone_local(session_now_ms(session)).day;
    const struct lexicon *lexicon = session->settings->sets[box_set_for(box, month_of(today))].lexicon;
    struct reading *reading = &box->assessment->reading;
    size_t n = 0;
    for (; text[n] && n + 1 < sizeof words; n++)
        words[n] = text[n] >= 'A' && text[n] <= 'Z' ? (char)(text[n] - 'A' + 'a') : text[n];
    words[n] = '\0';
    int months = said_back(lang, &lang->month_word, words), quarters = said_back(lang, &lang->quarter, words);
    if (months >= 0 || quarters >= 0) {
        ret_span->month = months >= 0 ? month_of(today) - months : MONTH_NONE;
        ret_span->quarter = quarters >= 0 ? quarter_of(month_of(today)) - quarters : quarter_of(ret_span->month);
        return;
    }
    write_message(lang, words, message);
    reader_read(lexicon, view_of(message), today, NULL, box->workspace, reading);
    if (reading->kind != READING_COMMAND || reading->command != COMMAND_SCORE || reading->argument.len > 0)
        return;
    ret_span->month = reading->period.said == PERIOD_SAID ? reading->period.month : MONTH_NONE;
    ret_span->quarter = reading->command_quarter >= 0 ? reading->command_quarter : QUARTER_NONE;
}

static int span_of(const struct ctl *ctl, const char *text, struct span *ret_span)
{
    CLEANUP(session_close) struct session session = {0};
    struct span span = {MONTH_NONE, QUARTER_NONE};
    *ret_span = span;
    if (month_parse(view_of(text), &span.month) == 0)
        span.quarter = quarter_of(span.month);
    else if (quarter_parse(view_of(text), &span.quarter) != 0 && !is_misspelt(text)) {
        int status = session_settings(&session, ctl);
        if (!status)
            status = session_box(&session, ctl);
        if (status)
            return status;
        read_span(&session, text, &span);
    }
    *ret_span = span;
    return 0;
}

static int month_typed(const struct ctl *ctl, const char *name, const char *text, int *ret_month)
{
    struct span span;
    int status = span_of(ctl, text, &span);
    if (status)
        return status;
    if (span.month == MONTH_NONE)
        return ctl_usage(
            ctl,
            span.quarter == QUARTER_NONE
                ? _("%s%s%s is not a month; expected one like 2026-10, Oktober, \"Okt 26\" or \"bulan lalu\"")
                : _("%s%s%s is a quarter; expected a month, like 2026-10, Oktober or \"Okt 26\""),
            name, name[0] ? " " : "", text);
    *ret_month = span.month;
    return 0;
}

int month_of_text(const struct ctl *ctl, const char *text, int *ret_month)
{
    return month_typed(ctl, "", text, ret_month);
}

int option_period(const struct ctl *ctl, const char *name, int *ret_month)
{
    const char *text = args_get(&ctl->args, name);
    return text ? month_typed(ctl, name, text, ret_month) : 0;
}

int option_quarter(const struct ctl *ctl, int *ret_quarter)
{
    const char *text = args_get(&ctl->args, "--quarter");
    struct span span;
    int status = text ? span_of(ctl, text, &span) : 0;
    if (!text || status)
        return status;
    if (span.quarter == QUARTER_NONE)
        return ctl_usage(ctl, "--quarter %s is not a quarter; expected one like 2026-Q3, TW3, \"TW3 26\" or Oktober",
                         text);
    *ret_quarter = span.quarter;
    return 0;
}
