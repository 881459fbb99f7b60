/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Posyandu that have not reported for months: each village's people are told of theirs in one SMS, month by month. */
#include <stdio.h>

#include "core/reply/phrase.h"
#include "core/schedule/schedule_job.h"
#include "core/tell/audience.h"
#include "core/villages.h"
#include "parsers/deliver.h"

enum { NAME_CHARS_MAX = 32, NAME_TEXT_MAX = 4 * NAME_CHARS_MAX, POSYANDU_MAX = 64, ROLES_MAX = 16 };

struct silent {
    struct schedule_run *run;
    struct role_at to[ROLES_MAX];
    size_t n_to;
    struct area village;
    char names[POSYANDU_MAX][NAME_TEXT_MAX];
    size_t n;
    int result; /* negative: it failed */
};

static int take_name(void *data, int64_t area_id, const char *name)
{
    struct silent *silent = data;
    (void)area_id;
    (void)deliver_safe(view_of(name), NAME_CHARS_MAX, silent->names[silent->n++], NAME_TEXT_MAX);
    return silent->n == POSYANDU_MAX;
}

static void make_text(const void *data, const struct wording *wording, struct phrase *ret_phrase)
{
    const struct silent *silent = data;
    struct list areas;
    char village[NAME_TEXT_MAX], months[NUMBER_TEXT_MAX], period[PERIOD_TEXT_MAX];
    list_begin(&areas, wording, REPLY_JOIN_LIST);
    for (size_t i = 0; i < silent->n; i++)
        list_add(&areas, silent->names[i]);
    list_end(&areas);
    (void)deliver_safe(view_of(silent->village.name), NAME_CHARS_MAX, village, sizeof village);
    number_write(silent->run->box->settings->schedule.silent_months, "", months);
    period_write(wording, silent->run->month - 1, period);
    const struct template_value given[] = {{"area", view_of(village)},
                                           {"months", view_of(months)},
                                           {"period", view_of(period)},
                                           {"areas", view_of(areas.phrase.text)}};
    phrase_render(ret_phrase, wording, REPLY_POSYANDU_SILENT, given, 4);
}

/* Its own people, operators only where there are none: a village without a bidan is not told of again each month. */
static int tell_village(struct silent *silent)
{
    struct schedule_run *run = silent->run;
    struct audience audience;
    int result = audience_find(run->box, silent->to, silent->n_to, silent->village.code, 0, &audience, run->error);
    size_t n = audience.n_named > 0 ? audience.n_named : audience.n;
    for (size_t i = 0; i < n && result == 0; i++) {
        const struct recipient *person = &audience.people[i];
        struct contact contact = {.id = person->contact_id};
        struct reply reply;
        (void)snprintf(contact.phone, sizeof contact.phone, "%s", person->phone);
        reply_fit(run->box, person->locale, make_text, silent, &reply);
        result = schedule_queue(run, MT_ALERT, &contact, &reply);
    }
    return result;
}

static int look_at_village(void *data, const struct area *village, bool reported, bool staffed)
{
    struct silent *silent = data;
    struct schedule_run *run = silent->run;
    const int months = run->box->settings->schedule.silent_months;
    (void)reported;
    (void)staffed;
    silent->village = *village;
    silent->n = 0;
    silent->result = store_posyandu_silent(run->box->store, village->id, run->month - months, run->month, take_name,
                                           silent, run->error);
    if (silent->result == 0 && silent->n > 0)
        silent->result = tell_village(silent);
    return silent->result;
}

int schedule_silent(struct schedule_run *run)
{
    struct silent silent = {.run = run};
    silent.n_to = audience_roles(&run->box->settings->schedule.silent_to, silent.to, ROLES_MAX);
    int result = villages_each(run->box, NULL, run->month - 1, look_at_village, &silent, run->error);
    return result < 0 ? result : silent.result;
}
