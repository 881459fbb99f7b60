/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/json_text.h"

#include <errno.h>
#include <stdint.h>

#include "base/translate.h"
#include "parsers/utf8.h"

enum { DEPTH_MAX = 64 };

struct cursor {
    struct view line;
    size_t at;
    struct error *error;
};

static int wrong(const struct cursor *cursor, const char *what)
{
    return error_set(cursor->error, -EINVAL, "at byte %zu: %s", cursor->at + 1, what);
}

static bool is_one_of(char c, const char *bytes)
{
    return c != '\0' && strchr(bytes, c) != NULL;
}

/* The byte that comes next, blanks skipped; '\0' at the end. */
static char peek(struct cursor *cursor)
{
    while (cursor->at < cursor->line.len && is_one_of(cursor->line.at[cursor->at], " \t\r\n"))
        cursor->at++;
    return cursor->at < cursor->line.len ? cursor->line.at[cursor->at] : '\0';
}

static int read_hex4(struct cursor *cursor, uint32_t *ret_unit)
{
    uint32_t unit = 0;
    for (int i = 0; i < 4; i++, cursor->at++) {
        static const char digits[] = "0123456789abcdef";
        char c = cursor->at < cursor->line.len ? cursor->line.at[cursor->at] : '\0';
        if (c >= 'A' && c <= 'F')
            c = (char)(c - 'A' + 'a');
        const char *digit = c ? strchr(digits, c) : NULL;
        if (!digit)
            return wrong(cursor, _("\\u needs four hexadecimal digits"));
        unit = unit * 16 + (uint32_t)(digit - digits);
    }
    *ret_unit = unit;
    return 0;
}

/* After "\u": one character, of one unit or of a surrogate pair. */
static int read_unicode(struct cursor *cursor, struct buf *text)
{
    uint32_t unit, low;
    int r = read_hex4(cursor, &unit);
    if (r)
        return r;
    if (unit >= 0xd800 && unit < 0xdc00 && cursor->line.len - cursor->at >= 6 &&
        memcmp(cursor->line.at + cursor->at, "\\u", 2) == 0) {
        size_t back = cursor->at;
        cursor->at += 2;
        r = read_hex4(cursor, &low);
        if (r)
            return r;
        if (low >= 0xdc00 && low < 0xe000)
            unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
        else
            cursor->at = back;
    }
    if (unit >= 0xd800 && unit < 0xe000)
        unit = 0xfffd;
    char bytes[4];
    size_t len = utf8_encode(unit, bytes);
    if (text)
        buf_add(text, (struct view){bytes, len});
    return 0;
}

static int read_escape(struct cursor *cursor, struct buf *text)
{
    static const char names[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    char c = cursor->at < cursor->line.len ? cursor->line.at[cursor->at] : '\0';
    cursor->at++;
    if (c == 'u')
        return read_unicode(cursor, text);
    const char *name = c ? strchr(names, c) : NULL;
    if (!name) {
        cursor->at--;
        return wrong(cursor, _("no escape that JSON knows"));
    }
    if (text)
        buf_add(text, (struct view){&meant[name - names], 1});
    return 0;
}

/* A string; text NULL: only checked. */
static int read_string(struct cursor *cursor, struct buf *text)
{
    if (peek(cursor) != '"')
        return wrong(cursor, _("expected a string"));
    cursor->at++;
    while (cursor->at < cursor->line.len) {
        char c = cursor->line.at[cursor->at];
        if ((unsigned char)c < 0x20)
            return wrong(cursor, _("a control character inside a string"));
        cursor->at++;
        if (c == '"')
            return 0;
        int r = 0;
        if (c == '\\')
            r = read_escape(cursor, text);
        else if (text)
            buf_add(text, (struct view){&c, 1});
        if (r)
            return r;
    }
    return wrong(cursor, _("the string does not end"));
}

/* A number, true, false, null. */
static int skip_word(struct cursor *cursor)
{
    size_t begin = cursor->at;
    while (cursor->at < cursor->line.len && !is_one_of(cursor->line.at[cursor->at], ",]} \t\r\n"))
        cursor->at++;
    struct view word = {cursor->line.at + begin, cursor->at - begin};
    if (view_is(word, "true") || view_is(word, "false") || view_is(word, "null"))
        return 0;
    bool number = word.len > 0 && is_one_of(word.at[0], "-0123456789");
    for (size_t i = 0; number && i < word.len; i++)
        number = is_one_of(word.at[i], "-+.eE0123456789");
    cursor->at = number ? cursor->at : begin;
    return number ? 0 : wrong(cursor, _("expected a value"));
}

/* Skips one value, however deep, without recursion: only brackets are matched, every string is checked. */
static int skip_value(struct cursor *cursor)
{
    char closing[DEPTH_MAX];
    size_t depth = 0;
    do {
        char c = peek(cursor);
        int r = 0;
        if (c == '{' || c == '[') {
            if (depth == DEPTH_MAX)
                return wrong(cursor, _("nested too deep"));
            closing[depth++] = c == '{' ? '}' : ']';
            cursor->at++;
        } else if (depth && c == closing[depth - 1]) {
            depth--;
            cursor->at++;
        } else if (depth && (c == ',' || c == ':')) {
            cursor->at++;
        } else {
            r = c == '"' ? read_string(cursor, NULL) : skip_word(cursor);
        }
        if (r)
            return r;
    } while (depth);
    return 0;
}

/* ["IBU HAMIL 4 K4 13", "k4 3"]: what was said before. */
static int read_after(struct cursor *cursor, struct json_message *message)
{
    if (message->n_after > 0)
        return wrong(cursor, _("\"after\" is there twice"));
    if (peek(cursor) != '[')
        return wrong(cursor, _("expected a list of texts"));
    cursor->at++;
    if (peek(cursor) == ']') {
        cursor->at++;
        return 0;
    }
    for (;;) {
        if (message->n_after == JSON_AFTER_MAX)
            return wrong(cursor, _("too many texts before it"));
        int r = read_string(cursor, &message->after);
        if (r)
            return r;
        message->ends[message->n_after++] = message->after.len;
        buf_add(&message->after, (struct view){"", 1});
        char c = peek(cursor);
        if (c != ',' && c != ']')
            return wrong(cursor, _("expected \",\" or \"]\""));
        cursor->at++;
        if (c == ']')
            return 0;
    }
}

/* One member; *found turns true where it is the text. */
static int read_member(struct cursor *cursor, struct json_message *message, bool *found)
{
    struct buf name;
    buf_init(&name, 16);
    int r = read_string(cursor, &name);
    struct view named = {name.text, name.len};
    bool is_text = !name.full && view_is(named, "text"), is_after = !name.full && view_is(named, "after");
    buf_deinit(&name);
    if (r)
        return r;
    if (peek(cursor) != ':')
        return wrong(cursor, _("expected \":\""));
    cursor->at++;
    if (is_after)
        return read_after(cursor, message);
    if (!is_text)
        return skip_value(cursor);
    if (*found)
        return wrong(cursor, _("\"text\" is there twice"));
    *found = true;
    return read_string(cursor, &message->text);
}

int json_message(struct view line, struct json_message *ret_message, struct error *error)
{
    struct cursor cursor = {line, 0, error};
    bool found = false;
    ret_message->n_after = 0;
    if (peek(&cursor) != '{')
        return wrong(&cursor, _("expected a JSON object"));
    cursor.at++;
    if (peek(&cursor) != '}') {
        for (;;) {
            int r = read_member(&cursor, ret_message, &found);
            if (r)
                return r;
            if (peek(&cursor) != ',')
                break;
            cursor.at++;
        }
    }
    if (peek(&cursor) != '}')
        return wrong(&cursor, _("expected \",\" or \"}\""));
    cursor.at++;
    if (peek(&cursor) != '\0' || cursor.at < cursor.line.len)
        return wrong(&cursor, _("unexpected text after the object"));
    if (!found)
        return error_set(error, -EINVAL, "the object has no \"text\"");
    return 0;
}
