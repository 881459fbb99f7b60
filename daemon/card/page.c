/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "card/page.h"

#include "card/card_html_parts.h"
#include "parsers/utf8.h"

enum { LINE_COLUMNS = 80, INDENT = 2 };

void page_end(struct page *page)
{
    if (page->html && page->in == PAGE_LIST)
        buf_puts(page->buf, "</ul>\n");
    if (page->html && page->in == PAGE_TABLE)
        buf_puts(page->buf, "</tbody></table>\n");
    page->in = PAGE_LINES;
}

void page_begin(struct page *page, struct buf *buf, bool html, bool first, const char *title)
{
    *page = (struct page){.buf = buf, .html = html};
    if (html && !first)
        buf_puts(buf, "<div class=\"next\"></div>\n");
    if (html)
        html_element(buf, "h1", "", title);
    else
        buf_printf(buf, "%s%s", first ? "" : "\n\n", title);
    buf_puts(buf, "\n");
}

void page_heading(struct page *page, const char *text)
{
    page_end(page);
    if (page->html)
        html_element(page->buf, "h2", "", text);
    else
        buf_printf(page->buf, "\n%s", text);
    buf_puts(page->buf, "\n");
}

/* Words of a line of text, broken where it is full, the further lines further in. */
static void wrapped(struct buf *buf, const char *text, size_t indent)
{
    size_t column = indent;
    for (struct view rest = view_of(text); rest.len;) {
        size_t word = 0, columns = 0;
        while (word < rest.len && rest.at[word] != ' ') {
            uint32_t c;
            word += utf8_decode((struct view){rest.at + word, rest.len - word}, &c);
            columns++;
        }
        if (column > indent && column + 1 + columns > LINE_COLUMNS) {
            buf_printf(buf, "\n%*s", (int)indent, "");
            column = indent;
        } else if (column > indent) {
            buf_puts(buf, " ");
            column++;
        }
        buf_escaped(buf, (struct view){rest.at, word});
        column += columns;
        word += word < rest.len;
        rest.at += word;
        rest.len -= word;
    }
    buf_puts(buf, "\n");
}

void page_line(struct page *page, const char *text)
{
    page_end(page);
    if (page->html) {
        html_element(page->buf, "p", "state", text);
        buf_puts(page->buf, "\n");
    } else {
        wrapped(page->buf, text, 0);
    }
}

void page_item(struct page *page, const char *text)
{
    if (page->in != PAGE_LIST) {
        page_end(page);
        page->in = PAGE_LIST;
        buf_puts(page->buf, page->html ? "<ul class=\"items\">" : "");
    }
    if (page->html) {
        html_element(page->buf, "li", "", text);
    } else {
        buf_puts(page->buf, "- ");
        wrapped(page->buf, text, INDENT);
    }
}

void page_table(struct page *page, const int *widths, size_t n_columns)
{
    int all = 0;
    page_end(page);
    page->in = PAGE_TABLE;
    page->n_columns = n_columns < PAGE_COLUMNS_MAX ? n_columns : PAGE_COLUMNS_MAX;
    for (size_t i = 0; i < page->n_columns; i++) {
        page->widths[i] = widths[i];
        all += widths[i];
    }
    if (!page->html)
        return;
    buf_puts(page->buf, "<table><colgroup>");
    for (size_t i = 0; i < page->n_columns; i++)
        buf_printf(page->buf, "<col style=\"width:%d%%\"/>", widths[i] * 100 / all);
    buf_puts(page->buf, "</colgroup><tbody>\n");
}

/* Cut or filled up to a width, at its right where it is a number. */
static void text_cell(struct buf *buf, const char *text, int width, bool right)
{
    size_t bytes = 0;
    int columns = 0;
    for (struct view rest = view_of(text); bytes < rest.len && columns < width; columns++) {
        uint32_t c;
        bytes += utf8_decode((struct view){rest.at + bytes, rest.len - bytes}, &c);
    }
    if (right)
        buf_printf(buf, "%*s", width - columns, "");
    buf_escaped(buf, (struct view){text, bytes});
    if (!right)
        buf_printf(buf, "%*s", width - columns, "");
}

void page_row(struct page *page, bool head, const char *const *cells)
{
    buf_puts(page->buf, page->html ? "<tr>" : "  ");
    for (size_t i = 0; i < page->n_columns; i++) {
        if (page->html)
            html_element(page->buf, head ? "th" : "td", !head && i > 0 ? "n" : "", cells[i]);
        else
            text_cell(page->buf, cells[i], page->widths[i] - (i > 0), i > 0);
        if (!page->html && i + 1 < page->n_columns)
            buf_puts(page->buf, " ");
    }
    buf_puts(page->buf, page->html ? "</tr>\n" : "\n");
}
