/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SKOR [quarter] [village]: the score card as it stands today; another village's only for those who oversee some. */
#include <stdio.h>
#include <string.h>

#include "core/command/commands.h"
#include "core/judge/area_find.h"
#include "core/reply/phrase.h"
#include "core/reply/score_text.h"
#include "core/score/card_open.h"
#include "parsers/deliver.h"
#include "parsers/quarter.h"

/* The kecamatan of an area of the contact's, or the larger area that it is: where a village's name is looked for. */
static void scope_of(const char *code, char ret_code[AREA_CODE_MAX])
{
    enum { KECAMATAN_DOTS = 3 }; /* "35.12.03.2001": the third ends the kecamatan's code */
    (void)snprintf(ret_code, AREA_CODE_MAX, "%s", code);
    int dots = 0;
    for (char *at = ret_code; *at; at++) {
        dots += *at == '.';
        if (dots == KECAMATAN_DOTS)
            *at = '\0';
        if (*at == '\0')
            break;
    }
}

struct not_one {
    struct view token;
    const struct area_found *found;
    size_t n;
};

static void make_not_one(const void *data, const struct wording *wording, struct phrase *ret_phrase)
{
    enum { NAME_CHARS_MAX = 32, NAME_TEXT_MAX = 4 * NAME_CHARS_MAX, MEMBER_MAX = 2 * NAME_TEXT_MAX + 1 };
    const struct not_one *not_one = data;
    struct list areas;
    char token[TOKEN_TEXT_MAX], text[MEMBER_MAX];
    token_write(not_one->token, token);
    list_begin(&areas, wording, REPLY_JOIN_LIST);
    for (size_t i = 0; i < not_one->n; i++) {
        char name[NAME_TEXT_MAX], within[NAME_TEXT_MAX];
        (void)deliver_safe(view_of(not_one->found[i].area.name), NAME_CHARS_MAX, name, sizeof name);
        (void)deliver_safe(view_of(not_one->found[i].within), NAME_CHARS_MAX, within, sizeof within);
        (void)snprintf(text, sizeof text, "%s %s", name, within);
        list_add(&areas, text);
    }
    list_end(&areas);
    const struct template_value given[] = {{"token", view_of(token)}, {"areas", view_of(areas.phrase.text)}};
    phrase_render(ret_phrase, wording, not_one->n == 0 ? REPLY_AREA_UNKNOWN : REPLY_AREA_AMBIGUOUS, given, 2);
}

static void make_of_which(const void *data, const struct wording *wording, struct phrase *ret_phrase)
{
    const struct place *place = data;
    struct list areas;
    list_begin(&areas, wording, REPLY_JOIN_OR);
    for (size_t i = 0; i < place->n_candidates; i++)
        list_add(&areas, place->candidates[i]);
    list_end(&areas);
    phrase_render(ret_phrase, wording, REPLY_SCORE_OF_WHICH,
                  &(struct template_value){"areas", view_of(areas.phrase.text)}, 1);
}

static bool may_ask_for_others(enum contact_role role)
{
    return role == ROLE_TPPS || role == ROLE_PENDAMPING || role == ROLE_OPERATOR;
}

/* The village among those found that is one of the contact's own, or above their posyandu; NULL none. */
static const struct area *own_of(const struct area *own, size_t n_own, const struct area_found *found, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n_own; j++)
            if (own[j].id == found[i].area.id || own[j].parent_id == found[i].area.id)
                return &found[i].area;
    return NULL;
}

/* Of several areas none was named; they are all of one village, or asked for. */
static void score_of_which(const struct command_call *call, const struct area *own, size_t n_own,
                           struct reply *ret_reply)
{
    struct place place = {.n_candidates = 0};
    for (size_t i = 0; i < n_own; i++)
        (void)deliver_safe(view_of(own[i].name), PLACE_NAME_MAX / 4, place.candidates[place.n_candidates++],
                           PLACE_NAME_MAX);
    reply_fit(call->box, command_locale(call), make_of_which, &place, ret_reply);
}

static int own_village(const struct command_call *call, const struct area *own, size_t n_own, struct area *ret_area,
                       struct reply *ret_reply, struct error *error)
{
    int64_t id = own->level == AREA_POSYANDU ? own->parent_id : own->id;
    for (size_t i = 1; i < n_own; i++)
        if ((own[i].level == AREA_POSYANDU ? own[i].parent_id : own[i].id) != id) {
            score_of_which(call, own, n_own, ret_reply);
            return 0;
        }
    return store_area_by_id(call->box->store, id, ret_area, error);
}

/* A name in the sender's kecamatan, or in that of another area of theirs. */
static int find_named(const struct command_call *call, const struct area *own, size_t n_own, struct view words,
                      struct area_found found[AREA_FOUND_MAX], size_t *ret_n, struct error *error)
{
    char scope[AREA_CODE_MAX];
    int result = 0;
    *ret_n = 0;
    for (size_t i = 0; i < (n_own ? n_own : 1) && result == 0 && *ret_n == 0; i++) {
        scope_of(n_own ? own[i].code : "", scope);
        result = area_find_near(call->box, scope[0] ? scope : NULL, words, found, ret_n, error);
    }
    return result;
}

/* Whose card is asked for. *ret_area.id 0: nobody's, and *ret_reply says why. */
static int area_meant(const struct command_call *call, struct area *ret_area, struct reply *ret_reply,
                      struct error *error)
{
    const struct contact *contact = call->contact;
    struct view words = call->assessment->reading.argument;
    struct area areas[CONTACT_AREAS_MAX];
    size_t n_own = 0, n = 0;
    ret_area->id = 0;
    bool others = may_ask_for_others(contact->role);
    if (contact->area_id == 0 && !(others && words.len > 0)) {
        reply_simple(call->box, command_locale(call), REPLY_NO_AREA, NULL, 0, ret_reply);
        return 0;
    }
    int result = command_areas(call, areas, &n_own, error);
    if (result == 0 && words.len == 0)
        return own_village(call, areas, n_own, ret_area, ret_reply, error);
    struct area_found found[AREA_FOUND_MAX];
    if (result == 0)
        result = find_named(call, areas, n_own, words, found, &n, error);
    if (result < 0)
        return result;
    const struct area *own = own_of(areas, n_own, found, n);
    if (!others && !own)
        reply_simple(call->box, command_locale(call), REPLY_NOT_ALLOWED, NULL, 0, ret_reply);
    else if (!others || n == 1)
        *ret_area = others ? found[0].area : *own;
    else {
        struct not_one not_one = {words, found, n};
        reply_fit(call->box, command_locale(call), make_not_one, &not_one, ret_reply);
    }
    return result;
}

int command_score(const struct command_call *call, struct reply *ret_reply, struct error *error)
{
    struct area area;
    struct card *card = NULL, *before = NULL;
    int asked = call->assessment->reading.command_quarter;
    if (asked == QUARTER_BAD) {
        reply_simple(call->box, command_locale(call), REPLY_SCORE_QUARTER, NULL, 0, ret_reply);
        return 0;
    }
    int now = quarter_of(month_of(zone_local(call->sent_ms).day)), quarter = asked >= 0 ? asked : now;
    if (quarter > now) {
        reply_score_future(call->box, now, command_locale(call), ret_reply);
        return 0;
    }
    int result = area_meant(call, &area, ret_reply, error);
    if (result < 0 || area.id == 0)
        return result;
    result = card_open(call->box, &area, quarter, CARD_LIVE, 0, call->sent_ms, &card, error);
    /* A quarter that has just begun has nothing to show yet; who asks then means the one that has just ended. */
    if (result == 0 && asked < 0 && card_is_empty(card))
        result = card_open(call->box, &area, quarter - 1, CARD_LIVE, 0, call->sent_ms, &before, error);
    if (result == 0)
        reply_score(call->box, before && !card_is_empty(before) ? before : card, command_locale(call), ret_reply);
    card_close(card);
    card_close(before);
    return result;
}
