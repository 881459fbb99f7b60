/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the checks of `kabarctl doctor` share. */
#ifndef KABAR_CTL_DOCTOR_DOCTOR_H
#define KABAR_CTL_DOCTOR_DOCTOR_H

#include "base/translate.h"
#include "ctl/session.h"

enum finding { FINDING_OK, FINDING_WARN, FINDING_BAD };

struct doctor {
    bool json, running; /* running: the daemon */
    int pid;            /* its process, 0 unknown */
    enum finding worst;
    struct buf out;
};

#define DOCTOR_GROUP N_("the daemon's user must be in its group: usermod -aG dialout kabar; or run this as root")

#define DOCTOR_PIN                                                                                                     \
    N_("write the right pin = \"1234\"; into kabard.conf, then: systemctl restart kabard; after three wrong PINs the " \
       "SIM needs its PUK, in a phone")
#define DOCTOR_ANTENNA N_("put the antenna higher or at a window, away from the box")
enum { DOCTOR_WEAK_PERCENT = 15 };

/* One finding; todo "" where nothing is to be done. */
void doctor_say(struct doctor *doctor, enum finding level, const char *check, const char *text, const char *todo);

/* Each configured modem: its device and what its supervisor last saw. */
void doctor_modems(struct doctor *doctor, struct session *session);
/*
 * Each serial port that a modem may hang on: what answers there, its SIM, its network, and the line for kabard.conf.
 * What a running daemon has or another program holds is not asked. only: that port alone, else NULL. The session has no
 * settings where they are refused, no store where it is damaged.
 */
void doctor_ports(struct doctor *doctor, const struct session *session, const char *only);

/* "weak signal": percent as the modem tells it, -1 unknown. */
const char *doctor_signal(int percent);

#endif
