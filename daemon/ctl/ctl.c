/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/ctl.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/translate.h"
#include "ctl/progress.h"
#include "parsers/gsm7.h"
#include "parsers/limits.h"

PRINTF_LIKE(1, 0) static void say(const char *format, va_list arguments)
{
    progress_end();
    (void)fflush(stdout);
    (void)fputs("kabarctl: ", stderr);
    (void)vfprintf(stderr, translate(format), arguments);
    (void)fputs("\n", stderr);
}

int ctl_refuse(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    return CTL_REFUSED;
}

int ctl_environment(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    return CTL_ENVIRONMENT;
}

int ctl_usage(const struct ctl *ctl, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    struct buf line;
    buf_init(&line, 1024);
    ctl_usage_line(ctl->command, true, &line);
    (void)fprintf(stderr, "%s%s\n%s kabarctl help %s\n", _("usage: "), line.text, _("See also:"), ctl->command->name);
    buf_deinit(&line);
    return CTL_USAGE;
}

int ctl_failed(int code, const struct error *error)
{
    switch (-code) {
    case EACCES:
    case EPERM:
        return ctl_environment(geteuid() ? _("%s; try sudo") : "%s", error->text);
    case EINVAL:
    case ENOENT:
    case EEXIST:
        return ctl_refuse("%s", error->text);
    default:
        return ctl_environment("%s", error->text);
    }
}

bool ctl_is_yes(const char *typed)
{
    return typed[0] && strchr("yYiI", typed[0]);
}

int ctl_confirm(const struct ctl *ctl, const char *question)
{
    char typed[16] = "";
    if (args_get(&ctl->args, "--yes"))
        return 0;
    if (ctl->json || !isatty(STDIN_FILENO))
        return ctl_refuse("nothing was done yet: the same with --yes does it");
    (void)printf(_("%s (yes/no) [no]: "), question);
    (void)fflush(stdout);
    if (fgets(typed, sizeof typed, stdin) && ctl_is_yes(typed))
        return 0;
    return ctl_refuse("nothing was done");
}

void ctl_usage_line(const struct ctl_command *command, bool for_people, struct buf *line)
{
    buf_printf(line, "kabarctl [-c FILE] %s%s", command->name, command->usage[0] ? " " : "");
    if (for_people)
        args_show(view_of(command->usage), line);
    else
        buf_puts(line, command->usage);
    buf_puts(line, " [--json]");
}

void ctl_join_words(const struct ctl *ctl, size_t i, struct buf *text)
{
    for (size_t j = i; j < ctl->args.n_words; j++) {
        if (j > i)
            buf_puts(text, " ");
        buf_puts(text, ctl->args.words[j]);
    }
}

int ctl_sms_text(const struct ctl *ctl, size_t i, struct buf *text, size_t *ret_parts)
{
    ctl_join_words(ctl, i, text);
    *ret_parts = sms_parts((struct view){text->text, text->len});
    if (text->full || *ret_parts == 0 || *ret_parts > SMS_PARTS_MAX)
        return ctl_usage(ctl, "the text must have 1 to %d bytes and take at most %d SMS", SMS_TEXT_MAX - 1,
                         SMS_PARTS_MAX);
    return 0;
}

void ctl_print(const struct buf *text)
{
    progress_end();
    (void)fwrite(text->text, 1, text->len, stdout);
}

const char *ctl_colour(enum ctl_colour colour)
{
    static const char *const sequences[CTL_COLOURS + 1] = {"\033[32m", "\033[33m", "\033[31m", "\033[0m"};
    const char *unwanted = getenv("NO_COLOR"), *terminal = getenv("TERM");
    bool wanted = isatty(STDOUT_FILENO) && (!unwanted || !unwanted[0]) && terminal && strcmp(terminal, "dumb") != 0;
    return wanted ? sequences[colour] : "";
}
