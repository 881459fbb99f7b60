/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings/cfg_scan.h"

#include "base/translate.h"
#include "parsers/utf8.h"
#include "settings/cfg.h"

enum scan_place { SCAN_PLAIN, SCAN_STRING, SCAN_LINE_COMMENT, SCAN_BLOCK_COMMENT };

struct scan {
    struct view text;
    size_t at;
    int line;
    int depth;
    size_t digits; /* of the number the cursor is in */
    bool in_word;  /* digits after a letter are a name's */
    enum scan_place place;
    const char *fault;
};

static bool next_is(const struct scan *scan, const char *text)
{
    size_t len = strlen(text);
    return scan->text.len - scan->at >= len && memcmp(scan->text.at + scan->at, text, len) == 0;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '*';
}

static void scan_number(struct scan *scan, char c)
{
    if (is_letter(c)) {
        scan->in_word = true;
    } else if (is_digit(c)) {
        scan->digits += !scan->in_word;
        if (scan->digits > 9)
            scan->fault = _("a number of more than 9 digits; no value here is that large (write texts in \"quotes\")");
    } else {
        scan->in_word = scan->in_word && c == '-';
        scan->digits = 0;
    }
}

static void scan_plain(struct scan *scan, char c)
{
    scan_number(scan, c);
    if (c == '"') {
        scan->place = SCAN_STRING;
    } else if (c == '#' || next_is(scan, "//")) {
        scan->place = SCAN_LINE_COMMENT;
    } else if (next_is(scan, "/*")) {
        scan->place = SCAN_BLOCK_COMMENT;
    } else if (next_is(scan, "@include")) {
        scan->fault = _("@include is not supported here; write it into this file, or list both files in kabard.conf");
    } else if (c == '{' || c == '(' || c == '[') {
        if (++scan->depth > CFG_DEPTH_MAX)
            scan->fault = _("brackets nested too deeply; probably one before this is not closed");
    } else if (c == '}' || c == ')' || c == ']') {
        scan->depth--;
    }
}

static void scan_char(struct scan *scan, char c)
{
    switch (scan->place) {
    case SCAN_PLAIN:
        scan_plain(scan, c);
        break;
    case SCAN_STRING:
        if (c == '\\')
            scan->at++;
        else if (c == '"')
            scan->place = SCAN_PLAIN;
        break;
    case SCAN_LINE_COMMENT:
        if (c == '\n')
            scan->place = SCAN_PLAIN;
        break;
    case SCAN_BLOCK_COMMENT:
        if (next_is(scan, "*/")) {
            scan->at++;
            scan->place = SCAN_PLAIN;
        }
        break;
    }
}

bool cfg_scan(struct view text, int *ret_line, const char **ret_fault)
{
    struct scan scan = {.text = text, .line = 1};
    while (scan.at < text.len && !scan.fault) {
        uint32_t c;
        size_t len = utf8_decode((struct view){text.at + scan.at, text.len - scan.at}, &c);
        if (c == UTF8_INVALID)
            scan.fault = _("not UTF-8; save the file with that encoding");
        else if (c == 0xfeff)
            scan.fault = _("a byte order mark; save the file as UTF-8 without BOM");
        else if (c < 0x20 && c != '\n' && c != '\t' && c != '\r')
            scan.fault = _("a control character; is this a text file?");
        else if (c < 0x80)
            scan_char(&scan, (char)c);
        if (!scan.fault && c == '\n')
            scan.line++;
        scan.at += len;
    }
    if (!scan.fault && scan.place == SCAN_STRING)
        scan.fault = _("a \" is not closed");
    if (!scan.fault && scan.place == SCAN_BLOCK_COMMENT)
        scan.fault = _("a /* is not closed");
    if (!scan.fault)
        return true;
    *ret_line = scan.line;
    *ret_fault = scan.fault;
    return false;
}
