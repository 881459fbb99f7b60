/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The box in numbers, as Prometheus' text format has them: for a file that node_exporter reads. No personal data. */
#ifndef KABAR_CORE_WATCH_METRICS_H
#define KABAR_CORE_WATCH_METRICS_H

#include "base/buf.h"
#include "core/box.h"

/* Appends every metric, each with its HELP and TYPE line; free_mib -1: unknown, left out. */
MUST_CHECK int metrics_print(const struct box *box, int64_t free_mib, struct buf *out, struct error *error);

#endif
