/* SPDX-License-Identifier: GPL-2.0-or-later */
/* export csv: every number that counts, one a row, for a spreadsheet. */
#include "ctl/listing.h"
#include "ctl/session.h"
#include "store/area.h"
#include "store/report.h"

enum { LINE_MAX_BYTES = 16384 };

struct export
{
    struct listing list;
    struct buf line;
};

static void export_deinit(struct export *export)
{
    buf_deinit(&export->line);
}

static int csv_row(void *data, const struct current_row *row)
{
    struct export *export = data;
    const char *const texts[] = {row->area, row->area_name, row->period, row->form, row->field, row->uid};
    buf_clear(&export->line);
    for (size_t i = 0; i < 6; i++) {
        buf_csv(&export->line, view_of(texts[i]));
        buf_puts(&export->line, ",");
    }
    buf_printf(&export->line, "%d\r\n", row->value);
    ctl_print(&export->line);
    return 0;
}

static int json_row(void *data, const struct current_row *row)
{
    struct listing *list = &((struct export *)data)->list;
    listing_text(list, row->area);
    listing_text(list, row->area_name);
    listing_text(list, row->period);
    listing_text(list, row->form);
    listing_text(list, row->field);
    listing_text(list, row->uid);
    listing_number(list, row->value);
    return 0;
}

int ctl_export_csv(struct ctl *ctl)
{
    static const struct column columns[] = {
        {"area", NULL, false},  {"area_name", NULL, false}, {"period", NULL, false}, {"form", NULL, false},
        {"field", NULL, false}, {"report", NULL, false},    {"value", NULL, true},
    };
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(export_deinit) struct export export;
    buf_init(&export.line, LINE_MAX_BYTES);
    const char *area = NULL;
    int period = MONTH_NONE;
    int status = option_period(ctl, "--period", &period);
    if (!status)
        status = session_open(&session, ctl, STORE_READ);
    if (!status)
        status = option_area(ctl, &session, &area);
    if (status)
        return status;
    struct error error = {0};
    if (ctl->json) {
        listing_begin(&export.list, true, columns, 7);
    } else {
        buf_puts(&export.line, "area,area_name,period,form,field,report,value\r\n");
        ctl_print(&export.line);
    }
    int r = store_current_list(session.store, area, period, ctl->json ? json_row : csv_row, &export, &error);
    if (ctl->json)
        listing_end(&export.list, "");
    return r ? ctl_failed(r, &error) : CTL_DONE;
}
