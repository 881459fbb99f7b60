/* SPDX-License-Identifier: GPL-2.0-or-later */
/* export csv: every number that counts, one a row, or with --wide one row a village; for a spreadsheet. */
#include <inttypes.h>

#include "card/card_wide.h"
#include "ctl/listing.h"
#include "ctl/paper.h"
#include "ctl/villages.h"
#include "ctl/when.h"
#include "store/report.h"

enum { FILE_MAX_BYTES = 64 << 20 };

struct export
{
    const struct ctl *ctl;
    struct listing list;
    bool excel_id; /* as an Indonesian Excel reads it: semicolons, decimal commas, a mark of UTF-8 */
    bool flush;    /* rows go out as they are made */
    struct buf text;
    const struct set *set; /* of --wide, with its columns */
    struct wide_column columns[WIDE_COLUMNS_MAX];
    size_t n_columns;
};

static void export_deinit(struct export *export)
{
    buf_deinit(&export->text);
}

static void put_text(struct export *export, size_t column, const char *text)
{
    if (column > 0)
        buf_puts(&export->text, export->excel_id ? ";" : ",");
    buf_csv(&export->text, view_of(text));
}

static void end_row(struct export *export)
{
    buf_puts(&export->text, "\r\n");
    if (!export->flush || export->text.full)
        return;
    ctl_print(&export->text);
    buf_clear(&export->text);
}

static int csv_row(void *data, const struct current_row *row)
{
    struct export *export = data;
    const char *const texts[] = {row->area, row->area_name, row->period, row->form, row->field, row->uid};
    for (size_t i = 0; i < 6; i++)
        put_text(export, i, texts[i]);
    buf_printf(&export->text, "%s%d", export->excel_id ? ";" : ",", row->value);
    end_row(export);
    return 0;
}

static int json_row(void *data, const struct current_row *row)
{
    struct listing *list = &((struct export *)data)->list;
    listing_text(list, row->area);
    listing_text(list, row->area_name);
    listing_text(list, row->period);
    listing_text(list, row->form);
    listing_text(list, row->field);
    listing_text(list, row->uid);
    listing_number(list, row->value);
    return 0;
}

static int list_json(struct export *export, const struct session *session, const char *area, int period)
{
    static const struct column columns[] = {
        {"area", NULL, false},  {"area_name", NULL, false}, {"period", NULL, false}, {"form", NULL, false},
        {"field", NULL, false}, {"report", NULL, false},    {"value", NULL, true},
    };
    struct error error = {0};
    listing_begin(&export->list, true, columns, 7);
    int r = store_current_list(session->store, area, period, json_row, export, &error);
    listing_end(&export->list, "");
    return r ? ctl_failed(r, &error) : CTL_DONE;
}

static int list_long(struct export *export, const struct session *session, const char *area, int period)
{
    static const char *const names[] = {"area", "area_name", "period", "form", "field", "report", "value"};
    struct error error = {0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        put_text(export, i, names[i]);
    end_row(export);
    int r = store_current_list(session->store, area, period, csv_row, export, &error);
    return r ? ctl_failed(r, &error) : paper_put(export->ctl, PAPER_CSV, &export->text, 1);
}

static void begin_wide(struct export *export, const struct set *set)
{
    char heading[CARD_LINE_MAX];
    export->set = set;
    export->n_columns = card_wide(set, export->columns);
    for (size_t i = 0; i < export->n_columns; i++) {
        card_wide_heading(set, export->columns[i], heading);
        put_text(export, i, heading);
    }
    end_row(export);
}

static int wide_row(void *data, const struct card *card)
{
    struct export *export = data;
    if (!export->set)
        begin_wide(export, card->set);
    for (size_t i = 0; i < export->n_columns; i++) {
        char number[CARD_NUMBER_MAX];
        const char *text = card_wide_text(card, export->columns[i], number);
        int64_t value = card_wide_number(card, export->columns[i]);
        put_text(export, i, text ? text : "");
        if (value >= 0 && export->columns[i].of == WIDE_PERCENT)
            buf_printf(&export->text, "%" PRId64 "%s%02d", value / 100, export->excel_id ? "," : ".",
                       (int)(value % 100));
        else if (value >= 0)
            buf_printf(&export->text, "%" PRId64, value);
    }
    end_row(export);
    return CTL_DONE;
}

static int export_wide(struct export *export, struct session *session)
{
    CLEANUP(area_list_deinit) struct area_list villages = {0};
    int quarter;
    if (export->ctl->json || args_get(&export->ctl->args, "--period"))
        return ctl_usage(export->ctl, "--wide goes with --quarter; as JSON: kabarctl score --all --json");
    int status = villages_meant(export->ctl, session, &villages, &quarter);
    if (!status)
        status = villages_visit(session, &villages, quarter, wide_row, export);
    return status ? status : paper_put(export->ctl, PAPER_CSV, &export->text, 1);
}

int ctl_export_csv(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(export_deinit) struct export export = {.ctl = ctl};
    const char *area = NULL;
    int period = MONTH_NONE;
    buf_init(&export.text, FILE_MAX_BYTES);
    export.excel_id = args_get(&ctl->args, "--excel-id") != NULL;
    export.flush = !args_get(&ctl->args, "--output");
    if (export.excel_id)
        buf_puts(&export.text, "\xef\xbb\xbf");
    if (args_get(&ctl->args, "--wide"))
        return export_wide(&export, &session);
    if (args_get(&ctl->args, "--quarter"))
        return ctl_usage(ctl, "--quarter goes with --wide; a month is --period");
    int status = option_period(ctl, "--period", &period);
    if (!status)
        status = session_open(&session, ctl, STORE_READ);
    if (!status)
        status = option_area(ctl, &session, &area);
    if (status)
        return status;
    return ctl->json ? list_json(&export, &session, area, period) : list_long(&export, &session, area, period);
}
