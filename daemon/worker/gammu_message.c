/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "modem/udh.h"
#include "parsers/utf8.h"
#include "worker/gammu_phone.h"

void phone_text(const unsigned char *unicode, char *ret_text, size_t size)
{
    /* EncodeUTF8() has no bound: three bytes a unit at most. */
    static char text[3 * (GSM_MAX_SMS_LENGTH + GSM_MAX_USSD_LENGTH + 1) + 1];
    size_t units = UnicodeLength(unicode);
    if (units > (sizeof text - 1) / 3) {
        ret_text[0] = '\0';
        return;
    }
    EncodeUTF8(text, unicode);
    (void)snprintf(ret_text, size, "%s", text);
}

/* A time of the network as UTC; 0 where it is impossible. libGammu checks the calendar and sets Year 0. */
static int64_t network_ms(const GSM_DateTime *when)
{
    struct tm tm = {
        .tm_year = when->Year - 1900,
        .tm_mon = when->Month - 1,
        .tm_mday = when->Day,
        .tm_hour = when->Hour,
        .tm_min = when->Minute,
        .tm_sec = when->Second,
        .tm_isdst = -1,
    };
    if (when->Year < 1990)
        return 0;
    /* The dummy's files have village time, as Gammu writes it, unless they say Z. */
    bool local = phone.dummy && !phone.utc;
    int64_t ms = (local ? (int64_t)mktime(&tm) : (int64_t)timegm(&tm) - when->Timezone) * MS_SECOND;
    return ms >= 0 && ms < WIRE_TIME_END ? ms : 0;
}

static void put_hexadecimal(const unsigned char *bytes, size_t len, char *ret_text, size_t size)
{
    size_t at = strlen(ret_text);
    for (size_t i = 0; i < len && at + 2 < size; i++, at += 2)
        (void)snprintf(ret_text + at, 3, "%02X", bytes[i]);
}

/* In UCS-2 libGammu reads and writes Nokia's own spelling of "~", as two of them. */
static void undouble_tilde(char *text)
{
    char *to = text;
    for (const char *from = text; *from; from++) {
        *to++ = *from;
        if (from[0] == '~' && from[1] == '~')
            from++;
    }
    *to = '\0';
}

static enum mo_kind kind_of(const GSM_SMSMessage *sms, const struct udh *udh)
{
    bool text = sms->Coding == SMS_Coding_Default_No_Compression || sms->Coding == SMS_Coding_Unicode_No_Compression;
    if (udh->port == UDH_PORT_WAP_PUSH)
        return MO_MMS;
    if (!text || udh->port >= 0)
        return MO_BINARY;
    if (sms->Class == GSM_SMS_USSD)
        return MO_USSD;
    return sms->Class == 0 ? MO_FLASH : MO_TEXT;
}

static size_t udh_bytes(const GSM_SMSMessage *sms)
{
    if (sms->UDH.Type == UDH_NoUDH || sms->UDH.Length < 0 || sms->UDH.Length > GSM_MAX_UDH_LENGTH)
        return 0;
    return (size_t)sms->UDH.Length;
}

static bool is_utf8(struct view text)
{
    while (text.len > 0) {
        uint32_t c;
        size_t step = utf8_decode(text, &c);
        if (c == UTF8_INVALID)
            return false;
        text = (struct view){text.at + step, text.len - step};
    }
    return true;
}

/* Octets that say a text: some phones send one so. Latin-1 where they are not UTF-8. Returns whether they do. */
static bool put_octets(const unsigned char *octets, size_t len, char *ret_text, size_t size)
{
    struct view text = {(const char *)octets, len};
    size_t at = 0, letters = 0;
    for (bool utf8 = is_utf8(text); len > 0 && text.len > 0;) {
        uint32_t c = (unsigned char)*text.at;
        size_t step = utf8 ? utf8_decode(text, &c) : 1;
        text = (struct view){text.at + step, text.len - step};
        if ((c < ' ' && c != '\n' && c != '\r') || (c >= 0x7f && c < 0xa0) || at + 5 > size)
            return false;
        letters += (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        at += utf8_encode(c, ret_text + at);
    }
    ret_text[at] = '\0';
    return letters > 0;
}

static void message_mo(const GSM_SMSMessage *sms, struct mo_place place, struct mo_part *part)
{
    struct udh udh = udh_read(sms->UDH.Text, udh_bytes(sms));
    part->kind = kind_of(sms, &udh);
    part->place = place;
    part->sent_ms = network_ms(&sms->DateTime);
    part->concat_ref = udh.concat_ref;
    part->concat_total = udh.concat_total;
    part->concat_seq = udh.concat_seq;
    phone_text(sms->Number, part->sender, sizeof part->sender);
    phone_text(sms->SMSC.Number, part->smsc, sizeof part->smsc);
    bool binary = part->kind == MO_BINARY || part->kind == MO_MMS;
    size_t len = sms->Length > 0 && sms->Length <= GSM_MAX_8BIT_SMS_LENGTH ? (size_t)sms->Length : 0;
    if (part->kind == MO_BINARY && sms->Coding == SMS_Coding_8bit && udh.port < 0 &&
        put_octets(sms->Text, len, part->text, sizeof part->text)) {
        part->kind = sms->Class == 0 ? MO_FLASH : MO_TEXT;
    } else if (binary && sms->Coding == SMS_Coding_8bit) {
        part->text[0] = '\0';
        put_hexadecimal(sms->UDH.Text, udh_bytes(sms), part->raw, sizeof part->raw);
        put_hexadecimal(sms->Text, len, part->raw, sizeof part->raw);
    } else if (binary) {
        put_hexadecimal(sms->UDH.Text, udh_bytes(sms), part->raw, sizeof part->raw);
        put_hexadecimal(sms->Text, 2 * UnicodeLength(sms->Text), part->raw, sizeof part->raw);
    } else {
        phone_text(sms->Text, part->text, sizeof part->text);
        if (sms->Coding == SMS_Coding_Unicode_No_Compression && !phone.dummy)
            undouble_tilde(part->text);
    }
}

/* TP-ST, 3GPP TS 23.040 9.2.3.15: below 3 delivered, bit 6 given up, bit 5 alone still trying. */
static enum report_result result_of(int tp_st)
{
    if (tp_st < 3)
        return REPORT_DELIVERED;
    return tp_st & 0x40 ? REPORT_FAILED : REPORT_PENDING;
}

static void message_report(const GSM_SMSMessage *sms, struct mo_place place, struct mt_report *report)
{
    report->place = place;
    report->tp_mr = sms->MessageReference;
    /* The dummy's files of 1.42 have no status: a report there means delivered. */
    report->tp_st = phone.dummy ? -1 : sms->DeliveryStatus;
    report->result = phone.dummy ? REPORT_DELIVERED : result_of(sms->DeliveryStatus);
    report->sent_ms = network_ms(&sms->DateTime);
    report->discharged_ms = phone.dummy ? 0 : network_ms(&sms->SMSCTime);
    phone_text(sms->Number, report->recipient, sizeof report->recipient);
}

void phone_message(const GSM_SMSMessage *sms, struct mo_place place, struct wire_message *ret_message)
{
    memset(ret_message, 0, sizeof *ret_message);
    if (sms->PDU == SMS_Status_Report) {
        ret_message->type = WIRE_REPORT;
        message_report(sms, place, &ret_message->report);
    } else {
        ret_message->type = WIRE_MO;
        message_mo(sms, place, &ret_message->mo);
    }
}
