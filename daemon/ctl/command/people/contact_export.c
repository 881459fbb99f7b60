/* SPDX-License-Identifier: GPL-2.0-or-later */
/* contact export csv: who is registered, as contact import takes it. */
#include "base/translate.h"
#include "ctl/contact_words.h"
#include "ctl/session.h"

enum { LINE_MAX_BYTES = 16384 };

struct export
{
    struct session *session;
    struct listing list; /* of JSON */
    struct buf line;
    bool json;
    struct error *error;
};

static void export_deinit(struct export *export)
{
    buf_deinit(&export->line);
}

static int add_code(void *data, const struct area *area)
{
    struct buf *codes = data;
    buf_printf(codes, "%s%s", codes->len ? "+" : "", area->code);
    return 0;
}

static int write_contact(void *data, const struct contact *contact)
{
    struct export *export = data;
    CLEANUP(buf_deinit) struct buf codes;
    buf_init(&codes, (size_t)CONTACT_AREAS_MAX * (AREA_CODE_MAX + 1));
    int r = store_contact_areas(export->session->store, contact->id, add_code, &codes, export->error);
    const char *const cells[] = {contact->phone, contact->name,   contact_role_to_string(contact->role),
                                 codes.text,     contact->locale, contact_state_to_string(contact->state)};
    buf_clear(&export->line);
    for (size_t i = 0; i < sizeof cells / sizeof *cells && !r; i++) {
        if (export->json)
            listing_text(&export->list, cells[i]);
        buf_puts(&export->line, i ? "," : "");
        if (i == 0) /* digits behind a +: no formula, and a spreadsheet's number is read again */
            buf_puts(&export->line, cells[i]);
        else
            buf_csv(&export->line, view_of(cells[i]));
    }
    buf_puts(&export->line, "\r\n");
    if (!r && !export->json)
        ctl_print(&export->line);
    return r;
}

int ctl_contact_export(struct ctl *ctl)
{
    static const struct column columns[] = {
        {"phone", NULL, false}, {"name", NULL, false},   {"role", NULL, false},
        {"area", NULL, false},  {"locale", NULL, false}, {"state", NULL, false},
    };
    CLEANUP(session_close) struct session session = {0};
    struct error error = {0};
    CLEANUP(export_deinit) struct export export = {.session = &session, .json = ctl->json, .error = &error};
    enum contact_role role = ROLE_COUNT;
    const char *code = NULL;
    buf_init(&export.line, LINE_MAX_BYTES);
    int status = option_role(ctl, &role);
    if (!status)
        status = session_open(&session, ctl, STORE_READ);
    if (!status)
        status = option_area(ctl, &session, &code);
    if (status)
        return status;
    listing_begin(&export.list, ctl->json, columns, sizeof columns / sizeof *columns);
    buf_puts(&export.line, "phone,name,role,area,locale,state\r\n");
    if (!ctl->json)
        ctl_print(&export.line);
    int r = store_contact_list(session.store, role, CONTACT_STATE_COUNT, code, write_contact, &export, &error);
    export.list.n_rows++; /* an empty file speaks for itself */
    listing_end(&export.list, "");
    return r ? ctl_failed(r, &error) : CTL_DONE;
}
