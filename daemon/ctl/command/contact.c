/* SPDX-License-Identifier: GPL-2.0-or-later */
/* contact add, approve, block */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/intake/number_claim.h"
#include "core/outbox/outbox_queue.h"
#include "core/reply/phrase.h"
#include "core/reply/reply.h"
#include "ctl/contact_words.h"
#include "ctl/listing.h"
#include "ctl/session.h"

static struct view view_or_empty(const char *text)
{
    return view_of(text ? text : "");
}

static void print_contact(const struct ctl *ctl, const struct contact *contact)
{
    static const struct column columns[] = {
        {"phone", "PHONE", false}, {"name", "NAME", false},   {"role", "ROLE", false},
        {"area", "AREA", false},   {"state", "STATE", false}, {"locale", NULL, false},
    };
    struct listing list;
    listing_begin(&list, ctl->json, columns, 6);
    listing_text(&list, contact->phone);
    listing_text(&list, contact->name);
    listing_text(&list, contact_role_to_string(contact->role));
    listing_text(&list, contact->area_code);
    listing_text(&list, contact_state_to_string(contact->state));
    listing_text(&list, contact->locale);
    listing_end(&list, "");
}

static int not_registered(const char *phone)
{
    return ctl_refuse("%s is not registered; type: kabarctl contact add %s --name NAME --role ROLE --area CODE", phone,
                      phone);
}

int ctl_contact_add(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    int status = session_open(&session, ctl, STORE_WRITE);
    if (status || (status = session_begin(&session)))
        return status;
    struct contact_words words = {
        .phone = view_of(ctl->args.words[0]),
        .name = view_or_empty(args_get(&ctl->args, "--name")),
        .role = view_or_empty(args_get(&ctl->args, "--role")),
        .area = view_or_empty(args_get(&ctl->args, "--area")),
        .locale = view_or_empty(args_get(&ctl->args, "--locale")),
    };
    struct error error = {0};
    struct contact contact;
    int64_t id;
    int r = contact_of_words(session.store, &words, &contact, &error);
    if (!r)
        r = store_contact_add(session.store, &contact, session_now_ms(&session), &id, &error);
    if (r)
        return ctl_failed(r, &error);
    status = session_commit(&session, "contact.add", contact.phone, contact.name);
    if (!status)
        print_contact(ctl, &contact);
    return status;
}

/* The number as its owner has it from now on may greet him. */
static int queue_welcome(struct session *session, const struct contact *contact, struct error *error)
{
    const struct box *box = session->box;
    int64_t now_ms = session_now_ms(session);
    struct local_time local = zone_local(now_ms);
    const struct set *set = box_set(box, box_set_for(box, month_of(local.day)));
    struct area area = {.name = "-"};
    int r = contact->area_id ? store_area_by_id(session->store, contact->area_id, &area, error) : 0;
    const struct template_value given[] = {
        {"name", view_of(contact->name)}, {"area", view_of(area.name)}, {"example", view_of(set->forms[0].example)}};
    struct reply reply;
    if (r)
        return r;
    reply_simple(box, contact->locale, REPLY_WELCOME, given, 3, &reply);
    const struct outbox_order order = {.kind = MT_MANUAL,
                                       .recipient = contact->phone,
                                       .contact_id = contact->id,
                                       .text = reply.text,
                                       .now_ms = now_ms};
    return outbox_queue(box, &order, NULL, error);
}

/* A number that nobody knows and that asked to replace the one of somebody: it does from now on. */
static int approve_claim(const struct ctl *ctl, struct session *session, const char *phone)
{
    struct error error = {0};
    struct number_claim claim;
    int status = session_box(session, ctl);
    if (status)
        return status;
    int r = number_claim_find(session->settings, session->store, phone, &claim, &error);
    if (!r && !claim.contact.id)
        return not_registered(phone);
    struct contact contact = claim.contact;
    (void)snprintf(contact.phone, sizeof contact.phone, "%s", phone);
    if (!r)
        r = store_contact_phone_add(session->store, contact.id, phone, session_now_ms(session), &error);
    if (!r)
        r = store_contact_phone_remove(session->store, contact.id, claim.old, &error);
    if (!r)
        r = queue_welcome(session, &contact, &error);
    if (r)
        return ctl_failed(r, &error);
    status = session_commit(session, "contact.phone.change", phone, claim.old);
    if (!status)
        print_contact(ctl, &contact);
    return status;
}

static int set_state(struct ctl *ctl, enum contact_state state, const char *what)
{
    CLEANUP(session_close) struct session session = {0};
    char phone[MSISDN_MAX];
    int status = session_phone(ctl->args.words[0], phone);
    if (!status)
        status = session_open(&session, ctl, STORE_WRITE);
    if (status || (status = session_begin(&session)))
        return status;
    struct error error = {0};
    struct contact contact;
    int r = store_contact_by_phone(session.store, phone, &contact, &error);
    if (r == -ENOENT)
        return state == CONTACT_ACTIVE ? approve_claim(ctl, &session, phone) : not_registered(phone);
    int64_t silenced = 0;
    if (!r)
        r = store_contact_set_state(session.store, contact.id, state, &error);
    if (!r && state == CONTACT_BLOCKED)
        r = store_contact_silence(session.store, contact.id, session_now_ms(&session), &silenced, &error);
    if (r)
        return ctl_failed(r, &error);
    contact.state = state;
    status = session_commit(&session, what, phone, contact.name);
    if (!status)
        print_contact(ctl, &contact);
    if (!status && silenced > 0)
        (void)fprintf(stderr, "kabarctl: note: %" PRId64 " messages that waited for %s are taken back\n", silenced,
                      phone);
    if (!status && state == CONTACT_ACTIVE && !contact.area_id)
        (void)ctl_refuse("note: without an area nobody can report; type: kabarctl contact move %s --area CODE", phone);
    return status;
}

int ctl_contact_approve(struct ctl *ctl)
{
    return set_state(ctl, CONTACT_ACTIVE, "contact.approve");
}

int ctl_contact_block(struct ctl *ctl)
{
    return set_state(ctl, CONTACT_BLOCKED, "contact.block");
}
