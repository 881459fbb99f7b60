/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>

#include "core/reply/phrase.h"
#include "core/time.h"
#include "core/watch/alert.h"
#include "parsers/deliver.h"
#include "settings/settings.h"
#include "store/mt.h"
#include "store/note.h"

enum { CAUSE_MAX = 64, MODEM_CHARS_MAX = 16, MODEM_TEXT_MAX = 4 * MODEM_CHARS_MAX };

struct watch {
    const struct box *box;
    size_t queued;
    struct error *error;
};

static int tell(struct watch *watch, const char *cause, enum reply_text text, const struct template_value *values,
                size_t n_values)
{
    size_t queued = 0;
    int result = alert_operators(watch->box, cause, text, values, n_values, &queued, watch->error);
    watch->queued += queued;
    return result;
}

static int watch_modem(struct watch *watch, const struct alert_modem *modem)
{
    const struct settings *settings = watch->box->settings;
    char cause[CAUSE_MAX], name[MODEM_TEXT_MAX], minutes[NUMBER_TEXT_MAX];
    if (settings->alert_modem_minutes == 0 || modem->gone_ms < (int64_t)settings->alert_modem_minutes * MS_MINUTE)
        return 0;
    (void)snprintf(cause, sizeof cause, "modem.%s", modem->name);
    (void)deliver_safe(view_of(modem->name), MODEM_CHARS_MAX, name, sizeof name);
    number_write((int)(modem->gone_ms / MS_MINUTE), "", minutes);
    const struct template_value values[] = {
        {"box", view_of(settings->box.id)}, {"modem", view_of(name)}, {"minutes", view_of(minutes)}};
    return tell(watch, cause, REPLY_ALERT_MODEM, values, 3);
}

static const struct {
    const char *cause, *words;
    enum reply_text text;
} ailments[AILMENT_COUNT] = {
    [AILMENT_NONE] = {"", "", REPLY_ALERT_MODEM},
    [AILMENT_REFUSED] = {"refused", "the network refuses all that its SIM sends: out of credit, or barred",
                         REPLY_ALERT_REFUSED},
    [AILMENT_NO_SMSC] = {"smsc", "its SIM names no SMSC, nothing can be sent: set smsc", REPLY_ALERT_SMSC},
    [AILMENT_FULL] = {"full", "its SIM is full, nothing more comes in: delete_sent, or empty it", REPLY_ALERT_FULL},
    [AILMENT_KEEPS] = {"keeps", "it does not delete what it was told to: the SIM fills up", REPLY_ALERT_KEEPS},
};

const char *ailment_to_string(enum ailment ailment)
{
    return ailment < AILMENT_COUNT ? ailments[ailment].words : "?";
}

static int watch_ailment(struct watch *watch, const struct alert_modem *modem)
{
    char cause[CAUSE_MAX], name[MODEM_TEXT_MAX];
    if (modem->ailment == AILMENT_NONE)
        return 0;
    (void)snprintf(cause, sizeof cause, "%s.%s", ailments[modem->ailment].cause, modem->name);
    (void)deliver_safe(view_of(modem->name), MODEM_CHARS_MAX, name, sizeof name);
    const struct template_value values[] = {{"box", view_of(watch->box->settings->box.id)}, {"modem", view_of(name)}};
    return tell(watch, cause, ailments[modem->ailment].text, values, 2);
}

static int watch_disk(struct watch *watch, int64_t free_mib)
{
    const struct settings *settings = watch->box->settings;
    char room[NUMBER_TEXT_MAX];
    if (free_mib < 0 || free_mib >= settings->alert_disk_mib)
        return 0;
    number_write((int)free_mib, "", room);
    const struct template_value values[] = {{"box", view_of(settings->box.id)}, {"room", view_of(room)}};
    return tell(watch, "disk", REPLY_ALERT_DISK, values, 2);
}

static int watch_queue(struct watch *watch)
{
    const struct settings *settings = watch->box->settings;
    struct moment now;
    int64_t waiting = 0;
    char number[NUMBER_TEXT_MAX], minutes[NUMBER_TEXT_MAX];
    if (settings->alert_queue_minutes == 0)
        return 0;
    int result = moment_now(watch->box, &now, watch->error);
    if (result == 0)
        result = store_mt_waiting(watch->box->store, now.ms - (int64_t)settings->alert_queue_minutes * MS_MINUTE,
                                  &waiting, watch->error);
    if (result < 0 || waiting == 0)
        return result;
    number_write((int)waiting, "", number);
    number_write(settings->alert_queue_minutes, "", minutes);
    const struct template_value values[] = {
        {"box", view_of(settings->box.id)}, {"number", view_of(number)}, {"minutes", view_of(minutes)}};
    return tell(watch, "queue", REPLY_ALERT_QUEUE, values, 3);
}

/* A note that nobody was told of, an alert that is held or did not go out. */
static int watch_unheard(struct watch *watch)
{
    struct moment now;
    int64_t unheard = 0;
    char number[NUMBER_TEXT_MAX];
    int result = moment_now(watch->box, &now, watch->error);
    if (result == 0)
        result = store_note_unheard(watch->box->store, now.ms - MS_DAY, &unheard, watch->error);
    if (result < 0 || unheard == 0)
        return result;
    number_write((int)unheard, "", number);
    const struct template_value values[] = {{"box", view_of(watch->box->settings->box.id)},
                                            {"number", view_of(number)}};
    return tell(watch, "unheard", REPLY_ALERT_UNHEARD, values, 2);
}

int alert_set_aside(const struct box *box, struct error *error)
{
    const struct template_value values[] = {{"box", view_of(box->settings->box.id)}};
    return alert_operators(box, "set_aside", REPLY_ALERT_SET_ASIDE, values, 1, NULL, error);
}

int alert_watch(const struct box *box, const struct alert_modem *modems, size_t n_modems, int64_t free_mib,
                size_t *ret_queued, struct error *error)
{
    struct watch watch = {box, 0, error};
    int result = watch_disk(&watch, free_mib);
    for (size_t i = 0; i < n_modems && result == 0; i++)
        result = watch_modem(&watch, &modems[i]);
    for (size_t i = 0; i < n_modems && result == 0; i++)
        result = watch_ailment(&watch, &modems[i]);
    if (result == 0)
        result = watch_queue(&watch);
    if (result == 0)
        result = watch_unheard(&watch);
    if (result == 0 && ret_queued)
        *ret_queued = watch.queued;
    return result;
}
