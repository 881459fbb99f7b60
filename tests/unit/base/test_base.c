/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/digits.h"
#include "base/lock.h"
#include "base/notify.h"

static void times_are_read_and_written(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t ms; /* -1: refused */
    } table[] = {
        {"2026-10-15T09:00:00+07:00", INT64_C(1792029600000)},
        {"2026-10-15T02:00:00Z", INT64_C(1792029600000)},
        {"2026-10-15T02:00Z", INT64_C(1792029600000)},
        {"2026-10-15 02:00:00.5Z", INT64_C(1792029600000)},
        {"2026-10-15", INT64_C(1792065600000)},
        {"2024-02-29T00:00:00Z", INT64_C(1709164800000)},
        {"2026-02-29T00:00:00Z", -1},
        {"2026-13-01", -1},
        {"2026-10-15T24:00:00Z", -1},
        {"2026-10-15T02:00:00", -1},
        {"2026-10-15T02:00:00Zx", -1},
        {"20261015", -1},
        {"", -1},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        int64_t ms = -1;
        int result = time_parse(table[i].text, &ms);
        if (result != (table[i].ms < 0 ? -EINVAL : 0) || ms != table[i].ms)
            fail_msg("%s: %d, %lld", table[i].text, result, (long long)ms);
    }
    char text[21];
    time_format(INT64_C(1792029600123), text);
    assert_string_equal(text, "2026-10-15T02:00:00Z");
}

static void digits_are_a_number_within_its_bound(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t max, number; /* number -1: refused */
    } table[] = {
        {"0", 9, 0},
        {"007", 9, 7},
        {"10", 9, -1},
        {"9223372036854775807", INT64_MAX, INT64_MAX},
        {"9223372036854775808", INT64_MAX, -1},
        {"99999999999999999999999999", INT64_MAX, -1},
        {"5", 3, -1},
        {"", 9, -1},
        {"-1", 9, -1},
        {"+1", 9, -1},
        {" 1", 9, -1},
        {"1 ", 9, -1},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        int64_t number = -1;
        bool whole = digits_whole(table[i].text, table[i].max, &number);
        if (whole != (table[i].number >= 0) || number != table[i].number)
            fail_msg("\"%s\": %d, %lld", table[i].text, whole, (long long)number);
    }
    const char *at = "12 rest";
    int64_t number;
    assert_true(digits_take(&at, 99, &number));
    assert_int_equal(number, 12);
    assert_string_equal(at, " rest");
    assert_false(digits_take(&at, 99, &number));
    assert_string_equal(at, " rest");
}

static void the_zone_of_the_village(void **state)
{
    (void)state;
    struct error error;
    assert_int_equal(zone_set("Asia/Surabaya", &error), -EINVAL);
    assert_non_null(strstr(error.text, "Asia/Jakarta"));
    assert_int_equal(zone_set("../../etc/passwd", &error), -EINVAL);
    static const char *const names[] = {"Asia/Jakarta", "WIB-7"};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(zone_set(names[i], &error), 0);
        struct local_time local = zone_local(INT64_C(1792256399000)); /* 23:59:59 on Saturday, 17 October */
        assert_int_equal(local.day.day, 17);
        assert_int_equal(local.hour, 23);
        assert_int_equal(local.weekday, 6);
        assert_true(zone_ms(&local) == INT64_C(1792256399000));
    }
    char text[17];
    time_format_local(INT64_C(1792029600000), text);
    assert_string_equal(text, "2026-10-15 09:00");
}

static void a_buf_never_passes_its_maximum(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 10);
    buf_puts(&buf, "12345");
    buf_puts(&buf, "678901");
    assert_true(buf.full);
    assert_string_equal(buf.text, "12345");
    buf_clear(&buf);
    buf_printf(&buf, "%s", "1234567890");
    assert_false(buf.full);
    assert_string_equal(buf.text, "1234567890");
    buf_deinit(&buf);
}

static void text_from_outside_is_escaped(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 1000);
    buf_json(&buf, (struct view){"a\"\\\n\x01\xff\xc3\xa9", 8});
    assert_string_equal(buf.text, "\"a\\\"\\\\\\n\\u0001\\ufffd\xc3\xa9\"");
    buf_clear(&buf);
    buf_escaped(&buf, (struct view){"a\033[31m\n\xc2\x9b\xff", 9});
    assert_string_equal(buf.text, "a\\x1b[31m\\x0a\\xc2\\x9b");
    buf_clear(&buf);
    buf_csv(&buf, view_of("=1+1"));
    buf_puts(&buf, ",");
    buf_csv(&buf, view_of("a \"b\", c"));
    buf_puts(&buf, ",");
    buf_csv(&buf, view_of("plain"));
    assert_string_equal(buf.text, "\"'=1+1\",\"a \"\"b\"\", c\",plain");
    buf_deinit(&buf);
}

/* What turns the direction of writing, is not seen, or hides a second text: shown as what it is. Emoji stay whole. */
static void hidden_characters_are_shown(void **state)
{
    (void)state;
    static const struct {
        const char *text, *escaped, *json;
    } cases[] = {
        {"a\u202eb", "a\\xe2\\x80\\xaeb", "\"a\\u202eb\""},
        {"\u2066x", "\\xe2\\x81\\xa6x", "\"\\u2066x\""},
        {"1\u200b2", "1\\xe2\\x80\\x8b2", "\"1\\u200b2\""},
        {"\ufeffx", "\\xef\\xbb\\xbfx", "\"\\ufeffx\""},
        {"\u00adx", "\\xc2\\xadx", "\"\\u00adx\""},
        {"\u061cx", "\\xd8\\x9cx", "\"\\u061cx\""},
        {"\u2028x", "\\xe2\\x80\\xa8x", "\"\\u2028x\""},
        {"\U000e0041", "\\xf3\\xa0\\x81\\x81", "\"\\udb40\\udc41\""},
        {"❤️ 👍 é", "❤️ 👍 é", "\"❤️ 👍 é\""},
    };
    struct buf buf;
    buf_init(&buf, 1000);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf_clear(&buf);
        buf_escaped(&buf, view_of(cases[i].text));
        assert_string_equal(buf.text, cases[i].escaped);
        buf_clear(&buf);
        buf_json(&buf, view_of(cases[i].text));
        assert_string_equal(buf.text, cases[i].json);
    }
    buf_deinit(&buf);
}

static void no_cell_is_a_formula(void **state)
{
    (void)state;
    static const char *const formulas[] = {"=1+1",  "+1",  "-1",  "@SUM(A1)", "\t=1",       "\r=1",   "\n=1",
                                           "＝1+1", "＋1", "－1", "＠A1",     "\u200b=1+1", "  =1+1", "\u3000=1"};
    static const char *const texts[] = {"a=1", "12", "", " ", "12+3", "é=1", "👍"};
    struct buf buf;
    buf_init(&buf, 1000);
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
        buf_clear(&buf);
        buf_csv(&buf, view_of(formulas[i]));
        if (strncmp(buf.text, "\"'", 2) != 0)
            fail_msg("%s", buf.text);
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        buf_clear(&buf);
        buf_csv(&buf, view_of(texts[i]));
        assert_string_equal(buf.text, texts[i]);
    }
    buf_deinit(&buf);
}

static void one_daemon_a_database(void **state)
{
    (void)state;
    char folder[] = "/tmp/kabar-lock-XXXXXX", database[64], path[64];
    assert_non_null(mkdtemp(folder));
    (void)snprintf(database, sizeof database, "%s/kabar.db", folder);
    (void)snprintf(path, sizeof path, "%s.lock", database);
    int fd, other, pid;
    struct error error;
    assert_false(lock_held(database, &pid));
    assert_int_equal(lock_take(database, &fd, &error), 0);
    assert_true(lock_held(database, &pid));
    assert_int_equal(pid, getpid());
    assert_int_equal(lock_take(database, &other, &error), -EBUSY);
    assert_non_null(strstr(error.text, "another kabard"));
    int64_t since_ms = 0;
    assert_false(lock_told(database, &error, &since_ms));
    lock_tell(fd, "the disk is full: make room", 1790000000123);
    assert_true(lock_told(database, &error, &since_ms));
    assert_string_equal(error.text, "the disk is full: make room");
    assert_int_equal(since_ms, 1790000000123);
    assert_true(lock_held(database, &pid));
    assert_int_equal(pid, getpid());
    lock_tell(fd, NULL, 0);
    assert_false(lock_told(database, &error, &since_ms));
    lock_tell(fd, "again", 5);
    close(fd);
    assert_false(lock_held(database, NULL));
    assert_false(lock_told(database, &error, &since_ms));
    unlink(path);
    rmdir(folder);
}

static void systemd_is_told(void **state)
{
    (void)state;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    (void)snprintf(address.sun_path, sizeof address.sun_path, "/tmp/kabar-notify-%d", (int)getpid());
    int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    notify_send("READY=1");
    setenv("NOTIFY_SOCKET", address.sun_path, 1);
    notify_send("STATUS=%d", 5);
    char text[32] = "";
    assert_int_equal(recv(fd, text, sizeof text - 1, 0), 8);
    assert_string_equal(text, "STATUS=5");
    setenv("WATCHDOG_USEC", "60000000", 1);
    assert_int_equal(notify_watchdog_ms(), 30000);
    unsetenv("WATCHDOG_USEC");
    unsetenv("NOTIFY_SOCKET");
    assert_int_equal(notify_watchdog_ms(), 0);
    close(fd);
    unlink(address.sun_path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_read_and_written),
        cmocka_unit_test(digits_are_a_number_within_its_bound),
        cmocka_unit_test(the_zone_of_the_village),
        cmocka_unit_test(a_buf_never_passes_its_maximum),
        cmocka_unit_test(text_from_outside_is_escaped),
        cmocka_unit_test(hidden_characters_are_shown),
        cmocka_unit_test(no_cell_is_a_formula),
        cmocka_unit_test(one_daemon_a_database),
        cmocka_unit_test(systemd_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
