/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which language kabarctl speaks, and where its catalogue is. */
#ifndef KABAR_SETTINGS_LANGUAGE_H
#define KABAR_SETTINGS_LANGUAGE_H

/*
 * Opens the catalogue (base/translate.h) of `language` in the configuration; where that is "auto", of what the
 * environment says (LANGUAGE, LC_ALL, LC_MESSAGES, LANG: the first that is set; C is English), and where that says no
 * language (nothing, or C.UTF-8, which every system without a language has), of the first file of replies; without a
 * configuration Indonesian. What is wrong with the configuration is told by whoever reads the whole of it.
 */
void language_open(const char *config);

#endif
