/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/judge/split.h"

#include "core/judge/place.h"
#include "store/contact.h"

/* The parts as the names cut the text; none where a report stands before the first. */
static int cut(const struct box *box, const struct assess_input *input, const struct assessment *assessment,
               struct split *ret_split, struct error *error)
{
    const struct reading *reading = &assessment->reading;
    struct view heads[READING_PLACES_MAX];
    size_t n = 0;
    int result = place_heads(box, input->area_id, input->text, reading, heads, &n, error);
    for (size_t i = 0; i < n && result == 0; i++) {
        const char *end = i + 1 < n ? heads[i + 1].at : input->text.at + input->text.len;
        ret_split->part[i] = (struct view){heads[i].at, (size_t)(end - heads[i].at)};
    }
    for (size_t i = 0; i < reading->n_segments && n > 0; i++) {
        const struct segment *segment = &reading->segments[i];
        if (segment->token.at < heads[0].at)
            n = 0;
        else if (segment->period.said == PERIOD_SAID && segment->period.token.at < heads[0].at)
            ret_split->month = segment->period.month;
    }
    ret_split->n = n > 1 ? n : 0;
    return result;
}

static int count_area(void *data, const struct area *area)
{
    size_t *n = data;
    *n += area->level >= AREA_DESA;
    return 0;
}

/* A part is a report for one posyandu that begins with its name. */
static bool is_whole(const struct assessment *part, const struct view *text)
{
    return part->reading.kind == READING_REPORT && part->place.verdict == PLACE_NAMED && part->reading.n_segments > 0 &&
           part->reading.segments[0].token.at > text->at;
}

int split_assess(const struct box *box, const struct assess_input *input, const struct split *split, size_t i,
                 struct assessment *ret_assessment, struct error *error)
{
    struct assess_input part = *input;
    part.text = split->part[i];
    part.contact_id = 0; /* its form and its area are typed: it goes on from nothing */
    part.month = split->month;
    int result = assess(box, &part, ret_assessment, error);
    ret_assessment->text = input->text;
    return result;
}

int split_find(const struct box *box, const struct assess_input *input, struct assessment *assessment,
               struct split *ret_split, struct error *error)
{
    *ret_split = (struct split){.n = 0};
    if (assessment->reading.kind != READING_REPORT || assessment->place.verdict != PLACE_SEVERAL)
        return 0;
    size_t areas = 0;
    int result = cut(box, input, assessment, ret_split, error);
    if (result == 0)
        result = store_contact_areas(box->store, input->contact_id, count_area, &areas, error);
    /* Of a sender with several villages a posyandu may be anybody's. */
    ret_split->n = areas > 1 ? 0 : ret_split->n;
    if (result < 0 || ret_split->n == 0)
        return result;
    size_t months = 0, whole = 0;
    for (size_t i = 0; i < ret_split->n && result == 0 && whole == i; i++) {
        result = split_assess(box, input, ret_split, i, assessment, error);
        if (result < 0)
            return result;
        whole += is_whole(assessment, &ret_split->part[i]);
        months += assessment->n_segments > 0 && assessment->segments[0].month_said;
    }
    /* A month that only one of them names may be everybody's. */
    if (whole == ret_split->n && (months == 0 || months == ret_split->n))
        return 0;
    ret_split->n = 0;
    return assess(box, input, assessment, error);
}
