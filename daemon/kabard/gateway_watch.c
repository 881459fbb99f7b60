/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Once a minute: what the operators are told by SMS, and the numbers for Prometheus. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/event.h"
#include "core/time.h"
#include "core/watch/alert.h"
#include "core/watch/metrics.h"
#include "kabard/gateway_internal.h"
#include "settings/settings.h"
#include "store/rule.h"

enum { PATH_BYTES = 4096, WATCH_MS = MS_MINUTE, KEEP_MS = 6 * MS_HOUR };

static int64_t free_mib(const struct gateway *gateway)
{
    int64_t mib = -1;
    struct error error;
    return disk_free_mib(gateway->settings->database, &mib, &error) == 0 ? mib : -1;
}

static void watch(struct gateway *gateway, int64_t now_ms)
{
    struct alert_modem modems[MODEMS_MAX];
    struct error error;
    size_t n = 0, queued = 0;
    for (size_t i = 0; i < gateway->n_lines && n < MODEMS_MAX; i++) {
        struct line *line = &gateway->lines[i];
        if (modem_row_works(&line->row) || line->works_ms == 0)
            line->works_ms = now_ms;
        modems[n++] = (struct alert_modem){line->row.name, now_ms - line->works_ms, line->ailment};
    }
    int result = gateway->set_aside_due ? alert_set_aside(gateway->box, &error) : 0;
    if (result == 0) {
        gateway->set_aside_due = false;
        result = alert_watch(gateway->box, modems, n, free_mib(gateway), &queued, &error);
    }
    if (result < 0)
        gateway_store_failed(gateway, result, &error);
    else if (queued > 0)
        log_event(EVENT_ALERTED, "alert messages=%zu", queued);
}

/* Readers see the old file or the new one, never half of one. For everyone's eyes: there are only numbers in it. */
static int replace_file(const char *path, const struct buf *text, struct error *error)
{
    char beside[PATH_BYTES];
    if (snprintf(beside, sizeof beside, "%s.new", path) >= (int)sizeof beside)
        return error_set(error, -ENAMETOOLONG, "%s: the path is too long", path);
    int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0)
        return error_set(error, -errno, "%s: %s", beside, strerror(errno));
    bool written = write(fd, text->text, text->len) == (ssize_t)text->len && fchmod(fd, 0644) == 0;
    int fault = written ? 0 : errno ? errno : EIO;
    if (close(fd) != 0 && !fault)
        fault = errno;
    if (!fault && rename(beside, path) != 0)
        fault = errno;
    if (!fault)
        return 0;
    (void)unlink(beside);
    return error_set(error, -fault, "%s: %s", path, strerror(fault));
}

static void write_metrics(struct gateway *gateway)
{
    struct buf text;
    struct error error;
    buf_init(&text, 1 << 16);
    int result = metrics_print(gateway->box, free_mib(gateway), &text, &error);
    if (result == 0)
        result = replace_file(gateway->settings->metrics, &text, &error);
    if (result != 0 && !gateway->metrics_failed)
        log_event(EVENT_METRICS_FAILED, "metrics: %s", error.text);
    gateway->metrics_failed = result != 0;
    buf_deinit(&text);
}

/* For the next life: at once where a hand has set the clock, at the start, else as often as it is worth a write. */
static void keep_clock(struct gateway *gateway, struct moment now)
{
    struct error error;
    int64_t monotonic_ms = gateway->clock.monotonic_ms(gateway->clock.data);
    if (gateway->box->timekeeping->set_ms == 0 && gateway->clock_kept_ms > 0 &&
        monotonic_ms < gateway->clock_kept_ms + KEEP_MS)
        return;
    gateway->clock_kept_ms = monotonic_ms;
    int result = store_begin(gateway->store, &error);
    if (result == 0)
        result = moment_keep(gateway->box, now, &error);
    result = store_end(gateway->store, result, &error);
    if (result < 0)
        gateway_store_failed(gateway, result, &error);
}

static void watch_clock(struct gateway *gateway)
{
    struct moment now;
    struct error error;
    if (moment_now(gateway->box, &now, &error) != 0)
        return;
    keep_clock(gateway, now);
    if (now.trusted == !gateway->clock_wrong)
        return;
    gateway->clock_wrong = !now.trusted;
    char shown[21], known[21];
    time_format(gateway->clock.wall_ms(gateway->clock.data), shown);
    time_format(now.ms, known);
    if (gateway->clock_wrong)
        log_event(EVENT_CLOCK_WRONG, "clock=%s verdict=%s, it is taken for %s: kabarctl clock", shown,
                  clock_verdict_to_string(now.verdict), known);
    else
        log_event(EVENT_CLOCK_RIGHT, "clock=%s is trusted", shown);
}

/* What a set's rules failed at, once. */
static void watch_rules(struct gateway *gateway)
{
    for (size_t i = 0; i < gateway->settings->n_sets && !gateway->rule_failed; i++) {
        const struct rule_error *fault = rules_fault(gateway->box->rules[i]);
        if (!fault)
            continue;
        gateway->rule_failed = true;
        log_event(EVENT_RULE_FAILED, "%s:%d: %s", box_set(gateway->box, i)->file, fault->line, fault->text);
    }
}

void gateway_watch(struct gateway *gateway)
{
    int64_t now_ms = gateway->clock.monotonic_ms(gateway->clock.data);
    if (now_ms >= gateway->watch_due_ms) {
        gateway->watch_due_ms = now_ms + WATCH_MS;
        watch(gateway, now_ms);
        for (size_t i = 0; i < gateway->n_lines; i++)
            gateway_oneway(&gateway->lines[i]);
        watch_clock(gateway);
        watch_rules(gateway);
        if (!gateway->store_trouble)
            gateway_remember(gateway);
    }
    if (gateway->settings->metrics[0] && now_ms >= gateway->metrics_due_ms && !gateway->store_trouble) {
        gateway->metrics_due_ms = now_ms + (int64_t)gateway->settings->metrics_seconds * MS_SECOND;
        write_metrics(gateway);
    }
}
