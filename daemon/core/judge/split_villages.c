/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/judge/split_villages.h"

#include <string.h>

#include "core/judge/place.h"
#include "parsers/view.h"

enum { NOBODYS = 0, UNKNOWN = -1 };

struct search {
    const struct box *box;
    const struct area *areas;
    size_t n_areas;
    struct view text;
    const struct reading *reading;
    struct village_head *heads; /* area_id UNKNOWN: of a village that is none of theirs */
    size_t n;
    struct error *error;
};

/* The one area that the name means: its village, or else a posyandu of it alone. NOBODYS: it says nothing for certain.
 */
static int area_meant(const struct search *search, const struct place_named *named, int64_t *ret_area_id)
{
    struct place place;
    struct area best = {.id = NOBODYS};
    int64_t posyandu = 0;
    bool village = false, several = false;
    for (size_t i = 0; i < search->n_areas; i++) {
        const struct area *area = &search->areas[i];
        int result = place_find_one(search->box, area->id, named, &place, search->error);
        if (result < 0)
            return result;
        bool by_village = place.names_village && !place_is_refused(&place);
        if (!by_village && (place.verdict != PLACE_NAMED || village))
            continue;
        int64_t meant = by_village ? place.village.id : place.area.id;
        several = by_village && !village ? false : several || (best.id != 0 && meant != posyandu);
        if (best.id == 0 || (by_village && !village) || area->level < best.level)
            best = *area;
        village |= by_village;
        posyandu = meant;
    }
    *ret_area_id = several ? NOBODYS : best.id;
    return 0;
}

static bool has_between(struct view token, const char *from, const char *end)
{
    return token.at && token.at >= from && token.at < end;
}

/* Whether something of a report stands there. */
static bool has_report(const struct search *search, const char *from, const char *end)
{
    for (size_t i = 0; i < search->reading->n_segments; i++) {
        const struct segment *segment = &search->reading->segments[i];
        bool found = has_between(segment->token, from, end);
        for (size_t j = 0; j < segment->n_fields; j++)
            found |= has_between(segment->fields[j].token, from, end) ||
                     has_between(segment->fields[j].value_token, from, end);
        for (size_t j = 0; j < segment->n_problems; j++)
            found |= has_between(segment->problems[j].token, from, end);
        if (found)
            return true;
    }
    return false;
}

static bool has_digit(const char *from, const char *end)
{
    while (from < end && !is_digit(*from))
        from++;
    return from < end;
}

static bool has_two_values(const struct reading *reading)
{
    for (size_t i = 0; i < reading->n_segments; i++)
        for (size_t j = 0; j < reading->segments[i].n_problems; j++)
            if (reading->segments[i].problems[j].code == PROBLEM_DUPLICATE_KEY)
                return true;
    return false;
}

/* "posyandu Mawar, desa Buduan": the posyandu's name belongs to the village behind it. */
static struct view with_posyandu(const struct search *search, size_t i)
{
    struct view said = search->reading->places[i].said;
    if (i == 0 || search->reading->places[i - 1].kind != PLACE_POSYANDU)
        return said;
    struct view before = search->reading->places[i - 1].said;
    const char *at = before.at + before.len;
    while (at < said.at && (*at == ' ' || *at == ','))
        at++;
    return at == said.at ? (struct view){before.at, before.len + (size_t)(said.at + said.len - at)} : said;
}

static void add_head(struct search *search, struct view said, int64_t area_id)
{
    const struct village_head *last = search->n > 0 ? &search->heads[search->n - 1] : NULL;
    if (!last || last->area_id != area_id || area_id == UNKNOWN)
        search->heads[search->n++] = (struct village_head){said, area_id};
}

/* A word for villages with a name that is none of theirs, or words before a form that nobody knows. */
static bool may_be_village(const struct search *search, const struct place_named *named)
{
    bool bare = named->kind == PLACE_BARE && search->n > 0;
    return (bare || (named->kind == PLACE_VILLAGE && named->sure > 0)) && place_begins_piece(search->text, named->said);
}

static int find_heads(struct search *search)
{
    const struct reading *reading = search->reading;
    for (size_t i = 0; i < reading->n_places; i++) {
        const struct place_named *named = &reading->places[i];
        int64_t area_id = NOBODYS;
        int result = area_meant(search, named, &area_id);
        if (result < 0)
            return result;
        if (area_id != NOBODYS)
            add_head(search, with_posyandu(search, i), area_id);
        else if (may_be_village(search, named))
            add_head(search, named->said, UNKNOWN);
    }
    return 0;
}

/* An unknown name without a number behind it was none. (Of a form that comes twice the reading has one segment.) */
static bool drop_unknown(struct search *search)
{
    size_t kept = 0;
    bool unknown = false;
    for (size_t i = 0; i < search->n; i++) {
        const char *end = i + 1 < search->n ? search->heads[i + 1].said.at : search->text.at + search->text.len;
        const struct village_head *head = &search->heads[i];
        bool is_one = head->area_id == UNKNOWN && has_digit(head->said.at + head->said.len, end);
        unknown |= is_one;
        if (head->area_id != UNKNOWN && (kept == 0 || search->heads[kept - 1].area_id != head->area_id))
            search->heads[kept++] = *head;
    }
    search->n = kept;
    return unknown;
}

static enum villages judge(const struct search *search, bool unknown)
{
    const char *end = search->text.at + search->text.len;
    if (search->n == 0)
        return unknown ? VILLAGES_UNCLEAR : VILLAGES_ONE;
    struct view first = search->heads[0].said;
    bool before = has_report(search, search->text.at, first.at);
    if (search->n == 1 && !unknown) /* "Randu: bumil 7. desa Cemara: bumil 12" */
        return before && has_digit(first.at + first.len, end) && place_begins_piece(search->text, first) &&
                       has_two_values(search->reading)
                   ? VILLAGES_UNCLEAR
                   : VILLAGES_ONE;
    return unknown || before ? VILLAGES_UNCLEAR : VILLAGES_CUT;
}

int villages_find(const struct box *box, const struct area *areas, size_t n_areas, struct view text,
                  const struct reading *reading, struct village_head ret_heads[READING_PLACES_MAX], size_t *ret_n,
                  struct error *error)
{
    struct search search = {box, areas, n_areas, text, reading, ret_heads, 0, error};
    *ret_n = 0;
    if (reading->n_places > READING_PLACES_MAX)
        return VILLAGES_UNCLEAR;
    int result = find_heads(&search);
    if (result < 0)
        return result;
    bool unknown = drop_unknown(&search);
    *ret_n = search.n;
    return judge(&search, unknown);
}
