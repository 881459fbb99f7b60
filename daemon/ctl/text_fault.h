/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What carriers are known to drop in a text that an operator sends (docs/design.md 12): said, not refused. */
#ifndef KABAR_CTL_TEXT_FAULT_H
#define KABAR_CTL_TEXT_FAULT_H

#include "base/buf.h"
#include "parsers/view.h"

/* Appends the place at fault, escaped, and complains on standard error; nothing where there is none. */
void text_fault(struct view text, struct buf *ret_fault);

#endif
