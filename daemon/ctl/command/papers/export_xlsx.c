/* SPDX-License-Identifier: GPL-2.0-or-later */
/* export xlsx: a workbook of villages, one a row with a column for each figure, or one a sheet as the official form. */
#include <stdio.h>
#include <string.h>

#include "card/card_wide.h"
#include "ctl/book.h"
#include "ctl/villages.h"
#include "settings/sheet_file.h"

struct workbook {
    const struct session *session;
    struct book *book;
    int row;               /* the next of the table */
    const struct set *set; /* of the table, with its columns */
    struct wide_column columns[WIDE_COLUMNS_MAX];
    size_t n_columns;
    struct sheet_file *file; /* of the form */
    size_t prefix;           /* bytes of a village's code that all of them share */
};

static void workbook_deinit(struct workbook *workbook)
{
    book_close(workbook->book);
    sheet_file_close(workbook->file);
}

/* ---- a table ---- */

/* Two lines of headings: the official wording over the columns of an indicator, and what each of them holds. */
static void table_head(struct workbook *workbook, const struct set *set, int quarter)
{
    enum { TEXT_WIDTH = 24, CODE_WIDTH = 15, NUMBER_WIDTH = 12 };
    struct book *book = workbook->book;
    char heading[CARD_LINE_MAX];
    quarter_format(quarter, heading);
    book_sheet(book, heading, false);
    workbook->set = set;
    workbook->n_columns = card_wide(set, workbook->columns);
    for (size_t i = 0; i < workbook->n_columns; i++) {
        enum wide_of of = workbook->columns[i].of;
        bool text = of > WIDE_CODE && of < WIDE_QUARTER;
        book_width(book, (int)i, of == WIDE_CODE ? CODE_WIDTH : text ? TEXT_WIDTH : NUMBER_WIDTH);
    }
    for (size_t i = 0; i < workbook->n_columns; i++) {
        struct wide_column column = workbook->columns[i];
        int at = (int)i;
        const char *wording = card_wide_wording(set, column);
        card_wide_heading(set, column, heading);
        book_text(book, PLACE(1, at), BOOK_HEAD, heading);
        if (column.of == WIDE_NUMERATOR)
            book_text(book, (struct place){0, at, 0, at + 1}, BOOK_HEAD, wording);
        else if (column.of != WIDE_DENOMINATOR)
            book_text(book, PLACE(0, at), BOOK_HEAD, "");
    }
    book_freeze(book, 2, 2);
    workbook->row = 2;
}

static int table_row(void *data, const struct card *card)
{
    struct workbook *workbook = data;
    if (!workbook->set)
        table_head(workbook, card->set, card->quarter);
    for (size_t i = 0; i < workbook->n_columns; i++) {
        char number[CARD_NUMBER_MAX];
        struct wide_column column = workbook->columns[i];
        struct place place = PLACE(workbook->row, (int)i);
        const char *text = card_wide_text(card, column, number);
        if (text)
            book_text(workbook->book, place, BOOK_BOX, text);
        else
            book_number(workbook->book, place, BOOK_BOX, column.of == WIDE_PERCENT ? BOOK_PERCENT : BOOK_COUNT,
                        card_wide_number(card, column));
    }
    workbook->row++;
    return CTL_DONE;
}

/* ---- the form ---- */

struct ratio {
    int64_t numerator, denominator, part;
    const char *wording;
};

static struct ratio ratio_of(const struct card *card, const struct sheet_cell *cell)
{
    const struct card_indicator *row = &card->indicators[cell->index];
    const struct card_sum *sum = &card->total;
    if (cell->of == SHEET_INDICATOR)
        return (struct ratio){row->numerator, row->denominator, row->part, card->set->indicators[cell->index].wording};
    if (cell->of == SHEET_BUDGET) {
        const char *label = card_budget_word(card->set, cell->index);
        const struct budget_row *budget = &card->budget[cell->index];
        return (struct ratio){budget->stunting, budget->total, -1, label ? label : ""};
    }
    for (size_t g = 0; g < card->n_groups; g++)
        if (strcmp(card->groups[g].name, cell->text) == 0)
            sum = &card->groups[g].sum;
    return (struct ratio){sum->known ? sum->received : -1, sum->known ? sum->due : -1, -1, ""};
}

static void form_figure(struct book *book, struct place place, enum book_style style, const struct ratio *ratio,
                        enum sheet_figure figure)
{
    switch (figure) {
    case SHEET_NUMERATOR:
        book_number(book, place, style, BOOK_COUNT, ratio->numerator);
        break;
    case SHEET_DENOMINATOR:
        book_number(book, place, style, BOOK_COUNT, ratio->denominator);
        break;
    case SHEET_PERCENT:
        book_number(book, place, style, BOOK_PERCENT, percent_of(ratio->numerator, ratio->denominator));
        break;
    case SHEET_PART:
        book_number(book, place, style, BOOK_COUNT, ratio->part);
        break;
    case SHEET_WORDING:
        book_text(book, place, style, ratio->wording);
        break;
    case SHEET_FIGURE_COUNT:
        break;
    }
}

static void form_cell(struct book *book, const struct card *card, const struct sheet_cell *cell)
{
    struct place place = {cell->row, cell->column, cell->last_row, cell->last_column};
    enum book_style style = (enum book_style)cell->style;
    struct ratio ratio;
    int64_t number;
    switch (cell->of) {
    case SHEET_TEXT:
        if (args_number(cell->text, 0, INT32_MAX, &number) == 0)
            book_number(book, place, style, BOOK_COUNT, number);
        else
            book_text(book, place, style, cell->text);
        break;
    case SHEET_REGENCY:
        book_text(book, place, style, card->path[AREA_KABUPATEN].name);
        break;
    case SHEET_DISTRICT:
        book_text(book, place, style, card->path[AREA_KECAMATAN].name);
        break;
    case SHEET_VILLAGE:
        book_text(book, place, style, card->area.name);
        break;
    case SHEET_YEAR:
        book_number(book, place, style, BOOK_YEAR, card->quarter / 4);
        break;
    case SHEET_QUARTER:
        book_number(book, place, style, BOOK_COUNT, card->quarter % 4 + 1);
        break;
    case SHEET_CELL:
        book_number(book, place, style, BOOK_COUNT, card->cells[cell->index].value);
        break;
    case SHEET_INDICATOR:
    case SHEET_GROUP:
    case SHEET_BUDGET:
        ratio = ratio_of(card, cell);
        form_figure(book, place, style, &ratio, cell->figure);
        break;
    }
}

static int form_sheet(void *data, const struct card *card)
{
    struct workbook *workbook = data;
    struct error error = {0};
    char name[AREA_CODE_MAX + NAME_MAX_BYTES];
    int r = workbook->file ? 0 : sheet_file_open(workbook->session->settings, card->set, &workbook->file, &error);
    if (r < 0)
        return ctl_failed(r, &error);
    const struct sheet *sheet = sheet_in(workbook->file);
    (void)snprintf(name, sizeof name, "%s %s", card->area.code + workbook->prefix, card->area.name);
    book_sheet(workbook->book, name, true);
    for (size_t i = 0; i < sheet->n_columns; i++)
        book_width(workbook->book, (int)i, sheet->widths[i]);
    for (size_t i = 0; i < sheet->n_cells; i++)
        form_cell(workbook->book, card, &sheet->cells[i]);
    return CTL_DONE;
}

/* The levels of the code above the villages that are the same for all of them: "35.12.03." */
static size_t shared_prefix(const struct area_list *villages)
{
    const char *first = villages->areas[0].code;
    size_t len = strlen(first), shared = len;
    for (size_t i = 1; i < villages->n; i++)
        while (shared > 0 && strncmp(first, villages->areas[i].code, shared) != 0)
            shared--;
    while (shared > 0 && (shared == len || first[shared - 1] != '.'))
        shared--;
    return shared;
}

int ctl_export_xlsx(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(area_list_deinit) struct area_list villages = {0};
    CLEANUP(workbook_deinit) struct workbook workbook = {.session = &session};
    struct error error = {0};
    int quarter;
    int status = villages_meant(ctl, &session, &villages, &quarter);
    if (status)
        return status;
    int r = book_open(session_now_ms(&session), &workbook.book, &error);
    if (r < 0)
        return ctl_failed(r, &error);
    workbook.prefix = shared_prefix(&villages);
    bool form = args_get(&ctl->args, "--sheets") != NULL;
    status = villages_visit(&session, &villages, quarter, form ? form_sheet : table_row, &workbook);
    return status ? status : book_put(workbook.book, ctl);
}
