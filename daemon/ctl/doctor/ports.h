/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The serial ports of this machine that a modem may hang on, by the names that last longest, and who uses them. */
#ifndef KABAR_CTL_DOCTOR_PORTS_H
#define KABAR_CTL_DOCTOR_PORTS_H

#include <stdbool.h>
#include <stddef.h>

#include "settings/settings.h"

enum { PORTS_MAX = 32, PORT_PATH_MAX = 256 };

struct port {
    char path[PORT_PATH_MAX];           /* "/dev/kabar/35…-if02": what to write as device */
    char real[PORT_PATH_MAX];           /* "/dev/ttyUSB2" */
    const struct modem_settings *modem; /* the one that is configured to be there; NULL: none */
    bool may_open;                      /* this user */
    int holder;                         /* process that has it open, 0 none that can be seen */
    char holder_name[32];
};

/*
 * The configured devices that are there (settings NULL: none), then what the usual places have, each port once. Where
 * only is not NULL that path alone. The rest is cut at PORTS_MAX. Returns how many.
 */
size_t ports_find(const struct settings *settings, const char *only, struct port ret_ports[PORTS_MAX]);

/* Whether this user can see which files a process has open: then a port without a holder is free of it. */
bool ports_see_process(int pid);

#endif
