/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cause.h"

#include <string.h>

struct row {
    enum cause_family family;
    int32_t code;
    enum cause_class class;
    const char *text;
};

static const struct row rows[] = {
#define CAUSE(family, code, class, text) {CAUSE_##family, code, CAUSE_##class, text},
#include "cause.def"
#undef CAUSE
};

enum { FAMILY_SHIFT = 16, CODE_MAX = 0xffff };

int32_t cause_of(enum cause_family family, int32_t code)
{
    return ((int32_t)family << FAMILY_SHIFT) | (code < 0 || code > CODE_MAX ? CODE_MAX : code);
}

static const struct row *find(int32_t cause)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (cause_of(rows[i].family, rows[i].code) == cause)
            return &rows[i];
    return NULL;
}

static const char *family_name(int32_t cause)
{
    switch (cause >> FAMILY_SHIFT) {
    case CAUSE_CMS:
        return "CMS";
    case CAUSE_CME:
        return "CME";
    case CAUSE_LOCAL:
        return "modem";
    default:
        return NULL;
    }
}

enum cause_class cause_class(int32_t cause)
{
    if (cause < 0 || !family_name(cause))
        return CAUSE_UNKNOWN;
    const struct row *row = find(cause);
    return row ? row->class : CAUSE_TRANSIENT;
}

bool cause_is_local(int32_t cause)
{
    return cause >> FAMILY_SHIFT == CAUSE_LOCAL;
}

static size_t put(char *to, size_t at, const char *text)
{
    size_t len = strlen(text);
    if (len > CAUSE_TEXT_MAX - 1 - at)
        len = CAUSE_TEXT_MAX - 1 - at;
    memcpy(to + at, text, len);
    to[at + len] = '\0';
    return at + len;
}

static size_t put_number(char *to, size_t at, int32_t number)
{
    char digits[12];
    size_t first = sizeof digits - 1;
    digits[first] = '\0';
    do {
        digits[--first] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    return put(to, at, digits + first);
}

void cause_format(int32_t cause, char ret_text[CAUSE_TEXT_MAX])
{
    const char *family = cause < 0 ? NULL : family_name(cause);
    if (!family) {
        (void)put(ret_text, 0, "none");
        return;
    }
    size_t at = put(ret_text, 0, family);
    at = put(ret_text, at, " ");
    at = put_number(ret_text, at, cause & CODE_MAX);
    const struct row *row = find(cause);
    if (row) {
        at = put(ret_text, at, ": ");
        (void)put(ret_text, at, row->text);
    }
}
