/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/listing.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/digits.h"
#include "base/translate.h"
#include "ctl/ctl.h"
#include "parsers/utf8.h"

enum { BATCH_ROWS = 2000, LINE_MAX_BYTES = 1 << 20, BATCH_MAX_BYTES = 64 << 20 };
/* The least that is worth breaking a text into; where it stands below its row; the least that is taken for a screen. */
enum { ROOM_MIN = 24, BELOW_INDENT = 4, SCREEN_MIN = 40, SCREEN_USUAL = 80 };

/* Marks that stand on the character before them, and what is not seen at all. */
static bool takes_no_column(uint32_t c)
{
    return (c >= 0x300 && c <= 0x36f) || c == 0xfe0e || c == 0xfe0f || utf8_is_hidden(c);
}

/* East Asian wide characters and emoji: the blocks that terminals draw over two columns. */
static bool takes_two_columns(uint32_t c)
{
    return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xac00 && c <= 0xd7a3) ||
           (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) ||
           (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x20000 && c <= 0x3fffd);
}

size_t text_columns(struct view text)
{
    size_t columns = 0;
    for (size_t i = 0; i < text.len;) {
        uint32_t c;
        const char *colour = text.at[i] == '\033' ? memchr(text.at + i, 'm', text.len - i) : NULL;
        if (colour) {
            i = (size_t)(colour - text.at) + 1;
            continue;
        }
        i += utf8_decode((struct view){text.at + i, text.len - i}, &c);
        if (c == UTF8_INVALID)
            columns++;
        else if (!takes_no_column(c))
            columns += takes_two_columns(c) ? 2 : 1;
    }
    return columns;
}

static void add_spaces(struct buf *buf, size_t n)
{
    buf_printf(buf, "%*s", (int)n, "");
}

void buf_padded(struct buf *buf, const char *text, size_t width)
{
    size_t columns = text_columns(view_of(text));
    buf_puts(buf, text);
    if (columns < width)
        add_spaces(buf, width - columns);
}

size_t screen_columns(void)
{
    struct winsize size;
    const char *said = getenv("COLUMNS");
    int64_t columns = 0;
    if (isatty(STDOUT_FILENO))
        columns = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : SCREEN_USUAL;
    else if (said)
        (void)digits_whole(said, INT16_MAX, &columns);
    return columns >= SCREEN_MIN ? (size_t)columns : 0;
}

void listing_begin(struct listing *list, bool json, const struct column *columns, size_t n_columns)
{
    KABAR_ASSERT(n_columns <= LISTING_COLUMNS_MAX);
    *list = (struct listing){.json = json, .columns = columns, .n_columns = n_columns, .screen = screen_columns()};
    buf_init(&list->line, LINE_MAX_BYTES);
    buf_init(&list->cells, BATCH_MAX_BYTES);
    for (size_t i = 0; i < n_columns; i++)
        list->widths[i] = columns[i].heading ? text_columns(view_of(translate(columns[i].heading))) : 0;
}

/* Bytes of a text that fit: up to the last space that does, else as many characters. */
static size_t fitting(struct view text, size_t room)
{
    size_t space = 0;
    for (size_t len = 0, columns = 0; len < text.len;) {
        uint32_t c;
        size_t bytes = utf8_decode((struct view){text.at + len, text.len - len}, &c);
        columns += text_columns((struct view){text.at + len, bytes});
        if (columns > room)
            return space ? space : len ? len : bytes;
        if (c == ' ')
            space = len;
        len += bytes;
    }
    return text.len;
}

/* A cell that begins at that column, broken into lines where it doesn't fit. Returns the column behind it. */
static size_t add_broken(const struct listing *list, const char *cell, size_t start, struct buf *line)
{
    struct view rest = view_of(cell);
    while (list->screen > 0 && start + text_columns(rest) > list->screen) {
        size_t len = fitting(rest, list->screen - start);
        buf_add(line, (struct view){rest.at, len});
        rest = (struct view){rest.at + len, rest.len - len};
        while (rest.len > 0 && rest.at[0] == ' ')
            rest = (struct view){rest.at + 1, rest.len - 1};
        if (rest.len == 0)
            return list->screen;
        buf_puts(line, "\n");
        add_spaces(line, start);
    }
    buf_add(line, rest);
    return start + text_columns(rest);
}

/* Whether a column that would begin at `start` stands below, in a line of its own. All rows do alike, by the widths;
 * but the last column only where its text has no room. */
static bool is_below(const struct listing *list, size_t i, bool last, size_t start, const char *cell)
{
    size_t needed = !last ? list->widths[i] : text_columns(view_of(cell));
    if (last && needed > ROOM_MIN)
        needed = ROOM_MIN;
    return list->screen > 0 && start > BELOW_INDENT && start + needed > list->screen;
}

/* Appends one row of cells; *cells moves after them. A column at the end of a line is not padded. */
static void add_line(const struct listing *list, const char **cells, struct buf *line)
{
    enum { BETWEEN = 2 };
    size_t last = 0, start = 0, end = 0; /* where the next column would begin; where the line ends */
    for (size_t i = 0; i < list->n_columns; i++)
        if (list->columns[i].heading)
            last = i;
    for (size_t i = 0; i <= last; i++) {
        if (!list->columns[i].heading)
            continue;
        const char *cell = *cells;
        *cells += strlen(cell) + 1;
        if (start > 0 && is_below(list, i, i == last, start, cell)) {
            buf_puts(line, "\n");
            start = BELOW_INDENT;
            end = 0;
        }
        size_t columns = text_columns(view_of(cell)), width = list->widths[i];
        size_t gap = list->columns[i].right && width > columns ? width - columns : 0;
        add_spaces(line, start + gap - end);
        end = add_broken(list, cell, start + gap, line);
        start += (width > columns ? width : columns) + BETWEEN;
    }
    buf_puts(line, "\n");
}

static void add_heading(const char *heading, struct buf *headings)
{
    buf_add(headings, (struct view){heading, strlen(heading) + 1});
}

static void print_waiting(struct listing *list)
{
    struct buf out;
    buf_init(&out, BATCH_MAX_BYTES);
    if (!list->headed) {
        struct buf headings;
        buf_init(&headings, 1024);
        for (size_t i = 0; i < list->n_columns; i++)
            if (list->columns[i].heading)
                add_heading(translate(list->columns[i].heading), &headings);
        const char *cells = headings.text;
        add_line(list, &cells, &out);
        buf_deinit(&headings);
        list->headed = true;
    }
    const char *cells = list->cells.text;
    for (size_t i = 0; i < list->n_waiting; i++)
        add_line(list, &cells, &out);
    ctl_print(&out);
    buf_deinit(&out);
    buf_clear(&list->cells);
    list->n_waiting = 0;
}

static void end_row(struct listing *list)
{
    list->cell = 0;
    list->n_rows++;
    if (list->json) {
        buf_puts(&list->line, "}\n");
        ctl_print(&list->line);
        buf_clear(&list->line);
    } else if (++list->n_waiting == BATCH_ROWS) {
        print_waiting(list);
    }
}

/* A cell in both its forms; plain is what people see, already escaped. */
void listing_json(struct listing *list, const char *plain, const char *json)
{
    KABAR_ASSERT(list->cell < list->n_columns);
    const struct column *column = &list->columns[list->cell];
    if (list->json && column->name)
        buf_printf(&list->line, "%s\"%s\":%s", list->line.len ? "," : "{", column->name, json);
    if (!list->json && column->heading) {
        struct view cell = {plain, strlen(plain) + 1};
        size_t columns = text_columns(view_of(plain));
        if (columns > list->widths[list->cell])
            list->widths[list->cell] = columns;
        buf_add(&list->cells, cell);
    }
    if (++list->cell == list->n_columns)
        end_row(list);
}

static void add_view(struct listing *list, struct view text)
{
    struct buf cell;
    buf_init(&cell, LINE_MAX_BYTES);
    if (text.len == 0)
        listing_json(list, "-", "null");
    else if (list->json)
        buf_json(&cell, text);
    else
        buf_escaped(&cell, text);
    if (text.len)
        listing_json(list, cell.text, cell.text);
    buf_deinit(&cell);
}

void listing_text(struct listing *list, const char *text)
{
    add_view(list, view_of(text));
}

void listing_word(struct listing *list, const char *word)
{
    listing_text(list, list->json ? word : translate(word));
}

void listing_number(struct listing *list, int64_t number)
{
    char text[24];
    (void)snprintf(text, sizeof text, "%" PRId64, number);
    listing_json(list, text, text);
}

void listing_flag(struct listing *list, bool yes)
{
    listing_json(list, yes ? _("yes") : "-", yes ? "true" : "false");
}

void listing_time(struct listing *list, int64_t ms)
{
    char local[17], utc[21], json[24];
    if (ms == 0) {
        listing_json(list, "-", "null");
        return;
    }
    time_format_local(ms, local);
    time_format(ms, utc);
    (void)snprintf(json, sizeof json, "\"%s\"", utc);
    listing_json(list, local, json);
}

void listing_period(struct listing *list, int month)
{
    char text[8], json[12];
    if (month == MONTH_NONE) {
        listing_json(list, "-", "null");
        return;
    }
    month_format(month, text);
    (void)snprintf(json, sizeof json, "\"%s\"", text);
    listing_json(list, text, json);
}

void listing_end(struct listing *list, const char *none)
{
    KABAR_ASSERT(list->cell == 0);
    if (list->n_waiting)
        print_waiting(list);
    if (list->n_rows == 0 && !list->json)
        (void)fprintf(stderr, "%s\n", none);
    buf_deinit(&list->line);
    buf_deinit(&list->cells);
}

static void wrap_line(struct buf *out, struct view line, size_t columns, size_t indent)
{
    struct view left = line;
    size_t room = columns;
    while (text_columns(left) > room) {
        size_t cut = left.len;
        while (cut > 1 && (left.at[cut - 1] != ' ' || text_columns((struct view){left.at, cut - 1}) > room))
            cut--;
        if (cut <= indent)
            break; /* one word alone that is wider */
        buf_add(out, (struct view){left.at, cut - 1});
        buf_puts(out, "\n");
        add_spaces(out, indent);
        left = (struct view){left.at + cut, left.len - cut};
        room = columns - indent;
    }
    buf_add(out, left);
    buf_puts(out, "\n");
}

void print_wrapped(const struct buf *text, size_t columns, size_t indent)
{
    struct buf wrapped;
    if (columns == 0) {
        ctl_print(text);
        return;
    }
    buf_init(&wrapped, BATCH_MAX_BYTES);
    for (const char *at = text->text, *end; (end = strchr(at, '\n')) != NULL; at = end + 1)
        wrap_line(&wrapped, (struct view){at, (size_t)(end - at)}, columns, indent);
    ctl_print(&wrapped);
    buf_deinit(&wrapped);
}
