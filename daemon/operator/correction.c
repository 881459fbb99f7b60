/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "operator/correction.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/role.h"
#include "core/score/card_open.h"
#include "core/score/score.h"
#include "core/tell/form_alert.h"

/* The order, and what it speaks of as the set knows it that the report was read with. */
struct correcting {
    const struct actor *actor;
    const struct correction_order *order;
    struct correction *out;
    const struct form *form;
    size_t set;
    int form_index, key;
    struct error *error;
};

static int find_key(struct correcting *correcting)
{
    const struct form *form = correcting->form;
    correcting->key = -1;
    for (size_t i = 0; i < form->n_keys; i++)
        if (strcasecmp(form->keys[i].code, correcting->order->key) == 0)
            correcting->key = (int)i;
    if (correcting->key >= 0) {
        (void)snprintf(correcting->out->key, sizeof correcting->out->key, "%s", form->keys[correcting->key].code);
        return 0;
    }
    CLEANUP(buf_deinit) struct buf keys;
    buf_init(&keys, 1024);
    for (size_t i = 0; i < form->n_keys; i++)
        buf_printf(&keys, "%s%s", i ? ", " : "", form->keys[i].code);
    return error_set(correcting->error, -EINVAL, "%s has no key %s; expected one of %s", form->code,
                     correcting->order->key, keys.text);
}

static int find(struct correcting *correcting)
{
    const struct box *box = correcting->actor->box;
    struct report_found *report = &correcting->out->report;
    int r = store_report_by_id(box->store, correcting->order->report_id, report, correcting->error);
    if (r)
        return r;
    int set = box_set_named(box, report->set);
    correcting->form_index = set < 0 ? -1 : set_form(box_set(box, (size_t)set), report->form);
    if (correcting->form_index < 0)
        return error_set(correcting->error, -EINVAL, "the set %s with the form %s is not configured any more",
                         report->set, report->form);
    if (report->period == MONTH_NONE)
        return error_set(correcting->error, -EINVAL, "report %" PRId64 " has no month: nothing of it counts",
                         correcting->order->report_id);
    correcting->set = (size_t)set;
    correcting->form = &box_set(box, correcting->set)->forms[correcting->form_index];
    return find_key(correcting);
}

static int current(const struct correcting *correcting, int month, int *ret_values)
{
    const char *fields[FORM_KEYS_MAX];
    const struct form *form = correcting->form;
    for (size_t i = 0; i < form->n_keys; i++)
        fields[i] = form->keys[i].code;
    return store_current_values(correcting->actor->box->store, correcting->out->report.area_id, month, form->code,
                                fields, form->n_keys, ret_values, correcting->error);
}

static int check_rules(struct correcting *correcting)
{
    const struct form *form = correcting->form;
    int values[FORM_KEYS_MAX], before[FORM_KEYS_MAX], month = correcting->out->report.period;
    enum rule_verdict verdicts[FORM_RULES_MAX];
    int r = current(correcting, month, values);
    if (!r)
        r = current(correcting, month - 1, before);
    if (r)
        return r;
    correcting->out->before = values[correcting->key];
    values[correcting->key] = correcting->order->value;
    r = rules_check(correcting->actor->box->rules[correcting->set], correcting->form_index, month, values, before,
                    verdicts, correcting->error);
    for (size_t i = 0; !r && i < form->n_rules; i++)
        if (form->rules[i].kind == RULE_ERROR && verdicts[i] == RULE_FAILS)
            r = error_set(correcting->error, -EINVAL, "%s %d breaks this rule: %s", form->keys[correcting->key].code,
                          correcting->order->value, form->rules[i].name);
    return r;
}

/* What follows from another number of a report: its score, alerts and frozen card. */
static int count(const struct box *box, const struct report_found *report, int64_t now_ms, struct error *error)
{
    const struct form_alerts_order alerts = {.area_id = report->area_id,
                                             .set = report->set,
                                             .form = report->form,
                                             .month = report->period,
                                             .name = contact_role_to_string(ROLE_OPERATOR),
                                             .now_ms = now_ms};
    int r = score_update(box, report->area_id, report->form, report->period, error);
    if (!r)
        r = form_alerts_tell(box, &alerts, error);
    return r ? r : card_revise(box, now_ms, error);
}

/* Newer than every report of the month, whatever their stamps say: else it would not count. */
static int store_correction(const struct correcting *correcting)
{
    const struct box *box = correcting->actor->box;
    const struct report_found *old = &correcting->out->report;
    struct report_value value = {correcting->form->keys[correcting->key].code, correcting->order->value};
    int64_t now_ms = actor_now_ms(correcting->actor), newest_ms = 0;
    int r = store_report_newest(box->store, old->area_id, old->period, old->form, &newest_ms, correcting->error);
    struct report_row row = {
        .area_id = old->area_id,
        .set = old->set,
        .form = old->form,
        .period = old->period,
        .status = STATUS_ACCEPTED,
        .sent_ms = now_ms > newest_ms ? now_ms : newest_ms + 1,
        .created_ms = now_ms,
        .values = &value,
        .n_values = 1,
    };
    if (!r)
        r = store_report_add(box->store, &row, &correcting->out->report_id, correcting->error);
    return r ? r : count(box, old, now_ms, correcting->error);
}

int operator_correct(const struct actor *actor, const struct correction_order *order, struct correction *ret_correction,
                     struct error *error)
{
    struct correcting correcting = {.actor = actor, .order = order, .out = ret_correction, .error = error};
    char before[16] = "nothing", detail[256] = "";
    *ret_correction = (struct correction){.before = -1};
    int r = actor_begin(actor, error);
    if (r)
        return r;
    r = find(&correcting);
    if (!r)
        r = check_rules(&correcting);
    if (!r)
        r = store_correction(&correcting);
    if (ret_correction->before >= 0)
        (void)snprintf(before, sizeof before, "%d", ret_correction->before);
    (void)snprintf(detail, sizeof detail, "%s %s to %d, report %" PRId64 ": %.180s", ret_correction->key, before,
                   order->value, ret_correction->report_id, order->reason);
    return actor_end(actor, r, "report.set", ret_correction->report.uid, detail, error);
}

/* As BATAL does it. */
static int take_back(const struct actor *actor, const struct report_found *report, struct error *error)
{
    const struct box *box = actor->box;
    int64_t now_ms = actor_now_ms(actor);
    if (strcmp(report->status, report_status_to_string(STATUS_HELD)) == 0)
        return store_report_drop(box->store, report->id, error);
    if (strcmp(report->status, report_status_to_string(STATUS_ACCEPTED)) != 0 &&
        strcmp(report->status, report_status_to_string(STATUS_PARTIAL)) != 0)
        return error_set(error, -EINVAL, "report %" PRId64 " is %s: it counts for nothing", report->id, report->status);
    int r = store_report_cancel(box->store, report->id, now_ms, error);
    return r ? r : count(box, report, now_ms, error);
}

int operator_void(const struct actor *actor, int64_t report_id, const char *reason, bool try,
                  struct report_found *ret_report, struct error *error)
{
    char detail[256];
    *ret_report = (struct report_found){.id = 0};
    int r = actor_begin(actor, error);
    if (r)
        return r;
    r = store_report_by_id(actor->box->store, report_id, ret_report, error);
    if (!r)
        r = take_back(actor, ret_report, error);
    if (!r && try) {
        store_rollback(actor->box->store);
        return 0;
    }
    (void)snprintf(detail, sizeof detail, "%.200s", reason);
    return actor_end(actor, r, "report.void", ret_report->uid, detail, error);
}
