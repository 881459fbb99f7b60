/* SPDX-License-Identifier: GPL-2.0-or-later */
/* reply, reparse: working off what nobody understood. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/intake/reparse.h"
#include "core/outbox/outbox_queue.h"
#include "ctl/session.h"
#include "store/mo.h"

static int read_id(const struct ctl *ctl, size_t word, int64_t *ret_id)
{
    if (args_number(ctl->args.words[word], 1, INT64_MAX, ret_id))
        return ctl_usage(ctl, "%s is no message's number; they stand in: kabarctl inbox --unread",
                         ctl->args.words[word]);
    return 0;
}

static int begin(const struct ctl *ctl, struct session *session)
{
    int status = session_open(session, ctl, STORE_WRITE);
    if (!status)
        status = session_box(session, ctl);
    return status ? status : session_begin(session);
}

static int take_sender(void *data, const struct mo_message *message)
{
    struct mo_message *found = data;
    *found = *message;
    found->text = NULL;
    return 1;
}

static int queue_answer(const struct session *session, int64_t mo_id, const char *text, char ret_to[MSISDN_MAX],
                        int64_t *ret_id, struct error *error)
{
    struct mo_filter filter = {.id = mo_id, .limit = 1};
    struct mo_message found = {0};
    struct outbox_order order = {.kind = MT_MANUAL, .mo_id = mo_id, .text = text, .now_ms = session_now_ms(session)};
    int r = store_mo_list(session->store, &filter, take_sender, &found, error);
    if (!r && !found.id)
        return error_set(error, -ENOENT, "no message %" PRId64 " was received", mo_id);
    if (!r && (found.sender[0] != '+' || strlen(found.sender) >= MSISDN_MAX))
        return error_set(error, -EINVAL, "message %" PRId64 " came from \"%s\", to which nothing can be sent", mo_id,
                         found.sender);
    if (r)
        return r;
    (void)snprintf(ret_to, MSISDN_MAX, "%s", found.sender);
    order.recipient = ret_to;
    order.contact_id = found.contact_id;
    r = outbox_queue(session->box, &order, ret_id, error);
    return r ? r : store_mo_message_set_handled(session->store, mo_id, order.now_ms, error);
}

int ctl_reply(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(buf_deinit) struct buf text;
    int64_t mo_id, id = 0;
    char subject[32], detail[32], to[MSISDN_MAX];
    struct error error = {0};
    buf_init(&text, SMS_TEXT_MAX - 1);
    size_t parts;
    int status = ctl_sms_text(ctl, 1, &text, &parts);
    if (status)
        return status;
    status = read_id(ctl, 0, &mo_id);
    if (!status)
        status = begin(ctl, &session);
    if (status)
        return status;
    int r = queue_answer(&session, mo_id, text.text, to, &id, &error);
    if (r)
        return ctl_failed(r, &error);
    (void)snprintf(subject, sizeof subject, "mo %" PRId64, mo_id);
    (void)snprintf(detail, sizeof detail, "mt %" PRId64, id);
    status = session_commit(&session, "reply", subject, detail);
    if (status)
        return status;
    (void)printf(ctl->json ? "{\"message\":%" PRId64 ",\"id\":%" PRId64 ",\"to\":\"%s\",\"parts\":%zu}\n"
                           : "message %" PRId64 " is dealt with; the answer is number %" PRId64 " to %s, %zu SMS\n",
                 mo_id, id, to, parts);
    return CTL_DONE;
}

/* One message, in a transaction of its own. */
static int reparse_one(const struct ctl *ctl, struct session *session, int64_t mo_id, bool answer)
{
    struct reparsed reparsed = {0};
    struct error error = {0};
    char subject[32], detail[32];
    int status = session_begin(session);
    if (status)
        return status;
    int r = reparse(session->box, mo_id, answer, session_now_ms(session), &reparsed, &error);
    if (r != REPARSE_STORED)
        store_rollback(session->store);
    if (r < 0)
        return ctl_failed(r, &error);
    switch ((enum reparse_result)r) {
    case REPARSE_NOTHING:
        return ctl_refuse("message %" PRId64 " is still no report; see: kabarctl parse, or answer it: kabarctl reply "
                          "%" PRId64 " TEXT",
                          mo_id, mo_id);
    case REPARSE_STORED:
        break;
    }
    (void)snprintf(subject, sizeof subject, "mo %" PRId64, mo_id);
    (void)snprintf(detail, sizeof detail, "%zu reports", reparsed.reports);
    status = session_commit(session, "reparse", subject, detail);
    if (status)
        return status;
    if (ctl->json)
        (void)printf("{\"message\":%" PRId64 ",\"reports\":%zu,\"answer\":%" PRId64 "}\n", mo_id, reparsed.reports,
                     reparsed.answer_id);
    else if (answer)
        (void)printf("message %" PRId64 ": %zu reports; the answer is number %" PRId64 " in the outbox\n", mo_id,
                     reparsed.reports, reparsed.answer_id);
    else
        (void)printf("message %" PRId64 ": %zu reports; not answered\n", mo_id, reparsed.reports);
    return CTL_DONE;
}

/* All of them are tried; the worst that happened is the exit status. */
int ctl_reparse(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    bool answer = !args_get(&ctl->args, "--no-answer");
    int64_t mo_id;
    int worst = CTL_DONE;
    for (size_t i = 0; i < ctl->args.n_words; i++) {
        int status = read_id(ctl, i, &mo_id);
        if (status)
            return status;
    }
    int status = session_open(&session, ctl, STORE_WRITE);
    if (!status)
        status = session_box(&session, ctl);
    for (size_t i = 0; i < ctl->args.n_words && !status; i++) {
        (void)!read_id(ctl, i, &mo_id);
        int result = reparse_one(ctl, &session, mo_id, answer);
        worst = result > worst ? result : worst;
    }
    return status ? status : worst;
}
