/* SPDX-License-Identifier: GPL-2.0-or-later */
/* card freeze: a quarter kept as it is known today. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/translate.h"
#include "core/score/card_open.h"
#include "ctl/areas.h"
#include "ctl/progress.h"

/* Others write in between: one transaction takes no longer than this and a card's time. */
enum { CHUNK_MS = 200 };

struct freeze {
    const struct session *session;
    int quarter;
    struct area *areas; /* to be frozen: villages with scores, then what stands above them */
    size_t n, room;
    int64_t frozen, same, nothing;
    struct error error;
};

static void freeze_deinit(struct freeze *freeze)
{
    free(freeze->areas);
}

static int add_area(void *data, const struct area *area)
{
    struct freeze *freeze = data;
    if (freeze->n == freeze->room) {
        size_t room = freeze->room ? freeze->room * 2 : 64;
        struct area *grown = realloc(freeze->areas, room * sizeof *grown);
        if (!grown)
            return error_set(&freeze->error, -ENOMEM, "memory ran out for a list of areas");
        freeze->areas = grown;
        freeze->room = room;
    }
    freeze->areas[freeze->n++] = *area;
    return 0;
}

/* What stands above villages is summed of them: only such areas, the villages come by their scores. */
static int add_above(void *data, const struct area *area)
{
    return area->level < AREA_DESA ? add_area(data, area) : 0;
}

static int list_areas(struct freeze *freeze, const char *code)
{
    const struct session *session = freeze->session;
    const struct set *set = box_set(session->box, score_set_for(session->box, freeze->quarter));
    freeze->error.text[0] = '\0';
    int r = store_scored_list(session->store, freeze->quarter, set->name, code, add_area, freeze, &freeze->error);
    if (r == 0 && !freeze->error.text[0])
        r = store_area_list(session->store, code, add_above, freeze, &freeze->error);
    return r == 0 && freeze->error.text[0] ? -ENOMEM : r;
}

/* A village without reports is told as such. */
static int list_one(struct freeze *freeze, const struct area *area)
{
    size_t before = freeze->n;
    int r = list_areas(freeze, area->code);
    return r == 0 && freeze->n == before ? add_area(freeze, area) : r;
}

/* Those from *at on, as many as there is time for. */
static int freeze_some(struct freeze *freeze, size_t *at)
{
    const struct session *session = freeze->session;
    int64_t until = session->clock.monotonic_ms(session->clock.data) + CHUNK_MS;
    int r = 0;
    do {
        int revision;
        r = card_freeze(session->box, &freeze->areas[*at], freeze->quarter, session_now_ms(session), &revision,
                        &freeze->error);
        freeze->frozen += r == CARD_FROZEN_NEW;
        freeze->same += r == CARD_FROZEN_SAME;
        freeze->nothing += r == CARD_NOTHING;
        ++*at;
    } while (r >= 0 && *at < freeze->n && session->clock.monotonic_ms(session->clock.data) < until);
    return r < 0 ? r : 0;
}

/* What was frozen before this ended in the middle stays so, and is unchanged for whoever does it again. */
static int freeze_all(struct freeze *freeze)
{
    struct store *store = freeze->session->store;
    int r = 0;
    for (size_t at = 0; at < freeze->n && r == 0;) {
        if (at > 0)
            store_yield();
        r = store_begin(store, &freeze->error);
        if (r == 0)
            r = store_end(store, freeze_some(freeze, &at), &freeze->error);
    }
    return r;
}

/* The quarter that has ended last, where none is said: a running one is not frozen by accident. */
static int quarter_wanted(const struct ctl *ctl, const struct session *session, int *ret_quarter)
{
    int now = quarter_of(month_of(zone_local(session_now_ms(session)).day));
    *ret_quarter = now - 1;
    int status = option_quarter(ctl, ret_quarter);
    return !status && *ret_quarter > now ? ctl_refuse("that quarter has not begun yet") : status;
}

int ctl_card_freeze(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(freeze_deinit) struct freeze freeze = {.session = &session};
    static struct area areas[AREAS_TYPED_MAX];
    CLEANUP(buf_deinit) struct buf codes;
    char quarter[8];
    size_t n = 0;
    buf_init(&codes, (size_t)AREAS_TYPED_MAX * AREA_CODE_MAX);
    bool all = args_get(&ctl->args, "--all") != NULL;
    if (all == (ctl->args.n_words > 0))
        return ctl_usage(ctl, "card freeze: give areas, or --all");
    int status = session_cards(&session, ctl, STORE_WRITE);
    if (!status)
        status = quarter_wanted(ctl, &session, &freeze.quarter);
    if (!status && !all)
        status = areas_of_words(ctl, &session, areas, &n);
    for (size_t i = 0; i < n && !status; i++) {
        if (areas[i].level == AREA_POSYANDU)
            status = ctl_refuse("%s is a posyandu: freeze the card of its village", areas[i].code);
        buf_printf(&codes, "%s%s", i ? " " : "", areas[i].code);
    }
    if (status)
        return status;
    int r = all ? list_areas(&freeze, NULL) : 0;
    for (size_t i = 0; i < n && !r; i++)
        r = list_one(&freeze, &areas[i]);
    if (r)
        return ctl_failed(r, &freeze.error);
    quarter_format(freeze.quarter, quarter);
    status = session_begin(&session);
    if (!status)
        status = session_commit(&session, "card.freeze", codes.text, quarter);
    if (status)
        return status;
    progress_begin(ctl);
    r = freeze_all(&freeze);
    progress_end();
    if (r)
        return ctl_failed(r, &freeze.error);
    (void)printf(ctl->json ? "{\"quarter\":\"%s\",\"frozen\":%" PRId64 ",\"unchanged\":%" PRId64 ",\"empty\":%" PRId64
                             "}\n"
                           : _("%s: %" PRId64 " cards frozen, %" PRId64 " unchanged since they were, %" PRId64
                               " areas without reports\n"),
                 quarter, freeze.frozen, freeze.same, freeze.nothing);
    return CTL_DONE;
}
