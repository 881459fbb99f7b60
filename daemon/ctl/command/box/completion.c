/* SPDX-License-Identifier: GPL-2.0-or-later */
/* completion: the script of a shell, and what such a script asks: which words can stand next. */
#include <stdio.h>
#include <string.h>

#include "ctl/ctl.h"
#include "ctl/help.h"
#include "parsers/view.h"
#include "settings/arena.h"
#include "settings/conf_path.h"

enum { SCRIPT_MAX = 16384, NAME_MAX_BYTES = 256 };

struct found {
    struct buf *out;
    bool json;
    const char *typed;
    struct view last; /* commands of a family stand beside one another: a word is told once */
    size_t n;
};

static void add(struct found *found, struct view word)
{
    size_t typed = strlen(found->typed);
    bool told = found->last.len == word.len && found->n > 0 && memcmp(found->last.at, word.at, word.len) == 0;
    if (told || word.len < typed || memcmp(word.at, found->typed, typed) != 0)
        return;
    if (found->json) {
        buf_puts(found->out, found->n ? "," : "");
        buf_json(found->out, word);
    } else {
        buf_add(found->out, word);
        buf_puts(found->out, "\n");
    }
    found->last = word;
    found->n++;
}

/* Options that the usage names, and those of every command. */
static void add_options(struct found *found, const char *usage)
{
    static const char *const always[] = {"--json", "--as", "--help"};
    for (const char *at = strstr(usage, "--"); at; at = strstr(at, "--")) {
        size_t len = strspn(at, "-abcdefghijklmnopqrstuvwxyz");
        add(found, (struct view){at, len});
        at += len;
    }
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        add(found, view_of(always[i]));
}

/* The words that stand behind `line` in the names of commands. */
static void add_words(struct found *found, const char *line)
{
    size_t len = strlen(line);
    for (size_t i = 0; i < ctl_n_commands; i++) {
        const char *name = ctl_commands[i].name;
        if (strncmp(name, line, len) == 0 && name[len])
            add(found, (struct view){name + len, strcspn(name + len, " ")});
    }
}

static void complete(const struct args *args, struct found *found)
{
    char line[NAME_MAX_BYTES] = "";
    size_t n = args->n_words - 1;
    const char *words[2 + 1] = {NULL};
    int n_words = 0, taken;
    for (size_t i = 1; i < n; i++) {
        if (strcmp(args->words[i], "-c") == 0 || strcmp(args->words[i], "--as") == 0) {
            i++;
        } else if (args->words[i][0] != '-') {
            size_t len = strlen(line);
            (void)snprintf(line + len, sizeof line - len, "%s ", args->words[i]);
            if (n_words < 3)
                words[n_words++] = args->words[i];
        }
    }
    const struct ctl_command *command = help_find(n_words, (char *const *)words, &taken);
    found->typed = n > 0 ? args->words[n] : "";
    if (found->typed[0] == '-')
        add_options(found, command ? command->usage : "");
    else
        add_words(found, line);
}

static int print_script(const struct ctl *ctl, const char *shell, struct buf *out)
{
    CLEANUP(arena_deinit) struct arena arena = {0};
    char path[64], text[SCRIPT_MAX];
    static const char *const shells[] = {"bash", "zsh", "fish"};
    const char *found = NULL;
    for (size_t i = 0; i < sizeof shells / sizeof *shells && !found; i++) {
        (void)snprintf(path, sizeof path, "completion/kabarctl.%s", shells[i]);
        found = strcmp(shell, shells[i]) == 0 ? conf_path_shipped(&arena, path) : NULL;
    }
    if (!found)
        return ctl_refuse("there is no completion for %.40s; expected bash, zsh or fish", shell);
    FILE *file = fopen(found, "re");
    size_t len = file ? fread(text, 1, sizeof text, file) : 0;
    if (file)
        (void)fclose(file);
    if (len == 0)
        return ctl_environment("%s cannot be read", found);
    if (ctl->json) {
        buf_puts(out, "{\"script\":");
        buf_json(out, (struct view){text, len});
        buf_puts(out, "}\n");
    } else {
        buf_add(out, (struct view){text, len});
    }
    return CTL_DONE;
}

int ctl_completion(struct ctl *ctl)
{
    CLEANUP(buf_deinit) struct buf out;
    int status = CTL_DONE;
    buf_init(&out, 1 << 16);
    if (strcmp(ctl->args.words[0], "words") == 0) {
        struct found found = {.out = &out, .json = ctl->json, .typed = ""};
        buf_puts(&out, ctl->json ? "{\"words\":[" : "");
        complete(&ctl->args, &found);
        buf_puts(&out, ctl->json ? "]}\n" : "");
    } else {
        status = print_script(ctl, ctl->args.words[0], &out);
    }
    ctl_print(&out);
    return status;
}
