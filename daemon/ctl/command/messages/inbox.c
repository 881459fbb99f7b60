/* SPDX-License-Identifier: GPL-2.0-or-later */
/* inbox: what was received, the newest first; inbox done: what needs no answer. */
#include <inttypes.h>
#include <stdio.h>

#include "base/translate.h"
#include "ctl/listing.h"
#include "ctl/session.h"
#include "operator/inbox.h"
#include "store/mo.h"

static int list_message(void *data, const struct mo_message *message)
{
    struct listing *list = data;
    listing_number(list, message->id);
    listing_text(list, message->uid);
    listing_time(list, message->received_ms);
    listing_time(list, message->sent_ms);
    listing_text(list, message->modem);
    listing_text(list, message->sender);
    listing_word(list, mo_outcome_to_string(message->outcome));
    listing_number(list, message->parts);
    listing_text(list, message->text);
    return 0;
}

int ctl_inbox(struct ctl *ctl)
{
    static const struct column columns[] = {
        {"id", N_("ID"), true},
        {"uid", NULL, false},
        {"received", N_("RECEIVED"), false},
        {"sent", NULL, false},
        {"modem", NULL, false},
        {"from", N_("FROM"), false},
        {"outcome", N_("OUTCOME"), false},
        {"parts", NULL, true},
        {"text", N_("TEXT"), false},
    };
    CLEANUP(session_close) struct session session = {0};
    struct listed listed;
    char phone[MSISDN_MAX];
    const char *from = args_get(&ctl->args, "--from");
    int status = session_list(&session, ctl, &listed);
    if (status)
        return status;
    struct mo_filter filter = {
        .sender = from ? session_sender(from, phone) : NULL,
        .unread_only = args_get(&ctl->args, "--unread") != NULL,
        .text = args_get(&ctl->args, "--search"),
        .area_code = listed.area_code,
        .since_ms = listed.since_ms,
        .limit = listed.limit,
    };
    struct error error = {0};
    struct listing list;
    listing_begin(&list, ctl->json, columns, 9);
    int r = store_mo_list(session.store, &filter, list_message, &list, &error);
    listing_end(&list, filter.unread_only ? _("nothing waits to be understood") : _("no messages"));
    return r ? ctl_failed(r, &error) : CTL_DONE;
}

/* All of them are tried; the worst that happened is the exit status. */
int ctl_inbox_done(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    struct actor actor;
    int worst = CTL_DONE;
    int64_t id;
    for (size_t i = 0; i < ctl->args.n_words; i++)
        if (args_number(ctl->args.words[i], 1, INT64_MAX, &id))
            return ctl_usage(ctl, "%s is not the number of a message; find it with: kabarctl inbox --unread",
                             ctl->args.words[i]);
    int status = session_actor(&session, ctl, &actor);
    for (size_t i = 0; i < ctl->args.n_words && !status; i++) {
        struct error error = {0};
        (void)!args_number(ctl->args.words[i], 1, INT64_MAX, &id);
        int r = operator_inbox_done(&actor, id, &error);
        int result = r ? ctl_failed(r, &error) : CTL_DONE;
        worst = result > worst ? result : worst;
        if (!r)
            (void)printf(ctl->json ? "{\"message\":%" PRId64 ",\"done\":true}\n"
                                   : _("message %" PRId64 " is dealt with; nobody is answered\n"),
                         id);
    }
    return status ? status : worst;
}
