/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What systemd is told of us (sd_notify(3)), without its library: nothing where it did not ask. */
#ifndef KABAR_BASE_NOTIFY_H
#define KABAR_BASE_NOTIFY_H

#include <stdint.h>

#include "base/error.h"

/* Sends "READY=1" and the like. What can't be told is not worth failing for. */
void notify_send(const char *format, ...) PRINTF_LIKE(1, 2);

/* How often to send WATCHDOG=1: half of what systemd allows; 0 where it does not watch. */
int64_t notify_watchdog_ms(void);

#endif
