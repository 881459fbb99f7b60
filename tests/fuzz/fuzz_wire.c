/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as a datagram of either side: what is taken is in range, and survives being written and read again. */
#include <stdint.h>
#include <string.h>

#include "modem/proto.h"

static void check_place(struct mo_place place)
{
    KABAR_ASSERT(place.location >= 0);
}

static void check_time(int64_t ms)
{
    KABAR_ASSERT(ms >= 0 && ms < WIRE_TIME_END);
}

static void check_text(const char *text, size_t size)
{
    KABAR_ASSERT(memchr(text, '\0', size));
}

static void check_concat(int32_t ref, int32_t total, int32_t seq)
{
    KABAR_ASSERT(ref >= -1 && ref <= 65535 && total >= 1 && total <= 255 && seq >= 1 && seq <= total);
}

/* What kabard reckons with. */
static void check(const struct wire_message *message)
{
    const struct mo_part *part = &message->mo;
    const struct mt_report *report = &message->report;
    if (message->type == WIRE_MO) {
        check_place(part->place);
        check_time(part->sent_ms);
        check_concat(part->concat_ref, part->concat_total, part->concat_seq);
        check_text(part->text, sizeof part->text);
        KABAR_ASSERT((unsigned)part->kind < MO_KIND_COUNT);
    } else if (message->type == WIRE_REPORT) {
        check_place(report->place);
        check_time(report->sent_ms);
        check_time(report->discharged_ms);
        KABAR_ASSERT(report->tp_mr >= 0 && report->tp_mr <= 255 && (unsigned)report->result <= REPORT_FAILED);
    } else if (message->type == WIRE_SUBMITTED) {
        KABAR_ASSERT((unsigned)message->submitted.result <= SUBMIT_UNKNOWN && message->submitted.cause >= -1);
    } else if (message->type == WIRE_DELETED) {
        KABAR_ASSERT(message->deleted.n_failed >= 0 && message->deleted.n_failed <= WIRE_DELETE_MAX);
    } else if (message->type == WIRE_NETWORK) {
        KABAR_ASSERT(message->network.signal_percent <= 100 && message->network.sim_used >= -1);
    } else if (message->type == WIRE_FAILED) {
        KABAR_ASSERT((unsigned)message->failed.failure < WIRE_FAILURE_COUNT);
        check_text(message->failed.why, sizeof message->failed.why);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct wire_message message, again;
    uint8_t bytes[WIRE_MAX], twice[WIRE_MAX];
    for (int side = WIRE_PARENT; side <= WIRE_WORKER; side++) {
        struct error error = {""};
        if (wire_decode(data, size, (enum wire_side)side, &message, &error) < 0) {
            KABAR_ASSERT(error.text[0]);
            continue;
        }
        check(&message);
        size_t len = wire_encode(&message, bytes);
        KABAR_ASSERT(len == size && memcmp(bytes, data, size) == 0);
        KABAR_ASSERT(wire_decode(bytes, len, (enum wire_side)side, &again, &error) == 0);
        KABAR_ASSERT(wire_encode(&again, twice) == len && memcmp(bytes, twice, len) == 0);
    }
    return 0;
}
