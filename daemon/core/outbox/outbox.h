/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The outbox: what goes out, when, by which modem (docs/design.md 10). Its state is the database's; what stands in
 * memory is which modem is up and which attempt each one has in hand, and all of that may be lost at any moment.
 *
 * An attempt is committed before the modem is told, and once more before it is let go. A crash between the two has sent
 * nothing; a crash after the second makes it uncertain, never failed.
 */
#ifndef KABAR_CORE_OUTBOX_OUTBOX_H
#define KABAR_CORE_OUTBOX_OUTBOX_H

#include <stdbool.h>
#include <stdint.h>

#include "core/box.h"
#include "modem/port.h"
#include "store/mt.h"

struct outbox;

/* After store_suspect_recover(). Settles what a former life left in hand (*ret_recovered, NULL is fine: what became of
 * it), and expires what has become too old meanwhile. The box outlives the outbox. */
MUST_CHECK int outbox_open(const struct box *box, struct outbox **ret_outbox, struct mt_recovered *ret_recovered,
                           struct error *error);
struct outbox *outbox_close(struct outbox *outbox); /* NULL is fine; returns NULL */

/* A modem can send now (it was opened, or has a network again), or can't: for preference by prefix and failover.
 * Unknown modems are down. */
void outbox_modem_up(struct outbox *outbox, const char *modem, bool up);

enum outbox_next {
    OUTBOX_SUBMIT = 1, /* *ret_submit is claimed and committed: hand it over */
    OUTBOX_NOTHING     /* nothing is due, paced out, quiet hours, or another modem is preferred */
};
/* What this modem, which has nothing in hand, should send now. Returns an enum outbox_next or a negative errno. */
MUST_CHECK int outbox_next(struct outbox *outbox, const char *modem, struct mt_submit *ret_submit, struct error *error);

/* The part in hand is about to leave the modem: remembers it, in a transaction of its own. Only after it has returned 0
 * may the part go. -ENOENT: this modem does not have that part in hand. */
MUST_CHECK int outbox_leaving(struct outbox *outbox, const char *modem, int64_t part_id, struct error *error);

/* The message whose part that modem has in hand, to be told of; NULL where it has another or none. */
const struct mt_message *outbox_in_hand(struct outbox *outbox, const char *modem, int64_t part_id);

/* How it ended, and what this modem should send then (ret_submit NULL: nothing), in one transaction: of both something
 * is stored or of neither. A part_id that this modem does not have in hand (a late answer of a former life) is ignored.
 * Returns an enum outbox_next or a negative errno. */
MUST_CHECK int outbox_settle_and_next(struct outbox *outbox, const char *modem, int64_t part_id,
                                      enum submit_result result, int cause, int tp_mr, struct mt_submit *ret_submit,
                                      struct error *error);

/* Whether the network refuses whatever the modem's SIM sends, and with which cause: no credit, barred. Its messages
 * wait, one is tried now and then, and with the first that is taken all go on. */
bool outbox_sim_is_barred(struct outbox *outbox, const char *modem, int32_t *ret_cause);

/* A status report. *ret_matched: it belongs to something we sent; either way the modem's copy may be deleted once this
 * has returned 0. */
MUST_CHECK int outbox_report(struct outbox *outbox, const struct mt_report *report, bool *ret_matched,
                             struct error *error);

/* Once a minute or so: expires what is too old to be useful, settles what stayed uncertain by the policy of its kind
 * (a reply, card, reminder or alert is sent once more; manual ones and broadcasts wait for the operator). */
MUST_CHECK int outbox_tick(struct outbox *outbox, struct error *error);

/* Milliseconds until outbox_next() may have more to say than now (retry due, pace, end of quiet hours); -1: until
 * something is queued. */
MUST_CHECK int outbox_wait_ms(struct outbox *outbox, int64_t *ret_ms, struct error *error);

#endif
