/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/help.h"

#include <stdio.h>
#include <string.h>

#include "base/translate.h"
#include "ctl/listing.h"
#include "parsers/edit.h"
#include "parsers/limits.h"
#include "parsers/view.h"

static void add_usage_of_all(struct buf *out)
{
    buf_puts(out, _("usage: "));
    args_show(view_of("kabarctl [-c FILE] [--json] COMMAND …\n"), out);
}

enum { HELP_INDENT = 14 }; /* where the meaning of a word begins */

/* One row of ctl_words.def. */
static const struct {
    const char *word, *meaning;
} words_of_usage[] = {
#define WORD(word, meaning) {word, meaning},
#include "ctl/ctl_words.def"
#undef WORD
};

/* Words of a command's name that argv begins with; 0 where it is another command. */
static int words_matched(const char *name, int argc, char *const *argv)
{
    int n = 0;
    while (*name) {
        size_t len = strcspn(name, " ");
        if (n == argc || !view_is((struct view){name, len}, argv[n]))
            return 0;
        n++;
        name += len + (name[len] == ' ');
    }
    return n;
}

const struct ctl_command *help_find(int argc, char *const *argv, int *ret_words)
{
    const struct ctl_command *found = NULL;
    *ret_words = 0;
    for (size_t i = 0; i < ctl_n_commands; i++) {
        int n = words_matched(ctl_commands[i].name, argc, argv);
        if (n > *ret_words) {
            found = &ctl_commands[i];
            *ret_words = n;
        }
    }
    return found;
}

static void add_command_json(const struct ctl_command *command, struct buf *out)
{
    struct buf line;
    buf_init(&line, 1024);
    ctl_usage_line(command, false, &line);
    buf_puts(out, "{\"command\":");
    buf_json(out, view_of(command->name));
    buf_puts(out, ",\"usage\":");
    buf_json(out, view_of(line.text));
    buf_puts(out, ",\"what\":");
    buf_json(out, view_of(command->what));
    buf_puts(out, "}\n");
    buf_deinit(&line);
}

/* Whether a usage text names a word, as a word of its own. */
static bool usage_names(const char *usage, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = strstr(usage, word); at; at = strstr(at + 1, word)) {
        bool begins = at == usage || strchr(" [|", at[-1]);
        bool ends = at[len] == '\0' || strchr(" ].|", at[len]);
        if (begins && ends)
            return true;
    }
    return false;
}

static void add_meanings(const struct ctl_command *command, struct buf *out)
{
    for (size_t i = 0; i < sizeof words_of_usage / sizeof *words_of_usage; i++) {
        if (!usage_names(command->usage, words_of_usage[i].word))
            continue;
        buf_puts(out, "  ");
        buf_padded(out, translate(words_of_usage[i].word), HELP_INDENT - 2);
        buf_printf(out, "%s\n", translate(words_of_usage[i].meaning));
    }
}

int help_command(const struct ctl_command *command, bool json)
{
    struct buf out;
    buf_init(&out, 8192);
    if (json) {
        add_command_json(command, &out);
    } else {
        buf_puts(&out, _("usage: "));
        ctl_usage_line(command, true, &out);
        buf_printf(&out, "\n\n%s: %s.\n", command->name, translate(command->what));
        buf_puts(&out, "\n");
        add_meanings(command, &out);
        buf_printf(&out, _("  -c FILE     the configuration, else %s\n"), CTL_CONFIG_DEFAULT);
        buf_puts(&out, _("  --as NAME   who does it, for the audit; else who has logged in\n"));
        buf_puts(&out, _("  --json      the result as JSON objects, one a line\n\nThe manual: man kabarctl\n"));
    }
    print_wrapped(&out, json ? 0 : screen_columns(), HELP_INDENT);
    buf_deinit(&out);
    return CTL_DONE;
}

int help_all(bool json)
{
    struct buf out;
    buf_init(&out, 32768);
    size_t width = 0;
    for (size_t i = 0; i < ctl_n_commands; i++)
        if (strlen(ctl_commands[i].name) > width)
            width = strlen(ctl_commands[i].name);
    if (!json)
        add_usage_of_all(&out);
    buf_puts(&out, json ? "" : "\n");
    for (size_t i = 0; i < ctl_n_commands; i++) {
        if (json) {
            add_command_json(&ctl_commands[i], &out);
            continue;
        }
        buf_puts(&out, "  ");
        buf_padded(&out, ctl_commands[i].name, width + 2);
        buf_printf(&out, "%s\n", translate(ctl_commands[i].what));
    }
    if (!json)
        buf_printf(&out,
                   _("\nkabarctl help COMMAND shows how one is used; man kabarctl tells it all.\n"
                     "Configuration: -c FILE, else %s.\n"),
                   CTL_CONFIG_DEFAULT);
    print_wrapped(&out, json ? 0 : screen_columns(), width + 4);
    buf_deinit(&out);
    return CTL_DONE;
}

int help_missing_command(void)
{
    (void)fputs(_("kabarctl: which command? Expected one of these:\n"), stderr);
    for (size_t i = 0; i < ctl_n_commands; i++)
        (void)fprintf(stderr, "  %s\n", ctl_commands[i].name);
    struct buf usage;
    buf_init(&usage, 1024);
    add_usage_of_all(&usage);
    (void)fprintf(stderr, "%s%s kabarctl help\n", usage.text, _("See also:"));
    buf_deinit(&usage);
    return CTL_USAGE;
}

/* A family is a first word of several commands: "area". */
static bool is_family(const char *word)
{
    size_t len = strlen(word);
    for (size_t i = 0; i < ctl_n_commands; i++)
        if (strncmp(ctl_commands[i].name, word, len) == 0 && ctl_commands[i].name[len] == ' ')
            return true;
    return false;
}

static void add_usage(const struct ctl_command *command, struct buf *out)
{
    buf_printf(out, "  kabarctl %s ", command->name);
    args_show(view_of(command->usage), out);
    buf_puts(out, "\n");
}

static void add_family(struct buf *out, const char *word, bool json)
{
    size_t len = strlen(word);
    for (size_t i = 0; i < ctl_n_commands; i++) {
        if (strncmp(ctl_commands[i].name, word, len) != 0 || ctl_commands[i].name[len] != ' ')
            continue;
        if (json)
            add_command_json(&ctl_commands[i], out);
        else
            add_usage(&ctl_commands[i], out);
    }
}

/* The longest text of the words given that is as near to a command's name as a typing error or two. */
static const struct ctl_command *nearest(int argc, char *const *argv)
{
    const struct ctl_command *best = NULL;
    int best_distance = EDIT_FAR;
    char typed[2 * SPELLING_MAX + 2];
    for (size_t i = 0; i < ctl_n_commands; i++) {
        bool two_words = strchr(ctl_commands[i].name, ' ') != NULL && argc > 1;
        (void)snprintf(typed, sizeof typed, "%.*s%s%.*s", SPELLING_MAX, argv[0], two_words ? " " : "", SPELLING_MAX,
                       two_words ? argv[1] : "");
        int distance = edit_distance(view_of(typed), view_of(ctl_commands[i].name));
        if (distance < best_distance) {
            best_distance = distance;
            best = &ctl_commands[i];
        }
    }
    return best;
}

int help_unknown(int argc, char *const *argv)
{
    struct buf typed;
    buf_init(&typed, 4096);
    buf_escaped(&typed, (struct view){argv[0], strnlen(argv[0], 60)});
    bool family = is_family(argv[0]);
    const struct ctl_command *near = nearest(argc, argv);
    (void)fprintf(stderr, family ? _("kabarctl: %s what?") : _("kabarctl: \"%s\" is not a command."), typed.text);
    if (near)
        (void)fprintf(stderr, _(" Did you mean \"%s\"?"), near->name);
    if (family)
        (void)fputs(_(" Expected one of:\n"), stderr);
    else
        (void)fprintf(stderr, "\n%s kabarctl help\n", _("See also:"));
    if (family) {
        buf_clear(&typed);
        add_family(&typed, argv[0], false);
        (void)fputs(typed.text, stderr);
    }
    buf_deinit(&typed);
    return CTL_USAGE;
}

int ctl_help(struct ctl *ctl)
{
    if (ctl->args.n_words == 0)
        return help_all(ctl->json);
    int n_words;
    char *const *words = (char *const *)ctl->args.words;
    const struct ctl_command *command = help_find((int)ctl->args.n_words, words, &n_words);
    if (command)
        return help_command(command, ctl->json);
    if (ctl->args.n_words > 1 || !is_family(words[0]))
        return help_unknown((int)ctl->args.n_words, words);
    struct buf out;
    buf_init(&out, 4096);
    add_family(&out, words[0], ctl->json);
    ctl_print(&out);
    buf_deinit(&out);
    return CTL_DONE;
}
