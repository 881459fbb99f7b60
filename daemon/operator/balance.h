/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The credit of the SIMs, as their carriers told it last. */
#ifndef KABAR_OPERATOR_BALANCE_H
#define KABAR_OPERATOR_BALANCE_H

#include "operator/actor.h"
#include "settings/settings.h"

enum { BALANCE_TOLD_MAX = 256 };

struct balance {
    char told[BALANCE_TOLD_MAX]; /* rupiah, or the carrier's answer where no amount could be read; "" none yet */
    int64_t rupiah;              /* -1: no amount is known */
    int64_t at_ms;               /* when it was told, 0: not known */
    bool low;                    /* below the limit of the modem */
};
MUST_CHECK int balance_read_last(const struct box *box, const struct modem_settings *modem, struct balance *ret_balance,
                                 struct error *error);

/* kabard asks the carrier within a minute; the answer is there some seconds later. -EINVAL: the modem has no code to
 * ask by. */
MUST_CHECK int operator_balance_ask(const struct actor *actor, const struct modem_settings *modem, struct error *error);

#endif
