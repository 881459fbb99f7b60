/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/disk.h"
#include "base/translate.h"
#include "ctl/doctor/ports.h"
#include "ctl/doctor/probe.h"
#include "ctl/setup/setup.h"
#include "parsers/msisdn.h"

enum { BOX_NAME_MAX = 31, IMEI_DIGITS = 15 };

/* Puts right what was typed, or says what is wrong with it: 0 or -EINVAL. */
typedef int check_function(char *value, size_t size, struct error *error);

struct asking {
    const struct ctl *ctl;
    bool talks; /* standard input has more to say */
    const struct settings *before;
};

bool setup_read(const char *prompt, char *ret_line, size_t size)
{
    CLEANUP(buf_deinit) struct buf text;
    buf_init(&text, 1024);
    buf_puts(&text, prompt);
    ctl_print(&text);
    (void)fflush(stdout);
    char *line = NULL;
    size_t room = 0;
    ssize_t len = getline(&line, &room, stdin);
    bool read = len >= 0;
    while (len > 0 && strchr("\r\n\t ", line[len - 1]))
        line[--len] = '\0';
    (void)snprintf(ret_line, size, "%s", read ? line + strspn(line, " \t") : "");
    free(line);
    if (!read)
        (void)fputs("\n", stdout);
    return read;
}

static int answer(struct asking *asking, const char *option, const char *question, const char *usual,
                  check_function *check, char *ret_value, size_t size)
{
    const char *given = option ? args_get(&asking->ctl->args, option) : NULL;
    struct error error;
    if (given) {
        (void)snprintf(ret_value, size, "%s", given);
        return check(ret_value, size, &error) == 0 ? 0 : ctl_usage(asking->ctl, "%s: %s", option, error.text);
    }
    while (asking->talks) {
        char prompt[512];
        (void)snprintf(prompt, sizeof prompt, "%s [%s]: ", question, usual);
        asking->talks = setup_read(prompt, ret_value, size);
        if (ret_value[0] == '\0')
            break;
        if (check(ret_value, size, &error) == 0)
            return 0;
        (void)printf("  %s\n", error.text);
    }
    (void)snprintf(ret_value, size, "%s", usual);
    return 0;
}

static int check_box(char *value, size_t size, struct error *error)
{
    (void)size;
    static const char good[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    size_t len = strlen(value);
    if (len == 0 || len > BOX_NAME_MAX || strspn(value, good) != len)
        return error_set(error, -EINVAL, "a name has letters, digits and -, at most %d", BOX_NAME_MAX);
    return 0;
}

static int check_zone(char *value, size_t size, struct error *error)
{
    static const char *const short_names[][2] = {
        {"WIB", "Asia/Jakarta"}, {"WITA", "Asia/Makassar"}, {"WIT", "Asia/Jayapura"}};
    char city[64];
    struct error ignored;
    for (size_t i = 0; i < 3; i++)
        if (strcasecmp(value, short_names[i][0]) == 0)
            (void)snprintf(value, size, "%s", short_names[i][1]);
    (void)snprintf(city, sizeof city, "Asia/%s", value);
    if (value[0] >= 'a' && value[0] <= 'z')
        city[strlen("Asia/")] = (char)(value[0] - 'a' + 'A');
    if (!strchr(value, '/') && zone_check(city, &ignored) == 0) /* "Jakarta" */
        (void)snprintf(value, size, "%s", city);
    return zone_check(value, error);
}

static int check_phone(char *value, size_t size, struct error *error)
{
    char number[MSISDN_MAX];
    enum msisdn_kind kind = value[0] ? msisdn_normalise(view_of(value), number) : MSISDN_MOBILE;
    if (kind != MSISDN_MOBILE && kind != MSISDN_OTHER)
        return error_set(error, -EINVAL, "that is not a phone number; expected 0812…, +62812… or nothing");
    if (value[0])
        (void)snprintf(value, size, "%s", number);
    return 0;
}

/* "62 8123000009": of most numbers a digit is missing there, but not of all. */
static bool is_short(const char *number)
{
    enum { USUAL_LEN = 14 }; /* +6281230000000 */
    return strncmp(number, "+628", 4) == 0 && strlen(number) < USUAL_LEN;
}

/* A number that is shorter than most is asked for twice, and noted where it came as an option. */
static int answer_phone(struct asking *asking, const char *option, const char *question, const char *usual,
                        char ret_number[MSISDN_MAX])
{
    char first[MSISDN_MAX];
    int status = answer(asking, option, question, usual, check_phone, ret_number, MSISDN_MAX);
    if (status || !is_short(ret_number) || strcmp(ret_number, usual) == 0)
        return status;
    if (args_get(&asking->ctl->args, option) || !asking->talks) {
        (void)ctl_refuse("note: %s has fewer digits than most numbers; see that none is missing", ret_number);
        return 0;
    }
    do {
        memcpy(first, ret_number, sizeof first);
        (void)printf(_("  %s has fewer digits than most numbers. Type it again if it is right.\n"), ret_number);
        status = answer(asking, option, question, usual, check_phone, ret_number, MSISDN_MAX);
    } while (!status && asking->talks && is_short(ret_number) && strcmp(ret_number, first) != 0);
    return status;
}

static int check_yes(char *value, size_t size, struct error *error)
{
    (void)size;
    bool known = value[0] == 'y' || value[0] == 'n' || value[0] == 't'; /* yes, ya; no, tidak */
    return known ? 0 : error_set(error, -EINVAL, "expected yes or no");
}

static int check_pin(char *value, size_t size, struct error *error)
{
    (void)size;
    size_t len = strlen(value);
    if (len && (len < 4 || len > 8 || strspn(value, "0123456789") != len))
        return error_set(error, -EINVAL, "a PIN has 4 to 8 digits");
    return 0;
}

static int check_file(char *value, size_t size, struct error *error)
{
    (void)size;
    return value[0] ? disk_file(value, error) : 0;
}

static int check_device(char *value, size_t size, struct error *error)
{
    (void)size;
    if (strcmp(value, "dummy") == 0)
        value[0] = '\0';
    if (strpbrk(value, "\"\\\n") || (value[0] && value[0] != '/'))
        return error_set(error, -EINVAL, "a device is a path like /dev/ttyUSB0, or: dummy");
    return 0;
}

/* ---- the modem ---- */

struct found {
    struct port ports[PORTS_MAX];
    struct probe probes[PORTS_MAX]; /* of those that answered or are locked, each modem once */
    size_t n;
};

static bool is_known(const struct found *found, const char *imei)
{
    for (size_t i = 0; i < found->n; i++)
        if (imei[0] && strcmp(found->probes[i].identity.imei, imei) == 0)
            return true;
    return false;
}

/* Whether it is one of those that are there beside the one that is asked about. */
static bool is_anothers(const struct asking *asking, const struct answers *answers, const struct probe *probe)
{
    for (size_t i = 0; asking->before && i < asking->before->n_modems; i++) {
        const struct modem_settings *modem = &asking->before->modems[i];
        bool same = modem->imei[0] && strcmp(modem->imei, probe->identity.imei) == 0;
        if (i != answers->modem && (same || strcmp(modem->device, probe->device) == 0))
            return true;
    }
    return false;
}

/* At the ports as they are configured first: of a modem with several ports that one stands for it. */
static int look_for_modems(const struct asking *asking, const struct answers *answers, struct found *found,
                           struct error *error)
{
    char worker[PATH_MAX];
    size_t n = ports_find(asking->before, NULL, found->ports), n_asked = 0, n_found = 0;
    for (size_t i = 0; i < n; i++)
        if (found->ports[i].may_open && !found->ports[i].holder)
            found->probes[n_asked++] =
                (struct probe){.device = found->ports[i].path, .connection = "at115200", .model = ""};
    int result = modem_worker_path("", worker, sizeof worker, error);
    if (result == 0 && n_asked > 0)
        result = probe_ports(found->probes, n_asked, worker, error);
    for (size_t i = 0; i < n_asked && result == 0; i++)
        if (found->probes[i].outcome != PROBE_FAILED && !is_known(found, found->probes[i].identity.imei))
            found->probes[found->n++] = found->probes[i];
    for (size_t i = 0; i < found->n; i++)
        if (!is_anothers(asking, answers, &found->probes[i]))
            found->probes[n_found++] = found->probes[i];
    found->n = n_found;
    return result;
}

static int check_choice(char *value, size_t size, struct error *error)
{
    (void)size;
    int64_t number;
    return args_number(value, 1, PORTS_MAX, &number) == 0 ? 0 : error_set(error, -EINVAL, "expected its number");
}

static void print_found(const struct found *found)
{
    for (size_t i = 0; i < found->n; i++) {
        const struct probe *probe = &found->probes[i];
        (void)printf("  %zu  %s: %s %s%s\n", i + 1, probe->device, probe->identity.manufacturer, probe->identity.model,
                     probe->outcome == PROBE_LOCKED ? _("a modem whose SIM needs its PIN") : "");
    }
}

static int choose_modem(struct asking *asking, struct answers *answers)
{
    static struct found found;
    struct error error;
    char typed[16] = "1";
    int64_t number = 1;
    bool quiet = asking->ctl->json;
    if (!quiet)
        (void)(puts(_("Looking for modems, half a minute at most ...")) >= 0 && fflush(stdout) == 0);
    if (look_for_modems(asking, answers, &found, &error) != 0)
        return ctl_environment("%s", error.text);
    if (found.n == 0) {
        if (!quiet)
            (void)puts(
                _("No modem answers at any port: the dummy phone is written, to try with. Once a modem is plugged in,\n"
                  "type: kabarctl doctor"));
        return 0;
    }
    if (!quiet)
        print_found(&found);
    while (found.n > 1 && asking->talks) {
        asking->talks = setup_read(_("Which of them [1]: "), typed, sizeof typed);
        if (typed[0] == '\0' ||
            (check_choice(typed, sizeof typed, &error) == 0 && args_number(typed, 1, (int64_t)found.n, &number) == 0))
            break;
    }
    const struct probe *probe = &found.probes[number - 1];
    (void)snprintf(answers->device, sizeof answers->device, "%s", probe->device);
    if (strspn(probe->identity.imei, "0123456789") == IMEI_DIGITS)
        (void)snprintf(answers->imei, sizeof answers->imei, "%.15s", probe->identity.imei);
    if (probe->outcome != PROBE_LOCKED)
        return 0;
    return answer(asking, "--pin", _("PIN of its SIM"), "", check_pin, answers->pin, sizeof answers->pin);
}

/* The modem that is there stays unless another one is wanted; the dummy phone is none. */
static int ask_to_keep(struct asking *asking, struct answers *answers)
{
    char typed[16];
    const struct settings *before = asking->before;
    answers->keep_modem = before && before->n_modems > 0 && strcmp(before->modems[answers->modem].model, "dummy") != 0;
    if (!answers->keep_modem || asking->ctl->json)
        return 0;
    int status = answer(asking, NULL, _("Is another modem to be looked for (yes or no)"), _("no"), check_yes, typed,
                        sizeof typed);
    answers->keep_modem = status || typed[0] != 'y';
    return status;
}

enum { NAMES_MAX = 256 };

static void write_names(const struct settings *before, char ret_names[NAMES_MAX])
{
    ret_names[0] = '\0';
    for (size_t i = 0; before && i < before->n_modems; i++) {
        size_t len = strlen(ret_names);
        (void)snprintf(ret_names + len, NAMES_MAX - len, "%s%s", i > 0 ? ", " : "", before->modems[i].name);
    }
}

static int find_modem(const struct settings *before, const char *name, size_t *ret_modem, struct error *error)
{
    char names[NAMES_MAX];
    for (size_t i = 0; before && i < before->n_modems; i++) {
        if (strcmp(before->modems[i].name, name) == 0) {
            *ret_modem = i;
            return 0;
        }
    }
    write_names(before, names);
    return error_set(error, -ENOENT, "there is no modem %s, but: %s", name, names[0] ? names : "none");
}

/* Of several modems one at a time. */
static int ask_which(struct asking *asking, struct answers *answers)
{
    const struct settings *before = asking->before;
    const char *given = args_get(&asking->ctl->args, "--modem");
    char names[NAMES_MAX], prompt[2 * NAMES_MAX], typed[MODEM_NAME_MAX];
    struct error error;
    if (given)
        return find_modem(before, given, &answers->modem, &error) == 0
                   ? 0
                   : ctl_usage(asking->ctl, "--modem: %s", error.text);
    if (!before || before->n_modems < 2)
        return 0;
    write_names(before, names);
    (void)snprintf(prompt, sizeof prompt, _("Which modem do the next answers concern: %s [%s]: "), names,
                   before->modems[0].name);
    while (asking->talks) {
        asking->talks = setup_read(prompt, typed, sizeof typed);
        if (typed[0] == '\0' || find_modem(before, typed, &answers->modem, &error) == 0)
            return 0;
        (void)printf("  %s\n", error.text);
    }
    return 0;
}

static int ask_modem(struct asking *asking, struct answers *answers)
{
    int which = ask_which(asking, answers);
    if (which)
        return which;
    (void)snprintf(answers->connection, sizeof answers->connection, "at115200");
    if (!args_get(&asking->ctl->args, "--device")) {
        int asked = ask_to_keep(asking, answers);
        if (!asked && answers->keep_modem && args_get(&asking->ctl->args, "--pin"))
            return answer(asking, "--pin", "", "", check_pin, answers->pin, sizeof answers->pin);
        return asked || answers->keep_modem ? asked : choose_modem(asking, answers);
    }
    int status = answer(asking, "--device", "", "", check_device, answers->device, sizeof answers->device);
    if (!status && args_get(&asking->ctl->args, "--pin"))
        status = answer(asking, "--pin", "", "", check_pin, answers->pin, sizeof answers->pin);
    return status;
}

int setup_ask(const struct ctl *ctl, const struct settings *before, struct answers *ret_answers)
{
    struct asking asking = {ctl, !ctl->json, before};
    const char *box = before ? before->box.id : "box-01", *zone = before ? before->box.timezone : "WIB";
    struct answers *a = ret_answers;
    *a = (struct answers){0};
    int status = answer(&asking, "--box", _("Name of this box"), box, check_box, a->box, sizeof a->box);
    if (!status)
        status = answer(&asking, "--timezone", _("Time zone: WIB, WITA or WIT"), zone, check_zone, a->timezone,
                        sizeof a->timezone);
    if (!status)
        status = ask_modem(&asking, a);
    const char *number = before && before->n_modems > 0 ? before->modems[a->modem].number : "";
    if (!status)
        status = answer_phone(&asking, "--number", _("Phone number of the box's SIM, printed on the cadres' card"),
                              number, a->number);
    if (!status)
        status = answer_phone(&asking, "--operator", _("Your own phone number, for alerts"), "", a->operator_phone);
    if (!status)
        status = answer(&asking, "--areas", _("CSV file with the areas (columns code, name)"), "", check_file, a->areas,
                        sizeof a->areas);
    struct error ignored;
    return status ? status : check_zone(a->timezone, sizeof a->timezone, &ignored) ? CTL_ENVIRONMENT : 0;
}
