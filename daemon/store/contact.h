/* SPDX-License-Identifier: GPL-2.0-or-later */
/* People and their numbers, and the numbers that nobody knows yet. Same rules as store/store.h. */
#ifndef KABAR_STORE_CONTACT_H
#define KABAR_STORE_CONTACT_H

#include "base/role.h"
#include "store/area.h"

enum contact_state { CONTACT_PENDING, CONTACT_ACTIVE, CONTACT_BLOCKED, CONTACT_STATE_COUNT };
const char *contact_state_to_string(enum contact_state state);

struct contact {
    int64_t id, area_id; /* area 0: none; of a person with several the first, or the one that is listed */
    int n_further;       /* of what was read: areas beside the first */
    enum contact_role role;
    enum contact_state state;
    char name[NAME_MAX_BYTES];
    char phone[MSISDN_MAX]; /* E.164; the one asked for, or the first */
    char locale[8];         /* "id" */
    char area_code[AREA_CODE_MAX];
    int64_t created_ms; /* of what was read; not of what is added */
};

/* phone must be E.164. An existing phone is -EEXIST, naming its owner. */
MUST_CHECK int store_contact_add(struct store *store, const struct contact *contact, int64_t now_ms, int64_t *ret_id,
                                 struct error *error);
/* A further number of the same person. Either way the number is not a stranger's any more. */
MUST_CHECK int store_contact_phone_add(struct store *store, int64_t id, const char *phone, int64_t now_ms,
                                       struct error *error);
MUST_CHECK int store_contact_by_phone(struct store *store, const char *phone, struct contact *ret_contact,
                                      struct error *error); /* -ENOENT */
MUST_CHECK int store_contact_set_state(struct store *store, int64_t id, enum contact_state state, struct error *error);
typedef int contact_each(void *data, const struct contact *contact);
/* Each person once. role ROLE_COUNT and state CONTACT_STATE_COUNT mean any; area_code NULL: everywhere, else who stands
 * for it or for one below it. */
MUST_CHECK int store_contact_list(struct store *store, enum contact_role role, enum contact_state state,
                                  const char *area_code, contact_each *each, void *data, struct error *error);

/* The same of those who are active, each with every area that they stand for. */
MUST_CHECK int store_contact_list_by_area(struct store *store, enum contact_role role, const char *area_code,
                                          contact_each *each, void *data, struct error *error);

/* Those who are active and stand for the area of that code, for one above it or one in it; each for every such area,
 * with its code. */
MUST_CHECK int store_contact_list_around(struct store *store, const char *area_code, contact_each *each, void *data,
                                         struct error *error);

/* What a person stands for, the first area first, the others by code. */
enum { CONTACT_AREAS_MAX = 8 };
MUST_CHECK int store_contact_areas(struct store *store, int64_t id, area_each *each, void *data, struct error *error);
/* Those beside the first are from now on these; the first may be among them. */
MUST_CHECK int store_contact_areas_set(struct store *store, int64_t id, const int64_t *area_ids, size_t n,
                                       struct error *error);

/* An unknown number that wrote, for the operator's list of people to register: counts, remembers when and when
 * answered. */
MUST_CHECK int store_stranger_seen(struct store *store, const char *phone, int64_t now_ms, int64_t *ret_answered_ms,
                                   struct error *error); /* *ret_answered_ms 0: never */
MUST_CHECK int store_stranger_answered(struct store *store, const char *phone, int64_t now_ms, struct error *error);
struct stranger {
    char phone[MSISDN_MAX];
    int64_t messages, first_ms, last_ms, answered_ms; /* answered 0: never */
};
typedef int stranger_each(void *data, const struct stranger *stranger);
/* Who wrote last, first; limit 0: all. */
MUST_CHECK int store_stranger_list(struct store *store, int64_t limit, stranger_each *each, void *data,
                                   struct error *error);

/* Forgets all but those who wrote last; first those who wrote later than now, by a clock that was ahead. */
MUST_CHECK int store_stranger_keep(struct store *store, int64_t keep, int64_t now_ms, struct error *error);

/* ---- what an operator changes ---- */

/* Name, role, first area and locale are from now on those of contact->id as given. -ENOENT: no such contact, or no such
 * area. Reports stay with the area they were sent for. */
MUST_CHECK int store_contact_edit(struct store *store, const struct contact *contact, struct error *error);

/* Whatever waits to be sent to the person is taken back for good; what a modem has in hand is not submitted again, what
 * is uncertain is given up. *ret_count: how many messages. */
MUST_CHECK int store_contact_silence(struct store *store, int64_t id, int64_t now_ms, int64_t *ret_count,
                                     struct error *error);

/* Takes a number away from a person; the others stay. -ENOENT: it is their only one. */
MUST_CHECK int store_contact_phone_remove(struct store *store, int64_t id, const char *phone, struct error *error);

struct forgotten {
    int64_t received, sent, cancelled; /* messages emptied; of those sent, taken back from the queue */
};
/*
 * Erases the person (docs/design.md 9): name, numbers, the texts received and sent, tokens of problems, rows of the
 * audit. The numbers reported stay. What is freed in the file is overwritten; backups are not touched. -EBUSY: a
 * message to the person is in a modem's hands at this moment.
 */
MUST_CHECK int store_contact_forget(struct store *store, int64_t id, struct forgotten *ret_forgotten,
                                    struct error *error);

#endif
