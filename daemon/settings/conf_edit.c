/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings/conf_edit.h"

#include <errno.h>
#include <string.h>

struct cursor {
    struct view text;
    size_t at;
};

/* Where something stands in the text. */
struct span {
    size_t from, end;
};

static char char_at(const struct cursor *cursor)
{
    return cursor->at < cursor->text.len ? cursor->text.at[cursor->at] : '\0';
}

static bool is_at(const struct cursor *cursor, const char *text)
{
    size_t len = strlen(text);
    return cursor->text.len - cursor->at >= len && memcmp(cursor->text.at + cursor->at, text, len) == 0;
}

static void skip_to(struct cursor *cursor, const char *end)
{
    while (cursor->at < cursor->text.len && !is_at(cursor, end))
        cursor->at++;
    cursor->at += cursor->at < cursor->text.len ? strlen(end) : 0;
}

/* White space and comments. */
static void skip_blank(struct cursor *cursor)
{
    for (;;) {
        if (char_at(cursor) == '#' || is_at(cursor, "//"))
            skip_to(cursor, "\n");
        else if (is_at(cursor, "/*"))
            skip_to(cursor, "*/");
        else if (char_at(cursor) != '\0' && strchr(" \t\r\n", char_at(cursor)))
            cursor->at++;
        else
            return;
    }
}

static void skip_string(struct cursor *cursor)
{
    cursor->at++;
    while (cursor->at < cursor->text.len && char_at(cursor) != '"')
        cursor->at += char_at(cursor) == '\\' ? 2 : 1;
    cursor->at++;
    if (cursor->at > cursor->text.len)
        cursor->at = cursor->text.len;
}

static bool is_mark(char c)
{
    return c == '\0' || strchr("=:;,{}()[]\"# \t\r\n", c) != NULL;
}

/* A name, a number or a sign alone. */
static void skip_word(struct cursor *cursor)
{
    size_t from = cursor->at;
    while (!is_mark(char_at(cursor)))
        cursor->at++;
    cursor->at += cursor->at == from && cursor->at < cursor->text.len;
}

/* A text (of several pieces, perhaps), a number, or brackets with all that is in them; the cursor stands after it. */
static void skip_value(struct cursor *cursor)
{
    int depth = 0;
    do {
        char c = char_at(cursor);
        depth += c == '{' || c == '(' || c == '[';
        depth -= c == '}' || c == ')' || c == ']';
        if (c == '"')
            skip_string(cursor);
        else
            skip_word(cursor);
        struct cursor next = *cursor;
        skip_blank(&next);
        if (depth > 0 || (c == '"' && char_at(&next) == '"'))
            *cursor = next;
        else
            return;
    } while (cursor->at < cursor->text.len);
}

/* The value of a member of the group whose inside begins at the cursor. */
static bool find_member(struct cursor cursor, const char *name, struct span *ret_value)
{
    for (skip_blank(&cursor); char_at(&cursor) != '\0' && char_at(&cursor) != '}'; skip_blank(&cursor)) {
        size_t from = cursor.at;
        skip_word(&cursor);
        struct view word = {cursor.text.at + from, cursor.at - from};
        skip_blank(&cursor);
        if (char_at(&cursor) != '=' && char_at(&cursor) != ':')
            continue; /* the ; of the one before */
        cursor.at++;
        skip_blank(&cursor);
        *ret_value = (struct span){cursor.at, cursor.at};
        skip_value(&cursor);
        ret_value->end = cursor.at < cursor.text.len ? cursor.at : cursor.text.len;
        if (view_is(word, name))
            return true;
    }
    return false;
}

/* Where the inside of the group, or of that group of the list, begins. */
static bool find_group(struct view text, const struct conf_change *change, struct cursor *ret_inside)
{
    struct span value;
    struct cursor cursor = {text, 0};
    size_t member = change->member;
    if (!find_member(cursor, change->group, &value))
        return false;
    for (cursor.at = value.from; cursor.at < value.end; skip_blank(&cursor)) {
        char c = char_at(&cursor);
        if (c == '{' && member > 0) {
            member--;
            skip_value(&cursor);
            continue;
        }
        cursor.at++;
        if (c == '{') {
            *ret_inside = cursor;
            return true;
        }
        if (c != '(' && c != '[' && c != ',')
            return false;
    }
    return false;
}

int conf_edit(struct view text, const struct conf_change *change, struct buf *ret_text, struct error *error)
{
    struct cursor inside;
    struct span value;
    if (!find_group(text, change, &inside))
        return error_set(error, -ENOENT, "there is no group %s, or not so many", change->group);
    bool known = find_member(inside, change->name, &value);
    if (!known)
        value = (struct span){inside.at, inside.at};
    buf_add(ret_text, (struct view){text.at, value.from});
    if (known)
        buf_printf(ret_text, "\"%s\"", change->value);
    else
        buf_printf(ret_text, " %s = \"%s\";", change->name, change->value);
    buf_add(ret_text, (struct view){text.at + value.end, text.len - value.end});
    return 0;
}
