/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/areas.h"

#include <errno.h>
#include <stdio.h>

#include "core/judge/area_find.h"
#include "core/score/score.h"

static int not_one(const char *typed, const struct area_found *found, size_t n)
{
    struct buf line;
    buf_init(&line, 4096);
    buf_escaped(&line, view_of(typed));
    buf_puts(&line, n ? ": there are several; give one's code:" : ": no such village; `kabarctl area list` shows all");
    for (size_t i = 0; i < n; i++) {
        buf_printf(&line, "%s %s ", i ? "," : "", found[i].area.code);
        buf_escaped(&line, view_of(found[i].area.name));
        buf_puts(&line, ", ");
        buf_escaped(&line, view_of(found[i].within));
    }
    int status = ctl_refuse("%s", line.text);
    buf_deinit(&line);
    return status;
}

int area_of_words(const struct ctl *ctl, const struct session *session, size_t first, struct area *ret_area)
{
    CLEANUP(buf_deinit) struct buf words;
    buf_init(&words, 256);
    ctl_join_words(ctl, first, &words);
    return area_of_text(session, words.text, ret_area);
}

int area_of_text(const struct session *session, const char *text, struct area *ret_area)
{
    struct error error = {0};
    struct view typed = view_of(text);
    if (area_code_level(typed)) {
        int r = store_area_by_code(session->store, typed, ret_area, &error);
        return r ? ctl_failed(r, &error) : 0;
    }
    struct area_found found[AREA_FOUND_MAX];
    size_t n = 0;
    int r = area_find(session->box, NULL, typed, found, &n, &error);
    if (r)
        return ctl_failed(r, &error);
    if (n != 1)
        return not_one(text, found, n);
    *ret_area = found[0].area;
    return 0;
}

int option_quarter(const struct ctl *ctl, int *ret_quarter)
{
    const char *text = args_get(&ctl->args, "--quarter");
    if (text && quarter_parse(view_of(text), ret_quarter))
        return ctl_usage(ctl, "--quarter %s is not a quarter; expected one like 2026-Q3", text);
    return 0;
}

int session_cards(struct session *session, const struct ctl *ctl, enum store_mode mode)
{
    struct error error = {0};
    bool current = true;
    int64_t updates;
    int status = session_open(session, ctl, mode);
    if (!status)
        status = session_box(session, ctl);
    if (status)
        return status;
    int r = score_is_current(session->box, &current, &error);
    if (r == 0 && current)
        return 0;
    if (r == 0 && mode == STORE_READ && !session_may_write(session)) {
        (void)fputs(
            "kabarctl: note: the indicators were changed; these scores are still by the old ones: start kabard, "
            "or try sudo\n",
            stderr);
        return 0;
    }
    if (r == 0 && mode == STORE_READ) {
        session->box = box_close(session->box);
        session->store = store_close(session->store);
        return session_cards(session, ctl, STORE_WRITE);
    }
    if (r == 0)
        r = score_rebuild(session->box, &updates, &error);
    return r ? ctl_failed(r, &error) : 0;
}
