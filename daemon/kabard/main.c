/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kabard: the daemon. Reads the command line and the configuration, then hands over to the gateway. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/event.h"
#include "base/failpoint.h"
#include "base/translate.h"
#include "core/box.h"
#include "kabard/gateway.h"
#include "settings/language.h"
#include "settings/settings.h"
#include "store/backup.h"

enum exit_status { EXIT_DONE, EXIT_REFUSED, EXIT_USAGE, EXIT_ENVIRONMENT };

static const char usage[] =
    "usage: kabard [-c FILE] [--check-config | --print-config | --verify FILE | --version | --help]\n"
    "\n"
    "  -c, --config FILE  the configuration (default /etc/kabar/kabard.conf)\n"
    "      --check-config reads and checks everything, then ends: 0 if it is right, 3 if not\n"
    "      --print-config the same, and prints every value in force\n"
    "      --verify FILE  reads a database and ends: 0 where it is whole, 1 where it is damaged\n"
    "\n"
    "Runs in the foreground; SIGTERM ends it, SIGHUP reads the configuration again.\n";

/* Files of an older version: they are good, and an operator who changed them wants to know what they lack. */
static void add_lacking(const struct settings *settings, struct buf *text)
{
    for (size_t i = 0; i < settings->n_replies; i++) {
        const struct replies *replies = settings->replies[i];
        if (replies->n_lacking > 0)
            buf_printf(text, _("# %s does not have these texts, the shipped ones are used: %s\n"), replies->file,
                       replies->lacking.text);
    }
}

/* Everything a start would refuse, without touching database or modem. */
static int check(struct settings *settings, bool print, struct error *error)
{
    struct box *box;
    int result = box_open(settings, NULL, clock_system, &box, error);
    if (result == 0) {
        struct buf text;
        buf_init(&text, SIZE_MAX / 2);
        buf_puts(&text, _("configuration is good\n"));
        if (print) {
            buf_clear(&text);
            settings_print(settings, &text);
        }
        add_lacking(settings, &text);
        fputs(text.text, stdout);
        buf_deinit(&text);
        box_close(box);
    }
    settings_close(settings);
    return result;
}

/* Every fault of the configuration, a line each: a typo is mended in one go. */
static int load(const char *config, struct settings **ret_settings)
{
    struct faults faults;
    faults_init(&faults);
    int result = settings_load(config, &faults, ret_settings);
    fputs(faults.lines.text, stderr);
    faults_deinit(&faults);
    return result;
}

/* 1 where it is damaged; what can't be looked at is said elsewhere. */
static int verify(const char *database)
{
    struct error error;
    log_open("kabard", LOG_LEVEL_INFO);
    switch (-store_verify(database, &error)) {
    case 0:
        return EXIT_DONE;
    case EUCLEAN:
        log_event(EVENT_DAMAGED, "%s", error.text);
        return EXIT_REFUSED;
    default:
        log_debug("%s", error.text);
        return EXIT_ENVIRONMENT;
    }
}

static int serve(struct settings *settings, const char *config, struct error *error)
{
    struct gateway *gateway;
    for (;;) {
        int result = gateway_open(settings, config, clock_system, &gateway, error);
        if (result != 0)
            return result;
        result = gateway_run(gateway, error);
        gateway_close(gateway);
        if (result != GATEWAY_AGAIN)
            return result;
        result = settings_open(config, &settings, error);
        if (result != 0)
            return result;
    }
}

int main(int argc, char **argv)
{
    enum { CHECK = 256, PRINT, VERSION, VERIFY };
    static const struct option options[] = {
        {"config", required_argument, NULL, 'c'},
        {"check-config", no_argument, NULL, CHECK},
        {"print-config", no_argument, NULL, PRINT},
        {"version", no_argument, NULL, VERSION},
        {"help", no_argument, NULL, 'h'},
        {"verify", required_argument, NULL, VERIFY},
        {NULL, 0, NULL, 0},
    };
    const char *config = "/etc/kabar/kabard.conf";
    int action = 0;
    for (int option; (option = getopt_long(argc, argv, "c:h", options, NULL)) != -1;) {
        if (option == 'c') {
            config = optarg;
        } else if (option == CHECK || option == PRINT) {
            action = option;
        } else if (option == VERIFY) {
            return verify(optarg);
        } else if (option == VERSION) {
            puts("kabard " KABAR_VERSION);
            return EXIT_DONE;
        } else {
            fputs(usage, option == 'h' ? stdout : stderr);
            return option == 'h' ? EXIT_DONE : EXIT_USAGE;
        }
    }
    if (optind < argc) {
        fprintf(stderr, "kabard: \"%s\" was not expected\n%s", argv[optind], usage);
        return EXIT_USAGE;
    }

    log_open("kabard", LOG_LEVEL_INFO);
    struct error error = {""};
    struct settings *settings;
    if (action == CHECK)
        language_open(config); /* who works on the file reads it; the daemon speaks English */
    int result = failpoint_arm_from_environment(&error);
    if (result == 0)
        result = action ? load(config, &settings) : settings_open(config, &settings, &error);
    if (result == 0) {
        log_open("kabard", (enum log_level)settings->log_level);
        result = zone_set(settings->box.timezone, &error);
    }
    if (result == 0) {
        result = action ? check(settings, action == PRINT, &error) : serve(settings, config, &error);
    }
    if (result != 0) {
        if (error.text[0])
            log_event(EVENT_REFUSED, "%s", error.text);
        return result == -EBUSY ? EXIT_REFUSED : EXIT_ENVIRONMENT;
    }
    return EXIT_DONE;
}
