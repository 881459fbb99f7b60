/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <poll.h>
#include <string.h>

#include "modem/udh.h"
#include "parsers/cause.h"
#include "parsers/view.h"
#include "worker/gammu_phone.h"

enum { UNITS_MAX = 160 };

void phone_on_sent(GSM_StateMachine *machine, int status, int reference, void *data)
{
    (void)machine;
    (void)data;
    /* The late OK of an earlier command looks like that of a submit. */
    if (status == 0 && !phone.left)
        return;
    phone.answered = true;
    phone.status = status;
    phone.reference = reference;
}

void phone_depart(void)
{
    if (phone.left)
        return;
    phone_leave();
    phone.left = true;
}

static void finish(struct wire_message *answer, enum submit_result result, int32_t cause)
{
    answer->submitted.result = result;
    answer->submitted.cause = cause;
}

static enum submit_result result_of(int32_t cause)
{
    switch (cause_class(cause)) {
    case CAUSE_OK:
        return SUBMIT_OK;
    case CAUSE_TRANSIENT:
    case CAUSE_SIM:
        return SUBMIT_TRANSIENT;
    case CAUSE_PERMANENT:
        return SUBMIT_PERMANENT;
    case CAUSE_NO_NETWORK:
        return SUBMIT_NO_NETWORK;
    case CAUSE_UNKNOWN:
        break;
    }
    return SUBMIT_UNKNOWN;
}

/* TP-VP relative, 3GPP TS 23.040 9.2.3.12.1: the shortest that is not below what is asked. */
static int validity_octet(int32_t minutes)
{
    enum { HOURS_12 = 12 * 60, DAY = 24 * 60, DAYS_30 = 30 * DAY, WEEK = 7 * DAY };
    if (minutes <= HOURS_12)
        return (minutes + 4) / 5 - 1;
    if (minutes <= DAY)
        return 143 + (minutes - HOURS_12 + 29) / 30;
    if (minutes <= DAYS_30)
        return 166 + (minutes + DAY - 1) / DAY;
    int weeks = (minutes + WEEK - 1) / WEEK;
    return weeks <= 63 ? 192 + weeks : 255;
}

/* UTF-8 into Gammu's UCS-2. In UCS-2 a message's "~" is written double, see gammu_message.c. Returns false where it
 * does not fit one part. */
static bool put_text(const struct mt_submit *submit, GSM_SMSMessage *sms)
{
    static char text[2 * MO_TEXT_BYTES];
    size_t len = 0;
    for (const char *at = submit->text; *at; at++) {
        text[len++] = *at;
        if (*at == '~' && submit->unicode && !phone.dummy)
            text[len++] = '~';
    }
    text[len] = '\0';
    static unsigned char unicode[2 * sizeof text + 2];
    DecodeUTF8(unicode, text, len);
    size_t units = UnicodeLength(unicode);
    if (units > UNITS_MAX)
        return false;
    memcpy(sms->Text, unicode, 2 * units + 2);
    sms->Length = (int)units;
    return true;
}

static bool fill(const struct mt_submit *submit, GSM_SMSMessage *sms)
{
    memset(sms, 0, sizeof *sms);
    sms->PDU = submit->want_report ? SMS_Status_Report : SMS_Submit;
    sms->Coding = submit->unicode ? SMS_Coding_Unicode_No_Compression : SMS_Coding_Default_No_Compression;
    sms->Class = -1;
    sms->UDH.Type = UDH_NoUDH;
    /* A SIM that came late. */
    if (UnicodeLength(phone.smsc.Number) == 0)
        (void)phone_ask_smsc();
    sms->SMSC = phone.smsc;
    sms->SMSC.Location = 0;
    /* libGammu always writes TP-VP: "the SMSC's own" can only be the longest. */
    sms->SMSC.Validity.Format = SMS_Validity_RelativeFormat;
    sms->SMSC.Validity.Relative = SMS_VALID_Max_Time;
    if (submit->validity_minutes > 0)
        sms->SMSC.Validity.Relative = (GSM_ValidityPeriod)validity_octet(submit->validity_minutes);
    if (submit->concat_ref >= 0) {
        sms->UDH.Type = UDH_UserUDH;
        sms->UDH.Length = UDH_CONCAT_BYTES;
        udh_write_concat(submit->concat_ref, submit->concat_total, submit->concat_seq, sms->UDH.Text);
    }
    DecodeUTF8(sms->Number, submit->recipient, strlen(submit->recipient));
    return put_text(submit, sms);
}

/* The cause of a refusal, as the modem gave it to the callback: it has the number, the journal knows whose it is. */
static int32_t refusal(void)
{
    if (phone.status < 0)
        return cause_of(CAUSE_LOCAL, CAUSE_LOCAL_ERROR);
    return cause_of(phone.family == CAUSE_CME ? CAUSE_CME : CAUSE_CMS, phone.status);
}

/* libGammu gave up without an answer. After the Ctrl-Z its only way to fail is that the kernel did not take it, so in
 * no case has anything left the modem. */
static int32_t no_answer(GSM_Error error)
{
    if (error == ERR_EMPTYSMSC)
        return cause_of(CAUSE_LOCAL, CAUSE_LOCAL_NO_SMSC);
    if (error == ERR_TIMEOUT)
        return cause_of(CAUSE_LOCAL, CAUSE_LOCAL_NO_PROMPT);
    return cause_of(CAUSE_LOCAL, phone_is_gone(error) ? CAUSE_LOCAL_GONE : CAUSE_LOCAL_LIBRARY);
}

/* Pumps until the callback. Returns false when the modem went away meanwhile. */
static bool wait_for_answer(void)
{
    while (!phone.answered) {
        struct pollfd fd = {.fd = phone.fd, .events = POLLIN};
        if (phone.fd >= 0 && poll(&fd, 1, -1) > 0 && (fd.revents & (POLLHUP | POLLERR | POLLNVAL)))
            return false;
        (void)GSM_ReadDevice(phone.machine, phone.fd < 0);
    }
    return true;
}

void phone_submit(const struct wire_message *request, struct wire_message *ret_answer)
{
    static GSM_SMSMessage sms;
    ret_answer->type = WIRE_SUBMITTED;
    ret_answer->submitted.part_id = request->submit.part_id;
    ret_answer->submitted.tp_mr = -1;
    phone.answered = false;
    phone.family = 0;
    phone.left = false;
    phone.frame = 0;
    if (!fill(&request->submit, &sms)) {
        finish(ret_answer, SUBMIT_PERMANENT, cause_of(CAUSE_LOCAL, CAUSE_LOCAL_TOO_LONG));
        return;
    }
    if (phone.dummy)
        phone_depart();
    GSM_Error error = GSM_SendSMS(phone.machine, &sms);
    phone.frame = 0;
    if (error != ERR_NONE && !phone.answered) {
        int32_t cause = no_answer(error);
        finish(ret_answer, result_of(cause), cause);
        return;
    }
    if (error == ERR_NONE)
        phone_depart(); /* where the journal did not show it */
    if (!wait_for_answer()) {
        finish(ret_answer, SUBMIT_UNKNOWN, cause_of(CAUSE_LOCAL, CAUSE_LOCAL_GONE));
        return;
    }
    if (phone.status == 0 && phone.family == 0) {
        finish(ret_answer, SUBMIT_OK, CAUSE_NONE);
        ret_answer->submitted.tp_mr = phone.reference >= 0 && phone.reference <= 255 ? phone.reference : -1;
        return;
    }
    int32_t cause = refusal();
    finish(ret_answer, result_of(cause), cause);
}

void phone_ussd(const struct wire_message *request, struct wire_message *ret_answer)
{
    char code[sizeof request->ussd.code];
    memcpy(code, request->ussd.code, sizeof code);
    ret_answer->type = WIRE_DIALLED;
    phone_watch(0); /* some modems say OK only when the network has answered */
    GSM_Error error = GSM_DialService(phone.machine, code);
    if (error != ERR_NONE)
        (void)phone_failed(ret_answer, error, "dialling the USSD code");
}
