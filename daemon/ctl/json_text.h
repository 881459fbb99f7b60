/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The member "text" of a JSON object on one line (RFC 8259): what `parse --jsonl` reads. */
#ifndef KABAR_CTL_JSON_TEXT_H
#define KABAR_CTL_JSON_TEXT_H

#include "base/buf.h"
#include "base/error.h"
#include "parsers/view.h"

/* Checks the whole object and appends the text as UTF-8; a lone surrogate becomes U+FFFD. -EINVAL says what is wrong
 * and at which byte, counted from 1. */
MUST_CHECK int json_text(struct view line, struct buf *text, struct error *error);

#endif
