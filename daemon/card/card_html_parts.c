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

void html_bar(struct buf *buf, const struct set *set, int64_t hundredths)
{
    static const char *const fills[] = {"none", "url(#red)", "url(#yellow)", "#1b7837"};
    if (hundredths < 0)
        return;
    buf_puts(buf, "<svg class=\"bar\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" role=\"img\">");
    if (hundredths > 0)
        buf_printf(buf,
                   "<rect width=\"%" PRId64 ".%02d\" height=\"8\" fill=\"%s\" stroke=\"#000\" stroke-width=\"0.6\"/>",
                   hundredths / 100, (int)(hundredths % 100), fills[card_colour(set, hundredths)]);
    buf_puts(buf, "<rect width=\"100\" height=\"8\" fill=\"none\" stroke=\"#000\" stroke-width=\"0.6\"/></svg>");
}
