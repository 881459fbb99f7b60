/* SPDX-License-Identifier: GPL-2.0-or-later */
/* score: the card of an area and quarter in five looks; score rebuild. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/translate.h"
#include "core/reply/score_text.h"
#include "core/score/card_open.h"
#include "ctl/paper.h"
#include "ctl/progress.h"
#include "ctl/villages.h"

/* Of all cards at once, where they go into a file. */
enum { CARD_BYTES_MAX = 64 << 20 };

static void write_sms(const struct session *session, const struct card *card, struct buf *buf)
{
    struct reply reply;
    reply_score(session->box, card, session->settings->replies[0]->locale, &reply);
    buf_printf(buf, "%s\n", reply.text);
}

static void write_card(const struct session *session, const struct card *card, enum paper_format format,
                       enum card_place place, struct buf *buf)
{
    switch (format) {
    case PAPER_TEXT:
        if (!(place & CARD_FIRST))
            buf_puts(buf, "\n\n");
        card_text(card, buf);
        break;
    case PAPER_SMS:
        write_sms(session, card, buf);
        break;
    case PAPER_HTML:
    case PAPER_PDF:
        card_html(card, place, buf);
        break;
    case PAPER_CSV:
        card_csv(card, place, buf);
        break;
    case PAPER_JSON:
        card_json(card, buf);
        break;
    case PAPER_COUNT:
        break;
    }
}

struct wanted {
    const struct session *session;
    struct area_list areas; /* one with id 0: the whole country */
    int quarter;            /* QUARTER_NONE: not said */
    enum card_which which;
    int revision;
    struct error error;
};

static void wanted_deinit(struct wanted *wanted)
{
    area_list_deinit(&wanted->areas);
}

static int open_one(struct wanted *wanted, const struct area *area, int quarter, struct card **ret_card)
{
    return card_open(wanted->session->box, area->id ? area : NULL, quarter, wanted->which, wanted->revision,
                     session_now_ms(wanted->session), ret_card, &wanted->error);
}

/* Whether anything is there of that quarter, of any of the areas. */
static int has_any(struct wanted *wanted, int quarter, bool *ret_any)
{
    int r = 0;
    *ret_any = false;
    for (size_t i = 0; i < wanted->areas.n && !*ret_any && (r == 0 || r == -ENOENT); i++) {
        struct card *card = NULL;
        r = open_one(wanted, &wanted->areas.areas[i], quarter, &card);
        *ret_any = r == 0 && !card_is_empty(card);
        card_close(card);
    }
    return r == -ENOENT ? 0 : r;
}

/* A quarter that was not said is today's; where nothing came for it yet, the one before it, if there is something. */
static int choose_quarter(struct wanted *wanted)
{
    int now = quarter_of(month_of(zone_local(session_now_ms(wanted->session)).day)), r = 0;
    bool any = true, before = false;
    if (wanted->quarter != QUARTER_NONE)
        return 0;
    r = has_any(wanted, now, &any);
    if (r == 0 && !any)
        r = has_any(wanted, now - 1, &before);
    wanted->quarter = before ? now - 1 : now;
    return r;
}

/* Of several areas those without the card that was asked for are named; of one that is the end. Each card is written
 * when it is known whether another one follows; without a file to fill it goes out at once. */
static int print_all(struct wanted *wanted, const struct ctl *ctl, enum paper_format format)
{
    CLEANUP(buf_deinit) struct buf text;
    bool file = args_get(&ctl->args, "--output") != NULL;
    int status = CTL_DONE;
    struct card *next = NULL;
    size_t n = 0;
    buf_init(&text, CARD_BYTES_MAX);
    for (size_t i = 0; i <= wanted->areas.n && status == CTL_DONE; i++) {
        struct card *card = NULL;
        int r = i < wanted->areas.n ? open_one(wanted, &wanted->areas.areas[i], wanted->quarter, &card) : 0;
        if (r == -ENOENT && wanted->areas.n > 1) {
            (void)ctl_refuse("note: %s %s: %s", wanted->areas.areas[i].code, wanted->areas.areas[i].name,
                             wanted->error.text);
            continue;
        }
        status = r ? ctl_failed(r, &wanted->error) : CTL_DONE;
        if (next && status == CTL_DONE) {
            write_card(wanted->session, next, format, (n == 0 ? CARD_FIRST : 0) | (card ? 0 : CARD_LAST), &text);
            n++;
        }
        if (!file && next && status == CTL_DONE) {
            status = paper_put(ctl, format, &text, n);
            buf_clear(&text);
        }
        card_close(next);
        next = card;
    }
    card_close(next);
    if (file && n > 0 && status == CTL_DONE)
        status = paper_put(ctl, format, &text, 2 * n);
    return status == CTL_DONE && n == 0 ? CTL_REFUSED : status;
}

/* The areas of the words; with --all the villages in them. */
static int read_areas(const struct ctl *ctl, struct wanted *wanted)
{
    static struct area typed[AREAS_TYPED_MAX];
    bool all = args_get(&ctl->args, "--all") != NULL;
    int now = month_of(zone_local(session_now_ms(wanted->session)).day);
    int month = wanted->quarter == QUARTER_NONE ? now : quarter_end(wanted->quarter);
    size_t n = 0;
    int r = 0, status = areas_of_words(ctl, wanted->session, typed, &n);
    if (status)
        return status;
    for (size_t i = 0; i < n && r == 0; i++)
        r = all ? area_list_villages(&wanted->areas, wanted->session, typed[i].code, month, &wanted->error)
                : area_list_add(&wanted->areas, &typed[i], &wanted->error);
    if (n == 0)
        r = all ? area_list_villages(&wanted->areas, wanted->session, NULL, month, &wanted->error)
                : area_list_add(&wanted->areas, &(struct area){.id = 0}, &wanted->error);
    if (r == 0 && wanted->areas.n == 0)
        return ctl_refuse("there is no village; type: kabarctl area list");
    return r ? ctl_failed(r, &wanted->error) : 0;
}

int ctl_score(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(wanted_deinit)
    struct wanted wanted = {.session = &session, .quarter = QUARTER_NONE, .which = CARD_LIVE};
    int64_t revision = 0;
    enum paper_format format;
    int status = option_quarter(ctl, &wanted.quarter);
    if (!status)
        status = option_format(ctl, PAPER_ALL, &format);
    if (!status)
        status = option_number(ctl, "--revision", 1, 9999, &revision);
    if (!status)
        status = session_cards(&session, ctl, STORE_READ);
    if (!status)
        status = read_areas(ctl, &wanted);
    if (status)
        return status;
    if (args_get(&ctl->args, "--frozen") || revision > 0)
        wanted.which = CARD_FROZEN;
    wanted.revision = (int)revision;
    int r = choose_quarter(&wanted);
    return r ? ctl_failed(r, &wanted.error) : print_all(&wanted, ctl, format);
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
    progress_begin(ctl);
    int r = score_rebuild(session.box, &updates, &error);
    progress_end();
    if (r)
        return ctl_failed(r, &error);
    (void)printf(ctl->json ? "{\"computed\":%" PRId64 "}\n" : _("%" PRId64 " forms of a quarter computed\n"), updates);
    return CTL_DONE;
}
