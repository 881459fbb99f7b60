/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/intake/note.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/role.h"
#include "core/outbox/outbox_queue.h"
#include "core/reply/phrase.h"
#include "core/tell/audience.h"
#include "parsers/deliver.h"
#include "settings/settings.h"
#include "store/note.h"

enum {
    NOTE_ROLES_MAX = 32,
    TEXT_CHARS = 150,
    TEXT_BYTES = 1024,
    PERSON_CHARS = 24,
    PERSON_BYTES = 4 * PERSON_CHARS,
    PLACE_CHARS = 30,
    PLACE_BYTES = 4 * PLACE_CHARS,
};

struct passing {
    const struct box *box;
    const struct note_order *order;
    int64_t id; /* of the note */
    bool emergency;
    struct area area;         /* the sender's; code "": none */
    struct audience audience; /* who is told; n 0: nobody */
    struct error *error;
};

/* 081-230-001-015 of +6281230001015: people dial it from paper, and carriers swallow longer runs of digits (deliver.h).
 */
static void write_phone(const char *phone, char ret_text[2 * MSISDN_MAX])
{
    bool home = strncmp(phone, "+62", 3) == 0;
    size_t n = 0, digits = 0;
    if (home)
        ret_text[n++] = '0', digits = 1;
    for (const char *c = phone + (home ? 3 : 0); *c && n + 2 < (size_t)2 * MSISDN_MAX; c++) {
        if (digits > 0 && digits % 3 == 0)
            ret_text[n++] = '-';
        ret_text[n++] = *c;
        digits += *c != '+';
    }
    ret_text[n] = '\0';
}

static void render(const struct passing *passing, const char *locale, struct reply *ret_reply)
{
    char text[TEXT_BYTES], name[PERSON_BYTES], area[PLACE_BYTES], phone[2 * MSISDN_MAX];
    (void)deliver_safe(passing->order->text, TEXT_CHARS, text, sizeof text);
    (void)deliver_safe(view_of(passing->order->contact->name), PERSON_CHARS, name, sizeof name);
    (void)deliver_safe(view_of(passing->area.name), PLACE_CHARS, area, sizeof area);
    write_phone(passing->order->phone, phone);
    const struct template_value given[] = {
        {"name", view_of(name)}, {"area", view_of(area)}, {"text", view_of(text)}, {"phone", view_of(phone)}};
    reply_simple(passing->box, locale, passing->emergency ? REPLY_NOTE_PASSED_EMERGENCY : REPLY_NOTE_PASSED, given, 4,
                 ret_reply);
}

static int tell(const struct passing *passing, const struct recipient *person)
{
    struct reply reply;
    char job[JOB_NAME_MAX];
    render(passing, person->locale, &reply);
    (void)snprintf(job, sizeof job, "note:%" PRId64, passing->id);
    const struct outbox_order order = {.kind = MT_ALERT,
                                       .recipient = person->phone,
                                       .contact_id = person->contact_id,
                                       .text = reply.text,
                                       .job = job,
                                       .urgent = passing->emergency,
                                       .now_ms = passing->order->now_ms};
    return outbox_queue(passing->box, &order, NULL, passing->error);
}

/* Those whom the settings name for the sender's village, or for an emergency there. */
static int pass_on(struct passing *passing)
{
    const struct notes_settings *notes = &passing->box->settings->notes;
    char village[AREA_CODE_MAX];
    struct role_at to[NOTE_ROLES_MAX];
    bool apart = passing->emergency && notes->emergency_to.n > 0;
    size_t n = audience_roles(apart ? &notes->emergency_to : &notes->to, to, NOTE_ROLES_MAX);
    (void)snprintf(village, sizeof village, "%.*s", (int)strcspn(passing->area.code, "/"), passing->area.code);
    int result =
        audience_find(passing->box, to, n, village, passing->order->contact->id, &passing->audience, passing->error);
    for (size_t i = 0; i < passing->audience.n && result == 0; i++)
        result = tell(passing, &passing->audience.people[i]);
    return result;
}

static bool is_word_end(struct view text, size_t at)
{
    if (at >= text.len)
        return true;
    char c = text.at[at];
    return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c));
}

/* A word, or words, that the settings name. */
static bool has_emergency_word(const struct settings *settings, struct view text)
{
    const struct texts *words = &settings->notes.emergency_words;
    for (size_t i = 0; i < words->n; i++) {
        size_t len = strlen(words->text[i]);
        for (size_t at = 0; len > 0 && at + len <= text.len; at++)
            if ((at == 0 || is_word_end(text, at - 1)) && strncasecmp(text.at + at, words->text[i], len) == 0 &&
                is_word_end(text, at + len))
                return true;
    }
    return false;
}

/* One sender can't make the box send without end. */
static int may_pass(const struct passing *passing, bool *ret_may)
{
    int64_t n = 0;
    int result = store_note_count(passing->box->store, passing->order->contact->id, passing->order->now_ms - MS_DAY, &n,
                                  passing->error);
    *ret_may = passing->order->pass && n <= passing->box->settings->notes.number_day;
    return result;
}

static void make_answer(const void *data, const struct wording *wording, struct phrase *ret_phrase)
{
    const struct passing *passing = data;
    struct list people;
    list_begin(&people, wording, REPLY_JOIN_LIST);
    for (size_t i = 0; i < passing->audience.n; i++) {
        const struct recipient *person = &passing->audience.people[i];
        char name[PERSON_BYTES], words[PERSON_BYTES + 16];
        (void)deliver_safe(view_of(person->name), PERSON_CHARS, name, sizeof name);
        (void)snprintf(words, sizeof words, "%s %s", contact_role_to_string(person->role), name);
        list_add(&people, words);
    }
    list_end(&people);
    bool told = passing->audience.n > 0;
    enum reply_text text = passing->emergency ? told ? REPLY_NOTE_EMERGENCY : REPLY_NOTE_EMERGENCY_WAITS
                           : told             ? REPLY_NOTE
                                              : REPLY_NOTE_WAITS;
    phrase_render(ret_phrase, wording, text, &(struct template_value){"people", view_of(people.phrase.text)}, 1);
}

static int keep(struct passing *passing)
{
    const struct note_order *order = passing->order;
    struct note_row row = {
        .mo_id = order->mo_id,
        .contact_id = order->contact->id,
        .created_ms = order->now_ms,
        .emergency = passing->emergency,
    };
    (void)snprintf(row.area_code, sizeof row.area_code, "%s", passing->area.code);
    (void)snprintf(row.area_name, sizeof row.area_name, "%s", passing->area.name);
    return store_note_add(passing->box->store, &row, &passing->id, passing->error);
}

int note_take(const struct box *box, const struct note_order *order, struct reply *ret_reply, struct error *error)
{
    struct passing passing = {.box = box, .order = order, .error = error};
    bool may = false;
    int result = 0;
    passing.emergency = order->emergency || has_emergency_word(box->settings, order->text);
    if (order->contact->area_id)
        result = store_area_by_id(box->store, order->contact->area_id, &passing.area, error);
    if (result == 0)
        result = keep(&passing);
    if (result == 0)
        result = may_pass(&passing, &may);
    if (result == 0 && may)
        result = pass_on(&passing);
    if (result == 0)
        result = store_note_told(box->store, passing.id, (int)passing.audience.n, error);
    reply_fit(box, order->contact->locale, make_answer, &passing, ret_reply);
    return result;
}
