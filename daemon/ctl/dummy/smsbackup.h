/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Puts an SMS into the inbox of Gammu's dummy phone: a smsbackup file a part, as libgammu's service/backup/backtext.c
 * reads them (docs/design.md 11), each under a name that the phone does not look at until it is whole.
 */
#ifndef KABAR_CTL_DUMMY_SMSBACKUP_H
#define KABAR_CTL_DUMMY_SMSBACKUP_H

#include <stdint.h>

#include "base/error.h"
#include "parsers/view.h"

struct fed_sms {
    const char *sender; /* E.164, a short code or a name */
    struct view text;   /* UTF-8, not empty; what is longer than one SMS becomes several parts with a UDH */
    int64_t sent_ms;    /* SCTS; whole seconds count */
};

/* device is the dummy's folder; what it lacks is made. The same SMS fed again has the same parts, so that the box knows
 * it again. *ret_parts (NULL is fine): how many. -EINVAL: empty, or more than 255 parts; else the folder's error. */
MUST_CHECK int smsbackup_feed(const char *device, const struct fed_sms *sms, int *ret_parts, struct error *error);

#endif
