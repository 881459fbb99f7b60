/* SPDX-License-Identifier: GPL-2.0-or-later */
/* contact add, edit, approve, block */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/translate.h"
#include "core/intake/number_claim.h"
#include "ctl/contact_words.h"
#include "ctl/listing.h"
#include "ctl/session.h"
#include "operator/people.h"

static struct view view_or_empty(const char *text)
{
    return view_of(text ? text : "");
}

static void print_contact(const struct ctl *ctl, const struct session *session, const struct contact *contact)
{
    static const struct column columns[] = {
        {"phone", N_("PHONE"), false}, {"name", N_("NAME"), false},   {"role", N_("ROLE"), false},
        CONTACT_AREA_COLUMNS,          {"state", N_("STATE"), false}, {"locale", NULL, false},
    };
    struct error error;
    struct listing list;
    listing_begin(&list, ctl->json, columns, 8);
    listing_text(&list, contact->phone);
    listing_text(&list, contact->name);
    listing_word(&list, contact_role_to_string(contact->role));
    if (contact_list_areas(&list, session->store, contact, &error) != 0)
        for (int i = 0; i < 3; i++)
            listing_json(&list, "-", "null");
    listing_word(&list, contact_state_to_string(contact->state));
    listing_text(&list, contact->locale);
    listing_end(&list, "");
}

static int not_registered(const char *phone)
{
    return ctl_refuse("%s is not registered; type: kabarctl contact add %s --name NAME --role ROLE --area AREA", phone,
                      phone);
}

/* What had waited of that number. */
static void tell_waiting(const char *phone, const struct people_waiting *waiting)
{
    struct buf left;
    if (waiting->waited == 0)
        return;
    buf_init(&left, 2048);
    for (size_t i = waiting->n_left; i-- > 0;)
        buf_printf(&left, " %" PRId64, waiting->left[i]);
    (void)fprintf(stderr,
                  _("kabarctl: note: %zu SMS of %s waited: %zu are read now (%zu reports), and the person is told\n"),
                  waiting->waited, phone, waiting->read, waiting->reports);
    if (waiting->n_left > 0)
        (void)fprintf(stderr,
                      _("kabarctl: note: not read as reports:%s; see: kabarctl inbox --from %s, kabarctl reparse ID\n"),
                      left.text, phone);
    buf_deinit(&left);
}

int ctl_contact_add(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    int status = session_open(&session, ctl, STORE_WRITE);
    if (!status)
        status = session_box(&session, ctl);
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
    struct contact_areas areas;
    struct people_waiting waiting;
    int64_t now_ms = session_now_ms(&session);
    int r = contact_of_words(session.box, &words, &contact, &areas, &error);
    if (!r)
        r = store_contact_add(session.store, &contact, now_ms, &contact.id, &error);
    if (!r)
        r = store_contact_areas_set(session.store, contact.id, areas.id, areas.n, &error);
    if (!r)
        r = people_registered(session.box, &contact, false, now_ms, &waiting, &error);
    if (r)
        return ctl_failed(r, &error);
    status = session_commit(&session, "contact.add", contact.phone, contact.name);
    if (status)
        return status;
    print_contact(ctl, &session, &contact);
    tell_waiting(contact.phone, &waiting);
    return CTL_DONE;
}

int ctl_contact_edit(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    char phone[MSISDN_MAX];
    const char *name = args_get(&ctl->args, "--name"), *role = args_get(&ctl->args, "--role"),
               *area = args_get(&ctl->args, "--area"), *locale = args_get(&ctl->args, "--locale");
    if (!name && !role && !area && !locale)
        return ctl_usage(ctl, "nothing is to be changed: give --name, --role, --area or --locale");
    int status = session_phone(ctl->args.words[0], phone);
    if (!status)
        status = session_open(&session, ctl, STORE_WRITE);
    if (!status)
        status = session_box(&session, ctl);
    if (status || (status = session_begin(&session)))
        return status;
    const struct contact_words words = {.name = {name, name ? strlen(name) : 0},
                                        .role = {role, role ? strlen(role) : 0},
                                        .area = {area, area ? strlen(area) : 0},
                                        .locale = {locale, locale ? strlen(locale) : 0}};
    struct error error = {0};
    struct contact contact;
    struct contact_areas areas;
    int r = store_contact_by_phone(session.store, phone, &contact, &error);
    if (r == -ENOENT)
        return not_registered(phone);
    struct contact before = contact;
    if (!r)
        r = contact_edit_words(session.box, &words, &contact, &areas, &error);
    if (!r)
        r = store_contact_edit(session.store, &contact, &error);
    if (!r && area)
        r = store_contact_areas_set(session.store, contact.id, areas.id, areas.n, &error);
    if (r)
        return ctl_failed(r, &error);
    char detail[64];
    (void)snprintf(detail, sizeof detail, "was %s %s %s", contact_role_to_string(before.role),
                   before.area_code[0] ? before.area_code : "-", before.locale);
    status = session_commit(&session, "contact.edit", phone, detail);
    if (!status)
        print_contact(ctl, &session, &contact);
    return status;
}

/* A number that nobody knows and that asked to replace the one of somebody: it does from now on. */
static int approve_claim(const struct ctl *ctl, struct session *session, const char *phone)
{
    struct error error = {0};
    struct number_claim claim;
    struct people_waiting waiting;
    int status, r = number_claim_find(session->settings, session->store, phone, &claim, &error);
    if (!r && !claim.contact.id)
        return not_registered(phone);
    struct contact contact = claim.contact;
    (void)snprintf(contact.phone, sizeof contact.phone, "%s", phone);
    if (!r)
        r = store_contact_phone_add(session->store, contact.id, phone, session_now_ms(session), &error);
    if (!r)
        r = store_contact_phone_remove(session->store, contact.id, claim.old, &error);
    if (!r)
        r = people_welcome(session->box, &contact, session_now_ms(session), &error);
    if (!r)
        r = people_registered(session->box, &contact, true, session_now_ms(session), &waiting, &error);
    if (r)
        return ctl_failed(r, &error);
    status = session_commit(session, "contact.phone.change", phone, claim.old);
    if (status)
        return status;
    print_contact(ctl, session, &contact);
    tell_waiting(contact.phone, &waiting);
    return CTL_DONE;
}

static void print_state(const struct ctl *ctl, const struct session *session, const struct contact *contact,
                        int64_t silenced, const struct people_waiting *waiting)
{
    print_contact(ctl, session, contact);
    tell_waiting(contact->phone, waiting);
    if (silenced > 0)
        (void)fprintf(stderr, _("kabarctl: note: %" PRId64 " messages that waited for %s are taken back\n"), silenced,
                      contact->phone);
    if (contact->state == CONTACT_ACTIVE && !contact->area_id)
        (void)ctl_refuse("note: without an area nobody can report; type: kabarctl contact move %s --area AREA",
                         contact->phone);
}

static int set_state(struct ctl *ctl, enum contact_state state, const char *what)
{
    CLEANUP(session_close) struct session session = {0};
    char phone[MSISDN_MAX];
    int status = session_phone(ctl->args.words[0], phone);
    if (!status)
        status = session_open(&session, ctl, STORE_WRITE);
    if (!status)
        status = session_box(&session, ctl);
    if (status || (status = session_begin(&session)))
        return status;
    struct error error = {0};
    struct contact contact;
    struct people_waiting waiting = {0};
    int64_t silenced = 0, now_ms = session_now_ms(&session);
    int r = store_contact_by_phone(session.store, phone, &contact, &error);
    if (r == -ENOENT)
        return state == CONTACT_ACTIVE ? approve_claim(ctl, &session, phone) : not_registered(phone);
    if (!r)
        r = store_contact_set_state(session.store, contact.id, state, &error);
    contact.state = state;
    if (!r && state == CONTACT_BLOCKED)
        r = store_contact_silence(session.store, contact.id, now_ms, &silenced, &error);
    else if (!r)
        r = people_registered(session.box, &contact, false, now_ms, &waiting, &error);
    if (r)
        return ctl_failed(r, &error);
    status = session_commit(&session, what, phone, contact.name);
    if (!status)
        print_state(ctl, &session, &contact, silenced, &waiting);
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
