/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "at_modem_pdu.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>

#include "at_modem_gsm7.h"
#include "base/clock.h"
#include "parsers/utf8.h"

enum {
    MTI_DELIVER = 0x00,
    MTI_SUBMIT = 0x01,
    MTI_REPORT = 0x02,
    MTI_MASK = 0x03,
    NO_MORE_MESSAGES = 0x04, /* TP-MMS */
    HAS_HEADER = 0x40,       /* TP-UDHI */
    WANTS_REPORT = 0x20,     /* TP-SRR */
    TYPE_INTERNATIONAL = 0x91,
    TYPE_UNKNOWN = 0x81,
    TYPE_ALPHANUMERIC = 0xd0,
};

/* Writes octets one after the other; over the end it only remembers that it was. */
struct writer {
    struct pdu *pdu;
    bool full;
};

static void put(struct writer *w, unsigned octet)
{
    if (w->pdu->len < PDU_MAX)
        w->pdu->octets[w->pdu->len++] = (unsigned char)octet;
    else
        w->full = true;
}

static void put_all(struct writer *w, const unsigned char *octets, size_t len)
{
    for (size_t i = 0; i < len; i++)
        put(w, octets[i]);
}

void hex_of_octets(const unsigned char *octets, size_t len, char *ret_hex)
{
    for (size_t i = 0; i < len; i++)
        snprintf(ret_hex + 2 * i, 3, "%02X", octets[i]);
    ret_hex[2 * len] = '\0';
}

static int nibble(char c)
{
    const char *digits = "0123456789abcdef";
    const char *at = c ? strchr(digits, tolower((unsigned char)c)) : NULL;
    return at ? (int)(at - digits) : -1;
}

int octets_of_hex(struct view hex, unsigned char *ret_octets, size_t size, size_t *ret_len)
{
    if (hex.len % 2 || hex.len / 2 > size)
        return -EBADMSG;
    for (size_t i = 0; i < hex.len / 2; i++) {
        int high = nibble(hex.at[2 * i]), low = nibble(hex.at[2 * i + 1]);
        if (high < 0 || low < 0)
            return -EBADMSG;
        ret_octets[i] = (unsigned char)(high << 4 | low);
    }
    *ret_len = hex.len / 2;
    return 0;
}

static unsigned swapped(unsigned value)
{
    return value % 10 << 4 | value / 10;
}

static int address_of_letters(struct view text, unsigned char ret_octets[12])
{
    unsigned char septets[2];
    size_t n = 0;
    memset(ret_octets, 0, 12);
    ret_octets[1] = TYPE_ALPHANUMERIC;
    while (text.len) {
        uint32_t c;
        size_t used = utf8_decode(text, &c), k = septets_of_char(c, septets);
        if (!k || n + k > 11)
            return -EINVAL;
        for (size_t i = 0; i < k; i++)
            septet_put(ret_octets + 2, n++, septets[i]);
        text = (struct view){text.at + used, text.len - used};
    }
    ret_octets[0] = (unsigned char)((n * 7 + 3) / 4);
    return (int)(2 + (n * 7 + 7) / 8);
}

int pdu_address(const char *text, bool smsc, unsigned char ret_octets[12])
{
    bool international = *text == '+';
    const char *digits = text + international;
    size_t n = strlen(digits);
    if (strspn(digits, "0123456789*#") != n)
        return smsc ? -EINVAL : address_of_letters(view_of(text), ret_octets);
    if (n > 20)
        return -EINVAL;
    size_t bytes = (n + 1) / 2;
    ret_octets[0] = (unsigned char)(smsc ? bytes + 1 : n);
    ret_octets[1] = international ? TYPE_INTERNATIONAL : TYPE_UNKNOWN;
    memset(ret_octets + 2, 0xff, bytes);
    for (size_t i = 0; i < n; i++) {
        unsigned value = digits[i] == '*' ? 10 : digits[i] == '#' ? 11 : (unsigned)(digits[i] - '0');
        unsigned char *octet = &ret_octets[2 + i / 2];
        *octet = (unsigned char)(i % 2 ? (*octet & 0x0f) | value << 4 : 0xf0 | value);
    }
    return (int)(2 + bytes);
}

/* TS 23.040 9.2.3.11: seven semi-octets pairs, the last one the zone in quarters of an hour. */
static void put_time(struct writer *w, int64_t ms, int quarters)
{
    char text[21];
    time_format(ms + quarters * INT64_C(15) * MS_MINUTE, text);
    static const int at[] = {2, 5, 8, 11, 14, 17};
    for (size_t i = 0; i < 6; i++)
        put(w, (unsigned)(text[at[i] + 1] - '0') << 4 | (unsigned)(text[at[i]] - '0'));
    put(w, swapped((unsigned)(quarters < 0 ? -quarters : quarters)) | (quarters < 0 ? 0x08 : 0));
}

struct sms_body sms_body_empty(void)
{
    return (struct sms_body){.message_class = -1, .ref = -1, .total = 1, .seq = 1, .port = -1};
}

/* TP-UDH with its length octet; returns octets, 0 where there is none. */
static size_t header_of_body(const struct sms_body *body, unsigned char ret_octets[16])
{
    size_t len = 1;
    if (body->port >= 0) {
        const unsigned char ports[] = {0x05,
                                       4,
                                       (unsigned char)(body->port >> 8),
                                       (unsigned char)body->port,
                                       (unsigned char)(body->source_port >> 8),
                                       (unsigned char)body->source_port};
        memcpy(ret_octets + len, ports, sizeof ports);
        len += sizeof ports;
    }
    if (body->ref >= 0) {
        ret_octets[len++] = body->ref16 ? 0x08 : 0x00;
        ret_octets[len++] = body->ref16 ? 4 : 3;
        if (body->ref16)
            ret_octets[len++] = (unsigned char)(body->ref >> 8);
        ret_octets[len++] = (unsigned char)body->ref;
        ret_octets[len++] = (unsigned char)body->total;
        ret_octets[len++] = (unsigned char)body->seq;
    }
    ret_octets[0] = (unsigned char)(len - 1);
    return len > 1 ? len : 0;
}

static size_t units_of_char(enum sms_alphabet alphabet, uint32_t c)
{
    unsigned char septets[2];
    switch (alphabet) {
    case SMS_GSM7:
        return septets_of_char(c, septets);
    case SMS_UCS2:
        return c == UTF8_INVALID ? 0 : c > 0xffff ? 4 : 2;
    case SMS_8BIT:
        return 1;
    }
    return 0;
}

size_t sms_body_fit(const struct sms_body *body, struct view text)
{
    unsigned char header[16];
    size_t head = header_of_body(body, header), units = 0, fit = 0;
    size_t room = body->alphabet == SMS_GSM7 ? PDU_USER_SEPTETS - (head * 8 + 6) / 7 : PDU_USER_OCTETS - head;
    while (fit < text.len) {
        uint32_t c;
        size_t used = utf8_decode((struct view){text.at + fit, text.len - fit}, &c);
        if (body->alphabet == SMS_8BIT)
            used = 1;
        units += units_of_char(body->alphabet, c);
        if (units > room || fit + used >= PDU_TEXT)
            break;
        fit += used;
    }
    return fit;
}

bool sms_is_gsm7(struct view text)
{
    unsigned char septets[2];
    while (text.len) {
        uint32_t c;
        size_t used = utf8_decode(text, &c);
        if (!septets_of_char(c, septets))
            return false;
        text = (struct view){text.at + used, text.len - used};
    }
    return true;
}

static unsigned dcs_of_body(const struct sms_body *body)
{
    unsigned dcs = body->alphabet == SMS_8BIT ? 0x04 : body->alphabet == SMS_UCS2 ? 0x08 : 0;
    return body->message_class < 0 ? dcs : dcs | 0x10 | (unsigned)body->message_class;
}

static int put_septets(struct writer *w, const struct sms_body *body, const unsigned char *header, size_t head)
{
    unsigned char field[PDU_USER_OCTETS + 2] = {0};
    memcpy(field, header, head);
    size_t n = (head * 8 + 6) / 7; /* fill bits up to a septet boundary */
    struct view text = {(const char *)body->text, body->len};
    while (text.len) {
        uint32_t c;
        unsigned char septets[2];
        size_t used = utf8_decode(text, &c), k = septets_of_char(c, septets);
        if (!k)
            return -EILSEQ;
        if (n + k > PDU_USER_SEPTETS)
            return -EMSGSIZE;
        for (size_t i = 0; i < k; i++)
            septet_put(field, n++, septets[i]);
        text = (struct view){text.at + used, text.len - used};
    }
    put(w, (unsigned)n);
    put_all(w, field, (n * 7 + 7) / 8);
    return 0;
}

static int put_octets(struct writer *w, const struct sms_body *body, const unsigned char *header, size_t head)
{
    unsigned char field[PDU_USER_OCTETS + 4];
    size_t n = head;
    memcpy(field, header, head);
    struct view text = {(const char *)body->text, body->len};
    while (text.len) {
        uint32_t c = (unsigned char)*text.at;
        size_t used = body->alphabet == SMS_8BIT ? 1 : utf8_decode(text, &c);
        size_t k = units_of_char(body->alphabet, c);
        if (!k)
            return -EILSEQ;
        if (n + k > PDU_USER_OCTETS)
            return -EMSGSIZE;
        if (k == 4) {
            uint32_t high = 0xd800 | (c - 0x10000) >> 10;
            field[n++] = (unsigned char)(high >> 8);
            field[n++] = (unsigned char)high;
            c = 0xdc00 | ((c - 0x10000) & 0x3ff);
        }
        if (k > 1)
            field[n++] = (unsigned char)(c >> 8);
        field[n++] = (unsigned char)c;
        text = (struct view){text.at + used, text.len - used};
    }
    put(w, (unsigned)n);
    put_all(w, field, n);
    return 0;
}

int pdu_of_deliver(const struct sms_deliver *deliver, struct pdu *ret_pdu)
{
    unsigned char header[16], address[12];
    size_t head = header_of_body(&deliver->body, header);
    int n = pdu_address(deliver->from, false, address);
    if (n < 0)
        return n;
    struct pdu pdu = {.len = 0};
    struct writer w = {&pdu, false};
    put(&w, MTI_DELIVER | NO_MORE_MESSAGES | (head ? HAS_HEADER : 0));
    put_all(&w, address, (size_t)n);
    put(&w, 0);
    put(&w, dcs_of_body(&deliver->body));
    put_time(&w, deliver->sent_ms, deliver->zone_quarters);
    n = deliver->body.alphabet == SMS_GSM7 ? put_septets(&w, &deliver->body, header, head)
                                           : put_octets(&w, &deliver->body, header, head);
    if (n < 0 || w.full)
        return n < 0 ? n : -EMSGSIZE;
    *ret_pdu = pdu;
    return 0;
}

int pdu_of_report(const struct sms_report *report, struct pdu *ret_pdu)
{
    unsigned char address[12];
    int n = pdu_address(report->to, false, address);
    if (n < 0)
        return n;
    struct pdu pdu = {.len = 0};
    struct writer w = {&pdu, false};
    put(&w, MTI_REPORT | NO_MORE_MESSAGES);
    put(&w, (unsigned)report->tp_mr);
    put_all(&w, address, (size_t)n);
    put_time(&w, report->sent_ms, report->zone_quarters);
    put_time(&w, report->discharged_ms, report->zone_quarters);
    put(&w, (unsigned)report->tp_st);
    *ret_pdu = pdu;
    return 0;
}

/* Reads octets; over the end it gives 0 and remembers. */
struct reader {
    const struct pdu *pdu;
    size_t at;
    bool short_of;
};

static unsigned get(struct reader *r)
{
    if (r->at < r->pdu->len)
        return r->pdu->octets[r->at++];
    r->short_of = true;
    return 0;
}

static int get_address(struct reader *r, char ret_text[PDU_ADDRESS_TEXT])
{
    unsigned n = get(r), type = get(r);
    size_t bytes = (n + 1) / 2;
    if (n > 20 || r->at + bytes > r->pdu->len)
        return -EBADMSG;
    const unsigned char *field = r->pdu->octets + r->at;
    r->at += bytes;
    if ((type & 0x70) == 0x50) {
        unsigned char septets[11];
        size_t k = n * 4 / 7;
        for (size_t i = 0; i < k; i++)
            septets[i] = septet_get(field, i);
        utf8_of_septets(septets, k, ret_text, PDU_ADDRESS_TEXT);
        return 0;
    }
    size_t len = 0;
    if ((type & 0x70) == 0x10)
        ret_text[len++] = '+';
    for (unsigned i = 0; i < n; i++)
        ret_text[len++] = "0123456789*#abc?"[i % 2 ? field[i / 2] >> 4 : field[i / 2] & 0x0f];
    ret_text[len] = '\0';
    return 0;
}

/* TS 23.038 4, the groups that are in use: general (00xx), and class with alphabet (1111). */
static void alphabet_of_dcs(unsigned dcs, struct sms_body *body)
{
    bool general = (dcs & 0xc0) == 0;
    unsigned alphabet = dcs >> 2 & 3;
    if ((dcs & 0xf0) == 0xf0)
        body->alphabet = dcs & 0x04 ? SMS_8BIT : SMS_GSM7;
    else
        body->alphabet = !general ? SMS_GSM7 : alphabet == 1 ? SMS_8BIT : alphabet == 2 ? SMS_UCS2 : SMS_GSM7;
    if ((general && dcs & 0x10) || (dcs & 0xf0) == 0xf0)
        body->message_class = (int)(dcs & 3);
}

static int header_read(const unsigned char *octets, size_t len, struct sms_body *body)
{
    for (size_t at = 0; at + 2 <= len;) {
        unsigned id = octets[at], n = octets[at + 1];
        const unsigned char *v = octets + at + 2;
        at += 2 + n;
        if (at > len)
            return -EBADMSG;
        if (id == 0x00 && n == 3) {
            body->ref = v[0];
            body->total = v[1];
            body->seq = v[2];
        } else if (id == 0x08 && n == 4) {
            body->ref16 = true;
            body->ref = v[0] << 8 | v[1];
            body->total = v[2];
            body->seq = v[3];
        } else if (id == 0x05 && n == 4) {
            body->port = v[0] << 8 | v[1];
            body->source_port = v[2] << 8 | v[3];
        }
    }
    return 0;
}

static void body_of_ucs2(const unsigned char *field, size_t len, struct sms_body *body)
{
    for (size_t i = 0; i + 2 <= len; i += 2) {
        uint32_t c = (uint32_t)(field[i] << 8 | field[i + 1]);
        if (c >= 0xd800 && c < 0xdc00 && i + 4 <= len) {
            c = 0x10000 + ((c & 0x3ff) << 10 | ((uint32_t)(field[i + 2] << 8 | field[i + 3]) & 0x3ff));
            i += 2;
        }
        if (c >= 0xd800 && c < 0xe000)
            c = 0xfffd;
        body->len += utf8_encode(c, (char *)body->text + body->len);
    }
    body->text[body->len] = '\0';
}

static int get_body(struct reader *r, bool has_header, struct sms_body *body)
{
    size_t n = get(r), octets = body->alphabet == SMS_GSM7 ? (n * 7 + 7) / 8 : n;
    if (r->short_of || octets > PDU_USER_OCTETS || r->at + octets != r->pdu->len)
        return -EBADMSG;
    const unsigned char *field = r->pdu->octets + r->at;
    size_t head = has_header && octets ? (size_t)field[0] + 1 : 0;
    if (head > octets || (head && header_read(field + 1, head - 1, body) < 0))
        return -EBADMSG;
    if (body->alphabet == SMS_GSM7) {
        unsigned char septets[PDU_USER_SEPTETS];
        size_t first = (head * 8 + 6) / 7, k = 0;
        for (size_t i = first; i < n; i++)
            septets[k++] = septet_get(field, i);
        body->len = utf8_of_septets(septets, k, (char *)body->text, sizeof body->text);
    } else if (body->alphabet == SMS_UCS2) {
        body_of_ucs2(field + head, octets - head, body);
    } else {
        body->len = octets - head;
        memcpy(body->text, field + head, body->len);
    }
    return 0;
}

int submit_of_pdu(const struct pdu *pdu, struct sms_submit *ret_submit)
{
    struct reader r = {pdu, 0, false};
    struct sms_submit submit = {.validity = -1, .body = sms_body_empty()};
    unsigned first = get(&r);
    if ((first & MTI_MASK) != MTI_SUBMIT)
        return -EBADMSG;
    submit.want_report = first & WANTS_REPORT;
    submit.tp_mr = (int)get(&r);
    if (get_address(&r, submit.to) < 0)
        return -EBADMSG;
    get(&r);
    alphabet_of_dcs(get(&r), &submit.body);
    unsigned validity_format = first >> 3 & 3;
    if (validity_format == 2)
        submit.validity = (int)get(&r);
    else if (validity_format)
        r.at += 7;
    int status = get_body(&r, first & HAS_HEADER, &submit.body);
    if (status < 0 || r.short_of)
        return -EBADMSG;
    *ret_submit = submit;
    return 0;
}
