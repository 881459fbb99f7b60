/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One SMS to the box by the dummy phone, and what the box says to it: simulate and chat. */
#ifndef KABAR_CTL_DUMMY_EXCHANGE_H
#define KABAR_CTL_DUMMY_EXCHANGE_H

#include "ctl/session.h"
#include "store/mo.h"
#include "store/mt.h"

struct exchange {
    struct session *session; /* opened for reading */
    const char *device;      /* the dummy's folder */
    char sender[64];
    int64_t timeout_ms; /* 0: does not wait */
};

/* What became of it. */
struct exchanged {
    int64_t sent_ms;
    int parts;
    bool taken;    /* the box has it */
    bool repeated; /* the box had it before: read twice, counts once */
    char uid[UID_MAX];
    enum mo_outcome outcome;
    int64_t mo_id, mt_id; /* mt_id 0: not answered */
    enum mt_state state;
    char reply[SMS_TEXT_MAX];
};

/* Finds the dummy phone of the options --modem and --from; 0 or an exit status. */
MUST_CHECK int exchange_open(struct exchange *exchange, const struct ctl *ctl, struct session *session);
/* Sends text; sent_ms 0: now. 0, or an exit status after saying why; *ret_exchanged is filled when 0. */
MUST_CHECK int exchange_send(const struct exchange *exchange, struct view text, int64_t sent_ms,
                             struct exchanged *ret_exchanged);
void exchange_print_json(const struct exchange *exchange, struct view text, const struct exchanged *exchanged);

#endif
