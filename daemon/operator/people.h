/* SPDX-License-Identifier: GPL-2.0-or-later */
/* People who are registered: how they are greeted, and what of theirs has waited. Inside the caller's transaction. */
#ifndef KABAR_OPERATOR_PEOPLE_H
#define KABAR_OPERATOR_PEOPLE_H

#include "core/box.h"
#include "store/contact.h"

/* Queues the SMS that greets a person at contact->phone. */
MUST_CHECK int people_welcome(const struct box *box, const struct contact *contact, int64_t now_ms,
                              struct error *error);

enum { PEOPLE_LEFT_MAX = 100 };

/* What a number wrote before anybody knew it. */
struct people_waiting {
    size_t waited, read, reports;  /* messages; of these, read as reports; how many */
    int64_t left[PEOPLE_LEFT_MAX]; /* messages that are no report, or too old, newest first */
    size_t n_left;
};

/*
 * The person of an active contact has this number from now on. Where the number wrote before, or the setting `welcome`
 * says so, the person is greeted (unless `greeted` already), and what it sent in the months that reports are taken of
 * is read as reports of then; what is not a week old is answered as well.
 */
MUST_CHECK int people_registered(const struct box *box, const struct contact *contact, bool greeted, int64_t now_ms,
                                 struct people_waiting *ret_waiting, struct error *error);

#endif
