/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the outbox's tables share. */
#ifndef KABAR_STORE_MT_INTERNAL_H
#define KABAR_STORE_MT_INTERNAL_H

#include "store/mt.h"
#include "store/store_internal.h"

extern const char *const mt_kinds[MT_KIND_COUNT];
extern const char *const mt_states[MT_STATE_COUNT];

/* After all kinds, as they are stored: answers to people whom nobody knows, alerts that are urgent. */
enum { MT_PRIORITY_STRANGER = MT_KIND_COUNT, MT_PRIORITY_URGENT, MT_PRIORITIES };

/* The columns that mt_row() reads. */
#define MT_SELECT                                                                                                      \
    "SELECT id, uid, kind, state, state_ms, priority, recipient, coalesce(contact_id, 0), coalesce(mo_id, 0),"         \
    "  created_ms, not_before_ms, expires_ms, next_attempt_ms, attempts, retries, parts, parts_sent, modem, cause,"    \
    "  cancel_wanted, text,"                                                                                           \
    "  (SELECT count(*) FROM attempt WHERE mt_id = mt_message.id AND result = 'uncertain' AND part_id ="               \
    "   (SELECT part.id FROM mt_part AS part WHERE part.mt_id = mt_message.id AND sent_ms IS NULL"                     \
    "    ORDER BY part.seq LIMIT 1)), job FROM mt_message"
MUST_CHECK int mt_row(struct store *store, sqlite3_stmt *statement, struct mt_message *ret_message,
                      struct error *error);

/* Any legal transition, those of an attempt included; -ENOENT where the message is not in that state. */
MUST_CHECK int mt_move(struct store *store, int64_t id, enum mt_state from, enum mt_state to, int64_t now_ms,
                       int64_t next_attempt_ms, struct error *error);

/*
 * Runs a statement once for each state of a mask, all of which may become `to`: its last two parameters are the state
 * that was and the one that will be, before them stand those of args (at most MOVE_ARGS_MAX). *ret_count (NULL: not
 * asked for): the rows changed.
 */
enum { MOVE_ARGS_MAX = 3 };
MUST_CHECK int mt_move_all(struct store *store, int id, unsigned from_mask, enum mt_state to, const struct arg *args,
                           size_t n_args, int64_t *ret_count, struct error *error);

#endif
