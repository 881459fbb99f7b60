/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/watch/alert.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/digits.h"
#include "core/outbox/outbox_queue.h"
#include "core/reply/phrase.h"
#include "core/time.h"
#include "parsers/balance.h"
#include "parsers/deliver.h"
#include "settings/settings.h"
#include "store/audit.h"
#include "store/contact.h"
#include "store/meta.h"

enum {
    CAUSE_MAX = 64,
    MOMENT_MAX = 24,
    BALANCE_TEXT_MAX = 200,
    NAME_CHARS_MAX = 16,
    NAME_TEXT_MAX = 4 * NAME_CHARS_MAX
};

struct alert {
    const struct box *box;
    enum reply_text text;
    const struct template_value *values;
    size_t n_values;
    int64_t now_ms;
    size_t queued;
    struct error *error;
};

static int queue_for(void *data, const struct contact *contact)
{
    struct alert *alert = data;
    struct reply reply;
    reply_simple(alert->box, contact->locale, alert->text, alert->values, alert->n_values, &reply);
    const struct outbox_order order = {.kind = MT_ALERT,
                                       .recipient = contact->phone,
                                       .contact_id = contact->id,
                                       .text = reply.text,
                                       .now_ms = alert->now_ms};
    int result = outbox_queue(alert->box, &order, NULL, alert->error);
    alert->queued += result == 0;
    return result;
}

/* Whether the last alert of this cause is less than a day old; a clock that went back makes it old. */
static int is_fresh(const struct alert *alert, const char *cause, bool *ret_fresh)
{
    char value[MOMENT_MAX] = "";
    int64_t last_ms = 0;
    int result = store_meta_get(alert->box->store, META_ALERT, cause, value, sizeof value, alert->error);
    *ret_fresh = result == 0 && digits_whole(value, INT64_MAX, &last_ms) && last_ms <= alert->now_ms &&
                 alert->now_ms - last_ms < MS_DAY;
    return result == -ENOENT ? 0 : result;
}

static int send(struct alert *alert, const char *cause)
{
    char value[MOMENT_MAX];
    bool fresh = false;
    struct store *store = alert->box->store;
    (void)snprintf(value, sizeof value, "%" PRId64, alert->now_ms);
    int result = is_fresh(alert, cause, &fresh);
    if (result < 0 || fresh)
        return result;
    result = store_contact_list(store, ROLE_OPERATOR, CONTACT_ACTIVE, NULL, queue_for, alert, alert->error);
    if (result == 0)
        result = store_meta_set(store, META_ALERT, cause, value, alert->error);
    if (result == 0)
        result = store_audit(store, alert->now_ms, "kabard", "alert", cause, "", alert->error);
    return result;
}

int alert_operators(const struct box *box, const char *cause, enum reply_text text, const struct template_value *values,
                    size_t n_values, size_t *ret_queued, struct error *error)
{
    struct moment now;
    int result = moment_now(box, &now, error);
    if (result < 0)
        return result;
    struct alert alert = {box, text, values, n_values, now.ms, 0, error};
    result = store_begin(box->store, error);
    if (result == 0)
        result = send(&alert, cause);
    result = store_end(box->store, result, error);
    if (result == 0 && ret_queued)
        *ret_queued = alert.queued;
    return result;
}

static int keep_moment(const struct box *box, const char *modem, struct error *error)
{
    char text[MOMENT_MAX];
    struct moment now;
    int result = moment_now(box, &now, error);
    (void)snprintf(text, sizeof text, "%" PRId64, now.ms);
    return result < 0 ? result : store_meta_keep(box->store, META_BALANCE_AT, modem, text, error);
}

int alert_balance(const struct box *box, size_t modem, const char *text, struct error *error)
{
    const struct modem_settings *settings = &box->settings->modems[modem];
    char cause[CAUSE_MAX], value[BALANCE_TEXT_MAX], amount_text[NUMBER_TEXT_MAX], name[NAME_TEXT_MAX];
    int64_t amount = 0;
    bool read = balance_read(view_of(text), view_of(settings->balance_word), &amount);
    (void)snprintf(cause, sizeof cause, "balance.%s", settings->name);
    if (read)
        (void)snprintf(value, sizeof value, "%" PRId64, amount);
    else
        (void)snprintf(value, sizeof value, "%s", text);
    int result = store_meta_keep(box->store, META_BALANCE, settings->name, value, error);
    if (result == 0)
        result = keep_moment(box, settings->name, error);
    if (result < 0 || !read || amount >= settings->balance_limit)
        return result;
    number_write((int)amount, "0", amount_text); /* below zero there is none either */
    (void)deliver_safe(view_of(settings->name), NAME_CHARS_MAX, name, sizeof name);
    const struct template_value values[] = {{"modem", view_of(name)}, {"amount", view_of(amount_text)}};
    return alert_operators(box, cause, REPLY_ALERT_BALANCE, values, 2, NULL, error);
}

int alert_damage(const struct box *box, size_t *ret_queued, struct error *error)
{
    const struct template_value values[] = {{"box", view_of(box->settings->box.id)}};
    return alert_operators(box, "damage", REPLY_ALERT_DAMAGE, values, 1, ret_queued, error);
}

int alert_older(const struct box *box, size_t *ret_queued, struct error *error)
{
    const struct template_value values[] = {{"box", view_of(box->settings->box.id)}};
    return alert_operators(box, "older", REPLY_ALERT_OLDER, values, 1, ret_queued, error);
}
