/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/mo.h"
#include "world.h"

static struct mo_part_row part_of(const char *text)
{
    return (struct mo_part_row){.modem = "sim1",
                                .sender = "+6281230000001",
                                .smsc = "",
                                .kind = "text",
                                .text = text,
                                .raw = "",
                                .sent_ms = NOW,
                                .received_ms = NOW + 5,
                                .concat_ref = -1,
                                .concat_total = 1,
                                .concat_seq = 1};
}

static enum mo_part_put put(struct world *w, const struct mo_part_row *part, int64_t *ret_id)
{
    enum mo_part_put outcome = MO_PART_KNOWN;
    OK(store_mo_part_put(w->store, part, &outcome, ret_id, &w->error));
    return outcome;
}

static int64_t put_new(struct world *w, const struct mo_part_row *part)
{
    int64_t id = 0;
    assert_int_equal(put(w, part, &id), MO_PART_NEW);
    return id;
}

/* Reading the same SMS again, by whichever modem and whenever, is harmless; any difference in the key is another. */
static void parts_are_known_again(void **state)
{
    struct world *w = *state;
    int64_t first, id;
    struct mo_part_row part = part_of("IBU HAMIL 12 K4 3");
    begin(w);
    first = put_new(w, &part);
    part.modem = "sim2";
    part.received_ms += 1000;
    part.smsc = "+6281230000099";
    assert_int_equal(put(w, &part, &id), MO_PART_KNOWN);
    assert_true(id == first);
    commit(w);
    begin(w);
    assert_int_equal(put(w, &part, &id), MO_PART_KNOWN);
    struct mo_part_row other = part;
    other.sent_ms += 1000;
    (void)put_new(w, &other);
    other = part;
    other.sender = "+6281230000002";
    (void)put_new(w, &other);
    other = part;
    other.concat_ref = 7;
    (void)put_new(w, &other);
    other = part;
    other.concat_seq = 2;
    (void)put_new(w, &other);
    other = part;
    other.text = "IBU HAMIL 12 K4 4";
    (void)put_new(w, &other);
    other = part;
    other.raw = "0A0B";
    (void)put_new(w, &other);
    commit(w);
    assert_int_equal(sql(w, "SELECT count(*) FROM mo_part"), 7);
}

static int note_waiting(void *data, const struct mo_waiting_part *part)
{
    char *seen = data;
    size_t len = strlen(seen);
    (void)snprintf(seen + len, 128 - len, "%d:%s ", part->concat_seq, part->text);
    return 0;
}

static struct mo_part_row piece(const char *text, int ref, int total, int seq, int64_t at_ms)
{
    struct mo_part_row part = part_of(text);
    part.concat_ref = ref;
    part.concat_total = total;
    part.concat_seq = seq;
    part.sent_ms = part.received_ms = at_ms;
    return part;
}

static void parts_wait_for_one_another(void **state)
{
    struct world *w = *state;
    struct mo_group group;
    char seen[128] = "";
    begin(w);
    FAILS(-ENOENT, store_mo_stale_group(w->store, NOW + 1000000, &group, &w->error));
    struct mo_part_row single = part_of("single");
    (void)put_new(w, &single);
    struct mo_part_row parts[] = {
        piece("old two", 7, 3, 2, NOW - 5000), piece("three", 7, 3, 3, NOW),       piece("two", 7, 3, 2, NOW),
        piece("other ref", 8, 3, 1, NOW + 10), piece("other total", 7, 2, 1, NOW),
    };
    int64_t ids[COUNT_OF(parts)];
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        ids[i] = put_new(w, &parts[i]);
    OK(store_mo_waiting(w->store, parts[0].sender, 7, 3, note_waiting, seen, &w->error));
    assert_string_equal(seen, "2:two 2:old two 3:three ");
    FAILS(-ENOENT, store_mo_stale_group(w->store, NOW, &group, &w->error));
    OK(store_mo_stale_group(w->store, NOW + 1, &group, &w->error));
    assert_true(group.concat_ref == 7 && group.concat_total == 3 && group.oldest_received_ms == NOW - 5000);
    assert_string_equal(group.sender, "+6281230000001");
    assert_string_equal(group.modem, "sim1");

    struct mo_message message = {.modem = "sim1", .sender = "+6281230000001", .outcome = MO_INCOMPLETE, .text = "…"};
    int64_t mo = 0;
    OK(store_mo_message_add(w->store, &message, (int64_t[]){ids[2], ids[1]}, 2, &mo, &w->error));
    commit(w);
    seen[0] = '\0';
    OK(store_mo_waiting(w->store, parts[0].sender, 7, 3, note_waiting, seen, &w->error));
    assert_string_equal(seen, "2:old two ");
    begin(w);
    FAILS(-ENOENT, store_mo_message_add(w->store, &message, &ids[1], 1, &mo, &w->error));
    store_rollback(w->store);
}

static int64_t add_message(struct world *w, const char *sender, const char *text, enum mo_outcome outcome, int64_t at)
{
    int64_t id = 0;
    struct mo_message message = {.outcome = outcome, .text = text, .sent_ms = at, .received_ms = at};
    (void)snprintf(message.modem, sizeof message.modem, "sim1");
    (void)snprintf(message.sender, sizeof message.sender, "%s", sender);
    struct contact contact;
    if (store_contact_by_phone(w->store, sender, &contact, &w->error) == 0)
        message.contact_id = contact.id;
    OK(store_mo_message_add(w->store, &message, NULL, 0, &id, &w->error));
    return id;
}

static int note_text(void *data, const struct mo_message *message)
{
    char *seen = data;
    size_t len = strlen(seen);
    (void)snprintf(seen + len, 128 - len, "%s ", message->text);
    return 0;
}

static void lists(void **state)
{
    struct world *w = *state;
    begin(w);
    add_contact(w, "+6281230000001", ROLE_KPM, add_village(w));
    int64_t a = add_message(w, "+6281230000001", "a", MO_REPORT, NOW);
    int64_t b = add_message(w, "+6281230000002", "b", MO_UNKNOWN, NOW + 1);
    int64_t c = add_message(w, "+6281230000001", "c", MO_UNREAD, NOW + 2);
    int64_t d = add_message(w, "+6281230000001", "d", MO_INCOMPLETE, NOW + 3);
    commit(w);
    const struct {
        struct mo_filter filter;
        const char *expected;
    } cases[] = {
        {{.limit = 0}, "d c b a "},
        {{.limit = 2}, "d c "},
        {{.sender = "+6281230000001"}, "d c a "},
        {{.sender = "+6281230000001", .since_ms = NOW + 2, .limit = 1}, "d "},
        {{.since_ms = NOW + 2}, "d c "},
        {{.unread_only = true}, "d c b "},
        {{.unread_only = true, .sender = "+6281230000002"}, "b "},
        {{.area_code = "35.12"}, "d c a "},
        {{.area_code = "36"}, ""},
        {{.id = b}, "b "},
        {{.id = b, .sender = "+6281230000001"}, ""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char seen[128] = "";
        OK(store_mo_list(w->store, &cases[i].filter, note_text, seen, &w->error));
        if (strcmp(seen, cases[i].expected) != 0)
            fail_msg("case %zu: %s, not %s", i, seen, cases[i].expected);
    }
    begin(w);
    OK(store_mo_message_set_handled(w->store, b, NOW, &w->error));
    OK(store_mo_message_set_outcome(w->store, c, MO_REPORT, &w->error));
    FAILS(-ENOENT, store_mo_message_set_handled(w->store, 99, NOW, &w->error));
    FAILS(-ENOENT, store_mo_message_set_outcome(w->store, 99, MO_REPORT, &w->error));
    commit(w);
    char seen[128] = "";
    OK(store_mo_list(w->store, &cases[5].filter, note_text, seen, &w->error));
    assert_string_equal(seen, "d ");
    assert_true(a == 1 && d == 4);
}

static int keep_message(void *data, const struct mo_message *message)
{
    *(struct mo_message *)data = *message;
    return 1;
}

static void same_text_and_uid(void **state)
{
    struct world *w = *state;
    int64_t count;
    begin(w);
    add_message(w, "+6281230000001", "a", MO_CHAT, NOW);
    add_message(w, "+6281230000001", "a", MO_CHAT, NOW + 10);
    add_message(w, "+6281230000001", "b", MO_CHAT, NOW + 20);
    add_message(w, "+6281230000002", "a", MO_CHAT, NOW + 20);
    const char *sender = "+6281230000001";
    OK(store_mo_same_text(w->store, sender, view_of("a"), NOW, NOW, &count, &w->error));
    assert_int_equal(count, 2);
    OK(store_mo_same_text(w->store, sender, view_of("a"), NOW + 1, NOW, &count, &w->error));
    assert_int_equal(count, 1);
    OK(store_mo_same_text(w->store, sender, view_of("a"), NOW, NOW + MS_DAY, &count, &w->error));
    assert_int_equal(count, 0);
    struct mo_message message;
    OK(store_mo_list(w->store, &(struct mo_filter){.id = 2}, keep_message, &message, &w->error));
    assert_string_equal(message.uid, "box-03-mo-2");
    assert_true(message.parts == 1 && message.received_ms == NOW + 10 && message.outcome == MO_CHAT);
    commit(w);
    for (int i = 0; i < MO_OUTCOME_COUNT; i++) {
        begin(w);
        OK(store_mo_message_set_outcome(w->store, 1, (enum mo_outcome)i, &w->error));
        commit(w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(parts_are_known_again, setup, teardown),
        cmocka_unit_test_setup_teardown(parts_wait_for_one_another, setup, teardown),
        cmocka_unit_test_setup_teardown(lists, setup, teardown),
        cmocka_unit_test_setup_teardown(same_text_and_uid, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
