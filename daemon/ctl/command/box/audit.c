/* SPDX-License-Identifier: GPL-2.0-or-later */
/* audit: who changed what, the newest first: a sentence a row. */
#include "store/audit.h"

#include <string.h>

#include "base/translate.h"
#include "ctl/listing.h"
#include "ctl/session.h"
#include "ctl/told.h"

/*
 * What is done by hand, as a sentence whose subject is who did it: {s} stands for the row's subject, {d} for its
 * detail, which else follows behind a colon.
 */
static const struct {
    const char *what, *said;
} deeds[] = {
    {"init", N_("made the database or brought it up to date")},
    {"restore", N_("put a backup in the place of the database")},
    {"area.import", N_("took areas from {s}")},
    {"area.add", N_("added the area {s} {d}")},
    {"area.rename", N_("gave {s} another name")},
    {"area.close", N_("closed {s}")},
    {"area.reopen", N_("opened {s} again")},
    {"area.remove", N_("removed the area {s}")},
    {"area.move", N_("gave the area {s} another code")},
    {"area.merge", N_("put the area {s} together with another")},
    {"contact.add", N_("registered {d} with {s}")},
    {"contact.import", N_("registered people from {s}")},
    {"contact.edit", N_("changed what is known of {s}, who {d}")},
    {"contact.approve", N_("lets {d} report with {s}")},
    {"contact.block", N_("blocked {d} with {s}")},
    {"contact.move", N_("moved {s}: {d}")},
    {"contact.phone", N_("gave {s} the further number {d}")},
    {"contact.phone.change", N_("put the number {s} in the place of {d}")},
    {"contact.phone.remove", N_("took the number {d} from {s}")},
    {"contact.forget", N_("had a person forgotten, {s}")},
    {"import.gammu-smsd", N_("took what gammu-smsd had from {s}")},
    {"report.set", N_("corrected report {s}")},
    {"report.void", N_("made report {s} void")},
    {"inbox.done", N_("set {s} aside without an answer")},
    {"note.done", N_("has dealt with note {s}")},
    {"reparse", N_("had {s} read again")},
    {"reply", N_("answered {s} with {d}")},
    {"send", N_("sent an SMS to {s}")},
    {"broadcast", N_("sent {s}")},
    {"outbox.retry", N_("had {s} sent again")},
    {"outbox.cancel", N_("took {s} back")},
    {"remind", N_("reminded who had not reported {s}")},
    {"training.start", N_("began a training")},
    {"training.stop", N_("ended the training, which is wiped")},
    {"card.send", N_("sent the card of {s} again")},
    {"balance.ask", N_("had the credit of {s} asked")},
    {"card.freeze", N_("froze the cards of {d} {s}")},
    {"budget.set", N_("entered the village fund of {s}")},
    {"clock.reset", N_("had the clock believed")},
    {"alert", N_("told the operators of {s}")},
    {"raw.blank", N_("blanked old texts {s}")},
    {"sim.changed", N_("found another SIM in {s}")},
};

static void add_part(struct buf *out, const char *text)
{
    buf_escaped(out, view_of(text));
}

/* What was done; of a row that has no sentence its own words. */
static void write_deed(const struct audit_row *row, struct buf *out)
{
    const char *said = NULL;
    bool detailed = row->detail[0] == '\0';
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds && !said; i++)
        said = strcmp(row->what, deeds[i].what) == 0 ? translate(deeds[i].said) : NULL;
    if (!said) {
        add_part(out, row->what);
        said = " {s}";
    }
    const char *subject_text = row->subject[0] || row->detail[0] ? row->subject : "-"; /* of who was forgotten */
    for (const char *at = said; *at; at++) {
        bool subject = strncmp(at, "{s}", 3) == 0, detail = strncmp(at, "{d}", 3) == 0;
        if (subject || detail) {
            add_part(out, told_deed(subject ? subject_text : row->detail).text);
            detailed = detailed || detail;
            at += 2;
        } else {
            buf_add(out, (struct view){at, 1});
        }
    }
    while (out->len > 0 && out->text[out->len - 1] == ' ')
        out->text[--out->len] = '\0';
    if (!detailed) {
        buf_puts(out, ": ");
        add_part(out, told_deed(row->detail).text);
    }
}

static int list_row(void *data, const struct audit_row *row)
{
    struct listing *list = data;
    CLEANUP(buf_deinit) struct buf deed;
    size_t prefix = strlen(WHO_PREFIX);
    buf_init(&deed, 16384);
    write_deed(row, &deed);
    listing_number(list, row->id);
    listing_time(list, row->at_ms);
    listing_text(list, row->who);
    listing_text(list, strncmp(row->who, WHO_PREFIX, prefix) == 0 ? row->who + prefix : row->who);
    listing_text(list, row->what);
    listing_text(list, row->subject);
    listing_text(list, row->detail);
    listing_json(list, deed.text, "");
    return 0;
}

int ctl_audit(struct ctl *ctl)
{
    static const struct column columns[] = {
        {"id", NULL, true},    {"at", N_("AT"), false},  {"who", NULL, false},    {NULL, N_("WHO"), false},
        {"what", NULL, false}, {"subject", NULL, false}, {"detail", NULL, false}, {NULL, N_("WHAT WAS DONE"), false},
    };
    struct listed listed;
    char phone[MSISDN_MAX];
    const char *subject = ctl->args.n_words ? session_sender(ctl->args.words[0], phone) : NULL;
    CLEANUP(session_close) struct session session = {0};
    int status = session_list(&session, ctl, &listed);
    if (status)
        return status;
    struct error error = {0};
    struct listing list;
    listing_begin(&list, ctl->json, columns, sizeof columns / sizeof *columns);
    int r = store_audit_list(session.store, subject, listed.since_ms, listed.limit, list_row, &list, &error);
    listing_end(&list, _("nothing was changed by hand"));
    return r ? ctl_failed(r, &error) : CTL_DONE;
}
