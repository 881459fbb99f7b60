/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings/set_form.h"

#include "base/role.h"
#include "settings/set_alert.h"

enum { CODE_MAX = 24, OTHERS_MAX = 4 };

static const char upper[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
static const char upper_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
static const char before_suffix[] = "_LALU"; /* the month before, in rules */

const char *set_read_code(struct cfg *cfg, const config_setting_t *group)
{
    const char *code = cfg_string_need(cfg, group, "code");
    size_t len = strlen(code), suffix = sizeof before_suffix - 1;
    if (len == 0)
        return code;
    if (!strchr(upper, code[0]) || code[strspn(code, upper_digits)] || len > CODE_MAX)
        cfg_fault(cfg, group, "code \"%s\" must be capital letters, digits and _, a letter first, at most %d", code,
                  CODE_MAX);
    else if (strcmp(code, SET_QUARTER) == 0)
        cfg_fault(cfg, group, "code \"%s\" must be another: in rules and indicators it means the quarter", code);
    else if (len > suffix && strcmp(code + len - suffix, before_suffix) == 0)
        cfg_fault(cfg, group, "code \"%s\" must not end in %s, which means the month before", code, before_suffix);
    return code;
}

static const char *lower(struct arena *arena, const char *text)
{
    char *copy = arena_alloc(arena, strlen(text) + 1, 1);
    for (size_t i = 0; text[i]; i++)
        copy[i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] - 'A' + 'a' : text[i]);
    return copy;
}

/* Adds a spelling in small letters unless it is there. */
static void add_spelling(struct cfg *cfg, const config_setting_t *at, const char **spellings, size_t *n,
                         const char *text)
{
    const char *spelling = lower(cfg->arena, text);
    size_t words = 1, len = strlen(spelling);
    for (const char *c = spelling; *c; c++)
        words += *c == ' ';
    bool spaced = len == 0 || spelling[0] == ' ' || spelling[len - 1] == ' ' || strstr(spelling, "  ");
    if (spaced || len > SPELLING_MAX || words > SPELLING_WORDS_MAX) {
        cfg_fault(cfg, at, "spelling \"%s\" must be 1 to %d words with single spaces between, at most %d bytes", text,
                  SPELLING_WORDS_MAX, SPELLING_MAX);
        return;
    }
    for (size_t i = 0; i < *n; i++)
        if (strcmp(spellings[i], spelling) == 0)
            return;
    spellings[(*n)++] = spelling;
}

/* first (unless NULL) and the list of that name. */
static size_t read_spellings(struct cfg *cfg, const config_setting_t *group, const char *name, const char *first,
                             const char *const **ret_spellings)
{
    const char *const *listed;
    size_t n_listed = cfg_strings(cfg, group, name, false, &listed), n = 0;
    const char **spellings = arena_alloc(cfg->arena, n_listed + 1, sizeof *spellings);
    if (first && first[0])
        add_spelling(cfg, group, spellings, &n, first);
    for (size_t i = 0; i < n_listed; i++)
        add_spelling(cfg, config_setting_get_member(group, name), spellings, &n, listed[i]);
    *ret_spellings = spellings;
    return n;
}

static void read_key(struct cfg *cfg, const config_setting_t *group, bool adds, struct key *key)
{
    static const char *const names[] = {"code",       "label",   "spellings", "of",   "quarter", "optional",
                                        "spell_code", "meaning", "exact",     "text", NULL};
    static const char *const quarters[] = {"last", "sum", "max", NULL};
    cfg_known(cfg, group, names);
    key->line = cfg_line(group);
    key->code = set_read_code(cfg, group);
    key->label = cfg_sms_need(cfg, group, "label");
    bool spell_code = cfg_bool(cfg, group, "spell_code", true);
    key->n_spellings = read_spellings(cfg, group, "spellings", spell_code ? key->code : NULL, &key->spellings);
    key->n_exact = read_spellings(cfg, group, "exact", NULL, &key->exact);
    key->quarter = (enum quarter_value)cfg_choice(cfg, group, "quarter", quarters, adds ? QUARTER_SUM : QUARTER_LAST);
    key->optional = cfg_bool(cfg, group, "optional", false);
    key->text = cfg_bool(cfg, group, "text", false);
    key->optional = key->optional || key->text;
    key->meaning = config_setting_get_member(group, "meaning") ? cfg_sms_need(cfg, group, "meaning") : NULL;
    key->of = -1;
}

static void read_keys(struct cfg *cfg, const config_setting_t *group, struct form *form)
{
    const config_setting_t *list;
    size_t n = cfg_groups(cfg, group, "keys", FORM_KEYS_MAX, true, &list);
    struct key *keys = arena_alloc(cfg->arena, n, sizeof *keys);
    form->keys = keys;
    for (size_t i = 0; i < n; i++) {
        const config_setting_t *element = config_setting_get_elem(list, (unsigned)i);
        read_key(cfg, element, form->adds, &keys[i]);
        int twin = form_key(form, keys[i].code);
        if (twin >= 0 && keys[i].code[0])
            cfg_fault(cfg, element, "key %s is already in line %d", keys[i].code, keys[twin].line);
        if (keys[i].text && (i == 0 || i + 1 < n))
            cfg_fault(cfg, element, "key %s takes the rest of the message (text): it must be the last key",
                      keys[i].code);
        if (i > 0 && keys[i].n_spellings == 0)
            cfg_fault(cfg, element, "key %s has no spelling, so nobody can send it", keys[i].code);
        form->n_keys = i + 1;
    }
    for (size_t i = 0; i < n; i++) {
        const config_setting_t *element = config_setting_get_elem(list, (unsigned)i);
        const char *of = cfg_string(cfg, element, "of", NULL);
        keys[i].of = of ? form_key(form, of) : -1;
        if (of && (keys[i].of < 0 || (size_t)keys[i].of == i))
            cfg_fault(cfg, element, "of = \"%s\" is not another key of this form", of);
    }
}

void set_check_text(struct cfg *cfg, const config_setting_t *group, const struct form *form, const char *member,
                    const char *text, const char *const *others)
{
    const char *names[2 * FORM_KEYS_MAX + OTHERS_MAX + 1] = {0};
    for (size_t i = 0; i < OTHERS_MAX && others[i]; i++)
        names[2 * form->n_keys + i] = others[i];
    for (size_t i = 0; i < form->n_keys; i++) {
        char *before = arena_alloc(cfg->arena, strlen(form->keys[i].code) + sizeof before_suffix, 1);
        memcpy(before, form->keys[i].code, strlen(form->keys[i].code));
        memcpy(before + strlen(form->keys[i].code), before_suffix, sizeof before_suffix);
        names[2 * i] = form->keys[i].code;
        names[2 * i + 1] = before;
    }
    const config_setting_t *at = config_setting_get_member(group, member);
    if (at)
        cfg_check_template(cfg, at, member, text, names);
}

/* Whether a rule is of use: it may be for one reading of an indicator alone, "A5:semua". */
static bool is_read_so(struct cfg *cfg, const config_setting_t *group)
{
    const char *reading = cfg_string(cfg, group, "variant", NULL), *name = reading ? strchr(reading, ':') : NULL;
    const config_setting_t *list = config_setting_get_member(config_root_setting(&cfg->config), "indicators");
    for (int i = 0; name && list && i < config_setting_length(list); i++) {
        const config_setting_t *indicator = config_setting_get_elem(list, (unsigned)i);
        const char *code = "", *chosen = "default";
        (void)config_setting_lookup_string(indicator, "code", &code);
        (void)config_setting_lookup_string(indicator, "variant", &chosen);
        if (strlen(code) == (size_t)(name - reading) && strncmp(code, reading, strlen(code)) == 0)
            return strcmp(chosen, name + 1) == 0;
    }
    if (reading)
        cfg_fault(cfg, config_setting_get_member(group, "variant"),
                  "variant = \"%s\" must be an indicator of this set and a reading of it, like \"A5:default\"",
                  reading);
    return !reading;
}

static void read_rule(struct cfg *cfg, const config_setting_t *group, const struct form *form, struct rule *rule)
{
    static const char *const names[] = {"check", "confirm", "advise", "name", "text", "text_en", "variant", NULL};
    cfg_known(cfg, group, names);
    const char *check = cfg_string(cfg, group, "check", NULL), *confirm = cfg_string(cfg, group, "confirm", NULL),
               *advise = cfg_string(cfg, group, "advise", NULL);
    if (!!check + !!confirm + !!advise != 1)
        cfg_fault(cfg, group, "a rule has one of check (refuses), confirm (asks back) and advise (tells)");
    rule->line = cfg_line(group);
    rule->kind = check ? RULE_ERROR : confirm ? RULE_CONFIRM : RULE_ADVISE;
    rule->check = check ? check : confirm ? confirm : advise ? advise : "";
    rule->name = cfg_string(cfg, group, "name", rule->check);
    rule->text = cfg_string_need(cfg, group, "text");
    rule->text_en = cfg_string(cfg, group, "text_en", NULL);
    static const char *const others[] = {NULL};
    set_check_text(cfg, group, form, "text", rule->text, others);
    if (rule->text_en)
        set_check_text(cfg, group, form, "text_en", rule->text_en, others);
}

/* How often, and from which day of that time on. */
static void read_due(struct cfg *cfg, const config_setting_t *group, struct form *form)
{
    static const char *const words[] = {"month", "quarter", "year", "never", NULL};
    static const int days[] = {31, 90, 365, 1};
    form->due = (enum form_due)cfg_choice(cfg, group, "due", words, DUE_MONTH);
    form->due_day = cfg_int(cfg, group, "due_day", 1, days[form->due], 1);
    if (form->due == DUE_NEVER && config_setting_get_member(group, "due_day"))
        cfg_fault(cfg, group, "due_day needs due = \"month\", \"quarter\" or \"year\"");
}

/* Who may send it. */
static void read_roles(struct cfg *cfg, const config_setting_t *group, struct form *form)
{
    const char *const *roles;
    const config_setting_t *at = config_setting_get_member(group, "roles");
    size_t n = cfg_strings(cfg, group, "roles", false, &roles);
    for (size_t i = 0; i < n; i++) {
        enum contact_role role = contact_role_parse(view_of(roles[i]));
        if (role == ROLE_COUNT)
            cfg_fault(cfg, at, "roles: \"%s\" is not a role; expected kpm, kader, kades, bidan, pendamping or tpps",
                      roles[i]);
        else
            form->roles |= 1U << role;
    }
    if (at && n == 0)
        cfg_fault(cfg, at, "roles names nobody who may send it");
}

void set_read_form(struct cfg *cfg, const config_setting_t *group, struct form *ret_form)
{
    static const char *const names[] = {"code",  "name", "spellings", "example", "keys",    "rules", "alerts",
                                        "total", "due",  "due_day",   "section", "reports", "roles", NULL};
    static const char *const sections[] = {"none", "services", "activities", NULL};
    static const char *const reports[] = {"replace", "add", NULL};
    cfg_known(cfg, group, names);
    ret_form->no_total = !cfg_bool(cfg, group, "total", true);
    ret_form->section = (enum form_section)cfg_choice(cfg, group, "section", sections, SECTION_NONE);
    ret_form->line = cfg_line(group);
    ret_form->code = set_read_code(cfg, group);
    ret_form->name = cfg_sms_need(cfg, group, "name");
    ret_form->n_spellings = read_spellings(cfg, group, "spellings", ret_form->name, &ret_form->spellings);
    ret_form->example = cfg_sms_need(cfg, group, "example");
    read_due(cfg, group, ret_form);
    read_roles(cfg, group, ret_form);
    ret_form->adds = cfg_choice(cfg, group, "reports", reports, 0) == 1;
    read_keys(cfg, group, ret_form);
    const config_setting_t *list;
    size_t n = cfg_groups(cfg, group, "rules", FORM_RULES_MAX, false, &list);
    struct rule *rules = arena_alloc(cfg->arena, n, sizeof *rules);
    ret_form->rules = rules;
    for (size_t i = 0; i < n; i++) {
        const config_setting_t *element = config_setting_get_elem(list, (unsigned)i);
        read_rule(cfg, element, ret_form, &rules[ret_form->n_rules]);
        ret_form->n_rules += is_read_so(cfg, element);
    }
    set_read_alerts(cfg, group, ret_form);
}
