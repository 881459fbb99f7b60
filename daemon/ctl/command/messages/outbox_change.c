/* SPDX-License-Identifier: GPL-2.0-or-later */
/* send, reply; outbox retry, cancel: what an operator may do to the queue. */
#include <inttypes.h>
#include <stdio.h>

#include "base/translate.h"
#include "ctl/listing.h"
#include "ctl/session.h"
#include "ctl/text_fault.h"
#include "operator/outgoing.h"

static int print_outgoing(const struct ctl *ctl, const struct outgoing *outgoing)
{
    static const struct column columns[] = {
        {"id", N_("ID"), true}, {"to", N_("TO"), false}, {"state", N_("STATE"), false}, {"parts", N_("SMS"), true}};
    struct listing list;
    if (outgoing->leaving)
        (void)fputs(_("kabarctl: note: it is being sent at this moment; it is not tried again if that fails\n"),
                    stderr);
    listing_begin(&list, ctl->json, columns, 4);
    listing_number(&list, outgoing->id);
    listing_text(&list, outgoing->recipient);
    listing_word(&list, mt_state_to_string(outgoing->state));
    listing_number(&list, outgoing->parts);
    listing_end(&list, "");
    return CTL_DONE;
}

int ctl_send(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(buf_deinit) struct buf text;
    CLEANUP(buf_deinit) struct buf fault;
    char phone[MSISDN_MAX];
    size_t parts;
    struct actor actor;
    struct outgoing outgoing;
    struct error error = {0};
    buf_init(&text, SMS_TEXT_MAX - 1);
    buf_init(&fault, 256);
    int status = ctl_sms_text(ctl, 1, &text, &parts);
    if (!status)
        status = session_phone(ctl->args.words[0], phone);
    if (!status)
        status = session_actor(&session, ctl, &actor);
    if (status)
        return status;
    int r = operator_send(&actor, phone, text.text, &outgoing, &error);
    if (r)
        return ctl_failed(r, &error);
    text_fault((struct view){text.text, text.len}, &fault);
    return print_outgoing(ctl, &outgoing);
}

int ctl_reply(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(buf_deinit) struct buf text;
    int64_t mo_id;
    size_t parts;
    struct actor actor;
    struct outgoing outgoing;
    struct error error = {0};
    buf_init(&text, SMS_TEXT_MAX - 1);
    if (args_number(ctl->args.words[0], 1, INT64_MAX, &mo_id))
        return ctl_usage(ctl, "%s is not the number of a message; find it with: kabarctl inbox --unread",
                         ctl->args.words[0]);
    int status = ctl_sms_text(ctl, 1, &text, &parts);
    if (!status)
        status = session_actor(&session, ctl, &actor);
    if (status)
        return status;
    int r = operator_reply(&actor, mo_id, text.text, &outgoing, &error);
    if (r)
        return ctl_failed(r, &error);
    (void)printf(ctl->json ? "{\"message\":%" PRId64 ",\"id\":%" PRId64 ",\"to\":\"%s\",\"parts\":%zu}\n"
                           : _("message %" PRId64 " is dealt with; the answer is number %" PRId64 " to %s, %zu SMS\n"),
                 mo_id, outgoing.id, outgoing.recipient, parts);
    return CTL_DONE;
}

typedef int act_on_outbox(const struct actor *actor, int64_t mt_id, struct outgoing *ret_outgoing, struct error *error);

static int act(struct ctl *ctl, act_on_outbox *what)
{
    CLEANUP(session_close) struct session session = {0};
    int64_t id;
    struct actor actor;
    struct outgoing outgoing;
    struct error error = {0};
    if (args_number(ctl->args.words[0], 1, INT64_MAX, &id))
        return ctl_usage(ctl, "%s is not the number of a message; find it with: kabarctl outbox", ctl->args.words[0]);
    int status = session_actor(&session, ctl, &actor);
    if (status)
        return status;
    int r = what(&actor, id, &outgoing, &error);
    return r ? ctl_failed(r, &error) : print_outgoing(ctl, &outgoing);
}

int ctl_outbox_retry(struct ctl *ctl)
{
    return act(ctl, operator_retry);
}

/* A whole broadcast: what is not sent yet. */
static int cancel_broadcast(struct ctl *ctl)
{
    static const struct column columns[] = {{"id", N_("BROADCAST"), true}, {"cancelled", N_("CANCELLED"), true}};
    CLEANUP(session_close) struct session session = {0};
    int64_t id = 0, cancelled;
    struct actor actor;
    struct error error = {0};
    int status = option_number(ctl, "--broadcast", 1, INT64_MAX, &id);
    if (!status)
        status = session_actor(&session, ctl, &actor);
    if (status)
        return status;
    int r = operator_broadcast_cancel(&actor, id, &cancelled, &error);
    if (r)
        return ctl_failed(r, &error);
    struct listing list;
    listing_begin(&list, ctl->json, columns, 2);
    listing_number(&list, id);
    listing_number(&list, cancelled);
    listing_end(&list, "");
    return CTL_DONE;
}

int ctl_outbox_cancel(struct ctl *ctl)
{
    bool whole = args_get(&ctl->args, "--broadcast") != NULL;
    if (whole == (ctl->args.n_words > 0))
        return ctl_usage(ctl, "expected the number of a message, or --broadcast with that of a broadcast");
    return whole ? cancel_broadcast(ctl) : act(ctl, operator_cancel);
}
