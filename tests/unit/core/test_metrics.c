/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The numbers for Prometheus: its text format, and nobody's name or number. */
#include "core/watch/metrics.h"

#include <ctype.h>

#include "core/watch/alert.h"
#include "store/modem.h"
#include "world.h"

static const char modem_conf[] =
    "modems = ( { name = \"sim1\"; connection = \"none\"; model = \"dummy\"; device = \"phone\"; "
    "balance = \"*888#\"; balance_limit = 10000; } );";

static size_t name_length(const char *at)
{
    size_t n = 0;
    while (isalnum((unsigned char)at[n]) || at[n] == '_')
        n++;
    return n;
}

/* name[{label="value"}] number */
static void check_sample(const char *line, const char *family)
{
    size_t n = name_length(line);
    assert_int_equal(n, strlen(family));
    assert_memory_equal(line, family, n);
    line += n;
    if (*line == '{') {
        line += 1 + name_length(line + 1);
        assert_memory_equal(line, "=\"", 2);
        line = strchr(line + 2, '"');
        assert_memory_equal(line, "\"}", 2);
        line += 2;
    }
    assert_int_equal(*line, ' ');
    assert_int_equal(strspn(line + 1, "0123456789"), strlen(line + 1));
    assert_true(line[1] != '\0');
}

static void every_line_is_of_the_format(void **state)
{
    (void)state;
    struct world world, *w = &world;
    struct buf out;
    world_start(w, modem_conf);
    struct modem_row modem = {.name = "sim1", .state = "ready", .signal_percent = 61, .registered = true};
    must(store_begin(w->store, &w->error));
    must(store_modem_put(w->store, &modem, &w->error));
    memcpy(modem.name, "old1", 5);
    must(store_modem_put(w->store, &modem, &w->error));
    must(store_commit(w->store, &w->error));
    must(alert_balance(w->box, 0, "Rp 9.000", &w->error));
    buf_init(&out, 1 << 16);
    must(metrics_print(w->box, 7, &out, &w->error));

    assert_non_null(strstr(out.text, "\nkabar_modem_up{modem=\"sim1\"} 1\n"));
    assert_non_null(strstr(out.text, "\nkabar_modem_signal_percent{modem=\"sim1\"} 61\n"));
    assert_non_null(strstr(out.text, "\nkabar_modem_balance_rupiah{modem=\"sim1\"} 9000\n"));
    assert_non_null(strstr(out.text, "\nkabar_disk_free_bytes 7340032\n"));
    assert_non_null(strstr(out.text, "\nkabar_queued 1\n")); /* the alert */
    assert_null(strstr(out.text, "old1"));
    assert_null(strstr(out.text, "+62"));

    char family[64] = "";
    int families = 0;
    for (char *line = out.text, *end; *line; line = end + 1) {
        end = strchr(line, '\n');
        assert_non_null(end);
        *end = '\0';
        if (strncmp(line, "# HELP ", 7) == 0) {
            size_t n = name_length(line + 7);
            assert_true(n < sizeof family && line[7 + n] == ' ');
            memcpy(family, line + 7, n);
            family[n] = '\0';
            families++;
        } else if (strncmp(line, "# TYPE ", 7) == 0) {
            assert_memory_equal(line + 7, family, strlen(family));
            assert_string_equal(line + 7 + strlen(family), " gauge");
        } else {
            check_sample(line, family);
        }
    }
    assert_int_equal(families, 20);
    buf_deinit(&out);
    world_end(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_is_of_the_format),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
