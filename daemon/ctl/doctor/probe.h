/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Asks serial ports whether a modem answers there, all at once, each by a worker of its own (modem/port.h). No PIN is
 * entered, nothing is deleted, nothing sent. For ports that no kabard uses: two that talk to one modem confuse both.
 */
#ifndef KABAR_CTL_DOCTOR_PROBE_H
#define KABAR_CTL_DOCTOR_PROBE_H

#include "modem/port.h"

enum probe_outcome {
    PROBE_ANSWERS, /* identity is filled; network where has_network */
    PROBE_LOCKED,  /* a modem is there; why says which code its SIM wants */
    PROBE_FAILED   /* why: what libGammu met */
};

struct probe {
    const char *device, *connection, *model; /* Gammu's words */
    enum probe_outcome outcome;
    struct modem_identity identity;
    struct modem_network network;
    bool has_network;
    char why[256];
};

/* Returns within half a minute or so, each probe filled; -errno where no worker can be started. */
MUST_CHECK int probe_ports(struct probe *probes, size_t n_probes, const char *worker, struct error *error);

#endif
