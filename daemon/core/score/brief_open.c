/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/score/brief_open.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/score/card_open.h"
#include "store/note.h"
#include "store/report.h"

struct making {
    const struct box *box;
    const struct area *village;
    const struct set *set;
    size_t set_index;
    struct brief *brief;
    int64_t from_ms, to_ms; /* of the period */
    int result;
    struct error *error;
};

static int64_t month_begins_ms(int month)
{
    const struct local_time local = {.day = {.year = month / 12, .month = month % 12 + 1, .day = 1}};
    return zone_ms(&local);
}

static void write_day(const struct making *making, int64_t ms, char ret_text[BRIEF_DAY_MAX])
{
    const struct day day = zone_local(ms).day;
    (void)snprintf(ret_text, BRIEF_DAY_MAX, "%d %s", day.day, making->brief->cards[0]->months[day.month - 1]);
}

static struct brief_item *add_item(const struct making *making, struct brief_items *list, int64_t ms, const char *area)
{
    list->all++;
    if (list->n == BRIEF_ITEMS_MAX)
        return NULL;
    struct brief_item *item = &list->items[list->n++];
    write_day(making, ms, item->day);
    (void)snprintf(item->area, sizeof item->area, "%s", area);
    return item;
}

static int take_note(void *data, const struct note_row *note)
{
    struct making *making = data;
    if (note->created_ms >= making->to_ms)
        return 0;
    struct brief_item *item = add_item(making, &making->brief->notes, note->created_ms, note->area_name);
    if (!item)
        return 0;
    item->open = note->done_ms == 0;
    (void)snprintf(item->text, sizeof item->text, "%s", note->text);
    for (char *c = item->text; *c; c++)
        if (*c == '\n' || *c == '\r' || *c == '\t')
            *c = ' ';
    return 0;
}

/* ---- activities ---- */

struct told {
    const struct form *form;
    int values[FORM_KEYS_MAX];
};

static int take_value(void *data, const char *field, int value)
{
    struct told *told = data;
    int key = form_key(told->form, field);
    if (key >= 0)
        told->values[key] = value;
    return 0;
}

/* "sosialisasi 1, peserta 40, laki-laki 12": what was told, in the order of the form. */
static int write_values(const struct making *making, int64_t report_id, const struct form *form, char *ret_text,
                        size_t size)
{
    struct told told = {.form = form};
    size_t len = 0;
    memset(told.values, 0xff, sizeof told.values);
    int r = store_report_values(making->box->store, report_id, take_value, &told, making->error);
    ret_text[0] = '\0';
    for (size_t i = 0; i < form->n_keys && len < size; i++)
        if (told.values[i] >= 0)
            len += (size_t)snprintf(ret_text + len, size - len, "%s%s %d", len ? ", " : "", form->keys[i].label,
                                    told.values[i]);
    return r;
}

static int take_report(void *data, const struct report_found *report)
{
    struct making *making = data;
    int form = set_form(making->set, report->form);
    bool counts = strcmp(report->status, report_status_to_string(STATUS_ACCEPTED)) == 0 ||
                  strcmp(report->status, report_status_to_string(STATUS_PARTIAL)) == 0;
    if (form < 0 || !counts || making->set->forms[form].section != SECTION_ACTIVITIES)
        return 0;
    struct brief_item *item = add_item(making, &making->brief->activities, report->sent_ms, report->area_name);
    if (item)
        making->result = write_values(making, report->id, &making->set->forms[form], item->text, sizeof item->text);
    return making->result;
}

static int collect_activities(struct making *making, int last_month, int months)
{
    struct report_filter filter = {.area_code = making->village->code};
    int r = 0;
    for (int i = 0; i < months && r == 0 && making->brief->has_activities; i++) {
        filter.period = last_month - i;
        r = store_report_list(making->box->store, &filter, take_report, making, making->error);
    }
    return making->result < 0 ? making->result : r;
}

/* ---- services ---- */

/* The newest month of the year in which the form was reported counts. */
static int collect_services(struct making *making, const struct form *form, int last_month)
{
    struct brief *brief = making->brief;
    const char *fields[FORM_KEYS_MAX];
    int values[FORM_KEYS_MAX], r = 0;
    size_t len = strlen(brief->absent);
    bool known = false;
    for (size_t i = 0; i < form->n_keys; i++)
        fields[i] = form->keys[i].code;
    for (int month = last_month; month >= last_month / 12 * 12 && !known && r == 0; month--) {
        r = store_current_values(making->box->store, making->village->id, month, form->code, fields, form->n_keys,
                                 values, making->error);
        for (size_t i = 0; i < form->n_keys && r == 0; i++)
            known = known || values[i] >= 0;
        brief->services_month = known ? month : brief->services_month;
    }
    for (size_t i = 0; i < form->n_keys && known && len < sizeof brief->absent; i++)
        if (values[i] == 0)
            len += (size_t)snprintf(brief->absent + len, sizeof brief->absent - len, "%s%s", len ? ", " : "",
                                    form->keys[i].label);
    return r;
}

static int collect_sections(struct making *making, int last_month, int months)
{
    int r = 0;
    making->brief->services_month = MONTH_NONE;
    for (size_t i = 0; i < making->set->n_forms && r == 0; i++) {
        const struct form *form = &making->set->forms[i];
        making->brief->has_activities |= form->section == SECTION_ACTIVITIES;
        making->brief->has_services |= form->section == SECTION_SERVICES;
        if (form->section == SECTION_SERVICES)
            r = collect_services(making, form, last_month);
    }
    return r == 0 ? collect_activities(making, last_month, months) : r;
}

/* ---- posyandu ---- */

/* A form of one posyandu: a posyandu has nothing below it, so that its own numbers are all there are. */
static int add_form(struct making *making, int64_t posyandu_id, size_t form, struct brief_posyandu *posyandu,
                    unsigned *months)
{
    struct brief *brief = making->brief;
    int quarter = brief->cards[0]->quarter;
    struct form_quarter values;
    struct figures figures;
    int r =
        score_form_quarter(making->box, &making->set->forms[form], posyandu_id, quarter, false, &values, making->error);
    unsigned reported = 0;
    for (int i = 0; i < QUARTER_MONTHS && r == 0; i++)
        reported |= (unsigned)values.months[i].village << i;
    if (r < 0 || reported == 0)
        return r;
    *months |= reported;
    r = rules_figures(making->box->rules[making->set_index], (int)form, quarter, values.values, &figures,
                      making->error);
    for (size_t i = 0; i < brief->n_weakest && r == 0; i++)
        if (making->set->indicators[brief->weakest[i]].form == (int)form) {
            posyandu->figures[i].numerator = figures.indicators[brief->weakest[i]].numerator;
            posyandu->figures[i].denominator = figures.indicators[brief->weakest[i]].denominator;
        }
    return r;
}

static int take_posyandu(void *data, const struct area *area)
{
    struct making *making = data;
    struct brief *brief = making->brief;
    unsigned months = 0;
    if (area->level != AREA_POSYANDU || !area_goes_on(area, quarter_end(brief->cards[0]->quarter)))
        return 0;
    if (brief->all_posyandu++ >= BRIEF_POSYANDU_MAX)
        return 0;
    struct brief_posyandu *posyandu = &brief->posyandu[brief->n_posyandu++];
    memset(posyandu, 0xff, sizeof *posyandu);
    (void)snprintf(posyandu->name, sizeof posyandu->name, "%s", area->name);
    for (size_t form = 0; form < making->set->n_forms && making->result == 0; form++)
        making->result = add_form(making, area->id, form, posyandu, &months);
    posyandu->months = __builtin_popcount(months);
    return making->result;
}

static int collect(struct making *making, int quarter, int months, int64_t now_ms)
{
    struct brief *brief = making->brief;
    struct store *store = making->box->store;
    const struct note_filter notes = {.all = true, .area_code = making->village->code, .since_ms = making->from_ms};
    int r = 0;
    for (int i = 0; i < BRIEF_QUARTERS && r == 0; i++)
        r = card_open(making->box, making->village, quarter - i, CARD_LIVE, 0, now_ms, &brief->cards[i], making->error);
    if (r < 0)
        return r;
    making->set = brief->cards[0]->set;
    brief->n_weakest = card_weakest(brief->cards[0], BRIEF_WEAKEST, brief->weakest);
    r = store_area_list(store, making->village->code, take_posyandu, making, making->error);
    if (r == 0)
        r = making->result;
    if (r == 0)
        r = store_note_list(store, &notes, take_note, making, making->error);
    return r == 0 ? collect_sections(making, quarter_end(quarter), months) : r;
}

int brief_open(const struct box *box, const struct area *village, int quarter, int months, int64_t now_ms,
               struct brief **ret_brief, struct error *error)
{
    if (village->level != AREA_DESA)
        return error_set(error, -EINVAL, "%s is not a village: a brief is made of a village", village->code);
    struct making making = {.box = box,
                            .village = village,
                            .set_index = score_set_for(box, quarter),
                            .brief = calloc(1, sizeof *making.brief),
                            .from_ms = month_begins_ms(quarter_end(quarter) + 1 - months),
                            .to_ms = month_begins_ms(quarter_end(quarter) + 1),
                            .error = error};
    if (!making.brief)
        return error_set(error, -ENOMEM, "memory ran out for a brief");
    int r = collect(&making, quarter, months, now_ms);
    if (r < 0)
        (void)brief_close(making.brief);
    else
        *ret_brief = making.brief;
    return r;
}
