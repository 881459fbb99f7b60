/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/disk.h"
#include "core/time.h"
#include "ctl/command/status.h"
#include "store/meta.h"

struct looking {
    struct state *state;
    struct alerts *alerts;
};

static void add(struct looking *looking, const char *cause, const char *about, const char *format, ...)
    PRINTF_LIKE(4, 5);
static void add(struct looking *looking, const char *cause, const char *about, const char *format, ...)
{
    struct alerts *alerts = looking->alerts;
    if (alerts->n == ALERTS_MAX)
        return;
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(alerts->alert[alerts->n].text, sizeof alerts->alert[0].text, format, arguments);
    va_end(arguments);
    (void)snprintf(alerts->alert[alerts->n++].cause, sizeof alerts->alert[0].cause, "%s%s", cause, about);
}

static int look_at_modem(void *data, const struct modem_row *modem)
{
    struct looking *looking = data;
    const struct settings *settings = looking->state->session->settings;
    for (size_t i = 0; i < settings->n_modems; i++)
        if (strcmp(settings->modems[i].name, modem->name) == 0 && !modem_row_works(modem))
            add(looking, "modem.", modem->name, "modem %s can neither send nor receive: kabarctl doctor", modem->name);
    return 0;
}

static void look_at_balance(struct looking *looking, const struct modem_settings *modem)
{
    char value[256];
    int64_t amount;
    struct error ignored;
    if (store_meta_get(looking->state->session->store, META_BALANCE, modem->name, value, sizeof value, &ignored) == 0 &&
        args_number(value, 0, INT64_MAX, &amount) == 0 && amount < modem->balance_limit)
        add(looking, "balance.", modem->name, "the credit of %s is down to %" PRId64 ": top it up", modem->name,
            amount);
}

static void look_at_box(struct looking *looking)
{
    const struct state *state = looking->state;
    const struct settings *settings = state->session->settings;
    int64_t free_mib, newest_ms = 0;
    struct error ignored;
    if (!state->running)
        add(looking, "daemon", "", "kabard does not run: nothing is received or sent");
    if (state->trouble)
        add(looking, "store", "", "nothing can be stored, see the trouble above");
    if (disk_free_mib(settings->database, &free_mib, &ignored) == 0 && free_mib < settings->alert_disk_mib)
        add(looking, "disk", "", "only %" PRId64 " MiB of disk are free: make room", free_mib);
    if (store_newest_scts(state->session->store, &newest_ms, &ignored) == 0 &&
        !moment_judge(state->now_ms, clock_build_ms(), newest_ms).trusted)
        add(looking, "clock", "", "the clock is wrong: timedatectl set-time 'YYYY-MM-DD HH:MM'");
}

int status_alerts(struct state *state, struct alerts *ret_alerts)
{
    struct looking looking = {state, ret_alerts};
    const struct settings *settings = state->session->settings;
    int64_t waiting = 0;
    ret_alerts->n = 0;
    look_at_box(&looking);
    int r = state->running ? store_modem_list(state->session->store, look_at_modem, &looking, &state->error) : 0;
    if (!r && settings->alert_queue_minutes > 0)
        r = store_mt_waiting(state->session->store, state->now_ms - (int64_t)settings->alert_queue_minutes * MS_MINUTE,
                             &waiting, &state->error);
    if (waiting > 0)
        add(&looking, "queue", "", "%" PRId64 " answers wait for more than %d minutes to be sent: kabarctl outbox",
            waiting, settings->alert_queue_minutes);
    for (size_t i = 0; !r && i < settings->n_modems; i++)
        look_at_balance(&looking, &settings->modems[i]);
    return r;
}
