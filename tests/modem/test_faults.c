/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What goes wrong, with real workers on the simulated modem: each fault is survived without a hand. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "modem/supervise.h"
#include "rig.h"
#include "sim.h"

static struct rig rig;
static struct sim sim;

static void open_sim(const char *first, const char *second)
{
    const char *const options[] = {first, second, NULL};
    sim_open(&sim, options);
}

static void wait_ready(int times)
{
    rig_until(&rig, rig.ready == times && rig.networks >= 1 && modem_state(rig.modem) == MODEM_IDLE);
}

static void open_rig(const struct modem_options *options)
{
    rig_open(&rig, NULL, options);
    wait_ready(1);
}

/* Gammu's "dku2at" is its "at" without the half second of waiting after each command. */
static void open_both(void)
{
    open_sim(NULL, NULL);
    struct modem_options options = rig_options("dku2at", sim.link, "");
    open_rig(&options);
}

static void close_both(void)
{
    rig_close(&rig, true);
    sim_close(&sim);
}

static void submit(int64_t id)
{
    struct mt_submit one = rig_submit(id, "+6281230000001", "Terima kasih");
    modem_submit(rig.modem, &one);
}

/* After whatever it was: one comes in and one goes out. */
static void assert_works(void)
{
    size_t parts = rig.n_parts, results = rig.n_results;
    sim_do(&sim, "sms +6281230000009 masih di sini");
    rig_until(&rig, rig.n_parts > parts);
    assert_string_equal(rig.parts[rig.n_parts - 1].text, "masih di sini");
    rig_until(&rig, modem_can_submit(rig.modem));
    submit(1000);
    rig_until(&rig, rig.n_results > results);
    assert_int_equal(rig.results[results].result, SUBMIT_OK);
}

static void opens_as_at115200_and_says_who_it_is(void **state)
{
    (void)state;
    open_sim(NULL, NULL);
    struct modem_options options = rig_options("at115200", sim.link, "");
    open_rig(&options);
    assert_string_equal(rig.identity.imei, "350000000000017");
    assert_string_equal(rig.identity.imsi, "510100000000017");
    /* The network may come between the question for its name and the one for being registered; a minute later tells. */
    rig_until(&rig, rig.network.registered && rig.network.operator_code[0]);
    assert_false(rig.network.roaming);
    assert_in_range(rig.network.signal_percent, 1, 100);
    assert_string_equal(rig.network.operator_code, "510 10");
    modem_stop(rig.modem);
    rig_until(&rig, modem_state(rig.modem) == MODEM_STOPPED);
    close_both();
}

/* The network took it, the answer never came: unknown, not failed, and said once. */
/* libGammu asks for packets first, and not at all for the network where the modem knows none. */
static void a_modem_without_packets_has_a_network(void **state)
{
    (void)state;
    open_sim("--boot", "0");
    sim_do(&sim, "cme CGREG 100 times=9");
    struct modem_options options = rig_options("dku2at", sim.link, "");
    open_rig(&options);
    assert_true(rig.network.registered);
    assert_false(rig.network.roaming);
    assert_works();
    close_both();
}

/* More wait at the SMSC than the SIM holds: they come as it is emptied, and none comes twice. */
static void full_sim_is_drained_oldest_first(void **state)
{
    (void)state;
    enum { N = 30 };
    const char *const places[] = {"--sm", "5", "--me", "0", NULL};
    sim_open(&sim, places);
    struct modem_options options = rig_options("dku2at", sim.link, "");
    open_rig(&options);
    for (int i = 0; i < N; i++)
        sim_do(&sim, "sms +6281230000001 at=2026-11-01T08:%02d:00+07:00 IBU HAMIL %d", i, i);
    rig_until(&rig, rig.n_parts >= N && sim_count(&sim, "deleted") >= N);
    assert_int_equal(rig.n_parts, N);
    for (int i = 0; i < N; i++) {
        char text[32];
        (void)snprintf(text, sizeof text, "IBU HAMIL %d", i);
        assert_string_equal(rig.parts[i].text, text);
    }
    close_both();
}

static void lost_answer_is_unknown(void **state)
{
    (void)state;
    open_sim(NULL, NULL);
    struct modem_options options = rig_options("dku2at", sim.link, "");
    options.submit_ms = 1500;
    open_rig(&options);
    sim_do(&sim, "lose CMGS");
    submit(1);
    rig_until(&rig, rig.n_results == 1);
    assert_int_equal(rig.results[0].result, SUBMIT_UNKNOWN);
    assert_int_equal(rig.downs, 0); /* told before down() */
    rig_until(&rig, rig.downs == 1);
    assert_non_null(strstr(rig.why, "no answer to submit in "));
    wait_ready(2);
    sim_do(&sim, "ledger");
    assert_non_null(strstr(sim.answer, "taken id=1 fate=lost"));
    assert_works();
    close_both();
}

/* Without waiting for the deadline of the whole request, let alone libGammu's 200 s. */
static void silence_in_the_middle_is_noticed(void **state)
{
    (void)state;
    open_sim(NULL, NULL);
    struct modem_options options = rig_options("dku2at", sim.link, "");
    options.silence_ms = 1500;
    open_rig(&options);
    sim_do(&sim, "silent on");
    modem_pause_intake(rig.modem, false);
    rig_until(&rig, rig.downs == 1);
    assert_string_equal(rig.why, "the modem fell silent in the middle of it");
    sim_do(&sim, "silent off");
    rig_until(&rig, rig.ready == 2);
    assert_works();
    close_both();
}

/* … nor is a worker waited for that says nothing at all, while a listing that takes its time is. */
static void slow_worker_is_not_a_dead_one(void **state)
{
    (void)state;
    open_sim(NULL, NULL);
    struct modem_options options = rig_options("dku2at", sim.link, "");
    options.silence_ms = 2500;
    options.list_ms = MS_HOUR;
    open_rig(&options);
    /* The six of an empty listing last longer than a worker without a sign of life is waited for. */
    sim_do(&sim, "delay CPMS 1200 times=12");
    rig_until(&rig, sim_count(&sim, "fault delay CPMS") == 12);
    assert_int_equal(rig.downs, 0);
    rig_until(&rig, rig.modem->op == WIRE_LIST && modem_state(rig.modem) == MODEM_BUSY);
    kill(rig.modem->proc.pid, SIGSTOP);
    rig_until(&rig, rig.downs == 1);
    assert_non_null(strstr(rig.why, "no answer to list in"));
    rig_until(&rig, rig.ready == 2);
    close_both();
}

static void deaf_modem_dies_alone(void **state)
{
    (void)state;
    open_sim(NULL, NULL);
    struct modem_options options = rig_options("dku2at", sim.link, "");
    options.list_ms = 2000;
    open_rig(&options);
    char folder[] = "/tmp/kabar-other-XXXXXX";
    assert_non_null(mkdtemp(folder));
    static struct rig other;
    struct modem_options other_options = rig_options("none", folder, "dummy");
    other_options.name = "sim2";
    rig_open(&other, rig.loop, &other_options);
    rig_until(&other, modem_can_submit(other.modem));
    sim_do(&sim, "silent on");
    modem_pause_intake(rig.modem, false);
    rig_until(&rig, modem_state(rig.modem) == MODEM_BUSY);
    int sent = 0;
    for (int64_t end = rig_now() + RIG_PATIENCE_MS; rig.downs == 0;) {
        if (modem_can_submit(other.modem)) {
            struct mt_submit one = rig_submit(sent++, "+6281230000001", "Terima kasih");
            other.n_results = 0;
            modem_submit(other.modem, &one);
        }
        rig_turn(&rig, end, "the deaf modem is taken down", __FILE__, __LINE__);
    }
    assert_true(sent > 3);
    assert_int_equal(other.downs, 0);
    sim_do(&sim, "silent off");
    rig_until(&rig, rig.ready == 2);
    assert_works();
    rig_close(&other, false);
    close_both();
    rig_remove(folder);
}

static void killed_worker_is_replaced(void **state)
{
    (void)state;
    open_both();
    rig.keep = true;
    sim_do(&sim, "sms +6281230000001 IBU HAMIL 1");
    rig_until(&rig, rig.n_parts >= 1 && modem_state(rig.modem) == MODEM_IDLE);
    kill(rig.modem->proc.pid, SIGKILL);
    rig_until(&rig, rig.downs == 1);
    assert_string_equal(rig.why, "the worker was killed by signal 9 (Killed)");
    rig.keep = false;
    rig_until(&rig, sim_count(&sim, "deleted") == 1);
    assert_works();
    close_both();
}

/* The one that is out when the worker dies is unknown; one that has not left yet never was. */
static void kill_in_the_middle_of_a_submit(void **state)
{
    (void)state;
    open_both();
    sim_do(&sim, "lose CMGS");
    submit(1);
    rig_until(&rig, sim_count(&sim, "submitted") == 1);
    kill(rig.modem->proc.pid, SIGKILL);
    rig_until(&rig, rig.n_results == 1);
    assert_int_equal(rig.results[0].result, SUBMIT_UNKNOWN);
    wait_ready(2);
    close_both();
}

/* Nothing has left before the last octet, whatever happens until then: none of it is unknown, none of it at the
 * network.
 */
static void what_has_not_left_is_known(void **state)
{
    (void)state;
    open_both();
    rig.hold = true;
    submit(1);
    rig_until(&rig, rig.downs == 1);
    assert_int_equal(rig.n_results, 1);
    assert_string_equal(rig.why, "nothing is sent that can't be remembered");
    assert_int_equal(rig.leavings, 1);
    rig.hold = false;
    wait_ready(2);
    sim_do(&sim, "silent on"); /* no prompt */
    submit(2);
    rig_until(&rig, rig.modem->submit_slot == SUBMIT_OPEN);
    kill(rig.modem->proc.pid, SIGKILL);
    rig_until(&rig, rig.n_results == 2);
    sim_do(&sim, "silent off");
    wait_ready(3);
    for (int i = 0; i < 2; i++)
        assert_int_equal(rig.results[i].result, SUBMIT_NO_NETWORK);
    assert_int_equal(sim_count(&sim, "submitted"), 0);
    assert_works();
    close_both();
}

static void unplug(void)
{
    rig.leaving = NULL;
    sim_do(&sim, "unplug");
}

/* Torn out after the text: the Ctrl-Z finds no modem. */
static void unplugged_behind_the_text_has_not_left(void **state)
{
    (void)state;
    open_sim("--verbose", NULL);
    struct modem_options options = rig_options("dku2at", sim.link, "");
    open_rig(&options);
    rig.leaving = unplug;
    submit(1);
    rig_until(&rig, rig.n_results == 1);
    assert_int_equal(rig.results[0].result, SUBMIT_NO_NETWORK);
    sim_do(&sim, "plug");
    wait_ready(2);
    assert_works();
    close_both();
}

static void unplugged_and_plugged_in_again(void **state)
{
    (void)state;
    open_sim(NULL, NULL);
    struct modem_options options = rig_options("dku2at", sim.link, "");
    options.poll_ms = RIG_PATIENCE_MS; /* noticed without asking it */
    open_rig(&options);
    sim_do(&sim, "unplug");
    rig_until(&rig, rig.downs == 2); /* it went away, and then there is none */
    assert_non_null(strstr(rig.why, "ttyUSB0 is not there"));
    rig_idle(&rig, 1500);
    assert_int_equal(rig.downs, 2); /* said once */
    sim_do(&sim, "sms +6281230000001 selama tidak ada");
    sim_do(&sim, "plug");
    rig_until(&rig, rig.n_parts == 1);
    assert_works();
    close_both();
}

static void found_again_by_imei(void **state)
{
    (void)state;
    open_sim("--imei", "350000000000025");
    char scan[80];
    (void)snprintf(scan, sizeof scan, "%s/nothing* %s/ttyUSB*", sim.folder, sim.folder);
    struct modem_options options = rig_options("dku2at", sim.link, "");
    options.imei = "350000000000025";
    options.scan = scan;
    open_rig(&options);
    sim_do(&sim, "unplug");
    rig_until(&rig, rig.downs == 2);
    char other[80];
    (void)snprintf(other, sizeof other, "%s/ttyUSB1", sim.folder);
    rig.taken = other;
    sim_do(&sim, "plug %s", other);
    rig_idle(&rig, 1500);
    assert_null(strstr(rig.log, "ttyUSB1"));
    assert_false(modem_holds(rig.modem, sim.link));
    rig.taken = NULL;
    rig_until(&rig, rig.ready == 2);
    assert_non_null(strstr(rig.log, "ttyUSB1"));
    assert_true(modem_holds(rig.modem, other));
    assert_works();
    close_both();
}

/* The right place, but another modem stands there. */
static void another_modem_is_not_taken(void **state)
{
    (void)state;
    open_sim(NULL, NULL);
    struct modem_options options = rig_options("dku2at", sim.link, "");
    options.imei = "350000000000025";
    options.scan = "";
    rig_open(&rig, NULL, &options);
    rig_until(&rig, rig.downs == 2);
    assert_int_equal(rig.ready, 0);
    assert_non_null(strstr(rig.why, "is the modem with IMEI 350000000000017, not 350000000000025"));
    close_both();
}

static void right_pin_opens_the_sim(void **state)
{
    (void)state;
    open_sim("--pin", "1234");
    struct modem_options options = rig_options("dku2at", sim.link, "");
    options.pin = "1234";
    open_rig(&options);
    assert_string_equal(rig.identity.imsi, "510100000000017");
    assert_works();
    close_both();
}

/* However often the modem is opened: three tries would lock the SIM. */
static void wrong_pin_is_entered_once(void **state)
{
    (void)state;
    open_sim("--pin", "1234");
    struct modem_options options = rig_options("dku2at", sim.link, "");
    options.pin = "9999";
    rig_open(&rig, NULL, &options);
    rig_until(&rig, rig.downs == 1);
    assert_non_null(strstr(rig.why, "refused the PIN"));
    assert_true(modem_pin_refused(rig.modem));
    rig_until(&rig, rig.downs == 3);
    assert_non_null(strstr(rig.why, "needs a PIN: write the right one"));
    sim_do(&sim, "status");
    assert_int_equal(sim_count(&sim, "pin wrong"), 1);
    sim_do(&sim, "pin off");
    wait_ready(1);
    close_both();
}

/* A class 0 message that the modem will not store, and one step of the escalation that it hears. */
static void routed_flash_and_reset(void **state)
{
    (void)state;
    open_sim("--route-class0", NULL);
    struct modem_options options = rig_options("dku2at", sim.link, "");
    open_rig(&options);
    sim_do(&sim, "sms +6281230000001 at=2026-11-01T08:00:00+07:00 class=0 HALO");
    rig_until(&rig, rig.n_parts == 1);
    assert_int_equal(rig.parts[0].kind, MO_FLASH);
    assert_string_equal(rig.parts[0].text, "HALO");
    assert_string_equal(rig.parts[0].sender, "+6281230000001");
    assert_int_equal(rig.parts[0].sent_ms, INT64_C(1793494800000));
    assert_int_equal(rig.parts[0].place.location, 0);
    modem_restart(rig.modem, MODEM_FAULT_SENDING, "it sends nothing");
    rig_until(&rig, rig.ready == 2);
    assert_string_equal(rig.why, "it sends nothing");
    assert_non_null(strstr(rig.log, "with a soft reset"));
    rig_until(&rig, sim_count(&sim, "reset") == 1);
    assert_int_equal(rig.modem->failures, 2); /* being opened proves nothing */
    assert_works();
    assert_int_equal(rig.modem->failures, 0);
    close_both();
}

static void garbage_and_half_lines(void **state)
{
    (void)state;
    open_sim(NULL, NULL);
    struct modem_options options = rig_options("dku2at", sim.link, "");
    options.silence_ms = 1000;
    options.poll_ms = 200;
    open_rig(&options);
    sim_do(&sim, "garbage 200");
    sim_do(&sim, "sms +6281230000001 IBU HAMIL 1");
    sim_do(&sim, "garbage 100");
    rig_until(&rig, rig.n_parts >= 1);
    sim_do(&sim, "halfline");
    sim_do(&sim, "sms +6281230000001 IBU HAMIL 2");
    rig_until(&rig, sim_count(&sim, "deleted") >= 2);
    for (size_t i = 0; i < rig.n_parts; i++)
        assert_int_equal(rig.parts[i].kind, MO_TEXT);
    close_both();
}

/* One that is dead for good: opened anew, reset, its power cut, each step said. */
static void escalation_reaches_the_power_hook(void **state)
{
    (void)state;
    open_sim(NULL, NULL);
    char hook[80], trace[80];
    (void)snprintf(hook, sizeof hook, "%s/hook", sim.folder);
    (void)snprintf(trace, sizeof trace, "%s/trace", sim.folder);
    FILE *file = fopen(hook, "we");
    fprintf(file, "#!/bin/sh\necho \"$1 $2\" >%s\n", trace);
    fchmod(fileno(file), 0700);
    fclose(file);
    struct modem_options options = rig_options("dku2at", sim.link, "");
    options.power_hook = hook;
    options.init_ms = 300;
    sim_do(&sim, "silent on");
    rig_open(&rig, NULL, &options);
    rig_until(&rig, access(trace, R_OK) == 0);
    assert_non_null(strstr(rig.log, "with a soft reset"));
    assert_non_null(strstr(rig.log, "with a hard reset"));
    assert_non_null(strstr(rig.log, "running the power hook"));
    assert_in_range(rig.downs, 4, 7); /* it may fail again before the hook has come to work */
    unlink(hook);
    unlink(trace);
    close_both();
}

/* Whether a message with that text was told. */
static bool was_told(const char *text)
{
    for (size_t i = 0; i < rig.n_parts; i++)
        if (strcmp(rig.parts[i].text, text) == 0)
            return true;
    return false;
}

/* The listing counts what there is and AT+CMGD counts places: after a gap the one's number is another's place. */
static void wrong_place_costs_no_message(void **state)
{
    (void)state;
    open_sim("--ordinal", NULL);
    struct modem_options options = rig_options("dku2at", sim.link, "");
    open_rig(&options);
    rig.keep = true;
    sim_do(&sim, "sms +6281230000001 satu");
    sim_do(&sim, "sms +6281230000001 dua");
    rig_until(&rig, was_told("satu") && was_told("dua") && modem_state(rig.modem) == MODEM_IDLE);
    modem_delete(rig.modem, (struct mo_place){0, 1});
    rig_until(&rig, sim_count(&sim, "deleted") == 1 && modem_state(rig.modem) == MODEM_IDLE);
    rig.n_parts = 0;
    rig_until(&rig, was_told("dua") && modem_state(rig.modem) == MODEM_IDLE);
    assert_int_equal(rig.parts[rig.n_parts - 1].place.location, 1);
    sim_do(&sim, "sms +6281230000001 tiga");
    modem_delete(rig.modem, (struct mo_place){0, 1});
    rig.keep = false;
    rig_until(&rig, was_told("tiga"));
    rig_until(&rig, sim_count(&sim, "deleted") == 3);
    close_both();
}

/* SIGTERM to the daemon in the middle of a submit: it is waited for, then the worker goes. */
static void stop_waits_for_the_open_submit(void **state)
{
    (void)state;
    open_both();
    sim_do(&sim, "delay CMGS 500 times=1");
    submit(1);
    rig_until(&rig, modem_state(rig.modem) == MODEM_BUSY && rig.modem->op == WIRE_SUBMIT);
    modem_stop(rig.modem);
    assert_false(modem_can_submit(rig.modem));
    rig_until(&rig, modem_state(rig.modem) == MODEM_STOPPED);
    assert_int_equal(rig.n_results, 1);
    assert_int_equal(rig.results[0].result, SUBMIT_OK);
    assert_int_equal(rig.downs, 0);
    close_both();
}

/* … but nothing else: a modem that never answers must not hold up the end. */
static void stop_does_not_wait_for_a_deaf_modem(void **state)
{
    (void)state;
    open_both();
    sim_do(&sim, "silent on");
    modem_pause_intake(rig.modem, false);
    rig_until(&rig, modem_state(rig.modem) == MODEM_BUSY);
    submit(1);
    modem_stop(rig.modem);
    rig_until(&rig, modem_state(rig.modem) == MODEM_STOPPED);
    assert_int_equal(rig.downs, 0);
    assert_int_equal(rig.n_results, 1);
    assert_int_equal(rig.results[0].result, SUBMIT_NO_NETWORK);
    close_both();
}

/* Most of their time they wait for deadlines: four at once, each in a process of its own. */
int main(void)
{
    enum { AT_ONCE = 4 };
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slow_worker_is_not_a_dead_one), /* takes the longest */
        cmocka_unit_test(opens_as_at115200_and_says_who_it_is),
        cmocka_unit_test(a_modem_without_packets_has_a_network),
        cmocka_unit_test(full_sim_is_drained_oldest_first),
        cmocka_unit_test(lost_answer_is_unknown),
        cmocka_unit_test(silence_in_the_middle_is_noticed),
        cmocka_unit_test(deaf_modem_dies_alone),
        cmocka_unit_test(killed_worker_is_replaced),
        cmocka_unit_test(kill_in_the_middle_of_a_submit),
        cmocka_unit_test(what_has_not_left_is_known),
        cmocka_unit_test(unplugged_behind_the_text_has_not_left),
        cmocka_unit_test(unplugged_and_plugged_in_again),
        cmocka_unit_test(found_again_by_imei),
        cmocka_unit_test(another_modem_is_not_taken),
        cmocka_unit_test(right_pin_opens_the_sim),
        cmocka_unit_test(wrong_pin_is_entered_once),
        cmocka_unit_test(routed_flash_and_reset),
        cmocka_unit_test(garbage_and_half_lines),
        cmocka_unit_test(escalation_reaches_the_power_hook),
        cmocka_unit_test(wrong_place_costs_no_message),
        cmocka_unit_test(stop_waits_for_the_open_submit),
        cmocka_unit_test(stop_does_not_wait_for_a_deaf_modem),
    };
    int running = 0, failed = 0, status;
    for (size_t next = 0; next < sizeof tests / sizeof *tests || running > 0;) {
        if (next == sizeof tests / sizeof *tests || running == AT_ONCE) {
            if (wait(&status) < 0)
                return EXIT_FAILURE;
            running--;
            failed += status != 0;
            continue;
        }
        pid_t pid = fork();
        if (pid < 0)
            return EXIT_FAILURE;
        if (pid == 0)
            return _cmocka_run_group_tests("faults", &tests[next], 1, NULL, NULL);
        running++;
        next++;
    }
    return failed;
}
