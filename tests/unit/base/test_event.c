/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The journal's numbers: each once, each explained; what stands in a line can't break it. */
#include "base/event.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void each_number_is_explained(void **state)
{
    (void)state;
    for (size_t i = 0; i < EVENT_COUNT; i++) {
        const struct event_row *row = &event_rows[i];
        assert_non_null(row->number);
        assert_int_equal(strlen(row->number), 3);
        assert_true(row->number[0] == 'K' && isdigit((unsigned char)row->number[1]) &&
                    isdigit((unsigned char)row->number[2]));
        assert_true(strlen(row->meaning) > 20);
        /* What has to be mended says how. */
        assert_true(row->level != LOG_LEVEL_ERROR || row->todo[0]);
        for (size_t other = 0; other < i; other++)
            assert_string_not_equal(row->number, event_rows[other].number);
    }
}

static void a_line_stays_a_line(void **state)
{
    (void)state;
    char text[256] = "";
    int pipe_ends[2], kept = dup(STDERR_FILENO);
    assert_int_equal(pipe(pipe_ends), 0);
    dup2(pipe_ends[1], STDERR_FILENO);
    log_event(EVENT_MODEM_DOWN, "modem=%s down: %s", "sim1", "a\nK10 b\033[2J");
    dup2(kept, STDERR_FILENO);
    ssize_t len = read(pipe_ends[0], text, sizeof text - 1);
    assert_true(len > 0);
    assert_string_equal(strchr(text, 'K'), "K31 modem=sim1 down: a?K10 b?[2J\n");
    close(pipe_ends[0]);
    close(pipe_ends[1]);
    close(kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_number_is_explained),
        cmocka_unit_test(a_line_stays_a_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
