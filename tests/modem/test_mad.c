/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A worker that has gone mad: whatever it says and however much, it is said to have broken the protocol, and another
 * one is started, later each time; what it told until then is little. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "modem/supervise.h"
#include "rig.h"

enum { TOLD_MAX = 1000 + 50 * 120 }; /* what a worker may tell by itself in RIG_PATIENCE_MS */

static int told;

static void count_mo(void *data, struct modem *modem, const struct mo_part *parts, size_t n_parts)
{
    (void)data;
    told += (int)n_parts;
    for (size_t i = 0; i < n_parts; i++)
        modem_delete(modem, parts[i].place);
}

static void count_report(void *data, struct modem *modem, const struct mt_report *report)
{
    (void)data;
    (void)modem;
    (void)report;
    told++;
}

static void count_text(void *data, struct modem *modem, const char *text)
{
    (void)data;
    (void)modem;
    (void)text;
    told++;
}

static void a_mad_worker_is_replaced(void **state)
{
    (void)state;
    static const struct {
        const char *mode, *why;
    } rows[] = {
        {"alive", "at once that nobody asked for"},
        {"new", "at once that nobody asked for"},
        {"log", "at once that nobody asked for"},
        {"ussd", "at once that nobody asked for"},
        {"report", "at once that nobody asked for"},
        {"mo", "at once that nobody asked for"},
        {"endless", "a batch of more than 16"},
        {"again", "a batch of more than 16"},
        {"reports", "a batch of more than 16"},
        {"more", "more of nothing, again and again"},
        {"deleted", "more could not be deleted than was to be"},
        {"answer", "a listed was not asked for"},
        {"half", "does not fit its"},
        {"long", "a message longer than any"},
        {"type", "a message of type 200 was not expected"},
        {"length", "does not fit its"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char device[64];
        static struct rig rig;
        (void)snprintf(device, sizeof device, "/nowhere/%s", rows[i].mode);
        struct modem_options options = rig_options("none", device, "dummy");
        options.worker = KABAR_MAD_WORKER;
        options.backoff_ms = 20;
        told = 0;
        rig_open(&rig, NULL, &options);
        struct modem_events counting = *rig.modem->events;
        counting.mo = count_mo;
        counting.report = count_report;
        counting.log = counting.ussd = count_text;
        rig.modem->events = &counting;
        for (int downs = 1; downs <= 4; downs++) { /* none of them makes the others forgotten */
            rig_until(&rig, rig.downs >= downs);
            if (!strstr(rig.why, "the worker broke the protocol: ") || !strstr(rig.why, rows[i].why))
                fail_msg("%s: %s", rows[i].mode, rig.why);
            assert_true(rig.modem->failures >= downs);
        }
        assert_in_range(told, 0, 4 * TOLD_MAX);
        rig_close(&rig, true);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mad_worker_is_replaced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
