/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kabard.conf: the smallest one works, every row of params.def does what it says, and each mistake is named. */
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "settings/params.h"
#include "settings/settings.h"

static char folder[64];

static int remove_one(const char *path, const struct stat *stat, int type, struct FTW *walk)
{
    (void)stat;
    (void)type;
    (void)walk;
    return remove(path);
}

static int make_folder(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/kabar-settings-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static const char *write_file(const char *name, const char *bytes, size_t len)
{
    static char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
    return path;
}

static struct settings *open_text(const char *text)
{
    struct settings *settings = NULL;
    struct faults faults;
    faults_init(&faults);
    if (settings_load(write_file("kabard.conf", text, strlen(text)), &faults, &settings) != 0)
        fail_msg("%s", faults.lines.text);
    faults_deinit(&faults);
    return settings;
}

static const char smallest[] =
    "box = { id = \"box-03\"; timezone = \"Asia/Jakarta\"; };\n"
    "database = \"kabar.db\";\n"
    "sets = ( \"sets/hpk-2018.cfg\" );\n"
    "lang = \"lang/id.cfg\";\n"
    "replies = \"replies/id.cfg\";\n"
    "modems = ( { name = \"sim1\"; connection = \"at115200\"; device = \"/dev/ttyUSB0\"; } );\n";

static void the_smallest_works(void **state)
{
    (void)state;
    struct settings *settings = open_text(smallest);
    char database[96];
    (void)snprintf(database, sizeof database, "%s/kabar.db", folder);
    assert_string_equal(settings->box.id, "box-03");
    assert_string_equal(settings->database, database);
    assert_int_equal(settings->n_sets, 1);
    assert_string_equal(settings->sets[0].set->name, "hpk-2018");
    assert_non_null(settings->sets[0].lexicon);
    assert_string_equal(settings->lang->locale, "id");
    assert_int_equal(settings->n_replies, 1);
    assert_int_equal(settings->n_modems, 1);
    assert_string_equal(settings->modems[0].device, "/dev/ttyUSB0");
    assert_int_equal(settings->grace_days, 5);
    assert_int_equal(settings->accept_months_back, 3);
    assert_int_equal(settings->reply_max_parts, 2);
    assert_int_equal(settings->held_hours, 48);
    assert_int_equal(settings->unknown_sender, UNKNOWN_SENDER_ONCE);
    assert_int_equal(settings->quiet_from, 20 * 60);
    assert_null(settings_close(settings));
    assert_null(settings_close(NULL));
}

static void without_modems_there_is_the_dummy(void **state)
{
    (void)state;
    struct settings *settings = open_text("box = { id = \"b\"; };");
    char device[96];
    (void)snprintf(device, sizeof device, "%s/dummy", folder);
    assert_int_equal(settings->n_modems, 1);
    assert_string_equal(settings->modems[0].connection, "none");
    assert_string_equal(settings->modems[0].device, device);
    settings_close(settings);
    settings = open_text("box = { id = \"b\"; }; modems = ( );");
    assert_int_equal(settings->n_modems, 0);
    settings_close(settings);
}

static void numbers_become_e164(void **state)
{
    (void)state;
    struct settings *settings = open_text(
        "box = { id = \"b\"; }; own_numbers = \"0812 3000 0000\"; quiet_from = \"23:59\";\n"
        "unknown_sender = \"silent\"; status_reports = false;\n"
        "modems = ( { name = \"a\"; connection = \"at\"; imei = \"356938035643809\"; number = \"81230000001\";"
        " prefixes = [ \"0811\", \"62812\", \"+62813\" ]; power_hook = \"off.sh\"; "
        "smsc = \"081230009999\"; init = ( \"AT^CURC=0\", \"AT+CMMS=2\" ); delete_sent = true; } );");
    const struct modem_settings *modem = &settings->modems[0];
    assert_string_equal(settings->own_numbers.text[0], "+6281230000000");
    assert_int_equal(settings->quiet_from, 23 * 60 + 59);
    assert_int_equal(settings->unknown_sender, UNKNOWN_SENDER_SILENT);
    assert_false(settings->status_reports);
    assert_string_equal(modem->number, "+6281230000001");
    assert_int_equal(modem->prefixes.n, 3);
    assert_string_equal(modem->prefixes.text[0], "+62811");
    assert_string_equal(modem->prefixes.text[1], "+62812");
    assert_string_equal(modem->prefixes.text[2], "+62813");
    assert_int_equal(modem->power_hook[0], '/');
    assert_string_equal(modem->smsc, "+6281230009999");
    assert_int_equal(modem->init.n, 2);
    assert_string_equal(modem->init.text[0], "AT^CURC=0");
    assert_true(modem->delete_sent);
    settings_close(settings);
}

#define BOX "box = { id = \"b\"; };\n"
#define SIM "name = \"sim1\"; connection = \"at\"; device = \"/dev/ttyUSB0\"; "

static const struct {
    const char *text;
    const char *faults; /* each after "kabard.conf" */
} broken[] = {
    {"", ": \"box\" is missing\n"},
    {"box = { };", ":1: \"id\" is missing\n"},
    {"box = { id = \"\"; };", ":1: id must not be empty\n"},
    {"box = { id = \"a b\"; };", ":1: id = \"a b\" must be letters, digits, - and _, at most 31\n"},
    {"box = 3;", ":1: box must be a group { }, not a whole number\n"},
    {"box = { id = 3; };", ":1: id must be a text in \"quotes\", not a whole number\n"},
    {"box = { id = \"b\"; timezone = \"Asia/Jakata\"; };",
     ":1: timezone: \"Asia/Jakata\" is not a time zone of this system; Indonesia has Asia/Jakarta, Asia/Makassar and "
     "Asia/Jayapura (Debian package tzdata), or WIB-7, WITA-8, WIT-9 without it\n"},
    {BOX "grace_day = 3;", ":2: unknown setting \"grace_day\", did you mean \"grace_days\"?\n"},
    {"box = { id = \"b\"; colour = 1; };", ":1: unknown setting \"colour\"; allowed here: id, timezone, areas\n"},
    {BOX "grace_days = \"5\";", ":2: grace_days must be a whole number, not a text\n"},
    {BOX "grace_days = 5.5;", ":2: grace_days must be a whole number, not a number with a point\n"},
    {BOX "grace_days = 99;", ":2: grace_days = 99 is outside 0 to 28\n"},
    {BOX "grace_days = -1;", ":2: grace_days = -1 is outside 0 to 28\n"},
    {BOX "grace_days = 99999999999;",
     ":2: a number of more than 9 digits; no value here is that large (write texts in \"quotes\")\n"},
    {BOX "grace_days = 5L;", ":2: grace_days must be a whole number, not a number followed by L\n"},
    {BOX "schedule = { remind_day = 29; };", ":2: remind_day = 29 is outside 0 to 28\n"},
    {BOX "schedule = { remind_day = 26; };", ":2: remind_day must not be more than remind_again_day\n"},
    {BOX "schedule = { weekly = \"senin\"; };",
     ":2: weekly = \"senin\" must be one of sunday|monday|tuesday|wednesday|thursday|friday|saturday|never\n"},
    {BOX "schedule = 9;", ":2: schedule must be a group { }, not a whole number\n"},
    {BOX "schedule = { forms = \"IBU_HAMIL BALITA\"; };", ":2: forms: no set has a form with the code \"BALITA\"\n"},
    {BOX "status_reports = 1;", ":2: status_reports must be true or false, not a whole number\n"},
    {BOX "unknown_sender = \"twice\";", ":2: unknown_sender = \"twice\" must be one of once|silent\n"},
    {BOX "quiet_from = \"25:00\";", ":2: quiet_from = \"25:00\" must be a time of the day like \"20:00\"\n"},
    {BOX "quiet_from = 20;", ":2: quiet_from must be a text in \"quotes\", not a whole number\n"},
    {BOX "pace_minute = 500;", ":2: pace_minute must not be more than pace_hour\n"},
    {BOX "retry_base_seconds = 61; retry_cap_minutes = 1;",
     ":2: retry_base_seconds must not be more than retry_cap_minutes\n"},
    {BOX "database = \"\";", ":2: database must not be empty\n"},
    {BOX "own_numbers = [ \"3636\" ];",
     ":2: own_numbers: \"3636\" is not a phone number; write it like 0812... or +62812...\n"},
    {BOX "own_numbers = [ 3636 ];",
     ":2: own_numbers must be texts in brackets [ \"one\", \"two\" ], not a whole number\n"},
    {BOX "sets = [ ];", ":2: sets must name 1 to 16 files\n"},
    {BOX "modems = { };", ":2: modems must be a list of groups ( { }, { } ), not a group { }\n"},
    {BOX "modems = ( 1 );", ":2: modems must be a list of groups ( { }, { } ), not a whole number\n"},
    {BOX "modems = ( { } );", ":2: \"name\" is missing\n:2: \"connection\" is missing\n"
                              ":2: \"device\" is missing: /dev/ttyUSB0, or the imei to find it by\n"},
    {BOX "modems = ( { " SIM " },\n{ " SIM " } );",
     ":3: name: modem \"sim1\" is already in line 2\n"
     ":3: device: \"/dev/ttyUSB0\" is the device of modem \"sim1\" already\n"},
    {BOX "modems = ( { " SIM "pin = \"12\"; } );", ":2: pin must be 4 to 8 digits\n"},
    {BOX "modems = ( { " SIM "imei = \"x\"; } );", ":2: imei must be 14 to 16 digits\n"},
    {BOX "modems = ( { " SIM "prefixes = \"811\"; } );",
     ":2: prefixes: \"811\" is not the beginning of a number, like 0811 or +62811\n"},
    {BOX "modems = ( { " SIM "conection = \"at\"; } );",
     ":2: unknown setting \"conection\", did you mean \"connection\"?\n"},
    {BOX "modems = ( { " SIM "init = ( \"CURC=0\" ); } );",
     ":2: init: \"CURC=0\" is not an AT command, which begins with AT\n"},
    {BOX "modems = ( { name = \"sim1\"; connection = \"115200\"; device = \"/dev/ttyUSB0\"; } );",
     ":2: connection = \"115200\" is not a Gammu connection; a USB modem has \"at115200\", the dummy phone \"none\"\n"},
    {BOX "grace_days = 99\nheld_hours = 0;\n",
     ":2: grace_days = 99 is outside 0 to 28\n:3: held_hours = 0 is outside 1 to 720\n"},
    {BOX "grace_days = ;",
     ":2: syntax error; is a ; or , missing before this, or one too many before a closing bracket?\n"},
    {BOX "a = 1;\na = 2;",
     ":3: duplicate setting name; is a ; or , missing before this, or one too many before a closing "
     "bracket?\n"},
    {BOX "@include \"/etc\"", ":2: @include is not supported here; write it into this file, or list both files in "
                              "kabard.conf\n"},
    {BOX "database = \"kabar.db", ":2: a \" is not closed\n"},
    {BOX "/* unfinished\n\n", ":4: a /* is not closed\n"},
    {BOX "x = \"\xff\";", ":2: not UTF-8; save the file with that encoding\n"},
    {"\xef\xbb\xbf" BOX, ":1: a byte order mark; save the file as UTF-8 without BOM\n"},
    {BOX "x = ((((((((((((((((((1))))))))))))))))));",
     ":2: brackets nested too deeply; probably one before this is not closed\n"},
};

/* "FILE:2: …" for each line of faults, which begin at their colon. */
static void expect(const char *file, const char *faults, struct buf *ret_text)
{
    while (*faults) {
        const char *end = strchr(faults, '\n');
        buf_puts(ret_text, file);
        buf_add(ret_text, (struct view){faults, (size_t)(end - faults) + 1});
        faults = end + 1;
    }
}

static void mistakes_are_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        struct settings *settings = NULL;
        struct faults faults;
        struct buf expected;
        faults_init(&faults);
        buf_init(&expected, 10000);
        const char *path = write_file("kabard.conf", broken[i].text, strlen(broken[i].text));
        expect(path, broken[i].faults, &expected);
        assert_int_not_equal(settings_load(path, &faults, &settings), 0);
        assert_null(settings);
        assert_string_equal(faults.lines.text, expected.text);
        faults_deinit(&faults);
        buf_deinit(&expected);
    }
}

static void missing_files_are_named(void **state)
{
    (void)state;
    struct settings *settings = NULL;
    struct error error;
    static const char text[] = BOX "sets = ( \"sets/nowhere.cfg\" );";
    const char *path = write_file("kabard.conf", text, sizeof text - 1);
    char expected[256];
    (void)snprintf(expected, sizeof expected,
                   "%s:2: sets: there is no file \"sets/nowhere.cfg\" next to kabard.conf or in ", path);
    assert_int_not_equal(settings_open(path, &settings, &error), 0);
    assert_memory_equal(error.text, expected, strlen(expected));
    (void)snprintf(expected, sizeof expected, "%s/none.conf: cannot be opened: No such file or directory", folder);
    char none[96];
    (void)snprintf(none, sizeof none, "%s/none.conf", folder);
    assert_int_not_equal(settings_open(none, &settings, &error), 0);
    assert_string_equal(error.text, expected);
    assert_int_not_equal(settings_open(folder, &settings, &error), 0);
    assert_non_null(strstr(error.text, ": not a file"));
}

static void hostile_files_are_refused(void **state)
{
    (void)state;
    struct settings *settings = NULL;
    struct error error;
    size_t len = 300 * 1024;
    char *large = calloc(1, len);
    assert_non_null(large);
    memset(large, '#', len);
    assert_int_not_equal(settings_open(write_file("kabard.conf", large, len), &settings, &error), 0);
    assert_non_null(strstr(error.text, "larger than 256 KiB"));
    free(large);
    assert_int_not_equal(settings_open(write_file("kabard.conf", "box\0x", 5), &settings, &error), 0);
    assert_non_null(strstr(error.text, ":1: a control character"));
    char fifo[96];
    (void)snprintf(fifo, sizeof fifo, "%s/fifo", folder);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_int_not_equal(settings_open(fifo, &settings, &error), 0); /* and does not wait for a writer */
    assert_non_null(strstr(error.text, ": not a file"));
}

/* What --print-config prints can be read again and comes out the same; defaults are marked, a PIN does not show. */
static void what_is_printed_can_be_read(void **state)
{
    (void)state;
    struct buf first, second;
    buf_init(&first, 100000);
    buf_init(&second, 100000);
    struct settings *settings = open_text(BOX "grace_days = 5; modems = ( { " SIM "pin = \"4711\"; } );");
    settings_print(settings, &first);
    assert_non_null(strstr(first.text, "\ngrace_days = 5;\n"));
    assert_non_null(strstr(first.text, "\nheld_hours = 48; # default\n"));
    assert_non_null(strstr(first.text, "pin = \"\"; # not shown\n"));
    assert_null(strstr(first.text, "4711"));
    settings_close(settings);
    settings = open_text(first.text);
    settings_print(settings, &second);
    for (char *mark = first.text; (mark = strstr(mark, " # default")) != NULL;)
        memmove(mark, mark + 10, strlen(mark + 10) + 1);
    assert_string_equal(first.text, second.text);
    settings_close(settings);
    buf_deinit(&first);
    buf_deinit(&second);
}

static void reload_knows_what_needs_a_restart(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *needs;
    } cases[] = {
        {BOX "modems = ( { " SIM " } );", NULL},
        {BOX "modems = ( { " SIM " } ); grace_days = 7; replies = [ \"replies/en.cfg\" ];", NULL},
        {BOX "modems = ( { " SIM " } ); database = \"other.db\";", "database"},
        {BOX "modems = ( { " SIM " pin = \"1234\"; } );", "modems"},
        {BOX "modems = ( );", "modems"},
        {"box = { id = \"c\"; }; modems = ( { " SIM " } );", "id"},
    };
    struct settings *before = open_text(cases[0].text);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct settings *after = open_text(cases[i].text);
        const char *needs = settings_needs_restart(before, after);
        if (cases[i].needs)
            assert_string_equal(needs, cases[i].needs);
        else
            assert_null(needs);
        settings_close(after);
    }
    settings_close(before);
}

static char *read_example(void)
{
    FILE *file = fopen(KABAR_SOURCE_DIR "/config/kabard.conf.example", "r");
    assert_non_null(file);
    char *text = calloc(1, 100000);
    assert_non_null(text);
    assert_true(fread(text, 1, 99999, file) > 0);
    fclose(file);
    return text;
}

/* Every row stands in the example, with its sentence and its default. */
static void the_example_shows_every_setting(void **state)
{
    (void)state;
    char *text = read_example();
    /* a comment that is a setting begins with # and no space: taken away, the file must load and be all defaults */
    for (char *at = text; (at = strchr(at, '#')) != NULL; at++)
        if (at > text && strchr("\n ", at[-1]) && at[1] != ' ' && at[1] != '\n')
            *at = ' ';
    struct settings *settings = open_text(text);
    struct settings *bare = open_text("box = { id = \"box-01\"; }; modems = ( { name = \"sim1\"; connection = "
                                      "\"at115200\"; device = \"/dev/ttyUSB0\"; } );");
    struct buf printed, expected;
    buf_init(&printed, 100000);
    buf_init(&expected, 100000);
    settings_print(settings, &printed);
    settings_print(bare, &expected);
    for (char *mark = expected.text; (mark = strstr(mark, " # default")) != NULL;)
        memmove(mark, mark + 10, strlen(mark + 10) + 1);
    char *pin = strstr(printed.text, "; # not shown");
    assert_non_null(pin);
    memmove(pin + 1, pin + 13, strlen(pin + 13) + 1);
    assert_string_equal(printed.text, expected.text);
    settings_close(settings);
    settings_close(bare);
    buf_deinit(&printed);
    buf_deinit(&expected);
    /* sentences may be wrapped: compared without the marks and breaks */
    for (char *at = text; (at = strchr(at, '\n')) != NULL; at++)
        while (strchr("\n# ", at[1]) && at[1])
            memmove(at + 1, at + 2, strlen(at + 2) + 1);
    for (char *at = text; (at = strchr(at, '\n')) != NULL;)
        *at = ' ';
    for (size_t i = 0; i < PARAM_COUNT; i++)
        if (!strstr(text, params[i].what))
            fail_msg("%s: \"%s\" does not stand in kabard.conf.example", params[i].name, params[i].what);
    free(text);
}

static void the_shipped_configuration_loads(void **state)
{
    (void)state;
    struct settings *settings = NULL;
    struct error error = {""};
    if (settings_open(KABAR_SOURCE_DIR "/config/kabard.conf", &settings, &error) != 0)
        fail_msg("%s", error.text);
    assert_string_equal(settings->modems[0].model, "dummy");
    settings_close(settings);
}

/* The default of schedule.forms is of another set: no fault of the operator, and what is printed can be read again. */
static void each_set_alone_is_enough(void **state)
{
    (void)state;
    static const struct {
        const char *text, *forms;
    } cases[] = {
        {BOX "sets = ( \"sets/hpk-2018.cfg\" );", "forms = \"IBU_HAMIL ANAK TIKAR\"; # default\n"},
        {BOX "sets = ( \"sets/perpres72-2022.cfg\" );", "forms = \"IBU_HAMIL\"; # default\n"},
        {BOX "schedule = { forms = \" ANAK  TIKAR \"; };", "forms = \"ANAK TIKAR\";\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf printed;
        buf_init(&printed, 100000);
        struct settings *settings = open_text(cases[i].text);
        settings_print(settings, &printed);
        if (!strstr(printed.text, cases[i].forms))
            fail_msg("not %s in: %s", cases[i].forms, printed.text);
        settings_close(settings);
        settings_close(open_text(printed.text));
        buf_deinit(&printed);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
        TEST(the_smallest_works),
        TEST(without_modems_there_is_the_dummy),
        TEST(numbers_become_e164),
        TEST(mistakes_are_named),
        TEST(missing_files_are_named),
        TEST(hostile_files_are_refused),
        TEST(what_is_printed_can_be_read),
        TEST(reload_knows_what_needs_a_restart),
        TEST(the_example_shows_every_setting),
        TEST(the_shipped_configuration_loads),
        TEST(each_set_alone_is_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
