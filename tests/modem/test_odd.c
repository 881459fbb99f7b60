/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Answers that no standard has, and that modems in the field give: whatever the form of a listing or of a refusal, the
 * worker lives, what can be read is read, and what was refused counts as refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "modem/supervise.h"
#include "rig.h"
#include "sim.h"

/* "Hello" of a second of its own, so that none is taken for another that was read before. */
#define HELLO(second) "0891261832009099F9040C9126183200001000006211108000" second "8205C8329BFD06"

static struct rig rig;
static struct sim sim;

static int setup(void **state)
{
    static const char *const options[] = {"--boot", "0", "--ds", "02", "--me", "0", NULL};
    (void)state;
    sim_open(&sim, options);
    struct modem_options modem = rig_options("dku2at", sim.link, "");
    modem.poll_ms = 200;
    rig_open(&rig, NULL, &modem);
    rig_until(&rig, rig.ready == 1 && rig.networks >= 1 && modem_state(rig.modem) == MODEM_IDLE);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    rig_close(&rig, true);
    sim_close(&sim);
    return 0;
}

static bool heard_hello(void)
{
    for (size_t i = 0; i < rig.n_parts; i++)
        if (strcmp(rig.parts[i].text, "Hello") == 0)
            return true;
    return false;
}

/* Each with one SMS that can be read. */
static void listings_of_any_form(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "+CMGL: 3,1,,22\\r\\n" HELLO("00") "\\r\\n+CMGL: 3,1,,22\\r\\n" HELLO("00"), /* a place twice */
        "+CMGL: 0,1,,22\\r\\n" HELLO("10"),
        "+CMGL:3,1,,22\\r\\n" HELLO("20"),
        "+CMGL: 3,1,\"\",22\\r\\n" HELLO("30"),
        "+CMGL: 3,1,\"Siti\",22\\r\\n" HELLO("40"),
        "+CMGL: 3,1,,22\\r\\n" HELLO("50") "\\r\\n\\r\\n\\r\\n+CUSD: 0,\\\"Rp 1\\\",15",
        "+CMTI: \"SM\",9\\r\\n+CMGL: 3,1,,22\\r\\n" HELLO("01"),
        "+CMGL: 3,1,,22\\r\\n" HELLO("11") "\\r\\n+CMTI: \"SM\",9",
        "^RSSI:17\\r\\n+CMGL: 3,1,,22\\r\\n" HELLO("21"),
        "+CMGL: 3,1,,22\\r\\n" HELLO("21") "\\r\\n^BOOT:1,0,0,0,6",
        "+CMGL: 3,1,,22\\r\\n" HELLO("31") "\\r\\n+CMGL: -1,1,,22\\r\\n" HELLO("41"),
        "+CMGL: 3,1,,22\\r\\n" HELLO("51") "\\r\\n+CMGL: 99999,1,,22\\r\\n" HELLO("02"),
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        rig_forget(&rig);
        sim_do(&sim, "answer CMGL %s", rows[i]);
        rig_until(&rig, heard_hello());
        sim_do(&sim, "answer CMGL off");
        sim_works(&sim, &rig);
    }
}

static void refusals_of_any_form(void **state)
{
    (void)state;
    static const int codes[] = {38, 41, 42, 47, 500, 512, 515, 999, 9999};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        rig_forget(&rig);
        sim_do(&sim, "fail CMGS %d times=1", codes[i]);
        rig_send(&rig, 100 + (int64_t)i);
        rig_until(&rig, rig.n_results == 1);
        if (rig.results[0].result != SUBMIT_TRANSIENT)
            fail_msg("%d: result %d, cause %d", codes[i], (int)rig.results[0].result, (int)rig.results[0].cause);
    }
    sim_works(&sim, &rig);
    assert_int_equal(rig.downs, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(listings_of_any_form),
        cmocka_unit_test(refusals_of_any_form),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
