/* SPDX-License-Identifier: GPL-2.0-or-later */
/* audit: who changed what, the newest first. */
#include "store/audit.h"
#include "ctl/listing.h"
#include "ctl/session.h"

static int list_row(void *data, const struct audit_row *row)
{
    struct listing *list = data;
    listing_number(list, row->id);
    listing_time(list, row->at_ms);
    listing_text(list, row->who);
    listing_text(list, row->what);
    listing_text(list, row->subject);
    listing_text(list, row->detail);
    return 0;
}

int ctl_audit(struct ctl *ctl)
{
    static const struct column columns[] = {
        {"id", NULL, true},      {"at", "AT", false},           {"who", "WHO", false},
        {"what", "WHAT", false}, {"subject", "SUBJECT", false}, {"detail", "DETAIL", false},
    };
    struct listed listed;
    char phone[MSISDN_MAX];
    const char *subject = ctl->args.n_words ? session_sender(ctl->args.words[0], phone) : NULL;
    CLEANUP(session_close) struct session session = {0};
    int status = session_list(&session, ctl, &listed);
    if (status)
        return status;
    struct error error = {0};
    struct listing list;
    listing_begin(&list, ctl->json, columns, 6);
    int r = store_audit_list(session.store, subject, listed.since_ms, listed.limit, list_row, &list, &error);
    listing_end(&list, "nothing was changed by hand");
    return r ? ctl_failed(r, &error) : CTL_DONE;
}
