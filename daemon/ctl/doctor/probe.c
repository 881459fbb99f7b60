/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/doctor/probe.h"

#include "base/translate.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SILENCE_MS = 8 * MS_SECOND, /* a port that is not a modem's is given up */
    OPEN_MS = 25 * MS_SECOND,   /* a modem that registers late tells its SIM late */
    STATUS_MS = 10 * MS_SECOND,
    LIMIT_MS = 40 * MS_SECOND,
    NEVER_MS = MS_HOUR,
};

struct asking {
    struct probe *probe;
    struct modem *modem;
    bool ready, ended;
};

static void on_ready(void *data, struct modem *modem, const struct modem_identity *identity)
{
    struct asking *asking = data;
    (void)modem;
    asking->ready = true;
    asking->probe->identity = *identity;
    asking->probe->outcome = PROBE_ANSWERS;
}

static void on_network(void *data, struct modem *modem, const struct modem_network *network)
{
    struct asking *asking = data;
    (void)modem;
    asking->probe->network = *network;
    asking->probe->has_network = true;
    asking->ended = true;
}

static void on_down(void *data, struct modem *modem, const char *why)
{
    struct asking *asking = data;
    struct probe *probe = asking->probe;
    asking->ended = true;
    if (!asking->ready)
        probe->outcome = modem_wants_pin(modem) ? PROBE_LOCKED : PROBE_FAILED;
    /* "/dev/ttyUSB0: …" is what libGammu's faults begin with, and so does what is said of them. */
    size_t len = strlen(probe->device);
    if (strncmp(why, probe->device, len) == 0 && strncmp(why + len, ": ", 2) == 0)
        why += len + 2;
    (void)snprintf(probe->why, sizeof probe->why, "%s", why);
}

static void on_mo(void *data, struct modem *modem, const struct mo_part *parts, size_t n_parts)
{
    (void)data;
    (void)modem;
    (void)parts;
    (void)n_parts;
}

static void on_report(void *data, struct modem *modem, const struct mt_report *report)
{
    (void)data;
    (void)modem;
    (void)report;
}

static void on_submitted(void *data, struct modem *modem, int64_t part_id, enum submit_result result, int32_t cause,
                         int32_t tp_mr)
{
    (void)data;
    (void)modem;
    (void)part_id;
    (void)result;
    (void)cause;
    (void)tp_mr;
}

static void on_ussd(void *data, struct modem *modem, const char *text)
{
    (void)data;
    (void)modem;
    (void)text;
}

static const struct modem_events events = {
    .ready = on_ready,
    .mo = on_mo,
    .report = on_report,
    .submitted = on_submitted,
    .network = on_network,
    .ussd = on_ussd,
    .down = on_down,
};

static int open_one(struct loop *loop, struct asking *asking, const char *worker, struct error *error)
{
    const struct modem_options options = {
        .name = "probe",
        .connection = asking->probe->connection,
        .device = asking->probe->device,
        .model = asking->probe->model,
        .worker = worker,
        .poll_ms = NEVER_MS,
        .init_ms = OPEN_MS,
        .status_ms = STATUS_MS,
        .list_ms = STATUS_MS,
        .delete_ms = STATUS_MS,
        .submit_ms = STATUS_MS,
        .quit_ms = STATUS_MS,
        .silence_ms = SILENCE_MS,
        .backoff_ms = NEVER_MS,
    };
    asking->probe->outcome = PROBE_FAILED;
    (void)snprintf(asking->probe->why, sizeof asking->probe->why, _("no answer"));
    int result = modem_open(loop, clock_system, &options, &events, asking, &asking->modem, error);
    if (result == 0)
        modem_pause_intake(asking->modem, true);
    return result;
}

static int wait_for_all(struct loop *loop, const struct asking *askings, size_t n)
{
    int64_t end_ms = clock_system.monotonic_ms(NULL) + LIMIT_MS;
    for (;;) {
        size_t n_open = 0;
        for (size_t i = 0; i < n; i++)
            n_open += !askings[i].ended;
        int64_t left_ms = end_ms - clock_system.monotonic_ms(NULL);
        if (n_open == 0 || left_ms <= 0)
            return 0;
        int result = loop_turn(loop, left_ms);
        if (result < 0)
            return result;
    }
}

int probe_ports(struct probe *probes, size_t n_probes, const char *worker, struct error *error)
{
    struct loop *loop;
    struct asking *askings = calloc(n_probes ? n_probes : 1, sizeof *askings);
    if (!askings)
        return error_set(error, -ENOMEM, "no memory");
    int result = loop_open(clock_system, &loop, error);
    if (result < 0) {
        free(askings);
        return result;
    }
    for (size_t i = 0; result == 0 && i < n_probes; i++) {
        askings[i].probe = &probes[i];
        result = open_one(loop, &askings[i], worker, error);
    }
    if (result == 0 && (result = wait_for_all(loop, askings, n_probes)) < 0)
        (void)error_set(error, result, "waiting for the modems: %s", translate_errno(-result));
    for (size_t i = 0; i < n_probes; i++)
        askings[i].modem = modem_close(askings[i].modem);
    loop_close(loop);
    free(askings);
    return result;
}
