/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who is answered (docs/grammar.md 10, docs/design.md 9): airtime can't be burnt by promos, loops, strangers or floods.
 * Strangers have a small allowance of their own, so that they never use up the answers of registered people. Every
 * count comes from the database, so that a restart changes nothing; those of the whole box, which are long to count,
 * are counted once a minute and kept up in between.
 */
#ifndef KABAR_CORE_INTAKE_GUARD_H
#define KABAR_CORE_INTAKE_GUARD_H

#include <stdbool.h>
#include <stdint.h>

#include "core/box.h"
#include "core/intake/own_text.h"
#include "parsers/msisdn.h"
#include "store/contact.h"

enum sender_kind {
    SENDER_REGISTERED,  /* an active contact: its messages are processed */
    SENDER_STRANGER,    /* a mobile number nobody knows, or one that waits for the operator */
    SENDER_BLOCKED,     /* the operator does not want to hear from them */
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
    GUARD_BOX_CAP,        /* the whole box is over its cap: that of registered people, or that of strangers */
    GUARD_LOOP,           /* the third identical text in an hour, as it was sent and as it came */
    GUARD_OWN_TEXT,       /* what the box itself, or another one, wrote */
    GUARD_NEVER           /* blocked or unanswerable */
};

struct guard_input {
    const char *address; /* as the modem gave it */
    struct view text;
    int64_t now_ms, sent_ms; /* sent_ms: a believable SCTS */
};

struct guarded {
    struct sender sender;
    enum guard_verdict verdict;
    enum own_text own; /* not OWN_TEXT_NOT: nothing of it is read */
    /*
     * An exact re-send: the sender's newest message within the hour has this very text, was sent within the hour too
     * (last month's same numbers, which waited on the SIM, are not a re-send), and was acted upon. It is that message,
     * 0 where this one is not a re-send; its stored answer, where there is one, is the answer to this one too, and
     * nothing is done twice (a second BATAL would take back one report more).
     */
    int64_t resend_of;
};

/* Who sent it, and whether it may be read and answered; to be asked before the message itself is stored. */
MUST_CHECK int guard_judge(const struct box *box, const struct guard_input *input, struct guarded *ret_guarded,
                           struct error *error);

#endif
