/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/intake/intake.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/failpoint.h"
#include "base/hash.h"
#include "core/intake/intake_message.h"
#include "core/intake/outcome.h"
#include "parsers/msisdn.h"
#include "settings/settings.h"
#include "store/contact.h"
#include "store/report.h"
#include "store/suspect.h"

enum { CONCAT_PARTS_MAX = 255 }; /* 3GPP TS 23.040 9.2.3.24.1: one octet */

/* The parts of one concatenated message that have come, and their text in order. */
struct assembly {
    int64_t ids[CONCAT_PARTS_MAX];
    size_t n, n_distinct;         /* n: with repetitions of a part, which go with it */
    int64_t sent_ms, received_ms; /* of the first part; the latest */
    int last_seq;
    size_t last_at; /* where the text of the last part begins */
    struct buf text;
};

static int assemble_part(void *data, const struct mo_waiting_part *part)
{
    struct assembly *assembly = data;
    if (assembly->n == CONCAT_PARTS_MAX)
        return 1;
    if (part->received_ms > assembly->received_ms)
        assembly->received_ms = part->received_ms;
    if (part->concat_seq == assembly->last_seq) {
        /* The SMSC repeats a part under another SCTS; one with another text belongs to an older message. */
        if (strcmp(assembly->text.text + assembly->last_at, part->text) == 0)
            assembly->ids[assembly->n++] = part->id;
        return 0;
    }
    if (assembly->n_distinct == 0)
        assembly->sent_ms = part->sent_ms;
    assembly->n_distinct++;
    assembly->last_seq = part->concat_seq;
    assembly->last_at = assembly->text.len;
    assembly->ids[assembly->n++] = part->id;
    buf_add(&assembly->text, (struct view){part->text, strnlen(part->text, MO_TEXT_BYTES - 1)});
    return 0;
}

/* Of what waits, or of an incomplete message (mo_id not 0). */
static int assemble(struct intake *intake, const char *sender, int ref, int total, int64_t mo_id,
                    struct assembly *assembly)
{
    struct store *store = intake->box->store;
    *assembly = (struct assembly){.n = 0};
    buf_init(&assembly->text, TEXT_MAX);
    int result = mo_id ? store_mo_parts(store, mo_id, assemble_part, assembly, intake->error)
                       : store_mo_waiting(store, sender, ref, total, assemble_part, assembly, intake->error);
    if (result == 0 && assembly->text.full && assembly->text.len < TEXT_MAX / 2)
        result = error_set(intake->error, -ENOMEM, "no memory for a message of %d parts", total);
    return result;
}

struct echo {
    const char *text;
    bool found;
};

static int look_for_echo(void *data, const struct mo_message *message)
{
    struct echo *echo = data;
    echo->found = message->outcome != MO_INCOMPLETE && strstr(message->text, echo->text) != NULL;
    return echo->found;
}

/* A part that the SMSC repeated, under another SCTS, after its message had been put together. */
static int is_echo(struct intake *intake, const char *sender, const char *text, bool *ret_echo)
{
    struct echo echo = {.text = text};
    struct mo_filter filter = {.sender = sender, .since_ms = intake->now.ms - MS_DAY, .limit = 100};
    int result = store_mo_list(intake->box->store, &filter, look_for_echo, &echo, intake->error);
    *ret_echo = echo.found;
    return result;
}

static struct intake_whole whole_of(const struct assembly *assembly, const char *modem, const char *sender,
                                    const char *smsc, int parts_due)
{
    return (struct intake_whole){
        .modem = modem,
        .address = sender,
        .text = {assembly->text.text, assembly->text.len},
        .sent_ms = assembly->sent_ms,
        .smsc = smsc,
        .received_ms = assembly->received_ms,
        .part_ids = assembly->ids,
        .n_parts = assembly->n,
        .parts_come = (int)assembly->n_distinct,
        .parts_due = parts_due,
    };
}

/* Keeps what came of one message whose other parts don't come. */
static int give_up(struct intake *intake, const struct mo_group *group, bool parked)
{
    struct assembly assembly;
    bool echo = false;
    int result = assemble(intake, group->sender, group->concat_ref, group->concat_total, 0, &assembly);
    if (result == 0 && !parked)
        result = is_echo(intake, group->sender, assembly.text.text, &echo);
    if (result == 0) {
        struct intake_whole whole = whole_of(&assembly, group->modem, group->sender, "", group->concat_total);
        whole.settled = true;
        whole.outcome = parked ? MO_UNREAD : MO_INCOMPLETE;
        whole.echo = echo;
        result = intake_message(intake, &whole);
    }
    buf_deinit(&assembly.text);
    return result;
}

/* What strangers can make wait is limited: beyond it the oldest are given up on before their time. */
static int limit_waiting(struct intake *intake)
{
    int64_t waiting = 0;
    struct mo_group group;
    int result = store_mo_waiting_count(intake->box->store, &waiting, intake->error);
    while (result == 0 && waiting > intake->box->settings->multipart_parts_max) {
        result = store_mo_stale_group(intake->box->store, INT64_MAX, &group, intake->error);
        if (result == 0)
            result = give_up(intake, &group, false);
        if (result == 0)
            result = store_mo_waiting_count(intake->box->store, &waiting, intake->error);
    }
    return result;
}

/* The last part makes the message, even one that was given up on (home): then nobody is asked a second time. Until then
 * it waits in the database. */
static int complete(struct intake *intake, const char *modem, const struct mo_part_row *part, int64_t home)
{
    struct assembly assembly;
    bool echo = false;
    int result = assemble(intake, part->sender, part->concat_ref, part->concat_total, home, &assembly);
    bool is_whole = assembly.n_distinct == (size_t)part->concat_total;
    if (result == 0 && home && is_whole)
        result = is_echo(intake, part->sender, assembly.text.text, &echo);
    if (result == 0 && (home || is_whole)) {
        struct intake_whole whole = whole_of(&assembly, modem, part->sender, part->smsc, part->concat_total);
        whole.mo_id = home;
        whole.settled = !is_whole || echo;
        whole.echo = echo;
        whole.outcome = MO_INCOMPLETE;
        result = intake_message(intake, &whole);
    }
    buf_deinit(&assembly.text);
    return result < 0 ? result : limit_waiting(intake);
}

static int take_concatenated(struct intake *intake, const char *modem, const struct mo_part_row *part, int64_t part_id)
{
    int64_t home = 0;
    int result = store_mo_find_incomplete(intake->box->store, part_id, &home, intake->error);
    if (result == 0 && home)
        result = store_mo_part_join(intake->box->store, part_id, home, intake->error);
    return result < 0 ? result : complete(intake, modem, part, home);
}

/* What is not a person's text has its outcome without being read. */
static bool is_settled(enum mo_kind kind, enum mo_outcome *ret_outcome)
{
    switch (kind) {
    case MO_TEXT:
        return false;
    case MO_FLASH:
    case MO_BINARY:
    case MO_MMS:
    case MO_USSD:
        *ret_outcome = MO_NOT_TEXT;
        return true;
    case MO_UNREADABLE:
    case MO_KIND_COUNT:
        break;
    }
    *ret_outcome = MO_UNREAD;
    return true;
}

/* A flash is read where a person sends it: some phones do nothing else. What carriers flash is not. A positive return:
 * it is to be read. */
static int is_flash_of_contact(const struct intake *intake, const struct mo_part *part, const char *sender)
{
    struct contact contact;
    if (part->kind != MO_FLASH)
        return 0;
    int result = store_contact_by_phone(intake->box->store, sender, &contact, intake->error);
    return result == -ENOENT ? 0 : result < 0 ? result : contact.state == CONTACT_ACTIVE;
}

/* Nothing is received before it was sent: while the wall clock is wrong, the stamp knows better. */
static int64_t received_ms(const struct intake *intake, const struct mo_part *part)
{
    int64_t sent_ms = moment_sent(moment_zoned(intake->box, part->smsc, part->sent_ms), intake->now, NULL);
    return !intake->now.trusted && sent_ms > intake->now.ms ? sent_ms : intake->now.ms;
}

static struct mo_part_row row_of(const struct intake *intake, const char *modem, const struct mo_part *part,
                                 char number[MSISDN_MAX])
{
    enum msisdn_kind kind = msisdn_normalise(view_of(part->sender), number);
    bool e164 = kind == MSISDN_MOBILE || kind == MSISDN_OTHER;
    return (struct mo_part_row){
        .modem = modem,
        .sender = e164 ? number : part->sender, /* one spelling: the parts of one message must find each other */
        .smsc = part->smsc,
        .kind = mo_kind_to_string(part->kind),
        .text = part->text,
        .raw = part->raw,
        .sent_ms = part->sent_ms,
        .received_ms = received_ms(intake, part),
        .concat_ref = part->concat_ref,
        .concat_total = part->concat_total,
        .concat_seq = part->concat_seq,
    };
}

static bool is_concatenated(const struct mo_part *part)
{
    return part->concat_ref >= 0 && part->concat_total > 1 && part->concat_total <= CONCAT_PARTS_MAX &&
           part->concat_seq >= 1 && part->concat_seq <= part->concat_total;
}

static int message_of_part(struct intake *intake, const struct mo_part_row *row, int64_t part_id, bool settled,
                           enum mo_outcome outcome)
{
    struct intake_whole whole = {
        .modem = row->modem,
        .address = row->sender,
        .text = view_of(row->text),
        .sent_ms = row->sent_ms,
        .smsc = row->smsc,
        .received_ms = row->received_ms,
        .part_ids = &part_id,
        .n_parts = 1,
        .parts_come = 1,
        .parts_due = 1,
        .settled = settled,
        .outcome = outcome,
    };
    return intake_message(intake, &whole);
}

/* A modem that gives no stamp gives the same key to the same words of every month: the day they came on stands in its
 * place, so that what is read from the SIM once more within a day is known, and what is sent next month is not. Nor is
 * what the modem did not have a moment ago, whatever came before on that day. */
static int64_t key_of_day(int64_t scts_ms, int64_t day)
{
    return scts_ms % MS_DAY - (day + 1) * 2 * MS_DAY;
}

/* Whether it came without a stamp yesterday; its row has today's key then. */
static int know_unstamped(struct intake *intake, struct mo_part_row *row, int64_t *ret_id)
{
    int64_t scts_ms = row->sent_ms, day = intake->now.ms / MS_DAY;
    row->sent_ms = key_of_day(scts_ms, day - 1);
    int result = store_mo_part_known(intake->box->store, row, ret_id, intake->error);
    row->sent_ms = key_of_day(scts_ms, day);
    return result;
}

/* The same words as before on that day: the moment makes the key, where no day's is. */
static int64_t key_of_moment(int64_t now_ms)
{
    return -INT64_C(1000000000000000) - now_ms;
}

static int put_part(struct intake *intake, struct mo_part_row *row, bool fresh, enum mo_part_put *ret_put,
                    int64_t *ret_id)
{
    struct store *store = intake->box->store;
    bool stamped = moment_is_stamp(row->sent_ms);
    int result = stamped ? 0 : know_unstamped(intake, row, ret_id);
    *ret_put = MO_PART_KNOWN;
    if (result == 0 && *ret_id == 0)
        result = store_mo_part_put(store, row, ret_put, ret_id, intake->error);
    if (result < 0 || stamped || !fresh || *ret_put == MO_PART_NEW)
        return result;
    row->sent_ms = key_of_moment(intake->now.ms);
    return store_mo_part_put(store, row, ret_put, ret_id, intake->error);
}

/* parked: its processing has failed, it is only kept for the operator. */
static int take_part(struct intake *intake, const char *modem, const struct mo_part *part, bool parked)
{
    char number[MSISDN_MAX];
    struct mo_part_row row = row_of(intake, modem, part, number);
    int flash = is_flash_of_contact(intake, part, row.sender);
    enum mo_kind kind = flash > 0 ? MO_TEXT : part->kind;
    enum mo_part_put put = MO_PART_NEW;
    int64_t id = 0;
    int result = flash < 0 ? flash : FAILPOINT(parked ? "intake.park" : "intake.part", intake->error);
    if (result == 0)
        result = put_part(intake, &row, part->fresh, &put, &id);
    if (result < 0)
        return result;
    if (put == MO_PART_KNOWN) {
        intake->counts.parts_known++;
        return 0;
    }
    intake->counts.parts_new++;
    moment_heard(intake->box, row.sender, row.smsc, row.sent_ms);
    result = moment_now(intake->box, &intake->now, intake->error);
    if (result < 0)
        return result;
    enum mo_outcome outcome = MO_UNREAD;
    intake->counts.unread += parked;
    if (!parked && kind == MO_TEXT && is_concatenated(part))
        return take_concatenated(intake, modem, &row, id);
    bool settled = parked || is_settled(kind, &outcome);
    return message_of_part(intake, &row, id, settled, outcome);
}

static void name_part(const struct mo_part *part, struct suspect *ret_suspect)
{
    char place[48];
    (void)snprintf(place, sizeof place, "%lld %d %d", (long long)part->sent_ms, (int)part->concat_ref,
                   (int)part->concat_seq);
    const char *const pieces[] = {part->sender, place, part->text, part->raw};
    uint64_t hash = HASH_BEGIN;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        hash = hash_add(hash, view_of(pieces[i]));
    (void)snprintf(ret_suspect->name, SUSPECT_NAME_MAX, "sms:%016llx", (unsigned long long)hash);
}

/* All of it in one transaction; on failure nothing of it is stored. */
static int take_batch(const struct box *box, const char *modem, const struct mo_part *parts, size_t n_parts,
                      bool parked, struct intake_counts *counts, struct error *error)
{
    struct intake intake = {.box = box, .counts = *counts, .error = error};
    struct suspect suspects[MO_BATCH];
    for (size_t i = 0; i < n_parts; i++)
        name_part(&parts[i], &suspects[i]);
    int result = moment_now(box, &intake.now, error);
    if (result == 0)
        result = store_suspect_begin(box->store, suspects, n_parts, error);
    if (result == 0)
        result = store_begin(box->store, error);
    for (size_t i = 0; i < n_parts && result == 0; i++)
        result = take_part(&intake, modem, &parts[i], parked);
    if (result == 0)
        result = moment_keep(box, intake.now, error);
    if (result == 0)
        result = store_suspect_end(box->store, suspects, n_parts, error);
    if (result == 0)
        result = FAILPOINT("intake.commit", error);
    result = store_end(box->store, result, error);
    if (result < 0) {
        store_suspect_forget(box->store, suspects, n_parts);
        return result;
    }
    *counts = intake.counts;
    return FAILPOINT("intake.committed", error);
}

/* Of what kabard died twice is parked; where that, too, is its death, it is left on the SIM. */
static int take_one(const struct box *box, const char *modem, const struct mo_part *part, struct intake_counts *counts,
                    struct error *error)
{
    struct suspect suspect;
    int64_t deaths = 0;
    name_part(part, &suspect);
    int result = store_suspect_deaths(box->store, &suspect, &deaths, error);
    if (result < 0)
        return result;
    if (deaths >= 2 * SUSPECT_DEATHS_MAX)
        return error_set(error, -EINVAL, "kabard died of it %lld times: it stays on the SIM", (long long)deaths);
    bool fatal = deaths >= SUSPECT_DEATHS_MAX;
    result = take_batch(box, modem, part, 1, fatal, counts, error);
    if (result < 0 && !fatal && !is_world_failure(result))
        result = take_batch(box, modem, part, 1, true, counts, error);
    counts->set_aside += fatal && result == 0;
    return result;
}

/* One that can't be processed must not hold up the others: each gets a transaction, the guilty one is parked. */
static int take_singly(const struct box *box, const char *modem, const struct mo_part *parts, size_t n_parts,
                       bool *ret_stored, struct intake_counts *counts, struct error *error)
{
    for (size_t i = 0; i < n_parts; i++) {
        int result = take_one(box, modem, &parts[i], counts, error);
        if (is_world_failure(result))
            return result;
        ret_stored[i] = result == 0;
    }
    return 0;
}

int intake_take(const struct box *box, const char *modem, const struct mo_part *parts, size_t n_parts, bool *ret_stored,
                struct intake_counts *ret_counts, struct error *error)
{
    struct intake_counts counts = {0};
    bool careful = false;
    KABAR_ASSERT(n_parts <= MO_BATCH);
    for (size_t i = 0; i < n_parts; i++)
        ret_stored[i] = false;
    int result = store_suspect_any(box->store, &careful, error);
    if (result == 0 && careful)
        result = -EINVAL;
    else if (result == 0)
        result = take_batch(box, modem, parts, n_parts, false, &counts, error);
    if (result == 0) {
        for (size_t i = 0; i < n_parts; i++)
            ret_stored[i] = true;
    } else if (!is_world_failure(result)) {
        result = take_singly(box, modem, parts, n_parts, ret_stored, &counts, error);
    }
    *ret_counts = counts;
    return result;
}

/* The oldest that waits since before, in a transaction of its own; -ENOENT: none. */
static int give_up_oldest(struct intake *intake, int64_t before_ms)
{
    struct suspect suspect;
    struct mo_group group;
    struct store *store = intake->box->store;
    int result = store_mo_stale_group(store, before_ms, &group, intake->error);
    if (result < 0)
        return result;
    (void)snprintf(suspect.name, sizeof suspect.name, "parts:%016llx:%d:%d",
                   (unsigned long long)hash_add(HASH_BEGIN, view_of(group.sender)), group.concat_ref,
                   group.concat_total);
    int64_t deaths = 0;
    result = store_suspect_deaths(store, &suspect, &deaths, intake->error);
    if (result < 0 || deaths >= 2 * SUSPECT_DEATHS_MAX)
        return result < 0 ? result : -ENOENT;
    bool fatal = deaths >= SUSPECT_DEATHS_MAX;
    result = store_suspect_begin(store, &suspect, 1, intake->error);
    if (result == 0)
        result = store_begin(store, intake->error);
    if (result == 0)
        result = give_up(intake, &group, fatal);
    intake->counts.set_aside += fatal;
    if (result == 0)
        result = store_suspect_end(store, &suspect, 1, intake->error);
    return store_end(store, result, intake->error);
}

static int tidy(struct intake *intake)
{
    const struct settings *settings = intake->box->settings;
    int64_t dropped = 0;
    int result = store_stranger_keep(intake->box->store, settings->unknown_sender_keep, intake->now.ms, intake->error);
    if (result == 0)
        result =
            store_report_drop_held(intake->box->store, intake->now.least_ms - settings->held_hours * (int64_t)MS_HOUR,
                                   &dropped, intake->error);
    return result;
}

int intake_tick(const struct box *box, struct intake_counts *ret_counts, struct error *error)
{
    struct intake intake = {.box = box, .error = error};
    enum { GROUPS_A_TICK = 64 }; /* the rest has its turn at the next tick */
    int result = moment_now(box, &intake.now, error);
    int64_t before_ms = intake.now.ms - box->settings->multipart_wait_minutes * (int64_t)MS_MINUTE;
    for (int i = 0; i < GROUPS_A_TICK && result == 0; i++)
        result = give_up_oldest(&intake, before_ms);
    if (result == 0 || result == -ENOENT)
        result = store_begin(box->store, error);
    if (result == 0)
        result = tidy(&intake);
    result = store_end(box->store, result, error);
    *ret_counts = result == 0 ? intake.counts : (struct intake_counts){0};
    return result;
}
