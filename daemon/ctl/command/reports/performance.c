/* SPDX-License-Identifier: GPL-2.0-or-later */
/* performance: what each KPM has done in a quarter. */
#include "core/reply/performance.h"

#include <stdio.h>

#include "base/translate.h"
#include "ctl/listing.h"
#include "ctl/villages.h"

struct shown {
    struct listing *list;
    const struct session *session;
    int quarter;
    struct error error;
};

/* "2/3" to people, the first number alone to programs. */
static void ratio(struct listing *list, int n, int all)
{
    char plain[32], json[16];
    (void)snprintf(plain, sizeof plain, "%d/%d", n, all);
    (void)snprintf(json, sizeof json, "%d", n);
    listing_json(list, plain, json);
}

static int show(void *data, const struct contact *contact)
{
    struct shown *shown = data;
    struct performance of = {0};
    struct area area;
    struct listing *list = shown->list;
    const struct box *box = shown->session->box;
    int r = contact->area_id ? store_area_by_id(box->store, contact->area_id, &area, &shown->error) : 0;
    if (r < 0 || contact->area_id == 0 || area.level != AREA_DESA)
        return r;
    r = performance_add(box, contact, &area, shown->quarter, session_now_ms(shown->session), &of, &shown->error);
    if (r < 0)
        return r;
    listing_text(list, area.code);
    listing_text(list, area.name);
    listing_text(list, contact->name);
    listing_text(list, contact->phone);
    ratio(list, of.complete, of.due);
    listing_number(list, of.due);
    listing_number(list, of.on_time);
    listing_number(list, of.late_days);
    listing_number(list, of.corrections);
    ratio(list, of.posyandu, of.posyandu_all);
    listing_number(list, of.posyandu_all);
    listing_number(list, of.activities);
    return 0;
}

int ctl_performance(struct ctl *ctl)
{
    static const struct column columns[] = {
        {"area", NULL, false},
        {"area_name", N_("AREA"), false},
        {"name", N_("NAME"), false},
        {"phone", N_("PHONE"), false},
        {"complete", N_("COMPLETE"), true},
        {"due", NULL, true},
        {"on_time", N_("ON TIME"), true},
        {"late_days", N_("DAYS LATE"), true},
        {"corrections", N_("CORRECTIONS"), true},
        {"posyandu", N_("POSYANDU"), true},
        {"posyandu_all", NULL, true},
        {"activities", N_("ACTIVITIES"), true},
    };
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(area_list_deinit) struct area_list villages = {0};
    struct listing list;
    struct shown shown = {.list = &list, .session = &session};
    struct error error = {0};
    int status = villages_meant(ctl, &session, &villages, &shown.quarter);
    if (status)
        return status;
    listing_begin(&list, ctl->json, columns, sizeof columns / sizeof *columns);
    int r = store_contact_list_by_area(session.store, ROLE_KPM, session.area_code[0] ? session.area_code : NULL, show,
                                       &shown, &error);
    listing_end(&list, _("no KPM is registered there"));
    return r < 0 ? ctl_failed(r, shown.error.text[0] ? &shown.error : &error) : CTL_DONE;
}
