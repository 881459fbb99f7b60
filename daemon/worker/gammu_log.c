/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <string.h>

#include "modem/pdu.h"
#include "parsers/cause.h"
#include "worker/gammu_phone.h"

/*
 * libGammu keeps to itself which PDU it failed on, whether a number was a CMS or a CME error, and what CNMI it chose.
 * Its debug journal has them: the lines of a reply as `3 "…"`, a PDU of its cache as a line of its own. "Sending SMS"
 * it says once the modem has asked for the text, and a line before each frame that it writes then: the text, and the
 * Ctrl-Z after it (ATGEN_SendSMS).
 */

static bool is_hexadecimal(const char *text, size_t len)
{
    return strspn(text, "0123456789ABCDEFabcdef") == len;
}

static void note_pdu(const char *text, size_t len)
{
    size_t n = len < sizeof phone.pdu ? len : sizeof phone.pdu - 1;
    n -= n % 2;
    for (size_t i = 0; i < n; i++)
        phone.pdu[i] = text[i] >= 'a' ? (char)(text[i] - 'a' + 'A') : text[i];
    phone.pdu[n] = '\0';
}

/* Only once: the next call has to name a way of its own. */
static void jump(enum phone_jump what)
{
    phone.way = PHONE_WAY_NONE;
    longjmp(phone.way_out, (int)what);
}

/* "Getting message from cache" and, in the next line, its PDU: what follows is the decoding. */
static void note_cached(const char *line)
{
    static bool next_is_pdu;
    if (next_is_pdu && phone.way == PHONE_WAY_SEARCH) {
        next_is_pdu = false;
        note_pdu(line, strlen(line));
        if (!pdu_is_sound(line))
            jump(PHONE_JUMP_LISTED);
    }
    next_is_pdu = strcmp(line, "Getting message from cache") == 0;
}

/*
 * "Getting SMS" is said before a place is asked for, and of those that are listed the place a line before; the third
 * line of the answer is the PDU, what follows then the decoding.
 */
static void note_place(const char *line)
{
    static const char listed[] = "Reading next message on location", asking[] = "Getting SMS", answer[] = "3 \"";
    static bool is_listed, is_asked;
    if (strncmp(line, listed, sizeof listed - 1) == 0) {
        is_listed = true;
    } else if (strncmp(line, asking, sizeof asking - 1) == 0) {
        is_asked = strcmp(line, asking) == 0;
        bool counts = is_asked && !is_listed && phone.way == PHONE_WAY_SEARCH;
        is_listed = false;
        if (counts)
            jump(PHONE_JUMP_COUNTS);
    } else if (is_asked && strncmp(line, answer, sizeof answer - 1) == 0) {
        is_asked = false;
        if (phone.way != PHONE_WAY_NONE && !pdu_is_sound(phone.pdu))
            jump(PHONE_JUMP_ANSWERED);
    }
}

/* Before the Ctrl-Z is written the parent is asked: until then nothing has left the modem. */
static void note_frame(const char *line)
{
    enum { NONE, PROMPTED, TEXT, CTRL_Z };
    if (strcmp(line, "Sending SMS") == 0)
        phone.frame = PROMPTED;
    else if (phone.frame != NONE && strncmp(line, "SENDING frame ", 14) == 0 && ++phone.frame == CTRL_Z)
        phone_depart();
}

static void note_line(char *line)
{
    enum { SHORTEST_PDU = 20 };
    note_frame(line);
    note_cached(line);
    char *text = line + strspn(line, "0123456789 ");
    if (*text == '"')
        text++;
    else
        text = line;
    size_t len = strcspn(text, "\"");
    if (len >= SHORTEST_PDU && is_hexadecimal(text, len))
        note_pdu(text, len);
    else if (strncmp(text, "+CMS ERROR", 10) == 0)
        phone.family = CAUSE_CMS;
    else if (strncmp(text, "+CME ERROR", 10) == 0)
        phone.family = CAUSE_CME;
    else if (strncmp(text, "AT+CNMI=", 8) == 0 && text[8] != '?')
        (void)snprintf(phone.cnmi, sizeof phone.cnmi, "%.*s", (int)strspn(text + 8, "0123456789,"), text + 8);
    note_place(line);
}

void phone_journal(const char *text, void *data)
{
    (void)data;
    static char line[512];
    static size_t len;
    phone_alive();
    if (!phone.shared && !phone.dummy)
        phone.shared = phone_raw_share();
    for (; *text; text++) {
        if (*text != '\n') {
            if (len + 1 < sizeof line)
                line[len++] = *text;
            continue;
        }
        line[len] = '\0';
        len = 0;
        note_line(line);
    }
}
