/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What of a modem's words reaches libGammu. */
#include "modem/sieve.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define SMSC    "0891261832009099F9"
#define TIME    "62111008000082"
#define DELIVER SMSC "040C912618320000100000" TIME "05C8329BFD06"
#define REPORT  SMSC "06140C91261832000010" TIME TIME "00"
#define TEN     "0123456789"
#define FIFTY   TEN TEN TEN TEN TEN
#define HUNDRED FIFTY FIFTY
#define BIG     HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED

static struct {
    char passed[16384], pushed[2048], ussd[2048];
    int n_refused, n_pushed, n_ussd, dcs;
} heard;

static void on_pass(void *data, const char *bytes, size_t len)
{
    (void)data;
    size_t at = strlen(heard.passed);
    assert_true(at + len < sizeof heard.passed);
    memcpy(heard.passed + at, bytes, len);
}

static void on_refused(void *data, const char *line, const char *why)
{
    (void)data;
    assert_non_null(line);
    assert_true(strlen(why) > 0);
    heard.n_refused++;
}

static void on_pushed(void *data, const char *pdu)
{
    (void)data;
    heard.n_pushed++;
    (void)snprintf(heard.pushed, sizeof heard.pushed, "%s", pdu);
}

static void on_ussd(void *data, const char *text, int dcs)
{
    (void)data;
    heard.n_ussd++;
    heard.dcs = dcs;
    (void)snprintf(heard.ussd, sizeof heard.ussd, "%s", text);
}

static const struct sieve_out out = {on_pass, on_refused, on_pushed, on_ussd};

/* However it is cut into pieces, the same comes out. */
static void hear(const char *said, size_t piece)
{
    struct sieve sieve;
    sieve_init(&sieve, &out, NULL);
    memset(&heard, 0, sizeof heard);
    size_t len = strlen(said);
    for (size_t at = 0; at < len; at += piece)
        sieve_feed(&sieve, said + at, piece < len - at ? piece : len - at);
}

static const size_t pieces[] = {1, 2, 3, 7, 64, 100000};
enum { N_PIECES = sizeof pieces / sizeof *pieces };

static void passes_what_is_sound(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "",
        "\r\nOK\r\n",
        "AT+CMGF=0\r\r\nOK\r\n",
        "AT+CMGS=24\r\r\n> ",
        "> 0011000C912618320000100000AA05C8329BFD06\r\n",
        "\r\n+CMGL: 3,1,,24\r\n" DELIVER "\r\n+CMGL: 4,1,,24\r\n" DELIVER "\r\n\r\nOK\r\n",
        "\r\n+CMGL: 0,1,,24\r\n" DELIVER "\r\n\r\nOK\r\n",
        "\r\n+CMGR: 1,,24\r\n" DELIVER "\r\n\r\nOK\r\n",
        "\r\n+CMT: ,24\r\n" DELIVER "\r\n",
        "\r\n+CDS: 25\r\n" REPORT "\r\n",
        "\r\n+CMTI: \"SM\",3\r\n",
        "\r\n+COPS: 0,2,\"51010\"\r\n\r\nOK\r\n",
        "\r\n350000000000017\r\n\r\nOK\r\n",
        "\r\nRevision:1418B04SIM900M64_ST_PZ\r\n\r\nOK\r\n",
        "\r\n+CMGS: 17\r\n\r\nOK\r\n",
        "\r\n+CMS ERROR: 500\r\n",
        "+CPMS: (\"SM\",\"ME\",\"MT\"),(\"SM\",\"ME\",\"MT\"),(\"SM\",\"ME\",\"MT\")\r\n",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t j = 0; j < N_PIECES; j++) {
            hear(rows[i], pieces[j]);
            assert_string_equal(heard.passed, rows[i]);
            assert_int_equal(heard.n_refused, 0);
        }
}

static void leaves_out_what_is_not(void **state)
{
    (void)state;
    static const struct {
        const char *said, *passed;
    } rows[] = {
        {BIG "\r\n\r\nOK\r\n", "\r\n\r\nOK\r\n"},
        {FIFTY "\r\nOK\r\n", "\r\nOK\r\n"},
        {"a maker's name that does not end before the next line does, and so on\r\n", "\r\n"},
        {"+COPS: 0,0,\"" BIG "\"\r\nOK\r\n", "\r\nOK\r\n"},
        {"+CREG: 1,\"00C3\r\nOK\r\n", "\r\nOK\r\n"},
        {"+CSQ: " BIG BIG "\r\nOK\r\n", "\r\nOK\r\n"},
        {"+CMGR: 1,,24\r\n" BIG BIG "\r\nOK\r\n", "+CMGR: 1,,24\r\n?\r\nOK\r\n"},
        {"+CMGL: -7,1,,24\r\n" DELIVER "\r\n+CMGL: 4,1,,24\r\n" DELIVER "\r\n\r\nOK\r\n",
         "\n\n+CMGL: 4,1,,24\r\n" DELIVER "\r\n\r\nOK\r\n"},
        {"+CMGL: 2147483648,1,,24\r\n" DELIVER "\r\n\r\nOK\r\n", "\n\n\r\nOK\r\n"},
        {"+CMGL: 99999999999999999999,1,,24\r\n" DELIVER "\r\nOK\r\n", "\n\nOK\r\n"},
        {"+CMGL: ,1,,24\r\n" DELIVER "\r\nOK\r\n", "\n\nOK\r\n"},
        {"+CMGL: 3,1,,24\r\n" DELIVER "\r\n+CMGL: 4,1,,24\r\n" DELIVER "\r\n+CMGL: 3,1,,24\r\n" DELIVER
         "\r\nOK\r\n+CMGL: 3,1,,24\r\n" DELIVER "\r\nOK\r\n",
         "+CMGL: 3,1,,24\r\n" DELIVER "\r\n+CMGL: 4,1,,24\r\n" DELIVER "\r\n\n\nOK\r\n+CMGL: 3,1,,24\r\n" DELIVER
         "\r\nOK\r\n"},
        {"+CMS ERROR\r\n", "+CMS ERROR: 500\r\n"},
        {"+CMS ERROR: \r\n", "+CMS ERROR: 500\r\n"},
        {"+CME ERROR: SIM busy\r\n", "+CME ERROR: 100\r\n"},
        {"+CMS ERROR: 38\r\n", "+CMS ERROR: 38\r\n"},
        {"+CMTI: \"SM\",-1\r\n", "\n"},
        {"+CMTI: \"SM\r\n", "\n"},
        {"+CMGS: 17,\"26/11/10,08:00:00+28\"\r\nOK\r\n", "+CMGS: 17\r\nOK\r\n"},
        {"+CMGS: 17, 4\r\n", "+CMGS: 17\r\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t j = 0; j < N_PIECES; j++) {
            hear(rows[i].said, pieces[j]);
            assert_string_equal(heard.passed, rows[i].passed);
            assert_int_equal(heard.n_pushed + heard.n_ussd, 0);
        }
}

/* Where commands are echoed, nothing that comes between two answers stands before the next. */
static void leaves_out_notices(void **state)
{
    (void)state;
    static const char *const notices[] = {
        "\r\n+CIEV: 2,3\r\n",
        "\r\nSMS Ready\r\n",
        "\r\n*PSUTTZ: 2026,11,30\r\n",
        "\r\nRING\r\n",
        "+CREG: 1,\"00C3\r\n",
        "\r\n+CBM: 88\r\n" BIG "\r\n",
        "\r\n+CMGS: 5\r\n",
        "\r\n> ",
        "\r\n+CMGR: 1,,24\r\n" DELIVER "\r\n",
        "\r\n" BIG HUNDRED "\r\n",
        BIG BIG "\r\n",
        "\r\n+CMGL: 3,1,,24\r\n" DELIVER "\r\n",
    };
    static const char before[] = "AT+CMGF=0\r\r\nOK\r\n", after[] = "AT+CSQ\r\r\n+CSQ: 20,99\r\n\r\nOK\r\n";
    char said[2048];
    for (size_t i = 0; i < sizeof notices / sizeof *notices; i++)
        for (size_t j = 0; j < N_PIECES; j++) {
            (void)snprintf(said, sizeof said, "%s%s%s", before, notices[i], after);
            hear(said, pieces[j]);
            size_t blank = strspn(heard.passed + strlen(before), "\r\n");
            assert_memory_equal(heard.passed, before, strlen(before));
            assert_string_equal(heard.passed + strlen(before) + blank, after);
        }
    static const char news[] = "AT\r\r\nOK\r\n\r\n+CMTI: \"SM\",3\r\n+CDSI: \"SR\",1\r\n+CMT: ,24\r\n" DELIVER "\r\n";
    hear(news, 5);
    assert_string_equal(heard.passed, news);
    assert_int_equal(heard.n_refused, 0);
}

#define CODED(dcs) SMSC "040C9126183200001000" dcs TIME "05C8329BFD06"

/* TS 23.038 4: what is reserved, a notice, "compressed". */
static void settles_the_coding(void **state)
{
    (void)state;
    static const struct {
        const char *said, *passed;
    } rows[] = {
        {CODED("C8"), CODED("00")}, {CODED("80"), CODED("00")}, {CODED("20"), CODED("00")}, {CODED("0C"), CODED("00")},
        {CODED("E8"), CODED("08")}, {CODED("48"), CODED("08")}, {CODED("30"), CODED("10")}, {CODED("F9"), CODED("F1")},
        {CODED("F4"), CODED("F4")}, {CODED("04"), CODED("04")}, {CODED("08"), CODED("08")}, {CODED("10"), CODED("10")},
    };
    char said[300], passed[300];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        (void)snprintf(said, sizeof said, "\r\n+CMGR: 1,,24\r\n%s\r\nOK\r\n", rows[i].said);
        (void)snprintf(passed, sizeof passed, "\r\n+CMGR: 1,,24\r\n%s\r\nOK\r\n", rows[i].passed);
        hear(said, 5);
        assert_string_equal(heard.passed, passed);
        (void)snprintf(said, sizeof said, "\r\n+CMT: ,24\r\n%s\r\n", rows[i].said);
        (void)snprintf(passed, sizeof passed, "\r\n+CMT: ,24\r\n%s\r\n", rows[i].passed);
        hear(said, 5);
        assert_string_equal(heard.passed, passed);
    }
}

static void keeps_a_push_that_overruns(void **state)
{
    (void)state;
    static const struct {
        const char *said, *passed, *pushed;
        int n_pushed;
    } rows[] = {
        {"\r\n+CMT: ,24\r\n" SMSC "04FF91" HUNDRED "\r\nOK\r\n", "\r\n\nOK\r\n", SMSC "04FF91" HUNDRED, 1},
        {"\r\n+CDS: 24\r\n" BIG HUNDRED "\r\nOK\r\n", "\r\n\nOK\r\n", BIG HUNDRED, 1},
        {"\r\n+CDS: 24\r\n" DELIVER "\r\nOK\r\n", "\r\n\nOK\r\n", DELIVER, 1},
        {"\r\n+CMT: \"AB,24\r\n" DELIVER "\r\nOK\r\n", "\r\n\nOK\r\n", DELIVER, 1},
        {"\r\n+CMT: ,24\r\nOK\r\n", "\r\nOK\r\n", "", 1},
        {"\r\n+CMT: ,24\r\n+CMT: ,24\r\n" DELIVER "\r\n", "\r\n+CMT: ,24\r\n" DELIVER "\r\n", "", 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t j = 0; j < N_PIECES; j++) {
            hear(rows[i].said, pieces[j]);
            assert_string_equal(heard.passed, rows[i].passed);
            assert_string_equal(heard.pushed, rows[i].pushed);
            assert_int_equal(heard.n_pushed, rows[i].n_pushed);
        }
}

static void takes_ussd_for_itself(void **state)
{
    (void)state;
    static const struct {
        const char *said, *passed, *text;
        int dcs;
    } rows[] = {
        {"+CUSD: 0,\"Sisa pulsa Rp 1.200\",15\r\nOK\r\n", "\nOK\r\n", "Sisa pulsa Rp 1.200", 15},
        {"+CUSD: 0,\"Sisa \"pulsa\"\r\nRp 1.200\",15\r\n", "\n", "Sisa \"pulsa\"\nRp 1.200", 15},
        {"+CUSD:1,\"00530069\", 72\r\n", "\n", "00530069", 72},
        {"+CUSD: 0,\"Sisa\"\r\n", "\n", "Sisa", -1},
        {"+CUSD: 0,\"Sisa\r\nOK\r\n", "OK\r\n", "Sisa", -1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t j = 0; j < N_PIECES; j++) {
            hear(rows[i].said, pieces[j]);
            assert_string_equal(heard.passed, rows[i].passed);
            assert_string_equal(heard.ussd, rows[i].text);
            assert_int_equal(heard.dcs, rows[i].dcs);
            assert_int_equal(heard.n_ussd, 1);
        }
    hear("+CUSD: 4\r\nOK\r\n", 100);
    assert_int_equal(heard.n_ussd, 0);
}

/* Whatever comes, what is passed on has no line beyond its bound. */
static void holds_its_bounds(void **state)
{
    (void)state;
    static const char *const words[] = {"+CMGL: ", "+CMT: ", "+CDS: ", "+CUSD: ", "\"", "\r\n", "\r", "OK",
                                        "> ",      DELIVER,  TEN,      "-",       ",",  "x",    BIG};
    static char said[20000];
    unsigned random = 1;
    for (int i = 0; i < 400; i++) {
        said[0] = '\0';
        for (size_t len = 0; len < 8000; len = strlen(said)) {
            random = random * 1103515245 + 12345;
            (void)snprintf(said + len, sizeof said - len, "%s", words[(random >> 16) % 15]);
        }
        hear(said, pieces[i % N_PIECES]);
        for (const char *at = heard.passed; *at; at += strcspn(at, "\r\n") + 1) {
            assert_true(strcspn(at, "\r\n") <= SIEVE_LINE_MAX);
            if (!at[strcspn(at, "\r\n")])
                break;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passes_what_is_sound),       cmocka_unit_test(leaves_out_what_is_not),
        cmocka_unit_test(keeps_a_push_that_overruns), cmocka_unit_test(takes_ussd_for_itself),
        cmocka_unit_test(settles_the_coding),         cmocka_unit_test(holds_its_bounds),
        cmocka_unit_test(leaves_out_notices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
