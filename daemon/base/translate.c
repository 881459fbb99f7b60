/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/translate.h"

#include <libintl.h>
#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define DOMAIN "kabar"

static bool opened;

void translate_open(const char *folder, const char *language)
{
    opened = folder && setlocale(LC_MESSAGES, "C.UTF-8") && setenv("LANGUAGE", language, 1) == 0 &&
             bindtextdomain(DOMAIN, folder) && bind_textdomain_codeset(DOMAIN, "UTF-8");
    if (!opened)
        (void)setlocale(LC_MESSAGES, "C");
}

/* An empty text would find the head of the catalogue. */
const char *translate(const char *text)
{
    return opened && text[0] ? dgettext(DOMAIN, text) : text;
}

const char *translate_n(const char *one, const char *many, uint64_t n)
{
    return opened ? dngettext(DOMAIN, one, many, n) : n == 1 ? one : many;
}

const char *translate_errno(int code)
{
    return translate(strerror(code));
}
