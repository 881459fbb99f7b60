/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings/cfg.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/translate.h"
#include "parsers/deliver.h"
#include "parsers/edit.h"
#include "parsers/limits.h"
#include "parsers/template.h"
#include "settings/cfg_scan.h"

static void close_fd(const int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

/* The whole file, terminated; NULL with a fault. O_NONBLOCK: a FIFO must not hold the daemon's start. */
static char *read_file(struct cfg *cfg, size_t *ret_len)
{
    CLEANUP(close_fd) int fd = open(cfg->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat stat;
    if (fd < 0 || fstat(fd, &stat) != 0) {
        faults_add(cfg->faults, cfg->path, 0, "cannot be opened: %s", translate_errno(errno));
        return NULL;
    }
    if (!S_ISREG(stat.st_mode) || stat.st_size > CFG_FILE_MAX) {
        faults_add(cfg->faults, cfg->path, 0, "%s",
                   S_ISREG(stat.st_mode) ? _("larger than 256 KiB; is this a configuration file?") : _("not a file"));
        return NULL;
    }
    char *text = malloc(CFG_FILE_MAX + 1);
    KABAR_ASSERT(text);
    size_t len = 0;
    ssize_t n = 1;
    while (n > 0 && len < CFG_FILE_MAX) {
        n = read(fd, text + len, CFG_FILE_MAX - len);
        len += n > 0 ? (size_t)n : 0;
    }
    if (n < 0) {
        faults_add(cfg->faults, cfg->path, 0, "cannot be read: %s", translate_errno(errno));
        free(text);
        return NULL;
    }
    text[len] = '\0';
    *ret_len = len;
    return text;
}

bool cfg_open(struct cfg *cfg, const char *path, struct arena *arena, struct faults *faults)
{
    *cfg = (struct cfg){.path = path, .arena = arena, .faults = faults};
    config_init(&cfg->config);
    size_t len;
    char *text = read_file(cfg, &len);
    if (!text)
        return false;
    int line;
    const char *fault;
    bool ok = cfg_scan((struct view){text, len}, &line, &fault);
    if (!ok) {
        faults_add(faults, path, line, "%s", fault);
    } else if (!config_read_string(&cfg->config, text)) {
        ok = false;
        faults_add(faults, path, config_error_line(&cfg->config),
                   "%s; is a ; or , missing before this, or one too many before a closing bracket?",
                   translate(config_error_text(&cfg->config)));
    }
    free(text);
    return ok;
}

void cfg_close(struct cfg *cfg)
{
    config_destroy(&cfg->config);
}

int cfg_load(const char *path, struct arena *arena, struct faults *faults, void (*read)(struct cfg *cfg, void *data),
             void *data)
{
    size_t before = faults->n;
    struct cfg cfg;
    if (cfg_open(&cfg, path, arena, faults))
        read(&cfg, data);
    cfg_close(&cfg);
    return faults->n > before ? -EINVAL : 0;
}

int cfg_line(const config_setting_t *setting)
{
    return (int)config_setting_source_line(setting);
}

void cfg_fault(struct cfg *cfg, const config_setting_t *at, const char *format, ...)
{
    struct error fault;
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(fault.text, sizeof fault.text, translate(format), arguments);
    va_end(arguments);
    faults_add(cfg->faults, cfg->path, cfg_line(at), "%s", fault.text);
}

/* _("a group { }"), "a text" … as messages name it. */
static const char *type_name(const config_setting_t *setting)
{
    switch (config_setting_type(setting)) {
    case CONFIG_TYPE_GROUP:
        return _("a group { }");
    case CONFIG_TYPE_LIST:
        return _("a list ( )");
    case CONFIG_TYPE_ARRAY:
        return _("an array [ ]");
    case CONFIG_TYPE_STRING:
        return _("a text");
    case CONFIG_TYPE_BOOL:
        return _("true or false");
    case CONFIG_TYPE_INT:
        return _("a whole number");
    case CONFIG_TYPE_INT64:
        return _("a number followed by L");
    case CONFIG_TYPE_FLOAT:
        return _("a number with a point");
    default: /* libconfig's own int, not an enum */
        return _("nothing");
    }
}

static bool is_in(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

static void fault_unknown(struct cfg *cfg, const config_setting_t *member, const char *const *names)
{
    const char *name = config_setting_name(member), *nearest = NULL;
    int best = strlen(name) < 5 ? 2 : EDIT_FAR; /* any two short names are near */
    CLEANUP(buf_deinit) struct buf all;
    buf_init(&all, 300);
    for (; *names; names++) {
        int distance = edit_distance(view_of(name), view_of(*names));
        if (distance < best) {
            best = distance;
            nearest = *names;
        }
        buf_printf(&all, "%s%s", all.len ? ", " : "", *names);
    }
    if (nearest)
        cfg_fault(cfg, member, "unknown setting \"%s\", did you mean \"%s\"?", name, nearest);
    else
        cfg_fault(cfg, member, "unknown setting \"%s\"; allowed here: %s%s", name, all.text, all.full ? " …" : "");
}

void cfg_known(struct cfg *cfg, const config_setting_t *group, const char *const *names)
{
    for (int i = 0; i < config_setting_length(group); i++) {
        const config_setting_t *member = config_setting_get_elem(group, (unsigned)i);
        if (!is_in(config_setting_name(member), names))
            fault_unknown(cfg, member, names);
    }
}

/* The member, NULL where absent, which is a fault where it is needed. */
static const config_setting_t *member_of(struct cfg *cfg, const config_setting_t *group, const char *name, bool need)
{
    const config_setting_t *member = group ? config_setting_get_member(group, name) : NULL;
    if (!member && need)
        cfg_fault(cfg, group, "\"%s\" is missing", name);
    return member;
}

static bool fault_type(struct cfg *cfg, const config_setting_t *at, const char *name, const char *wanted)
{
    cfg_fault(cfg, at, "%s must be %s, not %s", name, wanted, type_name(at));
    return false;
}

static const char *string_of(struct cfg *cfg, const config_setting_t *member, const char *name)
{
    const char *text = config_setting_get_string(member);
    if (text)
        return arena_text(cfg->arena, view_of(text));
    (void)fault_type(cfg, member, name, _("a text in \"quotes\""));
    return NULL;
}

const char *cfg_string(struct cfg *cfg, const config_setting_t *group, const char *name, const char *fallback)
{
    const config_setting_t *member = member_of(cfg, group, name, false);
    const char *text = member ? string_of(cfg, member, name) : NULL;
    return text ? text : fallback;
}

const char *cfg_string_need(struct cfg *cfg, const config_setting_t *group, const char *name)
{
    const config_setting_t *member = member_of(cfg, group, name, true);
    const char *text = member ? string_of(cfg, member, name) : "";
    if (text && text[0] == '\0' && member)
        cfg_fault(cfg, member, "%s must not be empty", name);
    return text ? text : "";
}

int cfg_int(struct cfg *cfg, const config_setting_t *group, const char *name, int min, int max, int fallback)
{
    const config_setting_t *member = member_of(cfg, group, name, false);
    if (!member)
        return fallback;
    if (config_setting_type(member) != CONFIG_TYPE_INT) {
        (void)fault_type(cfg, member, name, _("a whole number"));
        return fallback;
    }
    int value = config_setting_get_int(member);
    if (value >= min && value <= max)
        return value;
    cfg_fault(cfg, member, "%s = %d is outside %d to %d", name, value, min, max);
    return fallback;
}

bool cfg_bool(struct cfg *cfg, const config_setting_t *group, const char *name, bool fallback)
{
    const config_setting_t *member = member_of(cfg, group, name, false);
    if (!member)
        return fallback;
    if (config_setting_type(member) != CONFIG_TYPE_BOOL) {
        (void)fault_type(cfg, member, name, _("true or false"));
        return fallback;
    }
    return config_setting_get_bool(member) == CONFIG_TRUE;
}

int cfg_choice(struct cfg *cfg, const config_setting_t *group, const char *name, const char *const *names, int fallback)
{
    const config_setting_t *member = member_of(cfg, group, name, false);
    const char *text = member ? string_of(cfg, member, name) : NULL;
    if (!text)
        return fallback;
    CLEANUP(buf_deinit) struct buf all;
    buf_init(&all, 300);
    for (int i = 0; names[i]; i++) {
        if (strcmp(text, names[i]) == 0)
            return i;
        buf_printf(&all, "%s\"%s\"", all.len ? ", " : "", names[i]);
    }
    cfg_fault(cfg, member, "%s = \"%s\" is not one of %s", name, text, all.text);
    return fallback;
}

const config_setting_t *cfg_group(struct cfg *cfg, const config_setting_t *group, const char *name, bool need)
{
    const config_setting_t *member = member_of(cfg, group, name, need);
    if (member && !config_setting_is_group(member)) {
        (void)fault_type(cfg, member, name, _("a group { }"));
        return NULL;
    }
    return member;
}

size_t cfg_groups(struct cfg *cfg, const config_setting_t *group, const char *name, size_t max, bool need,
                  const config_setting_t **ret_list)
{
    const config_setting_t *list = member_of(cfg, group, name, need);
    *ret_list = list;
    if (!list)
        return 0;
    size_t n = (size_t)config_setting_length(list);
    bool ok = config_setting_is_list(list) ? true : fault_type(cfg, list, name, _("a list of groups ( { }, { } )"));
    for (size_t i = 0; i < n && ok; i++) {
        const config_setting_t *element = config_setting_get_elem(list, (unsigned)i);
        ok = config_setting_is_group(element) ? true
                                              : fault_type(cfg, element, name, _("a list of groups ( { }, { } )"));
    }
    if (ok && n > max)
        cfg_fault(cfg, list, "%s has %zu entries, at most %zu are possible", name, n, max);
    if (ok && need && n == 0)
        cfg_fault(cfg, list, "%s is empty", name);
    return ok && n <= max ? n : 0;
}

size_t cfg_strings(struct cfg *cfg, const config_setting_t *group, const char *name, bool need,
                   const char *const **ret_strings)
{
    const config_setting_t *list = member_of(cfg, group, name, need);
    *ret_strings = NULL;
    if (!list)
        return 0;
    const char *wanted = _("texts in brackets [ \"one\", \"two\" ]");
    if (!config_setting_is_array(list) && !config_setting_is_list(list)) {
        (void)fault_type(cfg, list, name, wanted);
        return 0;
    }
    size_t n = (size_t)config_setting_length(list);
    const char **strings = arena_alloc(cfg->arena, n, sizeof *strings);
    for (size_t i = 0; i < n; i++) {
        const config_setting_t *element = config_setting_get_elem(list, (unsigned)i);
        if (!config_setting_get_string(element)) {
            (void)fault_type(cfg, element, name, wanted);
            return 0;
        }
        strings[i] = arena_text(cfg->arena, view_of(config_setting_get_string(element)));
    }
    if (need && n == 0)
        cfg_fault(cfg, list, "%s is empty", name);
    *ret_strings = strings;
    return n;
}

static void check_sms(struct cfg *cfg, const config_setting_t *at, const char *what, const char *text)
{
    static const char *const why[] = {
        [DELIVER_DIGITS] = N_("more than 3 digits in a row look like a one-time password; write 1.200, /26"),
        [DELIVER_URL] = N_("it looks like a web address (a dot without a space after it)"),
        [DELIVER_WORD] = N_("carriers filter this word"),
        [DELIVER_ALPHABET] = N_("not in the GSM 7-bit alphabet, the SMS would cost twice as much"),
    };
    struct view part;
    enum deliver_fault fault = deliver_check(view_of(text), &part);
    if (fault != DELIVER_OK)
        cfg_fault(cfg, at, "%s: \"%.*s\": %s", what, (int)part.len, part.at, translate(why[fault]));
}

const char *cfg_sms_need(struct cfg *cfg, const config_setting_t *group, const char *name)
{
    const char *text = cfg_string_need(cfg, group, name);
    if (text[0])
        check_sms(cfg, config_setting_get_member(group, name), name, text);
    return text;
}

void cfg_check_template(struct cfg *cfg, const config_setting_t *at, const char *what, const char *text,
                        const char *const *names)
{
    size_t offset;
    struct view fault;
    CLEANUP(buf_deinit) struct buf allowed;
    buf_init(&allowed, 300);
    for (const char *const *name = names; *name; name++)
        buf_printf(&allowed, "%s{%s}", allowed.len ? " " : "", *name);
    if (template_check(text, names, &offset, &fault) != 0) {
        if (fault.len > 0)
            cfg_fault(cfg, at, "%s: {%.*s} is not known here; allowed: %s", what, (int)fault.len, fault.at,
                      allowed.len ? allowed.text : "nothing");
        else
            cfg_fault(cfg, at, "%s: a { or } without its other half", what);
        return;
    }
    char plain[SMS_TEXT_MAX]; /* without the {names}: {token} itself would be a filtered word */
    if (template_render(text, NULL, 0, plain, sizeof plain) >= sizeof plain)
        cfg_fault(cfg, at, "%s: longer than %d bytes", what, SMS_TEXT_MAX);
    else
        check_sms(cfg, at, what, plain);
}
