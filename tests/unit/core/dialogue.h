/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dialogues as scripts, a line each:
 *   kpm> BUMIL 12 K4 3        a message (\n is a line break), from kpm, kader, kpm2, operator, noarea, english,
 * stranger … < IBU HAMIL Okt/36: …     its whole answer; "<" alone: none; "<* K4 3": has these words ! report the
 * outcome of the last message = IBU_HAMIL 2036-10 HAMIL=12 K4=-     current values of the village (posyandu:
 * "=posyandu"); - is none
 *   @ 2036-10-15T09:00:00+07:00           the clock is set, messages are stamped from then on
 *   ~ 2036-09-15T09:00:00+07:00           messages are stamped from then on, the clock stays: they waited somewhere
 *   + 49h                     time passes (h, m, d)
 *   * pending                 the operator registers that person
 */
#ifndef KABAR_TESTS_CORE_DIALOGUE_H
#define KABAR_TESTS_CORE_DIALOGUE_H

#include "world.h"

static inline const char *person(const char *name, size_t len)
{
    static const struct {
        const char *name, *phone;
    } people[] = {
        {"kpm", KPM},           {"kader", KADER},       {"kpm2", KPM_TWO},    {"operator", OPERATOR},
        {"noarea", NO_AREA},    {"blocked", BLOCKED},   {"pending", PENDING}, {"english", ENGLISH},
        {"stranger", STRANGER}, {"promo", "TELKOMSEL"}, {"short", "3636"},
    };
    for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
        if (strlen(people[i].name) == len && memcmp(people[i].name, name, len) == 0)
            return people[i].phone;
    }
    fail_msg("who is %.*s?", (int)len, name);
    return NULL;
}

static inline void unescape(char *text)
{
    for (char *at = strstr(text, "\\n"); at; at = strstr(at + 1, "\\n")) {
        *at = '\n';
        memmove(at + 1, at + 2, strlen(at + 2) + 1);
    }
}

/* The digits that text begins with, as a number; *ret_rest is what follows them. */
static inline int64_t digits(const char *text, const char **ret_rest)
{
    int64_t n = 0;
    for (; *text >= '0' && *text <= '9'; text++)
        n = n * 10 + (*text - '0');
    *ret_rest = text;
    return n;
}

static inline void check_values(struct world *w, const char *code, char *line)
{
    char *rest = line;
    const char *form = strsep(&rest, " "), *month = strsep(&rest, " "), *end;
    for (char *word = strsep(&rest, " "); word; word = strsep(&rest, " ")) {
        char *equals = strchr(word, '=');
        assert_non_null(equals);
        *equals = '\0';
        int expected = strcmp(equals + 1, "-") == 0 ? -1 : (int)digits(equals + 1, &end);
        int value = world_value(w, code, month, form, word);
        if (value != expected)
            fail_msg("%s %s %s is %d, not %d", form, month, word, value, expected);
    }
}

static inline void pass_time(struct world *w, const char *text)
{
    const char *unit;
    int64_t n = digits(text, &unit);
    world_pass(w, n * (*unit == 'd' ? MS_DAY : *unit == 'h' ? (int64_t)MS_HOUR : (int64_t)MS_MINUTE));
}

static inline void dialogue_line(struct world *w, char *line, char answer[SMS_TEXT_MAX])
{
    char *text = line + 1 + (line[0] != '\0' && line[1] == ' ');
    if (strncmp(line, "<* ", 3) == 0) {
        if (!strstr(answer, line + 3))
            fail_msg("expected: … %s …\n     got: %s", line + 3, answer);
    } else if (line[0] == '<') {
        unescape(text);
        if (strcmp(answer, text) != 0)
            fail_msg("expected: %s\n     got: %s", text, answer);
    } else if (line[0] == '!') {
        assert_string_equal(mo_outcome_to_string(w->outcome), text);
    } else if (strncmp(line, "=posyandu ", 10) == 0) {
        check_values(w, DESA "/01", line + 10);
    } else if (line[0] == '=') {
        check_values(w, DESA, text);
    } else if (line[0] == '@') {
        must(time_parse(text, &w->clock.wall));
        w->sent_ms = w->clock.wall;
    } else if (line[0] == '~') {
        must(time_parse(text, &w->sent_ms));
    } else if (line[0] == '*') {
        struct contact contact;
        must(store_contact_by_phone(w->store, person(text, strlen(text)), &contact, &w->error));
        must(store_begin(w->store, &w->error));
        must(store_contact_set_state(w->store, contact.id, CONTACT_ACTIVE, &w->error));
        must(store_commit(w->store, &w->error));
    } else if (line[0] == '+') {
        pass_time(w, text);
        must(intake_tick(w->box, &w->counts, &w->error));
    } else {
        char *end = strstr(line, "> ");
        assert_non_null(end);
        unescape(end + 2);
        world_say(w, person(line, (size_t)(end - line)), end + 2, answer);
        if (getenv("KABAR_SHOW"))
            fprintf(stderr, "%.*s> %s\n    < %s\n", (int)(end - line), line, end + 2, answer);
    }
}

static inline void dialogue_play(struct world *w, const char *script)
{
    char answer[SMS_TEXT_MAX] = "", line[2048];
    while (*script) {
        size_t len = strcspn(script, "\n");
        assert_true(len < sizeof line);
        memcpy(line, script, len);
        line[len] = '\0';
        script += len + (script[len] == '\n');
        if (len > 0)
            dialogue_line(w, line, answer);
    }
}

#endif
