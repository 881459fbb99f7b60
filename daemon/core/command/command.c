/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/command/command.h"

#include "base/failpoint.h"
#include "core/command/commands.h"
#include "core/score/score.h"
#include "core/tell/form_alert.h"

static const struct {
    command_function *run;
    bool needs_store;
} commands[COMMAND_COUNT] = {
    [COMMAND_SCORE] = {command_score, true}, [COMMAND_STATUS] = {command_status, true},
    [COMMAND_HELP] = {command_help, false},  [COMMAND_CANCEL] = {command_cancel, true},
    [COMMAND_YES] = {command_yes, true},     [COMMAND_NO] = {command_no, true},
};

struct own_areas {
    struct area *area;
    size_t n;
};

static int take_own_area(void *data, const struct area *area)
{
    struct own_areas *own = data;
    own->area[own->n++] = *area;
    return own->n == CONTACT_AREAS_MAX;
}

int command_areas(const struct command_call *call, struct area ret_areas[CONTACT_AREAS_MAX], size_t *ret_n,
                  struct error *error)
{
    struct own_areas own = {ret_areas, 0};
    int result = store_contact_areas(call->box->store, call->contact->id, take_own_area, &own, error);
    *ret_n = own.n;
    return result;
}

const struct set *command_set(const struct command_call *call)
{
    return box_set(call->box, (size_t)call->assessment->set);
}

const char *command_locale(const struct command_call *call)
{
    return call->contact ? call->contact->locale : "";
}

int command_run(const struct command_call *call, struct reply *ret_reply, struct error *error)
{
    enum command command = call->assessment->reading.command;
    ret_reply->text[0] = '\0';
    int result = FAILPOINT("intake.command", error);
    if (result < 0 || !commands[command].run)
        return result;
    if (commands[command].needs_store && (!call->box->store || !call->contact))
        return 0;
    return commands[command].run(call, ret_reply, error);
}

int command_counted(const struct command_call *call, const struct report_found *found, struct error *error)
{
    const struct form_alerts_order order = {.area_id = found->area_id,
                                            .set = found->set,
                                            .form = found->form,
                                            .month = found->period,
                                            .contact_id = call->contact->id,
                                            .name = call->contact->name,
                                            .now_ms = call->now_ms};
    int result = score_update(call->box, found->area_id, found->form, found->period, error);
    return result < 0 ? result : form_alerts_tell(call->box, &order, error);
}
