/* SPDX-License-Identifier: GPL-2.0-or-later */
/* recap: a month on one page: the villages by their forms, with the number that each form is named after. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/translate.h"
#include "core/villages.h"
#include "ctl/areas.h"
#include "ctl/listing.h"
#include "store/report.h"

struct village {
    char code[AREA_CODE_MAX], name[NAME_MAX_BYTES];
    int total[SET_FORMS_MAX]; /* -1: the form has not come */
    bool staffed;
};

struct recap {
    const struct box *box;
    const struct set *set;
    struct village *villages; /* owned; by code */
    size_t n, room, at;
    struct error error;
};

static void recap_deinit(struct recap *recap)
{
    free(recap->villages);
}

static int add_village(void *data, const struct area *area, bool reported, bool staffed)
{
    struct recap *recap = data;
    (void)reported;
    if (recap->n == recap->room) {
        size_t room = recap->room ? 2 * recap->room : 64;
        struct village *grown = realloc(recap->villages, room * sizeof *grown);
        if (!grown)
            return error_set(&recap->error, -ENOMEM, "memory ran out for a list of areas");
        recap->villages = grown;
        recap->room = room;
    }
    struct village *village = &recap->villages[recap->n++];
    *village = (struct village){.staffed = staffed};
    memcpy(village->code, area->code, sizeof village->code);
    memcpy(village->name, area->name, sizeof village->name);
    for (size_t i = 0; i < SET_FORMS_MAX; i++)
        village->total[i] = -1;
    return 0;
}

static int by_code(const void *code, const void *village)
{
    return strcmp(code, ((const struct village *)village)->code);
}

static int by_codes(const void *left, const void *right)
{
    return strcmp(((const struct village *)left)->code, ((const struct village *)right)->code);
}

static int take_number(void *data, const struct current_row *row)
{
    struct recap *recap = data;
    int form = set_form(recap->set, row->form);
    struct village *village =
        recap->n ? bsearch(row->area, recap->villages, recap->n, sizeof *recap->villages, by_code) : NULL;
    if (village && form >= 0 && strcmp(row->field, recap->set->forms[form].keys[0].code) == 0)
        village->total[form] = row->value;
    return 0;
}

static void list_number(struct listing *list, int64_t number)
{
    if (number < 0)
        listing_json(list, "-", "null");
    else
        listing_number(list, number);
}

static void list_village(struct listing *list, const struct recap *recap, const struct village *village)
{
    listing_text(list, village->code);
    listing_text(list, village->name);
    for (size_t i = 0; i < recap->set->n_forms; i++)
        list_number(list, village->total[i]);
    listing_flag(list, village->staffed);
}

/* For people: how many villages, and the sum of their numbers. */
static void list_sums(struct listing *list, const struct recap *recap)
{
    char came[48];
    listing_text(list, "");
    listing_text(list, _("all"));
    for (size_t i = 0; i < recap->set->n_forms; i++) {
        int64_t sum = -1;
        size_t n = 0;
        for (size_t v = 0; v < recap->n; v++) {
            if (recap->villages[v].total[i] < 0)
                continue;
            sum = (sum < 0 ? 0 : sum) + recap->villages[v].total[i];
            n++;
        }
        (void)snprintf(came, sizeof came, "%lld (%zu/%zu)", (long long)(sum < 0 ? 0 : sum), n, recap->n);
        listing_json(list, came, "null");
    }
    listing_json(list, "", "null");
}

static void print(struct recap *recap, bool json, const char *title)
{
    struct column columns[SET_FORMS_MAX + 3] = {{"area", N_("AREA"), false}, {"area_name", N_("NAME"), false}};
    size_t n = 2;
    for (size_t i = 0; i < recap->set->n_forms; i++)
        columns[n++] = (struct column){recap->set->forms[i].code, recap->set->forms[i].code, true};
    columns[n++] = (struct column){"registered", NULL, false};
    struct listing list;
    if (!json)
        (void)puts(title);
    listing_begin(&list, json, columns, n);
    for (size_t i = 0; i < recap->n; i++)
        list_village(&list, recap, &recap->villages[i]);
    if (!json && recap->n > 0)
        list_sums(&list, recap);
    listing_end(&list, _("there is no village; type: kabarctl area list"));
}

int ctl_recap(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(recap_deinit) struct recap recap = {.n = 0};
    CLEANUP(buf_deinit) struct buf words;
    CLEANUP(buf_deinit) struct buf title;
    const char *code = NULL;
    char text[8];
    int month = MONTH_NONE;
    buf_init(&words, 256);
    buf_init(&title, 1024);
    ctl_join_words(ctl, 0, &words);
    int status = month_of_text(ctl, words.text, &month);
    if (!status)
        status = session_open(&session, ctl, STORE_READ);
    if (!status)
        status = session_box(&session, ctl);
    if (!status)
        status = option_area(ctl, &session, &code);
    if (status)
        return status;
    recap.box = session.box;
    recap.set = box_set(session.box, box_set_for(session.box, month));
    int r = villages_each(session.box, code, month, add_village, &recap, &recap.error);
    if (!r && recap.n > 0)
        qsort(recap.villages, recap.n, sizeof *recap.villages, by_codes);
    if (!r)
        r = store_village_list(session.store, code, month, take_number, &recap, &recap.error);
    if (r)
        return ctl_failed(r, &recap.error);
    month_format(month, text);
    buf_printf(&title, "%s%s%s, %s", session.settings->box.id, code ? ", " : "", code ? code : "", text);
    print(&recap, ctl->json, title.text);
    return CTL_DONE;
}
