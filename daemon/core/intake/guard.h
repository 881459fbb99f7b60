/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who is answered (docs/grammar.md 10, docs/design.md 9): airtime can't be burnt by promos, loops, strangers or floods.
 * Every count comes from the database, so that a restart changes nothing; those of the whole box, which are long to
 * count, are counted once a minute and kept up in between.
 */
#ifndef KABAR_CORE_INTAKE_GUARD_H
#define KABAR_CORE_INTAKE_GUARD_H

#include <stdbool.h>
#include <stdint.h>

#include "core/box.h"
#include "parsers/msisdn.h"
#include "store/contact.h"

enum sender_kind {
    SENDER_REGISTERED,  /* an active contact: its messages are processed */
    SENDER_STRANGER,    /* a mobile number nobody knows, or one that waits for the operator */
    SENDER_BLOCKED,     /* the operator wants to hear nothing of it */
    SENDER_UNANSWERABLE /* alphabetic, short code, the box's own number */
};

struct sender {
    enum sender_kind kind;
    char number[MSISDN_MAX]; /* E.164; as it came where unanswerable */
    struct contact contact;  /* SENDER_REGISTERED */
};

/* Whose message it is, by the address as the modem gave it. */
MUST_CHECK int guard_sender(const struct box *box, const char *address, struct sender *ret_sender, struct error *error);

enum guard_verdict {
    GUARD_ANSWER,
    GUARD_STRANGER_AGAIN, /* an unknown number that had its answer within 30 days, or settings say silent */
    GUARD_NUMBER_CAP,     /* over its cap of an hour or a day */
    GUARD_BOX_CAP,        /* the whole box is over its cap */
    GUARD_LOOP,           /* the third identical text in an hour, as it was sent and as it came */
    GUARD_NEVER           /* blocked or unanswerable */
};

/* An answer was queued. */
void guard_answered(const struct box *box);

/* When a message was received, and when it was sent (a believable SCTS). */
struct guard_time {
    int64_t now_ms, sent_ms;
};

/* Whether this message may be answered; to be asked before the message itself is stored. */
MUST_CHECK int guard_answer(const struct box *box, const struct sender *sender, struct view text, struct guard_time at,
                            enum guard_verdict *ret_verdict, struct error *error);

/*
 * An exact re-send: the sender's newest message within the hour has this very text, was sent within the hour too (last
 * month's same numbers, which waited on the SIM, are no re-send), and was acted upon. *ret_mo_id is that message, 0
 * where this one is no re-send; its stored answer, where there is one, is the answer to this one too, and nothing is
 * done twice (a second BATAL would take back one report more).
 */
MUST_CHECK int guard_resend(const struct box *box, const struct sender *sender, struct view text, struct guard_time at,
                            int64_t *ret_mo_id, struct error *error);

/*
 * An echo: the text is one that was sent to this number within a day, by a phone that answers by itself or a person who
 * forwards. The example in it was nobody's report.
 */
MUST_CHECK int guard_echo(const struct box *box, const struct sender *sender, struct view text, int64_t now_ms,
                          bool *ret_echo, struct error *error);

#endif
