/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/intake/note.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/outbox/outbox_queue.h"
#include "core/reply/phrase.h"
#include "core/villages.h"
#include "parsers/deliver.h"
#include "settings/settings.h"
#include "store/note.h"

enum {
    PEOPLE_MAX = 12, /* more are not told of one note */
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
    bool emergency;
    struct area area;            /* the sender's; code "": none */
    char village[AREA_CODE_MAX]; /* its village, or it where it is none */
    int64_t told[PEOPLE_MAX];
    char people[PEOPLE_MAX][PERSON_BYTES];
    size_t n_told;
    bool found; /* somebody of the role that is asked for */
    struct error *error;
};

static bool is_told(const struct passing *passing, int64_t contact_id)
{
    for (size_t i = 0; i < passing->n_told; i++)
        if (passing->told[i] == contact_id)
            return true;
    return false;
}

static void render(const struct passing *passing, const char *locale, struct reply *ret_reply)
{
    char text[TEXT_BYTES], name[PERSON_BYTES], area[PLACE_BYTES];
    (void)deliver_safe(passing->order->text, TEXT_CHARS, text, sizeof text);
    (void)deliver_safe(view_of(passing->order->contact->name), PERSON_CHARS, name, sizeof name);
    (void)deliver_safe(view_of(passing->area.name), PLACE_CHARS, area, sizeof area);
    const struct template_value given[] = {{"name", view_of(name)}, {"area", view_of(area)}, {"text", view_of(text)}};
    reply_simple(passing->box, locale, passing->emergency ? REPLY_NOTE_PASSED_EMERGENCY : REPLY_NOTE_PASSED, given, 3,
                 ret_reply);
}

/* What may be an emergency goes out as answers do: at night, too, and without regard to the pace. */
static int tell(struct passing *passing, const struct contact *contact)
{
    struct reply reply;
    render(passing, contact->locale, &reply);
    const struct outbox_order order = {.kind = passing->emergency ? MT_REPLY : MT_ALERT,
                                       .recipient = contact->phone,
                                       .contact_id = contact->id,
                                       .text = reply.text,
                                       .now_ms = passing->order->now_ms};
    char name[PERSON_BYTES];
    (void)deliver_safe(view_of(contact->name), PERSON_CHARS, name, sizeof name);
    (void)snprintf(passing->people[passing->n_told], PERSON_BYTES, "%s %s", contact_role_to_string(contact->role),
                   name);
    passing->told[passing->n_told++] = contact->id;
    return outbox_queue(passing->box, &order, NULL, passing->error);
}

static int consider(void *data, const struct contact *contact)
{
    struct passing *passing = data;
    bool everywhere = contact->role == ROLE_OPERATOR;
    bool here = everywhere || code_is_within(passing->village, contact->area_code) ||
                code_is_within(contact->area_code, passing->village);
    if (contact->id == passing->order->contact->id || !here)
        return 0;
    passing->found = true;
    return is_told(passing, contact->id) || passing->n_told == PEOPLE_MAX ? 0 : tell(passing, contact);
}

/* Those of the role who stand for the sender's village, for what is above or in it; all operators. */
static int pass_to(struct passing *passing, enum contact_role role)
{
    struct store *store = passing->box->store;
    passing->found = false;
    return role == ROLE_OPERATOR
               ? store_contact_list(store, role, CONTACT_ACTIVE, NULL, consider, passing, passing->error)
               : store_contact_list_by_area(store, role, NULL, consider, passing, passing->error);
}

/* Every role of the settings; where one has nobody there, the operators. */
static int pass_on(struct passing *passing)
{
    const struct texts *to = &passing->box->settings->notes.to;
    bool missing = to->n == 0;
    int result = 0;
    for (size_t i = 0; i < to->n && result == 0; i++) {
        const char *at = to->text[i];
        for (at += strspn(at, " "); *at && result == 0; at += strspn(at, " ")) {
            size_t len = strcspn(at, " ");
            enum contact_role role = contact_role_parse((struct view){at, len});
            at += len;
            if (role == ROLE_COUNT)
                continue;
            result = pass_to(passing, role);
            missing = missing || !passing->found;
        }
    }
    return result == 0 && missing ? pass_to(passing, ROLE_OPERATOR) : result;
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
    for (size_t i = 0; i < passing->n_told; i++)
        list_add(&people, passing->people[i]);
    list_end(&people);
    bool told = passing->n_told > 0;
    enum reply_text text = passing->emergency ? told ? REPLY_NOTE_EMERGENCY : REPLY_NOTE_EMERGENCY_WAITS
                           : told             ? REPLY_NOTE
                                              : REPLY_NOTE_WAITS;
    phrase_render(ret_phrase, wording, text, &(struct template_value){"people", view_of(people.phrase.text)}, 1);
}

static int keep(struct passing *passing, int64_t *ret_id)
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
    return store_note_add(passing->box->store, &row, ret_id, passing->error);
}

int note_take(const struct box *box, const struct note_order *order, struct reply *ret_reply, struct error *error)
{
    struct passing passing = {.box = box, .order = order, .error = error};
    int64_t id = 0;
    bool may = false;
    int result = 0;
    passing.emergency = order->emergency || has_emergency_word(box->settings, order->text);
    if (order->contact->area_id)
        result = store_area_by_id(box->store, order->contact->area_id, &passing.area, error);
    (void)snprintf(passing.village, sizeof passing.village, "%.*s", (int)strcspn(passing.area.code, "/"),
                   passing.area.code);
    if (result == 0)
        result = keep(&passing, &id);
    if (result == 0)
        result = may_pass(&passing, &may);
    if (result == 0 && may)
        result = pass_on(&passing);
    if (result == 0)
        result = store_note_told(box->store, id, (int)passing.n_told, error);
    reply_fit(box, order->contact->locale, make_answer, &passing, ret_reply);
    return result;
}
