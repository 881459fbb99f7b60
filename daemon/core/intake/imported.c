/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/intake/imported.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "core/intake/guard.h"
#include "modem/port.h"

enum { PARTS_MAX = 255 };

static enum mo_outcome outcome_of(const struct sender *sender, const struct mo_part_row *part, bool whole)
{
    if (strcmp(part->kind, mo_kind_to_string(MO_TEXT)) != 0)
        return MO_NOT_TEXT;
    if (sender->kind == SENDER_UNANSWERABLE)
        return MO_UNANSWERABLE;
    if (part->sent_ms == 0)
        return MO_UNREAD;
    if (!whole)
        return MO_INCOMPLETE;
    return sender->kind == SENDER_REGISTERED ? MO_UNKNOWN : MO_UNREGISTERED;
}

/* Stores what is new of the parts; *ret_n of them. */
static int put_parts(const struct box *box, const struct mo_part_row *parts, size_t n, int64_t ids[PARTS_MAX],
                     size_t *ret_n, struct error *error)
{
    *ret_n = 0;
    for (size_t i = 0; i < n; i++) {
        enum mo_part_put put;
        int r = store_mo_part_put(box->store, &parts[i], &put, &ids[*ret_n], error);
        if (r < 0)
            return r;
        *ret_n += put == MO_PART_NEW;
    }
    return 0;
}

int imported_message(const struct box *box, const struct mo_part_row *parts, size_t n, size_t due,
                     enum imported_result *ret_result, struct error *error)
{
    KABAR_ASSERT(n >= 1 && n <= PARTS_MAX);
    int64_t ids[PARTS_MAX], id, answered_ms;
    size_t n_new;
    struct sender sender;
    int r = put_parts(box, parts, n, ids, &n_new, error);
    if (r == 0 && n_new)
        r = guard_sender(box, parts[0].sender, &sender, error);
    *ret_result = n_new ? IMPORTED_NEW : IMPORTED_KNOWN;
    if (r < 0 || n_new == 0)
        return r;
    CLEANUP(buf_deinit) struct buf text;
    buf_init(&text, TEXT_MAX);
    for (size_t i = 0; i < n; i++)
        buf_puts(&text, parts[i].text);
    struct mo_message message = {
        .contact_id = sender.contact.id,
        .sent_ms = parts[0].sent_ms,
        .received_ms = parts[n - 1].received_ms,
        .outcome = outcome_of(&sender, &parts[0], n == due),
        .text = text.text,
    };
    (void)snprintf(message.modem, sizeof message.modem, "%s", parts[0].modem);
    (void)snprintf(message.sender, sizeof message.sender, "%s", parts[0].sender);
    r = store_mo_message_add(box->store, &message, ids, n_new, &id, error);
    if (r == 0 && sender.kind == SENDER_STRANGER && sender.contact.id == 0 && parts[0].sent_ms)
        r = store_stranger_seen(box->store, sender.number, parts[0].sent_ms, &answered_ms, error);
    return r;
}
