/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A small codec of SMS PDUs for the simulated modem: the network's side, so it encodes what libGammu decodes and
 * decodes what libGammu encodes. Nothing here is shared with the programs under test.
 *
 * 3GPP TS 23.040 9.2.2 (TPDUs), 9.2.3.24 (user data header), TS 23.038 4 (DCS), 6.1.2.1 (packing), 6.2.1 (alphabet).
 */
#ifndef KABAR_TESTS_AT_MODEM_PDU_H
#define KABAR_TESTS_AT_MODEM_PDU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "parsers/view.h"

enum {
    PDU_MAX = 176,          /* octets of a TPDU, TS 23.040 9.2.3.16: 164 at most, and room */
    PDU_ADDRESS_TEXT = 32,  /* bytes with the end: "+" and 20 digits, or 11 letters of UTF-8 */
    PDU_TEXT = 512,         /* bytes with the end: 160 septets or 70 UCS-2 units as UTF-8 */
    PDU_USER_OCTETS = 140,  /* TP-UD */
    PDU_USER_SEPTETS = 160, /* TP-UD, default alphabet */
};

enum sms_alphabet { SMS_GSM7, SMS_8BIT, SMS_UCS2 };

/* TP-UD with what DCS and UDH say of it. */
struct sms_body {
    enum sms_alphabet alphabet;
    int message_class;            /* 0-3, -1: none */
    int ref, total, seq;          /* concatenation; ref -1: none */
    bool ref16;                   /* IEI 08, else 00 */
    int port, source_port;        /* IEI 05; port -1: none */
    unsigned char text[PDU_TEXT]; /* UTF-8, terminated; octets as they are where SMS_8BIT */
    size_t len;                   /* bytes of text */
};

struct sms_deliver {
    char from[PDU_ADDRESS_TEXT]; /* "+62…", "1234" or letters */
    int64_t sent_ms;             /* SCTS */
    int zone_quarters;           /* of an hour, ahead of UTC: what the SCTS is written in */
    struct sms_body body;
};

struct sms_submit {
    char to[PDU_ADDRESS_TEXT];
    int tp_mr;
    bool want_report; /* TP-SRR */
    int validity;     /* TP-VP relative octet, -1: none or another format */
    struct sms_body body;
};

struct sms_report {
    char to[PDU_ADDRESS_TEXT]; /* TP-RA: whom the reported SMS went to */
    int tp_mr, tp_st;
    int64_t sent_ms, discharged_ms;
    int zone_quarters;
};

struct pdu {
    unsigned char octets[PDU_MAX]; /* a TPDU, without the SMSC's address before it */
    size_t len;
};

/* An empty body: GSM-7, no class, no header. */
struct sms_body sms_body_empty(void);

/* Whether every character is in the default alphabet or its extension table. */
bool sms_is_gsm7(struct view text);

/* Bytes of the first piece of UTF-8 text that fits beside body's header into one TP-UD; never splits a character. */
size_t sms_body_fit(const struct sms_body *body, struct view text);

/* -EMSGSIZE where the text does not fit into one SMS, -EILSEQ where the alphabet does not have a character of it,
 * -EINVAL where the address cannot be written. */
MUST_CHECK int pdu_of_deliver(const struct sms_deliver *deliver, struct pdu *ret_pdu);
MUST_CHECK int pdu_of_report(const struct sms_report *report, struct pdu *ret_pdu);

/* The TPDU of an AT+CMGS. -EBADMSG where it ends early, is not an SMS-SUBMIT or contradicts itself. */
MUST_CHECK int submit_of_pdu(const struct pdu *pdu, struct sms_submit *ret_submit);

/* An address field with its length octet (TS 23.040 9.2.5), or TS 24.011 8.2.5.2's where it is an SMSC's. Returns the
 * octets written, or -EINVAL. */
MUST_CHECK int pdu_address(const char *text, bool smsc, unsigned char ret_octets[12]);

/* Hexadecimal of octets with the end (2 * len + 1 bytes), and back: -EBADMSG where it is odd, no hex or over size. */
void hex_of_octets(const unsigned char *octets, size_t len, char *ret_hex);
MUST_CHECK int octets_of_hex(struct view hex, unsigned char *ret_octets, size_t size, size_t *ret_len);

#endif
