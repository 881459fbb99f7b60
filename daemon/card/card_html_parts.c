/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "card/card_html_parts.h"

#include <inttypes.h>
#include <stdio.h>

#include "parsers/utf8.h"

void html_text(struct buf *buf, const char *text)
{
    for (struct view rest = view_of(text); rest.len;) {
        uint32_t c;
        size_t bytes = utf8_decode(rest, &c);
        if (c == '&')
            buf_puts(buf, "&amp;");
        else if (c == '<')
            buf_puts(buf, "&lt;");
        else if (c == '>')
            buf_puts(buf, "&gt;");
        else if (c == '"')
            buf_puts(buf, "&quot;");
        else if (c == '\'')
            buf_puts(buf, "&#39;");
        else if (c == UTF8_INVALID || c < 0x20 || (c >= 0x7f && c < 0xa0) || (c & 0xfffe) == 0xfffe)
            buf_puts(buf, "\xef\xbf\xbd");
        else
            buf_add(buf, (struct view){rest.at, bytes});
        rest.at += bytes;
        rest.len -= bytes;
    }
}

void html_element(struct buf *buf, const char *tag, const char *class, const char *text)
{
    if (class[0])
        buf_printf(buf, "<%s class=\"%s\">", tag, class);
    else
        buf_printf(buf, "<%s>", tag);
    html_text(buf, text);
    buf_printf(buf, "</%s>", tag);
}

void html_number(struct buf *buf, int64_t number)
{
    char text[CARD_NUMBER_MAX];
    card_number(number, text);
    html_element(buf, "td", "n", text);
}

void html_percent(struct buf *buf, int64_t hundredths)
{
    char text[CARD_NUMBER_MAX];
    card_percent_text(hundredths, text);
    html_element(buf, "td", "n", text);
}

/* Stripes over the first so many hundredths of the bar: upright ones say red, slanting ones yellow. */
static void bar_stripes(struct buf *buf, enum card_colour colour, int64_t hundredths)
{
    buf_puts(buf, "<path stroke=\"#000\" d=\"");
    for (int64_t at = 4; at + 4 < hundredths / 100; at += 8)
        buf_printf(buf, colour == COLOUR_RED ? "M%" PRId64 " 0v8" : "M%" PRId64 " 8l4 -8", at);
    buf_puts(buf, "\"/>");
}

void html_bar(struct buf *buf, const struct set *set, int64_t hundredths)
{
    static const char *const fills[] = {"none", "#ff8a80", "#ffd54f", "#1b7837"};
    enum card_colour colour = card_colour(set, hundredths);
    if (hundredths < 0)
        return;
    buf_puts(buf, "<svg class=\"bar\" viewBox=\"-1 -1 102 10\" preserveAspectRatio=\"none\" role=\"img\">");
    if (hundredths > 0)
        buf_printf(buf,
                   "<rect width=\"%" PRId64 ".%02d\" height=\"8\" fill=\"%s\" stroke=\"#000\" stroke-width=\".6\"/>",
                   hundredths / 100, (int)(hundredths % 100), fills[colour]);
    if (colour == COLOUR_RED || colour == COLOUR_YELLOW)
        bar_stripes(buf, colour, hundredths);
    buf_puts(buf, "<rect width=\"100\" height=\"8\" fill=\"none\" stroke=\"#000\" stroke-width=\".6\"/></svg>");
}
