/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Notes: messages that tell of something instead of numbers. Same rules as store/store.h. */
#ifndef KABAR_STORE_NOTE_H
#define KABAR_STORE_NOTE_H

#include "store/store.h"

struct note_row {
    int64_t id, mo_id, contact_id;
    int64_t created_ms, done_ms; /* done 0: nobody has dealt with it yet */
    bool emergency;
    int told; /* people it was passed on to */
    char area_code[AREA_CODE_MAX], area_name[NAME_MAX_BYTES];
    /* of what is read: */
    char sender[64], name[NAME_MAX_BYTES];
    const char *text; /* lives for the call */
};

/* Writes mo_id, contact_id, area, emergency and created_ms. */
MUST_CHECK int store_note_add(struct store *store, const struct note_row *note, int64_t *ret_id, struct error *error);
MUST_CHECK int store_note_told(struct store *store, int64_t id, int told, struct error *error);
/* Of one sender since then. */
MUST_CHECK int store_note_count(struct store *store, int64_t contact_id, int64_t since_ms, int64_t *ret_n,
                                struct error *error);

struct note_filter {
    bool all;              /* also those that were dealt with */
    const char *area_code; /* it and all below; NULL everywhere */
    int64_t since_ms, limit;
};
typedef int note_each(void *data, const struct note_row *note);
/* The newest first, emergencies that are open before all others. */
MUST_CHECK int store_note_list(struct store *store, const struct note_filter *filter, note_each *each, void *data,
                               struct error *error);

struct note_counts {
    int64_t open, emergencies; /* nobody has dealt with them yet */
    int64_t untold;            /* … nor were they passed on to anybody */
};
MUST_CHECK int store_note_counts(struct store *store, struct note_counts *ret_counts, struct error *error);

/* -ENOENT: there is no such note. */
MUST_CHECK int store_note_message(struct store *store, int64_t id, int64_t *ret_mo_id, struct error *error);
/* The note of that message, where there is one that is open, was answered by hand: it is dealt with. */
MUST_CHECK int store_note_answered(struct store *store, int64_t mo_id, int64_t now_ms, struct error *error);
/* Notes nobody has dealt with of which every SMS to whoever was to be told failed, or there was none; and SMS of forms'
 * alerts that were held or failed since then. */
MUST_CHECK int store_note_unheard(struct store *store, int64_t since_ms, int64_t *ret_n, struct error *error);

/* Somebody has dealt with it. -ENOENT: there is no such note that is open. */
MUST_CHECK int store_note_done(struct store *store, int64_t id, int64_t now_ms, struct error *error);

#endif
