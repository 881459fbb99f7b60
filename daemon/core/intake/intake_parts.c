/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/intake/intake_parts.h"

#include <string.h>

/* One answer below the other. */
static void add_answer(const struct reply *part, struct reply *reply)
{
    size_t len = strlen(reply->text), more = strlen(part->text);
    if (len + more + 2 > sizeof reply->text)
        return;
    if (len > 0)
        reply->text[len++] = '\n';
    memcpy(reply->text + len, part->text, more + 1);
}

int intake_parts_store(const struct box *box, struct intake_report *report, const struct assess_input *input,
                       const struct split *split, struct reply *ret_reply, size_t *ret_n, struct error *error)
{
    struct reply answer;
    int result = 0;
    ret_reply->text[0] = '\0';
    *ret_n = 0;
    report->assessment = box->assessment;
    for (size_t i = 0; (i == 0 || i < split->n) && result == 0; i++) {
        if (split->n > 0)
            result = split_assess(box, input, split, i, box->assessment, error);
        if (result < 0)
            return result;
        if (split->n > 0)
            reply_part(box, box->assessment, report->contact->locale, &answer);
        else
            reply_assessment(box, box->assessment, report->contact->locale, &answer);
        add_answer(&answer, ret_reply);
        *ret_n += box->assessment->n_segments;
        result = intake_reports_store(box, report, error);
    }
    return result;
}
