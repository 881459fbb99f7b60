/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a row of params.def alone can't tell of kabard.conf: forms of names and numbers, and what must fit together. */
#ifndef KABAR_SETTINGS_CONF_CHECK_H
#define KABAR_SETTINGS_CONF_CHECK_H

#include "settings/cfg.h"
#include "settings/settings.h"

void conf_check_notes(struct cfg *cfg, const config_setting_t *group, const struct notes_settings *notes);
void conf_check_schedule(struct cfg *cfg, const config_setting_t *group, const struct schedule_settings *schedule);
void conf_check_box(struct cfg *cfg, const config_setting_t *group, const struct box_settings *box);

/* Also makes paths absolute and numbers E.164. */
void conf_check_top(struct cfg *cfg, const config_setting_t *root, struct settings *settings);

/* modems[i] against itself and those before it; makes paths absolute, numbers and prefixes E.164. */
void conf_check_modem(struct cfg *cfg, const config_setting_t *group, const char *file, struct modem_settings *modems,
                      size_t i);

#endif
