/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the box tells its operators by itself, when something needs a hand: at most one SMS a cause and day. */
#ifndef KABAR_CORE_WATCH_ALERT_H
#define KABAR_CORE_WATCH_ALERT_H

#include "core/box.h"
#include "parsers/template.h"
#include "settings/replies.h"

/*
 * Queues a text for every active operator, unless one for this cause ("balance.sim1") was queued within a day. One
 * transaction of its own, with an audit row. *ret_queued (NULL is fine) is the number of messages.
 */
MUST_CHECK int alert_operators(const struct box *box, const char *cause, enum reply_text text,
                               const struct template_value *values, size_t n_values, size_t *ret_queued,
                               struct error *error);

/*
 * A carrier's answer to the balance code of a modem: kept for `kabarctl status` as META_BALANCE, and an alert
 * where it is below the modem's limit. Text that no balance can be read from is kept as it is and alarms nobody.
 */
MUST_CHECK int alert_balance(const struct box *box, size_t modem, const char *text, struct error *error);

/* What is wrong with a modem that answers, or with its SIM. */
enum ailment {
    AILMENT_NONE,
    AILMENT_REFUSED, /* the network refuses whatever its SIM sends */
    AILMENT_NO_SMSC, /* nobody knows the number of the service centre */
    AILMENT_FULL,    /* no place in the SIM for one more SMS */
    AILMENT_KEEPS,   /* it has messages that it was told to delete */
    AILMENT_COUNT
};
/* In words for log and status; "" for none. */
const char *ailment_to_string(enum ailment ailment);

/* A message was set aside because kabard died of it: the operators are told where it is. */
MUST_CHECK int alert_set_aside(const struct box *box, struct error *error);

/* How a modem is: as long as it is without network (0: it works), by the monotonic clock. */
struct alert_modem {
    const char *name;
    int64_t gone_ms;
    enum ailment ailment;
};

/*
 * Once a minute or so: alerts of what ails a modem, and of what the settings' alert_* call too much: a modem without
 * network, a disk with little room (free_mib -1: unknown), answers that wait. *ret_queued (NULL is fine) is the number
 * of messages.
 */
MUST_CHECK int alert_watch(const struct box *box, const struct alert_modem *modems, size_t n_modems, int64_t free_mib,
                           size_t *ret_queued, struct error *error);

/* The database was found damaged. *ret_queued (NULL is fine) is the number of messages. */
MUST_CHECK int alert_damage(const struct box *box, size_t *ret_queued, struct error *error);

/* An older copy took the place of the database. *ret_queued as above. */
MUST_CHECK int alert_older(const struct box *box, size_t *ret_queued, struct error *error);

#endif
