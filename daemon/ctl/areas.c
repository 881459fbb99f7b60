/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/areas.h"

#include <errno.h>
#include <stdio.h>

#include "base/translate.h"
#include "core/judge/area_find.h"
#include "core/score/score.h"

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
    int r = area_find_one(session->box, view_of(text), ret_area, &error);
    return r ? ctl_failed(r, &error) : 0;
}

/* The words from the first one on, as many as name areas; *ret_n 0: none do. */
static int longest_name(const struct ctl *ctl, const struct session *session, size_t first, bool part,
                        struct area_found found[AREA_FOUND_MAX], size_t *ret_n, size_t *ret_words, struct error *error)
{
    enum { NAME_WORDS_MAX = 6 };
    int r = 0;
    size_t most = ctl->args.n_words - first;
    *ret_n = 0;
    if (most > NAME_WORDS_MAX)
        most = NAME_WORDS_MAX;
    if (area_code_level(view_of(ctl->args.words[first])) != 0)
        most = 1;
    for (size_t words = most; words > 0 && r == 0 && *ret_n == 0; words--) {
        CLEANUP(buf_deinit) struct buf text;
        buf_init(&text, 256);
        for (size_t i = first; i < first + words; i++)
            buf_printf(&text, "%s%s", i > first ? " " : "", ctl->args.words[i]);
        struct view typed = {text.text, text.len};
        r = part ? area_find_part(session->box, typed, found, ret_n, error)
                 : area_find_named(session->box, typed, found, ret_n, error);
        *ret_words = words;
    }
    return r;
}

int areas_of_words(const struct ctl *ctl, const struct session *session, struct area ret_areas[AREAS_TYPED_MAX],
                   size_t *ret_n)
{
    struct error error = {0};
    int r = 0;
    *ret_n = 0;
    for (size_t at = 0, words = 1; at < ctl->args.n_words && r == 0; at += words) {
        struct area_found found[AREA_FOUND_MAX];
        size_t n = 0;
        if (*ret_n == AREAS_TYPED_MAX)
            return ctl_refuse("at most %d areas at once; or one and --all", AREAS_TYPED_MAX);
        r = longest_name(ctl, session, at, false, found, &n, &words, &error);
        if (r == 0 && n == 0)
            r = longest_name(ctl, session, at, true, found, &n, &words, &error);
        if (r == 0)
            r = area_found_one(view_of(ctl->args.words[at]), found, n, &ret_areas[*ret_n], &error);
        ++*ret_n;
    }
    return r ? ctl_failed(r, &error) : 0;
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
            _("kabarctl: note: the indicators were changed; these scores are still by the old ones: start kabard, "
              "or try sudo\n"),
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
