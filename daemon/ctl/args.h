/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words of a command line, read by the usage text of its command, so that help and parsing cannot disagree:
 *   WORD one word; [WORD] may be missing; WORD... one or more (a TEXT need not be quoted);
 *   --name WORD must be given; [--name WORD] may be; [--name WORD...] may be several times; [--name] is a flag.
 * Options may stand anywhere; `--` ends them. A word with one dash is a word: "-5", "-".
 */
#ifndef KABAR_CTL_ARGS_H
#define KABAR_CTL_ARGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "parsers/view.h"

enum { ARGS_WORDS_MAX = 4096, ARGS_OPTIONS_MAX = 16, ARGS_VALUES_MAX = 64 };

struct args_option {
    char name[24]; /* "--area" */
    char word[16]; /* "CODE"; "" is a flag */
    bool required, many;
    const char *value; /* NULL not given; "" for a flag that is; of many the first */
};

struct args {
    const char *words[ARGS_WORDS_MAX]; /* what is not an option, in order */
    size_t n_words;
    struct args_option options[ARGS_OPTIONS_MAX];
    size_t n_options;
    const char *values[ARGS_VALUES_MAX]; /* of the one option that may be given several times, in order */
    size_t n_values;
    const char *config; /* -c FILE, --config FILE */
    const char *as;     /* --as NAME */
    bool json, help;
};

/* Reads argv[0 … argc). 0, or -EINVAL with what was expected. */
MUST_CHECK int args_read(const char *usage, int argc, char *const *argv, struct args *ret_args, struct error *error);

/* A usage text, or one word of it, for a person: its words in capitals are those of the person's language. */
void args_show(struct view usage, struct buf *out);

/* The value of an option of this command, NULL where it was not given. */
const char *args_get(const struct args *args, const char *name);

/* Whether the command's usage names the option. */
bool args_knows(const struct args *args, const char *name);

/* Terminated; word must fit. */
void copy_word(char *ret_text, size_t size, struct view word);

/* A whole number of digits alone within min … max: 0, or -1. */
MUST_CHECK int args_number(const char *text, int64_t min, int64_t max, int64_t *ret_number);

#endif
