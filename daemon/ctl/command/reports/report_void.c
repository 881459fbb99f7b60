/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report void: reports that count no more. */
#include <inttypes.h>
#include <stdio.h>

#include "base/translate.h"
#include "ctl/report_values.h"
#include "ctl/session.h"
#include "operator/correction.h"

static int read_id(const struct ctl *ctl, size_t word, int64_t *ret_id)
{
    if (args_number(ctl->args.words[word], 1, INT64_MAX, ret_id))
        return ctl_usage(ctl, "%s is not the number of a report; find it with: kabarctl reports",
                         ctl->args.words[word]);
    return 0;
}

/* Tries it, or does it, and says which report it is. */
static int void_one(const struct ctl *ctl, const struct session *session, const struct actor *actor, size_t word,
                    bool try)
{
    CLEANUP(buf_deinit) struct buf plain;
    CLEANUP(buf_deinit) struct buf json;
    struct report_found report;
    struct error error = {0};
    int64_t id = 0;
    char month[8] = "-";
    buf_init(&plain, 4096);
    buf_init(&json, 4096);
    (void)!read_id(ctl, word, &id);
    int r = operator_void(actor, id, args_get(&ctl->args, "--reason"), try, &report, &error);
    if (!r)
        r = report_values(session->store, id, &plain, &json, &error);
    if (r)
        return ctl_failed(r, &error);
    if (report.period != MONTH_NONE)
        month_format(report.period, month);
    if (!ctl->json)
        (void)printf(_("report %" PRId64 ", %s, %s %s: %s%s\n"), id, report.area_name, report.form, month, plain.text,
                     try ? "" : _(": does not count any more"));
    else if (!try)
        (void)printf("{\"report\":%" PRId64 ",\"form\":\"%s\",\"period\":\"%s\",\"values\":%s,\"void\":true}\n", id,
                     report.form, month, json.text);
    return CTL_DONE;
}

/* All are shown before the first is done. */
int ctl_report_void(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    struct actor actor;
    int64_t id;
    int status = 0;
    for (size_t i = 0; i < ctl->args.n_words && !status; i++)
        status = read_id(ctl, i, &id);
    if (!status)
        status = session_actor(&session, ctl, &actor);
    for (size_t i = 0; i < ctl->args.n_words && !status; i++)
        status = void_one(ctl, &session, &actor, i, true);
    if (status || args_get(&ctl->args, "--dry-run"))
        return status;
    status = ctl_confirm(ctl, _("What stood before them counts again, nobody is told. Make them void?"));
    for (size_t i = 0; i < ctl->args.n_words && !status; i++)
        status = void_one(ctl, &session, &actor, i, false);
    return status;
}
