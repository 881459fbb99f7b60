/* SPDX-License-Identifier: GPL-2.0-or-later */
/* contact move, phone add, change, remove, forget: what becomes of a person who is registered. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/translate.h"
#include "ctl/contact_words.h"
#include "ctl/session.h"
#include "operator/people.h"
#include "store/area.h"
#include "store/contact.h"

/* Opens the database, begins the change and finds the person of the first word; id 0: nobody has that number. */
static int find_anyone(const struct ctl *ctl, struct session *session, char phone[MSISDN_MAX],
                       struct contact *ret_contact)
{
    int status = session_phone(ctl->args.words[0], phone);
    if (!status)
        status = session_open(session, ctl, STORE_WRITE);
    if (status || (status = session_begin(session)))
        return status;
    struct error error = {0};
    int r = store_contact_by_phone(session->store, phone, ret_contact, &error);
    if (r == -ENOENT)
        *ret_contact = (struct contact){.id = 0};
    return r && r != -ENOENT ? ctl_failed(r, &error) : 0;
}

static int find_contact(const struct ctl *ctl, struct session *session, char phone[MSISDN_MAX],
                        struct contact *ret_contact)
{
    int status = find_anyone(ctl, session, phone, ret_contact);
    if (!status && ret_contact->id == 0)
        return ctl_refuse("%s is not registered; type: kabarctl contact list", phone);
    return status;
}

static int print_contact(const struct ctl *ctl, const struct session *session, const struct contact *contact,
                         const char *phone)
{
    static const struct column columns[] = {
        {"phone", N_("PHONE"), false}, {"name", N_("NAME"), false}, {"role", N_("ROLE"), false}, CONTACT_AREA_COLUMNS};
    struct error error = {0};
    struct listing list;
    listing_begin(&list, ctl->json, columns, 6);
    listing_text(&list, phone);
    listing_text(&list, contact->name);
    listing_word(&list, contact_role_to_string(contact->role));
    int r = contact_list_areas(&list, session->store, contact, &error);
    if (r)
        return ctl_failed(r, &error);
    listing_end(&list, "");
    return CTL_DONE;
}

int ctl_contact_move(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    char phone[MSISDN_MAX], detail[128];
    struct contact contact;
    struct contact_areas areas;
    struct error error = {0};
    int status = find_contact(ctl, &session, phone, &contact);
    if (status)
        return status;
    if ((status = session_box(&session, ctl)))
        return status;
    struct contact moved = contact;
    const char *words = args_get(&ctl->args, "--area");
    int r = contact_read_areas(session.box, view_of(words), &moved, &areas, &error);
    if (!r)
        r = store_contact_edit(session.store, &moved, &error);
    if (!r)
        r = store_contact_areas_set(session.store, moved.id, areas.id, areas.n, &error);
    if (r)
        return ctl_failed(r, &error);
    (void)snprintf(detail, sizeof detail, "%s to %s", contact.area_code[0] ? contact.area_code : "-",
                   areas.n > 1 ? words : moved.area_code);
    status = session_commit(&session, "contact.move", phone, detail);
    return status ? status : print_contact(ctl, &session, &moved, phone);
}

/* The person of the first word gets the number of the second, and gives up their own where `instead`. */
static int add_phone(const struct ctl *ctl, bool instead)
{
    CLEANUP(session_close) struct session session = {0};
    char phone[MSISDN_MAX], further[MSISDN_MAX];
    struct contact contact;
    struct error error = {0};
    int status = session_phone(ctl->args.words[1], further);
    if (!status)
        status = find_contact(ctl, &session, phone, &contact);
    if (status)
        return status;
    if ((status = session_box(&session, ctl)))
        return status;
    struct people_waiting waiting;
    int64_t now_ms = session_now_ms(&session);
    int r = store_contact_phone_add(session.store, contact.id, further, now_ms, &error);
    memcpy(contact.phone, further, sizeof contact.phone);
    if (!r)
        r = people_registered(session.box, &contact, true, now_ms, &waiting, &error);
    if (!r && instead)
        r = store_contact_phone_remove(session.store, contact.id, phone, &error);
    if (r)
        return ctl_failed(r, &error);
    /* Whoever forgets the person later finds the old number by this row: subject the new one, detail the old one. */
    status = instead ? session_commit(&session, "contact.phone.change", further, phone)
                     : session_commit(&session, "contact.phone", phone, further);
    if (!status && waiting.read > 0)
        (void)fprintf(stderr, _("kabarctl: note: %zu SMS of %s waited and are read as reports\n"), waiting.read,
                      further);
    return status ? status : print_contact(ctl, &session, &contact, further);
}

int ctl_contact_phone_add(struct ctl *ctl)
{
    return add_phone(ctl, false);
}

int ctl_contact_phone_change(struct ctl *ctl)
{
    return add_phone(ctl, true);
}

static int take_phone(void *data, const struct contact *contact)
{
    struct contact *wanted = data;
    if (contact->id == wanted->id)
        *wanted = *contact;
    return 0;
}

int ctl_contact_phone_remove(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    char phone[MSISDN_MAX];
    struct contact contact;
    struct error error = {0};
    int status = find_contact(ctl, &session, phone, &contact);
    if (status)
        return status;
    int r = store_contact_phone_remove(session.store, contact.id, phone, &error);
    if (!r)
        r = store_contact_list(session.store, ROLE_COUNT, CONTACT_STATE_COUNT, NULL, take_phone, &contact, &error);
    if (r)
        return ctl_failed(r, &error);
    status = session_commit(&session, "contact.phone.remove", contact.phone, phone);
    return status ? status : print_contact(ctl, &session, &contact, contact.phone);
}

static int print_forgotten(const struct ctl *ctl, const struct forgotten *forgotten)
{
    if (ctl->json) {
        (void)printf("{\"received\":%" PRId64 ",\"sent\":%" PRId64 ",\"cancelled\":%" PRId64 "}\n", forgotten->received,
                     forgotten->sent, forgotten->cancelled);
        return CTL_DONE;
    }
    (void)printf(_("forgotten: name, numbers, the texts of %" PRId64 " messages received and %" PRId64
                   " sent; the numbers reported stay\n"),
                 forgotten->received, forgotten->sent);
    (void)fputs(
        _("kabarctl: note: older backups still contain the person; remove them, or wait until they are replaced\n"),
        stderr);
    return CTL_DONE;
}

/* A stranger becomes the nameless row that a person who was forgotten leaves behind, so that both are forgotten alike.
 */
static int take_stranger(const struct session *session, const char *phone, struct contact *contact, struct error *error)
{
    *contact = (struct contact){.role = ROLE_KADER, .state = CONTACT_BLOCKED, .name = "-"};
    (void)snprintf(contact->phone, sizeof contact->phone, "%s", phone);
    return store_contact_add(session->store, contact, session_now_ms(session), &contact->id, error);
}

/* Within what find_anyone() began. The audit says that someone was forgotten, not who. */
static int forget(struct session *session, struct contact *contact, const char *phone, struct forgotten *ret_forgotten)
{
    struct error error = {0};
    bool stranger = contact->id == 0;
    int r = stranger ? take_stranger(session, phone, contact, &error) : 0;
    if (!r)
        r = store_contact_forget(session->store, contact->id, ret_forgotten, &error);
    if (r == -EBUSY)
        return ctl_refuse("%s", error.text);
    if (!r && stranger && ret_forgotten->received == 0 && ret_forgotten->sent == 0)
        return ctl_refuse("%s is not registered, and there is no message from or to it; type: kabarctl contact list",
                          phone);
    return r ? ctl_failed(r, &error) : 0;
}

/* Whom, and what goes with them; the answer to it may take a while, so that all is taken back first. */
static int ask_forget(const struct ctl *ctl, struct session *session, struct contact *contact, const char *phone)
{
    const struct contact found = *contact;
    struct forgotten forgotten;
    bool dry_run = args_get(&ctl->args, "--dry-run") != NULL;
    int status = forget(session, contact, phone, &forgotten);
    store_rollback(session->store);
    if (status)
        return status;
    if (ctl->json && dry_run)
        (void)printf("{\"received\":%" PRId64 ",\"sent\":%" PRId64 ",\"dry_run\":true}\n", forgotten.received,
                     forgotten.sent);
    else if (!ctl->json && (dry_run || !args_get(&ctl->args, "--yes")))
        (void)printf(_("%s %s: name, numbers, and the texts of %" PRId64 " messages received and %" PRId64 " sent\n"),
                     phone, found.id ? found.name : _("(not registered)"), forgotten.received, forgotten.sent);
    return dry_run ? 0 : ctl_confirm(ctl, _("This cannot be undone. Erase them?"));
}

int ctl_contact_forget(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    char phone[MSISDN_MAX], subject[32];
    struct contact contact;
    struct forgotten forgotten;
    struct error error = {0};
    int r, status = find_anyone(ctl, &session, phone, &contact);
    if (!status)
        status = ask_forget(ctl, &session, &contact, phone);
    if (status || args_get(&ctl->args, "--dry-run"))
        return status;
    status = find_anyone(ctl, &session, phone, &contact);
    if (!status)
        status = forget(&session, &contact, phone, &forgotten);
    if (status)
        return status;
    (void)snprintf(subject, sizeof subject, "contact %" PRId64, contact.id);
    status = session_commit(&session, "contact.forget", subject, "");
    /* The log of changes holds the old pages until it is written back. */
    if (!status && (r = store_checkpoint(session.store, &error)))
        status = ctl_failed(r, &error);
    return status ? status : print_forgotten(ctl, &forgotten);
}
