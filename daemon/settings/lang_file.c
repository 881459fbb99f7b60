/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings/lang_file.h"

#include <stdlib.h>

#include "parsers/limits.h"
#include "settings/cfg.h"

/* The first lists and the last ones may be left out. */
enum { OPTIONAL_FIRST = 37, OPTIONAL_LAST = 4 };

/* Every word list of the file, and where in struct lang it goes. */
static const struct {
    const char *name;
    size_t offset;
} lists[] = {
    {"plans", offsetof(struct lang, plans)},
    {"note", offsetof(struct lang, note)},
    {"not_yet", offsetof(struct lang, not_yet)},
    {"unclear", offsetof(struct lang, unclear)},
    {"examples", offsetof(struct lang, examples)},
    {"inflections", offsetof(struct lang, inflections)},
    {"measures", offsetof(struct lang, measures)},
    {"ages", offsetof(struct lang, ages)},
    {"numbered", offsetof(struct lang, numbered)},
    {"terms", offsetof(struct lang, terms)},
    {"instead", offsetof(struct lang, instead)},
    {"not_this", offsetof(struct lang, not_this)},
    {"all", offsetof(struct lang, all)},
    {"totals", offsetof(struct lang, totals)},
    {"changes_by", offsetof(struct lang, changes_by)},
    {"compared", offsetof(struct lang, compared)},
    {"since", offsetof(struct lang, since)},
    {"programmes", offsetof(struct lang, programmes)},
    {"that", offsetof(struct lang, that)},
    {"arrived", offsetof(struct lang, arrived)},
    {"how", offsetof(struct lang, how)},
    {"sending", offsetof(struct lang, sending)},
    {"claims", offsetof(struct lang, claims)},
    {"doubt", offsetof(struct lang, doubt)},
    {"together", offsetof(struct lang, together)},
    {"links", offsetof(struct lang, links)},
    {"like", offsetof(struct lang, like)},
    {"sexes", offsetof(struct lang, sexes)},
    {"things", offsetof(struct lang, things)},
    {"events", offsetof(struct lang, events)},
    {"emergencies", offsetof(struct lang, emergencies)},
    {"asks", offsetof(struct lang, asks)},
    {"asides", offsetof(struct lang, asides)},
    {"refers", offsetof(struct lang, refers)},
    {"reports", offsetof(struct lang, reports)},
    {"parts", offsetof(struct lang, parts)},
    {"yes_waiting", offsetof(struct lang, yes_waiting)},
    {"no_waiting", offsetof(struct lang, no_waiting)},
    {"adds_ten", offsetof(struct lang, adds_ten)},
    {"spaces", offsetof(struct lang, spaces)},
    {"fillers", offsetof(struct lang, fillers)},
    {"titles", offsetof(struct lang, titles)},
    {"greetings", offsetof(struct lang, greetings)},
    {"courtesy", offsetof(struct lang, courtesy)},
    {"thanks", offsetof(struct lang, thanks)},
    {"ordinary", offsetof(struct lang, ordinary)},
    {"units", offsetof(struct lang, units)},
    {"percent", offsetof(struct lang, percent)},
    {"out_of", offsetof(struct lang, out_of)},
    {"negations", offsetof(struct lang, negations)},
    {"exist", offsetof(struct lang, exist)},
    {"zeros", offsetof(struct lang, zeros)},
    {"month_word", offsetof(struct lang, month_word)},
    {"date_word", offsetof(struct lang, date_word)},
    {"year_word", offsetof(struct lang, year_word)},
    {"last", offsetof(struct lang, last)},
    {"current", offsetof(struct lang, current)},
    {"quarter", offsetof(struct lang, quarter)},
    {"posyandu", offsetof(struct lang, posyandu)},
    {"village", offsetof(struct lang, village)},
    {"institutions", offsetof(struct lang, institutions)},
    {"offices", offsetof(struct lang, offices)},
    {"no_place", offsetof(struct lang, no_place)},
    {"change_number", offsetof(struct lang, change_number)},
};

static void check_words(struct cfg *cfg, const config_setting_t *at, const struct words *words)
{
    for (size_t i = 0; i < words->n; i++) {
        const char *word = words->word[i];
        size_t len = strlen(word), upper = strcspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        if (len == 0 || len > SPELLING_MAX || upper < len || word[0] == ' ' || word[len - 1] == ' ' ||
            strstr(word, "  "))
            cfg_fault(cfg, at, "\"%s\" must be small letters with single spaces, at most %d bytes", word, SPELLING_MAX);
    }
}

static void read_words(struct cfg *cfg, const config_setting_t *group, const char *name, bool needed,
                       struct words *ret_words)
{
    ret_words->n = cfg_strings(cfg, group, name, false, &ret_words->word);
    const config_setting_t *at = config_setting_get_member(group, name);
    if (needed && !at)
        cfg_fault(cfg, group, "%s is missing; [ ] where the language has no such words", name);
    if (at) {
        ret_words->line = cfg_line(at);
        check_words(cfg, at, ret_words);
    }
}

/* ( ( "satu", 1 ), … ) */
static void read_numbers(struct cfg *cfg, const config_setting_t *root, const char *name,
                         struct number_words *ret_words)
{
    const config_setting_t *list = config_setting_get_member(root, name);
    if (!list || !config_setting_is_list(list)) {
        cfg_fault(cfg, list ? list : root, "%s must be a list of pairs ( ( \"satu\", 1 ), … )", name);
        return;
    }
    size_t n = (size_t)config_setting_length(list);
    struct number_word *words = arena_alloc(cfg->arena, n, sizeof *words);
    for (size_t i = 0; i < n; i++) {
        const config_setting_t *pair = config_setting_get_elem(list, (unsigned)i);
        const char *word = config_setting_is_list(pair) ? config_setting_get_string_elem(pair, 0) : NULL;
        int value = config_setting_is_list(pair) ? config_setting_get_int_elem(pair, 1) : 0;
        if (!word || config_setting_length(pair) != 2 || value < 1 || value > 1000) {
            cfg_fault(cfg, pair, "%s: a pair is a word and a number from 1 to 1000, ( \"satu\", 1 )", name);
            return;
        }
        words[i] = (struct number_word){arena_text(cfg->arena, view_of(word)), value};
    }
    *ret_words = (struct number_words){words, n};
}

static void read_months(struct cfg *cfg, const config_setting_t *root, struct lang *lang)
{
    const config_setting_t *list = config_setting_get_member(root, "months");
    if (!list || !config_setting_is_list(list) || config_setting_length(list) != 12) {
        cfg_fault(cfg, list ? list : root, "months must be a list of 12 arrays ( [ \"januari\", \"jan\" ], … )");
        return;
    }
    for (unsigned i = 0; i < 12; i++) {
        const config_setting_t *array = config_setting_get_elem(list, i);
        int n = config_setting_is_array(array) ? config_setting_length(array) : 0;
        const char **words = arena_alloc(cfg->arena, (size_t)n, sizeof *words);
        for (int j = 0; j < n; j++) {
            const char *word = config_setting_get_string_elem(array, j);
            words[j] = arena_text(cfg->arena, view_of(word ? word : ""));
        }
        lang->months[i] = (struct words){words, (size_t)n, cfg_line(array)};
        if (n == 0)
            cfg_fault(cfg, array, "months: month %u has no name", i + 1);
        check_words(cfg, array, &lang->months[i]);
    }
}

/* A word of two commands would mean the one that happens to come first. */
static void check_command_words(struct cfg *cfg, const config_setting_t *group, const struct lang *lang, int command)
{
    const struct words *words = &lang->commands[command];
    for (int other = COMMAND_NONE + 1; other < command; other++)
        for (size_t i = 0; i < words->n; i++)
            for (size_t j = 0; j < lang->commands[other].n; j++)
                if (strcmp(words->word[i], lang->commands[other].word[j]) == 0)
                    cfg_fault(cfg, config_setting_get_member(group, command_to_string((enum command)command)),
                              "%s: \"%s\" is already a word of %s", command_to_string((enum command)command),
                              words->word[i], command_to_string((enum command)other));
}

static void read_commands(struct cfg *cfg, const config_setting_t *root, struct lang *lang)
{
    const char *names[COMMAND_COUNT] = {0};
    for (int i = COMMAND_NONE + 1; i < COMMAND_COUNT; i++)
        names[i - 1] = command_to_string((enum command)i);
    const config_setting_t *group = cfg_group(cfg, root, "commands", true);
    if (!group)
        return;
    cfg_known(cfg, group, names);
    for (int i = COMMAND_NONE + 1; i < COMMAND_COUNT; i++) {
        read_words(cfg, group, command_to_string((enum command)i), true, &lang->commands[i]);
        check_command_words(cfg, group, lang, i);
    }
}

static bool ends_in(const char *word, const char *end)
{
    size_t len = strlen(word), end_len = strlen(end);
    return len > end_len && strcmp(word + len - end_len, end) == 0;
}

/* "sepuluh" is ten: "puluh" multiplies by ten. "sebelas" is eleven: "belas" adds ten. */
static void check_tens(struct cfg *cfg, const config_setting_t *root, const struct lang *lang,
                       const struct number_words *numbers)
{
    const config_setting_t *at = config_setting_get_member(root, "adds_ten");
    for (size_t i = 0; i < numbers->n; i++) {
        const struct number_word *number = &numbers->word[i];
        for (size_t j = 0; number->value == 10 && j < lang->adds_ten.n; j++)
            if (ends_in(number->word, lang->adds_ten.word[j]))
                cfg_fault(cfg, at, "adds_ten: \"%s\" is 10, so \"%s\" multiplies by ten: it belongs to multipliers",
                          number->word, lang->adds_ten.word[j]);
        for (size_t j = 0; number->value == 11 && j < lang->multipliers.n; j++)
            if (lang->multipliers.word[j].value == 10 && ends_in(number->word, lang->multipliers.word[j].word))
                cfg_fault(cfg, at, "multipliers: \"%s\" is 11, so \"%s\" adds ten: it belongs to adds_ten",
                          number->word, lang->multipliers.word[j].word);
    }
}

static void read_lang(struct cfg *cfg, void *data)
{
    struct lang *lang = data;
    enum { N_LISTS = sizeof lists / sizeof lists[0] };
    static const char *const others[] = {"locale", "digits", "other_digits", "multipliers", "months", "commands"};
    const char *names[N_LISTS + sizeof others / sizeof others[0] + 1] = {0};
    for (size_t i = 0; i < N_LISTS; i++)
        names[i] = lists[i].name;
    memcpy(names + N_LISTS, others, sizeof others);
    const config_setting_t *root = config_root_setting(&cfg->config);
    cfg_known(cfg, root, names);
    lang->file = arena_text(cfg->arena, view_of(cfg->path));
    lang->locale = cfg_string_need(cfg, root, "locale");
    for (size_t i = 0; i < N_LISTS; i++)
        read_words(cfg, root, lists[i].name, i >= OPTIONAL_FIRST && i + OPTIONAL_LAST < N_LISTS,
                   (struct words *)((char *)lang + lists[i].offset));
    read_numbers(cfg, root, "digits", &lang->digits);
    if (config_setting_get_member(root, "other_digits"))
        read_numbers(cfg, root, "other_digits", &lang->other_digits);
    read_numbers(cfg, root, "multipliers", &lang->multipliers);
    check_tens(cfg, root, lang, &lang->digits);
    check_tens(cfg, root, lang, &lang->other_digits);
    read_months(cfg, root, lang);
    read_commands(cfg, root, lang);
}

struct lang_file *lang_file_close(struct lang_file *file)
{
    if (file) {
        arena_deinit(&file->arena);
        free(file);
    }
    return NULL;
}

int lang_file_open(const char *path, struct faults *faults, struct lang_file **ret_file)
{
    struct lang_file *file = calloc(1, sizeof *file);
    KABAR_ASSERT(file);
    int result = cfg_load(path, &file->arena, faults, read_lang, &file->lang);
    if (result == 0)
        *ret_file = file;
    else
        lang_file_close(file);
    return result;
}
