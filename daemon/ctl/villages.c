/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/villages.h"

#include <errno.h>
#include <stdlib.h>

#include "ctl/when.h"

int area_list_add(struct area_list *list, const struct area *area, struct error *error)
{
    if (list->n == list->room) {
        size_t room = list->room ? 2 * list->room : 16;
        struct area *grown = realloc(list->areas, room * sizeof *grown);
        if (!grown)
            return error_set(error, -ENOMEM, "memory ran out for a list of areas");
        list->areas = grown;
        list->room = room;
    }
    list->areas[list->n++] = *area;
    return 0;
}

struct adding {
    struct area_list *list;
    int month, result;
    struct error *error;
};

static int add_village(void *data, const struct area *area)
{
    struct adding *adding = data;
    if (area->level == AREA_DESA && area_goes_on(area, adding->month))
        adding->result = area_list_add(adding->list, area, adding->error);
    return adding->result;
}

int area_list_villages(struct area_list *list, const struct session *session, const char *code, int month,
                       struct error *error)
{
    struct adding adding = {list, month, 0, error};
    int r = store_area_list(session->store, code, add_village, &adding, error);
    return adding.result < 0 ? adding.result : r;
}

void area_list_deinit(struct area_list *list)
{
    free(list->areas);
}

static int is_empty(const struct session *session, const struct area *area, int quarter, bool *ret_empty)
{
    struct card *card = NULL;
    struct error error = {0};
    int r = card_open(session->box, area, quarter, CARD_LIVE, 0, session_now_ms(session), &card, &error);
    if (r < 0)
        return ctl_failed(r, &error);
    *ret_empty = card_is_empty(card);
    card_close(card);
    return 0;
}

int quarter_meant(const struct ctl *ctl, const struct session *session, const struct area *area, int *ret_quarter)
{
    int now = quarter_of(month_of(zone_local(session_now_ms(session)).day));
    bool empty = false, before = true;
    *ret_quarter = QUARTER_NONE;
    int status = option_quarter(ctl, ret_quarter);
    if (status || *ret_quarter != QUARTER_NONE)
        return status;
    status = is_empty(session, area, now, &empty);
    if (!status && empty)
        status = is_empty(session, area, now - 1, &before);
    *ret_quarter = before ? now : now - 1;
    return status;
}

int villages_meant(const struct ctl *ctl, struct session *session, struct area_list *ret_list, int *ret_quarter)
{
    struct area area;
    struct error error = {0};
    const char *code = NULL;
    int status = session_cards(session, ctl, STORE_READ);
    if (!status)
        status = option_area(ctl, session, &code);
    int r = !status && code ? store_area_by_code(session->store, view_of(code), &area, &error) : 0;
    if (!status && r == 0)
        status = quarter_meant(ctl, session, code ? &area : NULL, ret_quarter);
    if (!status && r == 0)
        r = area_list_villages(ret_list, session, code, quarter_end(*ret_quarter), &error);
    if (status || r < 0)
        return status ? status : ctl_failed(r, &error);
    return ret_list->n ? 0 : ctl_refuse("there is no village; type: kabarctl area list");
}

int villages_visit(const struct session *session, const struct area_list *list, int quarter, card_visit *visit,
                   void *data)
{
    int status = CTL_DONE;
    struct error error = {0};
    for (size_t i = 0; i < list->n && status == CTL_DONE; i++) {
        struct card *card = NULL;
        int r = card_open(session->box, &list->areas[i], quarter, CARD_LIVE, 0, session_now_ms(session), &card, &error);
        status = r < 0 ? ctl_failed(r, &error) : visit(data, card);
        card_close(card);
    }
    return status;
}
