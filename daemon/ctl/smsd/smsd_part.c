/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/smsd/smsd_part.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "modem/port.h"
#include "modem/udh.h"
#include "parsers/msisdn.h"
#include "parsers/utf8.h"

enum { UDH_MAX = 140, CLASS_FLASH = 0, CLASS_USSD = 127, STAMP_LEN = 19 };

static int nibble(char c)
{
    if (is_digit(c))
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Bytes of hexadecimal, at most max; 0 where it is none. */
static size_t read_hex(const char *hex, uint8_t *bytes, size_t max)
{
    size_t n = strlen(hex) / 2;
    if (strlen(hex) % 2 || n > max)
        return 0;
    for (size_t i = 0; i < n; i++) {
        int high = nibble(hex[2 * i]), low = nibble(hex[2 * i + 1]);
        if (high < 0 || low < 0)
            return 0;
        bytes[i] = (uint8_t)(high << 4 | low);
    }
    return n;
}

/* UTF-16, as smsd keeps each part's own text; a lone surrogate becomes U+FFFD. */
static void add_ucs2(struct buf *keep, const uint8_t *bytes, size_t n)
{
    for (size_t i = 0; i + 1 < n; i += 2) {
        uint32_t c = (uint32_t)bytes[i] << 8 | bytes[i + 1];
        uint32_t low = i + 3 < n ? (uint32_t)bytes[i + 2] << 8 | bytes[i + 3] : 0;
        char utf8[4];
        if (c >= 0xd800 && c < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
            c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
            i += 2;
        } else if (c >= 0xd800 && c < 0xe000) {
            c = 0xfffd;
        }
        if (c)
            buf_add(keep, (struct view){utf8, utf8_encode(c, utf8)});
    }
}

/* "2026-10-01 08:30:00" on the village's wall, or of UTC; 0 where that is not a time, or none that can be true. */
static int64_t read_stamp(const char *text, bool utc, int64_t now_ms)
{
    static const char shape[] = "0000-00-00 00:00:00";
    struct local_time local = {0};
    int *const parts[] = {&local.day.year, &local.day.month, &local.day.day, &local.hour, &local.minute, &local.second};
    size_t part = 0;
    if (strlen(text) < STAMP_LEN)
        return 0;
    for (size_t i = 0; i < STAMP_LEN; i++) {
        if (shape[i] != '0' && text[i] != shape[i])
            return 0;
        if (shape[i] != '0')
            part++;
        else if (is_digit(text[i]))
            *parts[part] = *parts[part] * 10 + (text[i] - '0');
        else
            return 0;
    }
    if (local.day.year < 2000 || local.day.month < 1 || local.day.month > 12 || local.day.day < 1 ||
        local.day.day > month_length(month_of(local.day)) || local.hour > 23 || local.minute > 59 || local.second > 60)
        return 0;
    int64_t ms = 0;
    char rfc3339[21];
    (void)snprintf(rfc3339, sizeof rfc3339, "%.10sT%.8sZ", text, text + 11);
    if (!utc)
        ms = zone_ms(&local);
    else if (time_parse(rfc3339, &ms))
        return 0;
    return ms > now_ms ? 0 : ms;
}

static enum mo_kind kind_of(const struct smsd_sms *sms, const struct udh *udh)
{
    if (sms->class == CLASS_USSD)
        return MO_USSD;
    if (udh->port == UDH_PORT_WAP_PUSH)
        return MO_MMS;
    if (strcmp(sms->coding, "8bit") == 0)
        return MO_BINARY;
    return sms->class == CLASS_FLASH ? MO_FLASH : MO_TEXT;
}

static size_t keep_text(struct buf *keep, const char *text)
{
    size_t at = keep->len;
    buf_puts(keep, text);
    return at;
}

static void end_text(struct buf *keep)
{
    buf_add(keep, (struct view){"", 1});
}

static void read_texts(const struct smsd_sms *sms, enum mo_kind kind, struct buf *keep, struct smsd_part *part)
{
    static uint8_t bytes[MO_TEXT_BYTES];
    char number[MSISDN_MAX];
    enum msisdn_kind sender = msisdn_normalise(view_of(sms->sender), number);
    bool e164 = sender == MSISDN_MOBILE || sender == MSISDN_OTHER;
    part->sender = keep_text(keep, e164 ? number : sms->sender);
    end_text(keep);
    part->smsc = keep_text(keep, sms->smsc);
    end_text(keep);
    bool octets = kind == MO_BINARY || kind == MO_MMS;
    part->text = keep->len;
    size_t n = octets ? 0 : read_hex(sms->text, bytes, sizeof bytes);
    if (n)
        add_ucs2(keep, bytes, n);
    else if (!octets)
        buf_puts(keep, sms->decoded);
    end_text(keep);
    part->raw = keep_text(keep, octets ? sms->text : "");
    end_text(keep);
}

void smsd_part_read(const struct smsd_sms *sms, bool utc, int64_t now_ms, struct buf *keep, struct smsd_part *ret_part)
{
    uint8_t header[UDH_MAX];
    struct udh udh = udh_read(header, read_hex(sms->udh, header, sizeof header));
    enum mo_kind kind = kind_of(sms, &udh);
    int64_t sent_ms = read_stamp(sms->received, utc, now_ms);
    bool concat = kind == MO_TEXT && udh.concat_ref >= 0 && udh.concat_total > 1 && udh.concat_seq >= 1 &&
                  udh.concat_seq <= udh.concat_total;
    *ret_part = (struct smsd_part){
        .row =
            {
                .modem = "gammu-smsd",
                .kind = mo_kind_to_string(kind),
                .sent_ms = sent_ms,
                .received_ms = sent_ms ? sent_ms : now_ms,
                .concat_ref = concat ? udh.concat_ref : -1,
                .concat_total = concat ? udh.concat_total : 1,
                .concat_seq = concat ? udh.concat_seq : 1,
            },
        .id = sms->id,
    };
    read_texts(sms, kind, keep, ret_part);
}

void smsd_part_settle(struct smsd_part *part, const struct buf *keep)
{
    part->row.sender = keep->text + part->sender;
    part->row.smsc = keep->text + part->smsc;
    part->row.text = keep->text + part->text;
    part->row.raw = keep->text + part->raw;
}
