/* SPDX-License-Identifier: GPL-2.0-or-later */
/* reparse: what nobody understood is read again. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/translate.h"
#include "core/intake/reparse.h"
#include "ctl/progress.h"
#include "ctl/session.h"
#include "store/mo.h"

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
        (void)printf(_("message %" PRId64 ": %zu reports; the answer is number %" PRId64 " in the outbox\n"), mo_id,
                     reparsed.reports, reparsed.answer_id);
    else
        (void)printf(_("message %" PRId64 ": %zu reports; not answered\n"), mo_id, reparsed.reports);
    return CTL_DONE;
}

/* All of them are tried; the worst that happened is the exit status. */
static int reparse_named(const struct ctl *ctl, struct session *session, bool answer)
{
    int64_t mo_id;
    int worst = CTL_DONE;
    for (size_t i = 0; i < ctl->args.n_words; i++) {
        (void)!read_id(ctl, i, &mo_id);
        int result = reparse_one(ctl, session, mo_id, answer);
        worst = result > worst ? result : worst;
    }
    return worst;
}

/* ---- many ---- */

struct many {
    int64_t *ids; /* owned; newest first */
    size_t n, room;
    struct error error;
};

static void many_deinit(struct many *many)
{
    free(many->ids);
}

/* What reparse() may read: what nobody has dealt with. */
static int take_waiting(void *data, const struct mo_message *message)
{
    struct many *many = data;
    bool waits =
        message->outcome == MO_UNKNOWN || message->outcome == MO_INCOMPLETE || message->outcome == MO_UNREGISTERED;
    if (!waits || message->handled)
        return 0;
    if (many->n == many->room) {
        size_t room = many->room ? 2 * many->room : 256;
        int64_t *grown = realloc(many->ids, room * sizeof *grown);
        if (!grown)
            return error_set(&many->error, -ENOMEM, "memory ran out for a list of messages");
        many->ids = grown;
        many->room = room;
    }
    many->ids[many->n++] = message->id;
    return 0;
}

/* One of many: what is no report, or whose sender can't report, stays as it is without a word. */
static int reparse_quietly(struct session *session, int64_t mo_id, bool answer, struct reparsed *reparsed,
                           struct error *error)
{
    char subject[32], detail[32];
    *reparsed = (struct reparsed){.reports = 0};
    int status = session_begin(session);
    if (status)
        return -EIO;
    int r = reparse(session->box, mo_id, answer, session_now_ms(session), reparsed, error);
    if (r != REPARSE_STORED) {
        store_rollback(session->store);
        return r == -EINVAL || r == REPARSE_NOTHING ? 0 : r;
    }
    (void)snprintf(subject, sizeof subject, "mo %" PRId64, mo_id);
    (void)snprintf(detail, sizeof detail, "%zu reports", reparsed->reports);
    return session_commit(session, "reparse", subject, detail) ? -EIO : REPARSE_STORED;
}

/* The oldest first, as they came; each in a transaction of its own, so that SMS are answered in between. */
static int reparse_many(const struct ctl *ctl, struct session *session, const struct mo_filter *filter, bool answer)
{
    CLEANUP(many_deinit) struct many many = {.n = 0};
    size_t read = 0, reports = 0;
    progress_begin(ctl);
    int r = store_mo_list(session->store, filter, take_waiting, &many, &many.error);
    for (size_t i = many.n; i-- > 0 && r >= 0;) {
        struct reparsed reparsed;
        r = reparse_quietly(session, many.ids[i], answer, &reparsed, &many.error);
        read += r == REPARSE_STORED;
        reports += reparsed.reports;
    }
    progress_end();
    if (r == -EIO)
        return CTL_ENVIRONMENT; /* the session has said why */
    if (r < 0)
        return ctl_failed(r, &many.error);
    (void)printf(ctl->json ? "{\"messages\":%zu,\"read\":%zu,\"reports\":%zu}\n"
                           : _("%zu messages waited: %zu are read now, as %zu reports\n"),
                 many.n, read, reports);
    if (!ctl->json && read < many.n)
        (void)fprintf(stderr,
                      _("kabarctl: note: %zu stay as they are; see: kabarctl inbox --unread, kabarctl contact list "
                        "--pending\n"),
                      many.n - read);
    return CTL_DONE;
}

int ctl_reparse(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    bool answer = !args_get(&ctl->args, "--no-answer"), all = args_get(&ctl->args, "--all") != NULL;
    const char *from = args_get(&ctl->args, "--from");
    char phone[MSISDN_MAX];
    int64_t mo_id;
    struct mo_filter filter = {.sender = from ? session_sender(from, phone) : NULL};
    bool many = all || from || args_get(&ctl->args, "--since");
    if (many == (ctl->args.n_words > 0))
        return ctl_usage(ctl, "expected the numbers of messages, or --all, --from or --since");
    for (size_t i = 0; i < ctl->args.n_words; i++) {
        int status = read_id(ctl, i, &mo_id);
        if (status)
            return status;
    }
    int status = option_time(ctl, "--since", 0, &filter.since_ms);
    if (!status)
        status = session_open(&session, ctl, STORE_WRITE);
    if (!status)
        status = session_box(&session, ctl);
    if (status)
        return status;
    return many ? reparse_many(ctl, &session, &filter, answer) : reparse_named(ctl, &session, answer);
}
