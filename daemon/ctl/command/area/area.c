/* SPDX-License-Identifier: GPL-2.0-or-later */
/* area add, list */
#include <inttypes.h>
#include <stdio.h>

#include "base/translate.h"
#include "ctl/areas.h"
#include "ctl/listing.h"

static const char *const level_names[] = {"", "provinsi", "kabupaten", "kecamatan", "desa", "posyandu"};

int ctl_area_add(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(buf_deinit) struct buf name;
    buf_init(&name, NAME_MAX_BYTES);
    ctl_join_words(ctl, 1, &name);
    if (name.full || name.len == 0)
        return ctl_usage(ctl, "area add: the name must have 1 to %d bytes", NAME_MAX_BYTES - 1);
    int status = session_open(&session, ctl, STORE_WRITE);
    if (status || (status = session_begin(&session)))
        return status;
    struct error error = {0};
    int64_t id;
    const char *code = ctl->args.words[0];
    int r = store_area_put(session.store, view_of(code), (struct view){name.text, name.len}, &id, &error);
    if (r)
        return ctl_failed(r, &error);
    status = session_commit(&session, "area.add", code, name.text);
    if (status)
        return status;
    static const struct column columns[] = {{"code", N_("CODE"), false}, {"name", N_("NAME"), false}};
    struct listing list;
    listing_begin(&list, ctl->json, columns, 2);
    listing_text(&list, code);
    listing_text(&list, name.text);
    listing_end(&list, "");
    return CTL_DONE;
}

static int list_area(void *data, const struct area *area)
{
    struct listing *list = data;
    listing_text(list, area->code);
    listing_text(list, level_names[area->level]);
    listing_text(list, area->name);
    return 0;
}

int ctl_area_list(struct ctl *ctl)
{
    static const struct column columns[] = {
        {"code", N_("CODE"), false}, {"level", N_("LEVEL"), false}, {"name", N_("NAME"), false}};
    CLEANUP(session_close) struct session session = {0};
    int status = session_open(&session, ctl, STORE_READ);
    if (status)
        return status;
    struct error error = {0};
    struct area area;
    const char *code = ctl->args.n_words ? area.code : NULL;
    if (code && (status = session_box(&session, ctl)) == 0)
        status = area_of_words(ctl, &session, 0, &area);
    if (status)
        return status;
    struct listing list;
    listing_begin(&list, ctl->json, columns, 3);
    int r = store_area_list(session.store, code, list_area, &list, &error);
    listing_end(&list, _("no areas yet; type: kabarctl area import FILE.csv, or: kabarctl area add CODE NAME"));
    return r ? ctl_failed(r, &error) : CTL_DONE;
}
