/* SPDX-License-Identifier: GPL-2.0-or-later */
/* reports: what was understood, the newest first, with its numbers. */
#include <errno.h>

#include "base/translate.h"
#include "ctl/listing.h"
#include "ctl/report_values.h"
#include "ctl/session.h"
#include "store/report.h"

struct rows {
    struct store *store;
    struct listing list;
    struct error *error;
};

static int list_report(void *data, const struct report_found *report)
{
    struct rows *rows = data;
    struct listing *list = &rows->list;
    CLEANUP(buf_deinit) struct buf plain;
    CLEANUP(buf_deinit) struct buf json;
    buf_init(&plain, 4096);
    buf_init(&json, 4096);
    int r = report_values(rows->store, report->id, &plain, &json, rows->error);
    if (r)
        return r;
    listing_number(list, report->id);
    listing_text(list, report->uid);
    listing_time(list, report->created_ms);
    listing_time(list, report->sent_ms);
    listing_text(list, report->area_code);
    listing_text(list, report->area_name);
    listing_text(list, report->sender);
    listing_text(list, report->set);
    listing_text(list, report->form);
    listing_period(list, report->period);
    listing_word(list, report->status);
    listing_number(list, report->mo_id);
    listing_json(list, plain.text, json.text);
    return 0;
}

int ctl_reports(struct ctl *ctl)
{
    static const struct column columns[] = {
        {"id", N_("ID"), true},
        {"uid", NULL, false},
        {"created", N_("RECEIVED"), false},
        {"sent", NULL, false},
        {"area", N_("AREA"), false},
        {"area_name", N_("NAME"), false},
        {"from", NULL, false},
        {"set", NULL, false},
        {"form", N_("FORM"), false},
        {"period", N_("PERIOD"), false},
        {"status", N_("STATUS"), false},
        {"message", NULL, true},
        {"values", N_("VALUES"), false},
    };
    CLEANUP(session_close) struct session session = {0};
    struct listed listed;
    int period = MONTH_NONE;
    int status = option_period(ctl, "--period", &period);
    if (!status)
        status = session_list(&session, ctl, &listed);
    if (status)
        return status;
    struct report_filter filter = {
        .area_code = listed.area_code,
        .period = period,
        .since_ms = listed.since_ms,
        .limit = listed.limit,
    };
    struct error error = {0};
    struct rows rows = {.store = session.store, .error = &error};
    listing_begin(&rows.list, ctl->json, columns, 13);
    int r = store_report_list(session.store, &filter, list_report, &rows, &error);
    listing_end(&rows.list, _("no reports"));
    return r ? ctl_failed(r, &error) : CTL_DONE;
}
