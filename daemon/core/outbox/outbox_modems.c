/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/outbox/outbox_modems.h"

#include <stdio.h>
#include <string.h>

struct outbox_modem *outbox_modem_get(struct outbox_modems *modems, const char *name)
{
    for (size_t i = 0; i < modems->n; i++) {
        if (strcmp(modems->modem[i].name, name) == 0)
            return &modems->modem[i];
    }
    if (modems->n == MODEMS_MAX)
        return NULL;
    struct outbox_modem *modem = &modems->modem[modems->n++];
    *modem = (struct outbox_modem){.up = false};
    (void)snprintf(modem->name, sizeof modem->name, "%s", name);
    return modem;
}

static const struct modem_settings *settings_of(const struct outbox_modem *modem, const struct settings *settings)
{
    for (size_t i = 0; i < settings->n_modems; i++) {
        if (strcmp(settings->modems[i].name, modem->name) == 0)
            return &settings->modems[i];
    }
    return NULL;
}

/* Length of the longest prefix of a modem that the number begins with; 0 where it has no such wish. */
static int prefix_of(const struct modem_settings *modem, const char *number)
{
    size_t longest = 0;
    for (size_t i = 0; modem && i < modem->prefixes.n; i++) {
        size_t len = strlen(modem->prefixes.text[i]);
        if (len > longest && strncmp(number, modem->prefixes.text[i], len) == 0)
            longest = len;
    }
    return (int)longest;
}

/* The parts of one message should come from one number; whoever has just refused it comes last. */
static int wish_of(const struct outbox_modem *modem, const struct settings *settings, const struct mt_message *message)
{
    enum { REFUSED = -1, BEGUN = MSISDN_MAX };
    bool had_it = strcmp(message->modem, modem->name) == 0;
    if (had_it && message->parts_sent > 0)
        return BEGUN;
    if (had_it && message->state == MT_RETRY_WAIT)
        return REFUSED;
    return prefix_of(settings_of(modem, settings), message->recipient);
}

bool outbox_modem_yields(const struct outbox_modems *modems, const struct outbox_modem *modem,
                         const struct settings *settings, const struct mt_message *message, int64_t monotonic_ms)
{
    int wish = wish_of(modem, settings, message);
    for (size_t i = 0; i < modems->n; i++) {
        const struct outbox_modem *other = &modems->modem[i];
        if (other != modem && other->up && monotonic_ms >= other->pause_until_ms &&
            wish_of(other, settings, message) > wish)
            return true;
    }
    return false;
}
