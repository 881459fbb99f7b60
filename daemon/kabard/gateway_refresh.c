/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>

#include "base/event.h"
#include "core/score/card_sets.h"
#include "core/score/score.h"
#include "kabard/gateway_internal.h"

/* An operator may have changed an indicator: then every score is computed anew, a bit in each turn. */
static void on_refresh(void *data, short events)
{
    (void)events;
    struct gateway *gateway = data;
    struct error error;
    if (gateway->stopping)
        return;
    int result = gateway->store_trouble
                     ? -EAGAIN
                     : score_refresh_step(gateway->box, SCORE_STEP_FORMS, &gateway->scores_refreshed, &error);
    if (result < 0 && !gateway->store_trouble)
        log_event(EVENT_SCORES_FAILED, "scores could not be computed again, cards show old ones: %s; retried",
                  error.text);
    if (result == SCORE_DONE && gateway->scores_refreshed > 0)
        log_event(EVENT_SCORES, "scores computed again: %lld forms of a quarter", (long long)gateway->scores_refreshed);
    if (result == SCORE_DONE)
        return;
    int64_t pause_ms = result < 0 ? TICK_MS : REFRESH_PAUSE_MS;
    loop_timer_set(gateway->loop, &gateway->refresh, pause_ms, on_refresh, gateway);
}

static void say_cards_of_other_sets(const struct gateway *gateway)
{
    struct card_sets sets;
    struct error ignored;
    char text[CARD_SETS_TEXT_MAX];
    if (card_sets_of_box(gateway->box, &sets, &ignored) != 0 || sets.cards == 0)
        return;
    card_sets_text(&sets, text);
    log_event(EVENT_CARDS_OF_OTHER_SET, "%s", text);
}

void gateway_refresh_scores(struct gateway *gateway)
{
    say_cards_of_other_sets(gateway);
    gateway->scores_refreshed = 0;
    loop_timer_set(gateway->loop, &gateway->refresh, 0, on_refresh, gateway);
}
