/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/judge/split.h"

#include "core/judge/place.h"
#include "core/judge/split_villages.h"

/* The parts as the names cut the text; none where a report stands before the first. */
static void cut_at(const struct assess_input *input, const struct reading *reading, const struct village_head *heads,
                   size_t n, struct split *ret_split)
{
    for (size_t i = 0; i < n; i++) {
        const char *end = i + 1 < n ? heads[i + 1].said.at : input->text.at + input->text.len;
        ret_split->part[i] = (struct view){heads[i].said.at, (size_t)(end - heads[i].said.at)};
        ret_split->area_id[i] = heads[i].area_id;
    }
    for (size_t i = 0; i < reading->n_segments && n > 0; i++) {
        const struct segment *segment = &reading->segments[i];
        if (segment->token.at < heads[0].said.at)
            n = 0;
        else if (segment->period.said == PERIOD_SAID && segment->period.token.at < heads[0].said.at)
            ret_split->month = segment->period.month;
    }
    ret_split->n = n > 1 ? n : 0;
}

/* A sender with one area alone: where it names other posyandu of their village. */
static int cut_posyandu(const struct box *box, const struct assess_input *input, const struct reading *reading,
                        struct split *ret_split, struct error *error)
{
    struct view said[READING_PLACES_MAX];
    struct village_head heads[READING_PLACES_MAX];
    size_t n = 0;
    int result = place_heads(box, input->area_id, input->text, reading, said, &n, error);
    for (size_t i = 0; i < n; i++)
        heads[i] = (struct village_head){said[i], 0};
    if (result == 0)
        cut_at(input, reading, heads, n, ret_split);
    return result;
}

static int cut_villages(const struct box *box, const struct assess_input *input, const struct assessment *assessment,
                        struct split *ret_split, bool *ret_unclear, struct error *error)
{
    struct village_head heads[READING_PLACES_MAX];
    size_t n = 0;
    int result =
        villages_find(box, assessment->own, assessment->n_own, input->text, &assessment->reading, heads, &n, error);
    if (result == VILLAGES_CUT)
        cut_at(input, &assessment->reading, heads, n, ret_split);
    *ret_unclear = result == VILLAGES_UNCLEAR || (result == VILLAGES_CUT && ret_split->n == 0);
    return result < 0 ? result : 0;
}

/* A part is a report for one place that begins with its name. */
static bool is_whole(const struct assessment *part, const struct view *text)
{
    return part->reading.kind == READING_REPORT && part->place.verdict == PLACE_NAMED && part->reading.n_segments > 0 &&
           part->reading.segments[0].token.at > text->at;
}

int split_assess(const struct box *box, const struct assess_input *input, const struct split *split, size_t i,
                 struct assessment *ret_assessment, struct error *error)
{
    struct assess_input part = *input;
    struct place *place = &ret_assessment->place;
    part.text = split->part[i];
    part.contact_id = 0; /* its form and its area are typed: it goes on from nothing */
    part.month = split->month;
    part.area_id = split->area_id[i] != 0 ? split->area_id[i] : input->area_id;
    int result = assess(box, &part, ret_assessment, error);
    ret_assessment->text = input->text;
    if (result < 0 || split->area_id[i] == 0 || place->verdict != PLACE_OWN || !place->names_village)
        return result;
    place->verdict = PLACE_NAMED;
    return store_area_by_id(box->store, split->area_id[i], &place->area, error);
}

/* Whether each part is a report; of their months either all are named, or none: one that stands in one of them may be
 * everybody's. */
static int try_parts(const struct box *box, const struct assess_input *input, struct assessment *assessment,
                     const struct split *split, bool *ret_good, struct error *error)
{
    size_t months = 0, whole = 0;
    for (size_t i = 0; i < split->n && whole == i; i++) {
        int result = split_assess(box, input, split, i, assessment, error);
        if (result < 0)
            return result;
        whole += is_whole(assessment, &split->part[i]);
        months += assessment->n_segments > 0 && assessment->segments[0].month_said;
    }
    *ret_good = whole == split->n && (months == 0 || months == split->n);
    return 0;
}

int split_find(const struct box *box, const struct assess_input *input, struct assessment *assessment,
               struct split *ret_split, struct error *error)
{
    bool several = assessment->n_own > 1, unclear = false, good = false;
    int result = 0;
    *ret_split = (struct split){.n = 0};
    if (assessment->reading.kind != READING_REPORT || assessment->reading.n_places == 0)
        return 0;
    if (several)
        result = cut_villages(box, input, assessment, ret_split, &unclear, error);
    else if (assessment->place.verdict == PLACE_SEVERAL)
        result = cut_posyandu(box, input, &assessment->reading, ret_split, error);
    if (result == 0 && ret_split->n > 0) {
        result = try_parts(box, input, assessment, ret_split, &good, error);
        unclear = several && !good;
        if (result < 0 || good)
            return result;
        ret_split->n = 0;
        result = assess(box, input, assessment, error);
    }
    if (result == 0 && unclear)
        place_ask_which(box, assessment->own, assessment->n_own, &assessment->place);
    return result;
}
