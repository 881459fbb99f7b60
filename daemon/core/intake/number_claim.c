/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/intake/number_claim.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/outbox/outbox_queue.h"
#include "core/reply/phrase.h"
#include "parsers/claim.h"
#include "settings/settings.h"
#include "store/mo.h"

enum { MESSAGES_LOOKED_AT = 50, DIGITS_SHOWN = 3 }; /* carriers filter longer runs of digits, docs/design.md 12 */

static int find_owner(struct store *store, const char *phone, struct contact *ret_contact, struct error *error)
{
    struct contact contact;
    int r = store_contact_by_phone(store, phone, &contact, error);
    *ret_contact = r == 0 && contact.state == CONTACT_ACTIVE ? contact : (struct contact){.id = 0};
    return r == -ENOENT ? 0 : r;
}

static int tell_owner(const struct box *box, const struct contact *owner, const struct sender *sender, int64_t now_ms,
                      struct error *error)
{
    int64_t told = 0;
    struct reply reply;
    int r = store_mt_added_since(box->store, owner->phone, 1U << MT_ALERT, now_ms - MS_DAY, &told, error);
    if (r < 0 || told)
        return r;
    const char *digits = sender->number + strlen(sender->number) - DIGITS_SHOWN;
    const struct template_value given[] = {{"digits", view_of(digits)}};
    reply_simple(box, owner->locale, REPLY_NUMBER_CLAIMED_OLD, given, 1, &reply);
    const struct outbox_order order = {
        .kind = MT_ALERT, .recipient = owner->phone, .contact_id = owner->id, .text = reply.text, .now_ms = now_ms};
    return outbox_queue(box, &order, NULL, error);
}

int number_claim_take(const struct box *box, const struct sender *sender, struct view text, int64_t now_ms,
                      bool *ret_claimed, struct error *error)
{
    char old[MSISDN_MAX];
    struct contact owner;
    *ret_claimed =
        sender->contact.id == 0 && claim_read(box->settings->lang, text, old) && strcmp(old, sender->number) != 0;
    if (!*ret_claimed)
        return 0;
    int r = find_owner(box->store, old, &owner, error);
    return r == 0 && owner.id ? tell_owner(box, &owner, sender, now_ms, error) : r;
}

struct search {
    const struct lang *lang;
    struct number_claim *claim;
};

static int look(void *data, const struct mo_message *message)
{
    struct search *search = data;
    return message->outcome == MO_UNREGISTERED && claim_read(search->lang, view_of(message->text), search->claim->old);
}

int number_claim_find(const struct settings *settings, struct store *store, const char *phone,
                      struct number_claim *ret_claim, struct error *error)
{
    struct mo_filter filter = {.sender = phone, .limit = MESSAGES_LOOKED_AT};
    struct search search = {settings->lang, ret_claim};
    *ret_claim = (struct number_claim){.old = ""};
    int r = store_mo_list(store, &filter, look, &search, error);
    return r == 0 && ret_claim->old[0] ? find_owner(store, ret_claim->old, &ret_claim->contact, error) : r;
}
