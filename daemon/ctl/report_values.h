/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The numbers of a stored report, for a listing. */
#ifndef KABAR_CTL_REPORT_VALUES_H
#define KABAR_CTL_REPORT_VALUES_H

#include "base/buf.h"
#include "store/store.h"

/* Appends "HAMIL 12, K4 3" and {"HAMIL":12,"K4":3}; "-" and {} where there are none. */
MUST_CHECK int report_values(struct store *store, int64_t report_id, struct buf *plain, struct buf *json,
                             struct error *error);

#endif
