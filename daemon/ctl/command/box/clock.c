/* SPDX-License-Identifier: GPL-2.0-or-later */
/* clock, clock reset: which time the box believes and why, and what to do where it is wrong. */
#include <stdio.h>
#include <string.h>

#include "base/translate.h"
#include "core/time.h"
#include "ctl/listing.h"
#include "ctl/session.h"
#include "store/mo.h"

enum { STAMPS_SHOWN = 5 };

static const char *const reasons[CLOCK_VERDICT_COUNT] = {
    [CLOCK_GOOD] = N_("nothing that is known contradicts it"),
    [CLOCK_UNSET] = N_("it shows a time weeks before this program was made, or one that is absurdly late"),
    [CLOCK_BEHIND] = N_("it is behind what was believed before, or behind the stamps of two senders"),
    [CLOCK_AHEAD] = N_("it is ahead of the stamps of two senders"),
    [CLOCK_LEAPT] =
        N_("it is weeks later than when the box last knew the time, and no SMS confirms it; what waits is kept"),
};

static const char *todo_of(enum clock_verdict verdict)
{
    return verdict == CLOCK_GOOD ? ""
           : verdict == CLOCK_LEAPT
               ? _("where it is right: kabarctl clock reset; else: timedatectl set-time 'YYYY-MM-DD HH:MM'")
               : _("timedatectl set-time 'YYYY-MM-DD HH:MM'; where it is right: kabarctl clock reset");
}

static int print_stamp(void *data, const struct mo_message *message)
{
    char sent[17], received[17];
    (void)data;
    time_format_local(message->sent_ms, sent);
    time_format_local(message->received_ms, received);
    (void)printf(_("  sms        of %s, sent %s, came %s\n"), message->sender, sent, received);
    return 0;
}

static int print_for_people(struct session *session, const struct moment *now, int64_t kept_ms)
{
    const struct mo_filter newest = {.limit = STAMPS_SHOWN};
    struct error error = {0};
    char shown[17], believed[17], kept[17], build[17];
    time_format_local(session->clock.wall_ms(session->clock.data), shown);
    time_format_local(now->ms, believed);
    time_format_local(kept_ms, kept);
    time_format_local(clock_build_ms(), build);
    (void)printf(_("clock        %s, %s\n"), shown, session->settings->box.timezone);
    (void)printf(_("believed     %s\n"), believed);
    (void)printf(_("verdict      %s: %s\n"), translate(clock_verdict_to_string(now->verdict)),
                 translate(reasons[now->verdict]));
    if (!now->trusted)
        (void)printf(_("do           %s\n"), todo_of(now->verdict));
    (void)printf(_("known        %s was believed last; this program is of %s\n"), kept_ms > 0 ? kept : _("nothing"),
                 build);
    int r = store_mo_list(session->store, &newest, print_stamp, NULL, &error);
    return r ? ctl_failed(r, &error) : CTL_DONE;
}

static int print_for_programs(struct session *session, const struct moment *now, int64_t kept_ms)
{
    static const struct column columns[] = {
        {"clock", NULL, false},   {"believed", NULL, false}, {"trusted", NULL, false},
        {"verdict", NULL, false}, {"kept", NULL, false},     {"build", NULL, false},
    };
    struct listing list;
    listing_begin(&list, true, columns, sizeof columns / sizeof *columns);
    listing_time(&list, session->clock.wall_ms(session->clock.data));
    listing_time(&list, now->ms);
    listing_flag(&list, now->trusted);
    listing_word(&list, clock_verdict_to_string(now->verdict));
    listing_time(&list, kept_ms);
    listing_time(&list, clock_build_ms());
    listing_end(&list, "");
    return CTL_DONE;
}

int ctl_clock(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    struct error error = {0};
    struct moment now;
    int64_t kept_ms = 0;
    int status = session_open(&session, ctl, STORE_READ);
    if (status)
        return status;
    int r = moment_look(session.store, session.clock, &now, &error);
    if (r == 0)
        r = moment_kept(session.store, &kept_ms, &error);
    if (r)
        return ctl_failed(r, &error);
    return ctl->json ? print_for_programs(&session, &now, kept_ms) : print_for_people(&session, &now, kept_ms);
}

int ctl_clock_reset(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    struct error error = {0};
    char shown[17], utc[21];
    int status = session_open(&session, ctl, STORE_WRITE);
    if (status)
        return status;
    int64_t wall_ms = session.clock.wall_ms(session.clock.data);
    time_format_local(wall_ms, shown);
    if (wall_ms < moment_earliest_ms())
        return ctl_refuse("the clock shows %s, which is before this program was made: timedatectl set-time "
                          "'YYYY-MM-DD HH:MM'",
                          shown);
    status = session_begin(&session);
    if (status)
        return status;
    int r = moment_reset(session.store, wall_ms, &error);
    if (r)
        return ctl_failed(r, &error);
    status = session_commit(&session, "clock.reset", shown, "");
    time_format(wall_ms, utc);
    if (!status && ctl->json)
        (void)printf("{\"believed\":\"%s\"}\n", utc);
    else if (!status)
        (void)printf(_("the clock is believed from now on: %s\n"), shown);
    return status;
}
