/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/book.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "base/translate.h"
#include "ctl/paper.h"
#include "parsers/utf8.h"

enum { SHEET_NAME_MAX = 31, TEXT_MAX_BYTES = 4096, PAPER_A4 = 9, COLUMNS_MAX = 26, ROWS_MAX = 200 };
enum { WIDTH_USUAL = 8, HEIGHT_LINE = 15 };

struct book {
    lxw_workbook *book; /* NULL once it is written */
    lxw_worksheet *sheet;
    lxw_format *formats[BOOK_STYLE_COUNT][BOOK_NUMBER_COUNT]; /* by enum book_number */
    lxw_error fault;                                          /* the first */
    int fd;                                                   /* the file in memory */
    struct buf text;
    int widths[COLUMNS_MAX]; /* of the sheet's columns; 0: not set */
    int lines[ROWS_MAX];     /* that the texts of its rows take */
};

static void remember(struct book *book, lxw_error fault)
{
    if (book->fault == LXW_NO_ERROR)
        book->fault = fault;
}

static void make_formats(struct book *book)
{
    static const char *const numbers[BOOK_NUMBER_COUNT] = {"#,##0", "0.00%", "0"};
    for (int style = 0; style < BOOK_STYLE_COUNT; style++)
        for (int kind = BOOK_COUNT; kind < BOOK_NUMBER_COUNT; kind++) {
            lxw_format *format = workbook_add_format(book->book);
            book->formats[style][kind] = format;
            format_set_num_format(format, numbers[kind]);
            format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
            if (style != BOOK_PLAIN)
                format_set_text_wrap(format);
            if (style == BOOK_TITLE || style == BOOK_HEAD) {
                format_set_bold(format);
                format_set_align(format, LXW_ALIGN_CENTER);
            }
            if (style == BOOK_HEAD || style == BOOK_BOX)
                format_set_border(format, LXW_BORDER_THIN);
            if (style == BOOK_HEAD)
                format_set_bg_color(format, 0xE6E6E6);
        }
}

int book_open(int64_t now_ms, struct book **ret_book, struct error *error)
{
    char path[32];
    struct book *book = calloc(1, sizeof *book);
    if (!book)
        return error_set(error, -ENOMEM, "memory ran out for a workbook");
    buf_init(&book->text, TEXT_MAX_BYTES);
    book->fd = memfd_create("workbook", MFD_CLOEXEC);
    if (book->fd < 0) {
        int code = errno;
        (void)book_close(book);
        return error_set(error, -code, "memory for a workbook: %s", translate_errno(code));
    }
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", book->fd);
    book->book = workbook_new(path);
    if (!book->book) {
        (void)book_close(book);
        return error_set(error, -ENOMEM, "memory ran out for a workbook");
    }
    lxw_doc_properties about = {.created = (time_t)(now_ms / 1000)};
    remember(book, workbook_set_properties(book->book, &about));
    make_formats(book);
    *ret_book = book;
    return 0;
}

/* What Excel refuses in a name becomes a blank; it counts UTF-16 units. */
static void sheet_name(struct book *book, const char *name)
{
    size_t units = 0;
    buf_clear(&book->text);
    for (struct view rest = view_of(name); rest.len;) {
        uint32_t c;
        size_t bytes = utf8_decode(rest, &c);
        units += c > 0xffff && c != UTF8_INVALID ? 2 : 1;
        if (units > SHEET_NAME_MAX)
            break;
        if (c == UTF8_INVALID || c < 0x20 || (c < 0x80 && strchr("[]:*?/\\'", (int)c)))
            buf_puts(&book->text, " ");
        else
            buf_add(&book->text, (struct view){rest.at, bytes});
        rest.at += bytes;
        rest.len -= bytes;
    }
}

void book_sheet(struct book *book, const char *name, bool form)
{
    sheet_name(book, name);
    book->sheet = workbook_add_worksheet(book->book, book->text.text);
    if (!book->sheet) {
        remember(book, workbook_validate_sheet_name(book->book, book->text.text));
        remember(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    memset(book->widths, 0, sizeof book->widths);
    memset(book->lines, 0, sizeof book->lines);
    worksheet_set_paper(book->sheet, PAPER_A4);
    worksheet_fit_to_pages(book->sheet, 1, form ? 1 : 0);
    if (!form)
        worksheet_set_landscape(book->sheet);
}

void book_width(struct book *book, int column, int characters)
{
    if (column < COLUMNS_MAX)
        book->widths[column] = characters;
    if (book->sheet)
        remember(book, worksheet_set_column(book->sheet, (lxw_col_t)column, (lxw_col_t)column, characters, NULL));
}

void book_freeze(struct book *book, int rows, int columns)
{
    if (book->sheet)
        worksheet_freeze_panes(book->sheet, (lxw_row_t)rows, (lxw_col_t)columns);
}

/* The range becomes one cell; what is written afterwards into its first one is what is seen. */
static void merge(struct book *book, struct place place, lxw_format *format)
{
    if (place.last_row > place.row || place.last_column > place.column)
        remember(book, worksheet_merge_range(book->sheet, (lxw_row_t)place.row, (lxw_col_t)place.column,
                                             (lxw_row_t)place.last_row, (lxw_col_t)place.last_column, "", format));
}

/* No program makes a row higher for a text in several cells that are one. */
static void fit_row(struct book *book, struct place place, const char *text)
{
    int width = 0;
    if (place.row != place.last_row || place.row >= ROWS_MAX)
        return;
    for (int i = place.column; i <= place.last_column; i++)
        width += i < COLUMNS_MAX && book->widths[i] ? book->widths[i] : WIDTH_USUAL;
    int lines = 1 + (int)strlen(text) / width;
    if (lines <= book->lines[place.row] || lines == 1)
        return;
    book->lines[place.row] = lines;
    remember(book, worksheet_set_row(book->sheet, (lxw_row_t)place.row, HEIGHT_LINE * lines, NULL));
}

void book_text(struct book *book, struct place place, enum book_style style, const char *text)
{
    lxw_format *format = book->formats[style][BOOK_COUNT];
    if (!book->sheet)
        return;
    buf_clear(&book->text);
    buf_escaped(&book->text, view_of(text));
    merge(book, place, format);
    if (style != BOOK_PLAIN)
        fit_row(book, place, text);
    remember(book, text[0] ? worksheet_write_string(book->sheet, (lxw_row_t)place.row, (lxw_col_t)place.column,
                                                    book->text.text, format)
                           : worksheet_write_blank(book->sheet, (lxw_row_t)place.row, (lxw_col_t)place.column, format));
}

void book_number(struct book *book, struct place place, enum book_style style, enum book_number kind, int64_t number)
{
    lxw_format *format = book->formats[style][kind];
    if (!book->sheet)
        return;
    merge(book, place, format);
    if (number < 0)
        remember(book, worksheet_write_blank(book->sheet, (lxw_row_t)place.row, (lxw_col_t)place.column, format));
    else
        remember(book, worksheet_write_number(book->sheet, (lxw_row_t)place.row, (lxw_col_t)place.column,
                                              kind == BOOK_PERCENT ? (double)number / 10000 : (double)number, format));
}

int book_put(struct book *book, const struct ctl *ctl)
{
    lxw_workbook *written = book->book;
    if (book->fault == LXW_NO_ERROR) {
        book->book = NULL; /* closing it lets it go */
        book->fault = workbook_close(written);
    }
    if (book->fault != LXW_NO_ERROR)
        return ctl_environment("the workbook: %s", lxw_strerror(book->fault));
    return paper_put_file(ctl, book->fd);
}

struct book *book_close(struct book *book)
{
    if (!book)
        return NULL;
    if (book->book)
        lxw_workbook_free(book->book);
    if (book->fd >= 0)
        (void)close(book->fd);
    buf_deinit(&book->text);
    free(book);
    return NULL;
}
