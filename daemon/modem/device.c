/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "modem/supervise.h"

#define SCAN_USUAL "/dev/serial/by-id/* /dev/ttyUSB* /dev/ttyACM* /dev/ttyAMA* /dev/ttyS*"

/* The dummy's folder is made by libGammu; anything but a path is none of our business. */
static bool is_there(const struct modem *modem, const char *path)
{
    return path[0] != '/' || strcasecmp(modem->init.connection, "none") == 0 || access(path, F_OK) == 0;
}

static bool is_free(const struct modem *modem, const char *path)
{
    return !modem->events->is_taken || !modem->events->is_taken(modem->data, modem, path);
}

/* Counts a place that can be tried; true when it is the one. */
static bool is_it(struct modem *modem, const char *path, int *place)
{
    if (!is_there(modem, path) || !is_free(modem, path) || (*place)++ != modem->candidate)
        return false;
    (void)snprintf(modem->device, sizeof modem->device, "%s", path);
    return true;
}

static bool choose_scanned(struct modem *modem, int *place)
{
    glob_t found = {0};
    char patterns[SCAN_MAX], *rest = patterns, *pattern;
    (void)snprintf(patterns, sizeof patterns, "%s", modem->scan);
    int flags = 0;
    while ((pattern = strsep(&rest, " ")) != NULL) {
        if (*pattern && glob(pattern, flags, NULL, &found) == 0)
            flags = GLOB_APPEND;
    }
    bool chosen = false;
    for (size_t i = 0; flags && i < found.gl_pathc && !chosen; i++) {
        const char *path = found.gl_pathv[i];
        if (strcmp(path, modem->init.device) != 0 && strcmp(path, modem->found) != 0)
            chosen = is_it(modem, path, place);
    }
    globfree(&found);
    return chosen;
}

bool device_choose(struct modem *modem)
{
    int place = 0;
    if (modem->found[0] && strcmp(modem->found, modem->init.device) != 0 && is_it(modem, modem->found, &place))
        return true;
    if (is_it(modem, modem->init.device, &place))
        return true;
    return modem->imei[0] && choose_scanned(modem, &place);
}

const char *device_scan(const char *configured)
{
    return configured ? configured : SCAN_USUAL;
}

bool modem_holds(const struct modem *modem, const char *path)
{
    struct stat ours, theirs;
    const char *device = modem->found;
    if (modem->state == MODEM_STARTING)
        device = modem->device;
    else if (modem->state == MODEM_BACKOFF && modem->failure == WIRE_FAILURE_ABSENT)
        return false;
    if (strcmp(device, path) == 0)
        return true;
    return stat(device, &ours) == 0 && stat(path, &theirs) == 0 && S_ISCHR(ours.st_mode) && S_ISCHR(theirs.st_mode) &&
           ours.st_rdev == theirs.st_rdev;
}
