/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings/faults.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/translate.h"

enum { FAULTS_TEXT_MAX = 64 * 1024 };

void faults_init(struct faults *faults)
{
    *faults = (struct faults){0};
    buf_init(&faults->lines, FAULTS_TEXT_MAX);
}

void faults_deinit(struct faults *faults)
{
    buf_deinit(&faults->lines);
}

void faults_add(struct faults *faults, const char *file, int line, const char *format, ...)
{
    struct error fault;
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(fault.text, sizeof fault.text, translate(format), arguments);
    va_end(arguments);
    if (line > 0)
        error_prefix(&fault, "%s:%d", file, line);
    else
        error_prefix(&fault, "%s", file);
    if (faults->n == 0)
        faults->first = fault;
    faults->n++;
    buf_escaped(&faults->lines, view_of(fault.text));
    buf_puts(&faults->lines, "\n");
}

int faults_result(const struct faults *faults, struct error *error)
{
    if (faults->n == 0)
        return 0;
    if (faults->n == 1)
        return error_set(error, -EINVAL, "%s", faults->first.text);
    return error_set(error, -EINVAL, "%.440s (and %zu more)", faults->first.text, faults->n - 1);
}
