/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings/conf_check.h"

#include <stdio.h>
#include <strings.h>

#include "base/clock.h"
#include "base/role.h"
#include "parsers/msisdn.h"
#include "settings/conf_path.h"

enum { NAME_MAX_BYTES = 31 }; /* fits MODEM_NAME_MAX of modem/port.h */

static const char digits[] = "0123456789";
static const char name_chars[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

static const config_setting_t *at(const config_setting_t *group, const char *name)
{
    const config_setting_t *member = config_setting_get_member(group, name);
    return member ? member : group;
}

static void check_name(struct cfg *cfg, const config_setting_t *group, const char *name, const char *text)
{
    if (text[strspn(text, name_chars)] || strlen(text) > NAME_MAX_BYTES)
        cfg_fault(cfg, at(group, name), "%s = \"%s\" must be letters, digits, - and _, at most %d", name, text,
                  NAME_MAX_BYTES);
}

/* Digits only, of a length between min and max, or nothing. */
static void check_digits(struct cfg *cfg, const config_setting_t *group, const char *name, const char *text, size_t min,
                         size_t max)
{
    size_t len = strlen(text);
    if (len > 0 && (text[strspn(text, digits)] || len < min || len > max))
        cfg_fault(cfg, at(group, name), "%s must be %zu to %zu digits", name, min, max);
}

/* "35", "35.12", "35.12.03", "35.12.03.2001": what the database can have above a posyandu. */
static bool is_area_code(const char *text)
{
    size_t len = strlen(text);
    if (len != 2 && len != 5 && len != 8 && len != 13)
        return false;
    for (size_t i = 0; i < len; i++) {
        bool dot = i == 2 || i == 5 || i == 8;
        if (dot ? text[i] != '.' : !strchr(digits, text[i]))
            return false;
    }
    return true;
}

void conf_check_box(struct cfg *cfg, const config_setting_t *group, const struct box_settings *box)
{
    struct error error;
    check_name(cfg, group, "id", box->id);
    if (zone_check(box->timezone, &error) != 0)
        cfg_fault(cfg, at(group, "timezone"), "timezone: %s", error.text);
    for (size_t i = 0; i < box->areas.n; i++)
        if (!is_area_code(box->areas.text[i]))
            cfg_fault(cfg, at(group, "areas"), "areas: \"%s\" is not the code of an area, like 35.12.03",
                      box->areas.text[i]);
}

static const char *e164(struct cfg *cfg, const config_setting_t *where, const char *name, const char *text)
{
    char number[MSISDN_MAX];
    if (msisdn_normalise(view_of(text), number) > MSISDN_OTHER)
        cfg_fault(cfg, where, "%s: \"%s\" is not a phone number; write it like 0812... or +62812...", name, text);
    return arena_text(cfg->arena, view_of(number));
}

/* "0811", "62811", "+62811" → "+62811" */
static const char *prefix(struct cfg *cfg, const config_setting_t *where, const char *text)
{
    const char *national = text + (text[0] == '+');
    size_t len = strlen(national), country = national[0] == '0' ? 1 : strncmp(national, "62", 2) == 0 ? 2 : 0;
    if (country == 0 || national[strspn(national, digits)] || len > MSISDN_MAX - 4 || len <= country) {
        cfg_fault(cfg, where, "prefixes: \"%s\" is not the beginning of a number, like 0811 or +62811", text);
        return "";
    }
    char number[MSISDN_MAX];
    (void)snprintf(number, sizeof number, "+62%s", national + country);
    return arena_text(cfg->arena, view_of(number));
}

static struct texts each(struct cfg *cfg, const config_setting_t *group, const char *name, struct texts texts,
                         bool is_prefix)
{
    const char **numbers = arena_alloc(cfg->arena, texts.n, sizeof *numbers);
    const config_setting_t *where = at(group, name);
    for (size_t i = 0; i < texts.n; i++)
        numbers[i] = is_prefix ? prefix(cfg, where, texts.text[i]) : e164(cfg, where, name, texts.text[i]);
    return (struct texts){numbers, texts.n};
}

/* Two settings of which the first must not be above the second. */
static void check_order(struct cfg *cfg, const config_setting_t *root, const char *low, int64_t low_value,
                        const char *high, int64_t high_value)
{
    const config_setting_t *member = config_setting_get_member(root, low);
    if (low_value > high_value)
        cfg_fault(cfg, member ? member : at(root, high), "%s must not be more than %s", low, high);
}

static void make_absolute(struct cfg *cfg, const char *file, const char **path)
{
    if ((*path)[0])
        *path = conf_path_beside(cfg->arena, file, *path);
}

static void check_roles(struct cfg *cfg, const config_setting_t *group, const char *name, const struct texts *texts)
{
    struct role_at ignored;
    for (size_t i = 0; i < texts->n; i++) {
        const char *word = texts->text[i];
        for (word += strspn(word, " "); *word; word += strspn(word, " ")) {
            size_t len = strcspn(word, " ");
            if (!role_at_parse((struct view){word, len}, &ignored))
                cfg_fault(cfg, at(group, name), "%s: \"%.*s\" is not a role; expected %s", name, (int)len, word,
                          role_at_allowed);
            word += len;
        }
    }
}

void conf_check_notes(struct cfg *cfg, const config_setting_t *group, const struct notes_settings *notes)
{
    check_roles(cfg, group, "to", &notes->to);
    check_roles(cfg, group, "emergency_to", &notes->emergency_to);
}

void conf_check_schedule(struct cfg *cfg, const config_setting_t *group, const struct schedule_settings *schedule)
{
    if (schedule->remind_day > 0 && schedule->remind_again_day > 0)
        check_order(cfg, group, "remind_day", schedule->remind_day, "remind_again_day", schedule->remind_again_day);
    check_roles(cfg, group, "silent_to", &schedule->silent_to);
    check_roles(cfg, group, "card_to", &schedule->card_to);
}

void conf_check_top(struct cfg *cfg, const config_setting_t *root, struct settings *settings)
{
    const struct settings *s = settings;
    check_order(cfg, root, "pace_minute", s->pace_minute, "pace_hour", s->pace_hour);
    check_order(cfg, root, "pace_hour", s->pace_hour, "pace_day", s->pace_day);
    check_order(cfg, root, "replies_number_hour", s->replies_number_hour, "replies_number_day", s->replies_number_day);
    check_order(cfg, root, "replies_box_hour", s->replies_box_hour, "replies_box_day", s->replies_box_day);
    check_order(cfg, root, "replies_strangers_hour", s->replies_strangers_hour, "replies_strangers_day",
                s->replies_strangers_day);
    check_order(cfg, root, "retry_base_seconds", s->retry_base_seconds, "retry_cap_minutes",
                (int64_t)s->retry_cap_minutes * 60);
    if (s->database[0] == '\0')
        cfg_fault(cfg, at(root, "database"), "database must not be empty");
    settings->own_numbers = each(cfg, root, "own_numbers", settings->own_numbers, false);
    make_absolute(cfg, settings->file, &settings->database);
    make_absolute(cfg, settings->file, &settings->metrics);
    make_absolute(cfg, settings->file, &settings->worker);
}

/* By how they begin, in either case: what stands after (a speed, a protocol) only Gammu can judge. */
static bool is_connection(const char *word)
{
    static const char *const begins[] = {"at",   "none", "blue",  "dku", "fbus", "dlr3",
                                         "irda", "mbus", "phone", "usb", "proxy"};
    for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++)
        if (strncasecmp(word, begins[i], strlen(begins[i])) == 0)
            return true;
    return false;
}

/* Commands, one a line of the port; what they do only the modem's manual can tell. */
static void check_commands(struct cfg *cfg, const config_setting_t *group, struct texts commands)
{
    size_t bytes = 0;
    for (size_t i = 0; i < commands.n; i++) {
        const char *text = commands.text[i];
        bool is_command = strncasecmp(text, "AT", 2) == 0;
        for (const char *at = text; *at; at++)
            is_command &= *at >= ' ' && *at < 0x7f;
        if (!is_command)
            cfg_fault(cfg, at(group, "init"), "init: \"%s\" is not an AT command, which begins with AT", text);
        bytes += strlen(text) + 1;
    }
    if (bytes >= MODEM_COMMANDS_MAX)
        cfg_fault(cfg, at(group, "init"), "init: %zu characters in all, %d at most", bytes, MODEM_COMMANDS_MAX - 1);
}

void conf_check_modem(struct cfg *cfg, const config_setting_t *group, const char *file, struct modem_settings *modems,
                      size_t i)
{
    struct modem_settings *modem = &modems[i];
    check_name(cfg, group, "name", modem->name);
    for (size_t j = 0; j < i; j++)
        if (modem->name[0] && strcmp(modem->name, modems[j].name) == 0)
            cfg_fault(cfg, at(group, "name"), "name: modem \"%s\" is already in line %d", modem->name, modems[j].line);
    check_digits(cfg, group, "pin", modem->pin, 4, 8);
    check_digits(cfg, group, "imei", modem->imei, 14, 16);
    if (modem->connection[0] && !is_connection(modem->connection))
        cfg_fault(
            cfg, at(group, "connection"),
            "connection = \"%s\" is not a Gammu connection; a USB modem has \"at115200\", the dummy phone \"none\"",
            modem->connection);
    bool is_dummy = strcmp(modem->connection, "none") == 0;
    if (!modem->device[0] && !modem->imei[0])
        cfg_fault(cfg, group, "\"device\" is missing: %s",
                  is_dummy ? "the folder of the dummy phone" : "/dev/ttyUSB0, or the imei to find it by");
    if (is_dummy)
        make_absolute(cfg, file, &modem->device);
    /* Each of two workers would read half of what the other asked for. */
    for (size_t j = 0; j < i; j++)
        if (modem->device[0] && strcmp(modem->device, modems[j].device) == 0)
            cfg_fault(cfg, at(group, "device"), "device: \"%s\" is the device of modem \"%s\" already", modem->device,
                      modems[j].name);
    make_absolute(cfg, file, &modem->power_hook);
    check_commands(cfg, group, modem->init);
    if (modem->smsc[0])
        modem->smsc = e164(cfg, at(group, "smsc"), "smsc", modem->smsc);
    if (modem->number[0])
        modem->number = e164(cfg, at(group, "number"), "number", modem->number);
    modem->prefixes = each(cfg, group, "prefixes", modem->prefixes, true);
}
