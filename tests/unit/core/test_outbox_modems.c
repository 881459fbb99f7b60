/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which of two modems a message goes by. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/outbox/outbox_modems.h"

enum { NOW_MS = 1000 };

/* sim1 is for 0812, sim2 for 0857; who yields leaves it to the other. */
static const struct row {
    const char *what, *recipient;
    enum mt_state state;
    const char *last; /* that had it last */
    int parts_sent;
    bool up2;
    int64_t pause2_ms;
    bool yields1, yields2;
} rows[] = {
    {"a number of sim1's", "+628123", MT_QUEUED, "", 0, true, 0, false, true},
    {"a number of sim2's", "+628573", MT_QUEUED, "", 0, true, 0, true, false},
    {"nobody's number", "+628993", MT_QUEUED, "", 0, true, 0, false, false},
    {"begun on sim2", "+628123", MT_QUEUED, "sim2", 1, true, 0, true, false},
    {"refused by sim1", "+628123", MT_RETRY_WAIT, "sim1", 0, true, 0, true, false},
    {"refused by sim2", "+628573", MT_RETRY_WAIT, "sim2", 0, true, 0, false, true},
    {"nobody's, refused by sim1", "+628993", MT_RETRY_WAIT, "sim1", 0, true, 0, true, false},
    {"refused by sim1, sim2 down", "+628123", MT_RETRY_WAIT, "sim1", 0, false, 0, false, false},
    {"refused by sim1, sim2 without a network", "+628123", MT_RETRY_WAIT, "sim1", 0, true, NOW_MS + 1, false, false},
    {"the second part refused by sim1", "+628573", MT_RETRY_WAIT, "sim1", 1, true, 0, false, true},
    {"lost with the network of sim1", "+628123", MT_QUEUED, "sim1", 0, true, 0, false, true},
};

static void each_message_has_its_modem(void **state)
{
    (void)state;
    static const char *const prefixes[] = {"+62812", "+62857"};
    const struct modem_settings configured[] = {{.name = "sim1", .prefixes = {&prefixes[0], 1}},
                                                {.name = "sim2", .prefixes = {&prefixes[1], 1}}};
    const struct settings settings = {.modems = configured, .n_modems = 2};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct outbox_modems modems = {.n = 0};
        struct outbox_modem *sim1 = outbox_modem_get(&modems, "sim1"), *sim2 = outbox_modem_get(&modems, "sim2");
        sim1->up = true;
        sim2->up = row->up2;
        sim2->pause_until_ms = row->pause2_ms;
        struct mt_message message = {.state = row->state, .parts_sent = row->parts_sent};
        (void)snprintf(message.recipient, sizeof message.recipient, "%s", row->recipient);
        (void)snprintf(message.modem, sizeof message.modem, "%s", row->last);
        bool yields1 = outbox_modem_yields(&modems, sim1, &settings, &message, NOW_MS);
        bool yields2 = outbox_modem_yields(&modems, sim2, &settings, &message, NOW_MS);
        if (yields1 != row->yields1 || yields2 != row->yields2)
            fail_msg("%s: yields %d %d", row->what, yields1, yields2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_message_has_its_modem)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
