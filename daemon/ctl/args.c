/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/args.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/digits.h"
#include "base/translate.h"
#include "parsers/view.h"

/* The next word of a usage text; false at its end. */
static bool usage_next(const char **usage, struct view *ret_word)
{
    const char *at = *usage + strspn(*usage, " ");
    ret_word->at = at;
    ret_word->len = strcspn(at, " ");
    *usage = at + ret_word->len;
    return ret_word->len > 0;
}

void copy_word(char *ret_text, size_t size, struct view word)
{
    KABAR_ASSERT(word.len < size);
    memcpy(ret_text, word.at, word.len);
    ret_text[word.len] = '\0';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

void args_show(struct view usage, struct buf *out)
{
    for (size_t at = 0, len; at < usage.len; at += len) {
        char word[32];
        for (len = 0; at + len < usage.len && is_capital(usage.at[at + len]);)
            len++;
        if (len > 0 && len < sizeof word) {
            copy_word(word, sizeof word, (struct view){usage.at + at, len});
            buf_puts(out, translate(word));
        } else {
            len = len ? len : 1;
            buf_add(out, (struct view){usage.at + at, len});
        }
    }
}

/* A word of the usage as error texts name it. */
struct shown {
    char text[64];
};

static struct shown shown(struct view word)
{
    struct shown shown;
    CLEANUP(buf_deinit) struct buf out;
    buf_init(&out, sizeof shown.text - 1);
    args_show(word, &out);
    (void)snprintf(shown.text, sizeof shown.text, "%s", out.text);
    return shown;
}

/* What a usage text asks for. */
struct expected {
    size_t min_words, max_words;
    struct view names[8]; /* of the words, as the usage shows them */
    size_t n_names;
};

static void read_usage(const char *usage, struct args *args, struct expected *ret_expected)
{
    *ret_expected = (struct expected){0};
    struct view word;
    while (usage_next(&usage, &word)) {
        bool optional = word.at[0] == '[';
        bool closed = word.at[word.len - 1] == ']';
        struct view bare = {word.at + optional, word.len - optional - closed};
        if (bare.len > 2 && memcmp(bare.at, "--", 2) == 0) {
            KABAR_ASSERT(args->n_options < ARGS_OPTIONS_MAX);
            struct args_option *option = &args->options[args->n_options++];
            *option = (struct args_option){.required = !optional};
            copy_word(option->name, sizeof option->name, bare);
            if (!closed && usage_next(&usage, &word))
                copy_word(option->word, sizeof option->word, (struct view){word.at, word.len - optional});
            option->many = strstr(option->word, "...") != NULL;
            continue;
        }
        bool many = memmem(bare.at, bare.len, "...", 3) != NULL;
        KABAR_ASSERT(ret_expected->n_names < 8);
        ret_expected->names[ret_expected->n_names++] = bare;
        ret_expected->min_words += !optional;
        ret_expected->max_words += many ? ARGS_WORDS_MAX : 1;
    }
}

static struct args_option *find_option(struct args *args, struct view name)
{
    for (size_t i = 0; i < args->n_options; i++)
        if (view_is(name, args->options[i].name))
            return &args->options[i];
    return NULL;
}

static int unknown_option(const struct args *args, struct view name, struct error *error)
{
    struct buf known;
    buf_init(&known, 400);
    for (size_t i = 0; i < args->n_options; i++)
        buf_printf(&known, "%s, ", args->options[i].name);
    error_set(error, -EINVAL,
              "unknown option %.*s; this command knows %s--json, --as NAME, -c FILE and --help (before a text that "
              "begins so, type --)",
              (int)name.len, name.at, known.text);
    buf_deinit(&known);
    return -EINVAL;
}

/* --name, --name=value, -c, -h: words that begin like an option; a text that merely begins with dashes is none. */
static bool is_option(const char *word)
{
    if (strcmp(word, "-c") == 0 || strcmp(word, "-h") == 0)
        return true;
    if (strncmp(word, "--", 2) != 0)
        return false;
    size_t len = strspn(word + 2, "abcdefghijklmnopqrstuvwxyz-");
    return len > 0 && (word[2 + len] == '\0' || word[2 + len] == '=');
}

/* Reads the option at argv[*i] and its value; *i moves on to the last word taken. */
static int read_option(struct args *args, int argc, char *const *argv, int *i, struct error *error)
{
    const char *word = argv[*i];
    struct view name = {word, strcspn(word, "=")};
    const char *value = word[name.len] ? word + name.len + 1 : NULL;
    bool config = view_is(name, "-c") || view_is(name, "--config");
    bool as = view_is(name, "--as");
    struct args_option *option = config || as ? NULL : find_option(args, name);
    if (!config && !as && !option) {
        if (view_is(name, "--json") && !value)
            args->json = true;
        else if ((view_is(name, "--help") || view_is(name, "-h")) && !value)
            args->help = true;
        else
            return unknown_option(args, name, error);
        return 0;
    }
    const char *wanted = config ? "FILE" : as ? "NAME" : option->word;
    if (*wanted && !value && ++*i < argc)
        value = argv[*i];
    if (*wanted && !value)
        return error_set(error, -EINVAL, "%.*s needs a value: %.*s %s", (int)name.len, name.at, (int)name.len, name.at,
                         shown(view_of(wanted)).text);
    if (!*wanted && value)
        return error_set(error, -EINVAL, "%.*s takes no value", (int)name.len, name.at);
    if (config)
        args->config = value;
    else if (as)
        args->as = value;
    else if (option->many && args->n_values == ARGS_VALUES_MAX)
        return error_set(error, -EINVAL, "%s is given more than %d times", option->name, ARGS_VALUES_MAX);
    else if (option->many)
        option->value = args->values[args->n_values++] = value;
    else if (option->value && *wanted)
        return error_set(error, -EINVAL, "%s is given twice", option->name);
    else
        option->value = value ? value : "";
    return 0;
}

static int check_complete(const struct args *args, const struct expected *expected, struct error *error)
{
    if (args->n_words < expected->min_words) {
        struct view missing = expected->names[args->n_words];
        return error_set(error, -EINVAL, "%s is missing", shown(missing).text);
    }
    if (args->n_words > expected->max_words)
        return error_set(error, -EINVAL,
                         "\"%.60s\" is one word too many; put a name or text of several words in quotes",
                         args->words[expected->max_words]);
    for (size_t i = 0; i < args->n_options; i++)
        if (args->options[i].required && !args->options[i].value)
            return error_set(error, -EINVAL, "%s %s is missing", args->options[i].name,
                             shown(view_of(args->options[i].word)).text);
    return 0;
}

int args_read(const char *usage, int argc, char *const *argv, struct args *ret_args, struct error *error)
{
    *ret_args = (struct args){0};
    struct expected expected;
    read_usage(usage, ret_args, &expected);
    bool words_only = false;
    for (int i = 0; i < argc; i++) {
        if (!words_only && strcmp(argv[i], "--") == 0) {
            words_only = true;
            continue;
        }
        if (!words_only && is_option(argv[i])) {
            int r = read_option(ret_args, argc, argv, &i, error);
            if (r)
                return r;
            continue;
        }
        if (ret_args->n_words == ARGS_WORDS_MAX)
            return error_set(error, -EINVAL, "more than %d words", ARGS_WORDS_MAX);
        ret_args->words[ret_args->n_words++] = argv[i];
    }
    return ret_args->help ? 0 : check_complete(ret_args, &expected, error);
}

bool args_knows(const struct args *args, const char *name)
{
    for (size_t i = 0; i < args->n_options; i++)
        if (strcmp(args->options[i].name, name) == 0)
            return true;
    return false;
}

const char *args_get(const struct args *args, const char *name)
{
    for (size_t i = 0; i < args->n_options; i++)
        if (strcmp(args->options[i].name, name) == 0)
            return args->options[i].value;
    KABAR_ASSERT(!"an option that the command's usage does not name");
    return NULL;
}

int args_number(const char *text, int64_t min, int64_t max, int64_t *ret_number)
{
    int64_t number;
    if (!digits_whole(text, max, &number) || number < min)
        return -1;
    *ret_number = number;
    return 0;
}
