/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Looks a configuration text through before libconfig does, for what libconfig does not survive or not notice. */
#ifndef KABAR_SETTINGS_CFG_SCAN_H
#define KABAR_SETTINGS_CFG_SCAN_H

#include <stdbool.h>

#include "parsers/view.h"

/* False with the first fault ("" unless found) and its line. */
bool cfg_scan(struct view text, int *ret_line, const char **ret_fault);

#endif
