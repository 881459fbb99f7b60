/* SPDX-License-Identifier: GPL-2.0-or-later */
/* brief: one sheet about a village for its meetings; semester: what it hands on each half year. */
#include <stdio.h>
#include <string.h>

#include "core/score/brief_open.h"
#include "ctl/paper.h"
#include "ctl/villages.h"

enum { BRIEF_BYTES_MAX = 8 << 20, SEMESTER_MONTHS = 6 };

struct sheet {
    struct session session;
    struct area area;
    struct brief *brief;
    struct buf text;
};

static void sheet_deinit(struct sheet *sheet)
{
    (void)brief_close(sheet->brief);
    buf_deinit(&sheet->text);
    session_close(&sheet->session);
}

static int open_sheet(const struct ctl *ctl, struct sheet *sheet, enum paper_format *ret_format)
{
    buf_init(&sheet->text, BRIEF_BYTES_MAX);
    int status = option_format(ctl, PAPER_PAGES, ret_format);
    return status ? status : session_cards(&sheet->session, ctl, STORE_READ);
}

static int open_brief(struct sheet *sheet, int quarter, int months)
{
    struct error error = {0};
    int r = brief_open(sheet->session.box, &sheet->area, quarter, months, session_now_ms(&sheet->session),
                       &sheet->brief, &error);
    return r < 0 ? ctl_failed(r, &error) : 0;
}

int ctl_brief(struct ctl *ctl)
{
    CLEANUP(sheet_deinit) struct sheet sheet = {0};
    enum paper_format format;
    int quarter;
    int status = open_sheet(ctl, &sheet, &format);
    if (!status)
        status = area_of_words(ctl, &sheet.session, 0, &sheet.area);
    if (!status && sheet.area.level != AREA_DESA)
        status = ctl_refuse("%s is not a village: a brief is made of a village", sheet.area.code);
    if (!status)
        status = quarter_meant(ctl, &sheet.session, &sheet.area, &quarter);
    if (!status)
        status = open_brief(&sheet, quarter, QUARTER_MONTHS);
    if (status)
        return status;
    if (format == PAPER_JSON)
        brief_json(sheet.brief, &sheet.text);
    else
        brief_page(sheet.brief, format != PAPER_TEXT, &sheet.text);
    return paper_put(ctl, format, &sheet.text, 1);
}

/* "2026-2"; where none is said the semester that has ended last. Its second quarter. */
static int option_semester(const struct ctl *ctl, const struct session *session, int *ret_quarter)
{
    const char *text = args_get(&ctl->args, "--semester");
    int64_t year, half;
    char digits[5] = "";
    int now = quarter_of(month_of(zone_local(session_now_ms(session)).day));
    *ret_quarter = now / 2 * 2 - 1;
    if (!text)
        return 0;
    size_t len = strlen(text);
    (void)snprintf(digits, sizeof digits, "%s", text);
    if (len != 6 || text[4] != '-' || args_number(digits, 2000, 2999, &year) || args_number(text + 5, 1, 2, &half))
        return ctl_usage(ctl, "--semester %s is not a semester; expected one like 2026-2", text);
    *ret_quarter = (int)year * 4 + (int)half * 2 - 1;
    return *ret_quarter - 1 > now ? ctl_refuse("that semester has not begun yet") : 0;
}

int ctl_semester(struct ctl *ctl)
{
    CLEANUP(sheet_deinit) struct sheet sheet = {0};
    enum paper_format format;
    int quarter;
    int status = open_sheet(ctl, &sheet, &format);
    if (!status)
        status = option_semester(ctl, &sheet.session, &quarter);
    if (!status)
        status = area_of_words(ctl, &sheet.session, 0, &sheet.area);
    if (!status)
        status = open_brief(&sheet, quarter, SEMESTER_MONTHS);
    if (status)
        return status;
    if (format == PAPER_JSON)
        brief_json(sheet.brief, &sheet.text);
    else
        brief_report(sheet.brief, format != PAPER_TEXT, &sheet.text);
    return paper_put(ctl, format, &sheet.text, 3);
}
