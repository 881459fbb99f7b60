/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/translate.h"

int error_set(struct error *error, int code, const char *format, ...)
{
    if (error) {
        va_list arguments;
        va_start(arguments, format);
        (void)vsnprintf(error->text, sizeof error->text, translate(format), arguments);
        va_end(arguments);
    }
    return code;
}

void error_prefix(struct error *error, const char *format, ...)
{
    if (!error)
        return;
    struct error whole;
    va_list arguments;
    va_start(arguments, format);
    int len = vsnprintf(whole.text, sizeof whole.text, translate(format), arguments);
    va_end(arguments);
    if (len >= 0 && (size_t)len < sizeof whole.text)
        (void)snprintf(whole.text + len, sizeof whole.text - (size_t)len, ": %s", error->text);
    *error = whole;
}

_Noreturn void kabar_assert_failed(const char *condition, const char *file, int line)
{
    fprintf(stderr, "%s:%d: our own bug: %s does not hold\n", file, line, condition);
    abort();
}
