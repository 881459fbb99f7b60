/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/dummy/exchange.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "ctl/dummy/smsbackup.h"

enum { LOOK_MS = 50, LOOK_BACK = 50, TIMEOUT_S = 30 };

static int find_dummy(struct exchange *exchange, const struct ctl *ctl, const struct settings *settings)
{
    const char *name = args_get(&ctl->args, "--modem");
    for (size_t i = 0; i < settings->n_modems; i++) {
        const struct modem_settings *modem = &settings->modems[i];
        if (strcmp(modem->model, "dummy") != 0 || (name && strcmp(name, modem->name) != 0))
            continue;
        exchange->device = modem->device;
        return 0;
    }
    if (name)
        return ctl_refuse("%s has no dummy phone named \"%s\"", ctl->config, name);
    return ctl_refuse(
        "%s has no dummy phone: a modem with connection = \"none\", model = \"dummy\" and a folder as device",
        ctl->config);
}

int exchange_open(struct exchange *exchange, const struct ctl *ctl, struct session *session)
{
    *exchange = (struct exchange){.session = session};
    const char *from = args_get(&ctl->args, "--from");
    char number[MSISDN_MAX];
    const char *sender = session_sender(from, number);
    if (*sender == '\0' || strlen(sender) >= sizeof exchange->sender)
        return ctl_usage(ctl, "--from must be a phone number, a short code or a sender's name");
    memcpy(exchange->sender, sender, strlen(sender) + 1);
    int64_t seconds = TIMEOUT_S;
    int status = option_number(ctl, "--timeout", 0, 3600, &seconds);
    if (status)
        return status;
    exchange->timeout_ms = seconds * MS_SECOND;
    status = session_open(session, ctl, STORE_READ);
    return status ? status : find_dummy(exchange, ctl, session->settings);
}

static void wait_ms(int64_t ms)
{
    if (ms > 0)
        (void)poll(NULL, 0, (int)ms);
}

struct search {
    struct view text;
    struct exchanged *found;
};

static int match_message(void *data, const struct mo_message *message)
{
    struct search *search = data;
    struct exchanged *found = search->found;
    if (message->sent_ms / MS_SECOND != found->sent_ms / MS_SECOND || !view_is(search->text, message->text))
        return 0;
    found->taken = true;
    found->mo_id = message->id;
    found->outcome = message->outcome;
    memcpy(found->uid, message->uid, sizeof found->uid);
    return 1;
}

static int take_reply(void *data, const struct mt_message *message)
{
    struct exchanged *found = data;
    found->mt_id = message->id;
    found->state = message->state;
    memcpy(found->reply, message->text, sizeof found->reply);
    return 1;
}

/* Looks once for the message and its answer: one transaction of the daemon's made both. */
static int look(const struct exchange *exchange, struct view text, struct exchanged *exchanged, struct error *error)
{
    struct search search = {text, exchanged};
    struct mo_filter mo = {.sender = exchange->sender, .limit = LOOK_BACK};
    int r = store_mo_list(exchange->session->store, &mo, match_message, &search, error);
    struct mt_filter mt = {.mo_id = exchanged->mo_id, .limit = 1};
    if (!r && exchanged->taken)
        r = store_mt_list(exchange->session->store, &mt, take_reply, exchanged, error);
    return r;
}

/* The moment of the SMS. Two equal ones within a second would be one, so the second waits for the next. */
static int choose_moment(const struct exchange *exchange, struct view text, struct exchanged *exchanged,
                         struct error *error)
{
    for (;;) {
        int64_t now = session_now_ms(exchange->session);
        exchanged->sent_ms = now - now % MS_SECOND;
        int r = look(exchange, text, exchanged, error);
        if (r || !exchanged->taken)
            return r;
        *exchanged = (struct exchanged){0};
        wait_ms(MS_SECOND - now % MS_SECOND);
    }
}

static int wait_for_answer(const struct exchange *exchange, struct view text, struct exchanged *exchanged,
                           struct error *error)
{
    const struct clock *clock = &exchange->session->clock;
    int64_t end = clock->monotonic_ms(clock->data) + exchange->timeout_ms;
    int64_t seen = -1, version = 0;
    while (clock->monotonic_ms(clock->data) < end) {
        int r = store_data_version(exchange->session->store, &version, error);
        if (!r && version != seen)
            r = look(exchange, text, exchanged, error);
        if (r || exchanged->taken)
            return r;
        seen = version;
        wait_ms(LOOK_MS);
    }
    return 0;
}

int exchange_send(const struct exchange *exchange, struct view text, int64_t sent_ms, struct exchanged *ret_exchanged)
{
    struct error error = {0};
    *ret_exchanged = (struct exchanged){.sent_ms = sent_ms};
    int r =
        sent_ms ? look(exchange, text, ret_exchanged, &error) : choose_moment(exchange, text, ret_exchanged, &error);
    if (r)
        return ctl_failed(r, &error);
    ret_exchanged->repeated = ret_exchanged->taken;
    struct fed_sms sms = {exchange->sender, text, ret_exchanged->sent_ms};
    r = smsbackup_feed(exchange->device, &sms, &ret_exchanged->parts, &error);
    if (!r && exchange->timeout_ms && !ret_exchanged->taken)
        r = wait_for_answer(exchange, text, ret_exchanged, &error);
    return r ? ctl_failed(r, &error) : 0;
}

void exchange_print_json(const struct exchange *exchange, struct view text, const struct exchanged *exchanged)
{
    char sent[21];
    CLEANUP(buf_deinit) struct buf out;
    buf_init(&out, 1 << 20);
    time_format(exchanged->sent_ms, sent);
    buf_puts(&out, "{\"from\":");
    buf_json(&out, view_of(exchange->sender));
    buf_puts(&out, ",\"text\":");
    buf_json(&out, text);
    buf_printf(&out, ",\"sent\":\"%s\",\"parts\":%d,\"taken\":%s,\"repeated\":%s", sent, exchanged->parts,
               exchanged->taken ? "true" : "false", exchanged->repeated ? "true" : "false");
    if (exchanged->taken)
        buf_printf(&out, ",\"id\":%lld,\"uid\":\"%s\",\"outcome\":\"%s\"", (long long)exchanged->mo_id, exchanged->uid,
                   mo_outcome_to_string(exchanged->outcome));
    buf_puts(&out, ",\"reply\":");
    if (exchanged->mt_id)
        buf_json(&out, view_of(exchanged->reply));
    else
        buf_puts(&out, "null");
    if (exchanged->mt_id)
        buf_printf(&out, ",\"reply_id\":%lld,\"reply_state\":\"%s\"", (long long)exchanged->mt_id,
                   mt_state_to_string(exchanged->state));
    buf_puts(&out, "}\n");
    ctl_print(&out);
}
