/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/watch/metrics.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/box_counts.h"
#include "core/time.h"
#include "settings/settings.h"
#include "store/meta.h"
#include "store/modem.h"

enum { BALANCE_MAX = 256 };

static void head(struct buf *out, const char *name, const char *help)
{
    buf_printf(out, "# HELP kabar_%s %s\n# TYPE kabar_%s gauge\n", name, help, name);
}

static void gauge(struct buf *out, const char *name, const char *help, int64_t value)
{
    head(out, name, help);
    buf_printf(out, "kabar_%s %" PRId64 "\n", name, value);
}

/* Those of the configuration: rows of former ones stay in the database. Names are letters, digits, - and _. */
struct modems {
    const struct settings *settings;
    struct modem_row rows[MODEMS_MAX];
    size_t n;
};

static int take_modem(void *data, const struct modem_row *modem)
{
    struct modems *modems = data;
    for (size_t i = 0; i < modems->settings->n_modems && modems->n < MODEMS_MAX; i++)
        if (strcmp(modems->settings->modems[i].name, modem->name) == 0)
            modems->rows[modems->n++] = *modem;
    return 0;
}

static void print_balances(const struct box *box, const struct modems *modems, struct buf *out)
{
    char value[BALANCE_MAX];
    struct error ignored;
    head(out, "modem_balance_rupiah", "credit of the SIM as the carrier told it last");
    for (size_t i = 0; i < modems->n; i++) {
        if (store_meta_get(box->store, META_BALANCE, modems->rows[i].name, value, sizeof value, &ignored) == 0 &&
            value[0] && strspn(value, "0123456789") == strlen(value))
            buf_printf(out, "kabar_modem_balance_rupiah{modem=\"%s\"} %s\n", modems->rows[i].name, value);
    }
}

static int print_modems(const struct box *box, struct buf *out, struct error *error)
{
    struct modems *modems = calloc(1, sizeof *modems);
    if (!modems)
        return error_set(error, -ENOMEM, "no memory");
    modems->settings = box->settings;
    int result = store_modem_list(box->store, take_modem, modems, error);
    if (result == 0) {
        head(out, "modem_up", "1 where the modem is ready and registered in a network");
        for (size_t i = 0; i < modems->n; i++)
            buf_printf(out, "kabar_modem_up{modem=\"%s\"} %d\n", modems->rows[i].name,
                       modem_row_works(&modems->rows[i]));
        head(out, "modem_signal_percent", "signal as it was written down last");
        for (size_t i = 0; i < modems->n; i++)
            if (modems->rows[i].signal_percent >= 0)
                buf_printf(out, "kabar_modem_signal_percent{modem=\"%s\"} %d\n", modems->rows[i].name,
                           modems->rows[i].signal_percent);
        print_balances(box, modems, out);
    }
    free(modems);
    return result;
}

int metrics_print(const struct box *box, int64_t free_mib, struct buf *out, struct error *error)
{
    struct box_counts box_counts;
    struct moment now;
    int result = moment_now(box, &now, error);
    if (result == 0)
        result = box_counts_read(box, now.ms, &box_counts, error);
    const struct store_counts *counts = &box_counts.today;
    const struct week_counts *week = &box_counts.week;
    if (result < 0)
        return result;
    gauge(out, "written_seconds", "when this was written, seconds since 1970", now.ms / MS_SECOND);
    gauge(out, "received_today", "messages received since midnight", counts->mo_today);
    gauge(out, "received_week", "messages received in seven days", week->received);
    gauge(out, "unread", "messages that nobody understood or handled", counts->mo_unread);
    gauge(out, "reports_today", "reports stored since midnight", counts->reports_today);
    gauge(out, "outgoing_today", "messages queued since midnight", counts->mt_today);
    gauge(out, "queued", "messages that wait to be sent", counts->mt_queued);
    gauge(out, "uncertain", "messages of which it is unknown whether they went out", counts->mt_uncertain);
    gauge(out, "failed", "messages that could not be sent", counts->mt_failed);
    gauge(out, "contacts", "active contacts", counts->contacts);
    gauge(out, "pending", "people who wait to be registered", counts->pending);
    gauge(out, "villages", "villages that are expected to report", box_counts.villages.all);
    gauge(out, "villages_reporting", "of these, with a report of the month", box_counts.villages.reporting);
    gauge(out, "villages_nobody", "of these, without a registered KPM or kader", box_counts.villages.nobody);
    gauge(out, "reports_month", "forms that came for the month, a village each", box_counts.villages.reports);
    gauge(out, "reports_month_due", "the same if all had come", box_counts.villages.reports_due);
    if (free_mib >= 0)
        gauge(out, "disk_free_bytes", "room on the database's disk", free_mib << 20);
    return print_modems(box, out, error);
}
