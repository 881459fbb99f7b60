/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/intake/intake_report.h"

#include <string.h>

#include "base/failpoint.h"
#include "core/reply/stored.h"
#include "core/schedule/schedule.h"
#include "core/score/score.h"
#include "core/tell/form_alert.h"
#include "core/time.h"

bool intake_may_report(const struct contact *contact)
{
    int level = area_code_level(view_of(contact->area_code));
    return contact->area_id != 0 && (level == AREA_DESA || level == AREA_POSYANDU);
}

static size_t list_values(const struct assessed *assessed, struct report_value *ret_values)
{
    size_t n = 0;
    for (size_t i = 0; i < assessed->segment->n_fields; i++) {
        const struct field *field = &assessed->segment->fields[i];
        ret_values[n++] = (struct report_value){assessed->form->keys[field->key].code, field->value};
    }
    return n;
}

static size_t list_problems(const struct assessment *assessment, const struct assessed *assessed,
                            struct report_problem *ret_problems)
{
    for (size_t i = 0; i < assessed->n_problems; i++) {
        const struct problem *problem = &assessed->problems[i];
        ret_problems[i] = (struct report_problem){
            .code = problem_code_to_string(problem->code),
            .rule = problem->rule >= 0 ? assessed->form->rules[problem->rule].check : "",
            .token = problem->token,
            .offset = problem->token.at ? (int)(problem->token.at - assessment->text.at) : 0,
        };
    }
    return assessed->n_problems;
}

/* What waits for YA is not what the sender means any more, once the same form of that area comes anew. Of reports that
 * add only the one that is corrected is not. */
static int drop_held(const struct box *box, const struct intake_report *report, const struct assessed *assessed,
                     struct error *error)
{
    const struct form *form = assessed->form;
    struct stored_reports held;
    int result = stored_held(box, report->contact->id, 0, 0, &held, error);
    for (size_t i = 0; i < held.n && result == 0; i++) {
        const struct report_found *found = &held.report[i].found;
        bool same = strcmp(found->form, form->code) == 0 && found->area_id == report->assessment->area_id;
        if (same && (!form->adds || found->id == assessed->goes_on_from))
            result = store_report_drop(box->store, held.report[i].found.id, error);
    }
    return result;
}

/* The place among corrections: a stamp some hours in the future (an SMSC of another zone) would win over all that come
 * until then. One that is further ahead is believed: then it is the box's clock that went back. */
static int64_t order_of(const struct intake_report *report)
{
    int64_t ahead_ms = report->sent_ms - report->created_ms;
    return ahead_ms > 0 && ahead_ms <= ZONE_MS ? report->created_ms : report->sent_ms;
}

static int tell(const struct box *box, const struct report_row *row, const struct contact *contact, struct error *error)
{
    const struct form_alerts_order order = {.area_id = row->area_id,
                                            .set = row->set,
                                            .form = row->form,
                                            .month = row->period,
                                            .contact_id = contact->id,
                                            .name = contact->name,
                                            .now_ms = row->created_ms};
    return form_alerts_tell(box, &order, error);
}

static int store_segment(const struct box *box, const struct intake_report *report, const struct assessed *assessed,
                         struct error *error)
{
    struct report_value values[FORM_KEYS_MAX];
    struct report_problem problems[ASSESSED_PROBLEMS_MAX];
    struct report_row row = {
        .mo_id = report->mo_id,
        .contact_id = report->contact->id,
        .area_id = report->assessment->area_id,
        .set = box_set(box, (size_t)report->assessment->set)->name,
        .form = assessed->form->code,
        .period = assessed->month,
        .status = assessed->status,
        .sent_ms = order_of(report),
        .created_ms = report->created_ms,
        .adds = assessed->form->adds,
        .amends = assessed->amends,
        .question = question_to_string(assessed->question),
        .question_field = assessed->asked_key < 0 ? NULL : assessed->form->keys[assessed->asked_key].code,
        .values = values,
        .n_values = list_values(assessed, values),
        .problems = problems,
        .n_problems = list_problems(report->assessment, assessed, problems),
        .remark_field = assessed->remark.len > 0 ? assessed->form->keys[assessed->form->n_keys - 1].code : NULL,
        .remark = assessed->remark,
    };
    int64_t id = 0;
    int result = FAILPOINT("intake.report", error);
    if (result == 0 && assessed->status != STATUS_REJECTED)
        result = drop_held(box, report, assessed, error);
    if (result == 0)
        result = store_report_add(box->store, &row, &id, error);
    if (result == 0 && assessed->status != STATUS_REJECTED)
        result = schedule_reported(box, row.area_id, row.period, row.created_ms, error);
    bool counts = assessed->status == STATUS_ACCEPTED || assessed->status == STATUS_PARTIAL;
    if (result == 0 && counts)
        result = score_update(box, row.area_id, row.form, row.period, error);
    return result == 0 && counts ? tell(box, &row, report->contact, error) : result;
}

int intake_reports_store(const struct box *box, const struct intake_report *report, struct error *error)
{
    int result = 0;
    const struct assessment *assessment = report->assessment;
    for (size_t i = 0; i < assessment->n_segments && result == 0; i++) {
        if (assessment->segments[i].status != STATUS_HELP)
            result = store_segment(box, report, &assessment->segments[i], error);
    }
    return result;
}
