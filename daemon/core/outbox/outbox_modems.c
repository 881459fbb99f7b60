/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/outbox/outbox_modems.h"

#include <stdio.h>
#include <string.h>

#include "parsers/cause.h"

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

/* What Kabar itself found is not of the network. */
static bool is_refused_for_good(enum submit_result result, int32_t cause)
{
    return result == SUBMIT_PERMANENT && !cause_is_local(cause);
}

bool outbox_modem_doubts(const struct outbox_modem *modem, enum submit_result result, int32_t cause)
{
    return is_refused_for_good(result, cause) && !modem->accepted;
}

bool outbox_modem_refused(struct outbox_modem *modem, enum submit_result result, int32_t cause, int64_t monotonic_ms)
{
    enum { FIRST_PAUSE_MS = 30 * MS_SECOND, LONGEST_PAUSE_MS = 15 * MS_MINUTE };
    bool for_good = is_refused_for_good(result, cause);
    modem->accepted = result == SUBMIT_OK || (modem->accepted && !for_good);
    if (result == SUBMIT_OK)
        modem->refusals = 0;
    if (result == SUBMIT_OK || (cause_class(cause) != CAUSE_SIM && !for_good))
        return false;
    const char *to = modem->message.recipient;
    bool first = modem->refusals++ == 0;
    modem->refused_others = !first && (modem->refused_others || strcmp(modem->refused_to, to) != 0);
    modem->refused_cause = cause;
    (void)snprintf(modem->refused_to, sizeof modem->refused_to, "%s", to);
    if (first || (for_good && !outbox_modem_is_barred(modem)))
        return false;
    int64_t pause_ms = FIRST_PAUSE_MS;
    for (int i = 2; i < modem->refusals && pause_ms < LONGEST_PAUSE_MS; i++)
        pause_ms *= 2;
    modem->pause_until_ms = monotonic_ms + (pause_ms < LONGEST_PAUSE_MS ? pause_ms : LONGEST_PAUSE_MS);
    return true;
}

bool outbox_modem_is_barred(const struct outbox_modem *modem)
{
    enum { OTHERS = 3, ONE = 5 };
    return modem->refusals >= (modem->refused_others ? OTHERS : ONE);
}
