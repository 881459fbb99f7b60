/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What messages reported, and what of it counts. Same rules as store/store.h. */
#ifndef KABAR_STORE_REPORT_H
#define KABAR_STORE_REPORT_H

#include "store/store.h"

enum report_status { STATUS_ACCEPTED, STATUS_PARTIAL, STATUS_HELD, STATUS_REJECTED, STATUS_HELP, STATUS_COUNT };
const char *report_status_to_string(enum report_status status);

struct report_value {
    const char *field; /* key code */
    int value;
};
struct report_problem {
    const char *code, *rule; /* rule: its check text, or "" */
    struct view token;
    int offset;
};
struct report_row {
    int64_t mo_id, contact_id, area_id;
    const char *set, *form;
    int period; /* MONTH_NONE where it has none */
    enum report_status status;
    int64_t sent_ms, created_ms;
    bool adds;      /* its numbers are added to what was told before, else they take its place */
    int64_t amends; /* of one that adds: the report whose place it takes once it counts; 0 none */
    const char *question, *question_field; /* of a held one (parsers/reading.h), and the one number asked about; NULL */
    const struct report_value *values;     /* what was read; of a rejected one they are kept as a draft */
    size_t n_values;
    const struct report_problem *problems;
    size_t n_problems;
    const char *remark_field; /* words behind a key that takes words, kept beside the numbers; NULL none */
    struct view remark;
};
/* A held report's values count for nothing until store_report_confirm(). */
MUST_CHECK int store_report_add(struct store *store, const struct report_row *report, int64_t *ret_id,
                                struct error *error);

/* Current values of one area, month and form: of accepted and partial reports, each field's latest by (sent_ms, id),
 * and what those have added to it that add. fields[i] names what is asked; *ret_values[i] = -1 where nothing is known.
 */
MUST_CHECK int store_current_values(struct store *store, int64_t area_id, int period, const char *form,
                                    const char *const *fields, size_t n_fields, int *ret_values, struct error *error);
/* The same, summed over the posyandu of a village: what counts where the village's own report gives no number. */
MUST_CHECK int store_posyandu_values(struct store *store, int64_t village_id, int period, const char *form,
                                     const char *const *fields, size_t n_fields, int *ret_sums, struct error *error);
/* When the newest accepted, partial or held report of that form and month was sent; 0: there is none. */
MUST_CHECK int store_report_sent(struct store *store, int64_t area_id, int period, const char *form,
                                 int64_t *ret_sent_ms, struct error *error);
/* Whether any accepted, partial or held report of that form and month stands. */
MUST_CHECK int store_report_exists(struct store *store, int64_t area_id, int period, const char *form, bool *ret_exists,
                                   struct error *error);

/* The how manieth of those that add and count one is, or would be: behind those of the same place with a smaller id,
 * but_id left out. */
struct report_place {
    int64_t area_id;
    int period;
    const char *form;
};
MUST_CHECK int store_report_nth(struct store *store, const struct report_place *place, int64_t before_id,
                                int64_t but_id, int64_t *ret_nth, struct error *error);

struct report_found {
    int64_t id, mo_id, contact_id, area_id;
    char uid[UID_MAX], set[32], form[32], area_code[AREA_CODE_MAX], area_name[NAME_MAX_BYTES], sender[64];
    int period;
    char status[STATE_MAX];                              /* as stored: also "cancelled", "dropped" */
    char question[STATE_MAX], question_field[FIELD_MAX]; /* what it was held for, and the one number asked about; "" */
    int64_t sent_ms, created_ms;
    int64_t amends; /* the report whose place it takes, or would; 0 none */
};
/* The contact's held reports created since, oldest first. */
typedef int report_each(void *data, const struct report_found *report);
MUST_CHECK int store_report_held(struct store *store, int64_t contact_id, int64_t since_ms, report_each *each,
                                 void *data, struct error *error);
/* held → accepted (partial where it has problems); held → dropped. Must change one row, else -ENOENT. */
MUST_CHECK int store_report_confirm(struct store *store, int64_t id, int64_t now_ms, struct error *error);
MUST_CHECK int store_report_drop(struct store *store, int64_t id, struct error *error);
/* Drops every held report created before; *ret_count: how many. */
MUST_CHECK int store_report_drop_held(struct store *store, int64_t created_before_ms, int64_t *ret_count,
                                      struct error *error);
/* The contact's last message whose reports count (form NULL: any form): calls each for those reports, newest message
 * only. */
MUST_CHECK int store_report_last(struct store *store, int64_t contact_id, const char *form, report_each *each,
                                 void *data, struct error *error);
/* accepted | partial → cancelled: what stood before counts again. */
MUST_CHECK int store_report_cancel(struct store *store, int64_t id, int64_t now_ms, struct error *error);
/* What the contact said last, whatever became of it: of their newest reports those that were sent from … to, the latest
 * sent first. Asked at each message: the names of area and sender are left empty. */
enum { REPORTS_RECENT_MAX = 24 };
MUST_CHECK int store_report_recent(struct store *store, int64_t contact_id, int64_t from_ms, int64_t to_ms,
                                   report_each *each, void *data, struct error *error);
typedef int report_value_each(void *data, const char *field, int value);
MUST_CHECK int store_report_values(struct store *store, int64_t id, report_value_each *each, void *data,
                                   struct error *error);
/* The words of a report, by field. */
typedef int report_text_each(void *data, const char *field, const char *text);
MUST_CHECK int store_report_texts(struct store *store, int64_t id, report_text_each *each, void *data,
                                  struct error *error);
/* The same of a rejected one, whose numbers count for nothing. */
MUST_CHECK int store_draft_values(struct store *store, int64_t id, report_value_each *each, void *data,
                                  struct error *error);
typedef int report_problem_each(void *data, const char *code, const char *token, const char *rule);
MUST_CHECK int store_report_problems(struct store *store, int64_t id, report_problem_each *each, void *data,
                                     struct error *error);
struct report_filter {
    const char *area_code; /* NULL any; else it and all below */
    int period;            /* MONTH_NONE any */
    int64_t since_ms, limit, mo_id;
};
MUST_CHECK int store_report_list(struct store *store, const struct report_filter *filter, report_each *each, void *data,
                                 struct error *error);

/* ---- who has reported ---- */

/* Forms that the area, or one right below it, reported for the months from … before. */
typedef int form_each(void *data, const char *form);
MUST_CHECK int store_reported_forms(struct store *store, int64_t area_id, int from, int before, form_each *each,
                                    void *data, struct error *error);
/* Whether the form of that month is there: reported for the area itself, or for every area right below it. */
MUST_CHECK int store_form_there(struct store *store, int64_t area_id, int month, const char *form, bool *ret_there,
                                struct error *error);

/* ---- one report, and what counts ---- */

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
/* The numbers of villages for one month, by village, form, field: the village's own, and where it gave none the sum
 * over its posyandu. No uid. */
MUST_CHECK int store_village_list(struct store *store, const char *area_code, int period, current_each *each,
                                  void *data, struct error *error);

#endif
