/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Named places where a test can make the world end: always compiled in, one branch on a global when unused.
 *
 * In a test build (-DKABAR_FAILPOINTS=ON, as the preset dev is; never what is installed) the environment variable
 * KABAR_FAILPOINT arms them in the whole programs. "intake.part=kill" ends the process there as kill -9 would,
 * "intake.part=enospc" (also eio, ebusy, enomem, einval, erofs) makes the step fail so; "intake.part=kill:3" waits for
 * the third time the place is passed. Several are separated by commas.
 */
#ifndef KABAR_BASE_FAILPOINT_H
#define KABAR_BASE_FAILPOINT_H

#include <stdbool.h>

#include "base/error.h"

extern bool failpoint_armed;

/* Reads the variable's text; "" disarms all. -EINVAL where it is not understood. */
MUST_CHECK int failpoint_arm(const char *text, struct error *error);
/* The same from the environment, in a test build; otherwise nothing is armed, whatever the environment says. */
MUST_CHECK int failpoint_arm_from_environment(struct error *error);

/* 0, or the negative errno that the place is to fail with (and *error filled); does not return where it is to kill. */
MUST_CHECK int failpoint_reached(const char *name, struct error *error);

#define FAILPOINT(name, error) (failpoint_armed ? failpoint_reached(name, error) : 0)

#endif
