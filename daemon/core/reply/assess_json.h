/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An assessment as docs/grammar.md 10 prints it: one JSON object, no line end. */
#ifndef KABAR_CORE_REPLY_ASSESS_JSON_H
#define KABAR_CORE_REPLY_ASSESS_JSON_H

#include "base/buf.h"
#include "core/judge/assess.h"
#include "core/reply/reply.h"

void assess_json(struct buf *buf, const struct assessment *assessment, const struct reply *reply);

#endif
