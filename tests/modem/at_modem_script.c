/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The control commands: a table, one function each. */
#include "at_modem_script.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { FOREVER = 1 << 30, GARBAGE_MAX = 4096, SUBMIT_PORT_MAX = 65535 };

const char *fault_kind_to_string(enum fault_kind kind)
{
    static const char *names[FAULT_KINDS] = {"delay", "fail", "cme", "lose", "drop"};
    return kind < FAULT_KINDS ? names[kind] : "?";
}

bool fault_take(struct at_modem *m, enum fault_kind kind, const char *command, int *ret_value)
{
    for (int i = 0; i < FAULTS_MAX; i++) {
        struct fault *fault = &m->faults[i];
        if (fault->times <= 0 || fault->kind != kind || strcmp(fault->command, command) != 0)
            continue;
        if (fault->times != FOREVER)
            fault->times--;
        *ret_value = fault->value;
        event(m, "fault %s %s %d left=%d", fault_kind_to_string(kind), command, fault->value,
              fault->times == FOREVER ? -1 : fault->times);
        return true;
    }
    return false;
}

void fault_cure(struct at_modem *m, enum cure cure)
{
    for (int i = 0; i < FAULTS_MAX; i++)
        if (m->faults[i].until && m->faults[i].until <= cure)
            m->faults[i].times = 0;
    if (cure == CURE_POWER || (m->line.silent_until && m->line.silent_until <= cure))
        m->line.silent = false;
}

bool word_until(struct view word, enum cure *ret_until)
{
    static const char *const names[] = {"", "close", "reset", "power"};
    struct view value;
    if (!word_option(word, "until", &value))
        return false;
    for (int i = CURE_CLOSE; i <= CURE_POWER; i++)
        if (view_is(value, names[i])) {
            *ret_until = (enum cure)i;
            return true;
        }
    return false;
}

bool word_next(struct view *args, struct view *ret_word)
{
    while (args->len && *args->at == ' ')
        *args = (struct view){args->at + 1, args->len - 1};
    size_t n = 0;
    while (n < args->len && args->at[n] != ' ')
        n++;
    *ret_word = (struct view){args->at, n};
    *args = (struct view){args->at + n, args->len - n};
    return n > 0;
}

bool word_option(struct view word, const char *name, struct view *ret_value)
{
    size_t n = strlen(name);
    if (word.len <= n || memcmp(word.at, name, n) != 0 || word.at[n] != '=')
        return false;
    *ret_value = (struct view){word.at + n + 1, word.len - n - 1};
    return true;
}

int number_next(struct view *args, int64_t low, int64_t high, int64_t *ret_number, struct error *error)
{
    struct view word;
    if (!word_next(args, &word))
        return error_set(error, -EINVAL, "a number is missing");
    if (number_of(word, ret_number) < 0 || *ret_number < low || *ret_number > high)
        return error_set(error, -EINVAL, "%.*s is not a number from %lld to %lld", (int)word.len, word.at,
                         (long long)low, (long long)high);
    return 0;
}

int text_next(struct view *args, char *ret_text, size_t size, struct error *error)
{
    struct view word;
    if (!word_next(args, &word) || word.len >= size)
        return error_set(error, -EINVAL, "a word of at most %zu bytes is needed", size - 1);
    (void)snprintf(ret_text, size, "%.*s", (int)word.len, word.at);
    return 0;
}

int switch_next(struct view *args, bool *ret_on, struct error *error)
{
    struct view word;
    if (!word_next(args, &word) || (!view_is(word, "on") && !view_is(word, "off")))
        return error_set(error, -EINVAL, "on or off is needed");
    *ret_on = view_is(word, "on");
    return 0;
}

/* Takes the escapes \n, \r, \t and \\ out of what is left of the line. */
static void unescape(struct view text, struct buf *ret_text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == '\\' && i + 1 < text.len) {
            char next = text.at[++i];
            c = (char)(next == 'n' ? '\n' : next == 'r' ? '\r' : next == 't' ? '\t' : next);
        }
        buf_add(ret_text, (struct view){&c, 1});
    }
}

static int sms_option(struct view word, struct sms_deliver *sms, bool *forced, struct error *error)
{
    struct view value;
    int64_t number = 0;
    struct sms_body *body = &sms->body;
    if (word_option(word, "at", &value)) {
        char text[40];
        (void)snprintf(text, sizeof text, "%.*s", (int)value.len, value.at);
        return time_parse(text, &sms->sent_ms) == 0 ? 1
                                                    : error_set(error, -EINVAL, "at=%s is not an RFC 3339 time", text);
    }
    if (word_option(word, "dcs", &value)) {
        *forced = true;
        body->alphabet = view_is(value, "8bit") ? SMS_8BIT : view_is(value, "ucs2") ? SMS_UCS2 : SMS_GSM7;
        return body->alphabet || view_is(value, "7bit") ? 1 : error_set(error, -EINVAL, "dcs is 7bit, 8bit or ucs2");
    }
    const struct {
        const char *name;
        int *place, low, high;
    } numbers[] = {{"ref", &body->ref, 0, 255},           {"ref16", &body->ref, 0, 65535},
                   {"total", &body->total, 0, 255},       {"seq", &body->seq, 0, 255},
                   {"class", &body->message_class, 0, 3}, {"port", &body->port, 0, SUBMIT_PORT_MAX}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (!word_option(word, numbers[i].name, &value))
            continue;
        if (number_of(value, &number) < 0 || number < numbers[i].low || number > numbers[i].high)
            return error_set(error, -EINVAL, "%s is from %d to %d", numbers[i].name, numbers[i].low, numbers[i].high);
        *numbers[i].place = (int)number;
        body->ref16 = body->ref16 || i == 1;
        return 1;
    }
    return 0;
}

/* Gives text to the SMSC, in as many parts as it takes where no part was asked for. */
static int sms_give(struct at_modem *m, struct sms_deliver *sms, struct view text, struct error *error)
{
    size_t fit = sms_body_fit(&sms->body, text);
    bool split = fit < text.len && sms->body.ref < 0;
    if (split) {
        sms->body.ref = m->network.next_ref++ % 256;
        size_t left = text.len;
        for (sms->body.total = 0; left; sms->body.total++)
            left -= sms_body_fit(&sms->body, (struct view){text.at + text.len - left, left});
    }
    do {
        struct pdu pdu;
        fit = split ? sms_body_fit(&sms->body, text) : text.len;
        if (fit >= PDU_TEXT)
            return error_set(error, -EMSGSIZE, "%zu bytes do not fit into one SMS", fit);
        memcpy(sms->body.text, text.at, fit);
        sms->body.text[fit] = '\0';
        sms->body.len = fit;
        int status = pdu_of_deliver(sms, &pdu);
        if (status < 0)
            return error_set(error, status, "%s",
                             status == -EILSEQ     ? "a character is not in this alphabet (dcs=)"
                             : status == -EMSGSIZE ? "the text does not fit into one SMS"
                                                   : "the sender cannot be written into a PDU");
        network_give(m, &pdu)->deliver = *sms;
        text = (struct view){text.at + fit, text.len - fit};
        sms->body.seq++;
    } while (text.len);
    return 0;
}

static void given_said(struct at_modem *m, int before, struct buf *answer)
{
    buf_printf(answer, "ok id=%d", before + 1);
    if (m->network.n_given > before + 1)
        buf_printf(answer, "-%d", m->network.n_given);
    buf_puts(answer, "\n");
    network_pump(m);
}

static int run_sms(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    struct sms_deliver sms = {.zone_quarters = m->zone_quarters, .sent_ms = m->clock.wall_ms(m->clock.data)};
    bool forced = false;
    int status = text_next(&args, sms.from, sizeof sms.from, error), before = m->network.n_given;
    sms.body = sms_body_empty();
    while (status >= 0) {
        struct view rest = args, word;
        if (!word_next(&rest, &word) || (status = sms_option(word, &sms, &forced, error)) <= 0)
            break;
        args = rest;
    }
    if (status < 0)
        return status;
    if (args.len && *args.at == ' ')
        args = (struct view){args.at + 1, args.len - 1};
    struct buf text;
    buf_init(&text, 64 * 1024);
    unescape(args, &text);
    struct view plain = {text.text, text.len};
    unsigned char octets[PDU_TEXT];
    if (sms.body.alphabet == SMS_8BIT) {
        status = octets_of_hex(plain, octets, sizeof octets, &plain.len);
        plain.at = (const char *)octets;
        if (status < 0)
            (void)error_set(error, status, "8-bit text is given in hexadecimal");
    } else if (!forced && !sms_is_gsm7(plain)) {
        sms.body.alphabet = SMS_UCS2;
    }
    if (status >= 0)
        status = sms_give(m, &sms, plain, error);
    buf_deinit(&text);
    if (status >= 0)
        given_said(m, before, answer);
    return status;
}

static int run_pdu(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    struct view word;
    struct pdu pdu;
    int before = m->network.n_given;
    if (!word_next(&args, &word) || octets_of_hex(word, pdu.octets, sizeof pdu.octets, &pdu.len) < 0)
        return error_set(error, -EINVAL, "a TPDU of at most %d octets in hexadecimal is needed", PDU_MAX);
    network_give(m, &pdu);
    given_said(m, before, answer);
    return 0;
}

static int run_report(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    int64_t id, tp_st = -1;
    struct view word;
    int before = m->network.n_given;
    int status = number_next(&args, 1, m->network.n_taken, &id, error);
    if (status < 0)
        return status;
    if (!word_next(&args, &word))
        return error_set(error, -EINVAL, "delivered, failed, pending or a TP-Status is needed");
    if (view_is(word, "delivered"))
        tp_st = 0;
    else if (view_is(word, "pending"))
        tp_st = 0x20;
    else if (view_is(word, "failed"))
        tp_st = 0x46;
    else if (number_of(word, &tp_st) < 0 || tp_st < 0 || tp_st > 255)
        return error_set(error, -EINVAL, "TP-Status is from 0 to 255, TS 23.040 9.2.3.15");
    status = network_report(m, &m->network.taken[id - 1], (int)tp_st, error);
    if (status >= 0)
        given_said(m, before, answer);
    return status;
}

static int run_autoreport(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)answer;
    int status = switch_next(&args, &m->network.autoreport, error);
    if (status == 0 && args.len)
        status = number_next(&args, 0, 86400000, &m->network.autoreport_ms, error);
    return status;
}

static int run_capacity(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)answer;
    struct view word;
    int64_t places;
    if (!word_next(&args, &word) || (!view_is(word, "SM") && !view_is(word, "ME")))
        return error_set(error, -EINVAL, "SM or ME is needed");
    int status = number_next(&args, 0, STORE_MAX, &places, error);
    if (status < 0)
        return status;
    struct store *store = &m->network.stores[view_is(word, "SM") ? STORE_SM : STORE_ME];
    for (int i = (int)places + 1; i <= store->capacity; i++)
        if (store_slot(store, i)->used)
            return error_set(error, -EBUSY, "place %d is used: delete it first", i);
    store->capacity = (int)places;
    network_pump(m);
    return 0;
}

static int fault_add(struct at_modem *m, enum fault_kind kind, struct view args, bool valued, struct error *error)
{
    struct view word, value;
    struct fault fault = {.kind = kind, .times = kind == FAULT_DELAY ? FOREVER : 1};
    int64_t number = 0;
    int status = text_next(&args, fault.command, sizeof fault.command, error);
    if (status == 0 && valued)
        status = number_next(&args, 0, 86400000, &number, error);
    if (status < 0)
        return status;
    fault.value = (int)number;
    while (word_next(&args, &word)) {
        if (word_until(word, &fault.until)) {
            fault.times = FOREVER;
            continue;
        }
        if (!word_option(word, "times", &value) || number_of(value, &number) < 0 || number < 1 || number > 1000000)
            return error_set(error, -EINVAL, "times=N or until=close|reset|power is needed instead of %.*s",
                             (int)word.len, word.at);
        fault.times = (int)number;
    }
    for (int i = 0; i < FAULTS_MAX; i++)
        if (m->faults[i].times <= 0 ||
            (kind == FAULT_DELAY && m->faults[i].kind == kind && strcmp(m->faults[i].command, fault.command) == 0)) {
            m->faults[i] = fault;
            if (kind == FAULT_DELAY && fault.value == 0)
                m->faults[i].times = 0;
            return 0;
        }
    return error_set(error, -ENOSPC, "%d faults are waiting already", FAULTS_MAX);
}

static int run_delay(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)answer;
    return fault_add(m, FAULT_DELAY, args, true, error);
}

static int run_fail(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)answer;
    return fault_add(m, FAULT_CMS, args, true, error);
}

static int run_cme(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)answer;
    return fault_add(m, FAULT_CME, args, true, error);
}

static int run_lose(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)answer;
    return fault_add(m, FAULT_LOSE, args, false, error);
}

static int run_drop(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)answer;
    return fault_add(m, FAULT_DROP, args, false, error);
}

static int run_clear(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)args;
    (void)answer;
    (void)error;
    memset(m->faults, 0, sizeof m->faults);
    m->half_line = false;
    return 0;
}

static int run_garbage(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)answer;
    int64_t n;
    char bytes[GARBAGE_MAX];
    int status = number_next(&args, 1, GARBAGE_MAX, &n, error);
    for (int64_t i = 0; status == 0 && i < n; i++)
        bytes[i] = (char)random_next(m);
    if (status == 0)
        line_send(m, (struct view){bytes, (size_t)n});
    return status;
}

const char *lie_of(const struct at_modem *m, const char *command)
{
    for (int i = 0; i < LIES_MAX; i++)
        if (strcmp(m->lies[i].command, command) == 0)
            return m->lies[i].text;
    return NULL;
}

static int run_answer(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)answer;
    char command[sizeof m->lies->command];
    struct buf text;
    int status = text_next(&args, command, sizeof command, error), i = 0;
    if (status < 0)
        return status;
    while (i < LIES_MAX && strcmp(m->lies[i].command, command) != 0)
        i++;
    for (int j = 0; i == LIES_MAX && j < LIES_MAX; j++)
        i = m->lies[j].command[0] ? i : j;
    if (i == LIES_MAX)
        return error_set(error, -ENOSPC, "%d answers are set already", LIES_MAX);
    buf_init(&text, LIE_BYTES);
    unescape(args.len ? (struct view){args.at + 1, args.len - 1} : args, &text);
    m->lies[i] = (struct lie){.command = ""};
    if (strcmp(text.text, "off") != 0) {
        memcpy(m->lies[i].command, command, sizeof command);
        (void)snprintf(m->lies[i].text, sizeof m->lies[i].text, "%s", text.text);
    }
    buf_deinit(&text);
    return 0;
}

static int run_say(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)answer;
    (void)error;
    struct buf text;
    buf_init(&text, LINE_MAX_BYTES);
    unescape(args.len ? (struct view){args.at + 1, args.len - 1} : args, &text);
    buf_puts(&text, "\r\n");
    line_send(m, (struct view){"\r\n", 2});
    line_send(m, (struct view){text.text, text.len});
    buf_deinit(&text);
    return 0;
}

static int run_tail(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)answer;
    (void)error;
    (void)snprintf(m->tail, sizeof m->tail, "%.*s", args.len ? (int)args.len - 1 : 0, args.len ? args.at + 1 : "");
    return 0;
}

/* Copies of what was sent, as a phone leaves them on a SIM. */
static int run_copies(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    enum { SENT = 3 };
    (void)answer;
    static const char submit[] = "11000C912618320000100000AA04EC703B0C";
    struct store *store = &m->network.stores[STORE_SM];
    int64_t n;
    int status = number_next(&args, 1, STORE_MAX, &n, error);
    for (int i = 1; status == 0 && n > 0 && i <= store->capacity; i++) {
        struct slot *slot = store_slot(store, i);
        if (slot->used)
            continue;
        *slot = (struct slot){.used = true, .stat = SENT};
        status = octets_of_hex(view_of(submit), slot->pdu.octets, sizeof slot->pdu.octets, &slot->pdu.len);
        n--;
    }
    return status;
}

static int run_listen(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)m;
    (void)args;
    (void)answer;
    return error_set(error, -EINVAL, "listen is for a connection");
}

static int run_help(struct at_modem *m, struct view args, struct buf *answer, struct error *error);

static const struct {
    const char *name, *usage, *help;
    script_command *run;
} commands[] = {
    {"sms", "FROM [at=RFC3339] [ref=N|ref16=N total=N seq=N] [dcs=7bit|8bit|ucs2] [class=N] [port=N] TEXT",
     "an SMS for the modem; \\n is a line end, 8-bit text is hexadecimal, a long one goes in parts", run_sms},
    {"pdu", "HEX", "the same as a raw TPDU, whatever is in it", run_pdu},
    {"report", "ID delivered|failed|pending|TP-ST", "the status report of a submitted SMS", run_report},
    {"autoreport", "on|off [MS]", "\"delivered\" for each SMS that asks for a report, after MS", run_autoreport},
    {"capacity", "SM|ME N", "places of a memory; the SMSC keeps the rest", run_capacity},
    {"interval", "MS", "between two deliveries of the SMSC", run_interval},
    {"hold", "on|off", "the SMSC gives nothing, though the modem is registered", run_hold},
    {"delay", "CMD MS [times=N|until=close|reset|power]", "the answer of AT+CMD comes later; 0 ends it", run_delay},
    {"fail", "CMD CODE [times=N|until=close|reset|power]",
     "AT+CMD is refused with +CMS ERROR: CODE; 9999: without a number", run_fail},
    {"cme", "CMD CODE [times=N|until=close|reset|power]", "AT+CMD is refused with +CME ERROR: CODE", run_cme},
    {"lose", "CMD [times=N|until=close|reset|power]", "AT+CMD is done, its answer never comes", run_lose},
    {"drop", "CMD [times=N|until=close|reset|power]", "AT+CMD is not done and not answered", run_drop},
    {"answer", "CMD [TEXT|off]", "AT+CMD does nothing and says TEXT (\\r\\n ends a line) and OK", run_answer},
    {"say", "TEXT", "a line out of the port, whatever it is", run_say},
    {"tail", "[TEXT]", "what stands behind the number in +CMGS", run_tail},
    {"copies", "N", "N places of the SIM hold copies of what was sent", run_copies},
    {"faults", "", "the faults that wait", run_faults},
    {"clear", "", "no more faults", run_clear},
    {"garbage", "N", "N random bytes come out of the port", run_garbage},
    {"halfline", "", "the second half of the next answer is lost", run_halfline},
    {"silent", "on|off [until=close|reset|power]", "deaf and dumb; losing power always ends it", run_silent},
    {"hang", "MS", "frozen: what is written to it waits", run_hang},
    {"register", "on|off|searching|denied|roaming", "the network", run_register},
    {"signal", "0-31|99", "AT+CSQ", run_signal},
    {"unplug", "", "power and port are gone", run_unplug},
    {"plug", "[NAME]", "back again, as another link where one is given", run_plug},
    {"pin", "CODE|off", "the SIM asks for a PIN, at once", run_pin},
    {"imsi", "DIGITS", "another SIM", run_imsi},
    {"imei", "DIGITS", "another modem", run_imei},
    {"ussd", "CODE TEXT", "the answer to AT+CUSD=1,\"CODE\"", run_ussd},
    {"status", "", "the modem in one line", run_status},
    {"inbox", "", "what SM and ME hold", run_inbox},
    {"ledger", "", "every SMS ever given to the modem or taken from it, and its fate", run_ledger},
    {"listen", "", "this connection gets the events from now on", run_listen},
    {"help", "", "this list", run_help},
    {"quit", "", "the end", run_quit},
};

enum { N_COMMANDS = sizeof commands / sizeof *commands };

static int run_help(struct at_modem *m, struct view args, struct buf *answer, struct error *error)
{
    (void)m;
    (void)args;
    (void)error;
    for (size_t i = 0; i < N_COMMANDS; i++)
        buf_printf(answer, "%s %s\n    %s\n", commands[i].name, commands[i].usage, commands[i].help);
    buf_puts(answer, "ok\n");
    return 0;
}

void script_help(FILE *out)
{
    for (size_t i = 0; i < N_COMMANDS; i++)
        fprintf(out, "  %s %s\n        %s\n", commands[i].name, commands[i].usage, commands[i].help);
}

void script_run(struct at_modem *m, struct view command, struct buf *answer)
{
    struct view word;
    struct error error = {""};
    if (!word_next(&command, &word) || *word.at == '#')
        return;
    for (size_t i = 0; i < N_COMMANDS; i++) {
        if (!view_is(word, commands[i].name))
            continue;
        size_t before = answer->len;
        if (commands[i].run(m, command, answer, &error) < 0)
            buf_printf(answer, "error %s: %s\n", commands[i].name, error.text);
        else if (answer->len == before)
            buf_puts(answer, "ok\n");
        return;
    }
    buf_printf(answer, "error %.*s is not a command: see help\n", (int)word.len, word.at);
}
