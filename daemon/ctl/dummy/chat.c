/* SPDX-License-Identifier: GPL-2.0-or-later */
/* chat: a conversation with the box, line by line, for training. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/lock.h"
#include "base/translate.h"
#include "ctl/dummy/exchange.h"
#include "ctl/listing.h"
#include "store/contact.h"

static void print_line(const char *who, const char *text)
{
    CLEANUP(buf_deinit) struct buf out;
    buf_init(&out, 4L * TEXT_MAX);
    buf_padded(&out, who, 17);
    buf_escaped(&out, view_of(text));
    buf_puts(&out, "\n");
    ctl_print(&out);
    (void)fflush(stdout);
}

static void print_answer(const struct exchanged *exchanged)
{
    char remark[96];
    if (exchanged->mt_id) {
        print_line("Kabar:", exchanged->reply);
        return;
    }
    (void)snprintf(remark, sizeof remark, _("(not answered: %s)"), translate(mo_outcome_to_string(exchanged->outcome)));
    print_line("", remark);
}

/* Who writes, as the box sees it: said once, since everything hangs on it. */
static void greet(const struct exchange *exchange)
{
    struct contact contact;
    struct error error = {0};
    int r = store_contact_by_phone(exchange->session->store, exchange->sender, &contact, &error);
    if (r == 0)
        (void)printf(_("%s is %s, %s of %s (%s). Type an SMS a line; an empty line or Ctrl-D ends.\n"),
                     exchange->sender, contact.name, contact_role_to_string(contact.role), contact.area_code,
                     contact_state_to_string(contact.state));
    else
        (void)printf(_("%s is not registered: the box treats it as a stranger. Type an SMS a line; an empty line or "
                       "Ctrl-D ends.\n"),
                     exchange->sender);
}

static int say(const struct ctl *ctl, const struct exchange *exchange, struct view text)
{
    struct exchanged exchanged;
    int status = exchange_send(exchange, text, 0, &exchanged);
    if (status)
        return status;
    if (!exchanged.taken)
        return ctl_refuse("the box did not take the SMS within %lld seconds; see: kabarctl status",
                          (long long)(exchange->timeout_ms / MS_SECOND));
    if (ctl->json)
        exchange_print_json(exchange, text, &exchanged);
    else
        print_answer(&exchanged);
    return CTL_DONE;
}

static int converse(const struct ctl *ctl, const struct exchange *exchange)
{
    bool terminal = isatty(STDIN_FILENO) && !ctl->json;
    char who[80];
    (void)snprintf(who, sizeof who, "%s:", exchange->sender);
    char *line = NULL;
    size_t room = 0;
    ssize_t len = 0;
    int status = CTL_DONE;
    if (terminal)
        greet(exchange);
    while (status == CTL_DONE) {
        if (terminal)
            (void)(fputs("> ", stdout) >= 0 && fflush(stdout) == 0);
        len = getline(&line, &room, stdin);
        while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
            line[--len] = '\0';
        if (len < 0 || (len == 0 && terminal))
            break;
        if (len == 0)
            continue;
        if (!terminal && !ctl->json)
            print_line(who, line);
        status = say(ctl, exchange, (struct view){line, (size_t)len});
    }
    if (terminal && len < 0)
        (void)fputs("\n", stdout);
    free(line);
    return status;
}

int ctl_chat(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    struct exchange exchange;
    int status = exchange_open(&exchange, ctl, &session);
    if (status)
        return status;
    if (exchange.timeout_ms == 0)
        return ctl_usage(ctl, "--timeout must be 1 second or more: a conversation waits for its answers");
    if (!lock_held(session.settings->database, NULL))
        return ctl_refuse("no daemon runs on %s; start: kabard -c %s", session.settings->database, ctl->config);
    return converse(ctl, &exchange);
}
