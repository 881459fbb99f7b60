/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/explain.h"

#include <stdio.h>

#include "base/translate.h"
#include "ctl/listing.h"
#include "parsers/gsm7.h"

enum { TOKEN_COLUMNS = 24, NAME_COLUMNS = 10 };

static void add_name(struct buf *out, const char *name)
{
    buf_puts(out, "  ");
    buf_padded(out, name, NAME_COLUMNS);
}

/* A piece of the message in quotes. */
static void add_token(struct buf *out, struct view token)
{
    struct buf quoted;
    buf_init(&quoted, 4096);
    buf_puts(&quoted, "\"");
    buf_escaped(&quoted, token);
    buf_puts(&quoted, "\"");
    buf_padded(out, quoted.text, TOKEN_COLUMNS);
    buf_puts(out, " ");
    buf_deinit(&quoted);
}

/* "K4", "ibu hamil (HAMIL)", "form IBU HAMIL". */
static void add_meant(struct buf *out, const struct set *set, int form, int key)
{
    if (form < 0)
        return;
    const struct form *meant = &set->forms[form];
    if (key < 0) {
        buf_printf(out, _("form %s"), meant->name);
        return;
    }
    buf_puts(out, meant->keys[key].label);
    if (!view_is(view_of(meant->keys[key].code), meant->keys[key].label))
        buf_printf(out, " (%s)", meant->keys[key].code);
}

static void add_note(struct buf *out, const struct set *set, const struct note *note)
{
    switch (note->kind) {
    case NOTE_IGNORED:
        return;
    case NOTE_READ:
        add_name(out, _("read"));
        break;
    case NOTE_CORRECTED:
        add_name(out, _("corrected"));
        break;
    case NOTE_PERIOD:
        add_name(out, _("month"));
        break;
    }
    char month[8];
    add_token(out, note->token);
    add_meant(out, set, note->form, note->key);
    if (note->kind == NOTE_PERIOD && note->value >= 0) {
        month_format(note->value, month);
        buf_puts(out, month);
    } else if (note->value >= 0) {
        buf_printf(out, "%s%d", note->form >= 0 ? " = " : "", note->value);
    }
    buf_puts(out, "\n");
}

/* Notes in the order of the text, then all that was ignored on one line. */
static void add_notes(struct buf *out, const struct set *set, const struct reading *reading)
{
    const struct note *order[READING_NOTES_MAX];
    size_t n = 0, n_ignored = 0;
    for (; n < reading->n_notes; n++) {
        size_t at = n;
        for (; at > 0 && order[at - 1]->token.at > reading->notes[n].token.at; at--)
            order[at] = order[at - 1];
        order[at] = &reading->notes[n];
    }
    for (size_t i = 0; i < n; i++)
        add_note(out, set, order[i]);
    for (size_t i = 0; i < n; i++) {
        if (order[i]->kind != NOTE_IGNORED)
            continue;
        if (n_ignored++ == 0)
            add_name(out, _("ignored"));
        else
            buf_puts(out, ", ");
        buf_escaped(out, order[i]->token);
    }
    buf_puts(out, n_ignored ? "\n" : "");
}

/* What a problem means, and what the sender can do. */
static const char *problem_meaning(enum problem_code code)
{
    switch (code) {
    case PROBLEM_UNKNOWN_KEY:
        return _("no spelling of this form explains it");
    case PROBLEM_MISSING_VALUE:
        return _("no number belongs to it");
    case PROBLEM_BAD_VALUE:
        return _("not a count from 0 to 9999 that can be read in one way only");
    case PROBLEM_DUPLICATE_KEY:
        return _("sent twice with different numbers: neither is taken");
    case PROBLEM_AMBIGUOUS_KEY:
        return _("can be read in more than one way");
    case PROBLEM_RULE:
        return _("the numbers contradict each other");
    case PROBLEM_BAD_PERIOD:
        return _("no month can be read from it");
    case PROBLEM_FUTURE_PERIOD:
        return _("a month that has not come yet");
    case PROBLEM_TOO_OLD:
        return _("a month too long ago");
    case PROBLEM_NOT_ALLOWED:
        return _("a form that people of other roles send");
    case PROBLEM_COUNT:
        break;
    }
    return "";
}

static void add_problem(struct buf *out, const struct set *set, const struct assessment *assessment,
                        const struct assessed *assessed, const struct problem *problem)
{
    if (problem->code == PROBLEM_RULE) {
        add_name(out, _("rule"));
        buf_printf(out, "%s: %s\n", assessed->form->rules[problem->rule].name, problem_meaning(problem->code));
        return;
    }
    add_name(out, _("problem"));
    add_token(out, problem->token);
    buf_printf(out, "%s: %s", translate(problem_code_to_string(problem->code)), problem_meaning(problem->code));
    if (problem->token.at)
        buf_printf(out, _(" (byte %zu)"), (size_t)(problem->token.at - assessment->text.at) + 1);
    for (int i = 0; i < 2 && problem->near[i] >= 0; i++) {
        buf_puts(out, i ? _(" or ") : _("; near "));
        add_meant(out, set, assessed->form_index, problem->near[i]);
    }
    buf_puts(out, "\n");
}

static void add_report(struct buf *out, const struct set *set, const struct assessment *assessment,
                       const struct assessed *assessed)
{
    char month[8];
    if (assessed->month != MONTH_NONE)
        month_format(assessed->month, month);
    buf_printf(out, "%s, %s%s: %s\n", assessed->form->name, assessed->month == MONTH_NONE ? _("no month") : month,
               assessed->month == MONTH_NONE || assessed->month_said ? "" : _(" (by the date of the SMS)"),
               translate(report_status_to_string(assessed->status)));
    add_name(out, assessed->status == STATUS_REJECTED ? _("not taken") : _("values"));
    for (size_t i = 0; i < assessed->segment->n_fields; i++)
        buf_printf(out, "%s%s %d", i ? ", " : "", assessed->form->keys[assessed->segment->fields[i].key].code,
                   assessed->segment->fields[i].value);
    buf_puts(out, assessed->segment->n_fields ? "\n" : _("none\n"));
    for (size_t i = 0; i < assessed->n_problems; i++)
        add_problem(out, set, assessment, assessed, &assessed->problems[i]);
}

static void add_reply(struct buf *out, const struct reply *reply)
{
    struct view parts[SMS_PARTS_MAX];
    size_t n = reply_parts(reply, parts), septets = 0;
    if (n == 0) {
        buf_puts(out, _("Not answered.\n"));
        return;
    }
    bool gsm7 = gsm7_septets(view_of(reply->text), &septets);
    buf_printf(out, _("Answer, %zu SMS"), n);
    if (gsm7)
        buf_printf(out, _(", %zu characters"), septets);
    buf_puts(out, ":\n");
    for (size_t i = 0; i < n; i++) {
        buf_puts(out, "  ");
        buf_escaped(out, parts[i]);
        buf_puts(out, "\n");
    }
}

void explain(struct buf *out, const struct box *box, const struct assessment *assessment, const struct reply *reply)
{
    const struct set *set = box_set(box, (size_t)assessment->set);
    const struct reading *reading = &assessment->reading;
    const char *command = command_to_string(reading->command);
    buf_puts(out, "\"");
    buf_escaped(out, assessment->text);
    buf_printf(out, _("\"\nRead with the set %s as: %s%s%s%s\n"), set->name,
               translate(reading_kind_to_string(reading->kind)), command ? " " : "", command ? command : "",
               reading->too_long ? _(" (too long: nothing of it is taken)") : "");
    add_notes(out, set, reading);
    for (size_t i = 0; i < assessment->n_segments; i++)
        add_report(out, set, assessment, &assessment->segments[i]);
    add_reply(out, reply);
}

/* Who owns a number in the reading with that price. */
static void add_owner(struct buf *out, const struct reader_price *price, int owner)
{
    static const char *const others[READER_OWNERS] = {
        [READER_OWNER_WORD] = N_("an unknown word"),
        [READER_OWNER_NONE] = N_("nothing"),
    };
    struct view key = owner == READER_OWNER_BEFORE ? price->before : price->behind;
    if (others[owner]) {
        buf_puts(out, translate(others[owner]));
        return;
    }
    buf_puts(out, "\"");
    buf_escaped(out, key);
    buf_puts(out, "\"");
}

/* The owner that is the cheapest but the best. */
static int second_of(const struct reader_price *price)
{
    int second = -1;
    for (int o = 0; o < READER_OWNERS; o++) {
        if (o != price->best && price->price[o] >= 0 && (second < 0 || price->price[o] < price->price[second]))
            second = o;
    }
    return second;
}

static void add_phrases(struct buf *out, const struct box *box, const struct assessment *assessment)
{
    struct reader_phrase phrase;
    for (size_t i = 0; reader_phrase(box->workspace, i, &phrase); i++) {
        add_name(out, i ? "" : _("phrases"));
        add_token(out, phrase.token);
        buf_puts(out, translate(phrase.kind));
        if (phrase.form >= 0) {
            const struct set *set = box_set(box, (size_t)assessment->set);
            buf_puts(out, phrase.key < 0 ? " " : ": ");
            if (phrase.key < 0)
                buf_puts(out, set->forms[phrase.form].name);
            else
                add_meant(out, set, phrase.form, phrase.key);
        }
        buf_puts(out, "\n");
    }
}

void explain_prices(struct buf *out, const struct box *box, const struct assessment *assessment)
{
    struct reader_price price, next = {.best = -1};
    int least = 0, second = -1;
    add_phrases(out, box, assessment);
    for (size_t i = 0; reader_price(box->workspace, i, &price); i++) {
        add_name(out, i ? "" : _("prices"));
        add_token(out, price.number);
        for (int o = 0, n = 0; o < READER_OWNERS; o++) {
            if (price.price[o] < 0)
                continue;
            buf_puts(out, n++ ? ", " : "");
            add_owner(out, &price, o);
            buf_printf(out, " %d%s", price.price[o], o == price.best ? "*" : "");
        }
        buf_puts(out, "\n");
        int other = second_of(&price);
        least = price.price[price.best];
        if (other >= 0 && (second < 0 || price.price[other] < next.price[second])) {
            next = price;
            second = other;
        }
    }
    if (second < 0)
        return;
    add_name(out, _("readings"));
    buf_printf(out, _("the cheapest costs %d; the next %d: \""), least, next.price[second]);
    buf_escaped(out, next.number);
    buf_puts(out, _("\" is of "));
    add_owner(out, &next, second);
    buf_puts(out, "\n");
}
