/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A row of gammu-smsd's inbox as a part of ours. */
#ifndef KABAR_CTL_SMSD_SMSD_PART_H
#define KABAR_CTL_SMSD_SMSD_PART_H

#include "base/buf.h"
#include "store/mo.h"
#include "store/smsd.h"

/* The part's texts point into *keep, which grows: they are valid once all of it is read (see smsd_part_settle()). */
struct smsd_part {
    struct mo_part_row row;
    int64_t id;                     /* in the inbox */
    size_t sender, smsc, text, raw; /* where in keep */
};

/* utc: of the stamps, else they are the villages' time. now_ms: those after it can't be true and become 0, as
 * unreadable ones do. */
void smsd_part_read(const struct smsd_sms *sms, bool utc, int64_t now_ms, struct buf *keep, struct smsd_part *ret_part);
/* Once keep grows no more: fills the row's texts. */
void smsd_part_settle(struct smsd_part *part, const struct buf *keep);

#endif
