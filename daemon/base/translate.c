/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/translate.h"

#include <libintl.h>
#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define DOMAIN "kabar"

static bool opened;

/* Under any locale but C texts are looked up; glibc 2.39 and later take C.UTF-8 for C. */
static bool leave_c(void)
{
    static const char *const locales[] = {"id_ID.UTF-8", "en_US.UTF-8", "en_GB.UTF-8", "C.UTF-8"};
    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++)
        if (setlocale(LC_MESSAGES, locales[i]))
            return true;
    return false;
}

void translate_open(const char *folder, const char *language)
{
    opened = folder && leave_c() && setenv("LANGUAGE", language, 1) == 0 && bindtextdomain(DOMAIN, folder) &&
             bind_textdomain_codeset(DOMAIN, "UTF-8");
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
