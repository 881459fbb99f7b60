/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * PINs that a SIM refused: kept in the database, so that a box whose power fails every day does not spend the three
 * tries after which a SIM locks for good.
 */
#ifndef KABAR_CORE_WATCH_PIN_H
#define KABAR_CORE_WATCH_PIN_H

#include <stdbool.h>

#include "settings/settings.h"
#include "store/store.h"

/* Whether this very PIN of the settings was refused before; a corrected one was not. */
bool pin_was_refused(struct store *store, const struct modem_settings *modem);

/* Remembers that it was, in a transaction of its own. */
MUST_CHECK int pin_keep_refused(struct store *store, const struct modem_settings *modem, struct error *error);

#endif
