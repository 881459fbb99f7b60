/* SPDX-License-Identifier: GPL-2.0-or-later */
/* status: the box on one screen, whether the daemon runs or not. */
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/translate.h"
#include "ctl/listing.h"
#include "ctl/session.h"
#include "ctl/told.h"
#include "operator/status.h"

enum { SCREEN_COLUMNS = 80, FACT_COLUMNS = 14, WATCH_MS = 2 * MS_SECOND };

static void add_fact(struct buf *out, const char *name)
{
    buf_puts(out, "  ");
    buf_padded(out, name, 12);
}

/* How long matters most to whoever reads this. */
static void add_ago(struct buf *out, int64_t since_ms, int64_t now_ms)
{
    char local[17];
    int64_t ms = now_ms - since_ms;
    if (since_ms == 0)
        return;
    time_format_local(since_ms, local);
    buf_printf(out, _(" since %s"), local);
    if (ms >= 2 * MS_DAY)
        buf_printf(out, _(" (%" PRId64 " days)"), ms / MS_DAY);
    else if (ms >= 2L * MS_HOUR)
        buf_printf(out, _(" (%" PRId64 " hours)"), ms / MS_HOUR);
    else if (ms >= 0)
        buf_printf(out, _(" (%" PRId64 " min)"), ms / MS_MINUTE);
}

static void add_mended(const struct mended *mended, struct buf *out)
{
    char local[17];
    if (!mended->trouble[0])
        return;
    time_format_local(mended->since_ms, local);
    buf_printf(out, _("; had not worked since %s: "), local);
    buf_escaped(out, view_of(told(mended->trouble).text));
}

static void add_mended_json(const struct mended *mended, struct buf *out)
{
    char since[21];
    buf_puts(out, ",\"mended\":");
    if (!mended->trouble[0]) {
        buf_puts(out, "null");
        return;
    }
    time_format(mended->since_ms, since);
    buf_printf(out, "{\"since\":\"%s\",\"trouble\":", since);
    buf_json(out, view_of(mended->trouble));
    buf_puts(out, "}");
}

/* What is wrong with them stands among the first lines, else it is a fact of the database. */
static void add_backups(const struct box_status *status, struct buf *out)
{
    const struct backups *backups = &status->backups;
    char local[17];
    add_fact(out, _("backup"));
    if (backups->newest_ms == 0) {
        buf_puts(out, _("none was ever made: kabarctl backup /media/stick --mounted\n"));
        return;
    }
    time_format_local(backups->newest_ms, local);
    buf_printf(out, "%s%s", backups->old ? _("the last one is old, of ") : "", local);
    if (backups->away_ms == 0) {
        buf_puts(out, _(", none on another disk: kabarctl backup /media/stick --mounted\n"));
        return;
    }
    if (backups->away_ms == backups->newest_ms) {
        buf_puts(out, _(", on another disk"));
    } else {
        time_format_local(backups->away_ms, local);
        buf_printf(out, _("; on another disk %s"), local);
    }
    buf_puts(out, backups->old ? _(": kabarctl backup /media/stick --mounted\n") : "\n");
}

static void add_moment_json(const char *name, int64_t ms, struct buf *out)
{
    char text[21];
    time_format(ms, text);
    buf_printf(out, ms ? ",\"%s\":\"%s\"" : ",\"%s\":null", name, text);
}

static void add_modem(const struct box_status *status, const struct status_modem *modem, struct buf *out)
{
    const struct modem_row *row = &modem->row;
    add_fact(out, _("modem"));
    buf_escaped(out, view_of(row->name));
    if (!status->running) {
        buf_puts(out, _(": daemon stopped\n"));
        return;
    }
    buf_puts(out, modem->works ? _(": ready") : _(": not working"));
    add_ago(out, row->since_ms, status->now_ms);
    if (modem->works) {
        buf_puts(out, _(", network "));
        buf_escaped(out, view_of(row->operator_name[0] ? row->operator_name : _("registered")));
        if (row->signal_percent >= 0)
            buf_printf(out, _(", signal %d %%"), row->signal_percent);
        add_mended(&modem->mended, out);
    } else {
        buf_puts(out, ": ");
        buf_escaped(out, view_of(told(row->trouble[0] ? row->trouble : row->state).text));
    }
    buf_puts(out, "\n");
}

static void add_modem_json(const struct status_modem *modem, struct buf *out)
{
    const struct modem_row *row = &modem->row;
    char since[21], seen[21];
    time_format(row->since_ms, since);
    time_format(row->seen_ms, seen);
    buf_puts(out, "{\"name\":");
    buf_json(out, view_of(row->name));
    buf_printf(out, ",\"state\":\"%s\",\"since\":\"%s\",\"seen\":\"%s\",\"registered\":%s,\"operator\":", row->state,
               since, seen, row->registered ? "true" : "false");
    buf_json(out, view_of(row->operator_name));
    if (row->signal_percent >= 0)
        buf_printf(out, ",\"signal_percent\":%d", row->signal_percent);
    else
        buf_puts(out, ",\"signal_percent\":null");
    buf_puts(out, ",\"imei\":");
    buf_json(out, view_of(row->imei));
    buf_puts(out, ",\"model\":");
    buf_json(out, view_of(row->model));
    buf_puts(out, ",\"trouble\":");
    buf_json(out, view_of(row->trouble));
    add_mended_json(&modem->mended, out);
    buf_puts(out, "}");
}

/* What waits for the operator and is no trouble. */
static int64_t count_waiting(const struct box_status *status)
{
    const struct store_counts *counts = &status->counts.today;
    return counts->mo_unread + counts->pending + status->counts.notes.open;
}

static enum ctl_colour judge(const struct box_status *status)
{
    bool works = status->running && !status->trouble;
    for (size_t i = 0; i < status->n_modems; i++)
        works = works && status->modems[i].works;
    if (!works || status->alerts.n > 0)
        return CTL_BAD;
    return count_waiting(status) > 0 || status->backups.old ? CTL_FAIR : CTL_GOOD;
}

static void add_json(const struct settings *settings, const struct box_status *status, struct buf *out)
{
    const struct store_counts *today = &status->counts.today;
    static const char *const verdicts[CTL_COLOURS] = {"well", "waits", "trouble"};
    char now[21], since[21], month[8];
    time_format(status->now_ms, now);
    buf_puts(out, "{\"box\":");
    buf_json(out, view_of(settings->box.id));
    buf_printf(out, ",\"verdict\":\"%s\"", verdicts[judge(status)]);
    buf_printf(out, ",\"time\":\"%s\",\"running\":%s,\"pid\":%d,\"database\":", now, status->running ? "true" : "false",
               status->pid);
    buf_json(out, view_of(settings->database));
    buf_printf(out, ",\"database_bytes\":%" PRId64 ",\"trouble\":", status->database_bytes);
    buf_json(out, view_of(status->told.text));
    if (status->trouble) {
        time_format(status->told_since_ms, since);
        buf_printf(out, ",\"trouble_since\":\"%s\"", since);
    } else {
        buf_puts(out, ",\"trouble_since\":null");
    }
    add_mended_json(&status->database_mended, out);
    add_moment_json("backup", status->backups.newest_ms, out);
    add_moment_json("backup_other_disk", status->backups.away_ms, out);
    buf_puts(out, ",\"modems\":[");
    for (size_t i = 0; i < status->n_modems; i++) {
        buf_puts(out, i ? "," : "");
        add_modem_json(&status->modems[i], out);
    }
    buf_printf(out,
               "],\"received_today\":%" PRId64 ",\"unread\":%" PRId64 ",\"reports_today\":%" PRId64
               ",\"queued\":%" PRId64 ",\"outgoing_today\":%" PRId64 ",\"uncertain\":%" PRId64 ",\"failed\":%" PRId64,
               today->mo_today, today->mo_unread, today->reports_today, today->mt_queued, today->mt_today,
               today->mt_uncertain, today->mt_failed);
    buf_printf(out, ",\"notes\":%" PRId64 ",\"notes_emergency\":%" PRId64 ",\"notes_untold\":%" PRId64,
               status->counts.notes.open, status->counts.notes.emergencies, status->counts.notes.untold);
    month_format(status->counts.month, month);
    buf_printf(out,
               ",\"contacts\":%" PRId64 ",\"pending\":%" PRId64 ",\"areas\":%" PRId64
               ",\"month\":\"%s\",\"villages\":%d,\"villages_reporting\":%d,\"villages_nobody\":%d,\"reports\":%d"
               ",\"reports_due\":%d,\"cards_of_other_sets\":%" PRId64 ",\"alerts\":[",
               today->contacts, today->pending, today->areas, month, status->counts.villages.all,
               status->counts.villages.reporting, status->counts.villages.nobody, status->counts.villages.reports,
               status->counts.villages.reports_due, status->card_sets.cards);
    for (size_t i = 0; i < status->alerts.n; i++) {
        buf_printf(out, "%s{\"cause\":\"%s\",\"text\":", i ? "," : "", status->alerts.alert[i].cause);
        buf_json(out, view_of(status->alerts.alert[i].text));
        buf_puts(out, "}");
    }
    buf_puts(out, "]}\n");
}

static void add_people(const struct box_status *status, struct buf *out)
{
    const struct store_counts *counts = &status->counts.today;
    add_fact(out, _("people"));
    buf_printf(out, _("%" PRId64 " contacts in %" PRId64 " areas\n"), counts->contacts, counts->areas);
    if (counts->pending == 0)
        return;
    add_fact(out, "");
    buf_printf(out, _("%" PRId64 " wait for you: kabarctl contact list --pending\n"), counts->pending);
}

static void add_notes(const struct note_counts *notes, struct buf *out)
{
    if (notes->open == 0)
        return;
    add_fact(out, _("notes"));
    buf_printf(out, _("%" PRId64 " wait for you, %" PRId64 " of them perhaps an emergency: kabarctl notes\n"),
               notes->open, notes->emergencies);
}

/* Those to look after first. */
static void add_nobody(const struct villages *villages, struct buf *out)
{
    if (villages->nobody == 0)
        return;
    add_fact(out, "");
    buf_printf(out, _("%d with nobody registered:"), villages->nobody);
    for (int i = 0; i < villages->nobody && i < VILLAGES_NAMED_MAX; i++) {
        buf_puts(out, i ? ", " : " ");
        buf_escaped(out, view_of(villages->nobody_names[i]));
    }
    buf_puts(out, villages->nobody > VILLAGES_NAMED_MAX ? " ...\n" : "\n");
}

static void add_villages(const struct box_status *status, struct buf *out)
{
    const struct villages *villages = &status->counts.villages;
    char month[8];
    month_format(status->counts.month, month);
    add_fact(out, _("villages"));
    if (villages->all == 0) {
        buf_puts(out, _("none: kabarctl contact add registers the first person, kabarctl area import takes areas\n"));
        return;
    }
    buf_printf(out, _("%d of %d have reported for %s: kabarctl missing\n"), villages->reporting, villages->all, month);
    add_nobody(villages, out);
    add_fact(out, _("reports"));
    buf_printf(out, _("%d of %d"), villages->reports, villages->reports_due);
    const char *before = ":";
    for (size_t i = 0; i < villages->set->n_forms; i++) {
        if (villages->set->forms[i].due != DUE_MONTH)
            continue;
        buf_printf(out, "%s %s %d/%d", before, villages->set->forms[i].code, villages->forms[i], villages->all);
        before = ",";
    }
    buf_puts(out, "\n");
}

static void add_card_sets(const struct box_status *status, struct buf *out)
{
    char text[CARD_SETS_TEXT_MAX];
    if (status->card_sets.cards == 0)
        return;
    card_sets_text(&status->card_sets, text);
    add_fact(out, _("cards"));
    buf_escaped(out, view_of(text));
    buf_puts(out, "\n");
}

static void add_alerts(const struct box_status *status, struct buf *out)
{
    add_fact(out, _("alerts"));
    if (status->alerts.n == 0)
        buf_puts(out, _("none\n"));
    for (size_t i = 0; i < status->alerts.n; i++) {
        if (i > 0)
            add_fact(out, "");
        buf_escaped(out, view_of(status->alerts.alert[i].text));
        buf_puts(out, "\n");
    }
}

static void add_traffic(const struct box_status *status, struct buf *out)
{
    const struct store_counts *counts = &status->counts.today;
    add_fact(out, _("today"));
    buf_printf(out, _("%" PRId64 " received, %" PRId64 " reports, %" PRId64 " outgoing\n"), counts->mo_today,
               counts->reports_today, counts->mt_today);
    add_fact(out, _("queue"));
    buf_printf(out, _("%" PRId64 " to send, %" PRId64 " uncertain, %" PRId64 " failed\n"), counts->mt_queued,
               counts->mt_uncertain, counts->mt_failed);
    if (counts->mo_unread == 0)
        return;
    add_fact(out, "");
    buf_printf(out, _("%" PRId64 " messages were not understood: kabarctl inbox --unread\n"), counts->mo_unread);
}

/* Whether all is well, in one sentence. */
static void add_verdict(const struct box_status *status, struct buf *out)
{
    int64_t waiting = count_waiting(status);
    switch (judge(status)) {
    case CTL_BAD:
        buf_puts(out, status->running ? _("Something needs a hand: see below.\n")
                                      : _("The box does not work: see below.\n"));
        break;
    case CTL_FAIR:
        if (waiting > 0)
            buf_printf(out, _("The box works; %" PRId64 " things wait for you.\n"), waiting);
        else
            buf_puts(out, _("The box works; it has no fresh backup.\n"));
        break;
    case CTL_GOOD:
    case CTL_COLOURS:
        buf_puts(out, _("All is well.\n"));
        break;
    }
}

static void add_screen(const struct settings *settings, const struct ctl *ctl, const struct box_status *status,
                       struct buf *out)
{
    char local[17];
    time_format_local(status->now_ms, local);
    buf_printf(out, "%s, %s %s\n", settings->box.id, local, settings->box.timezone);
    add_fact(out, _("daemon"));
    if (status->running && status->pid)
        buf_printf(out, _("runs, process %d\n"), status->pid);
    else if (status->running)
        buf_puts(out, _("runs\n"));
    else
        buf_printf(out, _("does not run; start: kabard -c %s\n"), ctl->config);
    if (status->trouble) {
        add_fact(out, "");
        buf_puts(out, _("trouble"));
        add_ago(out, status->told_since_ms, status->now_ms);
        buf_puts(out, _(": nothing is taken from the modems: "));
        buf_escaped(out, view_of(told(status->told.text).text));
        buf_puts(out, "\n");
    }
    if (status->backups.old)
        add_backups(status, out);
    for (size_t i = 0; i < status->n_modems; i++)
        add_modem(status, &status->modems[i], out);
    if (status->n_modems == 0) {
        add_fact(out, _("modem"));
        buf_puts(out, _("none seen yet\n"));
    }
    add_traffic(status, out);
    add_villages(status, out);
    add_card_sets(status, out);
    add_people(status, out);
    add_notes(&status->counts.notes, out);
    add_fact(out, _("database"));
    buf_escaped(out, view_of(settings->database));
    buf_printf(out, _(", %.1f MiB"), (double)status->database_bytes / (1 << 20));
    add_mended(&status->database_mended, out);
    buf_puts(out, "\n");
    if (!status->backups.old)
        add_backups(status, out);
    add_alerts(status, out);
}

static void print_verdict(const struct box_status *status)
{
    CLEANUP(buf_deinit) struct buf verdict;
    buf_init(&verdict, 512);
    buf_puts(&verdict, ctl_colour(judge(status)));
    add_verdict(status, &verdict);
    buf_puts(&verdict, ctl_colour(CTL_COLOURS));
    ctl_print(&verdict);
}

static int show(struct ctl *ctl, const char *before)
{
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(buf_deinit) struct buf out;
    buf_init(&out, 1 << 16);
    int exit_status = session_open(&session, ctl, STORE_READ);
    if (!exit_status)
        exit_status = session_box(&session, ctl);
    if (exit_status)
        return exit_status;
    static struct box_status status;
    struct error error = {0};
    int r = status_read(session.box, session_now_ms(&session), &status, &error);
    if (r)
        return ctl_failed(r, &error);
    if (ctl->json)
        add_json(session.settings, &status, &out);
    else
        add_screen(session.settings, ctl, &status, &out);
    (void)fputs(before, stdout);
    if (ctl->json)
        ctl_print(&out);
    else
        print_verdict(&status);
    if (!ctl->json)
        print_wrapped(&out, SCREEN_COLUMNS, FACT_COLUMNS);
    return fflush(stdout) == 0 ? CTL_DONE : CTL_ENVIRONMENT;
}

int ctl_status(struct ctl *ctl)
{
    if (!args_get(&ctl->args, "--watch"))
        return show(ctl, "");
    /* On a terminal each picture takes the place of the one before. */
    const char *before = !ctl->json && isatty(STDOUT_FILENO) ? "\033[H\033[2J" : "";
    for (;;) {
        int status = show(ctl, before);
        if (status)
            return status;
        (void)poll(NULL, 0, WATCH_MS);
    }
}
