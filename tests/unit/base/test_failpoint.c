/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/failpoint.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static int unused(void **state)
{
    (void)state;
    return failpoint_arm("", NULL);
}

static void nothing_happens_unarmed(void **state)
{
    (void)state;
    assert_int_equal(failpoint_arm("", NULL), 0);
    assert_int_equal(FAILPOINT("here", NULL), 0);
}

static void a_place_fails_as_told(void **state)
{
    (void)state;
    struct error error;
    assert_int_equal(failpoint_arm("here=enospc,there=eio:3", &error), 0);
    assert_int_equal(FAILPOINT("elsewhere", &error), 0);
    assert_int_equal(FAILPOINT("here", &error), -ENOSPC);
    assert_non_null(strstr(error.text, "here"));
    assert_int_equal(FAILPOINT("here", &error), -ENOSPC);
    assert_int_equal(FAILPOINT("there", &error), 0);
    assert_int_equal(FAILPOINT("there", &error), 0);
    assert_int_equal(FAILPOINT("there", &error), -EIO);
}

static void kill_is_a_kill(void **state)
{
    (void)state;
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        if (failpoint_arm("here=kill", NULL) == 0 && FAILPOINT("here", NULL) == 0)
            _exit(1);
        _exit(2);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void nonsense_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"here", "here=", "=kill", "here=explode", "here=eio:x"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct error error;
        assert_int_equal(failpoint_arm(texts[i], &error), -EINVAL);
        assert_non_null(strstr(error.text, "KABAR_FAILPOINT"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(nothing_happens_unarmed, unused),
        cmocka_unit_test_teardown(a_place_fails_as_told, unused),
        cmocka_unit_test_teardown(kill_is_a_kill, unused),
        cmocka_unit_test_teardown(nonsense_is_refused, unused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
