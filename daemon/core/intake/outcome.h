/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a failure means to intake and outbox: is the world at fault, or this one message? Pure. */
#ifndef KABAR_CORE_INTAKE_OUTCOME_H
#define KABAR_CORE_INTAKE_OUTCOME_H

#include <stdbool.h>

/* Disk, lock or memory: trying another message now would fail alike, trying this one later may not. */
bool is_world_failure(int result);

#endif
