/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report set: a number put right by hand, as a report of its own beside the one it corrects. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "core/score/card_open.h"
#include "ctl/session.h"
#include "store/report.h"

struct correction {
    struct report_found report;
    const struct form *form;
    size_t set;
    int form_index, key, before, value; /* before -1: nothing counts */
};

static int read_words(const struct ctl *ctl, int64_t *ret_id, int *ret_value)
{
    int64_t value;
    if (args_number(ctl->args.words[0], 1, INT64_MAX, ret_id))
        return ctl_usage(ctl, "%s is no report's number; they stand in: kabarctl reports", ctl->args.words[0]);
    if (args_number(ctl->args.words[2], 0, VALUE_MAX, &value))
        return ctl_usage(ctl, "%s is no count from 0 to %d", ctl->args.words[2], VALUE_MAX);
    *ret_value = (int)value;
    return 0;
}

/* The report, and its form and key as the set that the report was read with knows them. */
static int find(const struct ctl *ctl, const struct session *session, int64_t id, struct correction *correction)
{
    struct error error = {0};
    struct report_found *report = &correction->report;
    int r = store_report_by_id(session->store, id, report, &error);
    if (r)
        return ctl_failed(r, &error);
    int set = box_set_named(session->box, report->set);
    int form = set < 0 ? -1 : set_form(box_set(session->box, (size_t)set), report->form);
    if (form < 0)
        return ctl_refuse("the set %s with the form %s is not configured any more", report->set, report->form);
    if (report->period == MONTH_NONE)
        return ctl_refuse("report %" PRId64 " has no month: nothing of it counts", id);
    correction->set = (size_t)set;
    correction->form_index = form;
    correction->form = &box_set(session->box, (size_t)set)->forms[form];
    correction->key = form_key(correction->form, ctl->args.words[1]);
    if (correction->key >= 0)
        return 0;
    CLEANUP(buf_deinit) struct buf keys;
    buf_init(&keys, 4096);
    for (size_t i = 0; i < correction->form->n_keys; i++)
        buf_printf(&keys, "%s%s", i ? ", " : "", correction->form->keys[i].code);
    return ctl_refuse("%s has no key %s; expected one of %s", report->form, ctl->args.words[1], keys.text);
}

static int current(const struct session *session, const struct correction *correction, int month, int *ret_values)
{
    const char *fields[FORM_KEYS_MAX];
    struct error error = {0};
    for (size_t i = 0; i < correction->form->n_keys; i++)
        fields[i] = correction->form->keys[i].code;
    int r = store_current_values(session->store, correction->report.area_id, month, correction->form->code, fields,
                                 correction->form->n_keys, ret_values, &error);
    return r ? ctl_failed(r, &error) : 0;
}

/* What no sender may report no operator may enter. */
static int check_rules(const struct session *session, struct correction *correction)
{
    int values[FORM_KEYS_MAX], before[FORM_KEYS_MAX];
    enum rule_verdict verdicts[FORM_RULES_MAX];
    struct error error = {0};
    int status = current(session, correction, correction->report.period, values);
    if (!status)
        status = current(session, correction, correction->report.period - 1, before);
    if (status)
        return status;
    correction->before = values[correction->key];
    values[correction->key] = correction->value;
    int r = rules_check(session->box->rules[correction->set], correction->form_index, values, before, verdicts, &error);
    if (r)
        return ctl_failed(r, &error);
    for (size_t i = 0; i < correction->form->n_rules; i++) {
        const struct rule *rule = &correction->form->rules[i];
        if (rule->kind == RULE_ERROR && verdicts[i] == RULE_FAILS)
            return ctl_refuse("with %s %d this does not hold: %s", correction->form->keys[correction->key].code,
                              correction->value, rule->name);
    }
    return 0;
}

static int store_correction(const struct session *session, const struct correction *correction, int64_t *ret_id,
                            struct error *error)
{
    const struct report_found *old = &correction->report;
    struct report_value value = {correction->form->keys[correction->key].code, correction->value};
    int64_t now_ms = session_now_ms(session), newest_ms = 0;
    int r = store_report_newest(session->store, old->area_id, old->period, old->form, &newest_ms, error);
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
        r = store_report_add(session->store, &row, ret_id, error);
    if (!r)
        r = score_update(session->box, old->area_id, old->form, old->period, error);
    return r ? r : card_revise(session->box, now_ms, error);
}

int ctl_report_set(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    static struct correction correction;
    struct error error = {0};
    int64_t id, new_id = 0;
    char detail[256], before[16] = "nothing";
    int status = read_words(ctl, &id, &correction.value);
    if (!status)
        status = session_open(&session, ctl, STORE_WRITE);
    if (!status)
        status = session_box(&session, ctl);
    if (!status)
        status = session_begin(&session);
    if (!status)
        status = find(ctl, &session, id, &correction);
    if (!status)
        status = check_rules(&session, &correction);
    if (status)
        return status;
    int r = store_correction(&session, &correction, &new_id, &error);
    if (r)
        return ctl_failed(r, &error);
    if (correction.before >= 0)
        (void)snprintf(before, sizeof before, "%d", correction.before);
    (void)snprintf(detail, sizeof detail, "%s %s to %d, report %" PRId64 ": %.180s", ctl->args.words[1], before,
                   correction.value, new_id, args_get(&ctl->args, "--reason"));
    status = session_commit(&session, "report.set", correction.report.uid, detail);
    if (status)
        return status;
    if (ctl->json)
        (void)printf("{\"id\":%" PRId64 ",\"corrects\":%" PRId64 ",\"field\":\"%s\",\"value\":%d}\n", new_id, id,
                     correction.form->keys[correction.key].code, correction.value);
    else
        (void)printf("%s: %s was %s, is %d now, as report %" PRId64 "\n", correction.report.uid,
                     correction.form->keys[correction.key].code, before, correction.value, new_id);
    return CTL_DONE;
}
