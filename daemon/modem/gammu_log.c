#include <stdio.h>
#include <string.h>

#include "gammu_phone.h"
#include "parsers/cause.h"
#include "pdu.h"

/*
 * libGammu keeps to itself which PDU it failed on, whether a number was a CMS or a CME error, and what CNMI it chose.
 * Its debug journal has them: the lines of a reply as `3 "…"`, a PDU of its cache as a line of its own. "Sending SMS"
 * it says once the modem has asked for the text, and a line before each frame that it writes then: the text, and the
 * Ctrl-Z behind it (ATGEN_SendSMS).
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

/* "Getting message from cache" and, in the next line, its PDU: what follows is the decoding. */
static void note_cached(const char *line)
{
    static bool next_is_pdu;
    if (next_is_pdu && phone.jump) {
        next_is_pdu = false;
        note_pdu(line, strlen(line));
        if (!pdu_is_sound(line))
            longjmp(phone.overrun, 1);
    }
    next_is_pdu = strcmp(line, "Getting message from cache") == 0;
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
