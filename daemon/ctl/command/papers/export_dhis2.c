/* SPDX-License-Identifier: GPL-2.0-or-later */
/* export dhis2: numbers as a payload for DHIS2's /api/dataValueSets, under the identifiers of a mapping file. */
#include <stdio.h>
#include <string.h>

#include "core/score/score.h"
#include "ctl/areas.h"
#include "ctl/listing.h"
#include "ctl/session.h"
#include "settings/dhis2_map.h"
#include "store/card.h"
#include "store/report.h"

enum { LINE_MAX_BYTES = 4096, UNMAPPED_MAX_BYTES = 8192 };

struct payload {
    const struct session *session;
    const struct dhis2_map *map;
    bool json;
    int month, quarter; /* the one that is not sent is MONTH_NONE, -1 */
    const struct set *set;
    char period[8]; /* as DHIS2 writes it: 202610, 2026Q4 */
    bool checking;  /* first all of it is looked through, so that half a payload is never printed */
    size_t n;
    struct buf line, unmapped; /* unmapped: names with a comma and a blank after each */
    struct error error;
};

static void payload_deinit(struct payload *payload)
{
    buf_deinit(&payload->line);
    buf_deinit(&payload->unmapped);
}

static void map_close(struct dhis2_file **file)
{
    *file = dhis2_map_close(*file);
}

static void note_unmapped(struct payload *payload, const char *what, const char *form, const char *key)
{
    char name[128];
    (void)snprintf(name, sizeof name, "%s %s%s%s, ", what, form, form[0] ? "." : "", key);
    if (!strstr(payload->unmapped.text, name))
        buf_puts(&payload->unmapped, name);
}

static void add_member(struct buf *line, const char *name, const char *text)
{
    if (text[0] == '\0')
        return;
    buf_printf(line, ",\"%s\":", name);
    buf_json(line, view_of(text));
}

/* Prints one value; all of them are texts to DHIS2. */
static void print_value(struct payload *payload, const struct dhis2_value *value, const char *unit, int number)
{
    struct buf *line = &payload->line;
    buf_clear(line);
    buf_puts(line, payload->n ? "," : "");
    buf_puts(line, payload->json ? "" : "\n");
    buf_puts(line, "{\"dataElement\":");
    buf_json(line, view_of(value->data_element));
    add_member(line, "period", payload->period);
    add_member(line, "orgUnit", unit);
    add_member(line, "categoryOptionCombo", value->category_option_combo);
    add_member(line, "attributeOptionCombo", value->attribute_option_combo);
    buf_printf(line, ",\"value\":\"%d\"}", number);
    ctl_print(line);
}

/* Everything of the map that bears this name, of the payload's kind of period. */
static void add_number(struct payload *payload, const char *area, const char *form, const char *key,
                       const int numbers[2])
{
    const struct dhis2_map *map = payload->map;
    const char *unit = dhis2_unit_of(map, area);
    bool known = dhis2_ignored(map, form, key);
    for (size_t i = 0; i < map->n_values; i++) {
        const struct dhis2_value *value = &map->values[i];
        if (strcmp(value->form, form) != 0 || strcmp(value->key, key) != 0)
            continue;
        known = true;
        if (value->quarterly != (payload->month == MONTH_NONE) || numbers[value->number] < 0)
            continue;
        if (payload->checking && !unit)
            note_unmapped(payload, "area", "", area);
        else if (!payload->checking)
            print_value(payload, value, unit, numbers[value->number]);
        payload->n++;
    }
    if (payload->checking && !known)
        note_unmapped(payload, form[0] ? "field" : "indicator", form, key);
}

static int month_row(void *data, const struct current_row *row)
{
    const int numbers[2] = {row->value, -1};
    add_number(data, row->area, row->form, row->field, numbers);
    return 0;
}

/* As the card has it: a numerator above its denominator counts as the denominator (docs/design.md 5). */
static int indicator_row(void *data, const struct score_row *row)
{
    int numerator = row->numbers[0], denominator = row->numbers[1];
    const int numbers[2] = {numerator > denominator && denominator >= 0 ? denominator : numerator, denominator};
    add_number(data, row->code, "", row->name, numbers);
    return 0;
}

static int village_quarter(void *data, const struct area *area)
{
    struct payload *payload = data;
    for (size_t i = 0; i < payload->set->n_forms; i++) {
        const struct form *form = &payload->set->forms[i];
        struct form_quarter values;
        int r = score_form_quarter(payload->session->box, form, area->id, payload->quarter, false, &values,
                                   &payload->error);
        if (r)
            return r;
        for (size_t key = 0; key < form->n_keys; key++) {
            const int numbers[2] = {values.values[key], -1};
            if (numbers[0] >= 0)
                add_number(payload, area->code, form->code, form->keys[key].code, numbers);
        }
    }
    return 0;
}

static int add_numbers(struct payload *payload, const char *area)
{
    struct store *store = payload->session->store;
    payload->n = 0;
    if (payload->month != MONTH_NONE)
        return store_village_list(store, area, payload->month, month_row, payload, &payload->error);
    int r = store_score_list(store, payload->quarter, payload->set->name, area, 1 << SCORE_INDICATOR, indicator_row,
                             payload, &payload->error);
    if (!r)
        r = store_scored_list(store, payload->quarter, payload->set->name, area, village_quarter, payload,
                              &payload->error);
    return r;
}

static int print_payload(struct payload *payload, const char *area)
{
    const struct dhis2_map *map = payload->map;
    buf_puts(&payload->line, "{");
    if (map->data_set[0]) {
        buf_puts(&payload->line, "\"dataSet\":");
        buf_json(&payload->line, view_of(map->data_set));
        buf_puts(&payload->line, ",");
    }
    buf_printf(&payload->line, "%s\"dataValues\":[", map->unit_codes ? "\"orgUnitIdScheme\":\"CODE\"," : "");
    ctl_print(&payload->line);
    payload->checking = false;
    int r = add_numbers(payload, area);
    if (r)
        return ctl_failed(r, &payload->error);
    (void)fputs(payload->json ? "]}\n" : "\n]}\n", stdout);
    return CTL_DONE;
}

/* The areas of the map must be there: a typing error in one would send nothing for it. */
static int check_areas(const struct session *session, const struct dhis2_map *map)
{
    struct error error = {0};
    struct area area;
    for (size_t i = 0; i < map->n_units; i++) {
        int r = store_area_by_code(session->store, view_of(map->units[i].area), &area, &error);
        if (r) {
            error_prefix(&error, "%s:%d", map->file, map->units[i].line);
            return ctl_failed(r, &error);
        }
    }
    return 0;
}

static int read_period(const struct ctl *ctl, struct payload *payload)
{
    int status = option_period(ctl, "--period", &payload->month);
    if (!status)
        status = option_quarter(ctl, &payload->quarter);
    if (!status && (payload->month == MONTH_NONE) == (payload->quarter < 0))
        status =
            ctl_usage(ctl, "give either --period MONTH, for the monthly values, or --quarter QUARTER, for those by "
                           "quarter");
    return status;
}

static void name_period(struct payload *payload)
{
    char text[8];
    if (payload->month != MONTH_NONE)
        month_format(payload->month, text);
    else
        quarter_format(payload->quarter, text);
    (void)snprintf(payload->period, sizeof payload->period, "%.4s%s", text, text + 5);
}

int ctl_export_dhis2(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(payload_deinit)
    struct payload payload = {
        .session = &session, .json = ctl->json, .month = MONTH_NONE, .quarter = -1, .checking = true};
    CLEANUP(map_close) struct dhis2_file *file = NULL;
    const char *area = NULL;
    buf_init(&payload.line, LINE_MAX_BYTES);
    buf_init(&payload.unmapped, UNMAPPED_MAX_BYTES);
    int status = read_period(ctl, &payload);
    if (!status)
        status = session_settings(&session, ctl);
    if (status)
        return status;
    int r = dhis2_map_open(session.settings, args_get(&ctl->args, "--map"), &file, &payload.error);
    if (r)
        return ctl_environment("%s (dhis2.cfg.example shows how the file looks)", payload.error.text);
    payload.map = dhis2_map(file);
    status = session_cards(&session, ctl, STORE_READ);
    if (!status)
        status = option_area(ctl, &session, &area);
    if (!status)
        status = check_areas(&session, payload.map);
    if (status)
        return status;
    name_period(&payload);
    payload.set = box_set(session.box, score_set_for(session.box, payload.quarter < 0 ? 0 : payload.quarter));
    r = add_numbers(&payload, area);
    if (r)
        return ctl_failed(r, &payload.error);
    if (payload.unmapped.len)
        return ctl_refuse("%s: does not map %.*s; map or ignore them, nothing was printed", payload.map->file,
                          (int)payload.unmapped.len - 2, payload.unmapped.text);
    if (payload.n == 0)
        (void)ctl_refuse("note: there is nothing to send for %s", payload.period);
    return print_payload(&payload, area);
}
