/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "card/card_html_parts.h"

#include <inttypes.h>
#include <stdio.h>

#include "parsers/utf8.h"

/* Fixed widths, so that nothing a village is called or counts can push a column off the paper. What WeasyPrint does not
 * know (gap, patterns from another picture) is done without. */
static const char style[] =
    "@page{size:A4 portrait;margin:8mm 10mm}"
    "*{box-sizing:border-box}"
    "body{font:7.9pt/1.17 \"Liberation Sans\",Arial,Helvetica,sans-serif;color:#000;background:#fff;margin:0 auto;"
    "padding:0 .3mm;max-width:190mm}"
    "@media screen{body{padding:6mm 2mm}}"
    "h1{font-size:9.5pt;line-height:1.25;text-align:center;text-wrap:balance;margin:0 0 1.5mm}"
    "h2{font-size:7.8pt;margin:1.6mm 0 .5mm}"
    "table{width:100%;border-collapse:collapse;table-layout:fixed}"
    "th,td{border:.25mm solid #000;padding:.3mm 1mm;overflow-wrap:anywhere;vertical-align:middle}"
    "th{background:#e6e6e6;font-weight:bold;text-align:center;print-color-adjust:exact;"
    "-webkit-print-color-adjust:exact}"
    "tr{break-inside:avoid}"
    "td.n{text-align:right;white-space:nowrap}td.c{text-align:center}"
    "tr.total td{font-weight:bold}"
    ".head{font-weight:bold}.head span{display:inline-block;margin-right:6mm}.state{margin:.5mm 0 0}"
    ".bar{display:inline-block;width:17mm;height:2.2mm;vertical-align:middle;overflow:visible}"
    ".of{float:right;font-size:6.8pt}"
    ".notes{font-size:6.6pt;margin:.3mm 0 0;padding-left:4mm;columns:2;column-gap:7mm}.notes li{break-inside:avoid}"
    ".sign{display:flex;justify-content:space-between;margin-top:2mm;text-align:center;break-inside:avoid}"
    ".sign div{width:70mm}.sign p{margin:0}.sign .line{margin-top:8mm;border-top:.25mm solid #000}"
    ".pair{display:flex}.pair div{flex:1}.pair div+div{margin-left:5mm}"
    ".items{margin:.3mm 0 0;padding-left:4mm;overflow-wrap:anywhere}"
    ".sheet{font-size:8.3pt;line-height:1.2}.sheet h1{font-size:11pt}.sheet h2{font-size:8.3pt;margin:2mm 0 .6mm}"
    ".next{break-before:page}";

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

/* line: per cent at which there is one, 0 none. */
static void bar(struct buf *buf, const struct set *set, int64_t hundredths, int line)
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
    if (line > 0)
        buf_printf(buf,
                   "<path stroke=\"#fff\" stroke-width=\"3\" d=\"M%d 0v8\"/><path stroke=\"#000\" d=\"M%d -1v10\"/>",
                   line, line);
    buf_puts(buf, "<rect width=\"100\" height=\"8\" fill=\"none\" stroke=\"#000\" stroke-width=\".6\"/></svg>");
}

void html_file_begin(struct buf *buf, const char *name, int quarter)
{
    buf_puts(buf, "<!DOCTYPE html>\n<html lang=\"id\"><head><meta charset=\"utf-8\"/>"
                  "<meta name=\"viewport\" content=\"width=device-width\"/><title>");
    html_text(buf, name);
    buf_printf(buf, " %d-Q%d</title><style>%s</style></head><body>\n", quarter / 4, quarter % 4 + 1, style);
}

void html_file_end(struct buf *buf)
{
    buf_puts(buf, "</body></html>\n");
}

void html_signatures(struct buf *buf, const struct set *set)
{
    buf_puts(buf, "<div class=\"sign\"><div>");
    html_element(buf, "p", "", card_word(set, CARD_SIGNATURE_KNOWN));
    html_element(buf, "p", "", card_word(set, CARD_SIGNATURE_PLACE));
    buf_puts(buf, "<p class=\"line\"></p></div><div>");
    html_element(buf, "p", "", card_word(set, CARD_SIGNATURE_DATE));
    html_element(buf, "p", "", card_word(set, CARD_SIGNATURE_MAKER));
    buf_puts(buf, "<p class=\"line\"></p></div></div>\n");
}

void html_bar(struct buf *buf, const struct set *set, int64_t hundredths)
{
    bar(buf, set, hundredths, 0);
}

void html_level_bar(struct buf *buf, const struct set *set, int64_t hundredths)
{
    bar(buf, set, hundredths, set->line_at);
}
