/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is done about a modem that answers and does not do its work. */
#include <stdio.h>

#include "base/event.h"
#include "core/outbox/outbox_queue.h"
#include "core/outbox/retry.h"
#include "core/time.h"
#include "kabard/gateway_internal.h"

/* Of use only as long as it is waited for; no person reads it. */
static int send_loopback(struct line *line, struct error *error)
{
    struct gateway *gateway = line->gateway;
    char text[SMS_TEXT_MAX];
    int64_t now_ms = gateway->clock.wall_ms(gateway->clock.data);
    const struct outbox_order order = {.kind = MT_ALERT,
                                       .recipient = line->settings->number,
                                       .text = text,
                                       .now_ms = now_ms,
                                       .until_ms = now_ms + MS_HOUR};
    (void)snprintf(text, sizeof text, "KABAR %s %s", gateway->settings->box.id, line->settings->name);
    int result = store_begin(gateway->store, error);
    if (result == 0)
        result = outbox_queue(gateway->box, &order, NULL, error);
    return store_end(gateway->store, result, error);
}

/* Neither now nor in the hour that it may take. */
static bool is_quiet(const struct gateway *gateway)
{
    struct quiet_hours quiet = {gateway->settings->quiet_from, gateway->settings->quiet_until};
    struct local_time local = zone_local(gateway->clock.wall_ms(gateway->clock.data));
    int minute = local.hour * 60 + local.minute;
    return quiet_left(quiet, minute) > 0 || quiet_left(quiet, (minute + 60) % (24 * 60)) > 0;
}

static enum modem_fault fault_of(enum oneway_suspicion suspicion)
{
    return suspicion == ONEWAY_SENDS_NOTHING ? MODEM_FAULT_SENDING
           : suspicion == ONEWAY_NO_REPORTS  ? MODEM_FAULT_REPORTS
                                             : MODEM_FAULT_RECEIVING;
}

void gateway_oneway(struct line *line)
{
    struct gateway *gateway = line->gateway;
    const struct settings *settings = gateway->settings;
    const struct oneway_limits limits = {.submits = settings->oneway_submits,
                                         .reports = settings->oneway_reports,
                                         .loopback_ms = line->settings->loopback_hours * (int64_t)MS_HOUR};
    enum modem_state state = modem_state(line->modem);
    bool works = line->row.registered && (state == MODEM_IDLE || state == MODEM_BUSY);
    struct error error;
    int result = 0;
    if (gateway->stopping || gateway->store_trouble)
        return;
    switch (oneway_check(&line->oneway, &limits, works, line->settings->number[0] && !is_quiet(gateway),
                         gateway->clock.monotonic_ms(gateway->clock.data))) {
    case ONEWAY_FINE:
        break;
    case ONEWAY_LOOP:
        log_event(EVENT_LOOPBACK, "modem=%s nothing came in for %d hours: it sends an SMS to its own number",
                  line->settings->name, line->settings->loopback_hours);
        result = send_loopback(line, &error);
        break;
    case ONEWAY_RESTART:
        log_event(EVENT_MODEM_ONEWAY, "modem=%s %s", line->settings->name, oneway_to_string(line->oneway.suspicion));
        modem_restart(line->modem, fault_of(line->oneway.suspicion), oneway_to_string(line->oneway.suspicion));
        break;
    }
    if (result < 0)
        gateway_store_failed(gateway, result, &error);
}
