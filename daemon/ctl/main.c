/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kabarctl: finds the command in the table, reads its words, runs it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/failpoint.h"
#include "base/log.h"
#include "base/translate.h"
#include "ctl/ctl.h"
#include "ctl/help.h"
#include "settings/language.h"

/* Options that stand before the command: -c FILE, --as NAME, --json, --help, --version. Returns words taken, or -1. */
static int read_leading(int argc, char **argv, struct ctl *ctl, bool *ret_help, bool *ret_version)
{
    int i = 1;
    for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
        if (strcmp(argv[i], "-c") == 0 || strcmp(argv[i], "--config") == 0) {
            if (++i == argc)
                break;
            ctl->config = argv[i];
            ctl->config_given = true;
        } else if (strncmp(argv[i], "--config=", 9) == 0) {
            ctl->config = argv[i] + 9;
            ctl->config_given = true;
        } else if (strcmp(argv[i], "--as") == 0) {
            if (++i == argc)
                break;
            ctl->as = argv[i];
        } else if (strcmp(argv[i], "--json") == 0) {
            ctl->json = true;
        } else if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            *ret_help = true;
        } else if (strcmp(argv[i], "--version") == 0) {
            *ret_version = true;
        } else {
            (void)fprintf(
                stderr,
                _("kabarctl: unknown option %s; before the command stand -c FILE, --as NAME, --json, --help or "
                  "--version\n"),
                argv[i]);
            return -1;
        }
    }
    const char *last = argv[argc - 1];
    if (i == argc && (strcmp(last, "-c") == 0 || strcmp(last, "--config") == 0 || strcmp(last, "--as") == 0)) {
        (void)fprintf(stderr, _("kabarctl: %s needs a value: %s %s\n"), last, last, last[2] == 'a' ? "NAME" : "FILE");
        return -1;
    }
    return i;
}

static int run(struct ctl *ctl, int argc, char **argv)
{
    struct error error = {0};
    if (args_read(ctl->command->usage, argc, argv, &ctl->args, &error))
        return ctl_usage(ctl, "%s: %s", ctl->command->name, error.text);
    if (ctl->args.help)
        return help_command(ctl->command, ctl->json || ctl->args.json);
    ctl->json = ctl->json || ctl->args.json;
    if (ctl->args.as)
        ctl->as = ctl->args.as;
    if (ctl->args.config) {
        ctl->config = ctl->args.config;
        ctl->config_given = true;
    }
    return ctl->command->run(ctl);
}

static int main_run(int argc, char **argv)
{
    static struct ctl ctl;
    ctl.config = CTL_CONFIG_DEFAULT;
    bool help = false, version = false;
    int first = read_leading(argc, argv, &ctl, &help, &version);
    if (first < 0)
        return CTL_USAGE;
    if (version)
        return printf("kabarctl " KABAR_VERSION "\n") < 0 ? CTL_ENVIRONMENT : CTL_DONE;
    if (first == argc)
        return help ? help_all(ctl.json) : help_missing_command();
    int n_words = 0;
    ctl.command = help_find(argc - first, argv + first, &n_words);
    if (!ctl.command)
        return help_unknown(argc - first, argv + first);
    if (help)
        return help_command(ctl.command, ctl.json);
    return run(&ctl, argc - first - n_words, argv + first + n_words);
}

/* The configuration that the words name, wherever it stands in them: its language holds for what is wrong with the
 * words, too. */
static const char *configuration_of(int argc, char **argv)
{
    const char *config = CTL_CONFIG_DEFAULT;
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (i + 1 < argc && (strcmp(argv[i], "-c") == 0 || strcmp(argv[i], "--config") == 0))
            config = argv[++i];
        else if (strncmp(argv[i], "--config=", 9) == 0)
            config = argv[i] + 9;
    }
    return config;
}

int main(int argc, char **argv)
{
    struct error error;
    log_open("kabarctl", LOG_LEVEL_WARNING);
    language_open(configuration_of(argc, argv));
    if (failpoint_arm_from_environment(&error) < 0)
        return ctl_environment("%s", error.text);
    int status = main_run(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout))
        return ctl_environment("standard output cannot be written: %s", translate_errno(errno));
    return status;
}
