/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The wiring of kabard: the only place that knows every room. One thread, one loop; modems are asked and answer, the
 * database is written between turns, nothing here waits.
 */
#ifndef KABAR_KABARD_GATEWAY_H
#define KABAR_KABARD_GATEWAY_H

#include "base/clock.h"
#include "base/error.h"
#include "settings/settings.h"

struct gateway;

/* Takes the database's lock, opens it (migrating it where it is older than this program), starts the modems' workers.
 * The settings pass to the gateway, which closes them; config is the file they came from, for SIGHUP. */
MUST_CHECK int gateway_open(struct settings *settings, const char *config, struct clock clock,
                            struct gateway **ret_gateway, struct error *error);

/* Another database has taken the place of the one that was opened: close the gateway and open a new one. */
enum { GATEWAY_AGAIN = 1 };

/* Runs until SIGTERM or SIGINT. SIGHUP reads the configuration again, all or nothing. Returns 0, GATEWAY_AGAIN, or a
 * negative errno where the loop itself failed. */
MUST_CHECK int gateway_run(struct gateway *gateway, struct error *error);

struct gateway *gateway_close(struct gateway *gateway); /* NULL is fine; returns NULL */

#endif
