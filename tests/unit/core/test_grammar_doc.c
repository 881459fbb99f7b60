/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * docs/grammar.md is true: every line of its blocks named "kabar" is read as it says.
 *
 *     ```kabar                 stamped by the network at SHIPPED_TIME, or at the time after the name
 *     MESSAGE => READING       the reading as in shipped.h, or the JSON object of kabarctl parse
 *     BEFORE >> MESSAGE => …   the same of the last of several messages of one person
 *     ```
 *
 * In a message \n is a line break, \u and four hexadecimal digits a character.
 */
#include "shipped.h"

#include "core/intake/rehearsal.h"

#include <stdio.h>
#include <string.h>

#include "parsers/utf8.h"

#define DOCUMENT KABAR_SOURCE_DIR "/docs/grammar.md"

enum { EXAMPLES_MIN = 150, LINE_MAX_BYTES = 4096 };

struct examples {
    struct shipped shipped;
    int64_t sent_ms;
    bool inside;
    int line, n, wrong;
};

/* Four hexadecimal digits. */
static uint32_t code_point(const char *digits)
{
    static const char all[] = "0123456789abcdef";
    uint32_t c = 0;
    for (int i = 0; i < 4; i++) {
        const char *digit = strchr(all, digits[i]);
        assert_true(digits[i] != '\0' && digit != NULL);
        c = c << 4 | (uint32_t)(digit - all);
    }
    return c;
}

/* What \n and \uXXXX stand for; never longer than what is written. */
static size_t unescape(const char *from, size_t len, char *ret_text)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        if (from[i] != '\\') {
            ret_text[n++] = from[i];
        } else if (from[i + 1] == 'n') {
            ret_text[n++] = '\n';
            i++;
        } else {
            assert_int_equal(from[i + 1], 'u');
            n += utf8_encode(code_point(from + i + 2), ret_text + n);
            i += 5;
        }
    }
    return n;
}

/* Each message of the line but the last is said before it, a minute apart. */
static void read_conversation(struct examples *examples, char *text, struct buf *buf)
{
    static const char next[] = " >> ";
    struct error error;
    struct reply reply;
    struct rehearsal *rehearsal;
    int64_t n = 0;
    for (const char *at = text; at; at = strstr(at + 1, next))
        n++;
    assert_int_equal(rehearsal_open(examples->shipped.settings, -1, &rehearsal, &error), 0);
    for (char *at = text; at; n--) {
        char *end = strstr(at, next);
        if (end)
            *end = '\0';
        assert_int_equal(rehearsal_say(rehearsal, view_of(at), examples->sent_ms - n * MS_MINUTE, &reply, &error), 0);
        at = end ? end + strlen(next) : NULL;
    }
    shipped_line(buf, rehearsal_box(rehearsal)->assessment);
    rehearsal_close(rehearsal);
}

static void read_example(struct examples *examples, const char *line)
{
    static const char arrow[] = " => ";
    char text[LINE_MAX_BYTES];
    const char *found = NULL;
    for (const char *at = strstr(line, arrow); at; at = strstr(at + 1, arrow))
        found = at;
    if (!found)
        fail_msg("%s:%d: no \" => \": %s", DOCUMENT, examples->line, line);
    const char *expected = found + strlen(arrow);
    struct view message = {text, unescape(line, (size_t)(found - line), text)};
    struct buf buf;
    buf_init(&buf, 1 << 16);
    const struct assessment *assessment = shipped_read(&examples->shipped, message, examples->sent_ms);
    text[message.len] = '\0';
    if (strstr(text, " >> ")) {
        read_conversation(examples, text, &buf);
    } else if (expected[0] == '{') {
        struct reply reply;
        reply_assessment(examples->shipped.box, assessment, "id", &reply);
        assess_json(&buf, assessment, &reply);
    } else {
        shipped_line(&buf, assessment);
    }
    examples->n++;
    if (strcmp(buf.text, expected) != 0) {
        examples->wrong++;
        print_error("%s:%d: %.*s\n    document: %s\n    reader:   %s\n", DOCUMENT, examples->line, (int)(found - line),
                    line, expected, buf.text);
    }
    buf_deinit(&buf);
}

static void begin_block(struct examples *examples, const char *time)
{
    while (*time == ' ')
        time++;
    if (time_parse(*time ? time : SHIPPED_TIME, &examples->sent_ms) != 0)
        fail_msg("%s:%d: no time: %s", DOCUMENT, examples->line, time);
    examples->inside = true;
}

static void the_document_is_true(void **state)
{
    (void)state;
    static const char begin[] = "```kabar";
    struct examples examples = {.line = 0};
    char line[LINE_MAX_BYTES];
    shipped_open(&examples.shipped);
    FILE *file = fopen(DOCUMENT, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        examples.line++;
        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, begin, strlen(begin)) == 0)
            begin_block(&examples, line + strlen(begin));
        else if (strncmp(line, "```", 3) == 0)
            examples.inside = false;
        else if (examples.inside)
            read_example(&examples, line);
    }
    assert_int_equal(fclose(file), 0);
    shipped_close(&examples.shipped);
    if (examples.wrong > 0)
        fail_msg("%d of %d examples are read otherwise", examples.wrong, examples.n);
    assert_true(examples.n >= EXAMPLES_MIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_document_is_true)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
