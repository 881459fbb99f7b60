/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The shipped configuration with no database: what it makes of a text at a time, as one line that can be compared.
 *
 *     IBU_HAMIL 2026-10 partial HAMIL=12 K4=3 !unknown_key + ANAK - help
 *     ANAK 2026-10 held:form BB=38
 *
 * Values stand in the order of the form's keys, each problem's code once, in their own order, "-" where there is no
 * period; "command score", "chat", "empty" and "unknown" are the other kinds.
 */
#ifndef KABAR_TESTS_CORE_SHIPPED_H
#define KABAR_TESTS_CORE_SHIPPED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/judge/assess.h"
#include "core/reply/assess_json.h"
#include "digits.h"
#include "settings/settings.h"

/* The corpus and the document are stamped so where they name no time. */
#define SHIPPED_TIME "2026-10-15T09:00:00+07:00"

struct shipped {
    struct settings *settings;
    struct box *box;
    struct error error;
};

static inline void shipped_open(struct shipped *shipped)
{
    *shipped = (struct shipped){.settings = NULL};
    if (settings_open(KABAR_SOURCE_DIR "/config/kabard.conf", &shipped->settings, &shipped->error) != 0 ||
        zone_set(shipped->settings->box.timezone, &shipped->error) != 0 ||
        box_open(shipped->settings, NULL, clock_system, &shipped->box, &shipped->error) != 0)
        fail_msg("%s", shipped->error.text);
}

static inline void shipped_close(struct shipped *shipped)
{
    shipped->box = box_close(shipped->box);
    shipped->settings = settings_close(shipped->settings);
}

static inline const struct assessment *shipped_read(struct shipped *shipped, struct view text, int64_t sent_ms)
{
    struct assess_input input = {.text = text, .sent_ms = sent_ms, .set = -1};
    if (assess(shipped->box, &input, shipped->box->assessment, &shipped->error) != 0)
        fail_msg("%s", shipped->error.text);
    const char *silent = digits_silent(&shipped->box->assessment->reading, text);
    if (silent)
        fail_msg("nothing is said of \"%.*s\" in \"%.*s\"", (int)(text.at + text.len - silent), silent, (int)text.len,
                 text.at);
    return shipped->box->assessment;
}

static inline void shipped_codes(struct buf *buf, const bool codes[PROBLEM_COUNT])
{
    for (int code = 0; code < PROBLEM_COUNT; code++) {
        if (codes[code])
            buf_printf(buf, " !%s", problem_code_to_string((enum problem_code)code));
    }
}

static inline void shipped_segment(struct buf *buf, const struct assessed *assessed)
{
    char month[8] = "-";
    bool codes[PROBLEM_COUNT] = {false};
    if (assessed->month != MONTH_NONE)
        month_format(assessed->month, month);
    buf_printf(buf, "%s %s %s", assessed->form->code, month, report_status_to_string(assessed->status));
    if (assessed->status == STATUS_HELD)
        buf_printf(buf, ":%s", question_to_string(assessed->question));
    for (size_t key = 0; assessed->status != STATUS_REJECTED && key < assessed->form->n_keys; key++) {
        if (assessed->values[key] >= 0)
            buf_printf(buf, " %s=%d", assessed->form->keys[key].code, assessed->values[key]);
    }
    for (size_t i = 0; i < assessed->n_problems; i++)
        codes[assessed->problems[i].code] = true;
    shipped_codes(buf, codes);
}

static inline void shipped_line(struct buf *buf, const struct assessment *assessment)
{
    const struct reading *reading = &assessment->reading;
    buf_clear(buf);
    if (reading->kind == READING_COMMAND)
        buf_printf(buf, "command %s", command_to_string(reading->command));
    else if (reading->kind != READING_REPORT)
        buf_puts(buf, reading_kind_to_string(reading->kind));
    for (size_t i = 0; i < assessment->n_segments; i++) {
        buf_puts(buf, i > 0 ? " + " : "");
        shipped_segment(buf, &assessment->segments[i]);
    }
}

#endif
