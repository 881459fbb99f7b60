/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The three books beside one another, in SQL: the database, and the modems' ledgers in a schema of their own, `net`. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "soak.h"

enum { SHOWN = 8, KILL_BEFORE_MS = 12000, KILL_AFTER_MS = 2000, GARBAGE_MS = 4000, ANSWERS_PERCENT = 95 };

static sqlite3 *books_open(struct soak *soak)
{
    sqlite3 *db;
    if (sqlite3_open_v2(soak->database, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        soak_die("cannot open %s: %s", soak->database, sqlite3_errmsg(db));
    sqlite3_busy_timeout(db, 5000);
    return db;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        soak_die("%s in: %s", sqlite3_errmsg(db), sql);
    return statement;
}

static int64_t number_asked(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = prepare(db, sql);
    int64_t number = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
    sqlite3_finalize(statement);
    return number;
}

bool check_calm(struct soak *soak, struct buf *ret_why)
{
    sqlite3 *db = books_open(soak);
    for (int i = 0; i < MODEMS; i++) {
        struct buf status;
        buf_init(&status, 4096);
        (void)rig_order(&soak->modems[i], &status, "status");
        if (!strstr(status.text, " SM=0/") || !strstr(status.text, " ME=0/") || !strstr(status.text, " waiting=0 "))
            buf_printf(ret_why, "%s: %s ", soak->modems[i].name, status.text);
        buf_deinit(&status);
    }
    int64_t open = number_asked(db, "SELECT count(*) FROM mt_message WHERE state IN "
                                    "('queued', 'submitting', 'retry_wait', 'uncertain')");
    int64_t waiting = number_asked(db, "SELECT count(*) FROM mo_part WHERE message_id IS NULL");
    sqlite3_close(db);
    if (open)
        buf_printf(ret_why, "%lld answers are not sent yet ", (long long)open);
    if (waiting)
        buf_printf(ret_why, "%lld parts wait for others", (long long)waiting);
    return ret_why->len == 0;
}

/* The value after " name=" up to a blank, "" where there is none. */
static void field(const char *line, const char *name, char *ret_value, size_t size)
{
    char key[24];
    (void)snprintf(key, sizeof key, " %s=", name);
    const char *at = strstr(line, key);
    at = at ? at + strlen(key) : "";
    (void)snprintf(ret_value, size, "%.*s", (int)strcspn(at, " \n"), at);
}

static int64_t field_number(const char *line, const char *name)
{
    char value[24];
    field(line, name, value, sizeof value);
    return soak_number(value, NULL);
}

/* Whether the answer to what was submitted then may have died with a process, or in noise. */
static bool excused(const struct soak *soak, int modem, int64_t at_ms)
{
    for (int i = 0; i < soak->n_strikes; i++) {
        const struct strike *strike = &soak->strikes[i];
        bool kill = strike->kind == STRIKE_KILL_DAEMON || strike->kind == STRIKE_KILL_WORKER;
        bool gone = (strike->kind == STRIKE_UNPLUG || strike->kind == STRIKE_RENAME) && strike->modem == modem;
        bool noise = strike->kind == STRIKE_GARBAGE && strike->modem == modem;
        if ((kill || gone) && at_ms > strike->from_ms - KILL_BEFORE_MS && at_ms < strike->from_ms + KILL_AFTER_MS)
            return true;
        if (noise && at_ms > strike->from_ms - GARBAGE_MS && at_ms < strike->from_ms + GARBAGE_MS)
            return true;
    }
    return false;
}

static void ledger_line(struct soak *soak, sqlite3 *db, int modem, const char *line)
{
    static const char *const sql[] = {
        "INSERT INTO net.given VALUES (?1, ?2, ?3, ?4, ?5)",
        "INSERT INTO net.taken VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, json_extract(?10, '$'))"};
    char fate[16], who[32], when[32], parts[16];
    int64_t at_ms = 0;
    bool taken = strncmp(line, "taken", 5) == 0;
    const char *text = strstr(line, " text=");
    if (!taken && strncmp(line, "given", 5) != 0)
        return;
    field(line, "fate", fate, sizeof fate);
    field(line, taken ? "to" : "from", who, sizeof who);
    field(line, "at", when, sizeof when);
    field(line, "parts", parts, sizeof parts);
    if (*when && time_parse(when, &at_ms) < 0)
        soak_die("the ledger says %s", line);
    const char *rest = "";
    int64_t seq = *parts ? soak_number(parts, &rest) : 1, total = *rest ? soak_number(rest + 1, NULL) : 1;
    sqlite3_stmt *statement = prepare(db, sql[taken]);
    sqlite3_bind_int(statement, 1, modem);
    sqlite3_bind_int64(statement, 2, field_number(line, "id"));
    sqlite3_bind_text(statement, 3, fate, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(statement, 4, who, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(statement, 5, at_ms);
    if (taken) {
        sqlite3_bind_int(statement, 6, excused(soak, modem, at_ms));
        sqlite3_bind_int64(statement, 7, field_number(line, "cause"));
        sqlite3_bind_int64(statement, 8, seq);
        sqlite3_bind_int64(statement, 9, total);
        sqlite3_bind_text(statement, 10, text ? text + 6 : "\"\"", text ? (int)strcspn(text + 6, "\n") : 2,
                          SQLITE_TRANSIENT);
    }
    if (sqlite3_step(statement) != SQLITE_DONE)
        soak_die("%s: %s", sqlite3_errmsg(db), line);
    sqlite3_finalize(statement);
}

static void ledgers_load(struct soak *soak, sqlite3 *db)
{
    for (int i = 0; i < MODEMS; i++) {
        struct buf ledger;
        buf_init(&ledger, 64 << 20);
        (void)rig_order(&soak->modems[i], &ledger, "ledger");
        for (char *line = ledger.text, *end; (end = strchr(line, '\n')); line = end + 1) {
            *end = '\0';
            ledger_line(soak, db, i, line);
        }
        buf_deinit(&ledger);
    }
}

static bool is_text(enum message_kind kind)
{
    return kind != MESSAGE_BINARY;
}

/* Answers that a message must get. */
static int answers_of(enum message_kind kind)
{
    switch (kind) {
    case MESSAGE_REPORT:
    case MESSAGE_WRONG:
    case MESSAGE_UNKNOWN_KEY:
    case MESSAGE_LONG:
    case MESSAGE_TORN:
    case MESSAGE_UNICODE:
    case MESSAGE_JUNK:
    case MESSAGE_COMMAND:
    case MESSAGE_FLASH:
        return 1;
    case MESSAGE_CHAT:
    case MESSAGE_STRANGER: /* one a number: looked at apart */
    case MESSAGE_CARRIER:
    case MESSAGE_BINARY:
    case MESSAGE_BROKEN:
    case MESSAGE_KINDS:
        break;
    }
    return 0;
}

static const char *status_of(enum message_kind kind)
{
    if (kind == MESSAGE_REPORT || kind == MESSAGE_LONG || kind == MESSAGE_UNICODE)
        return "accepted";
    return kind == MESSAGE_WRONG ? "rejected" : kind == MESSAGE_UNKNOWN_KEY ? "partial" : NULL;
}

/* Its last five octets are its own. */
static void broken_load(sqlite3 *db, const char *hex)
{
    sqlite3_stmt *statement = prepare(db, "INSERT INTO net.broken VALUES (substr(?1, -10))");
    sqlite3_bind_text(statement, 1, hex, -1, SQLITE_STATIC);
    if (sqlite3_step(statement) != SQLITE_DONE)
        soak_die("%s", sqlite3_errmsg(db));
    sqlite3_finalize(statement);
}

static void messages_load(struct soak *soak, sqlite3 *db)
{
    sqlite3_stmt *statement = prepare(db, "INSERT INTO net.message VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
    for (int i = 0; i < soak->n_messages; i++) {
        const struct message *m = &soak->messages[i];
        const char *status = status_of(m->kind);
        if (m->kind == MESSAGE_BROKEN) {
            broken_load(db, m->text);
            continue;
        }
        sqlite3_bind_text(statement, 1, message_kind_to_string(m->kind), -1, SQLITE_STATIC);
        sqlite3_bind_text(statement, 2, m->sender, -1, SQLITE_STATIC);
        sqlite3_bind_int64(statement, 3, m->sent_ms);
        sqlite3_bind_int64(statement, 4, m->given_ms);
        sqlite3_bind_int(statement, 5, m->parts);
        sqlite3_bind_int(statement, 6, m->serial);
        sqlite3_bind_int(statement, 7, answers_of(m->kind));
        sqlite3_bind_text(statement, 8, status, -1, SQLITE_STATIC);
        sqlite3_bind_text(statement, 9, is_text(m->kind) ? m->text : NULL, -1, SQLITE_STATIC);
        if (sqlite3_step(statement) != SQLITE_DONE)
            soak_die("%s", sqlite3_errmsg(db));
        sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
}

static const char schema[] =
    "ATTACH ':memory:' AS net;"
    "CREATE TABLE net.given (modem, id, fate, sender, at_ms);"
    "CREATE TABLE net.taken (modem, id, fate, recipient, at_ms, excused, cause, seq, total, text);"
    "CREATE TABLE net.message (kind, sender, sent_ms, given_ms, parts, serial, answers, status, text);"
    "CREATE TABLE net.broken (raw);"
    "CREATE INDEX net.message_key ON message (sender, sent_ms);"
    "CREATE TEMP VIEW pair AS SELECT m.rowid AS n, m.*, o.id AS mo_id, o.outcome, o.text AS stored FROM net.message AS "
    "m "
    "  LEFT JOIN mo_message AS o ON o.sender = m.sender AND o.sent_ms = m.sent_ms;";

/* After the messages and ledgers are loaded: what was sent how often, by recipient, part and text. What was cancelled
 * before the first try (the missing part came after all) was never to be sent. */
static const char sums[] =
    "CREATE INDEX net.taken_key ON taken (recipient, text);"
    "CREATE TABLE net.sent AS SELECT p.recipient, p.text, p.seq, p.total, count(*) AS wanted,"
    "  (SELECT count(*) FROM net.taken AS t WHERE t.recipient = p.recipient AND t.text = p.text AND t.seq = p.seq"
    "   AND t.total = p.total AND t.fate IN ('answered', 'lost')) AS copies,"
    "  (SELECT count(*) FROM net.taken AS t WHERE t.recipient = p.recipient AND t.text = p.text AND t.seq = p.seq"
    "   AND t.total = p.total AND (t.fate = 'lost' OR (t.fate = 'answered' AND t.excused))) AS excused"
    "  FROM mt_part AS p JOIN mt_message AS m ON m.id = p.mt_id WHERE m.state <> 'cancelled' OR m.attempts > 0"
    "  GROUP BY p.recipient, p.text, p.seq, p.total;";

/* Every row that a query finds is a fault. */
static const struct {
    const char *what, *sql;
} faults[] = {
    {"still at the SMSC or in the phone", "SELECT modem, id, fate, sender FROM net.given "
                                          "WHERE fate IN ('waiting', 'stored', 'routed')"},
    {"lost: not in the database", "SELECT kind, sender, sent_ms, text FROM pair WHERE mo_id IS NULL"},
    {"twice in the database", "SELECT kind, sender, sent_ms, count(*) FROM pair GROUP BY n HAVING count(mo_id) > 1"},
    {"stored with another text", "SELECT kind, sender, text, stored FROM pair WHERE text <> stored"},
    {"parts stored once too often or too seldom",
     "SELECT kind, sender, parts, text FROM net.message AS m WHERE parts <> (SELECT count(*) FROM mo_part AS p "
     "WHERE p.sender = m.sender AND p.sent_ms = m.sent_ms)"},
    {"in the database, but nobody sent it", "SELECT id, sender, sent_ms, text FROM mo_message AS o WHERE outcome <> "
                                            "'unread' AND NOT EXISTS (SELECT 1 FROM net.message AS m "
                                            "WHERE m.sender = o.sender AND m.sent_ms = o.sent_ms)"},
    {"not one report with the right status",
     "SELECT kind, sender, text, status FROM pair WHERE status IS NOT NULL AND mo_id IS NOT NULL AND 1 <> "
     "(SELECT coalesce(sum(CASE WHEN r.status = pair.status THEN 1 ELSE 2 END), 0) FROM report AS r "
     "WHERE r.mo_id = pair.mo_id)"},
    {"undecodable, and not kept just once", "SELECT raw, (SELECT count(*) FROM mo_part AS p WHERE p.raw LIKE '%' || "
                                            "b.raw || '%') AS kept FROM net.broken AS b "
                                            "WHERE kept <> 1"},
    {"a report with another total than was sent",
     "SELECT kind, sender, text, v.value FROM pair JOIN report AS r ON r.mo_id = pair.mo_id "
     "JOIN report_value AS v ON v.report_id = r.id AND v.field = 'HAMIL' WHERE v.value <> serial"},
    {"more or fewer answers in the outbox than due",
     "SELECT kind, sender, text, outcome FROM pair WHERE kind <> 'stranger' AND mo_id IS NOT NULL AND answers <> "
     "(SELECT count(*) FROM mt_message AS t WHERE t.mo_id = pair.mo_id AND t.asks_again = (pair.kind = 'torn'))"},
    {"a part alone, and not kept as incomplete",
     "SELECT sender, text, outcome FROM pair WHERE kind = 'torn' AND outcome <> 'incomplete'"},
    {"strangers not answered just once",
     "SELECT sender, count(*) FROM pair WHERE kind = 'stranger' GROUP BY sender HAVING 1 <> "
     "(SELECT count(*) FROM mt_message AS t WHERE t.recipient = pair.sender)"},
    {"given up or not sent", "SELECT state, recipient, cause, text FROM mt_message "
                             "WHERE state NOT IN ('submitted', 'delivered', 'report_expired') "
                             "AND NOT (asks_again AND state = 'cancelled')"},
    {"sent according to the database, unknown to the network",
     "SELECT recipient, seq, wanted, text FROM net.sent WHERE copies < wanted"},
    {"sent more than twice", "SELECT recipient, copies, wanted, text FROM net.sent WHERE copies > 2 * wanted"},
    {"sent twice though the modem had answered and nobody was killed",
     "SELECT recipient, copies, wanted, text FROM net.sent WHERE copies - wanted > excused"},
    {"taken by the network, unknown to the database",
     "SELECT recipient, fate, seq, text FROM net.taken AS t WHERE fate <> 'refused' AND NOT EXISTS "
     "(SELECT 1 FROM net.sent AS s WHERE s.recipient = t.recipient AND s.text = t.text)"},
    {"integrity", "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'"},
    {"foreign keys", "SELECT * FROM pragma_foreign_key_check"},
};

static int fault_ask(sqlite3 *db, const char *what, const char *sql)
{
    sqlite3_stmt *statement = prepare(db, sql);
    int rows = 0;
    for (; sqlite3_step(statement) == SQLITE_ROW; rows++) {
        if (rows == 0)
            printf("FAULT %s:\n", what);
        for (int i = 0; rows < SHOWN && i < sqlite3_column_count(statement); i++)
            printf("%s%s", i ? " | " : "    ", (const char *)sqlite3_column_text(statement, i));
        if (rows < SHOWN)
            puts("");
    }
    if (rows > SHOWN)
        printf("    … %d in all\n", rows);
    sqlite3_finalize(statement);
    return rows;
}

static const struct {
    const char *what, *sql;
} counts[] = {
    {"messages given", "SELECT count(*) FROM net.message"},
    {"SMS given, with reports", "SELECT count(*) FROM net.given"},
    {"messages stored", "SELECT count(*) FROM mo_message"},
    {"answers due", "SELECT sum(answers) FROM net.message"},
    {"SMS taken by the network", "SELECT count(*) FROM net.taken WHERE fate IN ('answered', 'lost')"},
    {"SMS refused", "SELECT count(*) FROM net.taken WHERE fate = 'refused'"},
    {"SMS taken without an answer", "SELECT count(*) FROM net.taken WHERE fate = 'lost'"},
    {"SMS dropped without an answer", "SELECT count(*) FROM net.taken WHERE fate = 'dropped'"},
    {"SMS sent twice", "SELECT coalesce(sum(copies - wanted), 0) FROM net.sent WHERE copies > wanted"},
};

/* How long senders waited, from the SMSC to the first copy of the first part. */
static void waits_say(sqlite3 *db)
{
    sqlite3_stmt *statement = prepare(
        db, "SELECT min(t.at_ms) - pair.given_ms AS wait FROM pair JOIN mt_message AS a ON a.mo_id = pair.mo_id "
            "JOIN mt_part AS p ON p.mt_id = a.id AND p.seq = 1 JOIN net.taken AS t ON t.recipient = p.recipient "
            "AND t.text = p.text AND t.fate IN ('answered', 'lost') GROUP BY pair.n ORDER BY wait");
    int64_t waits[MESSAGES_MAX];
    int n = 0;
    while (n < MESSAGES_MAX && sqlite3_step(statement) == SQLITE_ROW)
        waits[n++] = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    if (n)
        printf("%-32s median %lld s, %d %% within %lld s, longest %lld s\n", "waited for the answer",
               (long long)(waits[n / 2] / MS_SECOND), ANSWERS_PERCENT,
               (long long)(waits[n * ANSWERS_PERCENT / 100] / MS_SECOND), (long long)(waits[n - 1] / MS_SECOND));
}

static void strikes_say(const struct soak *soak)
{
    int of[STRIKE_KINDS] = {0};
    for (int i = 0; i < soak->n_strikes; i++)
        of[soak->strikes[i].kind]++;
    printf("%-32s %d:", "strikes", soak->n_strikes);
    for (int i = 0; i < STRIKE_KINDS; i++)
        printf(" %s %d%s", strike_kind_to_string((enum strike_kind)i), of[i], i + 1 < STRIKE_KINDS ? "," : "\n");
}

int check_books(struct soak *soak)
{
    sqlite3 *db = books_open(soak);
    int found = soak->daemon_faults;
    if (sqlite3_exec(db, schema, NULL, NULL, NULL) != SQLITE_OK)
        soak_die("%s", sqlite3_errmsg(db));
    messages_load(soak, db);
    ledgers_load(soak, db);
    if (sqlite3_exec(db, sums, NULL, NULL, NULL) != SQLITE_OK)
        soak_die("%s", sqlite3_errmsg(db));
    strikes_say(soak);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        printf("%-32s %lld\n", counts[i].what, (long long)number_asked(db, counts[i].sql));
    waits_say(db);
    printf("%-32s kabard %lld KiB, worker %lld KiB\n", "highest resident memory", (long long)soak->rss_kib[0],
           (long long)soak->rss_kib[1]);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        found += fault_ask(db, faults[i].what, faults[i].sql);
    sqlite3_close(db);
    return found;
}
