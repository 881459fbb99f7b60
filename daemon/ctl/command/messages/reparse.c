/* SPDX-License-Identifier: GPL-2.0-or-later */
/* reparse: what nobody understood is read again. */
#include <inttypes.h>
#include <stdio.h>

#include "core/intake/reparse.h"
#include "ctl/session.h"

static int read_id(const struct ctl *ctl, size_t word, int64_t *ret_id)
{
    if (args_number(ctl->args.words[word], 1, INT64_MAX, ret_id))
        return ctl_usage(ctl, "%s is not a message's number; find it with: kabarctl inbox --unread",
                         ctl->args.words[word]);
    return 0;
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
