/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "modem/sieve.h"

#include <string.h>

#include "modem/pdu.h"
#include "parsers/view.h"

void sieve_init(struct sieve *sieve, const struct sieve_out *out, void *data)
{
    *sieve = (struct sieve){.out = out, .data = data};
}

static void pass(struct sieve *sieve, const char *text)
{
    sieve->out->pass(sieve->data, text, strlen(text));
}

static void refuse(struct sieve *sieve, const char *line, const char *why)
{
    sieve->out->refused(sieve->data, line, why);
}

static bool begins(const char *line, const char *word)
{
    return strncmp(line, word, strlen(word)) == 0;
}

/* A number and what follows it; -1 where there is none, it is negative or absurd. */
static int number_at(const char **text)
{
    int number = 0;
    *text += strspn(*text, " ");
    if (!is_digit(**text))
        return -1;
    for (; is_digit(**text); ++*text)
        number = number > SIEVE_PLACE_MAX ? number : number * 10 + (**text - '0');
    return number <= SIEVE_PLACE_MAX ? number : -1;
}

static bool is_hexadecimal(const char *line)
{
    size_t len = strspn(line, "0123456789ABCDEFabcdef");
    return len > 0 && len % 2 == 0 && line[len] == '\0';
}

static bool quotes_are_sound(const char *line)
{
    size_t len = 0;
    bool inside = false;
    for (; *line; line++) {
        len = inside ? len + 1 : 0;
        if (*line == '"')
            inside = !inside;
        if (len > SIEVE_QUOTED_MAX)
            return false;
    }
    return !inside;
}

/* What is wrong with a line that stands for itself; NULL nothing. */
static const char *fault_of(const struct sieve *sieve, const char *line)
{
    size_t len = strlen(line);
    bool named = *line && strchr("+^*#$%_&", *line);
    if (sieve->cut)
        return "it is longer than any answer";
    if (named && !quotes_are_sound(line))
        return "its quotes are not sound";
    if (named || sieve->listing || begins(line, "AT"))
        return NULL;
    if (len > SIEVE_DIGITS_MAX && strspn(line, "0123456789") == len)
        return "it is longer than any number of a modem or a SIM";
    return len > SIEVE_TEXT_MAX ? "it is longer than any name of a modem" : NULL;
}

/* Whether this listing has had the place before; what is beyond the bound is not remembered. */
static bool was_listed(struct sieve *sieve, int place)
{
    for (size_t i = 0; i < sieve->n_places; i++)
        if (sieve->places[i] == place)
            return true;
    if (sieve->n_places < SIEVE_PLACES_MAX)
        sieve->places[sieve->n_places++] = place;
    return false;
}

/* Returns whether it was one of those that tell of a message by its place, and the place cannot be, or was told of
 * already: libGammu looks for what comes after a place, and would find the same again without end. */
static bool place_is_absurd(struct sieve *sieve, const char *line)
{
    const char *at = NULL;
    bool listed = begins(line, "+CMGL:");
    if (listed)
        at = line + 6;
    else if (begins(line, "+CMTI:") || begins(line, "+CDSI:"))
        at = strchr(line, ',') ? strchr(line, ',') + 1 : "";
    int place = at ? number_at(&at) : 0;
    if (!at || (place >= 0 && !(listed && was_listed(sieve, place))))
        return false;
    sieve->skip = listed;
    refuse(sieve, line, place < 0 ? "no message can be at such a place" : "that place was listed before");
    return true;
}

static enum sieve_head head_of(const char *line)
{
    return begins(line, "+CMT:")    ? SIEVE_DELIVER
           : begins(line, "+CDS:")  ? SIEVE_REPORT
           : begins(line, "+CUSD:") ? SIEVE_USSD
                                    : SIEVE_NO_HEAD;
}

static bool is_final(const char *line)
{
    return strcmp(line, "OK") == 0 || strcmp(line, "ERROR") == 0 || begins(line, "+CMS ERROR") ||
           begins(line, "+CME ERROR");
}

/* What nobody asked for and nobody needs ("+CIEV: 2,3", "SMS Ready"): libGammu would keep it as the first line of the
 * next answer, and not know that one. Only where the echo of a command tells when an answer begins. */
static bool is_notice(const struct sieve *sieve, const char *line)
{
    return sieve->echoes && !sieve->answering && !begins(line, "AT") && !is_final(line) &&
           head_of(line) == SIEVE_NO_HEAD && !begins(line, "+CMTI:") && !begins(line, "+CDSI:");
}

/* Where an answer begins and ends. */
static void note_answer(struct sieve *sieve, const char *line)
{
    sieve->answering = begins(line, "AT") || (sieve->answering && !is_final(line));
    sieve->echoes = sieve->echoes || sieve->answering;
}

/* The number of an SMS that was sent, without what some modems say after it. */
static void cut_sent(char *line)
{
    const char *end = line + 6;
    if (begins(line, "+CMGS:") && number_at(&end) >= 0)
        line[end - line] = '\0';
}

/* An error without a number, or with words for it: libGammu waits for the number for ever. It gets that of "unknown
 * error", 3GPP TS 27.005 3.2.5 and TS 27.007 9.2. */
static void number_error(char *line)
{
    static const char *const unknown[] = {"+CMS ERROR: 500", "+CME ERROR: 100"};
    enum { HEAD = sizeof "+CMS ERROR" - 1 };
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        if (strncmp(line, unknown[i], HEAD) != 0)
            continue;
        const char *at = line + HEAD + (line[HEAD] == ':');
        if (line[HEAD] != ':' || number_at(&at) < 0)
            memcpy(line, unknown[i], strlen(unknown[i]) + 1);
    }
}

/* +CUSD: 0,"text",15 – the text may hold quotes and line ends of its own. */
static bool ussd_is_whole(const char *held)
{
    size_t quotes = 0;
    for (const char *at = held; (at = strchr(at, '"')) != NULL; at++)
        quotes++;
    if (quotes < 2)
        return quotes == 0;
    const char *after = strrchr(held, '"') + 1;
    return *after ? after[strspn(after, ", 0123456789")] == '\0' : quotes % 2 == 0;
}

static void tell_ussd(struct sieve *sieve)
{
    char *text = strchr(sieve->held, '"'), *end = text ? strrchr(sieve->held, '"') : NULL;
    sieve->head = SIEVE_NO_HEAD;
    if (!text)
        return;
    int dcs = -1;
    if (end > text) {
        const char *after = end + 1 + strspn(end + 1, ", ");
        dcs = number_at(&after);
        *end = '\0';
    }
    sieve->out->ussd(sieve->data, text + 1, dcs <= 255 ? dcs : -1);
}

/* "+CPMS: …", and the echo of what asked for it. */
static bool is_named(const char *line)
{
    return begins(line, "AT") || (line[0] == '+' && line[1] >= 'A' && line[1] <= 'Z');
}

/* Another line of a USSD text. Returns whether the line was one. */
static bool goes_on_ussd(struct sieve *sieve)
{
    size_t len = strlen(sieve->held);
    if (is_final(sieve->line) || is_named(sieve->line) || sieve->cut || len + 1 + sieve->len > SIEVE_LINE_MAX) {
        tell_ussd(sieve);
        return false;
    }
    sieve->held[len] = '\n';
    memcpy(sieve->held + len + 1, sieve->line, sieve->len + 1);
    if (ussd_is_whole(sieve->held))
        tell_ussd(sieve);
    return true;
}

/* The line after +CMT or +CDS. Returns whether it belongs to it. */
static bool ends_push(struct sieve *sieve, char end)
{
    pdu_settle_coding(sieve->line);
    const char *pdu = is_hexadecimal(sieve->line) ? sieve->line : "";
    int type = sieve->head == SIEVE_DELIVER ? PDU_DELIVER : PDU_STATUS_REPORT;
    sieve->head = SIEVE_NO_HEAD;
    if (*pdu && !sieve->cut && quotes_are_sound(sieve->held) && pdu_type(pdu) == type && pdu_is_sound(pdu)) {
        const char tail[] = {end, '\0'};
        pass(sieve, sieve->held);
        pass(sieve, "\r\n");
        pass(sieve, pdu);
        pass(sieve, tail);
        return true;
    }
    refuse(sieve, sieve->held, "what it brought cannot be a message");
    sieve->out->pushed(sieve->data, pdu);
    return *pdu || !(is_final(sieve->line) || is_named(sieve->line)); /* in text mode the text */
}

static void hold(struct sieve *sieve, enum sieve_head head)
{
    memcpy(sieve->held, sieve->line, sieve->len + 1);
    sieve->head = head;
    if (head == SIEVE_USSD && ussd_is_whole(sieve->held))
        tell_ussd(sieve);
}

static void end_listing(struct sieve *sieve)
{
    sieve->listing = false;
    sieve->n_places = 0;
}

static void judge(struct sieve *sieve, char end)
{
    const char tail[] = {end, '\0'}, *line = sieve->line;
    bool is_skipped = sieve->skip && is_hexadecimal(line);
    if (sieve->head == SIEVE_USSD && goes_on_ussd(sieve))
        return;
    if ((sieve->head == SIEVE_DELIVER || sieve->head == SIEVE_REPORT) && ends_push(sieve, end))
        return;
    sieve->skip = false;
    if (is_notice(sieve, line)) {
        refuse(sieve, line, "nobody asked for it");
        return;
    }
    note_answer(sieve, line);
    if (is_skipped || place_is_absurd(sieve, line))
        return;
    enum sieve_head head = head_of(line);
    if (head != SIEVE_NO_HEAD && !(sieve->cut && head != SIEVE_USSD)) {
        hold(sieve, head);
        return;
    }
    if (begins(line, "+CMGL:") || begins(line, "+CMGR:"))
        sieve->listing = true;
    else if (is_final(line))
        end_listing(sieve);
    const char *why = fault_of(sieve, line);
    if (why)
        refuse(sieve, line, why);
    cut_sent(sieve->line);
    number_error(sieve->line);
    if (sieve->listing && is_hexadecimal(line))
        pdu_settle_coding(sieve->line);
    if (!why)
        pass(sieve, line);
    else if (sieve->listing)
        pass(sieve, "?");
    pass(sieve, tail);
}

static void end_line(struct sieve *sieve, char end)
{
    const char tail[] = {end, '\0'};
    bool waits = sieve->head != SIEVE_NO_HEAD;
    sieve->line[sieve->len] = '\0';
    if (sieve->len > 0 && !sieve->prompt)
        judge(sieve, end);
    else if (sieve->prompt || !waits)
        pass(sieve, tail);
    sieve->len = 0;
    sieve->cut = false;
    sieve->prompt = false;
}

static void take(struct sieve *sieve, char c)
{
    /* libGammu does not count these as the beginning of a line: neither must we. */
    if ((c >= 0 && c < ' ' && c != '\t') || c == 0x7f)
        return;
    if (sieve->len == SIEVE_LINE_MAX) {
        sieve->cut = true;
        return;
    }
    bool idle = sieve->echoes && !sieve->answering;
    if (sieve->len == 0 && idle && (c == '>' || c == ' '))
        return;
    if (sieve->len == 0)
        sieve->prompt = c == '>';
    sieve->line[sieve->len++] = c;
    if (sieve->prompt)
        sieve->out->pass(sieve->data, &c, 1);
}

void sieve_feed(struct sieve *sieve, const char *bytes, size_t n)
{
    for (; n > 0; n--, bytes++) {
        if (*bytes == '\r' || *bytes == '\n')
            end_line(sieve, *bytes);
        else
            take(sieve, *bytes);
    }
}
