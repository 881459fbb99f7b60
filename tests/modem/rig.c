/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rig.h"

#include "modem/supervise.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

static void on_ready(void *data, struct modem *modem, const struct modem_identity *identity)
{
    struct rig *rig = data;
    (void)modem;
    rig->ready++;
    rig->identity = *identity;
}

static void on_mo(void *data, struct modem *modem, const struct mo_part *parts, size_t n_parts)
{
    struct rig *rig = data;
    assert_in_range(n_parts, 1, MO_BATCH);
    rig->batches++;
    for (size_t i = 0; i < n_parts; i++) {
        assert_true(rig->n_parts < RIG_PARTS);
        rig->parts[rig->n_parts++] = parts[i];
        if (!rig->keep)
            modem_delete(modem, parts[i].place);
    }
}

static void on_report(void *data, struct modem *modem, const struct mt_report *report)
{
    struct rig *rig = data;
    assert_true(rig->n_reports < 16);
    rig->reports[rig->n_reports++] = *report;
    if (!rig->keep)
        modem_delete(modem, report->place);
}

static void on_submitted(void *data, struct modem *modem, int64_t part_id, enum submit_result result, int32_t cause,
                         int32_t tp_mr)
{
    struct rig *rig = data;
    (void)modem;
    assert_true(rig->n_results < RIG_RESULTS);
    rig->results[rig->n_results++] = (struct rig_result){part_id, result, cause, tp_mr};
}

static bool on_leaving(void *data, struct modem *modem, int64_t part_id)
{
    struct rig *rig = data;
    assert_true(modem->submit.part_id == part_id);
    rig->leavings++;
    if (rig->leaving)
        rig->leaving();
    return !rig->hold;
}

static void on_network(void *data, struct modem *modem, const struct modem_network *network)
{
    struct rig *rig = data;
    (void)modem;
    rig->networks++;
    rig->network = *network;
}

static void on_ussd(void *data, struct modem *modem, const char *text)
{
    struct rig *rig = data;
    (void)modem;
    (void)snprintf(rig->ussd, sizeof rig->ussd, "%s", text);
}

static void on_log(void *data, struct modem *modem, const char *text)
{
    struct rig *rig = data;
    (void)modem;
    size_t len = strlen(rig->log);
    (void)snprintf(rig->log + len, sizeof rig->log - len, "%s\n", text);
}

static void on_down(void *data, struct modem *modem, const char *why)
{
    struct rig *rig = data;
    (void)modem;
    rig->downs++;
    (void)snprintf(rig->why, sizeof rig->why, "%s", why);
}

static bool is_taken(void *data, const struct modem *modem, const char *device)
{
    const struct rig *rig = data;
    (void)modem;
    return rig->taken && strcmp(device, rig->taken) == 0;
}

static const struct modem_events events = {
    .ready = on_ready,
    .mo = on_mo,
    .report = on_report,
    .leaving = on_leaving,
    .submitted = on_submitted,
    .network = on_network,
    .ussd = on_ussd,
    .log = on_log,
    .down = on_down,
    .is_taken = is_taken,
};

struct modem_options rig_options(const char *connection, const char *device, const char *model)
{
    return (struct modem_options){
        .name = "sim1",
        .connection = connection,
        .device = device,
        .model = model,
        .pin = "",
        .worker = KABAR_WORKER,
        .poll_ms = 500,
        .init_ms = 60000,
        .status_ms = 30000,
        .list_ms = 30000,
        .delete_ms = 30000,
        .submit_ms = 30000,
        .quit_ms = 5000,
        .backoff_ms = 50,
    };
}

void rig_open(struct rig *rig, struct loop *loop, const struct modem_options *options)
{
    struct error error = {""};
    *rig = (struct rig){.loop = loop, .parts = calloc(RIG_PARTS, sizeof *rig->parts)};
    assert_non_null(rig->parts);
    if (!loop)
        assert_int_equal(loop_open(clock_system, &rig->loop, &error), 0);
    int result = modem_open(rig->loop, clock_system, options, &events, rig, &rig->modem, &error);
    if (result != 0)
        fail_msg("%s", error.text);
}

void rig_close(struct rig *rig, bool with_loop)
{
    rig->modem = modem_close(rig->modem);
    if (with_loop)
        rig->loop = loop_close(rig->loop);
    free(rig->parts);
    rig->parts = NULL;
}

void rig_forget(struct rig *rig)
{
    rig->keep = false;
    rig->batches = 0;
    rig->n_parts = rig->n_reports = rig->n_results = 0;
    rig->why[0] = rig->ussd[0] = rig->log[0] = '\0';
}

int64_t rig_now(void)
{
    return clock_system.monotonic_ms(NULL);
}

void rig_turn(struct rig *rig, int64_t end_ms, const char *condition, const char *file, int line)
{
    int64_t left = end_ms - rig_now();
    if (left <= 0) {
        print_error("%s:%d: in vain: %s; the modem is %s, trouble \"%s\", log:\n%s\n", file, line, condition,
                    modem_state_to_string(modem_state(rig->modem)), modem_trouble(rig->modem), rig->log);
        fail();
    }
    /* The condition may hang on something that the loop does not see. */
    assert_int_equal(loop_turn(rig->loop, left < 10 ? left : 10), 0);
}

void rig_idle(struct rig *rig, int64_t ms)
{
    int64_t end = rig_now() + ms;
    for (int64_t left = ms; left > 0; left = end - rig_now())
        assert_int_equal(loop_turn(rig->loop, left), 0);
}

struct mt_submit rig_submit(int64_t part_id, const char *recipient, const char *text)
{
    struct mt_submit submit = {.part_id = part_id, .concat_ref = -1, .concat_total = 1, .concat_seq = 1};
    (void)snprintf(submit.recipient, sizeof submit.recipient, "%s", recipient);
    (void)snprintf(submit.text, sizeof submit.text, "%s", text);
    return submit;
}

void rig_send(struct rig *rig, int64_t part_id)
{
    struct mt_submit one = rig_submit(part_id, "+6281230000001", "Terima kasih");
    rig_until(rig, modem_can_submit(rig->modem));
    modem_submit(rig->modem, &one);
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *ftw)
{
    (void)status;
    (void)type;
    (void)ftw;
    return remove(path);
}

void rig_remove(const char *folder)
{
    assert_int_equal(nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS), 0);
}
