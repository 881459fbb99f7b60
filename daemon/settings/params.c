/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings/params.h"

#include "settings/settings.h"

#define STRUCT_box      struct box_settings
#define STRUCT_schedule struct schedule_settings
#define STRUCT_notes    struct notes_settings
#define STRUCT_file     struct file_settings
#define STRUCT_top      struct settings
#define STRUCT_modem    struct modem_settings

#define ROW(row_scope, row_name, row_type)                                                                             \
    .scope = PARAM_SCOPE_##row_scope, .type = (row_type), .name = #row_name,                                           \
    .offset = offsetof(STRUCT_##row_scope, row_name)

const struct param params[PARAM_COUNT] = {
#define PARAM_TEXT(row_scope, row_name, row_default, row_reload, row_what)                                             \
    {ROW(row_scope, row_name, PARAM_IS_TEXT), .text = (row_default), .reload = (row_reload), .what = (row_what)},
#define PARAM_TEXTS(row_scope, row_name, row_default, row_reload, row_what)                                            \
    {ROW(row_scope, row_name, PARAM_IS_TEXTS), .text = (row_default), .reload = (row_reload), .what = (row_what)},
#define PARAM_INT(row_scope, row_name, row_default, row_min, row_max, row_unit, row_reload, row_what)                  \
    {ROW(row_scope, row_name, PARAM_IS_INT),                                                                           \
     .value = (row_default),                                                                                           \
     .min = (row_min),                                                                                                 \
     .max = (row_max),                                                                                                 \
     .unit = (row_unit),                                                                                               \
     .reload = (row_reload),                                                                                           \
     .what = (row_what)},
#define PARAM_BOOL(row_scope, row_name, row_default, row_reload, row_what)                                             \
    {ROW(row_scope, row_name, PARAM_IS_BOOL), .value = (row_default), .reload = (row_reload), .what = (row_what)},
#define PARAM_TIME(row_scope, row_name, row_default, row_reload, row_what)                                             \
    {ROW(row_scope, row_name, PARAM_IS_TIME), .text = (row_default), .reload = (row_reload), .what = (row_what)},
#define PARAM_CHOICE(row_scope, row_name, row_default, row_choices, row_reload, row_what)                              \
    {ROW(row_scope, row_name, PARAM_IS_CHOICE), .text = (row_default), .choices = (row_choices),                       \
     .reload = (row_reload), .what = (row_what)},
#include "config/params.def"
};

/* One of choices "once|silent" by its index; empty view where there are not that many. */
static struct view choice_at(const char *choices, int index)
{
    for (; index > 0 && choices; index--) {
        choices = strchr(choices, '|');
        choices = choices ? choices + 1 : NULL;
    }
    return choices ? (struct view){choices, strcspn(choices, "|")} : (struct view){"", 0};
}

static int choice_index(const char *choices, const char *text)
{
    for (int i = 0; choice_at(choices, i).len > 0; i++)
        if (view_is(choice_at(choices, i), text))
            return i;
    return -1;
}

/* "20:00" → 1200, else -1. */
static int time_minutes(const char *text)
{
    if (strlen(text) != 5 || text[2] != ':' || strspn(text, "0123456789") != 2 || strspn(text + 3, "0123456789") != 2)
        return -1;
    int hours = (text[0] - '0') * 10 + text[1] - '0', minutes = (text[3] - '0') * 10 + text[4] - '0';
    return hours <= 23 && minutes <= 59 ? hours * 60 + minutes : -1;
}

/* A choice or a time: the number that the text stands for. */
static int read_coded(struct cfg *cfg, const config_setting_t *group, const struct param *param)
{
    const char *text = cfg_string(cfg, group, param->name, param->text);
    int value = param->choices ? choice_index(param->choices, text) : time_minutes(text);
    if (value >= 0)
        return value;
    cfg_fault(cfg, config_setting_get_member(group, param->name), "%s = \"%s\" must be %s%s", param->name, text,
              param->choices ? "one of " : "a time of the day like \"20:00\"", param->choices ? param->choices : "");
    return 0;
}

/* One text, or several in brackets. */
static struct texts read_texts(struct cfg *cfg, const config_setting_t *group, const struct param *param)
{
    struct texts texts = {NULL, 0};
    const config_setting_t *member = group ? config_setting_get_member(group, param->name) : NULL;
    if (member && config_setting_type(member) != CONFIG_TYPE_STRING) {
        texts.n = cfg_strings(cfg, group, param->name, false, &texts.text);
        return texts;
    }
    const char *one = cfg_string(cfg, group, param->name, param->text);
    if (one[0]) {
        const char **list = arena_alloc(cfg->arena, 1, sizeof *list);
        list[0] = one;
        texts = (struct texts){list, 1};
    }
    return texts;
}

static void read_row(struct cfg *cfg, const config_setting_t *group, const struct param *param, char *field)
{
    switch (param->type) {
    case PARAM_IS_TEXT:
        *(const char **)(void *)field =
            param->text ? cfg_string(cfg, group, param->name, param->text) : cfg_string_need(cfg, group, param->name);
        break;
    case PARAM_IS_TEXTS:
        *(struct texts *)(void *)field = read_texts(cfg, group, param);
        break;
    case PARAM_IS_INT:
        *(int *)(void *)field = cfg_int(cfg, group, param->name, param->min, param->max, param->value);
        break;
    case PARAM_IS_BOOL:
        *(bool *)field = cfg_bool(cfg, group, param->name, param->value != 0);
        break;
    case PARAM_IS_TIME:
    case PARAM_IS_CHOICE:
        *(int *)(void *)field = read_coded(cfg, group, param);
        break;
    }
}

void params_read(struct cfg *cfg, const config_setting_t *group, enum param_scope scope, void *ret_struct,
                 struct param_given *ret_given)
{
    for (size_t i = 0; i < PARAM_COUNT; i++) {
        if (params[i].scope != scope)
            continue;
        ret_given->given[i] = group && config_setting_get_member(group, params[i].name);
        read_row(cfg, group, &params[i], (char *)ret_struct + params[i].offset);
    }
}

void params_known(struct cfg *cfg, const config_setting_t *group, enum param_scope scope, enum param_scope also,
                  const char *const *others)
{
    const char *names[PARAM_COUNT + 4] = {0};
    size_t n = 0;
    for (size_t i = 0; i < PARAM_COUNT; i++)
        if (params[i].scope == scope || params[i].scope == also)
            names[n++] = params[i].name;
    for (; *others; others++)
        names[n++] = *others;
    cfg_known(cfg, group, names);
}

/* A text of libconfig, quoted and escaped. */
static void print_text(const char *text, struct buf *buf)
{
    buf_puts(buf, "\"");
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            buf_printf(buf, "\\%c", *text);
        else if ((unsigned char)*text < ' ')
            buf_printf(buf, "\\x%02x", (unsigned)(unsigned char)*text);
        else
            buf_add(buf, (struct view){text, 1});
    }
    buf_puts(buf, "\"");
}

static void print_texts(const struct texts *texts, struct buf *buf)
{
    buf_puts(buf, "[ ");
    for (size_t i = 0; i < texts->n; i++) {
        if (i > 0)
            buf_puts(buf, ", ");
        print_text(texts->text[i], buf);
    }
    buf_puts(buf, texts->n ? " ]" : "]");
}

static void print_value(const struct param *param, const char *field, struct buf *buf)
{
    const int *number = (const void *)field;
    switch (param->type) {
    case PARAM_IS_TEXT:
        print_text(*(const char *const *)(const void *)field, buf);
        break;
    case PARAM_IS_TEXTS:
        print_texts((const void *)field, buf);
        break;
    case PARAM_IS_INT:
        buf_printf(buf, "%d", *number);
        break;
    case PARAM_IS_BOOL:
        buf_puts(buf, *(const bool *)field ? "true" : "false");
        break;
    case PARAM_IS_TIME:
        buf_printf(buf, "\"%02d:%02d\"", *number / 60, *number % 60);
        break;
    case PARAM_IS_CHOICE: {
        struct view choice = choice_at(param->choices, *number);
        buf_printf(buf, "\"%.*s\"", (int)choice.len, choice.at);
        break;
    }
    }
}

void param_print(const struct param *param, const void *scope_struct, const struct param_given *given,
                 const char *indent, struct buf *buf)
{
    buf_printf(buf, "%s%s = ", indent, param->name);
    print_value(param, (const char *)scope_struct + param->offset, buf);
    buf_puts(buf, given->given[param - params] ? ";\n" : "; # default\n");
}

bool param_same(const struct param *param, const void *one, const void *other)
{
    CLEANUP(buf_deinit) struct buf a;
    CLEANUP(buf_deinit) struct buf b;
    buf_init(&a, 64 * 1024);
    buf_init(&b, 64 * 1024);
    print_value(param, (const char *)one + param->offset, &a);
    print_value(param, (const char *)other + param->offset, &b);
    return strcmp(a.text, b.text) == 0;
}
