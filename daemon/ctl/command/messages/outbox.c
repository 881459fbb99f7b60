/* SPDX-License-Identifier: GPL-2.0-or-later */
/* outbox: what was or will be sent, the newest first. */
#include <stdio.h>
#include <string.h>

#include "base/translate.h"
#include "ctl/listing.h"
#include "ctl/session.h"
#include "parsers/cause.h"
#include "store/mt.h"

static int list_message(void *data, const struct mt_message *message)
{
    struct listing *list = data;
    char parts[24];
    char cause[CAUSE_TEXT_MAX];
    (void)snprintf(parts, sizeof parts, "%d/%d", message->parts_sent, message->parts);
    cause_format(message->cause, cause);
    listing_number(list, message->id);
    listing_text(list, message->uid);
    listing_time(list, message->created_ms);
    listing_text(list, message->recipient);
    listing_word(list, mt_kind_to_string(message->kind));
    listing_word(list, mt_state_to_string(message->state));
    listing_text(list, parts);
    listing_number(list, message->parts_sent);
    listing_number(list, message->parts);
    listing_number(list, message->attempts);
    listing_number(list, message->cause);
    listing_text(list, cause);
    listing_text(list, message->modem);
    listing_time(list, message->next_attempt_ms);
    listing_time(list, message->expires_ms);
    if (message->mo_id)
        listing_number(list, message->mo_id);
    else
        listing_json(list, "-", "null");
    listing_text(list, message->text);
    return 0;
}

static int read_state(const struct ctl *ctl, unsigned *ret_mask)
{
    const char *word = args_get(&ctl->args, "--state");
    struct buf known;
    if (!word)
        return 0;
    buf_init(&known, 512);
    for (int i = 0; i < MT_STATE_COUNT; i++) {
        const char *state = mt_state_to_string((enum mt_state)i);
        if (strcmp(state, word) == 0 || strcmp(translate(state), word) == 0)
            *ret_mask = 1U << i;
        buf_printf(&known, "%s%s", i ? ", " : "", translate(state));
    }
    int status = *ret_mask ? 0 : ctl_usage(ctl, "--state %s is not a state; expected one of %s", word, known.text);
    buf_deinit(&known);
    return status;
}

int ctl_outbox(struct ctl *ctl)
{
    static const struct column columns[] = {
        {"id", N_("ID"), true},          {"uid", NULL, false},          {"created", N_("CREATED"), false},
        {"to", N_("TO"), false},         {"kind", N_("KIND"), false},   {"state", N_("STATE"), false},
        {NULL, N_("SENT"), true},        {"parts_sent", NULL, true},    {"parts", NULL, true},
        {"attempts", N_("TRIES"), true}, {"cause", NULL, true},         {"cause_text", NULL, false},
        {"modem", NULL, false},          {"next_attempt", NULL, false}, {"expires", NULL, false},
        {"answers", NULL, true},         {"text", N_("TEXT"), false},
    };
    CLEANUP(session_close) struct session session = {0};
    struct listed listed;
    unsigned states = 0;
    char phone[MSISDN_MAX];
    const char *to = args_get(&ctl->args, "--to");
    int status = read_state(ctl, &states);
    if (!status && to)
        status = session_phone(to, phone);
    if (!status)
        status = session_list(&session, ctl, &listed);
    if (status)
        return status;
    struct mt_filter filter = {
        .state_mask = states,
        .recipient = to ? phone : NULL,
        .area_code = listed.area_code,
        .since_ms = listed.since_ms,
        .limit = listed.limit,
    };
    struct error error = {0};
    struct listing list;
    listing_begin(&list, ctl->json, columns, sizeof columns / sizeof *columns);
    int r = store_mt_list(session.store, &filter, list_message, &list, &error);
    listing_end(&list, _("no messages"));
    return r ? ctl_failed(r, &error) : CTL_DONE;
}
