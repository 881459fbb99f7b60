/* reports: what was understood, the newest first, with its numbers. */
#include <errno.h>

#include "ctl/listing.h"
#include "ctl/report_values.h"
#include "ctl/session.h"

enum { LIMIT = 100, LIMIT_MAX = 1000000000 };

struct rows {
    struct store *store;
    struct listing list;
    struct error error;
    int result;
};

static int list_report(void *data, const struct report_found *report)
{
    struct rows *rows = data;
    struct listing *list = &rows->list;
    CLEANUP(buf_deinit) struct buf plain;
    CLEANUP(buf_deinit) struct buf json;
    buf_init(&plain, 4096);
    buf_init(&json, 4096);
    rows->result = report_values(rows->store, report->id, &plain, &json, &rows->error);
    if (rows->result)
        return 1;
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
    listing_text(list, report->status);
    listing_number(list, report->mo_id);
    listing_json(list, plain.text, json.text);
    return 0;
}

int ctl_reports(struct ctl *ctl)
{
    static const struct column columns[] = {
        {"id", "ID", true},          {"uid", NULL, false},        {"created", "RECEIVED", false},
        {"sent", NULL, false},       {"area", "AREA", false},     {"area_name", "NAME", false},
        {"from", NULL, false},       {"set", NULL, false},        {"form", "FORM", false},
        {"period", "PERIOD", false}, {"status", "STATUS", false}, {"message", NULL, true},
        {"values", "VALUES", false},
    };
    struct report_filter filter = {.period = MONTH_NONE, .limit = LIMIT};
    CLEANUP(session_close) struct session session = {0};
    int status = option_period(ctl, "--period", &filter.period);
    if (!status)
        status = option_time(ctl, "--since", &filter.since_ms);
    if (!status)
        status = option_number(ctl, "--limit", 1, LIMIT_MAX, &filter.limit);
    if (!status)
        status = session_open(&session, ctl, STORE_READ);
    if (!status)
        status = option_area(ctl, &session, &filter.area_code);
    if (status)
        return status;
    struct error error = {0};
    struct rows rows = {.store = session.store};
    listing_begin(&rows.list, ctl->json, columns, 13);
    int r = store_report_list(session.store, &filter, list_report, &rows, &error);
    listing_end(&rows.list, "no reports");
    if (rows.result)
        return ctl_failed(rows.result, &rows.error);
    return r ? ctl_failed(r, &error) : CTL_DONE;
}
