/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A file made unreadable for all but one recipient, by age or GnuPG where it is installed. The key that reads it is not
 * on the box, so what was encrypted can't be read back here: the program must end well, and its file must bear the
 * program's mark and be no smaller than what went in.
 */
#ifndef KABAR_CTL_ENCRYPT_H
#define KABAR_CTL_ENCRYPT_H

#include <stdint.h>

#include "base/error.h"

/* ".age" for a recipient "age1…", else ".gpg". */
const char *encrypt_ending(const char *recipient);

/*
 * Writes target, in one step once it is whole. recipient: an age key, the path of a file with a public key of GnuPG, or
 * a name in the user's own key ring. -ENOPKG: the program is not installed; else why there is no file.
 */
MUST_CHECK int encrypt_file(const char *recipient, const char *plain, const char *target, struct error *error);

/* What to type to read a file that this made (by its name), NULL where it is none: "age --decrypt …". */
const char *encrypt_how_to_read(const char *path);

#endif
