/* SPDX-License-Identifier: GPL-2.0-or-later */
/* notes: what people told of instead of numbers; notes reply: one is answered; notes done: somebody has dealt with it.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/translate.h"
#include "ctl/listing.h"
#include "ctl/session.h"
#include "ctl/text_fault.h"
#include "operator/notes.h"
#include "store/note.h"

static int list_note(void *data, const struct note_row *note)
{
    struct listing *list = data;
    listing_number(list, note->id);
    listing_time(list, note->created_ms);
    listing_word(list, note->emergency ? N_("yes") : "");
    listing_text(list, note->sender);
    listing_text(list, note->name);
    listing_text(list, note->area_code);
    listing_text(list, note->area_name);
    listing_number(list, note->told);
    listing_time(list, note->done_ms);
    listing_number(list, note->mo_id);
    listing_text(list, note->text);
    return 0;
}

int ctl_notes(struct ctl *ctl)
{
    static const struct column columns[] = {
        {"id", N_("ID"), true},         {"received", N_("RECEIVED"), false}, {"emergency", N_("EMERGENCY"), false},
        {"from", N_("FROM"), false},    {"name", N_("NAME"), false},         {"area", NULL, false},
        {"village", N_("AREA"), false}, {"told", N_("TOLD"), true},          {"done", N_("DONE"), false},
        {"message", NULL, true},        {"text", N_("TEXT"), false},
    };
    CLEANUP(session_close) struct session session = {0};
    struct listed listed;
    int status = session_list(&session, ctl, &listed);
    if (status)
        return status;
    struct note_filter filter = {
        .all = args_get(&ctl->args, "--all") != NULL,
        .area_code = listed.area_code,
        .since_ms = listed.since_ms,
        .limit = listed.limit,
    };
    struct error error = {0};
    struct listing list;
    listing_begin(&list, ctl->json, columns, sizeof columns / sizeof *columns);
    int r = store_note_list(session.store, &filter, list_note, &list, &error);
    listing_end(&list, filter.all ? _("no notes") : _("no notes wait for you"));
    return r ? ctl_failed(r, &error) : CTL_DONE;
}

static int wrong_number(struct ctl *ctl)
{
    return ctl_usage(ctl, "%s is not the number of a note; find it with: kabarctl notes", ctl->args.words[0]);
}

int ctl_notes_reply(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(buf_deinit) struct buf text;
    struct actor actor;
    struct outgoing outgoing;
    struct error error = {0};
    int64_t id;
    size_t parts;
    buf_init(&text, SMS_TEXT_MAX - 1);
    if (args_number(ctl->args.words[0], 1, INT64_MAX, &id))
        return wrong_number(ctl);
    int status = ctl_sms_text(ctl, 1, &text, &parts);
    if (!status)
        status = session_actor(&session, ctl, &actor);
    if (status)
        return status;
    int r = operator_note_reply(&actor, id, text.text, &outgoing, &error);
    if (r)
        return ctl_failed(r, &error);
    (void)printf(ctl->json ? "{\"note\":%" PRId64 ",\"id\":%" PRId64 ",\"to\":\"%s\",\"parts\":%zu}\n"
                           : _("note %" PRId64 " is done; the answer is number %" PRId64 " to %s, %zu SMS\n"),
                 id, outgoing.id, outgoing.recipient, parts);
    return CTL_DONE;
}

int ctl_notes_done(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    struct actor actor;
    struct error error = {0};
    int64_t id;
    if (args_number(ctl->args.words[0], 1, INT64_MAX, &id))
        return wrong_number(ctl);
    int status = session_actor(&session, ctl, &actor);
    if (status)
        return status;
    int r = operator_note_done(&actor, id, &error);
    if (r)
        return ctl_failed(r, &error);
    if (ctl->json)
        printf("{\"note\":%" PRId64 ",\"done\":true}\n", id);
    else
        printf(_("note %" PRId64 " is done\n"), id);
    return CTL_DONE;
}
