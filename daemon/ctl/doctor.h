/* What the checks of `kabarctl doctor` share. */
#ifndef KABAR_CTL_DOCTOR_H
#define KABAR_CTL_DOCTOR_H

#include "ctl/session.h"

enum finding { FINDING_OK, FINDING_WARN, FINDING_BAD };

struct doctor {
    bool json, running; /* running: the daemon */
    enum finding worst;
    struct buf out;
};

/* One finding; todo "" where nothing is to be done. */
void doctor_say(struct doctor *doctor, enum finding level, const char *check, const char *text, const char *todo);

/* Each configured modem: its device and what its supervisor last saw. */
void doctor_modems(struct doctor *doctor, struct session *session);
/* Each serial port that a modem may hang on, and whether this user may open it. Nothing is sent to it: a daemon may be
 * talking there. */
void doctor_ports(struct doctor *doctor);

#endif
