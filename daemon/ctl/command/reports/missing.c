/* SPDX-License-Identifier: GPL-2.0-or-later */
/* missing: who has not reported what for a month: the people who report, as reminders would ask them, and the villages
 * in which nobody is registered. */
#include <errno.h>
#include <stdlib.h>

#include "base/translate.h"
#include "core/intake/intake_report.h"
#include "core/reply/expected.h"
#include "core/villages.h"
#include "ctl/listing.h"
#include "ctl/session.h"

struct missing {
    const struct box *box;
    const struct set *set;
    int month;
    struct day today;
    struct listing *list;
    struct error *error;
};

/* As "IBU_HAMIL, ANAK" and as a JSON array. */
static void write_forms(const struct set *set, unsigned forms, struct buf *plain, struct buf *json)
{
    buf_puts(json, "[");
    for (size_t i = 0; i < set->n_forms; i++) {
        if (!(forms & 1U << i))
            continue;
        buf_puts(json, plain->len ? "," : "");
        buf_json(json, view_of(set->forms[i].code));
        buf_printf(plain, "%s%s", plain->len ? ", " : "", set->forms[i].code);
    }
    buf_puts(json, "]");
}

static void list_row(const struct missing *missing, const struct area *area, const struct contact *contact,
                     unsigned forms)
{
    CLEANUP(buf_deinit) struct buf plain;
    CLEANUP(buf_deinit) struct buf json;
    buf_init(&plain, 1024);
    buf_init(&json, 1024);
    write_forms(missing->set, forms, &plain, &json);
    listing_text(missing->list, area->code);
    listing_text(missing->list, area->name);
    if (contact)
        listing_text(missing->list, contact->name);
    else
        listing_json(missing->list, _("(nobody registered)"), "null");
    listing_text(missing->list, contact ? contact->phone : "");
    listing_word(missing->list, contact ? contact_role_to_string(contact->role) : "");
    listing_period(missing->list, missing->month);
    listing_json(missing->list, plain.text, json.text);
}

static int list_contact(void *data, const struct contact *contact)
{
    const struct missing *missing = data;
    struct area area;
    unsigned forms = 0;
    if (!intake_may_report(contact))
        return 0;
    int r = expected_missing(missing->box, contact->area_id, missing->month, missing->today, &forms, missing->error);
    if (!r && forms)
        r = store_area_by_id(missing->box->store, contact->area_id, &area, missing->error);
    if (!r && forms)
        list_row(missing, &area, contact, forms);
    return r;
}

static int list_village(void *data, const struct area *village, bool reported, bool staffed)
{
    const struct missing *missing = data;
    unsigned forms = 0;
    (void)reported;
    int r = staffed
                ? 0
                : expected_missing(missing->box, village->id, missing->month, missing->today, &forms, missing->error);
    if (!r && forms)
        list_row(missing, village, NULL, forms);
    return r;
}

static int list_nobody(struct missing *missing, const char *code)
{
    return villages_each(missing->box, code, missing->month, list_village, missing, missing->error);
}

static int list_role(struct missing *missing, enum contact_role role, const char *code)
{
    return store_contact_list_by_area(missing->box->store, role, code, list_contact, missing, missing->error);
}

int ctl_missing(struct ctl *ctl)
{
    static const struct column columns[] = {
        {"area", N_("AREA"), false},       {"area_name", N_("NAME"), false}, {"contact", N_("PERSON"), false},
        {"phone", N_("PHONE"), false},     {"role", N_("ROLE"), false},      {"period", N_("PERIOD"), false},
        {"missing", N_("MISSING"), false},
    };
    CLEANUP(session_close) struct session session = {0};
    int month = MONTH_NONE;
    const char *code = NULL;
    int status = option_period(ctl, "--period", &month);
    if (!status)
        status = session_open(&session, ctl, STORE_READ);
    if (!status)
        status = session_box(&session, ctl);
    if (!status)
        status = option_area(ctl, &session, &code);
    if (status)
        return status;
    struct day today = zone_local(session_now_ms(&session)).day;
    if (month == MONTH_NONE)
        month = month_of(today);
    struct error error = {0};
    struct listing list;
    struct missing missing = {
        .box = session.box,
        .set = box_set(session.box, box_set_for(session.box, month)),
        .month = month,
        .today = today,
        .list = &list,
        .error = &error,
    };
    listing_begin(&list, ctl->json, columns, 7);
    int r = list_role(&missing, ROLE_KPM, code);
    if (!r)
        r = list_role(&missing, ROLE_KADER, code);
    if (!r)
        r = list_nobody(&missing, code);
    listing_end(&list, _("nothing is missing"));
    return r ? ctl_failed(r, &error) : CTL_DONE;
}
