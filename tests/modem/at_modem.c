/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "at_modem.h"

#include <getopt.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

static const struct option options[] = {
    {"link", required_argument, NULL, 'l'},     {"control", required_argument, NULL, 'c'},
    {"log", required_argument, NULL, 'L'},      {"verbose", no_argument, NULL, 'v'},
    {"imei", required_argument, NULL, 'i'},     {"imsi", required_argument, NULL, 'I'},
    {"smsc", required_argument, NULL, 's'},     {"pin", required_argument, NULL, 'p'},
    {"sm", required_argument, NULL, 'm'},       {"me", required_argument, NULL, 'M'},
    {"sr", required_argument, NULL, 'R'},       {"ordinal", no_argument, NULL, 'o'},
    {"zone", required_argument, NULL, 'z'},     {"boot", required_argument, NULL, 'b'},
    {"first-mr", required_argument, NULL, 'r'}, {"seed", required_argument, NULL, 'S'},
    {"mt", required_argument, NULL, 't'},       {"ds", required_argument, NULL, 'd'},
    {"route-class0", no_argument, NULL, '0'},   {"no-stdin", no_argument, NULL, 'n'},
    {"help", no_argument, NULL, 'h'},           {NULL, 0, NULL, 0},
};

static void help(FILE *out)
{
    fputs(
        "usage: at-modem --link PATH [OPTION]...\n"
        "A simulated GSM modem on a PTY (3GPP TS 27.005 and 27.007, PDU mode) with a network behind it.\n\n"
        "  --link PATH      symlink to the PTY: the device to give to Gammu (connection at115200)\n"
        "  --control PATH   a Unix stream socket that takes the control commands below, as standard input does\n"
        "  --no-stdin       no control commands from standard input, whose end would end the modem\n"
        "  --log PATH       every byte and event with its time\n"
        "  --verbose        AT commands as events\n"
        "  --imei DIGITS    of the modem (350000000000017)\n"
        "  --imsi DIGITS    of the SIM (510100000000017)\n"
        "  --smsc NUMBER    of the SIM's service centre (+6281230009999)\n"
        "  --pin CODE       the SIM asks for it at each start\n"
        "  --sm N, --me N   places of the SIM (15) and of the modem's memory (100)\n"
        "                   0: it has no such memory\n"
        "  --sr N           places of a memory of its own for status reports (0)\n"
        "  --mt DIGITS      what AT+CNMI takes for <mt> (0123): 02 is a modem that can only route, 0 one that is mute\n"
        "  --ds DIGITS      the same for <ds> (012)\n"
        "  --zone QUARTERS  of an hour ahead of UTC in which the network writes times (28)\n"
        "  --boot MS        from power to network (200)\n"
        "  --first-mr N     TP-MR of the first SMS (0)\n"
        "  --seed N         of what is random (1)\n"
        "  --route-class0   class 0 goes straight to the port instead of into a memory\n"
        "  --ordinal        AT+CMGL counts what there is instead of naming places\n"
        "  --help           this\n\n"
        "Events go to standard output, one a line: port, opened, closed, stored, routed, acked, returned, deleted,\n"
        "submitted, refused, dropped, answer-lost, discarded, fault, pin, ussd, reset, unplugged, thawed, at.\n"
        "Control commands, one a line; each is answered by lines, the last of which begins with ok or error:\n\n",
        out);
    script_help(out);
}

static int number_option(const char *name, const char *text, int64_t high)
{
    int64_t number;
    if (number_of(view_of(text), &number) < 0 || number > high) {
        fprintf(stderr, "at-modem: --%s %s: a number from 0 to %lld is needed\n", name, text, (long long)high);
        exit(2);
    }
    return (int)number;
}

/* Options that are a text of struct at_modem. */
static const struct {
    char letter;
    size_t place, size;
} texts[] = {
#define TEXT(letter, field)                                                                                            \
    {                                                                                                                  \
        letter, offsetof(struct at_modem, field), sizeof((struct at_modem *)0)->field                                  \
    }
    TEXT('l', line.link), TEXT('c', socket_path), TEXT('i', imei),    TEXT('I', imsi),
    TEXT('s', smsc),      TEXT('p', pin),         TEXT('t', cnmi_mt), TEXT('d', cnmi_ds),
#undef TEXT
};

static bool text_option(struct at_modem *m, int option, const char *text)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (texts[i].letter != option)
            continue;
        if (strlen(text) >= texts[i].size) {
            fprintf(stderr, "at-modem: %s: at most %zu bytes\n", text, texts[i].size - 1);
            exit(2);
        }
        memcpy((char *)m + texts[i].place, text, strlen(text) + 1);
        return true;
    }
    return false;
}

static void option_take(struct at_modem *m, int option, bool *standard_input)
{
    if (text_option(m, option, optarg ? optarg : ""))
        return;
    switch (option) {
    case 'L':
        m->log = fopen(optarg, "we");
        if (!m->log) {
            perror(optarg);
            exit(3);
        }
        return;
    case 'm':
        m->network.stores[STORE_SM].capacity = number_option("sm", optarg, STORE_MAX);
        return;
    case 'M':
        m->network.stores[STORE_ME].capacity = number_option("me", optarg, STORE_MAX);
        return;
    case 'R':
        m->network.stores[STORE_SR].capacity = number_option("sr", optarg, STORE_MAX);
        return;
    case 'z':
        m->zone_quarters = number_option("zone", optarg, 56);
        return;
    case 'b':
        m->boot_ms = number_option("boot", optarg, 3600000);
        return;
    case 'r':
        m->network.next_mr = number_option("first-mr", optarg, 255);
        return;
    case 'S':
        m->random = (uint64_t)number_option("seed", optarg, INT32_MAX);
        return;
    case 'v':
        m->verbose = true;
        return;
    case '0':
        m->route_class0 = true;
        return;
    case 'o':
        m->ordinal = true;
        return;
    case 'n':
        *standard_input = false;
        return;
    case 'h':
        help(stdout);
        exit(0);
    default:
        exit(2);
    }
}

static void defaults(struct at_modem *m)
{
    m->clock = clock_system;
    m->line.master = -1;
    m->pin_tries = 3;
    m->zone_quarters = 28;
    m->boot_ms = 200;
    m->random = 1;
    memcpy(m->imei, "350000000000017", 16);
    memcpy(m->imsi, "510100000000017", 16);
    memcpy(m->cnmi_mt, "0123", 5);
    memcpy(m->cnmi_ds, "012", 4);
    memcpy(m->smsc, "+6281230009999", 15);
    buf_init(&m->line.out, OUT_MAX_BYTES);
    network_init(m);
    at_init(m);
}

static void stop(void *data, short events)
{
    (void)events;
    struct at_modem *m = data;
    m->quit = true;
}

/* A polite end removes the symlink; a dead reader of the events is not a reason to die. */
static void watch_signals(struct at_modem *m)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigprocmask(SIG_BLOCK, &set, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGHUP, SIG_IGN);
    int fd = signalfd(-1, &set, SFD_CLOEXEC);
    KABAR_ASSERT(fd >= 0);
    int status = loop_watch(m->loop, fd, 1, stop, m);
    KABAR_ASSERT(status == 0);
}

static void deinit(struct at_modem *m)
{
    line_unplug(m);
    control_close(m);
    network_deinit(m);
    at_deinit(m);
    buf_deinit(&m->line.out);
    loop_close(m->loop);
    if (m->log)
        fclose(m->log);
    free(m);
}

int main(int argc, char **argv)
{
    struct at_modem *m = calloc(1, sizeof *m);
    struct error error = {""};
    bool standard_input = true;
    KABAR_ASSERT(m);
    defaults(m);
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) >= 0;)
        option_take(m, option, &standard_input);
    if (!*m->line.link || optind < argc) {
        help(stderr);
        return 2;
    }
    if (loop_open(m->clock, &m->loop, &error) < 0 || control_open(m, standard_input, &error) < 0) {
        fprintf(stderr, "at-modem: %s\n", error.text);
        return 3;
    }
    watch_signals(m);
    int status = line_plug(m, &error);
    while (status >= 0 && !m->quit)
        status = loop_turn(m->loop, -1);
    if (status < 0)
        fprintf(stderr, "at-modem: %s\n", *error.text ? error.text : strerror(-status));
    deinit(m);
    return status < 0 ? 3 : 0;
}
