/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The schema as reviewers read it, its words beside the enums, and how the hot statements go through it. */
#include "world.h"

#include "base/buf.h"
#include "store/mo.h"
#include "store/mt.h"
#include "store/report.h"

static int dump_row(void *data, int n, char **values, char **names)
{
    (void)n;
    (void)names;
    buf_printf(data, "%s;\n\n", values[0]);
    return 0;
}

static struct buf schema_of(struct world *w)
{
    struct buf text;
    buf_init(&text, 1 << 18);
    buf_puts(&text,
             "-- What all migrations together make, for reading and review; test_schema compares it. To renew it:\n"
             "--   KABAR_SCHEMA=sql/schema.sql ctest -R unit/store/test_schema\n\n");
    assert_int_equal(sqlite3_exec(w->store->db,
                                  "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"
                                  " ORDER BY tbl_name, type = 'index', name",
                                  dump_row, &text, NULL),
                     SQLITE_OK);
    assert_false(text.full);
    text.text[--text.len] = '\0';
    return text;
}

static struct buf file_of(const char *path)
{
    static char bytes[1 << 18];
    struct buf text;
    buf_init(&text, sizeof bytes);
    FILE *file = fopen(path, "rb");
    if (file) {
        buf_add(&text, (struct view){bytes, fread(bytes, 1, sizeof bytes, file)});
        (void)fclose(file);
    }
    return text;
}

static void the_golden_schema(void **state)
{
    struct world *w = *state;
    struct buf made = schema_of(w);
    const char *renew = getenv("KABAR_SCHEMA");
    if (renew) {
        FILE *file = fopen(renew, "wb");
        assert_non_null(file);
        assert_true(fwrite(made.text, 1, made.len, file) == made.len && fclose(file) == 0);
    }
    struct buf golden = file_of(KABAR_SOURCE_DIR "/sql/schema.sql");
    assert_string_equal(golden.text, made.text);
    buf_deinit(&golden);
    buf_deinit(&made);
}

typedef const char *word_of(int i);

static const char *role_word(int i)
{
    return contact_role_to_string((enum contact_role)i);
}
static const char *contact_state_word(int i)
{
    return contact_state_to_string((enum contact_state)i);
}
static const char *outcome_word(int i)
{
    return mo_outcome_to_string((enum mo_outcome)i);
}
static const char *status_word(int i)
{
    return i == STATUS_COUNT       ? "dropped"
           : i == STATUS_COUNT + 1 ? "cancelled"
                                   : report_status_to_string((enum report_status)i);
}
static const char *kind_word(int i)
{
    return mt_kind_to_string((enum mt_kind)i);
}
static const char *mt_state_word(int i)
{
    return mt_state_to_string((enum mt_state)i);
}

/* Each CHECK lists its enum's words, all of them, no others. */
static void words_are_the_enums(void **state)
{
    struct world *w = *state;
    static const struct {
        const char *column;
        word_of *word;
        int n;
    } lists[] = {
        {"role", role_word, ROLE_COUNT},
        {"state", contact_state_word, CONTACT_STATE_COUNT},
        {"outcome", outcome_word, MO_OUTCOME_COUNT},
        {"status", status_word, STATUS_COUNT + 2},
        {"kind", kind_word, MT_KIND_COUNT},
        {"state", mt_state_word, MT_STATE_COUNT},
    };
    struct buf schema = schema_of(w), plain, check;
    buf_init(&plain, 1 << 18);
    for (size_t i = 0; i < schema.len; i++) {
        bool space = schema.text[i] == ' ' || schema.text[i] == '\n';
        if (!space || (plain.len && plain.text[plain.len - 1] != ' '))
            buf_add(&plain, (struct view){space ? " " : &schema.text[i], 1});
    }
    buf_init(&check, 1024);
    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        buf_clear(&check);
        buf_printf(&check, "%s TEXT NOT NULL CHECK (%s IN (", lists[i].column, lists[i].column);
        for (int j = 0; j < lists[i].n; j++)
            buf_printf(&check, "%s'%s'", j ? ", " : "", lists[i].word(j));
        buf_puts(&check, "))");
        if (!strstr(plain.text, check.text))
            fail_msg("not in the schema: %s", check.text);
    }
    buf_deinit(&check);
    buf_deinit(&plain);
    buf_deinit(&schema);
}

static int plan_row(void *data, int n, char **values, char **names)
{
    (void)names;
    buf_printf(data, "%s\n", values[n - 1]);
    return 0;
}

static struct buf plan_of(struct world *w, const char *sql)
{
    struct buf query, plan;
    buf_init(&query, 1 << 14);
    buf_init(&plan, 1 << 14);
    buf_printf(&query, "EXPLAIN QUERY PLAN %s", sql);
    assert_int_equal(sqlite3_exec(w->store->db, query.text, plan_row, &plan, NULL), SQLITE_OK);
    buf_deinit(&query);
    return plan;
}

/* Whether a line of the plan goes through a whole table, or a whole index that is not one of few rows. */
static bool scans(const char *line)
{
    static const char *const small[] = {"SCAN json_each",  "SCAN modem_state",  "SCAN contact",    "SCAN stranger",
                                        "mo_part_waiting", "mo_message_unread", "mt_message_due",  "report_held",
                                        "attempt_open",    "CONSTANT ROW",      "SCAN place",      "SCAN member",
                                        "SCAN half",       "SCAN (subquery",    "SCAN card_stale", "SCAN own",
                                        "SCAN suspect",    "SCAN of_set"};
    if (strncmp(line, "SCAN ", 5) != 0)
        return false;
    for (size_t i = 0; i < COUNT_OF(small); i++) {
        const char *found = strstr(line, small[i]);
        if (found && found < line + strcspn(line, "\n"))
            return false;
    }
    return true;
}

static void check_plan(struct world *w, const struct statement_text *text)
{
    static const char *const planless[] = {"BEGIN", "COMMIT", "ROLLBACK", "PRAGMA"};
    for (size_t i = 0; i < COUNT_OF(planless); i++)
        if (strncmp(text->sql, planless[i], strlen(planless[i])) == 0)
            return;
    struct buf plan = plan_of(w, text->sql);
    for (const char *line = plan.text; *line; line += strcspn(line, "\n") + 1)
        if (scans(line) && !strstr(text->sql, "/* whole table: "))
            fail_msg("%s\n%s", text->sql, plan.text);
    buf_deinit(&plan);
}

/* Time must not grow with history: only the statements that say why. */
static void every_plan_uses_an_index(void **state)
{
    for (size_t table = 0; table < TABLE_COUNT; table++)
        for (const struct statement_text *text = store_tables[table]; text->sql; text++)
            check_plan(*state, text);
}

/* The one statement of a table in whose text that stands. */
static const char *find_sql(enum statement_table table, const char *part)
{
    const char *found = NULL;
    for (const struct statement_text *text = store_tables[table]; text->sql; text++) {
        if (!strstr(text->sql, part))
            continue;
        if (found)
            fail_msg("twice: %s", part);
        found = text->sql;
    }
    if (!found)
        fail_msg("nowhere: %s", part);
    return found;
}

#define MO_PART_KEY                                                                                                    \
    "SEARCH mo_part USING COVERING INDEX sqlite_autoindex_mo_part_1"                                                   \
    " (sent_ms=? AND sender=? AND concat_ref=? AND concat_seq=? AND text=? AND raw=?)\n"

/* What runs for each SMS or each turn of the loop: exactly this way; what only shapes the row may follow. */
static void hot_plans(void **state)
{
    struct world *w = *state;
    static const struct {
        enum statement_table table;
        const char *part, *plan;
    } hot[] = {
        {TABLE_MO, "AND concat_seq = ?4 AND text = ?5 AND raw = ?6 UNION ALL",
         "COMPOUND QUERY\nLEFT-MOST SUBQUERY\n" MO_PART_KEY "UNION ALL\n" MO_PART_KEY},
        {TABLE_MO, "max(id), 0) + 1 FROM mo_message", "SEARCH mo_message USING INTEGER PRIMARY KEY (rowid<?)\n"},
        {TABLE_MO, "abs(sent_ms - ?4)",
         "SEARCH mo_message USING INDEX mo_message_by_sender (sender=? AND received_ms>?)\n"},
        {TABLE_REPORT, "SELECT report_value.field, report_value.value",
         "SEARCH report USING INDEX report_by_area (area_id=? AND period=? AND form=? AND spent=?)\n"
         "SEARCH report_value USING PRIMARY KEY (report_id=?)\n"},
        {TABLE_REPORT, "UPDATE report SET spent = 1 FROM",
         "SEARCH report USING INTEGER PRIMARY KEY (rowid=?)\n"
         "SEARCH report USING INDEX report_by_area (area_id=? AND period=? AND form=? AND spent=?)\n"},
        {TABLE_SCORE, "report.period IN (?2, ?3, ?4)", "CO-ROUTINE place\n"},
        {TABLE_MT, "parts_sent = 0 OR modem = ?3",
         "SEARCH mt_message USING INDEX mt_message_next (priority=? AND next_attempt_ms<?)\n"},
        {TABLE_MT, "AND state_ms < ?3",
         "SEARCH mt_message USING INDEX mt_message_next (priority=? AND next_attempt_ms<?)\n"},
        {TABLE_MT, "SELECT min(next_attempt_ms)", "SEARCH mt_message USING INDEX mt_message_due (next_attempt_ms>?)\n"},
        {TABLE_MT_LIST, "SELECT text FROM mt_message",
         "SEARCH mt_message USING INDEX mt_message_by_recipient (recipient=? AND created_ms>?)\n"},
        {TABLE_MT_LIST, "(priority = ?2) = ?3",
         "SEARCH mt_message USING INDEX mt_message_by_created (created_ms>? AND created_ms<?)\n"},
        {TABLE_MT_SETTLE, "sent_ms IS NULL ORDER BY seq",
         "SEARCH mt_part USING INDEX sqlite_autoindex_mt_part_1 (mt_id=?)\n"},
        {TABLE_MT_SETTLE, "WHERE recipient = ?1 AND tp_mr = ?2",
         "SEARCH mt_part USING INDEX mt_part_by_reference (recipient=? AND tp_mr=?)\n"},
        {TABLE_JOB, "SELECT id FROM mt_message INDEXED BY mt_message_by_contact_job",
         "SEARCH mt_message USING INDEX mt_message_by_contact_job (contact_id=? AND job>? AND job<?)\n"
         "LIST SUBQUERY 2\nCOMPOUND QUERY\nLEFT-MOST SUBQUERY\n"
         "SEARCH area USING INTEGER PRIMARY KEY (rowid=?)\n"
         "SEARCH contact USING COVERING INDEX contact_by_area (area_id=?)\n"
         "UNION ALL\n"
         "SEARCH area USING INTEGER PRIMARY KEY (rowid=?)\n"
         "SEARCH contact_area USING COVERING INDEX contact_area_by_area (area_id=?)\n"
         "USE TEMP B-TREE FOR ORDER BY\n"},
        {TABLE_MT_RECOVER, "SET state = ?3, state_ms = ?1 WHERE",
         "SEARCH mt_message USING INDEX mt_message_by_state (state=?)\n"},
        {TABLE_MT_RECOVER, "iif(left_ms IS NULL, 'no_network'", "SCAN attempt USING INDEX attempt_open\n"},
        {TABLE_CONTACT, "WHERE contact_phone.phone = ?1",
         "SEARCH contact_phone USING PRIMARY KEY (phone=?)\n"
         "SEARCH contact USING INTEGER PRIMARY KEY (rowid=?)\n"
         "SEARCH area USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN\n"},
    };
    for (size_t i = 0; i < COUNT_OF(hot); i++) {
        struct buf plan = plan_of(w, find_sql(hot[i].table, hot[i].part));
        plan.text[strnlen(hot[i].plan, plan.len)] = '\0';
        assert_string_equal(plan.text, hot[i].plan);
        buf_deinit(&plan);
    }
}

/* No statement writes a state of an outgoing message by itself: what may become what stands in one table. */
static void states_of_messages_change_by_the_table(void **state)
{
    size_t found = 0;
    (void)state;
    for (size_t table = 0; table < TABLE_COUNT; table++)
        for (const struct statement_text *text = store_tables[table]; text->sql; text++) {
            const char *set = strstr(text->sql, " SET state = ");
            if (strncmp(text->sql, "UPDATE mt_message ", strlen("UPDATE mt_message ")) != 0 || !set)
                continue;
            found++;
            if (set[strlen(" SET state = ")] != '?')
                fail_msg("%s", text->sql);
        }
    assert_true(found >= 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_golden_schema, setup, teardown),
        cmocka_unit_test_setup_teardown(words_are_the_enums, setup, teardown),
        cmocka_unit_test_setup_teardown(every_plan_uses_an_index, setup, teardown),
        cmocka_unit_test_setup_teardown(hot_plans, setup, teardown),
        cmocka_unit_test(states_of_messages_change_by_the_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
