/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An outbox in a world, two modems configured of which the first is up, and what the network makes of each part: the
 * test says it, the clock is moved by hand.
 */
#ifndef KABAR_TESTS_CORE_RADIO_H
#define KABAR_TESTS_CORE_RADIO_H

#include "core/outbox/outbox.h"
#include "core/outbox/outbox_queue.h"
#include "store/suspect.h"
#include "world.h"

struct radio {
    struct world w;
    struct outbox *outbox;
    enum submit_result next; /* the answer to the next part */
    int cause;               /* and its cause */
    int sent;                /* parts that the network took */
    int tp_mr;
    char last[MO_TEXT_BYTES], last_to[MO_ADDRESS_MAX];
};

static inline int radio_start(void **state)
{
    static struct radio radio;
    radio = (struct radio){.next = SUBMIT_OK, .cause = 332};
    struct world *w = &radio.w;
    world_start(
        w, "modems = ( { name = \"sim1\"; connection = \"at\"; device = \"/dev/ttyUSB0\"; prefixes = [ \"0812\" ]; },\n"
           "  { name = \"sim2\"; connection = \"at\"; device = \"/dev/ttyUSB1\"; prefixes = [ \"0857\" ]; } );\n");
    must(outbox_open(w->box, &radio.outbox, NULL, &w->error));
    outbox_modem_up(radio.outbox, "sim1", true);
    *state = &radio;
    return 0;
}

static inline int radio_end(void **state)
{
    struct radio *radio = *state;
    radio->outbox = outbox_close(radio->outbox);
    world_end(&radio->w);
    return 0;
}

/* The box dies and comes back. */
static inline struct mt_recovered restart(struct radio *radio)
{
    struct world *w = &radio->w;
    struct mt_recovered recovered = {0};
    radio->outbox = outbox_close(radio->outbox);
    world_close(w);
    world_open(w);
    must(store_suspect_recover(w->store, "", &w->error));
    must(outbox_open(w->box, &radio->outbox, &recovered, &w->error));
    outbox_modem_up(radio->outbox, "sim1", true);
    return recovered;
}

static inline int64_t queue(struct radio *radio, enum mt_kind kind, const char *to, const char *text)
{
    struct world *w = &radio->w;
    int64_t id = 0;
    const struct outbox_order order = {.kind = kind, .recipient = to, .text = text, .now_ms = w->clock.wall};
    must(store_begin(w->store, &w->error));
    must(outbox_queue(w->box, &order, &id, &w->error));
    must(store_commit(w->store, &w->error));
    return id;
}

static inline int take_message(void *data, const struct mt_message *mt)
{
    *(struct mt_message *)data = *mt;
    return 1;
}

static inline struct mt_message message_of(struct radio *radio, int64_t id)
{
    struct world *w = &radio->w;
    struct mt_message mt = {.id = 0};
    struct mt_filter filter = {.id = id, .limit = 1};
    must(store_mt_list(w->store, &filter, take_message, &mt, &w->error));
    assert_true(mt.id == id);
    return mt;
}

static inline void assert_state(struct radio *radio, int64_t id, enum mt_state state)
{
    assert_string_equal(mt_state_to_string(message_of(radio, id).state), mt_state_to_string(state));
}

static inline bool claim(struct radio *radio, const char *modem, struct mt_submit *submit)
{
    int result = outbox_next(radio->outbox, modem, submit, &radio->w.error);
    assert_true(result == OUTBOX_SUBMIT || result == OUTBOX_NOTHING);
    return result == OUTBOX_SUBMIT;
}

/* One part goes to the radio and its answer comes back; false: nothing to send. */
static inline bool turn(struct radio *radio, const char *modem)
{
    struct world *w = &radio->w;
    struct mt_submit submit;
    if (!claim(radio, modem, &submit))
        return false;
    bool taken = radio->next == SUBMIT_OK;
    if (taken || radio->next == SUBMIT_UNKNOWN)
        must(outbox_leaving(radio->outbox, modem, submit.part_id, &w->error));
    if (taken) {
        radio->sent++;
        radio->tp_mr = (radio->tp_mr + 1) % 256;
        memcpy(radio->last, submit.text, sizeof radio->last);
        memcpy(radio->last_to, submit.recipient, sizeof radio->last_to);
    }
    must(world_submitted(radio->outbox, modem, submit.part_id, radio->next, taken ? 0 : radio->cause,
                         taken ? radio->tp_mr : -1, &w->error));
    return true;
}

/* Everything that is due; returns the parts that went out. */
static inline int drain(struct radio *radio)
{
    int before = radio->sent;
    while (turn(radio, "sim1"))
        continue;
    return radio->sent - before;
}

static inline void pass(struct radio *radio, int64_t ms)
{
    struct world *w = &radio->w;
    world_pass(w, ms);
    must(outbox_tick(radio->outbox, &w->error));
}

static inline void report(struct radio *radio, const char *to, int tp_mr, enum report_result result, bool expected)
{
    struct world *w = &radio->w;
    bool matched = false;
    struct mt_report report = {.tp_mr = tp_mr, .result = result};
    (void)snprintf(report.recipient, sizeof report.recipient, "%s", to);
    must(outbox_report(radio->outbox, &report, &matched, &w->error));
    assert_int_equal(matched, expected);
}

#endif
