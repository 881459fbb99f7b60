/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "modem/pdu.h"

#include <stddef.h>
#include <string.h>

enum {
    OCTETS_MAX = 200,
    SMSC_OCTETS_MAX = 11,    /* TS 24.011 8.2.5.1: type and 10 octets of number */
    ADDRESS_DIGITS_MAX = 20, /* TS 23.040 9.1.2.5 */
    TIME_OCTETS = 7,
    SEPTETS_MAX = 160,
    USER_OCTETS_MAX = 140,
    UDHI = 0x40,
};

struct octets {
    unsigned char at[OCTETS_MAX];
    size_t len, next;
    bool beyond; /* read past the end: 0 from there on */
};

static int digit(char c)
{
    static const char digits[] = "0123456789ABCDEF";
    const char *found = c ? strchr(digits, c >= 'a' && c <= 'f' ? c - 'a' + 'A' : c) : NULL;
    return found ? (int)(found - digits) : -1;
}

/* Returns false where it is not hexadecimal; what is longer than any PDU is cut. */
static bool octets_of(const char *text, struct octets *ret_octets)
{
    for (; text[0]; text += 2) {
        int high = digit(text[0]), low = digit(text[1]);
        if (high < 0 || low < 0)
            return false;
        if (ret_octets->len < OCTETS_MAX)
            ret_octets->at[ret_octets->len++] = (unsigned char)(high * 16 + low);
    }
    return true;
}

static unsigned take(struct octets *octets)
{
    if (octets->next < octets->len)
        return octets->at[octets->next++];
    octets->beyond = true;
    return 0;
}

static void skip(struct octets *octets, size_t n)
{
    octets->next += n;
    octets->beyond |= octets->next > octets->len;
}

/* TS 23.038 4: of the general groups bits 3-2, of the 1111 group bit 2; what waits as a notice in UCS-2 is 1110. */
static bool is_7bit(unsigned dcs)
{
    if (dcs < 0x80)
        return (dcs & 0x0c) == 0 || (dcs & 0x0c) == 0x0c;
    if (dcs >= 0xf0)
        return (dcs & 0x04) == 0;
    return dcs < 0xe0;
}

static bool user_data_is_sound(struct octets *octets, bool has_header, unsigned dcs)
{
    unsigned length = take(octets);
    if (length > (is_7bit(dcs) ? SEPTETS_MAX : USER_OCTETS_MAX))
        return false;
    size_t there = octets->next < octets->len ? octets->len - octets->next : 0;
    return !has_header || (there > 0 && octets->at[octets->next] < there && octets->at[octets->next] < USER_OCTETS_MAX);
}

/* After two times and TP-ST: TP-PI says what else there is (TS 23.040 9.2.3.27); 0xFF pads the broken ones. */
static bool report_is_sound(struct octets *octets)
{
    enum { PID = 1, DCS = 2, UDL = 4, PADDING = 0xff };
    skip(octets, 2 * TIME_OCTETS + 1);
    unsigned indicator = take(octets);
    if (octets->beyond || indicator == PADDING || !(indicator & UDL))
        return true;
    if (indicator & PID)
        (void)take(octets);
    return user_data_is_sound(octets, false, indicator & DCS ? take(octets) : 0);
}

bool pdu_is_sound(const char *text)
{
    struct octets octets = {.len = 0};
    if (!octets_of(text, &octets))
        return true;
    unsigned smsc = take(&octets);
    if (smsc > SMSC_OCTETS_MAX)
        return false;
    skip(&octets, smsc);
    unsigned first = take(&octets), type = first & 3;
    if (type == 1 || type == 2)
        (void)take(&octets); /* TP-MR */
    unsigned digits = take(&octets);
    if (digits > ADDRESS_DIGITS_MAX)
        return false;
    skip(&octets, 1 + (digits + 1) / 2);
    if (octets.beyond || type == 3)
        return true;
    if (type == 2)
        return report_is_sound(&octets);
    (void)take(&octets); /* TP-PID */
    unsigned dcs = take(&octets);
    static const size_t validity[] = {0, TIME_OCTETS, 1, TIME_OCTETS};
    skip(&octets, type == 0 ? TIME_OCTETS : validity[first >> 3 & 3]);
    return octets.beyond || user_data_is_sound(&octets, first & UDHI, dcs);
}

/* After the SMSC and the sender of an SMS-DELIVER. Returns its first octet. */
static unsigned pass_sender(struct octets *octets)
{
    skip(octets, take(octets));
    unsigned first = take(octets), digits = take(octets);
    skip(octets, 1 + (digits + 1) / 2);
    return first;
}

bool pdu_is_cut(const char *text)
{
    struct octets octets = {.len = 0};
    if (pdu_type(text) != PDU_DELIVER || !octets_of(text, &octets))
        return false;
    (void)pass_sender(&octets);
    skip(&octets, 2 + TIME_OCTETS); /* TP-PID, TP-DCS */
    (void)take(&octets);            /* TP-UDL */
    return octets.beyond;
}

int pdu_type(const char *text)
{
    struct octets octets = {.len = 0};
    if (!octets_of(text, &octets))
        return -1;
    skip(&octets, take(&octets));
    unsigned first = take(&octets);
    return octets.beyond ? -1 : (int)(first & 3);
}

/* TS 23.038 4, as one of the schemes that every reader knows. */
static unsigned settled_coding(unsigned dcs)
{
    enum { COMPRESSED = 0x20, ALPHABET = 0x0c, UCS2 = 0x08 };
    if (dcs < 0x80) {
        dcs &= ~(unsigned)(COMPRESSED | 0x40); /* 01xx: to be deleted by itself, else as 00xx */
        return (dcs & ALPHABET) == ALPHABET ? dcs & ~(unsigned)ALPHABET : dcs;
    }
    if (dcs < 0xf0)
        return dcs < 0xe0 ? 0 : UCS2;
    return dcs & ~(unsigned)0x08;
}

void pdu_settle_coding(char *text)
{
    static const char digits[] = "0123456789ABCDEF";
    struct octets octets = {.len = 0};
    if (!octets_of(text, &octets))
        return;
    unsigned first = pass_sender(&octets);
    (void)take(&octets); /* TP-PID */
    size_t at = 2 * octets.next;
    unsigned dcs = take(&octets);
    if (octets.beyond || (first & 3) != PDU_DELIVER || settled_coding(dcs) == dcs)
        return;
    text[at] = digits[settled_coding(dcs) / 16];
    text[at + 1] = digits[settled_coding(dcs) % 16];
}
