/* SPDX-License-Identifier: GPL-2.0-or-later */
/* explain: what a line of kabard's journal means, by its number. */
#include <string.h>
#include <strings.h>

#include "base/event.h"
#include "base/translate.h"
#include "ctl/ctl.h"
#include "ctl/listing.h"
#include "parsers/view.h"

enum { ADVICE_INDENT = 7 };

static void print_row(const struct ctl *ctl, const struct event_row *row, struct buf *out)
{
    static const char *const levels[] = {N_("error"), N_("warning"), N_("info"), N_("debug")};
    const char *level = levels[row->level];
    if (ctl->json) {
        buf_printf(out, "{\"message\":\"%s\",\"level\":\"%s\",\"meaning\":", row->number, level);
        buf_json(out, view_of(row->meaning));
        buf_puts(out, ",\"todo\":");
        if (row->todo[0])
            buf_json(out, view_of(row->todo));
        else
            buf_puts(out, "null");
        buf_puts(out, "}\n");
        return;
    }
    buf_printf(out, "%s (%s) %s\n", row->number, translate(level), translate(row->meaning));
    if (row->todo[0])
        buf_printf(out, "    -> %s\n", translate(row->todo));
}

static bool is_number(const char *word, size_t len)
{
    size_t at = 1;
    while (at < len && is_digit(word[at]))
        at++;
    return len > 1 && (word[0] | 0x20) == 'k' && at == len;
}

/* A whole line may stand there as it was copied: what is not a number in it is passed over. */
static int explain_words(const struct ctl *ctl, const char *words, struct buf *out)
{
    for (size_t len; *words; words += len ? len : 1) {
        len = strcspn(words, " :");
        if (!is_number(words, len))
            continue;
        size_t i = 0;
        while (i < EVENT_COUNT &&
               (strlen(event_rows[i].number) != len || strncasecmp(event_rows[i].number, words, len) != 0))
            i++;
        if (i == EVENT_COUNT)
            return ctl_refuse("there is no message %.*s; kabarctl explain lists them all", (int)(len > 20 ? 20 : len),
                              words);
        print_row(ctl, &event_rows[i], out);
    }
    return 0;
}

int ctl_explain(struct ctl *ctl)
{
    CLEANUP(buf_deinit) struct buf out;
    int status = 0;
    buf_init(&out, 1 << 16);
    for (size_t i = 0; i < EVENT_COUNT && ctl->args.n_words == 0; i++)
        print_row(ctl, &event_rows[i], &out);
    for (size_t word = 0; word < ctl->args.n_words && !status; word++)
        status = explain_words(ctl, ctl->args.words[word], &out);
    if (!status && out.len == 0)
        status = ctl_refuse("there is no message %.20s; kabarctl explain lists them all", ctl->args.words[0]);
    if (!status)
        print_wrapped(&out, ctl->json ? 0 : screen_columns(), ADVICE_INDENT);
    return status;
}
