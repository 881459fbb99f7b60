/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A database of gammu-smsd (SQLite; gammu-smsd-tables(7)) as another program left it: its inbox and, where it has one,
 * the phone book `pbk` of schemas before 14. Only read, row by row, as it stands there; what the columns mean is the
 * reader's business.
 */
#ifndef KABAR_STORE_SMSD_H
#define KABAR_STORE_SMSD_H

#include <stdint.h>

#include "base/error.h"

struct smsd_sms { /* texts live for the call */
    int64_t id;
    int class;            /* -1 none, 0 flash, 127 USSD */
    const char *received; /* "2026-10-01 08:30:00": the SMSC's stamp in the zone that smsd ran in */
    const char *sender, *smsc, *coding;
    const char *udh;     /* hexadecimal, with its length */
    const char *text;    /* hexadecimal: UCS-2 of this part, octets where coding is 8bit */
    const char *decoded; /* UTF-8; of a long message all of it stands in the first part */
};
struct smsd_person {
    const char *name, *number; /* live for the call */
};

/* Both as the lists of store/store.h. */
typedef int smsd_sms_each(void *data, const struct smsd_sms *sms);
typedef int smsd_person_each(void *data, const struct smsd_person *person);

/* The inbox in the order of its ids, then the phone book. -ENOENT no such file; -EINVAL it is not a database of
 * gammu-smsd, in words; else as in store/store.h. */
MUST_CHECK int smsd_read(const char *path, smsd_sms_each *sms, smsd_person_each *person, void *data,
                         struct error *error);

#endif
