/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/reply/place_text.h"

#include "parsers/deliver.h"

void place_heading(const struct box *box, const char *code, const char *name, const struct wording *wording,
                   struct phrase *phrase)
{
    char text[PLACE_NAME_MAX];
    bool posyandu = area_code_level(view_of(code)) == AREA_POSYANDU;
    place_name_write(box, name, text);
    phrase_render(phrase, wording, posyandu ? REPLY_PLACE : REPLY_PLACE_VILLAGE,
                  &(struct template_value){"area", view_of(text)}, 1);
}

static enum reply_text text_of(enum place_verdict verdict)
{
    switch (verdict) {
    case PLACE_WHICH:
        return REPLY_PLACE_WHICH;
    case PLACE_SEVERAL:
        return REPLY_PLACE_SEVERAL;
    case PLACE_ELSEWHERE:
        return REPLY_PLACE_ELSEWHERE;
    case PLACE_OF_WHICH:
        return REPLY_PLACE_OF_WHICH;
    case PLACE_UNKNOWN:
    case PLACE_OWN:
    case PLACE_NAMED:
        break;
    }
    return REPLY_PLACE_UNKNOWN;
}

void place_make_refusal(const void *data, const struct wording *wording, struct phrase *ret_phrase)
{
    const struct place *place = data;
    char token[TOKEN_TEXT_MAX] = "", village[PLACE_NAME_MAX];
    struct list areas;
    bool or = place->verdict == PLACE_WHICH || place->verdict == PLACE_OF_WHICH;
    if (place->token.len > 0)
        token_write(place->token, token);
    (void)deliver_safe(view_of(place->village.name), PLACE_NAME_MAX / 4, village, sizeof village);
    list_begin(&areas, wording, or ? REPLY_JOIN_OR : REPLY_JOIN_LIST);
    for (size_t i = 0; i < place->n_candidates; i++)
        list_add(&areas, place->candidates[i]);
    list_end(&areas);
    const struct template_value given[] = {
        {"token", view_of(token)}, {"area", view_of(village)}, {"areas", view_of(areas.phrase.text)}};
    phrase_render(ret_phrase, wording, text_of(place->verdict), given, 3);
}
