/* SPDX-License-Identifier: GPL-2.0-or-later */
/* contact list: who is registered; with --pending who waits for the operator, strangers that wrote included. */
#include <errno.h>
#include <stdlib.h>

#include "base/translate.h"
#include "core/intake/number_claim.h"
#include "ctl/contact_words.h"
#include "ctl/session.h"

enum { STRANGERS_MAX = 10000 };

struct rows {
    struct session *session;
    struct listing list;
    struct stranger *strangers; /* owned */
    size_t n;
    struct error *error;
};

static void rows_deinit(struct rows *rows)
{
    free(rows->strangers);
}

static int list_contact(void *data, const struct contact *contact)
{
    struct rows *rows = data;
    struct listing *list = &rows->list;
    listing_text(list, contact->phone);
    listing_text(list, contact->name);
    listing_word(list, contact_role_to_string(contact->role));
    listing_word(list, contact_state_to_string(contact->state));
    listing_text(list, contact->locale);
    listing_json(list, "", "null");
    listing_json(list, "", "null");
    listing_json(list, "", "null");
    return contact_list_areas(list, rows->session->store, contact, rows->error);
}

static int take_stranger(void *data, const struct stranger *stranger)
{
    struct rows *rows = data;
    rows->strangers[rows->n++] = *stranger;
    return rows->n == STRANGERS_MAX;
}

/* Whom the number asks to be: "+6281230000001 Siti", or the number alone where nobody has it. */
static int list_claim(struct listing *list, const struct session *session, const char *phone, struct error *error)
{
    CLEANUP(buf_deinit) struct buf plain;
    CLEANUP(buf_deinit) struct buf json;
    struct number_claim claim;
    int r = number_claim_find(session->settings, session->store, phone, &claim, error);
    if (r < 0)
        return r;
    buf_init(&plain, 1024);
    buf_init(&json, 256);
    if (claim.old[0])
        buf_printf(&plain, "%s ", claim.old);
    buf_escaped(&plain, view_of(claim.contact.name));
    buf_printf(&json, claim.old[0] ? "\"%s\"" : "null", claim.old);
    listing_json(list, plain.text, json.text);
    return 0;
}

static int list_stranger(struct rows *rows, const struct stranger *stranger, struct error *error)
{
    struct listing *list = &rows->list;
    listing_text(list, stranger->phone);
    listing_text(list, "");
    listing_text(list, "");
    listing_word(list, N_("stranger"));
    listing_text(list, "");
    listing_number(list, stranger->messages);
    listing_time(list, stranger->last_ms);
    int r = list_claim(list, rows->session, stranger->phone, error);
    for (int i = 0; i < 3 && r == 0; i++)
        listing_text(list, "");
    return r;
}

static int list_strangers(struct rows *rows, struct error *error)
{
    rows->strangers = calloc(STRANGERS_MAX, sizeof *rows->strangers);
    if (!rows->strangers)
        return error_set(error, -ENOMEM, "out of memory");
    int r = store_stranger_list(rows->session->store, STRANGERS_MAX, take_stranger, rows, error);
    for (size_t i = 0; i < rows->n && r == 0; i++)
        r = list_stranger(rows, &rows->strangers[i], error);
    return r;
}

int ctl_contact_list(struct ctl *ctl)
{
    bool pending = args_get(&ctl->args, "--pending") != NULL;
    const struct column columns[] = {
        {"phone", N_("PHONE"), false},
        {"name", N_("NAME"), false},
        {"role", N_("ROLE"), false},
        {"state", N_("STATE"), false},
        {"locale", NULL, false},
        {"messages", pending ? "SMS" : NULL, true},
        {"last", pending ? N_("LAST WROTE") : NULL, false},
        {"replaces", pending ? N_("ASKS TO REPLACE") : NULL, false},
        CONTACT_AREA_COLUMNS,
    };
    enum contact_role role = ROLE_COUNT;
    const char *code = NULL;
    CLEANUP(session_close) struct session session = {0};
    int status = option_role(ctl, &role);
    if (!status)
        status = session_open(&session, ctl, STORE_READ);
    if (!status)
        status = option_area(ctl, &session, &code);
    if (status)
        return status;
    struct error error = {0};
    CLEANUP(rows_deinit) struct rows rows = {.session = &session, .error = &error};
    listing_begin(&rows.list, ctl->json, columns, 11);
    int r = store_contact_list(session.store, role, pending ? CONTACT_PENDING : CONTACT_STATE_COUNT, code, list_contact,
                               &rows, &error);
    if (!r && pending && role == ROLE_COUNT && !code)
        r = list_strangers(&rows, &error);
    listing_end(&rows.list, pending ? _("nobody waits")
                                    : _("no contacts; type: kabarctl contact add PHONE --name NAME --role ROLE "
                                        "--area AREA, or: kabarctl contact import FILE"));
    return r ? ctl_failed(r, &error) : CTL_DONE;
}
