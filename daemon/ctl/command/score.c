/* SPDX-License-Identifier: GPL-2.0-or-later */
/* score: the card of an area and quarter in five looks; score rebuild. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/reply/score_text.h"
#include "core/score/card_open.h"
#include "ctl/areas.h"

enum { CARD_BYTES_MAX = 64 << 20 };

enum format { FORMAT_TEXT, FORMAT_SMS, FORMAT_HTML, FORMAT_CSV, FORMAT_JSON, FORMAT_COUNT };

static int option_format(const struct ctl *ctl, enum format *ret_format)
{
    static const char *const names[FORMAT_COUNT] = {"text", "sms", "html", "csv", "json"};
    const char *text = args_get(&ctl->args, "--format");
    *ret_format = ctl->json ? FORMAT_JSON : FORMAT_TEXT;
    if (!text)
        return 0;
    for (int i = 0; i < FORMAT_COUNT; i++)
        if (strcmp(text, names[i]) == 0) {
            *ret_format = (enum format)i;
            return 0;
        }
    return ctl_usage(ctl, "--format %s is none of text, sms, html, csv, json", text);
}

static void write_sms(const struct session *session, const struct card *card, struct buf *buf)
{
    struct reply reply;
    reply_score(session->box, card, session->settings->replies[0]->locale, &reply);
    buf_printf(buf, "%s\n", reply.text);
}

static int print_card(const struct session *session, const struct card *card, enum format format)
{
    CLEANUP(buf_deinit) struct buf buf;
    buf_init(&buf, CARD_BYTES_MAX);
    switch (format) {
    case FORMAT_TEXT:
        card_text(card, &buf);
        break;
    case FORMAT_SMS:
        write_sms(session, card, &buf);
        break;
    case FORMAT_HTML:
        card_html(card, &buf);
        break;
    case FORMAT_CSV:
        card_csv(card, &buf);
        break;
    case FORMAT_JSON:
        card_json(card, &buf);
        break;
    case FORMAT_COUNT:
        break;
    }
    if (buf.full)
        return ctl_refuse("the card is over %d MiB; take a smaller area", CARD_BYTES_MAX >> 20);
    ctl_print(&buf);
    return CTL_DONE;
}

struct wanted {
    const struct area *area; /* NULL: the whole country */
    int quarter;             /* QUARTER_NONE: not said */
    enum card_which which;
    int revision;
};

/* A quarter that was not said is today's; where nothing came for it yet, the one before it. */
static int open_wanted(const struct session *session, const struct wanted *wanted, struct card **ret_card)
{
    struct error error = {0};
    int64_t now = session_now_ms(session);
    int quarter = wanted->quarter == QUARTER_NONE ? quarter_of(month_of(zone_local(now).day)) : wanted->quarter;
    int r = card_open(session->box, wanted->area, quarter, wanted->which, wanted->revision, now, ret_card, &error);
    if (wanted->quarter == QUARTER_NONE && (r == -ENOENT || (r == 0 && card_is_empty(*ret_card)))) {
        struct card *before;
        int again =
            card_open(session->box, wanted->area, quarter - 1, wanted->which, wanted->revision, now, &before, &error);
        if (again == 0 && !(r == 0 && card_is_empty(before))) {
            if (r == 0)
                card_close(*ret_card);
            *ret_card = before;
            r = 0;
        } else if (again == 0)
            card_close(before);
    }
    return r ? ctl_failed(r, &error) : 0;
}

int ctl_score(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    struct area area;
    struct wanted wanted = {.quarter = QUARTER_NONE, .which = CARD_LIVE};
    int64_t revision = 0;
    enum format format;
    int status = option_quarter(ctl, &wanted.quarter);
    if (!status)
        status = option_format(ctl, &format);
    if (!status)
        status = option_number(ctl, "--revision", 1, 9999, &revision);
    if (!status)
        status = session_cards(&session, ctl, STORE_READ);
    if (!status && ctl->args.n_words) {
        status = area_of_words(ctl, &session, 0, &area);
        wanted.area = &area;
    }
    if (status)
        return status;
    if (args_get(&ctl->args, "--frozen") || revision > 0)
        wanted.which = CARD_FROZEN;
    wanted.revision = (int)revision;
    struct card *card;
    status = open_wanted(&session, &wanted, &card);
    if (status)
        return status;
    status = print_card(&session, card, format);
    card_close(card);
    return status;
}

int ctl_score_rebuild(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    struct error error = {0};
    int64_t updates;
    int status = session_open(&session, ctl, STORE_WRITE);
    if (!status)
        status = session_box(&session, ctl);
    if (status)
        return status;
    int r = score_rebuild(session.box, &updates, &error);
    if (r)
        return ctl_failed(r, &error);
    (void)printf(ctl->json ? "{\"computed\":%" PRId64 "}\n" : "%" PRId64 " forms of a quarter computed\n", updates);
    return CTL_DONE;
}
