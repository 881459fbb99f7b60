/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "at_modem.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <strings.h>

enum { CTRL_Z = 0x1a, ESC = 0x1b, CME_PIN_REQUIRED = 11, CMS_PIN_REQUIRED = 311 };

static void at_run(struct at_modem *m);

static const struct at_settings fresh = {
    .echo = true,
    .cfun = 1,
    .charset = "GSM",
    .memory = {STORE_SM, STORE_SM, STORE_SM},
};

void at_init(struct at_modem *m)
{
    buf_init(&m->at.in, OUT_MAX_BYTES);
    buf_init(&m->at.line, LINE_MAX_BYTES);
    buf_init(&m->at.answer, OUT_MAX_BYTES);
    buf_init(&m->at.echo, OUT_MAX_BYTES);
    buf_init(&m->at.waiting, OUT_MAX_BYTES);
}

void at_deinit(struct at_modem *m)
{
    buf_deinit(&m->at.in);
    buf_deinit(&m->at.line);
    buf_deinit(&m->at.answer);
    buf_deinit(&m->at.echo);
    buf_deinit(&m->at.waiting);
}

bool at_radio(const struct at_modem *m)
{
    return m->line.master >= 0 && m->at.set.booted && m->at.set.cfun == 1 && m->at.set.pin_done;
}

static void at_booted(void *data, short events)
{
    (void)events;
    struct at_modem *m = data;
    m->at.set.booted = true;
    network_register(m, m->network.registration);
}

void at_reset(struct at_modem *m)
{
    struct at *at = &m->at;
    network_answer_lost(m);
    buf_clear(&at->in);
    buf_clear(&at->line);
    buf_clear(&at->answer);
    buf_clear(&at->echo);
    buf_clear(&at->waiting);
    loop_timer_clear(m->loop, &at->delay);
    loop_timer_clear(m->loop, &at->boot);
    at->state = AT_IDLE;
    at->reset_due = false;
    at->set = fresh;
    at->set.pin_done = !*m->pin;
    for (int i = 0; i < 3 && m->network.stores[STORE_SM].capacity == 0; i++)
        at->set.memory[i] = STORE_ME;
    if (m->network.routed)
        network_acknowledge(m, false);
    if (m->line.master >= 0)
        loop_timer_set(m->loop, &at->boot, m->boot_ms, at_booted, m);
}

void at_say(struct at_modem *m, const char *format, ...)
{
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    buf_puts(&m->at.answer, "\r\n");
    buf_puts(&m->at.answer, line);
}

static void send_waiting(struct at_modem *m)
{
    line_send(m, (struct view){m->at.waiting.text, m->at.waiting.len});
    buf_clear(&m->at.waiting);
}

void at_unsolicited(struct at_modem *m, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    buf_printf(&m->at.waiting, "\r\n%s\r\n", text);
    if (m->at.state == AT_IDLE && m->at.line.len == 0)
        send_waiting(m);
}

static void send_echo(struct at_modem *m)
{
    line_send(m, (struct view){m->at.echo.text, m->at.echo.len});
    buf_clear(&m->at.echo);
}

/* The finished answer goes out, or half of it; a prompt is never cut. */
static void answer_send(struct at_modem *m, bool ask)
{
    struct buf *answer = &m->at.answer;
    send_echo(m);
    bool half = m->half_line && !ask;
    if (!m->line.open || m->line.silent || half)
        network_answer_lost(m);
    m->line.taken = m->at.taken;
    m->at.taken = 0;
    line_send(m, (struct view){answer->text, half ? answer->len / 2 : answer->len});
    m->half_line = m->half_line && ask;
    buf_clear(answer);
    m->at.state = ask ? AT_PROMPT : AT_IDLE;
    if (m->at.reset_due) {
        fault_cure(m, CURE_RESET);
        at_reset(m);
    }
    if (!ask)
        send_waiting(m);
    network_pump(m);
}

static void answer_delayed(void *data, short events)
{
    (void)events;
    struct at_modem *m = data;
    answer_send(m, false);
    at_run(m);
}

static void answer_end(struct at_modem *m, struct at_result result)
{
    struct buf *answer = &m->at.answer;
    switch (result.end) {
    case AT_OK:
        buf_puts(answer, answer->len ? "\r\n\r\nOK\r\n" : "\r\nOK\r\n");
        return;
    case AT_CME:
        if (m->at.set.cmee) {
            buf_printf(answer, "\r\n+CME ERROR: %d\r\n", result.code);
            return;
        }
        break;
    case AT_CMS:
        buf_puts(answer, "\r\n+CMS ERROR");
        if (result.code != CMS_UNNUMBERED)
            buf_printf(answer, ": %d", result.code);
        buf_puts(answer, "\r\n");
        return;
    case AT_ERROR:
        break;
    case AT_ASK:
        buf_clear(answer);
        buf_puts(answer, "\r\n> ");
        return;
    case AT_NO_ANSWER:
        buf_clear(answer);
        return;
    }
    buf_puts(answer, "\r\nERROR\r\n");
}

static void command_end(struct at_modem *m, struct at_result result)
{
    int ms;
    if (result.end == AT_ASK) {
        answer_end(m, result);
        answer_send(m, true);
        return;
    }
    if (result.end != AT_NO_ANSWER && fault_take(m, FAULT_LOSE, m->at.command, &ms)) {
        network_answer_lost(m);
        result.end = AT_NO_ANSWER;
    }
    answer_end(m, result);
    if (fault_take(m, FAULT_DELAY, m->at.command, &ms)) {
        send_echo(m);
        m->at.state = AT_BUSY;
        loop_timer_set(m->loop, &m->at.delay, ms, answer_delayed, m);
    } else {
        answer_send(m, false);
    }
}

bool at_argument(struct view *args, struct view *ret_argument)
{
    if (!args->at)
        return false;
    size_t i = 0;
    for (bool quoted = false; i < args->len && (quoted || args->at[i] != ','); i++)
        if (args->at[i] == '"')
            quoted = !quoted;
    struct view argument = {args->at, i};
    *args = i < args->len ? (struct view){args->at + i + 1, args->len - i - 1} : (struct view){NULL, 0};
    while (argument.len && *argument.at == ' ')
        argument = (struct view){argument.at + 1, argument.len - 1};
    if (argument.len >= 2 && *argument.at == '"' && argument.at[argument.len - 1] == '"')
        argument = (struct view){argument.at + 1, argument.len - 2};
    *ret_argument = argument;
    return true;
}

int at_number(struct view *args, int absent, int *ret_number)
{
    struct view argument;
    int64_t number;
    if (!at_argument(args, &argument) || argument.len == 0) {
        *ret_number = absent;
        return 0;
    }
    if (number_of(argument, &number) < 0 || number < 0 || number > 100000)
        return -EINVAL;
    *ret_number = (int)number;
    return 0;
}

/* Runs one command, faults included; the handler is only asked where none of them comes first. */
static struct at_result command_run(struct at_modem *m, const struct at_command *command, enum at_form form,
                                    struct view args)
{
    int code;
    (void)snprintf(m->at.command, sizeof m->at.command, "%s", command->name);
    if (command->needs_pin && !m->at.set.pin_done && form != AT_TEST)
        return command->prompts || strncmp(command->name, "CMG", 3) == 0 ? (struct at_result){AT_CMS, CMS_PIN_REQUIRED}
                                                                         : (struct at_result){AT_CME, CME_PIN_REQUIRED};
    if (!command->prompts || form != AT_SET) {
        if (fault_take(m, FAULT_CMS, command->name, &code))
            return (struct at_result){AT_CMS, code};
        if (fault_take(m, FAULT_CME, command->name, &code))
            return (struct at_result){AT_CME, code};
        if (fault_take(m, FAULT_DROP, command->name, &code))
            return (struct at_result){AT_NO_ANSWER, 0};
    }
    const char *lie = lie_of(m, command->name);
    if (lie && form != AT_TEST) {
        if (*lie)
            buf_printf(&m->at.answer, "\r\n%s", lie);
        return (struct at_result){AT_OK, 0};
    }
    return command->handler(m, form, args);
}

static const struct at_command *command_find(struct view name)
{
    const struct at_command *tables[] = {at_sms_commands, at_gsm_commands};
    for (size_t i = 0; i < 2; i++)
        for (const struct at_command *c = tables[i]; c->name; c++)
            if (strlen(c->name) == name.len && strncasecmp(c->name, name.at, name.len) == 0)
                return c;
    return NULL;
}

/* "+CMGS=23", "+CSCS?", "+CNMI=?", "+CBC" */
static struct at_result extended_run(struct at_modem *m, struct view text)
{
    size_t n = 1;
    while (n < text.len && isalnum((unsigned char)text.at[n]))
        n++;
    struct view name = {text.at + 1, n - 1}, rest = {text.at + n, text.len - n};
    const struct at_command *command = *text.at == '+' ? command_find(name) : NULL;
    if (!command)
        return (struct at_result){AT_ERROR, 0};
    if (rest.len == 0)
        return command_run(m, command, AT_EXECUTE, (struct view){NULL, 0});
    if (view_is(rest, "?"))
        return command_run(m, command, AT_READ, rest);
    if (view_is(rest, "=?"))
        return command_run(m, command, AT_TEST, rest);
    if (*rest.at != '=')
        return (struct at_result){AT_ERROR, 0};
    return command_run(m, command, AT_SET, (struct view){rest.at + 1, rest.len - 1});
}

/* V.250's own: E, Z, &F, I, S3=13 …, one after the other. */
static struct at_result basic_run(struct at_modem *m, struct view text)
{
    for (size_t i = 0; i < text.len;) {
        bool ampersand = text.at[i] == '&';
        i += ampersand;
        char letter = i < text.len ? (char)toupper((unsigned char)text.at[i++]) : '\0';
        size_t digits = i;
        while (i < text.len && isdigit((unsigned char)text.at[i]))
            i++;
        bool off = i == digits || text.at[digits] == '0';
        if (letter == 'S')
            while (i < text.len && (strchr("=?", text.at[i]) || isdigit((unsigned char)text.at[i])))
                i++;
        if (letter == 'E')
            m->at.set.echo = !off;
        else if (letter == 'I' && off)
            at_say(m, "KABAR\r\nAT-MODEM\r\nREVISION 1");
        else if (letter == 'Z' || (letter == 'F' && ampersand))
            m->at.set.echo = true;
        else if (!letter || !strchr("VQXSHCDWLMTP", letter))
            return (struct at_result){AT_ERROR, 0};
    }
    return (struct at_result){AT_OK, 0};
}

/* The commands between "AT" and CR, separated by ';' (V.250 5.2.1). */
static void line_run(struct at_modem *m, struct view text)
{
    struct at_result result = {AT_OK, 0};
    (void)snprintf(m->at.command, sizeof m->at.command, "AT");
    while (text.len && result.end == AT_OK) {
        bool extended = strchr("+^$*#%", *text.at), quoted = false;
        size_t n = 0;
        for (; n < text.len && (quoted || text.at[n] != ';'); n++)
            if (text.at[n] == '"')
                quoted = !quoted;
        struct view one = {text.at, n};
        text = n < text.len ? (struct view){text.at + n + 1, text.len - n - 1} : (struct view){NULL, 0};
        result = extended ? extended_run(m, one) : basic_run(m, one);
    }
    command_end(m, result);
}

static void line_end(struct at_modem *m)
{
    struct buf *line = &m->at.line;
    size_t at = 0;
    while (at + 2 <= line->len && strncasecmp(line->text + at, "AT", 2) != 0)
        at++;
    if (at + 2 > line->len) {
        buf_clear(line);
        send_waiting(m);
        return;
    }
    struct view command = {line->text + at + 2, line->len - at - 2};
    if (m->verbose)
        event(m, "at %.*s", (int)command.len, command.at);
    line_run(m, command);
    buf_clear(line);
    if (m->at.state == AT_IDLE)
        send_waiting(m);
}

static void prompt_take(struct at_modem *m, char c)
{
    struct buf *line = &m->at.line;
    if (c == ESC) {
        buf_clear(line);
        m->at.state = AT_IDLE;
        command_end(m, (struct at_result){AT_OK, 0});
    } else if (c == CTRL_Z) {
        m->at.state = AT_IDLE;
        struct at_result result = at_prompt_end(m, (struct view){line->text, line->len});
        buf_clear(line);
        command_end(m, result);
    } else if (c != '\r' && c != '\n') {
        buf_add(line, (struct view){&c, 1});
    }
}

static void character_take(struct at_modem *m, char c)
{
    struct buf *line = &m->at.line;
    bool prompt = m->at.state == AT_PROMPT;
    if (m->at.set.echo && c != ESC && c != CTRL_Z)
        buf_add(&m->at.echo, (struct view){&c, 1});
    if (prompt) {
        prompt_take(m, c);
    } else if (c == '\r') {
        line_end(m);
    } else if (c == ESC) {
        buf_clear(line);
    } else if (c == '\b' && line->len) {
        line->text[--line->len] = '\0';
    } else if (c >= ' ') {
        buf_add(line, (struct view){&c, 1});
    }
}

static void at_run(struct at_modem *m)
{
    struct buf *in = &m->at.in;
    while (m->at.state != AT_BUSY && in->len) {
        char c = in->text[0];
        memmove(in->text, in->text + 1, in->len);
        in->len--;
        character_take(m, c);
    }
    send_echo(m);
}

void at_feed(struct at_modem *m, struct view bytes)
{
    buf_add(&m->at.in, bytes);
    if (m->at.state != AT_BUSY)
        at_run(m);
}

void at_quote(const struct at_modem *m, const char *text, struct buf *ret_text)
{
    buf_puts(ret_text, "\"");
    if (strcmp(m->at.set.charset, "UCS2") == 0)
        for (const char *c = text; *c; c++)
            buf_printf(ret_text, "%04X", (unsigned char)*c);
    else
        buf_puts(ret_text, text);
    buf_puts(ret_text, "\"");
}
