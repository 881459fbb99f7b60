/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which modems the outbox has, what each has in hand, and which of them a number should go by. In memory only. */
#ifndef KABAR_CORE_OUTBOX_OUTBOX_MODEMS_H
#define KABAR_CORE_OUTBOX_OUTBOX_MODEMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "modem/port.h"
#include "settings/settings.h"
#include "store/mt.h"

struct outbox_modem {
    char name[MODEM_NAME_MAX];
    bool up;
    int64_t pause_until_ms; /* monotonic: it has just said that it has no network */
    int64_t attempt_id;     /* in hand, 0 nothing */
    int64_t part_id;
    struct mt_message message; /* of the part in hand */

    bool accepted; /* the last answer of the network was that it has the SMS; false also before the first */
    /* Refusals in a row that the SIM may be to blame for: how many, the last cause, and to whom. */
    int refusals;
    int32_t refused_cause;
    char refused_to[MSISDN_MAX];
    bool refused_others; /* not always the same number */
};

struct outbox_modems {
    struct outbox_modem modem[MODEMS_MAX];
    size_t n;
};

/* Finds or adds; NULL where there are too many. */
struct outbox_modem *outbox_modem_get(struct outbox_modems *modems, const char *name);

/* Whether the message should rather go by another modem that could take it: the one it was begun on, else the one with
 * the longest prefix of the number; the one that refused it last after all others. */
bool outbox_modem_yields(const struct outbox_modems *modems, const struct outbox_modem *modem,
                         const struct settings *settings, const struct mt_message *message, int64_t monotonic_ms);

/* Whether the network refuses for good, but has taken nothing since the last refusal: a SIM whose SMSC is wrong gets
 * the same for every number. To be asked before outbox_modem_refused(). */
bool outbox_modem_doubts(const struct outbox_modem *modem, enum submit_result result, int32_t cause);
/*
 * A submit ended. Returns whether it was refused for the SIM's sake and not the number's: the one before was refused
 * too, and nothing was taken since; for good, only where the SIM is barred. Then the message waits at no cost, and so
 * does the modem, longer each time.
 */
bool outbox_modem_refused(struct outbox_modem *modem, enum submit_result result, int32_t cause, int64_t monotonic_ms);
/* Whether the network refuses all that its SIM sends. */
bool outbox_modem_is_barred(const struct outbox_modem *modem);

#endif
