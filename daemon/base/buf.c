/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/utf8.h"

static char empty_text[1];

void buf_init(struct buf *buf, size_t max)
{
    *buf = (struct buf){.text = empty_text, .max = max};
}

void buf_deinit(struct buf *buf)
{
    if (buf->room)
        free(buf->text);
    buf_init(buf, buf->max);
}

void buf_clear(struct buf *buf)
{
    buf->len = 0;
    buf->full = false;
    if (buf->room)
        buf->text[0] = '\0';
}

/* Makes room for len more bytes and the end; false, and full, where it can't. */
static bool buf_reserve(struct buf *buf, size_t len)
{
    if (buf->full || len > buf->max - buf->len) {
        buf->full = true;
        return false;
    }
    size_t need = buf->len + len + 1;
    if (need <= buf->room)
        return true;
    size_t room = need < 256 ? 256 : need + need / 2;
    char *text = realloc(buf->room ? buf->text : NULL, room);
    if (!text) {
        buf->full = true;
        return false;
    }
    buf->text = text;
    buf->room = room;
    buf->text[buf->len] = '\0';
    return true;
}

void buf_add(struct buf *buf, struct view text)
{
    if (text.len == 0 || !buf_reserve(buf, text.len))
        return;
    memcpy(buf->text + buf->len, text.at, text.len);
    buf->len += text.len;
    buf->text[buf->len] = '\0';
}

void buf_puts(struct buf *buf, const char *text)
{
    buf_add(buf, view_of(text));
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (len > 0 && buf_reserve(buf, (size_t)len)) {
        (void)vsnprintf(buf->text + buf->len, (size_t)len + 1, format, again);
        buf->len += (size_t)len;
    }
    va_end(again);
}

static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

/* \u202e, or a pair of surrogates. */
static void add_json_unit(struct buf *buf, uint32_t c)
{
    if (c > 0xffff)
        buf_printf(buf, "\\u%04x\\u%04x", (unsigned)(0xd800 + ((c - 0x10000) >> 10)), (unsigned)(0xdc00 + (c & 0x3ff)));
    else
        buf_printf(buf, "\\u%04x", (unsigned)c);
}

void buf_json(struct buf *buf, struct view text)
{
    buf_puts(buf, "\"");
    for (size_t i = 0; i < text.len;) {
        uint32_t c;
        size_t len = utf8_decode((struct view){text.at + i, text.len - i}, &c);
        if (c == '"' || c == '\\')
            buf_printf(buf, "\\%c", (char)c);
        else if (c == '\n')
            buf_puts(buf, "\\n");
        else if (c == '\t')
            buf_puts(buf, "\\t");
        else if (c == UTF8_INVALID)
            buf_puts(buf, "\\ufffd");
        else if (is_control(c) || utf8_is_hidden(c))
            add_json_unit(buf, c);
        else
            buf_add(buf, (struct view){text.at + i, len});
        i += len;
    }
    buf_puts(buf, "\"");
}

void buf_escaped(struct buf *buf, struct view text)
{
    for (size_t i = 0; i < text.len;) {
        uint32_t c;
        size_t len = utf8_decode((struct view){text.at + i, text.len - i}, &c);
        bool plain = c != UTF8_INVALID && !is_control(c) && !utf8_is_hidden(c);
        for (size_t j = 0; !plain && j < len; j++)
            buf_printf(buf, "\\x%02x", (unsigned char)text.at[i + j]);
        if (plain)
            buf_add(buf, (struct view){text.at + i, len});
        i += len;
    }
}

/* Whether a spreadsheet may take a field for a formula: by its first character that is seen, which may be a full-width
 * one, or by a tab or a line's end before it. */
static bool is_formula(struct view text)
{
    uint32_t c = 0;
    for (size_t i = 0; i < text.len;) {
        i += utf8_decode((struct view){text.at + i, text.len - i}, &c);
        if (c != ' ' && c != 0xa0 && c != 0x3000 && !utf8_is_hidden(c))
            break;
    }
    switch (c) {
    case '=':
    case '+':
    case '-':
    case '@':
    case '\t':
    case '\r':
    case '\n':
    case 0x2212: /* minus */
    case 0xff1d: /* the same four, full-width */
    case 0xff0b:
    case 0xff0d:
    case 0xff20:
        return true;
    default:
        return false;
    }
}

void buf_csv(struct buf *buf, struct view text)
{
    bool formula = is_formula(text);
    bool quoted = formula;
    for (size_t i = 0; i < text.len && !quoted; i++)
        quoted = memchr(",\"\n\r;", text.at[i], 5) != NULL;
    if (!quoted) {
        buf_add(buf, text);
        return;
    }
    buf_puts(buf, formula ? "\"'" : "\"");
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"')
            buf_puts(buf, "\"");
        buf_add(buf, (struct view){text.at + i, 1});
    }
    buf_puts(buf, "\"");
}
