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

/* The kecamatan a contact lives in, or the larger area it stands for: where a village's name is looked for. */
static void scope_of(const struct contact *contact, char ret_code[AREA_CODE_MAX])
{
    enum { KECAMATAN_DOTS = 3 }; /* "35.12.03.2001": the third ends the kecamatan's code */
    (void)snprintf(ret_code, AREA_CODE_MAX, "%s", contact->area_code);
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

static bool may_ask_for_others(enum contact_role role)
{
    return role == ROLE_TPPS || role == ROLE_PENDAMPING || role == ROLE_OPERATOR;
}

/* The village among those found that is the contact's own, or above their posyandu; NULL none. */
static const struct area *own_of(const struct contact *contact, const struct area_found *found, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(found[i].area.code);
        char behind = strncmp(contact->area_code, found[i].area.code, len) == 0 ? contact->area_code[len] : '.';
        if (behind == '\0' || behind == '/')
            return &found[i].area;
    }
    return NULL;
}

/* Whose card is asked for. *ret_area.id 0: nobody's, and *ret_reply says why. */
static int area_meant(const struct command_call *call, struct area *ret_area, struct reply *ret_reply,
                      struct error *error)
{
    const struct contact *contact = call->contact;
    struct view words = call->assessment->reading.argument;
    ret_area->id = 0;
    bool others = may_ask_for_others(contact->role);
    if (contact->area_id == 0 && !(others && words.len > 0)) {
        reply_simple(call->box, command_locale(call), REPLY_NO_AREA, NULL, 0, ret_reply);
        return 0;
    }
    if (words.len == 0) {
        int result = store_area_by_id(call->box->store, contact->area_id, ret_area, error);
        if (result == 0 && ret_area->level == AREA_POSYANDU)
            result = store_area_by_id(call->box->store, ret_area->parent_id, ret_area, error);
        return result;
    }
    struct area_found found[AREA_FOUND_MAX];
    size_t n = 0;
    char scope[AREA_CODE_MAX];
    scope_of(contact, scope);
    int result = area_find_near(call->box, scope[0] ? scope : NULL, words, found, &n, error);
    if (result < 0)
        return result;
    const struct area *own = own_of(contact, found, n);
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
