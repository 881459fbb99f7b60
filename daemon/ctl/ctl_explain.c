/* explain: what a line of kabard's journal means, by its number. */
#include <string.h>

#include "base/event.h"
#include "ctl/ctl.h"

static void print_row(const struct ctl *ctl, const struct event_row *row, struct buf *out)
{
    static const char *const levels[] = {"error", "warning", "info", "debug"};
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
    buf_printf(out, "%s (%s) %s\n", row->number, level, row->meaning);
    if (row->todo[0])
        buf_printf(out, "    -> %s\n", row->todo);
}

int ctl_explain(struct ctl *ctl)
{
    CLEANUP(buf_deinit) struct buf out;
    buf_init(&out, 1 << 16);
    for (size_t i = 0; i < EVENT_COUNT && ctl->args.n_words == 0; i++)
        print_row(ctl, &event_rows[i], &out);
    for (size_t word = 0; word < ctl->args.n_words; word++) {
        size_t i = 0;
        while (i < EVENT_COUNT && strcasecmp(event_rows[i].number, ctl->args.words[word]) != 0)
            i++;
        if (i == EVENT_COUNT)
            return ctl_refuse("there is no message %.20s; kabarctl explain lists them all", ctl->args.words[word]);
        print_row(ctl, &event_rows[i], &out);
    }
    ctl_print(&out);
    return CTL_DONE;
}
