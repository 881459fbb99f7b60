/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a modem says, looked at line by line before libGammu sees it. libGammu copies answers into fields of a fixed
 * size without looking, and so does its reading of a message that a modem pushes (+CMT, +CDS): one line that is too
 * long, or one PDU that claims too much, would overrun the worker's stack. Pure: bytes in, bytes out.
 *
 * A line is passed on unchanged, except that
 *
 *   - a line that is too long for what it can be, and a named one ("+CREG: …") whose quotes are not balanced, is left
 *     out; in a listing it becomes "?", for there libGammu counts the lines;
 *   - a listed message at an impossible place (+CMGL: -7) is left out, with its PDU; so is the news of one (+CMTI), and
 *     what is listed at a place a second time;
 *   - a pushed message comes only whole and sound, otherwise sieve_out.pushed has it;
 *   - what comes between two answers and is not news of a message is left out;
 *   - an error without a number gets that of "unknown error";
 *   - what follows the number of +CMGS is cut off, and the coding of a message settled (pdu.h);
 *   - +CUSD goes to sieve_out.ussd alone.
 */
#ifndef KABAR_MODEM_SIEVE_H
#define KABAR_MODEM_SIEVE_H

#include <stdbool.h>
#include <stddef.h>

enum {
    SIEVE_LINE_MAX = 1024,  /* bytes of a line; a PDU takes 376, a USSD text 800 */
    SIEVE_TEXT_MAX = 50,    /* of an answer without a name: manufacturer, model, version */
    SIEVE_DIGITS_MAX = 32,  /* of one that is a number: IMEI, IMSI */
    SIEVE_QUOTED_MAX = 200, /* between two quotes: a name in UCS-2 as hexadecimal */
    SIEVE_PLACES_MAX = 512, /* of a listing that are known again */
    SIEVE_PLACE_MAX = 99999 /* of a message: libGammu counts the next memory from there */
};

struct sieve_out {
    void (*pass)(void *data, const char *bytes, size_t len);
    void (*refused)(void *data, const char *line, const char *why);
    /* A pushed message that must not be decoded, as hexadecimal; "" where there was none after its +CMT or +CDS. */
    void (*pushed)(void *data, const char *pdu);
    /* What stands between the quotes of +CUSD, and its coding scheme; -1: none was given. Only where there is a text.
     */
    void (*ussd)(void *data, const char *text, int dcs);
};

enum sieve_head { SIEVE_NO_HEAD, SIEVE_DELIVER, SIEVE_REPORT, SIEVE_USSD };

struct sieve {
    const struct sieve_out *out;
    void *data;
    char line[SIEVE_LINE_MAX + 1];
    size_t len;
    bool cut;       /* the line was longer */
    bool prompt;    /* it began with ">": passed as it comes, for nobody waits for its end */
    bool echoes;    /* it repeats commands, which tells answers from what comes by itself */
    bool answering; /* between a command and the end of its answer */
    enum sieve_head head;
    char held[SIEVE_LINE_MAX + 1]; /* the line that waits for the next one */
    bool listing;                  /* between +CMGL or +CMGR and the end of the answer */
    int places[SIEVE_PLACES_MAX];  /* of this listing */
    size_t n_places;
    bool skip; /* the next line is the PDU of a message that is left out */
};

/* Starts with nothing heard; out and data stay the caller's. */
void sieve_init(struct sieve *sieve, const struct sieve_out *out, void *data);
/* Takes bytes as the modem says them. What is passed on of n bytes is at most half as much again, and
 * twice SIEVE_LINE_MAX longer. */
void sieve_feed(struct sieve *sieve, const char *bytes, size_t n);

#endif
