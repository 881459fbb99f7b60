/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The texts that a person reads, in the person's language: English stands in the sources and is what gettext looks a
 * text up by, config/po/LANGUAGE.po has the others, and msgfmt makes the catalogue of it that is read here.
 *
 * libintl looks them up. It translates under no locale "C", and small systems have no other of a language; "C.UTF-8"
 * is on every Debian. A locale that is there is set for messages alone: numbers, dates and sorting never change.
 * Without a catalogue (kabard: its journal is English) each text is returned as it is.
 *
 * Texts given to error_set(), error_prefix(), faults_add() and the ctl_*() functions of a refusal are translated there;
 * tests/lint/texts.sh knows them all by name.
 */
#ifndef KABAR_BASE_TRANSLATE_H
#define KABAR_BASE_TRANSLATE_H

#include <stdint.h>

#include "base/error.h"

/* FOLDER/LANGUAGE/LC_MESSAGES/kabar.mo is looked at from here on; where it is not there, texts stay as they are. A NULL
 * folder does only that. The environment's LANGUAGE is set, and is what a child gets. */
void translate_open(const char *folder, const char *language);

/* The text in the catalogue's language, or itself. It lives as long as the program. */
const char *translate(const char *text) __attribute__((format_arg(1)));
/* The same of a text that says how many: English `one` or `many`, by n. */
const char *translate_n(const char *one, const char *many, uint64_t n) __attribute__((format_arg(1), format_arg(2)));
/* strerror() in that language. */
const char *translate_errno(int code);

#define _(text)  translate(text)
#define N_(text) text /* of a table: whoever prints it calls translate() */

#endif
