/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an operator repairs by hand: where a person belongs, who is to be forgotten, which number stands, who did what.
 */
#ifndef KABAR_STORE_PEOPLE_H
#define KABAR_STORE_PEOPLE_H

#include "store/store.h"

/* -ENOENT: no such contact, or no such area. Reports stay with the area they were sent for. */
MUST_CHECK int store_contact_set_area(struct store *store, int64_t id, int64_t area_id, struct error *error);

/* Whatever waits to be sent to the person is taken back for good; what a modem has in hand is not submitted again, what
 * is uncertain is given up. *ret_count: how many messages. */
MUST_CHECK int store_contact_silence(struct store *store, int64_t id, int64_t now_ms, int64_t *ret_count,
                                     struct error *error);

/* Takes a number away from a person; the others stay. -ENOENT: it is his only one. */
MUST_CHECK int store_contact_phone_remove(struct store *store, int64_t id, const char *phone, struct error *error);

struct forgotten {
    int64_t received, sent, cancelled; /* messages emptied; of those sent, taken back from the queue */
};
/*
 * Erases the person (DESIGN.md 9): name, numbers, the texts received and sent, tokens of problems, rows of the audit.
 * The numbers reported stay. What is freed in the file is overwritten; backups are not touched. -EBUSY: a message to
 * the person is in a modem's hands at this moment.
 */
MUST_CHECK int store_contact_forget(struct store *store, int64_t id, struct forgotten *ret_forgotten,
                                    struct error *error);

struct audit_row {
    int64_t id, at_ms;
    const char *who, *what, *subject, *detail; /* live for the call */
};
typedef int audit_each(void *data, const struct audit_row *row);
/* Newest first; subject NULL: any; limit 0: all. */
MUST_CHECK int store_audit_list(struct store *store, const char *subject, int64_t since_ms, int64_t limit,
                                audit_each *each, void *data, struct error *error);

/* -ENOENT: no such report. */
MUST_CHECK int store_report_by_id(struct store *store, int64_t id, struct report_found *ret_report,
                                  struct error *error);
/* A value of a report, and what counts now in its place: value and report's uid ("" nothing counts). */
struct standing {
    const char *field, *now_uid; /* live for the call */
    int value, now_value;
};
typedef int standing_each(void *data, const struct standing *standing);
MUST_CHECK int store_report_standing(struct store *store, int64_t id, standing_each *each, void *data,
                                     struct error *error);
/* The newest sent_ms of the reports that count for an area, month and form: a correction must be later. 0 none. */
MUST_CHECK int store_report_newest(struct store *store, int64_t area_id, int period, const char *form,
                                   int64_t *ret_sent_ms, struct error *error);

/* One number that counts, as the view current_value has it. */
struct current_row {
    const char *area, *area_name, *period, *form, *field, *uid; /* live for the call */
    int value;
};
typedef int current_each(void *data, const struct current_row *row);
/* By area, month, form, field; area_code NULL: everywhere, else it and all below; period MONTH_NONE: any. */
MUST_CHECK int store_current_list(struct store *store, const char *area_code, int period, current_each *each,
                                  void *data, struct error *error);
/* The numbers of villages for one month, by village, form, field: the village's own where it reported that form, else
 * the sums over its posyandu (DESIGN.md 4). No uid. */
MUST_CHECK int store_village_list(struct store *store, const char *area_code, int period, current_each *each,
                                  void *data, struct error *error);

#endif
