/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Control commands about the port, the radio and the SIM, and those that only look. */
#include <errno.h>
#include <string.h>

#include "at_modem_script.h"

enum { HANG_MAX_MS = 3600000, FOREVER = 1 << 30 };

int run_halfline(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)args;
    (void)answer;
    (void)error;
    m->half_line = true;
    return 0;
}

int run_silent(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)answer;
    struct view word;
    enum cure until = CURE_NONE;
    bool on;
    int status = switch_next(&args, &on, error);
    if (status == 0 && word_next(&args, &word) && !word_until(word, &until))
        status = error_set(error, -EINVAL, "until=close|reset|power is needed instead of %.*s", (int)word.len, word.at);
    if (status < 0)
        return status;
    m->line.silent = on;
    m->line.silent_until = until;
    return 0;
}

int run_hold(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)answer;
    int status = switch_next(&args, &m->network.hold, error);
    network_pump(m);
    return status;
}

int run_hang(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)answer;
    int64_t ms;
    int status = number_next(&args, 0, HANG_MAX_MS, &ms, error);
    if (status == 0)
        line_hang(m, ms);
    return status;
}

int run_unplug(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)args;
    (void)answer;
    if (m->line.master < 0)
        return error_set(error, -EALREADY, "it is unplugged already");
    line_unplug(m);
    return 0;
}

/* A name without a folder stays in the folder of the link before. */
int run_plug(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)answer;
    struct view word;
    if (m->line.master >= 0)
        return error_set(error, -EALREADY, "it is plugged in already");
    if (word_next(&args, &word)) {
        const char *slash = *word.at == '/' ? NULL : strrchr(m->line.link, '/');
        size_t folder = slash ? (size_t)(slash - m->line.link) + 1 : 0;
        if (folder + word.len >= sizeof m->line.link)
            return error_set(error, -ENAMETOOLONG, "the name is too long");
        memcpy(m->line.link + folder, word.at, word.len);
        m->line.link[folder + word.len] = '\0';
    }
    return line_plug(m, error);
}

int run_register(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)answer;
    static const struct {
        const char *name;
        int value; /* TS 27.007 7.2 */
    } states[] = {{"off", 0}, {"on", 1}, {"searching", 2}, {"denied", 3}, {"roaming", 5}};
    struct view word;
    if (word_next(&args, &word))
        for (size_t i = 0; i < sizeof states / sizeof *states; i++)
            if (view_is(word, states[i].name)) {
                network_register(m, states[i].value);
                return 0;
            }
    return error_set(error, -EINVAL, "on, off, searching, denied or roaming is needed");
}

int run_signal(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)answer;
    int64_t signal;
    int status = number_next(&args, 0, 99, &signal, error);
    if (status == 0)
        m->network.signal = (int)signal;
    return status;
}

int run_interval(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)answer;
    return number_next(&args, 0, HANG_MAX_MS, &m->network.interval_ms, error);
}

int run_pin(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)answer;
    int status = text_next(&args, m->pin, sizeof m->pin, error);
    if (status < 0)
        return status;
    if (strcmp(m->pin, "off") == 0)
        *m->pin = '\0';
    m->pin_tries = 3;
    m->at.set.pin_done = !*m->pin;
    network_pump(m);
    return 0;
}

int run_imsi(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)answer;
    return text_next(&args, m->imsi, sizeof m->imsi, error);
}

int run_imei(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)answer;
    return text_next(&args, m->imei, sizeof m->imei, error);
}

int run_ussd(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)answer;
    struct ussd ussd;
    int status = text_next(&args, ussd.code, sizeof ussd.code, error), i = 0;
    if (status < 0)
        return status;
    (void)snprintf(ussd.text, sizeof ussd.text, "%.*s", (int)(args.len ? args.len - 1 : 0), args.at + (args.len != 0));
    while (i < m->n_ussd && strcmp(m->ussd[i].code, ussd.code) != 0)
        i++;
    if (i == USSD_MAX)
        return error_set(error, -ENOSPC, "%d codes are set already", USSD_MAX);
    m->ussd[i] = ussd;
    m->n_ussd += i == m->n_ussd;
    return 0;
}

int run_status(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)args;
    (void)error;
    int waiting = 0;
    for (int i = 0; i < m->network.n_given; i++)
        waiting += m->network.given[i].fate == GIVEN_WAITING;
    const struct store *stores = m->network.stores;
    buf_printf(
        answer,
        "ok plugged=%d link=%s slave=%s open=%d silent=%d hung=%d radio=%d registration=%d signal=%d pin_tries=%d "
        "SM=%d/%d ME=%d/%d waiting=%d given=%d taken=%d cnmi=%d,%d,%d,%d,%d\n",
        m->line.master >= 0, m->line.link, m->line.slave, m->line.open, m->line.silent, m->line.hung, at_radio(m),
        m->network.registration, m->network.signal, m->pin_tries, store_used(&stores[STORE_SM]),
        stores[STORE_SM].capacity, store_used(&stores[STORE_ME]), stores[STORE_ME].capacity, waiting,
        m->network.n_given, m->network.n_taken, m->at.set.cnmi[0], m->at.set.cnmi[1], m->at.set.cnmi[2],
        m->at.set.cnmi[3], m->at.set.cnmi[4]);
    return 0;
}

static void body_say(const struct sms_body *body, struct buf *answer)
{
    if (body->ref >= 0)
        buf_printf(answer, " ref=%d parts=%d/%d", body->ref, body->seq, body->total);
    buf_puts(answer, " text=");
    if (body->alphabet == SMS_8BIT) {
        char hex[2 * PDU_USER_OCTETS + 1];
        hex_of_octets(body->text, body->len < PDU_USER_OCTETS ? body->len : PDU_USER_OCTETS, hex);
        buf_json(answer, view_of(hex));
    } else {
        buf_json(answer, (struct view){(const char *)body->text, body->len});
    }
}

static void given_say(struct at_modem *m, const struct sms_given *given, struct buf *answer)
{
    char when[21];
    buf_printf(answer, "given id=%d fate=%s deliveries=%d reads=%d", given->id, given_fate_to_string(given->fate),
               given->deliveries, given->reads);
    if (given->memory)
        buf_printf(answer, " place=%s,%d", given->memory, given->index);
    if (given->report_of) {
        buf_printf(answer, " report-of=%d st=%d to=%s\n", given->report_of, given->tp_st,
                   m->network.taken[given->report_of - 1].submit.to);
        return;
    }
    time_format(given->deliver.sent_ms, when);
    buf_printf(answer, " from=%s at=%s", *given->deliver.from ? given->deliver.from : "?", when);
    body_say(&given->deliver.body, answer);
    buf_puts(answer, "\n");
}

int run_inbox(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)args;
    (void)error;
    for (int s = 0; s < STORES; s++)
        for (int i = 1; i <= m->network.stores[s].capacity; i++) {
            const struct slot *slot = store_slot(&m->network.stores[s], i);
            if (!slot->used)
                continue;
            buf_printf(answer, "%s %d stat=%d ", m->network.stores[s].name, i, slot->stat);
            if (slot->given)
                given_say(m, &m->network.given[slot->given - 1], answer);
            else
                buf_puts(answer, "written\n");
        }
    buf_puts(answer, "ok\n");
    return 0;
}

int run_ledger(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)args;
    (void)error;
    char when[21];
    for (int i = 0; i < m->network.n_given; i++)
        given_say(m, &m->network.given[i], answer);
    for (int i = 0; i < m->network.n_taken; i++) {
        const struct sms_taken *taken = &m->network.taken[i];
        time_format(taken->wall_ms, when);
        buf_printf(answer, "taken id=%d fate=%s to=%s at=%s tpmr=%d cause=%d reports=%d", taken->id,
                   taken_fate_to_string(taken->fate), taken->submit.to, when, taken->tp_mr, taken->cause,
                   taken->reports);
        body_say(&taken->submit.body, answer);
        buf_puts(answer, "\n");
    }
    buf_puts(answer, "ok\n");
    return 0;
}

int run_faults(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)args;
    (void)error;
    for (int i = 0; i < FAULTS_MAX; i++)
        if (m->faults[i].times > 0)
            buf_printf(answer, "%s %s %d times=%d\n", fault_kind_to_string(m->faults[i].kind), m->faults[i].command,
                       m->faults[i].value, m->faults[i].times == FOREVER ? -1 : m->faults[i].times);
    buf_puts(answer, "ok\n");
    return 0;
}

int run_quit(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)args;
    (void)answer;
    (void)error;
    m->quit = true;
    return 0;
}
