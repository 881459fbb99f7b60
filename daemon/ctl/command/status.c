/* SPDX-License-Identifier: GPL-2.0-or-later */
/* status: the box on one screen, whether the daemon runs or not. */
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/lock.h"
#include "ctl/command/status.h"
#include "ctl/listing.h"
#include "store/meta.h"

enum { SCREEN_COLUMNS = 80, FACT_COLUMNS = 14, WATCH_MS = 2 * MS_SECOND };

/* Bytes of the file and of what stands beside it, not yet in it. */
static int64_t database_size(const char *path)
{
    char beside[4096];
    struct stat file;
    int64_t bytes = 0;
    static const char *const endings[] = {"", "-wal"};
    for (size_t i = 0; i < 2; i++)
        if (snprintf(beside, sizeof beside, "%s%s", path, endings[i]) < (int)sizeof beside && stat(beside, &file) == 0)
            bytes += file.st_size;
    return bytes;
}

static int read_state(struct state *state)
{
    struct session *session = state->session;
    state->now_ms = session_now_ms(session);
    struct local_time midnight = zone_local(state->now_ms);
    midnight.hour = midnight.minute = midnight.second = 0;
    state->running = lock_held(session->settings->database, &state->pid);
    state->trouble = lock_told(session->settings->database, &state->told, &state->told_since_ms);
    state->database_bytes = database_size(session->settings->database);
    state->month = month_of(midnight.day) - (midnight.day.day <= session->settings->grace_days);
    int r = store_counts(session->store, zone_ms(&midnight), &state->counts, &state->error);
    if (!r)
        r = store_week_counts(session->store, state->now_ms - 7 * MS_DAY, state->month, &state->week, &state->error);
    return r ? r : status_alerts(state, &state->alerts);
}

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
    buf_printf(out, " since %s", local);
    if (ms >= 2 * MS_DAY)
        buf_printf(out, " (%" PRId64 " days)", ms / MS_DAY);
    else if (ms >= 2L * MS_HOUR)
        buf_printf(out, " (%" PRId64 " hours)", ms / MS_HOUR);
    else if (ms >= 0)
        buf_printf(out, " (%" PRId64 " min)", ms / MS_MINUTE);
}

enum { MENDED_MAX = 192 };

/* What was wrong before it worked again, as META_MENDED has it: "MS TEXT"; NULL where that is a day ago. */
static const char *read_mended(const struct state *state, const char *name, char value[MENDED_MAX],
                               int64_t *ret_since_ms)
{
    struct error error;
    if (store_meta_get(state->session->store, META_MENDED, name, value, MENDED_MAX, &error) != 0)
        return NULL;
    char *text = value;
    *ret_since_ms = strtoll(value, &text, 10);
    return *text == ' ' && state->now_ms - *ret_since_ms < MS_DAY ? text + 1 : NULL;
}

static void add_mended(const struct state *state, const char *name, struct buf *out)
{
    char value[MENDED_MAX], local[17];
    int64_t since_ms;
    const char *text = read_mended(state, name, value, &since_ms);
    if (!text)
        return;
    time_format_local(since_ms, local);
    buf_printf(out, "; had not worked since %s: ", local);
    buf_escaped(out, view_of(text));
}

static void add_mended_json(const struct state *state, const char *name, struct buf *out)
{
    char value[MENDED_MAX], since[21];
    int64_t since_ms;
    const char *text = read_mended(state, name, value, &since_ms);
    buf_puts(out, ",\"mended\":");
    if (!text) {
        buf_puts(out, "null");
        return;
    }
    time_format(since_ms, since);
    buf_printf(out, "{\"since\":\"%s\",\"trouble\":", since);
    buf_json(out, view_of(text));
    buf_puts(out, "}");
}

struct modem_output {
    const struct state *state;
    struct buf *out;
    size_t n;
};

static int add_modem(void *data, const struct modem_row *modem)
{
    struct modem_output *output = data;
    struct buf *out = output->out;
    output->n++;
    add_fact(out, "modem");
    buf_escaped(out, view_of(modem->name));
    if (!output->state->running) {
        buf_puts(out, ": daemon stopped\n");
        return 0;
    }
    bool works = modem_row_works(modem) && !modem->trouble[0];
    buf_puts(out, works ? ": ready" : ": not working");
    add_ago(out, modem->since_ms, output->state->now_ms);
    if (works) {
        buf_puts(out, ", network ");
        buf_escaped(out, view_of(modem->operator_name[0] ? modem->operator_name : "registered"));
        if (modem->signal_percent >= 0)
            buf_printf(out, ", signal %d %%", modem->signal_percent);
        add_mended(output->state, modem->name, out);
    } else {
        buf_puts(out, ": ");
        buf_escaped(out, view_of(modem->trouble[0] ? modem->trouble : modem->state));
    }
    buf_puts(out, "\n");
    return 0;
}

static int add_modem_json(void *data, const struct modem_row *modem)
{
    struct modem_output *output = data;
    struct buf *out = output->out;
    char since[21], seen[21];
    time_format(modem->since_ms, since);
    time_format(modem->seen_ms, seen);
    buf_puts(out, output->n++ ? ",{\"name\":" : "{\"name\":");
    buf_json(out, view_of(modem->name));
    buf_printf(out, ",\"state\":\"%s\",\"since\":\"%s\",\"seen\":\"%s\",\"registered\":%s,\"operator\":", modem->state,
               since, seen, modem->registered ? "true" : "false");
    buf_json(out, view_of(modem->operator_name));
    if (modem->signal_percent >= 0)
        buf_printf(out, ",\"signal_percent\":%d", modem->signal_percent);
    else
        buf_puts(out, ",\"signal_percent\":null");
    buf_puts(out, ",\"imei\":");
    buf_json(out, view_of(modem->imei));
    buf_puts(out, ",\"model\":");
    buf_json(out, view_of(modem->model));
    buf_puts(out, ",\"trouble\":");
    buf_json(out, view_of(modem->trouble));
    add_mended_json(output->state, modem->name, out);
    buf_puts(out, "}");
    return 0;
}

static int add_json(struct state *state, struct buf *out)
{
    const struct store_counts *counts = &state->counts;
    const struct settings *settings = state->session->settings;
    struct modem_output modems = {state, out, 0};
    char now[21], since[21] = "";
    time_format(state->now_ms, now);
    buf_puts(out, "{\"box\":");
    buf_json(out, view_of(settings->box.id));
    buf_printf(out, ",\"time\":\"%s\",\"running\":%s,\"pid\":%d,\"database\":", now, state->running ? "true" : "false",
               state->pid);
    buf_json(out, view_of(settings->database));
    buf_printf(out, ",\"database_bytes\":%" PRId64 ",\"trouble\":", state->database_bytes);
    buf_json(out, view_of(state->told.text));
    if (state->trouble) {
        time_format(state->told_since_ms, since);
        buf_printf(out, ",\"trouble_since\":\"%s\"", since);
    } else {
        buf_puts(out, ",\"trouble_since\":null");
    }
    add_mended_json(state, "database", out);
    buf_puts(out, ",\"modems\":[");
    int r = store_modem_list(state->session->store, add_modem_json, &modems, &state->error);
    buf_printf(out,
               "],\"received_today\":%" PRId64 ",\"unread\":%" PRId64 ",\"reports_today\":%" PRId64
               ",\"queued\":%" PRId64 ",\"outgoing_today\":%" PRId64 ",\"uncertain\":%" PRId64 ",\"failed\":%" PRId64,
               counts->mo_today, counts->mo_unread, counts->reports_today, counts->mt_queued, counts->mt_today,
               counts->mt_uncertain, counts->mt_failed);
    buf_printf(out, ",\"contacts\":%" PRId64 ",\"pending\":%" PRId64 ",\"areas\":%" PRId64, counts->contacts,
               counts->pending, counts->areas);
    char month[8];
    month_format(state->month, month);
    buf_printf(out, ",\"month\":\"%s\",\"villages\":%" PRId64 ",\"villages_reporting\":%" PRId64 ",\"alerts\":[", month,
               state->week.villages, state->week.villages_reporting);
    for (size_t i = 0; i < state->alerts.n; i++) {
        buf_printf(out, "%s{\"cause\":\"%s\",\"text\":", i ? "," : "", state->alerts.alert[i].cause);
        buf_json(out, view_of(state->alerts.alert[i].text));
        buf_puts(out, "}");
    }
    buf_puts(out, "]}\n");
    return r;
}

static void add_people(const struct state *state, struct buf *out)
{
    const struct store_counts *counts = &state->counts;
    add_fact(out, "people");
    buf_printf(out, "%" PRId64 " contacts in %" PRId64 " areas\n", counts->contacts, counts->areas);
    if (counts->pending == 0)
        return;
    add_fact(out, "");
    buf_printf(out, "%" PRId64 " wait for you: kabarctl contact list --pending\n", counts->pending);
}

static void add_villages(const struct state *state, struct buf *out)
{
    char month[8];
    month_format(state->month, month);
    add_fact(out, "villages");
    buf_printf(out, "%" PRId64 " of %" PRId64 " have reported for %s: kabarctl missing\n",
               state->week.villages_reporting, state->week.villages, month);
}

static void add_alerts(const struct state *state, struct buf *out)
{
    add_fact(out, "alerts");
    if (state->alerts.n == 0)
        buf_puts(out, "none\n");
    for (size_t i = 0; i < state->alerts.n; i++) {
        if (i > 0)
            add_fact(out, "");
        buf_escaped(out, view_of(state->alerts.alert[i].text));
        buf_puts(out, "\n");
    }
}

static void add_traffic(const struct state *state, struct buf *out)
{
    const struct store_counts *counts = &state->counts;
    add_fact(out, "today");
    buf_printf(out, "%" PRId64 " received, %" PRId64 " reports, %" PRId64 " outgoing\n", counts->mo_today,
               counts->reports_today, counts->mt_today);
    add_fact(out, "queue");
    buf_printf(out, "%" PRId64 " to send, %" PRId64 " uncertain, %" PRId64 " failed\n", counts->mt_queued,
               counts->mt_uncertain, counts->mt_failed);
    if (counts->mo_unread == 0)
        return;
    add_fact(out, "");
    buf_printf(out, "%" PRId64 " messages nobody understood: kabarctl inbox --unread\n", counts->mo_unread);
}

static int add_screen(struct state *state, const struct ctl *ctl, struct buf *out)
{
    const struct settings *settings = state->session->settings;
    struct modem_output modems = {state, out, 0};
    char local[17];
    time_format_local(state->now_ms, local);
    buf_printf(out, "%s, %s %s\n", settings->box.id, local, settings->box.timezone);
    add_fact(out, "daemon");
    if (state->running && state->pid)
        buf_printf(out, "runs, process %d\n", state->pid);
    else if (state->running)
        buf_puts(out, "runs\n");
    else
        buf_printf(out, "does not run; start: kabard -c %s\n", ctl->config);
    if (state->trouble) {
        add_fact(out, "");
        buf_puts(out, "trouble");
        add_ago(out, state->told_since_ms, state->now_ms);
        buf_puts(out, ": nothing is taken from the modems: ");
        buf_escaped(out, view_of(state->told.text));
        buf_puts(out, "\n");
    }
    int r = store_modem_list(state->session->store, add_modem, &modems, &state->error);
    if (modems.n == 0) {
        add_fact(out, "modem");
        buf_puts(out, "none seen yet\n");
    }
    add_traffic(state, out);
    add_villages(state, out);
    add_people(state, out);
    add_fact(out, "database");
    buf_escaped(out, view_of(settings->database));
    buf_printf(out, ", %.1f MiB", (double)state->database_bytes / (1 << 20));
    add_mended(state, "database", out);
    buf_puts(out, "\n");
    add_alerts(state, out);
    return r;
}

/* One line, broken at spaces where it is wider than the screen; what follows stands below the facts. */
static void wrap_line(struct buf *out, struct view line)
{
    struct view left = line;
    size_t room = SCREEN_COLUMNS;
    while (text_columns(left) > room) {
        size_t cut = left.len;
        while (cut > 1 && (left.at[cut - 1] != ' ' || text_columns((struct view){left.at, cut - 1}) > room))
            cut--;
        if (cut <= FACT_COLUMNS)
            break; /* one word alone that is wider */
        buf_add(out, (struct view){left.at, cut - 1});
        buf_puts(out, "\n");
        buf_padded(out, "", FACT_COLUMNS);
        left = (struct view){left.at + cut, left.len - cut};
        room = SCREEN_COLUMNS - FACT_COLUMNS;
    }
    buf_add(out, left);
    buf_puts(out, "\n");
}

static void print_screen(const struct buf *screen)
{
    CLEANUP(buf_deinit) struct buf wrapped;
    buf_init(&wrapped, 1 << 17);
    for (const char *at = screen->text, *end; (end = strchr(at, '\n')) != NULL; at = end + 1)
        wrap_line(&wrapped, (struct view){at, (size_t)(end - at)});
    ctl_print(&wrapped);
}

static int show(struct ctl *ctl, const char *before)
{
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(buf_deinit) struct buf out;
    buf_init(&out, 1 << 16);
    int status = session_open(&session, ctl, STORE_READ);
    if (status)
        return status;
    struct state state = {.session = &session};
    int r = read_state(&state);
    if (!r)
        r = ctl->json ? add_json(&state, &out) : add_screen(&state, ctl, &out);
    if (r)
        return ctl_failed(r, &state.error);
    (void)fputs(before, stdout);
    if (ctl->json)
        ctl_print(&out);
    else
        print_screen(&out);
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
