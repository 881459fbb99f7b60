/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The worker's walls: it reaches its device and nothing else. libGammu reads whatever a modem and any sender of an SMS
 * please to say; should one of them take it over, there is no database, no network, no program and no other process
 * that it could turn to.
 *
 * Landlock holds the files, seccomp everything else. Where the kernel has no Landlock, seccomp forbids to open any file
 * at all once the device is open: a worker that would have to open it again ends, and kabard starts another one.
 */
#ifndef KABAR_WORKER_SANDBOX_H
#define KABAR_WORKER_SANDBOX_H

#include <stdbool.h>

enum sandbox { SANDBOX_NONE, SANDBOX_CALLS, SANDBOX_WHOLE, SANDBOX_COUNT };

/* Before the device is opened; is_folder: it is the dummy's. Nothing of it can be taken back. Returns what is in force:
 * SANDBOX_CALLS without Landlock, SANDBOX_NONE where the kernel has neither. */
enum sandbox sandbox_enter(const char *device, bool is_folder);
/* With SANDBOX_CALLS, after the device was opened: from here on no file can be. */
void sandbox_close_files(void);

#endif
