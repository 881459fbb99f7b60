/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/digits.h"
#include "base/disk.h"
#include "base/translate.h"
#include "core/time.h"
#include "operator/status.h"
#include "store/meta.h"
#include "store/mo.h"
#include "store/mt.h"

static void add(struct alerts *alerts, const char *cause, const char *about, const char *format, ...) PRINTF_LIKE(4, 5);
static void add(struct alerts *alerts, const char *cause, const char *about, const char *format, ...)
{
    if (alerts->n == ALERTS_MAX)
        return;
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(alerts->alert[alerts->n].text, sizeof alerts->alert[0].text, format, arguments);
    va_end(arguments);
    (void)snprintf(alerts->alert[alerts->n++].cause, sizeof alerts->alert[0].cause, "%s%s", cause, about);
}

static void look_at_balance(const struct box *box, const struct modem_settings *modem, struct alerts *alerts)
{
    char value[256];
    int64_t amount;
    struct error ignored;
    if (store_meta_get(box->store, META_BALANCE, modem->name, value, sizeof value, &ignored) == 0 &&
        digits_whole(value, INT64_MAX, &amount) && amount < modem->balance_limit)
        add(alerts, "balance.", modem->name, _("the credit of %s is down to %" PRId64 ": top it up"), modem->name,
            amount);
}

static void look_at_box(const struct box *box, struct box_status *status)
{
    const struct settings *settings = box->settings;
    struct alerts *alerts = &status->alerts;
    int64_t free_mib;
    int64_t since_ms;
    char damaged[24] = "", training[24] = "", since[17];
    struct moment now;
    struct error ignored;
    if (store_meta_get(box->store, META_TRAINING, NULL, training, sizeof training, &ignored) == 0 &&
        digits_whole(training, INT64_MAX, &since_ms)) {
        time_format_local(since_ms, since);
        add(alerts, "training", "", _("training since %s, all of it will be wiped: kabarctl training stop"), since);
    }
    if (store_meta_get(box->store, META_DAMAGED, NULL, damaged, sizeof damaged, &ignored) == 0 && damaged[0])
        add(alerts, "damage", "",
            _("the database is damaged: stop kabard, then kabarctl restore FILE with a good backup"));
    if (!status->running)
        add(alerts, "daemon", "", _("kabard does not run: nothing is received or sent"));
    if (status->trouble)
        add(alerts, "store", "", _("nothing can be stored, see the trouble above"));
    if (disk_free_mib(settings->database, &free_mib, &ignored) == 0 && free_mib < settings->alert_disk_mib)
        add(alerts, "disk", "", _("only %" PRId64 " MiB of disk are free: make room"), free_mib);
    if (!disk_takes_writes(settings->database))
        add(alerts, "readonly", "", _("the disk can be read and not written: kabarctl doctor"));
    if (moment_look(box->store, box->clock, &now, &ignored) == 0 && !now.trusted)
        add(alerts, "clock", "", _("the clock is %s: kabarctl clock"),
            now.verdict == CLOCK_LEAPT ? _("not confirmed") : _("wrong"));
}

int status_read_alerts(const struct box *box, struct box_status *status, struct error *error)
{
    const struct settings *settings = box->settings;
    struct alerts *alerts = &status->alerts;
    int64_t waiting = 0;
    alerts->n = 0;
    look_at_box(box, status);
    for (size_t i = 0; status->running && i < status->n_modems; i++)
        if (!modem_row_works(&status->modems[i].row))
            add(alerts, "modem.", status->modems[i].row.name,
                _("modem %s can neither send nor receive: kabarctl doctor"), status->modems[i].row.name);
    int r = 0;
    if (settings->alert_queue_minutes > 0)
        r = store_mt_waiting(box->store, status->now_ms - (int64_t)settings->alert_queue_minutes * MS_MINUTE, &waiting,
                             error);
    if (waiting > 0)
        add(alerts, "queue", "", _("%" PRId64 " answers wait for more than %d minutes to be sent: kabarctl outbox"),
            waiting, settings->alert_queue_minutes);
    if (status->counts.notes.untold > 0)
        add(alerts, "notes", "", _("%" PRId64 " notes were passed on to nobody: kabarctl notes"),
            status->counts.notes.untold);
    for (size_t i = 0; !r && i < settings->n_modems; i++)
        look_at_balance(box, &settings->modems[i], alerts);
    return r;
}
