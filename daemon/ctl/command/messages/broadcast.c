/* SPDX-License-Identifier: GPL-2.0-or-later */
/* broadcast: one text to everyone of a role; shown first, queued with --yes. */
#include <inttypes.h>
#include <stdio.h>

#include "base/translate.h"
#include "ctl/listing.h"
#include "ctl/session.h"
#include "ctl/text_fault.h"
#include "operator/outgoing.h"

/* The first recipients, for people and for programs. */
static void write_first(const struct broadcast *broadcast, struct buf *plain, struct buf *json)
{
    buf_puts(json, "[");
    for (int64_t i = 0; i < broadcast->people && i < BROADCAST_SHOWN_MAX; i++) {
        buf_printf(plain, "%s%s", i ? ", " : "", broadcast->first[i]);
        buf_puts(json, i ? "," : "");
        buf_json(json, view_of(broadcast->first[i]));
    }
    buf_puts(json, "]");
    if (broadcast->people > BROADCAST_SHOWN_MAX)
        buf_printf(plain, _(" and %" PRId64 " more"), broadcast->people - BROADCAST_SHOWN_MAX);
}

static void print(const struct ctl *ctl, const struct broadcast *broadcast, size_t parts, int price, const char *fault)
{
    static const struct column columns[] = {
        {"people", N_("PEOPLE"), true}, {"parts", N_("SMS EACH"), true}, {"parts_total", N_("SMS"), true},
        {"cost", N_("RUPIAH"), true},   {"fault", N_("FAULT"), false},   {"first", N_("FIRST"), false},
        {"id", N_("BROADCAST"), true},  {"queued", N_("QUEUED"), false},
    };
    CLEANUP(buf_deinit) struct buf plain;
    CLEANUP(buf_deinit) struct buf json;
    struct listing list;
    int64_t total = broadcast->people * (int64_t)parts;
    buf_init(&plain, 256);
    buf_init(&json, 256);
    write_first(broadcast, &plain, &json);
    listing_begin(&list, ctl->json, columns, sizeof columns / sizeof *columns);
    listing_number(&list, broadcast->people);
    listing_number(&list, (int64_t)parts);
    listing_number(&list, total);
    if (price > 0)
        listing_number(&list, total * price);
    else
        listing_text(&list, "");
    listing_text(&list, fault);
    listing_json(&list, plain.text, json.text);
    if (broadcast->id > 0)
        listing_number(&list, broadcast->id);
    else
        listing_text(&list, "");
    listing_flag(&list, broadcast->id > 0);
    listing_end(&list, "");
}

static int run(struct ctl *ctl, struct session *session, struct broadcast_order *order, struct broadcast *broadcast)
{
    bool yes = args_get(&ctl->args, "--yes") != NULL;
    struct actor actor;
    struct error error = {0};
    int status = yes ? session_actor(session, ctl, &actor) : session_open(session, ctl, STORE_READ);
    if (!status)
        status = session_box(session, ctl);
    if (!status)
        status = option_area(ctl, session, &order->area_code);
    if (status)
        return status;
    int r = yes ? operator_broadcast(&actor, order, broadcast, &error)
                : operator_broadcast_preview(session->box, order, broadcast, &error);
    return r ? ctl_failed(r, &error) : 0;
}

int ctl_broadcast(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(buf_deinit) struct buf text;
    CLEANUP(buf_deinit) struct buf fault;
    size_t parts;
    struct broadcast broadcast;
    buf_init(&text, SMS_TEXT_MAX - 1);
    buf_init(&fault, 256);
    const char *role = args_get(&ctl->args, "--role");
    struct broadcast_order order = {.role = contact_role_parse(view_of(role))};
    if (order.role == ROLE_COUNT)
        return ctl_usage(ctl, "--role %s: expected kpm, kader, kades, bidan, pendamping, tpps or operator", role);
    int status = ctl_sms_text(ctl, 0, &text, &parts);
    order.text = text.text;
    if (!status)
        status = run(ctl, &session, &order, &broadcast);
    if (status)
        return status;
    text_fault((struct view){text.text, text.len}, &fault);
    print(ctl, &broadcast, parts, session.settings->sms_price, fault.text ? fault.text : "");
    if (broadcast.id == 0)
        (void)fputs(_("kabarctl: nothing is queued yet: the same with --yes does it\n"), stderr);
    return CTL_DONE;
}
