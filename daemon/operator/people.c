/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "operator/people.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/intake/own_text.h"
#include "core/intake/reparse.h"
#include "core/outbox/outbox_queue.h"
#include "core/reply/phrase.h"
#include "settings/settings.h"
#include "store/area.h"
#include "store/mo.h"

enum { MONTH_DAYS = 31, ANSWERED_DAYS = 7 };

/* What a person stands for, as it is read: "Cemara, Buduan". */
struct names {
    char text[4 * NAME_MAX_BYTES];
    size_t len;
};

static int add_name(void *data, const struct area *area)
{
    struct names *names = data;
    if (names->len < sizeof names->text)
        names->len += (size_t)snprintf(names->text + names->len, sizeof names->text - names->len, "%s%s",
                                       names->len ? ", " : "", area->name);
    return 0;
}

/* The form's example up to its second number, so that the greeting is one SMS: "IBU HAMIL 12 BERSALIN 2". */
static struct view short_example(const struct set *set)
{
    const char *example = set->forms[0].example;
    int numbers = 0;
    for (const char *word = example; *word; word += strspn(word, " ")) {
        size_t len = strcspn(word, " ");
        numbers += strspn(word, "0123456789") == len;
        word += len;
        if (numbers == 2)
            return (struct view){example, (size_t)(word - example)};
    }
    return view_of(example);
}

int people_welcome(const struct box *box, const struct contact *contact, int64_t now_ms, struct error *error)
{
    struct local_time local = zone_local(now_ms);
    const struct set *set = box_set(box, box_set_for(box, month_of(local.day)));
    struct names names = {.text = "-"};
    struct reply reply;
    int result = store_contact_areas(box->store, contact->id, add_name, &names, error);
    if (result < 0)
        return result;
    const struct template_value given[] = {
        {"name", view_of(contact->name)}, {"area", view_of(names.text)}, {"example", short_example(set)}};
    reply_simple(box, contact->locale, REPLY_WELCOME, given, 3, &reply);
    const struct outbox_order order = {.kind = MT_MANUAL,
                                       .recipient = contact->phone,
                                       .contact_id = contact->id,
                                       .text = reply.text,
                                       .now_ms = now_ms};
    return outbox_queue(box, &order, NULL, error);
}

struct found {
    const struct box *box;
    struct {
        int64_t id, received_ms;
        bool own; /* worded as the box words its answers */
    } message[PEOPLE_LEFT_MAX];
    size_t n;
};

static int collect(void *data, const struct mo_message *message)
{
    struct found *found = data;
    if (message->outcome != MO_UNREGISTERED)
        return 0;
    found->message[found->n].id = message->id;
    found->message[found->n].received_ms = message->received_ms;
    found->message[found->n].own = own_text_like(found->box->settings, view_of(message->text));
    return ++found->n == PEOPLE_LEFT_MAX;
}

/* A message that can't be read as a report changes nothing, and is left to the operator. */
static int read_one(const struct box *box, int64_t id, bool answer, int64_t now_ms, struct people_waiting *waiting,
                    bool *ret_read, struct error *error)
{
    struct reparsed reparsed = {0};
    int result = reparse(box, id, answer, now_ms, &reparsed, error);
    *ret_read = result == REPARSE_STORED;
    waiting->read += *ret_read;
    waiting->reports += reparsed.reports;
    return result == -EINVAL || result == -ENOENT || result > 0 ? 0 : result;
}

int people_registered(const struct box *box, const struct contact *contact, bool greeted, int64_t now_ms,
                      struct people_waiting *ret_waiting, struct error *error)
{
    struct found found = {.box = box};
    struct mo_filter filter = {.sender = contact->phone, .limit = PEOPLE_LEFT_MAX};
    int64_t oldest_ms = now_ms - (box->settings->accept_months_back + 1) * MONTH_DAYS * MS_DAY;
    bool is_read[PEOPLE_LEFT_MAX] = {false};
    *ret_waiting = (struct people_waiting){0};
    int result = store_mo_list(box->store, &filter, collect, &found, error);
    ret_waiting->waited = found.n;
    if (result == 0 && (found.n > 0 || box->settings->welcome) && !greeted)
        result = people_welcome(box, contact, now_ms, error);
    for (size_t i = found.n; i-- > 0 && result == 0;) { /* the oldest first: later ones correct it */
        int64_t received_ms = found.message[i].received_ms;
        if (found.message[i].own || received_ms < oldest_ms)
            continue;
        bool answer = now_ms - received_ms < ANSWERED_DAYS * MS_DAY;
        result = read_one(box, found.message[i].id, answer, now_ms, ret_waiting, &is_read[i], error);
    }
    for (size_t i = 0; i < found.n; i++)
        if (!is_read[i])
            ret_waiting->left[ret_waiting->n_left++] = found.message[i].id;
    return result;
}
