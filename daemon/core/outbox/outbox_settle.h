/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What becomes of a message once something is known of it: an attempt ended, a status report came, time went by. */
#ifndef KABAR_CORE_OUTBOX_OUTBOX_SETTLE_H
#define KABAR_CORE_OUTBOX_OUTBOX_SETTLE_H

#include "core/box.h"
#include "modem/port.h"
#include "store/mt.h"

struct attempt_end {
    int64_t attempt_id;
    const struct mt_message *message; /* as it was when it was claimed */
    enum submit_result result;
    int cause, tp_mr;
    int64_t now_ms;
    bool is_sims;    /* refused for the sake of the SIM: it costs the message nothing */
    bool is_doubted; /* refused for good, though it may be for the sake of the SIM: it is tried again */
};

/* Inside the caller's transaction. */
MUST_CHECK int attempt_settle(const struct box *box, const struct attempt_end *end, struct error *error);
/* A transaction of its own. */
MUST_CHECK int report_settle(const struct box *box, const struct mt_report *report, int64_t now_ms, bool *ret_matched,
                             struct error *error);
/* Inside the caller's transaction: expires, decides about what stayed uncertain, stops waiting for status reports. */
MUST_CHECK int outbox_sweep(const struct box *box, const struct mt_era *era, struct error *error);

#endif
