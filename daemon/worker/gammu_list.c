/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <string.h>

#include "modem/pdu.h"
#include "worker/gammu_phone.h"

/*
 * Where a message is, for modem_delete(): a flat location as Gammu has it, folder 0. Reports that a modem keeps in a
 * memory of their own ("SR") are the exception: there the folder is minus Gammu's number of the memory.
 */
static struct mo_place place_in(GSM_MemoryType memory, int location)
{
    return (struct mo_place){memory == MEM_SR ? -(int32_t)memory : 0, location};
}

static GSM_SMSMessage sms_at(struct mo_place place)
{
    GSM_SMSMessage sms;
    memset(&sms, 0, sizeof sms);
    sms.Location = place.location;
    if (place.folder < 0) {
        sms.Memory = (GSM_MemoryType)-place.folder;
        sms.Folder = 1;
    }
    return sms;
}

/* A report that +CDSI announced in the memory for reports, which no listing reaches. */
enum { REPORTS_MAX = 32 };
static struct mo_place reports[REPORTS_MAX];
static size_t n_reports;

/*
 * Called by libGammu from within any call. +CMTI and +CDSI only say where something is; +CDS brings the report itself,
 * and +CMT the message, which is nowhere else then: gammu.c sees to it that this happens to class 0 messages at most,
 * which some modems never store.
 */
void phone_on_sms(GSM_StateMachine *machine, GSM_SMSMessage *sms, void *data)
{
    (void)machine;
    (void)data;
    /* Of a message by +CMT libGammu leaves the place as the stack had it; an announcement has no kind. */
    if (sms->PDU == SMS_Deliver || (sms->PDU == SMS_Status_Report && sms->Location == 0)) {
        static struct wire_message message;
        phone_message(sms, (struct mo_place){0}, &message);
        phone.tell(&message);
        return;
    }
    if (sms->Memory == MEM_SR && n_reports < REPORTS_MAX)
        reports[n_reports++] = place_in(MEM_SR, sms->Location);
    phone.tell(&(struct wire_message){.type = WIRE_NEW});
}

/* Errors of one message, not of the modem: the next can still be read. */
static bool is_of_message(GSM_Error error)
{
    return error == ERR_CORRUPTED || error == ERR_UNKNOWN || error == ERR_UNKNOWNRESPONSE || error == ERR_BUG ||
           error == ERR_INVALIDDATETIME || error == ERR_INVALIDDATA || error == ERR_NOTIMPLEMENTED ||
           error == ERR_MOREMEMORY || error == ERR_MEMORY || error == ERR_NOTSUPPORTED;
}

/* After a jump out of the answer to a request. */
static GSM_Error reopened(void)
{
    return phone_reopen() ? ERR_CORRUPTED : ERR_DEVICEOPENERROR;
}

/* What is at the place into phone.multi; phone.pdu is "" where nothing is. */
static GSM_Error read_place(struct mo_place place)
{
    if (setjmp(phone.way_out) != PHONE_JUMP_NONE)
        return reopened();
    phone.pdu[0] = '\0';
    phone.multi.SMS[0] = sms_at(place);
    phone.multi.Number = 1;
    phone.way = PHONE_WAY_READ;
    GSM_Error error = GSM_GetSMS(phone.machine, &phone.multi);
    phone.way = PHONE_WAY_NONE;
    return error;
}

static GSM_Error next_report(void)
{
    struct mo_place place = reports[--n_reports];
    GSM_Error error = read_place(place);
    phone.multi.SMS[0].Location = place.location;
    phone.multi.SMS[0].Memory = MEM_SR;
    return error;
}

/*
 * A modem that cannot list its messages (AT+CMGL): libGammu then asks for place after place until it has decoded as
 * many as AT+CPMS tells of, 100,000 places where one cannot be decoded. Here what is there counts, and the memory has
 * an end.
 */
static struct memory {
    int place, last; /* flat; the place that was looked at, 0 or what stands before the first, and the last there is */
    int left;        /* messages that have not been met */
} memories[2];
static bool counting, met_any;

static GSM_Error next_counted(void)
{
    for (struct memory *memory = memories; memory < memories + 2; memory++) {
        while (memory->left > 0 && memory->place < memory->last) {
            phone.location = ++memory->place;
            GSM_Error error = read_place((struct mo_place){0, phone.location});
            if (error == ERR_EMPTY || error == ERR_INVALIDLOCATION)
                continue;
            if (error != ERR_NONE && !is_of_message(error))
                return error;
            if (error != ERR_NONE && !phone.pdu[0])
                continue;
            memory->left--;
            met_any = true;
            phone.multi.SMS[0].Location = phone.location;
            return error;
        }
    }
    return met_any ? ERR_EMPTY : ERR_PHONE_INTERNAL;
}

static GSM_Error count_from_start(void)
{
    GSM_SMSMemoryStatus status = {0};
    GSM_Error error = GSM_GetSMSStatus(phone.machine, &status);
    if (error != ERR_NONE)
        return error;
    int second = status.SIMSize > 0 ? GSM_PHONE_MAXSMSINFOLDER : 0;
    memories[0] = (struct memory){0, status.SIMSize, status.SIMUsed};
    memories[1] = (struct memory){second, second + status.PhoneSize, status.PhoneUsed};
    met_any = status.SIMUsed + status.PhoneUsed == 0;
    return next_counted();
}

/*
 * The library's next message. Its journal names the PDU before it decodes it, and the place before it asks for it: one
 * that would overrun its fields is jumped over there, and so is its counting, out of the call, which holds nothing at
 * that moment but the place.
 */
static GSM_Error next_of_library(bool from_start)
{
    switch (setjmp(phone.way_out)) {
    case PHONE_JUMP_LISTED:
        return ERR_CORRUPTED;
    case PHONE_JUMP_ANSWERED:
        return reopened();
    case PHONE_JUMP_COUNTS:
        counting = true;
        return count_from_start();
    }
    phone.way = PHONE_WAY_SEARCH;
    GSM_Error error = GSM_GetNextSMS(phone.machine, &phone.multi, from_start);
    phone.way = PHONE_WAY_NONE;
    return error;
}

/* The next message of SIM and phone memory into phone.multi; the place is known even where it cannot be decoded. */
static GSM_Error next_message(bool *from_start)
{
    phone.pdu[0] = '\0';
    if (phone.dummy) {
        if (*from_start)
            phone.location = 0;
        *from_start = false;
        return phone_dummy_next(&phone.location);
    }
    counting &= !*from_start;
    if (counting)
        return next_counted();
    if (*from_start) {
        phone.multi.SMS[0].Location = 0;
        phone.location = -1;
    } else {
        phone.multi.SMS[0].Location = phone.location;
    }
    phone.multi.SMS[0].Folder = 0;
    GSM_Error error = next_of_library(*from_start);
    *from_start = false;
    if (counting)
        return error;
    int location = phone.multi.SMS[0].Location;
    /* Where it could not even begin, it is not about a message. */
    if (error != ERR_NONE && is_of_message(error) && (location == 0 || location == phone.location))
        return ERR_PHONE_INTERNAL;
    phone.location = location;
    return error;
}

static struct mo_place place_now(void)
{
    if (!phone.dummy && phone.multi.SMS[0].Memory == MEM_SR)
        return place_in(MEM_SR, phone.multi.SMS[0].Location);
    return (struct mo_place){0, phone.location};
}

/*
 * What cannot be decoded is believed only when it reads the same a second time, in a listing of its own: a disturbed
 * line is not a reason to give up a message that is whole on the SIM.
 */
enum { SUSPECTS_MAX = 16 };
static struct suspect {
    int location; /* 0: free */
    char pdu[sizeof phone.pdu];
    bool sound;
} suspects[SUSPECTS_MAX];

static struct suspect *suspect_at(int location)
{
    for (size_t i = 0; i < SUSPECTS_MAX; i++)
        if (suspects[i].location == location)
            return &suspects[i];
    return NULL;
}

static bool is_believed(void)
{
    static size_t oldest;
    struct suspect *suspect = suspect_at(phone.location);
    bool known = suspect != NULL;
    if (known && strcmp(suspect->pdu, phone.pdu) == 0)
        return true;
    if (!known)
        suspect = &suspects[oldest++ % SUSPECTS_MAX];
    suspect->location = phone.location;
    suspect->sound = pdu_is_sound(phone.pdu);
    memcpy(suspect->pdu, phone.pdu, sizeof suspect->pdu);
    if (!known)
        phone.tell(&(struct wire_message){.type = WIRE_NEW});
    return false;
}

/*
 * What was told of each place. Some modems list messages by a number that AT+CMGD takes for another's place, and a SIM
 * may have been swapped: only the message that was told is deleted, never one that nobody has read.
 */
enum { TOLD_MAX = 64 };
static struct told {
    int location; /* 0: free */
    char pdu[sizeof phone.pdu];
} told[TOLD_MAX];

static struct told *told_at(int location)
{
    for (size_t i = 0; i < TOLD_MAX; i++)
        if (told[i].location == location)
            return &told[i];
    return NULL;
}

static void note_told(int location)
{
    static size_t oldest;
    struct told *one = told_at(location);
    if (!one)
        one = &told[oldest++ % TOLD_MAX];
    one->location = location;
    memcpy(one->pdu, phone.pdu, sizeof one->pdu);
}

/* Returns whether it was told: what there is of a message that libGammu cannot decode. */
static bool tell_unreadable(uint32_t id)
{
    if (!phone.dummy && !is_believed())
        return false;
    static struct wire_message message;
    memset(&message, 0, sizeof message);
    message.type = WIRE_MO;
    message.id = id;
    message.mo.kind = MO_UNREADABLE;
    message.mo.place = place_now();
    message.mo.concat_ref = -1;
    message.mo.concat_total = 1;
    message.mo.concat_seq = 1;
    memcpy(message.mo.raw, phone.pdu, sizeof phone.pdu);
    if (!phone.dummy && message.mo.place.folder == 0)
        note_told(message.mo.place.location);
    phone.tell(&message);
    return true;
}

/* Copies of what was sent, to be deleted when the listing is at its end: libGammu counts on its places until then. */
enum { COPIES_MAX = 32 };
static int copies[COPIES_MAX];
static size_t n_copies;

/*
 * One part of the message in hand. Only the last carries the place: nothing can be deleted before all of it has been
 * handed over, should it not fit into one batch.
 */
static bool tell_part(uint32_t id)
{
    static struct wire_message message;
    const GSM_SMSMessage *sms = &phone.multi.SMS[phone.next_part++];
    bool last = phone.next_part == phone.multi.Number;
    /* Drafts are somebody's, not ours to read or delete, and so are copies of what was sent unless we are told. */
    if (!sms->InboxFolder && sms->PDU != SMS_Status_Report) {
        if (phone.delete_sent && sms->State == SMS_Sent && last && !phone.dummy && n_copies < COPIES_MAX) {
            note_told(phone.location);
            copies[n_copies++] = phone.location;
        }
        return false;
    }
    struct mo_place place = last ? place_now() : (struct mo_place){0};
    if (!phone.dummy && last && place.folder == 0)
        note_told(place.location);
    phone_message(sms, place, &message);
    message.id = id;
    phone.tell(&message);
    return true;
}

static GSM_Error delete_told(int location);
enum { LOOKS_MAX = 40 }; /* places that are looked at for messages that are not where the modem said, in one request */
static int looks_left;

static void delete_copies(void)
{
    looks_left = LOOKS_MAX;
    for (size_t i = 0; i < n_copies; i++)
        (void)delete_told(copies[i]);
    n_copies = 0;
}

void phone_list(const struct wire_message *request, struct wire_message *ret_answer)
{
    bool from_start = request->list.from_start;
    ret_answer->type = WIRE_LISTED;
    if (from_start)
        phone.next_part = phone.multi.Number = 0;
    if (from_start)
        n_copies = 0;
    for (int32_t n = 0; n < request->list.max;) {
        if (phone.next_part < phone.multi.Number) {
            n += tell_part(request->id);
            continue;
        }
        phone.next_part = phone.multi.Number = 0;
        GSM_Error error = n_reports > 0 ? next_report() : next_message(&from_start);
        if (error == ERR_EMPTY) {
            phone.multi.Number = 0;
            delete_copies();
            return;
        }
        if (error == ERR_NONE && !phone.dummy && pdu_is_cut(phone.pdu))
            error = ERR_CORRUPTED; /* libGammu decodes what its buffer had before */
        if (error != ERR_NONE)
            phone.multi.Number = 0;
        if (error != ERR_NONE && is_of_message(error)) {
            n += tell_unreadable(request->id);
        } else if (error != ERR_NONE) {
            (void)phone_failed(ret_answer, error, "reading the messages");
            return;
        }
    }
    ret_answer->listed.more = true;
}

/* For libGammu a message is only deleted once it has been decoded. Looking for it has chosen its memory, and so does
 * looking at the place 0 beside one that must not be decoded. */
static GSM_Error delete_undecoded(int location, GSM_Error error)
{
    int place = location % GSM_PHONE_MAXSMSINFOLDER;
    if (error == ERR_NONE) {
        phone.multi.SMS[0] = sms_at((struct mo_place){0, location - place});
        (void)GSM_GetSMS(phone.machine, &phone.multi);
        phone.multi.Number = 0;
        error = ERR_CORRUPTED;
    }
    return phone_raw_delete(place) ? ERR_NONE : error;
}

/* Reads the place, which also chooses its memory. ERR_INVALIDLOCATION where something else is there than was told. */
static GSM_Error look_at(const struct told *one, int location)
{
    GSM_Error error = read_place((struct mo_place){0, location});
    phone.multi.Number = 0;
    if (error != ERR_NONE && !is_of_message(error))
        return error;
    return strcmp(phone.pdu, one->pdu) == 0 ? ERR_NONE : ERR_INVALIDLOCATION;
}

/* After a gap a modem's own count of its messages falls short of the place. */
static GSM_Error find_told(const struct told *one, int *location)
{
    GSM_Error error = look_at(one, *location);
    for (int i = *location + 1; (error == ERR_INVALIDLOCATION || error == ERR_EMPTY) && looks_left > 0; i++) {
        looks_left--;
        error = look_at(one, i);
        if (error == ERR_NONE)
            *location = i;
    }
    return error;
}

static GSM_Error delete_sms(struct mo_place place)
{
    GSM_SMSMessage sms = sms_at(place);
    GSM_Error error = GSM_DeleteSMS(phone.machine, &sms);
    return !phone.dummy && is_of_message(error) ? delete_undecoded(place.location, error) : error;
}

static GSM_Error delete_told(int location)
{
    struct told *one = told_at(location);
    if (!one)
        return ERR_EMPTY;
    GSM_Error error = find_told(one, &location);
    if (error == ERR_NONE)
        error = delete_sms((struct mo_place){0, location});
    if (error == ERR_NONE || error == ERR_EMPTY)
        one->location = 0;
    return error;
}

static GSM_Error delete_at(struct mo_place place)
{
    struct suspect *suspect = place.folder == 0 ? suspect_at(place.location) : NULL;
    GSM_Error error = ERR_NONE;
    if (suspect && !suspect->sound)
        error = delete_undecoded(place.location, ERR_NONE);
    else if (phone.dummy || place.folder < 0)
        error = delete_sms(place);
    else
        error = delete_told(place.location);
    if (error == ERR_EMPTY)
        error = ERR_NONE;
    if (suspect && error == ERR_NONE)
        suspect->location = 0;
    return error;
}

void phone_delete(const struct wire_message *request, struct wire_message *ret_answer)
{
    ret_answer->type = WIRE_DELETED;
    looks_left = LOOKS_MAX;
    for (int32_t i = 0; i < request->delete.n; i++) {
        GSM_Error error = delete_at(request->delete.places[i]);
        if (error == ERR_NONE)
            continue;
        if (phone_is_gone(error)) {
            (void)phone_failed(ret_answer, error, "deleting messages");
            return;
        }
        ret_answer->deleted.n_failed++;
        (void)snprintf(ret_answer->deleted.why, sizeof ret_answer->deleted.why, "%s",
                       error == ERR_INVALIDLOCATION ? "not where the modem said" : GSM_ErrorString(error));
    }
}
