/* SPDX-License-Identifier: GPL-2.0-or-later */
/* MO: every part and every message as it was received. Same rules as store/store.h. */
#ifndef KABAR_STORE_MO_H
#define KABAR_STORE_MO_H

#include "store/store.h"

/* One part as it came from a modem; see modem/port.h for the meaning. Texts are terminated. */
struct mo_part_row {
    const char *modem, *sender, *smsc, *kind; /* kind: mo_kind_to_string() */
    const char *text, *raw;
    int64_t sent_ms, received_ms;
    int concat_ref, concat_total, concat_seq;
};

enum mo_part_put { MO_PART_NEW, MO_PART_KNOWN };

/* Stores a part unless (sender, SCTS, concatenation reference, part, text) is known. *ret_id is its row either way. */
MUST_CHECK int store_mo_part_put(struct store *store, const struct mo_part_row *part, enum mo_part_put *ret_put,
                                 int64_t *ret_id, struct error *error);
/* The same without storing it; *ret_id 0: it is not known. */
MUST_CHECK int store_mo_part_known(struct store *store, const struct mo_part_row *part, int64_t *ret_id,
                                   struct error *error);

/* Parts of one concatenated message that wait for one another: same sender, reference and total, not yet in a message.
 * Calls each in order of sequence; where a sequence number waits several times, the newest first. */
struct mo_waiting_part {
    int64_t id, sent_ms, received_ms;
    int concat_seq;
    const char *text; /* lives for the call */
};
typedef int mo_waiting_each(void *data, const struct mo_waiting_part *part);
MUST_CHECK int store_mo_waiting(struct store *store, const char *sender, int concat_ref, int concat_total,
                                mo_waiting_each *each, void *data, struct error *error);
/* The same of those that are in a message already. */
MUST_CHECK int store_mo_parts(struct store *store, int64_t mo_id, mo_waiting_each *each, void *data,
                              struct error *error);
/* The incomplete message that a part which waits belongs to, 0 none: of those with its sender, reference and total that
 * were stamped within an hour of it, the nearest is in that message, which has no other text in its place. */
MUST_CHECK int store_mo_find_incomplete(struct store *store, int64_t part_id, int64_t *ret_mo_id, struct error *error);
/* How many parts wait for others, of all senders. */
MUST_CHECK int store_mo_waiting_count(struct store *store, int64_t *ret_parts, struct error *error);
/* The oldest group of which no part has come since before_received_ms, so that it can be given up on; one that came a
 * month later than that did so by a clock that was ahead. -ENOENT: none. */
struct mo_group {
    char sender[64], modem[32];
    int concat_ref, concat_total;
    int64_t oldest_received_ms;
};
MUST_CHECK int store_mo_stale_group(struct store *store, int64_t before_received_ms, struct mo_group *ret_group,
                                    struct error *error);

/* What became of a whole message: mo_message.outcome. */
enum mo_outcome {
    MO_REPORT, /* read as a report, whatever its statuses */
    MO_COMMAND,
    MO_CHAT,
    MO_EMPTY,
    MO_UNKNOWN,      /* nobody understood it: the operator's queue */
    MO_UNREGISTERED, /* sender not registered, pending or blocked */
    MO_UNANSWERABLE, /* alphabetic sender, short code, the box's own number */
    MO_NOT_TEXT,     /* binary, MMS notification, USSD, flash */
    MO_UNREAD,       /* could not be decoded */
    MO_INCOMPLETE,   /* parts are missing after the wait */
    MO_OVER_LIMIT,   /* over a cap, or the third identical text: stored, processed, not answered */
    MO_OUTCOME_COUNT
};
const char *mo_outcome_to_string(enum mo_outcome outcome);

struct mo_message {
    int64_t id;
    char uid[UID_MAX];
    char modem[32], sender[64];
    int64_t contact_id; /* 0: none */
    int64_t sent_ms, received_ms;
    enum mo_outcome outcome;
    int parts;
    bool handled;     /* of what was read: an operator has dealt with it */
    const char *text; /* lives for the call */
};

/* Makes one message of the parts given, which then wait no more. *ret_id and the uid are new. */
MUST_CHECK int store_mo_message_add(struct store *store, const struct mo_message *message, const int64_t *part_ids,
                                    size_t n_parts, int64_t *ret_id, struct error *error);
/* A late part joins an incomplete message … */
MUST_CHECK int store_mo_part_join(struct store *store, int64_t part_id, int64_t mo_id, struct error *error);
/* … whose outcome, contact, parts and text are then as given for message->id. One that came to be whole is the
 * operator's again, who may have dealt with what there was. */
MUST_CHECK int store_mo_message_complete(struct store *store, const struct mo_message *message, struct error *error);
MUST_CHECK int store_mo_message_set_outcome(struct store *store, int64_t id, enum mo_outcome outcome,
                                            struct error *error);
/* An operator has dealt with it: it leaves the list of what nobody understood. */
MUST_CHECK int store_mo_message_set_handled(struct store *store, int64_t id, int64_t now_ms, struct error *error);
/* Earlier messages of the sender with this very text, received since and stamped less than an hour from sent_ms. */
MUST_CHECK int store_mo_same_text(struct store *store, const char *sender, struct view text, int64_t since_ms,
                                  int64_t sent_ms, int64_t *ret_count, struct error *error);

struct mo_filter {
    const char *sender;    /* NULL any */
    const char *area_code; /* NULL any; else of contacts there and below */
    int64_t since_ms;
    int64_t limit;    /* newest first */
    bool unread_only; /* outcome unknown, unread, incomplete, and not handled yet */
    int64_t id;       /* 0 any */
    const char *text; /* NULL any; else what the text holds, in any case of ASCII's letters */
};
typedef int mo_each(void *data, const struct mo_message *message);
MUST_CHECK int store_mo_list(struct store *store, const struct mo_filter *filter, mo_each *each, void *data,
                             struct error *error);

#endif
