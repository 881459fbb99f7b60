/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/intake/rehearsal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/intake/intake_message.h"
#include "core/judge/assess.h"
#include "settings/settings.h"
#include "store/area.h"
#include "store/contact.h"
#include "store/mt.h"

#define SENDER "+6281230000000"

struct rehearsal {
    struct settings settings; /* the opener's, perhaps with one set alone */
    struct clock_fixed clock;
    struct store *store;
    struct box *box;
};

/* Somewhere in Indonesia, with everything above it. */
static int put_person(struct store *store, struct error *error)
{
    static const char *const areas[][2] = {
        {"35", "Jawa Timur"}, {"35.12", "Situbondo"}, {"35.12.03", "Suboh"}, {"35.12.03.2001", "Cemara"}};
    struct contact contact = {
        .role = ROLE_KPM, .state = CONTACT_ACTIVE, .phone = SENDER, .name = "KPM", .locale = "id"};
    int64_t id;
    int result = store_begin(store, error);
    if (result < 0)
        return result;
    for (size_t i = 0; i < sizeof areas / sizeof *areas && result == 0; i++)
        result = store_area_put(store, view_of(areas[i][0]), view_of(areas[i][1]), &contact.area_id, error);
    if (result == 0)
        result = store_contact_add(store, &contact, 0, &id, error);
    return store_end(store, result, error);
}

int rehearsal_open(const struct settings *settings, int set, struct rehearsal **ret_rehearsal, struct error *error)
{
    struct rehearsal *rehearsal = calloc(1, sizeof *rehearsal);
    if (!rehearsal)
        return error_set(error, -ENOMEM, "memory ran out");
    rehearsal->settings = *settings;
    if (set >= 0) {
        rehearsal->settings.sets = &settings->sets[set];
        rehearsal->settings.n_sets = 1;
    }
    int result = store_open(STORE_IN_MEMORY, STORE_WRITE, settings->box.id, &rehearsal->store, error);
    if (result == 0)
        result = put_person(rehearsal->store, error);
    if (result == 0)
        result =
            box_open(&rehearsal->settings, rehearsal->store, clock_of_fixed(&rehearsal->clock), &rehearsal->box, error);
    if (result < 0)
        rehearsal = rehearsal_close(rehearsal);
    *ret_rehearsal = rehearsal;
    return result;
}

struct rehearsal *rehearsal_close(struct rehearsal *rehearsal)
{
    if (!rehearsal)
        return NULL;
    box_close(rehearsal->box);
    store_close(rehearsal->store);
    free(rehearsal);
    return NULL;
}

const struct box *rehearsal_box(const struct rehearsal *rehearsal)
{
    return rehearsal->box;
}

/* As if one part had brought it, however long it is. */
static int take(struct intake *intake, struct view text, int64_t sent_ms)
{
    const struct mo_part_row part = {.modem = "sim1",
                                     .sender = SENDER,
                                     .smsc = "",
                                     .kind = "text",
                                     .text = text.at,
                                     .raw = "",
                                     .sent_ms = sent_ms,
                                     .received_ms = intake->now.ms,
                                     .concat_ref = -1,
                                     .concat_total = 1,
                                     .concat_seq = 1};
    enum mo_part_put put;
    int64_t id;
    int result = store_mo_part_put(intake->box->store, &part, &put, &id, intake->error);
    const struct intake_whole whole = {.modem = part.modem,
                                       .address = part.sender,
                                       .text = text,
                                       .sent_ms = sent_ms,
                                       .smsc = part.smsc,
                                       .received_ms = part.received_ms,
                                       .part_ids = &id,
                                       .n_parts = 1,
                                       .parts_come = 1,
                                       .parts_due = 1};
    return result < 0 ? result : intake_message(intake, &whole);
}

static int take_reply(void *data, const struct mt_message *mt)
{
    struct reply *reply = data;
    (void)snprintf(reply->text, sizeof reply->text, "%s", mt->text);
    return 1;
}

static int take_newest(void *data, const struct mo_message *message)
{
    struct mo_message *newest = data;
    newest->id = message->id;
    newest->outcome = message->outcome;
    return 1;
}

static int find_reply(const struct rehearsal *rehearsal, struct reply *ret_reply, enum mo_outcome *ret_outcome,
                      struct error *error)
{
    struct mo_message newest = {.id = 0};
    ret_reply->text[0] = '\0';
    int result = store_mo_list(rehearsal->store, &(struct mo_filter){.limit = 1}, take_newest, &newest, error);
    const struct mt_filter filter = {.mo_id = newest.id, .limit = 1};
    *ret_outcome = newest.outcome;
    return result < 0 ? result : store_mt_list(rehearsal->store, &filter, take_reply, ret_reply, error);
}

/* What the box itself wrote is not read when it comes back. */
static int leave_unread(const struct box *box, struct view text, int64_t sent_ms, enum mo_outcome outcome,
                        struct error *error)
{
    const struct assess_input input = {.text = text, .sent_ms = sent_ms, .set = -1};
    struct assessment *assessment = box->assessment;
    int result = assess(box, &input, assessment, error);
    assessment->reading.kind = outcome == MO_CHAT ? READING_CHAT : READING_UNKNOWN;
    assessment->reading.command = COMMAND_NONE;
    assessment->n_segments = 0;
    return result;
}

int rehearsal_say(struct rehearsal *rehearsal, struct view text, int64_t sent_ms, struct reply *ret_reply,
                  struct error *error)
{
    const struct box *box = rehearsal->box;
    struct intake intake = {.box = box, .error = error};
    enum mo_outcome outcome = MO_UNKNOWN;
    rehearsal->clock.wall = sent_ms;
    box->assessment->text.at = NULL;
    int result = moment_now(box, &intake.now, error);
    if (result == 0)
        result = store_begin(box->store, error);
    if (result < 0)
        return result;
    result = store_end(box->store, take(&intake, text, sent_ms), error);
    if (result == 0)
        result = find_reply(rehearsal, ret_reply, &outcome, error);
    return result < 0 || box->assessment->text.at == text.at ? result
                                                             : leave_unread(box, text, sent_ms, outcome, error);
}
