/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A word of thanks to each KPM, with what she has done in the quarter. */
#include "core/reply/performance.h"
#include "core/schedule/schedule_job.h"

struct thanking {
    struct schedule_run *run;
    const struct contact *contact;
    struct area village; /* the first one of the person; id 0 none */
    struct performance performance;
};

static int add_village(void *data, const struct area *area)
{
    struct thanking *thanking = data;
    struct schedule_run *run = thanking->run;
    if (area->level != AREA_DESA)
        return 0;
    if (thanking->village.id == 0)
        thanking->village = *area;
    return performance_add(run->box, thanking->contact, area, run->quarter, run->now_ms, &thanking->performance,
                           run->error);
}

/* Who has no complete month is not thanked for none. */
static int thank(void *data, const struct contact *contact)
{
    struct schedule_run *run = data;
    struct thanking thanking = {.run = run, .contact = contact};
    struct reply reply;
    int result = store_contact_areas(run->box->store, contact->id, add_village, &thanking, run->error);
    if (result < 0 || thanking.village.id == 0 || thanking.performance.complete == 0)
        return result;
    reply_performance(run->box, contact, &thanking.village, run->quarter, &thanking.performance, &reply);
    return schedule_queue(run, MT_CARD, contact, &reply);
}

int schedule_thanks(struct schedule_run *run)
{
    return store_contact_list(run->box->store, ROLE_KPM, CONTACT_ACTIVE, NULL, thank, run, run->error);
}
