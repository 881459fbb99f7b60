/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The alerts of a form as a set file has them; inside settings/ only. */
#ifndef KABAR_SETTINGS_SET_ALERT_H
#define KABAR_SETTINGS_SET_ALERT_H

#include "parsers/set.h"
#include "settings/cfg.h"

/* Reads the member `alerts` of a form whose keys are read. */
void set_read_alerts(struct cfg *cfg, const config_setting_t *group, struct form *form);

#endif
