/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the gateway remembers of a modem from one life to the next. */
#include <stdio.h>
#include <string.h>

#include "base/event.h"
#include "core/watch/pin.h"
#include "kabard/gateway_internal.h"
#include "store/audit.h"

static int find_row(void *data, const struct modem_row *row)
{
    struct line *line = data;
    if (strcmp(row->name, line->settings->name) != 0)
        return 0;
    line->row = *row;
    return 1;
}

void gateway_row_open(struct line *line)
{
    struct error error;
    line->row = (struct modem_row){.signal_percent = -1};
    (void)snprintf(line->row.name, sizeof line->row.name, "%s", line->settings->name);
    if (store_modem_list(line->gateway->store, find_row, line, &error) != 0)
        log_event(EVENT_MODEM_STATE, "modem=%s its last state can't be read: %s", line->settings->name, error.text);
    line->row.registered = false;
}

const char *gateway_pin(struct gateway *gateway, const struct modem_settings *modem)
{
    if (!pin_was_refused(gateway->store, modem))
        return modem->pin;
    log_event(EVENT_PIN_REFUSED,
              "modem=%s the SIM has refused this PIN before: it is not tried again; put the right one into %s",
              modem->name, gateway->config);
    return "";
}

void gateway_pin_refused(struct line *line)
{
    struct error error;
    if (line->pin_recorded || !modem_pin_refused(line->modem) || line->gateway->store_trouble)
        return;
    int result = pin_keep_refused(line->gateway->store, line->settings, &error);
    if (result != 0)
        gateway_store_failed(line->gateway, result, &error);
    else
        line->pin_recorded = true;
}

void gateway_sim_changed(struct line *line, const char *imsi)
{
    char detail[64];
    struct error error;
    struct store *store = line->gateway->store;
    int64_t now_ms = line->gateway->clock.wall_ms(line->gateway->clock.data);
    (void)snprintf(detail, sizeof detail, "IMSI %s, before %s", imsi, line->row.imsi);
    log_event(EVENT_SIM_CHANGED, "modem=%s the SIM was changed: %s", line->settings->name, detail);
    int result = store_begin(store, &error);
    if (result == 0)
        result = store_audit(store, now_ms, "kabard", "sim.changed", line->settings->name, detail, &error);
    result = store_end(store, result, &error);
    if (result != 0)
        gateway_store_failed(line->gateway, result, &error);
}
