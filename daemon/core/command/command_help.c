/* SPDX-License-Identifier: GPL-2.0-or-later */
/* BANTUAN: which forms there are and how one is written; BANTUAN [form]: that form's own example; BANTUAN [key]: what
 * it means. */
#include "core/command/commands.h"
#include "core/reply/phrase.h"
#include "core/reply/unknown_text.h"

static void make_help(const void *data, const struct wording *wording, struct phrase *ret_phrase)
{
    enum { EXAMPLE_MAX = 400 };
    const struct command_call *call = data;
    const struct form *form = &command_set(call)->forms[0];
    struct list forms;
    char example[EXAMPLE_MAX];
    list_begin(&forms, wording, REPLY_JOIN_LIST);
    list_add_forms(&forms, command_set(call));
    list_end(&forms);
    example_write(call->box, call->assessment->set, 0, 0, example, sizeof example);
    const struct template_value given[] = {
        {"forms", view_of(forms.phrase.text)}, {"form", view_of(form->name)}, {"example", view_of(example)}};
    phrase_render(ret_phrase, wording, REPLY_HELP, given, 3);
}

int command_help(const struct command_call *call, struct reply *ret_reply, struct error *error)
{
    (void)error;
    int form_index = call->assessment->reading.command_form;
    int level = call->contact ? area_code_level(view_of(call->contact->area_code)) : 0;
    if (reply_meaning(call->box, call->assessment, command_locale(call), ret_reply))
        return 0;
    if (form_index < 0 && level > 0 && level < AREA_DESA) {
        reply_simple(call->box, command_locale(call), REPLY_HELP_REGION, NULL, 0, ret_reply);
        return 0;
    }
    if (form_index < 0) {
        reply_fit(call->box, command_locale(call), make_help, call, ret_reply);
        return 0;
    }
    const struct form *form = &command_set(call)->forms[form_index];
    const struct template_value given[] = {{"form", view_of(form->name)}, {"example", view_of(form->example)}};
    reply_simple(call->box, command_locale(call), REPLY_HELP_FORM, given, 2, ret_reply);
    return 0;
}
