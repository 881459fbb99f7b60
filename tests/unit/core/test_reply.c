/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whatever is sent, by whomever: the answer can be delivered, and fits. */
#include <errno.h>

#include "core/command/command.h"
#include "core/judge/assess.h"
#include "core/reply/reply.h"
#include "parsers/deliver.h"
#include "parsers/gsm7.h"
#include "world.h"

static uint32_t seed = 20361015;

static uint32_t below(uint32_t n)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 16) % n;
}

static void assert_deliverable(const char *said, const struct reply *reply, size_t max_parts)
{
    struct view fault;
    size_t septets;
    struct view text = view_of(reply->text);
    enum deliver_fault found = deliver_check(text, &fault);
    if (found != DELIVER_OK)
        fail_msg("%s\n-> %s\nis not delivered for \"%.*s\"", said, reply->text, (int)fault.len, fault.at);
    if (!gsm7_septets(text, &septets) || sms_parts(text) > max_parts)
        fail_msg("%s\n-> %s\nis %zu parts", said, reply->text, sms_parts(text));
    if (strstr(reply->text, "  ") || strchr(reply->text, '{'))
        fail_msg("%s\n-> %s\nhas a hole", said, reply->text);
}

static void answer(struct world *w, const char *said, int set, const char *locale, struct reply *reply)
{
    struct assess_input input = {.text = view_of(said), .sent_ms = w->clock.wall, .set = set};
    must(assess(w->box, &input, w->box->assessment, &w->error));
    reply_assessment(w->box, w->box->assessment, locale, reply);
    if (w->box->assessment->reading.kind == READING_COMMAND) {
        struct command_call call = {.box = w->box, .assessment = w->box->assessment};
        must(command_run(&call, reply, &w->error));
    }
}

static const char *const junk[] = {
    "dana",
    "pin",
    "KODE",
    "www.x.co",
    "http://a.b/c",
    "081230009999",
    "12345678",
    "1.200",
    "x",
    "?",
    "-5",
    "9O",
    "90%",
    "12/13",
    "\n",
    "emoji \xf0\x9f\x98\x80",
    "\xe2\x82\xac",
    "\xff\xfe",
    "Septmber 2036",
    "BLN 13",
    "NOV 2036",
    "JUNI",
    "jumlah",
    "bu Siti",
    "tidak ada",
    "{K4}",
    "selamat pagi",
    "Rp 100.000",
    "otp",
    "\xc5\x8d\xc4\x81",
    "~^[]|",
    "xyz 4",
    "kek/risti",
    "a\tb",
    "sangatpanjangsekalikatanya 77",
    "BANTUAN",
    "nomor",
    "juta",
};

/* A message of forms, keys, numbers and rubbish. */
static void make_message(const struct set *set, char *text, size_t size)
{
    static const int numbers[] = {0, 3, 12, 147, 999, 1000, 9999, 10000};
    size_t len = 0, words = 1 + below(below(4) ? 12 : 60);
    const struct form *form = &set->forms[below((uint32_t)set->n_forms)];
    text[0] = '\0';
    for (size_t i = 0; i < words && len < size; i++) {
        uint32_t luck = below(10);
        if (i == 0 || luck == 0) {
            form = &set->forms[below((uint32_t)set->n_forms)];
            len += (size_t)snprintf(text + len, size - len, "%s %d ", form->name, numbers[below(8)]);
        } else if (luck < 3) {
            len += (size_t)snprintf(text + len, size - len, "%s ", junk[below(sizeof junk / sizeof *junk)]);
        } else {
            const struct key *key = &form->keys[below((uint32_t)form->n_keys)];
            len += (size_t)snprintf(text + len, size - len, "%s %d ", key->code, numbers[below(8)]);
        }
    }
}

static void every_answer_can_be_delivered(void **state)
{
    (void)state;
    static struct world world;
    struct world *w = &world;
    static const char *const locales[] = {"id", "en", ""};
    struct reply reply;
    char text[1200];
    world_start(w, "");
    for (int i = 0; i < 3000; i++) {
        make_message(box_set(w->box, 0), text, sizeof text);
        answer(w, text, 0, locales[below(3)], &reply);
        assert_deliverable(text, &reply, 2);
    }
    for (size_t i = 0; i < sizeof junk / sizeof *junk; i++) {
        answer(w, junk[i], -1, "id", &reply);
        assert_deliverable(junk[i], &reply, 2);
    }
    w->settings->reply_max_parts = 1;
    for (int i = 0; i < 1000; i++) {
        make_message(box_set(w->box, 0), text, sizeof text);
        answer(w, text, 0, "id", &reply);
        assert_deliverable(text, &reply, 1);
    }
    world_end(w);
}

/* The more is wrong, the more must be said: every problem's token is named where there is room. */
static void every_number_is_echoed_where_there_is_room(void **state)
{
    (void)state;
    static struct world world;
    struct world *w = &world;
    struct reply reply;
    world_start(w, "");
    for (size_t f = 0; f < box_set(w->box, 0)->n_forms; f++) {
        const struct form *form = &box_set(w->box, 0)->forms[f];
        answer(w, form->example, -1, "id", &reply);
        const struct assessed *assessed = &w->box->assessment->segments[0];
        assert_true(assessed->status == STATUS_ACCEPTED || assessed->status == STATUS_HELD);
        for (size_t i = 0; i < assessed->segment->n_fields; i++) {
            char number[16];
            (void)snprintf(number, sizeof number, " %d", assessed->segment->fields[i].value);
            assert_non_null(strstr(reply.text, number));
        }
        /* a long example is asked about, which takes more words */
        assert_int_equal(sms_parts(view_of(reply.text)), assessed->status == STATUS_HELD ? 2 : 1);
    }
    world_end(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_answer_can_be_delivered),
        cmocka_unit_test(every_number_is_echoed_where_there_is_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
