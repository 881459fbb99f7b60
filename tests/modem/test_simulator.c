/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_simulator AT-MODEM: the simulated modem's own promises, asked over its port as a terminal would, without
 * libGammu: what a fault does, what a full SIM holds back, and what the ledger says of it afterwards.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/clock.h"

enum { WAIT_MS = 60000, QUIET_MS = 60 };

static const char *program;

struct rig {
    char folder[32], device[64];
    pid_t pid;
    int orders, events, port;
    struct buf heard, told; /* from the port; from standard output */
};

static struct rig rig;

/* Reads fd into *text until want is in it, at most ms. */
static bool wait_for(int fd, struct buf *text, const char *want, int64_t ms)
{
    int64_t end = clock_system.monotonic_ms(NULL) + ms;
    while (!strstr(text->text, want)) {
        struct pollfd ready = {fd, POLLIN, 0};
        int64_t left = end - clock_system.monotonic_ms(NULL);
        char bytes[4096];
        if (left <= 0 || poll(&ready, 1, (int)left) <= 0)
            return false;
        ssize_t n = read(fd, bytes, sizeof bytes);
        if (n <= 0)
            return false;
        for (ssize_t i = 0; i < n; i++)
            if (bytes[i])
                buf_add(text, (struct view){&bytes[i], 1});
    }
    return true;
}

static void forget(struct buf *text, const char *up_to)
{
    const char *at = strstr(text->text, up_to) + strlen(up_to);
    size_t left = strlen(at);
    memmove(text->text, at, left + 1);
    text->len = left;
}

/* What the port says next has want in it. */
static void hear(const char *want)
{
    if (!wait_for(rig.port, &rig.heard, want, WAIT_MS))
        fail_msg("no \"%s\" from the port, but \"%s\"", want, rig.heard.text);
    forget(&rig.heard, want);
}

static void hear_nothing(void)
{
    buf_clear(&rig.heard);
    if (wait_for(rig.port, &rig.heard, "\n", QUIET_MS))
        fail_msg("\"%s\" from the port", rig.heard.text);
}

static void type(const char *text)
{
    assert_int_equal(write(rig.port, text, strlen(text)), strlen(text));
}

static void ask(const char *command, const char *want)
{
    type(command);
    type("\r");
    hear(want);
}

static void told(const char *want)
{
    if (!wait_for(rig.events, &rig.told, want, WAIT_MS))
        fail_msg("no \"%s\" from the modem, but \"%s\"", want, rig.told.text);
    forget(&rig.told, want);
}

/* An order whose answer is of interest itself. */
static void look(const char *command)
{
    assert_int_equal(write(rig.orders, command, strlen(command)), strlen(command));
    assert_int_equal(write(rig.orders, "\n", 1), 1);
}

static void order(const char *command)
{
    look(command);
    told("ok");
}

static void port_open(const char *name)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", rig.folder, name);
    rig.port = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
    assert_true(rig.port >= 0);
    struct termios raw;
    assert_int_equal(tcgetattr(rig.port, &raw), 0);
    cfmakeraw(&raw);
    assert_int_equal(tcsetattr(rig.port, TCSANOW, &raw), 0);
    told("opened");
    buf_clear(&rig.heard);
    ask("ATE0", "OK\r\n");
    ask("AT+CMEE=1", "OK\r\n");
}

static int setup(void **state)
{
    (void)state;
    int to[2], from[2];
    memcpy(rig.folder, "/tmp/at-modem-XXXXXX", 21);
    assert_non_null(mkdtemp(rig.folder));
    (void)snprintf(rig.device, sizeof rig.device, "%s/tty", rig.folder);
    assert_int_equal(pipe(to), 0);
    assert_int_equal(pipe(from), 0);
    rig.pid = fork();
    if (rig.pid == 0) {
        dup2(to[0], STDIN_FILENO);
        dup2(from[1], STDOUT_FILENO);
        close(to[1]);
        close(from[0]);
        execl(program, program, "--link", rig.device, "--sm", "3", "--boot", "0", (char *)NULL);
        _exit(127);
    }
    close(to[0]);
    close(from[1]);
    rig.orders = to[1];
    rig.events = from[0];
    buf_init(&rig.heard, 1 << 20);
    buf_init(&rig.told, 1 << 20);
    told("port");
    port_open("tty");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    int status;
    close(rig.port);
    close(rig.orders);
    assert_int_equal(waitpid(rig.pid, &status, 0), rig.pid);
    assert_int_equal(status, 0);
    close(rig.events);
    buf_deinit(&rig.heard);
    buf_deinit(&rig.told);
    assert_int_equal(rmdir(rig.folder), 0);
    return 0;
}

static void test_commands(void **state)
{
    (void)state;
    ask("AT", "OK\r\n");
    ask("ate0v1;+CMEE?", "+CMEE: 1\r\n\r\nOK\r\n");
    ask("AT+NONE", "ERROR\r\n");
    ask("AT+CMGR=9", "+CMS ERROR: 321\r\n");
    ask("AT+CMGF=1", "ERROR\r\n");
    ask("AT+CSCS=\"UCS2\"", "OK\r\n");
    ask("AT+CSCA?", "+CSCA: \"002B0036003200380031");
    ask("AT+CSCS=\"GSM\"", "OK\r\n");
    ask("AT+CREG=1", "OK\r\n");
    ask("AT+CREG?", "+CREG: 1,1"); /* the OK may be an earlier one's, and an order overtakes what is typed */
    order("register denied");
    hear("\r\n+CREG: 3\r\n");
    ask("AT+CREG?", "+CREG: 1,3");
    order("register on");
    hear("+CREG: 1\r\n");
    ask("AT+CPMS?", "+CPMS: \"SM\",0,3,\"SM\",0,3,\"SM\",0,3");
    order("ussd *888# Pulsa Rp 5.000");
    ask("AT+CUSD=1,\"*888#\",15", "OK\r\n");
    hear("+CUSD: 0,\"Pulsa Rp 5.000\",15\r\n");
}

static void test_full_sim(void **state)
{
    (void)state;
    ask("AT+CNMI=2,1,0,2,0", "OK\r\n");
    for (int i = 0; i < 5; i++)
        order("sms +6281230000001 BUMIL 12");
    hear("+CMTI: \"SM\",1\r\n");
    hear("+CMTI: \"SM\",3\r\n");
    look("status");
    told("SM=3/3 ME=0/100 waiting=2");
    ask("AT+CMGL=4", "+CMGL: 3,0,,");
    hear("OK\r\n");
    ask("AT+CMGR=1", "+CMGR: 1,,");
    hear("OK\r\n");
    ask("AT+CMGD=2", "OK\r\n");
    told("deleted SM 2 id=2");
    told("stored SM 2 id=4");
    hear("+CMTI: \"SM\",2\r\n");
    ask("AT+CMGD=1,4", "OK\r\n");
    told("stored SM 1 id=5");
    look("ledger");
    told("given id=1 fate=deleted deliveries=1 reads=2 place=SM,1");
    told("given id=5 fate=stored deliveries=1 reads=0 place=SM,1");
}

static void test_direct(void **state)
{
    (void)state;
    ask("AT+CSMS=1", "OK\r\n");
    ask("AT+CNMI=2,2,0,1,0", "OK\r\n");
    order("sms +6281230000001 A");
    hear("\r\n+CMT: ,21\r\n");
    order("sms +6281230000001 B");
    hear("\r\n");
    hear_nothing();
    ask("AT+CNMA", "OK\r\n");
    told("acked id=1");
    hear("+CMT: ,21\r\n");
    close(rig.port);
    told("closed");
    order("sms +6281230000001 C");
    look("ledger");
    told("id=2 fate=routed");
    told("id=3 fate=waiting");
}

static const char pdu_of_8888[] = "0021000481888800000141\x1a";

static void submit(void)
{
    ask("AT+CMGS=10", "\r\n> ");
    type(pdu_of_8888);
}

static void test_submit_faults(void **state)
{
    (void)state;
    submit();
    hear("+CMGS: 0\r\n\r\nOK\r\n");
    order("fail CMGS 38 times=2");
    submit();
    hear("+CMS ERROR: 38\r\n");
    submit();
    hear("+CMS ERROR: 38\r\n");
    order("cme CMGS 515");
    submit();
    hear("+CME ERROR: 515\r\n");
    order("lose CMGS");
    submit();
    told("submitted id=5");
    told("answer-lost id=5");
    hear_nothing();
    order("drop CMGS");
    submit();
    told("dropped id=6");
    hear_nothing();
    order("register off");
    submit();
    hear("+CMS ERROR: 331\r\n");
    order("register on");
    ask("AT+CMGS=11", "\r\n> ");
    type(pdu_of_8888);
    hear("+CMS ERROR: 304\r\n");
    ask("AT+CMGS=10", "\r\n> ");
    type("\x1b");
    hear("OK\r\n");
    order("halfline");
    submit();
    told("answer-lost id=8");
    ask("AT", "OK\r\n");
    look("ledger");
    told("taken id=1 fate=answered to=8888");
    told("taken id=2 fate=refused");
    told("taken id=5 fate=lost");
    told("taken id=6 fate=dropped");
    told("taken id=8 fate=lost");
}

static void test_slowness(void **state)
{
    (void)state;
    order("delay CSQ 150 times=1");
    int64_t before = clock_system.monotonic_ms(NULL);
    ask("AT+CSQ", "+CSQ: 20,99\r\n\r\nOK\r\n");
    assert_true(clock_system.monotonic_ms(NULL) - before >= 140);
    order("hang 150");
    before = clock_system.monotonic_ms(NULL);
    ask("AT", "OK\r\n");
    assert_true(clock_system.monotonic_ms(NULL) - before >= 140);
    order("silent on");
    type("AT\r");
    hear_nothing();
    order("silent off");
    hear_nothing();
    ask("AT", "OK\r\n");
    order("garbage 20");
    ask("AT+CIMI", "510100000000017\r\n\r\nOK\r\n");
    order("delay CMGS 60000");
    submit();
    told("submitted id=1");
    look("unplug");
    told("answer-lost id=1");
    told("ok");
    char byte;
    assert_true(read(rig.port, &byte, 1) <= 0);
}

static void test_plug(void **state)
{
    (void)state;
    char path[128];
    ask("AT+CMEE=1", "OK\r\n");
    order("sms +6281230000001 A");
    order("unplug");
    assert_int_equal(access(rig.device, F_OK), -1);
    order("sms +6281230000001 B");
    look("status");
    told("SM=1/3 ME=0/100 waiting=1");
    close(rig.port);
    order("plug other");
    (void)snprintf(path, sizeof path, "%s/other", rig.folder);
    assert_int_equal(access(path, F_OK), 0);
    told("stored SM 2 id=2");
    port_open("other");
    ask("AT+CNMI?", "+CNMI: 0,0,0,0,0");
    order("imei 350000000000025");
    ask("AT+CGSN", "350000000000025");
}

static void test_cures(void **state)
{
    (void)state;
    order("fail CMGR 500 until=reset");
    ask("AT+CMGR=1", "+CMS ERROR: 500\r\n");
    ask("AT+CMGR=1", "+CMS ERROR: 500\r\n");
    ask("AT+CFUN=1,1", "OK\r\n");
    ask("AT+CMGR=1", "+CMS ERROR: 321\r\n");
    order("silent on until=close");
    type("AT\r");
    hear_nothing();
    close(rig.port);
    told("closed");
    port_open("tty");
    order("silent on until=power");
    close(rig.port);
    told("closed");
    order("unplug");
    order("hold on");
    order("plug");
    port_open("tty");
    order("sms +6281230000001 A");
    look("status");
    told("SM=0/3 ME=0/100 waiting=1");
    order("hold off");
    look("status");
    told("SM=1/3 ME=0/100 waiting=0");
}

static void test_pin(void **state)
{
    (void)state;
    order("pin 1234");
    ask("AT+CPIN?", "+CPIN: SIM PIN");
    ask("AT+CMGL=4", "+CMS ERROR: 311");
    ask("AT+CIMI", "+CME ERROR: 11");
    ask("AT+CPIN=\"1111\"", "+CME ERROR: 16");
    ask("AT+CPIN=\"1234\"", "OK\r\n");
    ask("AT+CPIN?", "+CPIN: READY");
    order("pin 1234");
    ask("AT+CPIN=\"1111\"", "+CME ERROR: 16");
    ask("AT+CPIN=\"1111\"", "+CME ERROR: 16");
    ask("AT+CPIN=\"1111\"", "+CME ERROR: 12");
    ask("AT+CPIN?", "+CPIN: SIM PUK");
}

static void test_reports(void **state)
{
    (void)state;
    ask("AT+CNMI=2,1,0,1,0", "OK\r\n");
    order("autoreport on 20");
    submit();
    hear("+CMGS: 0\r\n");
    hear("+CDS: 21\r\n0891261832009099F9060004818888");
    ask("AT+CNMI=2,1,0,0,0", "OK\r\n");
    order("report 1 failed");
    look("ledger");
    told("fate=discarded deliveries=0 reads=0 report-of=1 st=70 to=8888");
}

int main(int argc, char **argv)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_commands), TEST(test_full_sim), TEST(test_direct), TEST(test_submit_faults), TEST(test_slowness),
        TEST(test_plug),     TEST(test_pin),      TEST(test_cures),  TEST(test_reports),
    };
    if (argc != 2)
        return 2;
    program = argv[1];
    alarm(300);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
