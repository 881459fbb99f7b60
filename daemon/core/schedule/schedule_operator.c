/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The operators' lines: how the box is, every week and perhaps every day. */
#include <stdio.h>
#include <string.h>

#include "core/reply/box_status.h"
#include "core/reply/phrase.h"
#include "core/schedule/schedule_job.h"
#include "core/villages.h"
#include "settings/settings.h"
#include "store/counts.h"
#include "store/modem.h"

struct telling {
    struct schedule_run *run;
    const struct template_value *values;
    size_t n_values; /* 0: the daily line */
};

static int tell(void *data, const struct contact *contact)
{
    const struct telling *telling = data;
    struct schedule_run *run = telling->run;
    struct reply reply;
    int result = 0;
    if (telling->n_values > 0)
        reply_simple(run->box, contact->locale, REPLY_WEEKLY, telling->values, telling->n_values, &reply);
    else
        result = reply_box_status(run->box, contact->locale, run->now_ms, &reply, run->error);
    return result < 0 ? result : schedule_queue(run, MT_ALERT, contact, &reply);
}

static int tell_all(struct telling *telling)
{
    struct schedule_run *run = telling->run;
    return store_contact_list(run->box->store, ROLE_OPERATOR, CONTACT_ACTIVE, NULL, tell, telling, run->error);
}

struct modems_up {
    const struct settings *settings;
    int up;
};

/* A modem that works, of those that are configured: rows of former ones stay in the database. */
static int count_up(void *data, const struct modem_row *modem)
{
    struct modems_up *modems = data;
    for (size_t i = 0; i < modems->settings->n_modems && modem_row_works(modem); i++)
        modems->up += strcmp(modems->settings->modems[i].name, modem->name) == 0;
    return 0;
}

static void share_write(int64_t some, int64_t all, char *ret_text, size_t size)
{
    char left[NUMBER_TEXT_MAX], right[NUMBER_TEXT_MAX];
    number_write((int)some, "", left);
    number_write((int)all, "", right);
    (void)snprintf(ret_text, size, "%s/%s", left, right);
}

int schedule_week(struct schedule_run *run)
{
    enum { WEEK_DAYS = 7, SHARE_MAX = 2 * NUMBER_TEXT_MAX };
    const struct box *box = run->box;
    const struct settings *settings = box->settings;
    struct modems_up modems = {settings, 0};
    struct week_counts counts;
    struct villages villages;
    struct day today = zone_local(run->now_ms).day;
    int month = month_of(today) - (today.day <= settings->grace_days);
    int result = store_week_counts(box->store, run->now_ms - WEEK_DAYS * MS_DAY, &counts, run->error);
    if (result == 0)
        result = villages_count(box, month, &villages, run->error);
    if (result == 0)
        result = store_modem_list(box->store, count_up, &modems, run->error);
    if (result < 0)
        return result;
    char up[SHARE_MAX], reported[SHARE_MAX], reports[SHARE_MAX], nobody[NUMBER_TEXT_MAX], queued[NUMBER_TEXT_MAX],
        received[NUMBER_TEXT_MAX], strangers[NUMBER_TEXT_MAX], period[PERIOD_TEXT_MAX];
    struct wording wording = {.replies = box_replies(box, ""), .length = REPLY_LONG};
    share_write(modems.up, (int64_t)settings->n_modems, up, sizeof up);
    share_write(villages.reporting, villages.all, reported, sizeof reported);
    share_write(villages.reports, villages.reports_due, reports, sizeof reports);
    number_write(villages.nobody, "", nobody);
    number_write((int)counts.queued, "", queued);
    number_write((int)counts.received, "", received);
    number_write((int)counts.strangers, "", strangers);
    period_write(&wording, month, period);
    const struct template_value values[] = {
        {"box", view_of(settings->box.id)}, {"modems", view_of(up)},       {"queued", view_of(queued)},
        {"received", view_of(received)},    {"period", view_of(period)},   {"reported", view_of(reported)},
        {"strangers", view_of(strangers)},  {"reports", view_of(reports)}, {"nobody", view_of(nobody)}};
    struct telling telling = {run, values, sizeof values / sizeof *values};
    return tell_all(&telling);
}

int schedule_day(struct schedule_run *run)
{
    struct telling telling = {.run = run};
    return tell_all(&telling);
}
