/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/report_values.h"

#include "store/report.h"

struct both {
    struct buf *plain, *json;
};

static int add_value(void *data, const char *field, int value)
{
    struct both *both = data;
    bool first = both->plain->len == 0;
    buf_printf(both->plain, "%s%s %d", first ? "" : ", ", field, value);
    buf_puts(both->json, first ? "" : ",");
    buf_json(both->json, view_of(field));
    buf_printf(both->json, ":%d", value);
    return 0;
}

int report_values(struct store *store, int64_t report_id, struct buf *plain, struct buf *json, struct error *error)
{
    struct both both = {plain, json};
    buf_puts(json, "{");
    int r = store_report_values(store, report_id, add_value, &both, error);
    buf_puts(json, "}");
    if (plain->len == 0)
        buf_puts(plain, "-");
    return r;
}
