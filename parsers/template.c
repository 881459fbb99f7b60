/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "template.h"

#include "utf8.h"

/* The next stretch of a template: plain text or the name in braces. */
struct piece {
    struct view text;
    bool is_name;
    bool broken; /* a lone brace, at text.at */
};

static struct piece next_piece(struct view *rest)
{
    struct piece piece = {.text = {rest->at, 0}};
    if (rest->at[0] == '{') {
        const char *end = memchr(rest->at, '}', rest->len), *again = memchr(rest->at + 1, '{', rest->len - 1);
        piece.broken = !end || (again && again < end);
        piece.is_name = !piece.broken;
        if (piece.is_name)
            piece.text = (struct view){rest->at + 1, (size_t)(end - rest->at) - 1};
        size_t taken = piece.broken ? rest->len : piece.text.len + 2;
        *rest = (struct view){rest->at + taken, rest->len - taken};
        return piece;
    }
    while (piece.text.len < rest->len && rest->at[piece.text.len] != '{' && !piece.broken) {
        piece.broken = rest->at[piece.text.len] == '}';
        piece.text.len++;
    }
    if (piece.broken)
        piece.text = (struct view){piece.text.at + piece.text.len - 1, 1};
    size_t taken = (size_t)(piece.text.at - rest->at) + piece.text.len;
    *rest = (struct view){rest->at + taken, rest->len - taken};
    return piece;
}

bool template_literal(struct view *rest, struct view *ret_text)
{
    while (rest->len > 0) {
        struct piece piece = next_piece(rest);
        *ret_text = piece.text;
        if (!piece.is_name)
            return true;
    }
    return false;
}

static bool is_known(struct view name, const char *const *names)
{
    for (; *names; names++)
        if (view_is(name, *names))
            return true;
    return false;
}

int template_check(const char *text, const char *const *names, size_t *ret_offset, struct view *ret_name)
{
    struct view rest = view_of(text);
    while (rest.len > 0) {
        struct piece piece = next_piece(&rest);
        if (!piece.broken && (!piece.is_name || is_known(piece.text, names)))
            continue;
        *ret_offset = (size_t)(piece.text.at - text);
        *ret_name = piece.broken ? (struct view){piece.text.at, 0} : piece.text;
        return -1;
    }
    return 0;
}

/* Appends what fits in whole characters, and counts all of it. */
static void append(char *ret_text, size_t size, size_t *written, size_t *needed, struct view text)
{
    bool all_fitted = *written == *needed;
    *needed += text.len;
    while (all_fitted && text.len > 0) {
        uint32_t c;
        size_t len = utf8_decode(text, &c);
        if (*written + len >= size)
            return;
        memcpy(ret_text + *written, text.at, len);
        *written += len;
        text = (struct view){text.at + len, text.len - len};
    }
}

size_t template_render(const char *text, const struct template_value *values, size_t n_values, char *ret_text,
                       size_t size)
{
    size_t written = 0, needed = 0;
    struct view rest = view_of(text);
    while (rest.len > 0) {
        struct piece piece = next_piece(&rest);
        struct view out = piece.is_name ? (struct view){"", 0} : piece.text;
        for (size_t i = 0; piece.is_name && i < n_values; i++)
            if (view_is(piece.text, values[i].name))
                out = values[i].text;
        append(ret_text, size, &written, &needed, out);
    }
    if (size > 0)
        ret_text[written] = '\0';
    return needed;
}
