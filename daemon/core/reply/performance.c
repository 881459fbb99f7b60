/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/reply/performance.h"

#include <string.h>

#include "base/day.h"
#include "core/reply/expected.h"
#include "core/reply/phrase.h"
#include "parsers/deliver.h"
#include "parsers/quarter.h"
#include "store/report.h"

enum { AREAS_MAX = 64, NAME_CHARS_MAX = 32 };

/* The reports of one month of a village and its posyandu, by area (0: the village itself) and form. */
struct month {
    const struct contact *contact;
    const struct area *village;
    const struct set *set;
    struct performance *performance;
    int64_t areas[AREAS_MAX];
    size_t n_areas;
    int64_t first_ms[AREAS_MAX][SET_FORMS_MAX]; /* when the first report that counts was sent; 0: none */
    bool mine[AREAS_MAX][SET_FORMS_MAX];        /* the person sent one */
    uint64_t *posyandu;                         /* of the quarter, bits by place in areas */
    struct day today;
};

static size_t place_of(struct month *month, int64_t area_id)
{
    size_t i = 0;
    while (i < month->n_areas && month->areas[i] != area_id)
        i++;
    if (i == month->n_areas && i < AREAS_MAX)
        month->areas[month->n_areas++] = area_id;
    return i;
}

/* The newest come first: the last one seen is the first that was sent. */
static int take_report(void *data, const struct report_found *report)
{
    struct month *month = data;
    int form = set_form(month->set, report->form);
    size_t place = place_of(month, report->area_id);
    bool counts = strcmp(report->status, report_status_to_string(STATUS_ACCEPTED)) == 0 ||
                  strcmp(report->status, report_status_to_string(STATUS_PARTIAL)) == 0;
    if (form < 0 || form >= SET_FORMS_MAX || place == AREAS_MAX || !counts)
        return 0;
    *month->posyandu |= UINT64_C(1) << place;
    if (month->set->forms[form].section == SECTION_ACTIVITIES) {
        month->performance->activities++;
        return 0;
    }
    if (report->contact_id == month->contact->id) {
        month->performance->corrections += month->mine[place][form];
        month->mine[place][form] = true;
    }
    int64_t *first = &month->first_ms[place][form];
    *first = *first == 0 || report->sent_ms < *first ? report->sent_ms : *first;
    return 0;
}

/* When the last of the month's forms came for the first time: from the village, or else from the last posyandu. */
static int64_t complete_ms(const struct month *month)
{
    int64_t complete = 0;
    for (size_t form = 0; form < SET_FORMS_MAX; form++) {
        int64_t there = month->first_ms[0][form];
        for (size_t i = 1; i < month->n_areas && month->first_ms[0][form] == 0; i++)
            there = month->first_ms[i][form] > there ? month->first_ms[i][form] : there;
        complete = there > complete ? there : complete;
    }
    return complete;
}

static int add_month(const struct box *box, struct month *month, int number, struct error *error)
{
    struct report_filter filter = {.area_code = month->village->code, .period = number};
    unsigned missing = 0;
    memset(month->first_ms, 0, sizeof month->first_ms);
    memset(month->mine, 0, sizeof month->mine);
    int r = store_report_list(box->store, &filter, take_report, month, error);
    if (r == 0)
        r = expected_missing(box, month->village->id, number, month->today, &missing, error);
    if (r < 0)
        return r;
    int64_t complete = complete_ms(month);
    month->performance->due++;
    if (missing != 0 || complete == 0)
        return 0;
    const struct local_time until = {.day = expected_until(box, number)};
    int64_t late = zone_ms(&(struct local_time){.day = zone_local(complete).day}) - zone_ms(&until);
    int days = late > 0 ? (int)((late + MS_DAY / 2) / MS_DAY) : 0;
    month->performance->complete++;
    month->performance->on_time += days == 0;
    month->performance->late_days += days;
    return 0;
}

int performance_add(const struct box *box, const struct contact *contact, const struct area *village, int quarter,
                    int64_t now_ms, struct performance *performance, struct error *error)
{
    int64_t posyandu = 0;
    uint64_t reported = 0;
    int now = month_of(zone_local(now_ms).day), r = 0;
    struct month month = {.contact = contact,
                          .village = village,
                          .set = box_set(box, box_set_for(box, quarter_end(quarter))),
                          .performance = performance,
                          .posyandu = &reported,
                          .today = zone_local(now_ms).day};
    (void)place_of(&month, village->id);
    for (int i = 0; i < QUARTER_MONTHS && r == 0; i++)
        if (quarter * QUARTER_MONTHS + i <= now)
            r = add_month(box, &month, quarter * QUARTER_MONTHS + i, error);
    if (r == 0)
        r = store_posyandu_count(box->store, village->id, quarter_end(quarter), &posyandu, error);
    performance->posyandu += __builtin_popcountll(reported & ~UINT64_C(1));
    performance->posyandu_all += (int)posyandu;
    return r;
}

struct thanks {
    const struct contact *contact;
    const struct area *village;
    int quarter;
    const struct performance *performance;
};

static void make_thanks(const void *data, const struct wording *wording, struct phrase *ret_phrase)
{
    const struct thanks *thanks = data;
    const struct performance *of = thanks->performance;
    const int numbers[] = {of->complete, of->due, of->on_time, of->posyandu, of->posyandu_all, of->activities};
    char texts[sizeof numbers / sizeof *numbers][NUMBER_TEXT_MAX], quarter[PERIOD_TEXT_MAX], name[4 * NAME_CHARS_MAX];
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        number_write(numbers[i], "-", texts[i]);
    quarter_write(wording, thanks->quarter, quarter, sizeof quarter);
    (void)deliver_safe(view_of(thanks->village->name), NAME_CHARS_MAX, name, sizeof name);
    const struct template_value values[] = {{"area", view_of(name)},         {"quarter", view_of(quarter)},
                                            {"complete", view_of(texts[0])}, {"due", view_of(texts[1])},
                                            {"on_time", view_of(texts[2])},  {"posyandu", view_of(texts[3])},
                                            {"all", view_of(texts[4])},      {"activities", view_of(texts[5])}};
    phrase_render(ret_phrase, wording, REPLY_THANKS, values, sizeof values / sizeof *values);
}

void reply_performance(const struct box *box, const struct contact *contact, const struct area *village, int quarter,
                       const struct performance *performance, struct reply *ret_reply)
{
    const struct thanks thanks = {contact, village, quarter, performance};
    reply_fit(box, contact->locale, make_thanks, &thanks, ret_reply);
}
