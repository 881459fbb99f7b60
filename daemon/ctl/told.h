/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the daemon, its workers and libGammu say is English: it stands in the journal, and in the database as the
 * trouble of a modem. Here it is said again in the person's language, by the sentences that told.def lists.
 */
#ifndef KABAR_CTL_TOLD_H
#define KABAR_CTL_TOLD_H

#include "base/buf.h"

enum { TOLD_MAX = 1024 };

struct told {
    char text[TOLD_MAX];
};

/* A sentence that is not listed stays as it is, its parts behind a colon or in the place of a %s are looked up, too. */
struct told told(const char *text);

/* The same of what the audit keeps of a deed. */
struct told told_deed(const char *text);

#endif
