/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The quarter's cards: a kecamatan's with its villages', a job; then each above them one of its own. Each is sent to
 * who stands for its area. The preliminary ones are not frozen. */
#include <stdio.h>
#include <string.h>

#include "base/role.h"
#include "core/reply/score_text.h"
#include "core/schedule/schedule_job.h"
#include "core/score/card_open.h"
#include "parsers/quarter.h"
#include "settings/settings.h"
#include "store/job.h"

struct cards {
    struct schedule_run *run;
    struct area area;
    const struct card *card;
};

static int send_to(void *data, const struct contact *contact)
{
    struct cards *cards = data;
    struct reply reply;
    if (contact->area_id != cards->area.id)
        return 0;
    if (cards->run->early)
        reply_score_early(cards->run->box, cards->card, contact->locale, &reply);
    else
        reply_score(cards->run->box, cards->card, contact->locale, &reply);
    return schedule_queue(cards->run, MT_CARD, contact, &reply);
}

/* To each role that the settings name, once: a role may stand there twice. */
static int send_to_roles(struct cards *cards)
{
    const struct box *box = cards->run->box;
    const struct texts *to = &box->settings->schedule.card_to;
    bool done[ROLE_COUNT] = {false};
    int result = 0;
    for (size_t i = 0; i < to->n; i++) {
        const char *at = to->text[i];
        for (at += strspn(at, " "); *at && result == 0; at += strspn(at, " ")) {
            struct role_at role;
            struct view word = {at, strcspn(at, " ")};
            at += word.len;
            bool here = role_at_parse(word, &role) && (role.level == 0 || role.level == (int)cards->area.level);
            if (!here || done[role.role])
                continue;
            done[role.role] = true;
            result =
                store_contact_list_by_area(box->store, role.role, cards->area.code, send_to, cards, cards->run->error);
        }
    }
    return result;
}

/* Above a village today's numbers, which were frozen a moment ago: only they know the villages one by one. */
static int send_card(struct cards *cards)
{
    struct schedule_run *run = cards->run;
    struct card *card = NULL;
    enum card_which which = run->early || cards->area.level != AREA_DESA ? CARD_LIVE : CARD_FROZEN;
    int result = card_open(run->box, &cards->area, run->quarter, which, 0, run->now_ms, &card, run->error);
    cards->card = card;
    if (result == 0)
        result = send_to_roles(cards);
    card_close(card);
    return result;
}

static int do_area(void *data, const struct area *area)
{
    struct cards *cards = data;
    struct schedule_run *run = cards->run;
    int revision = 0, result = CARD_FROZEN_NEW;
    cards->area = *area;
    if (!run->early)
        result = card_freeze(run->box, area, run->quarter, run->now_ms, &revision, run->error);
    if (result > 0)
        result = result == CARD_NOTHING ? 0 : send_card(cards);
    return result;
}

/* The quarter's cards were due before there was this box: what it is told of that quarter later is for card freeze. */
static int is_before_the_box(const struct schedule_run *run, bool *ret_before)
{
    int64_t made_ms = 0;
    int result = store_made_ms(run->box->store, &made_ms, run->error);
    *ret_before = run->due_ms < made_ms && made_ms <= run->now_ms;
    return result;
}

int schedule_cards(struct schedule_run *run)
{
    struct cards cards = {.run = run};
    struct area area;
    struct store *store = run->box->store;
    const char *set = box_set(run->box, score_set_for(run->box, run->quarter))->name;
    char prefix[JOB_NAME_MAX];
    bool before = false;
    int result = is_before_the_box(run, &before);
    if (result < 0 || before)
        return result;
    (void)snprintf(prefix, sizeof prefix, "%s:", run->job);
    result = store_card_next(store, run->quarter, set, prefix, &area, run->error);
    if (result < 0 || area.id == 0)
        return result;
    (void)snprintf(run->job, sizeof run->job, "%s%s", prefix, area.code);
    if (area.level == AREA_KECAMATAN)
        result = store_scored_list(store, run->quarter, set, area.code, do_area, &cards, run->error);
    if (result == 0)
        result = do_area(&cards, &area);
    return result < 0 ? result : 0;
}

int schedule_card_now(const struct box *box, const struct area *village, int quarter, int64_t now_ms,
                      size_t *ret_messages, struct error *error)
{
    struct schedule_run run = {.box = box, .due_ms = now_ms, .now_ms = now_ms, .quarter = quarter, .error = error};
    struct cards cards = {.run = &run, .area = *village};
    char text[8];
    quarter_format(quarter, text);
    (void)snprintf(run.job, sizeof run.job, "card:%s:%s", text, village->code);
    int result = send_card(&cards);
    *ret_messages = run.messages;
    return result;
}
