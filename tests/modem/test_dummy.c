/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The whole way through real workers and libGammu's own dummy phone: a folder with a file for each message. */
#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "rig.h"

static char folder[64];
static struct rig rig;

static int make_folder(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/kabar-dummy-XXXXXX");
    assert_non_null(mkdtemp(folder));
    char path[96];
    (void)snprintf(path, sizeof path, "%s/sms", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    for (int i = 1; i <= 5; i++) {
        (void)snprintf(path, sizeof path, "%s/sms/%d", folder, i);
        assert_int_equal(mkdir(path, 0700), 0);
    }
    setenv("TZ", "WIB-7", 1);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    rig_remove(folder);
    return 0;
}

static void open_rig(void)
{
    struct modem_options options = rig_options("none", folder, "dummy");
    rig_open(&rig, NULL, &options);
}

static void write_file(int box, int place, const char *content)
{
    char temporary[96], path[96];
    (void)snprintf(temporary, sizeof temporary, "%s/sms/%d/new", folder, box);
    (void)snprintf(path, sizeof path, "%s/sms/%d/%d", folder, box, place);
    FILE *file = fopen(temporary, "we");
    assert_non_null(file);
    assert_true(fputs(content, file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(rename(temporary, path), 0);
}

static void put_hexadecimal(FILE *file, const char *text)
{
    for (; *text; text++)
        fprintf(file, "00%02X", (unsigned char)*text);
}

/* One [SMSBackup…] section; extra is lines of its own. */
static void section(FILE *file, int number, const char *sender, const char *text, const char *extra)
{
    fprintf(file, "[SMSBackup%03d]\n", number);
    fprintf(file, "SMSC = \"+628123000\"\nState = UnRead\nNumber = \"%s\"\n", sender);
    if (!strstr(extra, "DateTime") && !strstr(extra, "Sent"))
        fputs("DateTime = 20261101T080000\n", file);
    fprintf(file, "PDU = Deliver\n%s", extra);
    if (!strstr(extra, "Coding"))
        fputs("Coding = Default\n", file);
    fputs("Text00 = ", file);
    put_hexadecimal(file, text);
    fprintf(file, "\nLength = %zu\n\n", strlen(text));
}

static void feed(int box, int place, const char *sender, const char *text, const char *extra)
{
    char content[4096];
    FILE *file = fmemopen(content, sizeof content, "w");
    section(file, 0, sender, text, extra);
    fclose(file);
    write_file(box, place, content);
}

static int files_in(int box)
{
    char path[96];
    (void)snprintf(path, sizeof path, "%s/sms/%d", folder, box);
    DIR *entries = opendir(path);
    int n = 0;
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;)
        n += entry->d_name[0] != '.';
    closedir(entries);
    return n;
}

static void opens_and_says_who_it_is(void **state)
{
    (void)state;
    open_rig();
    assert_int_equal(modem_state(rig.modem), MODEM_BACKOFF);
    rig_until(&rig, rig.ready == 1 && rig.networks == 1);
    assert_string_equal(rig.identity.imei, "999999999999999");
    assert_string_equal(rig.identity.imsi, "994299429942994");
    assert_string_equal(rig.identity.manufacturer, "Gammu");
    assert_true(rig.network.registered);
    assert_int_equal(rig.network.signal_percent, 42);
    assert_string_equal(rig.network.operator_code, "999 99");
    assert_string_equal(rig.network.operator_name, "GammuT3l");
    modem_stop(rig.modem);
    rig_until(&rig, modem_state(rig.modem) == MODEM_STOPPED);
    assert_int_equal(rig.downs, 0);
    rig_close(&rig, true);
}

static void receives_and_deletes_only_when_told(void **state)
{
    (void)state;
    feed(1, 7, "+6281230000001", "IBU HAMIL 12 K4 3", "");
    feed(3, 2, "+6281230000002", "ANAK 5", "Sent = 20261101T080000Z\n");
    open_rig();
    rig.keep = true;
    rig_until(&rig, rig.n_parts >= 2);
    const struct mo_part *first = &rig.parts[0], *second = &rig.parts[1];
    assert_int_equal(first->kind, MO_TEXT);
    assert_string_equal(first->text, "IBU HAMIL 12 K4 3");
    assert_string_equal(first->sender, "+6281230000001");
    assert_string_equal(first->smsc, "+628123000");
    assert_int_equal(first->sent_ms, INT64_C(1793494800000)); /* 08:00 WIB is 01:00 UTC */
    assert_int_equal(first->concat_ref, -1);
    assert_string_equal(second->text, "ANAK 5");
    assert_int_equal(second->sent_ms, INT64_C(1793520000000));
    rig_until(&rig, modem_state(rig.modem) == MODEM_IDLE);
    modem_pause_intake(rig.modem, false);
    rig_until(&rig, rig.n_parts >= 4); /* what is not deleted comes again */
    assert_int_equal(files_in(1), 1);
    rig.keep = false;
    rig_until(&rig, files_in(1) == 0 && files_in(3) == 0);
    rig_close(&rig, true);
}

static void new_message_comes_without_waiting_for_the_poll(void **state)
{
    (void)state;
    struct modem_options options = rig_options("none", folder, "dummy");
    options.poll_ms = 60000;
    rig_open(&rig, NULL, &options);
    rig_until(&rig, rig.networks == 1 && modem_state(rig.modem) == MODEM_IDLE);
    rig_idle(&rig, 100);
    feed(1, 1, "+6281230000001", "BANTUAN", "");
    rig_until(&rig, rig.n_parts == 1 && files_in(1) == 0);
    rig_close(&rig, true);
}

static void kinds_are_told_apart(void **state)
{
    (void)state;
    feed(1, 1, "+6281230000001", "HALO", "Class = 0\n");
    feed(1, 2, "+6281230000001", "\x01\x02", "Coding = 8bit\n");
    feed(1, 3, "+6281230000001", "wap", "Coding = 8bit\nUDH = 0605040B8423F0\n");
    feed(1, 4, "TELKOMSEL", "promo", "");
    feed(1, 5, "+6281230000001", "sebagian", "UDH = 0500032C0201\n");
    feed(1, 6, "+6281230000001", "lainnya", "UDH = 060804012C0202\n");
    open_rig();
    rig_until(&rig, rig.n_parts == 6);
    assert_int_equal(rig.parts[0].kind, MO_FLASH);
    assert_string_equal(rig.parts[0].text, "HALO");
    assert_int_equal(rig.parts[1].kind, MO_BINARY);
    assert_string_equal(rig.parts[1].raw, "00010002");
    assert_string_equal(rig.parts[1].text, "");
    assert_int_equal(rig.parts[2].kind, MO_MMS);
    assert_string_equal(rig.parts[3].sender, "TELKOMSEL");
    assert_int_equal(rig.parts[4].concat_ref, 0x2c);
    assert_int_equal(rig.parts[4].concat_total, 2);
    assert_int_equal(rig.parts[4].concat_seq, 1);
    assert_int_equal(rig.parts[5].concat_ref, 0x12c);
    assert_int_equal(rig.parts[5].concat_seq, 2);
    rig_close(&rig, true);
}

/* A file that is written to right now. */
static bool is_written(const char *path)
{
    return utimensat(AT_FDCWD, path, NULL, 0) == 0;
}

static void unreadable_ones_do_not_block(void **state)
{
    (void)state;
    struct timespec old[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
    char path[96];
    write_file(1, 1, "this is no message\n");
    (void)snprintf(path, sizeof path, "%s/sms/1/2", folder);
    close(open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
    assert_int_equal(utimensat(AT_FDCWD, path, old, 0), 0);
    (void)snprintf(path, sizeof path, "%s/sms/1/3", folder); /* still being written */
    close(open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
    feed(1, 4, "+6281230000001", "IBU HAMIL 1", "");
    open_rig();
    rig_until(&rig, is_written(path) && rig.n_parts == 3 && files_in(1) == 1);
    assert_int_equal(rig.parts[0].kind, MO_UNREADABLE);
    assert_string_equal(rig.parts[0].raw, "74686973206973206E6F206D6573736167650A");
    assert_int_equal(rig.parts[1].kind, MO_UNREADABLE);
    assert_string_equal(rig.parts[2].text, "IBU HAMIL 1");
    rig_close(&rig, true);
}

static void parts_in_one_file_come_as_parts(void **state)
{
    (void)state;
    enum { N = 20 };
    static char content[16384];
    FILE *file = fmemopen(content, sizeof content, "w");
    for (int i = 0; i < N; i++) {
        char udh[40];
        (void)snprintf(udh, sizeof udh, "UDH = 05000307%02X%02X\n", N, i + 1);
        section(file, i, "+6281230000001", "bagian", udh);
    }
    fclose(file);
    write_file(1, 1, content);
    open_rig();
    rig_until(&rig, rig.n_parts == N && files_in(1) == 0);
    for (int i = 0; i < N; i++) {
        assert_int_equal(rig.parts[i].concat_seq, i + 1);
        assert_int_equal(rig.parts[i].place.location != 0, i == N - 1);
    }
    rig_close(&rig, true);
}

static void status_report_is_told(void **state)
{
    (void)state;
    write_file(1, 1,
               "[SMSBackup000]\nSMSC = \"+628123000\"\nNumber = \"+6281230000001\"\nDateTime = 20261101T080000Z\n"
               "PDU = Status_Report\nMessageReference = 77\nCoding = Default\nText00 = 0044\nLength = 1\n");
    open_rig();
    rig_until(&rig, rig.n_reports == 1 && files_in(1) == 0);
    assert_int_equal(rig.reports[0].tp_mr, 77);
    assert_string_equal(rig.reports[0].recipient, "+6281230000001");
    assert_int_equal(rig.reports[0].result, REPORT_DELIVERED);
    assert_int_equal(rig.n_parts, 0);
    rig_close(&rig, true);
}

static void sends(void **state)
{
    (void)state;
    open_rig();
    assert_false(modem_can_submit(rig.modem));
    rig_until(&rig, modem_can_submit(rig.modem));
    struct mt_submit submit = rig_submit(4711, "+6281230000001", "Terima kasih. IBU HAMIL Okt: Hamil 12, K4 3");
    modem_submit(rig.modem, &submit);
    assert_false(modem_can_submit(rig.modem));
    rig_until(&rig, rig.n_results == 1);
    assert_int_equal(rig.results[0].part_id, 4711);
    assert_int_equal(rig.results[0].result, SUBMIT_OK);
    assert_int_equal(rig.results[0].tp_mr, 255);
    modem_ussd(rig.modem, "*888#");
    rig_until(&rig, rig.ussd[0]);
    assert_string_equal(rig.ussd, "Reply for *888#");
    rig_close(&rig, true);
}

static void pause_holds_the_intake_back(void **state)
{
    (void)state;
    open_rig();
    rig_until(&rig, rig.ready == 1);
    modem_pause_intake(rig.modem, true);
    rig_until(&rig, rig.networks == 1 && modem_state(rig.modem) == MODEM_IDLE);
    feed(1, 1, "+6281230000001", "IBU HAMIL 1", "");
    rig_idle(&rig, 900);
    assert_int_equal(rig.n_parts, 0);
    modem_pause_intake(rig.modem, false);
    rig_until(&rig, rig.n_parts == 1);
    rig_close(&rig, true);
}

/* 200 in, 200 out, both at once: neither side starves the other. */
static void many_in_and_out(void **state)
{
    (void)state;
    enum { N = 200 };
    for (int i = 1; i <= N; i++) {
        char text[32];
        (void)snprintf(text, sizeof text, "IBU HAMIL %d", i);
        feed(1, i, "+6281230000001", text, "");
    }
    open_rig();
    rig_until(&rig, rig.ready == 1);
    int64_t start = rig_now();
    size_t sent = 0, read_at_first_result = 0;
    for (int64_t end = start + RIG_PATIENCE_MS; rig.n_results < N || rig.n_parts < N || files_in(1) > 0;) {
        if (modem_can_submit(rig.modem) && sent < N) {
            struct mt_submit submit = rig_submit((int64_t)sent++, "+6281230000001", "Terima kasih");
            modem_submit(rig.modem, &submit);
        }
        if (rig.n_results == 1 && read_at_first_result == 0)
            read_at_first_result = rig.n_parts;
        rig_turn(&rig, end, "200 in and 200 out", __FILE__, __LINE__);
    }
    print_message("200 in and 200 out: %lld ms\n", (long long)(rig_now() - start));
    assert_true(read_at_first_result < N);
    for (int i = 0; i < N; i++) {
        char text[32];
        (void)snprintf(text, sizeof text, "IBU HAMIL %d", i + 1);
        assert_string_equal(rig.parts[i].text, text);
        assert_int_equal(rig.results[i].part_id, i);
        assert_int_equal(rig.results[i].result, SUBMIT_OK);
    }
    rig_close(&rig, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(opens_and_says_who_it_is, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(receives_and_deletes_only_when_told, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(new_message_comes_without_waiting_for_the_poll, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(kinds_are_told_apart, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(unreadable_ones_do_not_block, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(parts_in_one_file_come_as_parts, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(status_report_is_told, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(sends, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(pause_holds_the_intake_back, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(many_in_and_out, make_folder, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
