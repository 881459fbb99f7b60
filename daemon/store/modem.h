/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Modem state, as `kabarctl status` shows it while the daemon runs or not. Same rules as store/store.h. */
#ifndef KABAR_STORE_MODEM_H
#define KABAR_STORE_MODEM_H

#include "store/store.h"

struct modem_row {
    char name[32], state[16], trouble[160];
    char imei[24], imsi[24], model[48], operator_name[32];
    int64_t since_ms, seen_ms;
    int signal_percent; /* -1 unknown */
    bool registered;
};
MUST_CHECK int store_modem_put(struct store *store, const struct modem_row *modem, struct error *error);
typedef int modem_each(void *data, const struct modem_row *modem);
MUST_CHECK int store_modem_list(struct store *store, modem_each *each, void *data, struct error *error);

/* Whether it can take and send SMS as far as was seen last. */
bool modem_row_works(const struct modem_row *modem);

#endif
