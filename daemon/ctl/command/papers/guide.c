/* SPDX-License-Identifier: GPL-2.0-or-later */
/* guide: the cadres' pocket card, made of the set that is in force: forms, keys, spellings, commands, the box's number.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "card/card_html_parts.h"
#include "core/reply/phrase.h"
#include "ctl/listing.h"
#include "ctl/session.h"

enum {
    OUTPUT_MAX = 4 << 20,
    PANELS = 4,
    LINES_THAT_FIT = 21,
    MEANING_COLUMNS = 46,
    ADVICE_COLUMNS = 75,
    ADVICE_MAX = 512
};
#define FONT_POINTS 9.5

static const struct {
    enum command command; /* COMMAND_NONE: the change of number */
    enum guide_text what;
} commands[] = {
    {COMMAND_STATUS, GUIDE_STATUS},      {COMMAND_SCORE, GUIDE_SCORE}, {COMMAND_HELP, GUIDE_HELP},
    {COMMAND_CANCEL, GUIDE_CANCEL},      {COMMAND_YES, GUIDE_YES},     {COMMAND_NO, GUIDE_NO},
    {COMMAND_NONE, GUIDE_CHANGE_NUMBER},
};

struct guide {
    const struct settings *settings;
    const struct box *box;
    int set_index;
    const struct replies *words;
    const struct set *set;
    int only;     /* the one form that is wanted; -1 all */
    bool monthly; /* … of those of each month: more is no pocket card */
};

/* A command's first spelling in the language file, in capitals. */
static void write_command(const struct settings *settings, size_t i, char ret_word[SPELLING_MAX + 1])
{
    const struct lang *lang = settings->lang;
    enum command command = commands[i].command;
    const struct words *words = command == COMMAND_NONE ? &lang->change_number : &lang->commands[command];
    size_t n = 0;
    for (const char *c = words->n ? words->word[0] : ""; *c && n < SPELLING_MAX; c++)
        ret_word[n++] = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
    ret_word[n] = '\0';
}

/* The numbers of the box, as people dial them: 0812… */
static void add_numbers(const struct settings *settings, struct buf *out)
{
    size_t n = 0;
    for (size_t i = 0; i < settings->n_modems; i++) {
        const char *number = settings->modems[i].number;
        if (!number[0])
            continue;
        bool home = strncmp(number, "+62", 3) == 0;
        buf_printf(out, "%s%s%s", n++ ? ", " : "", home ? "0" : "", home ? number + 3 : number);
    }
    if (n == 0)
        buf_puts(out, "..............................");
}

/* The first of the key's further spellings: its label where that is another word, since answers name the key by it. */
static const char *further_spelling(const struct key *key)
{
    if (strcasecmp(key->label, key->code) != 0)
        return key->label;
    for (size_t i = 0; i < key->n_spellings; i++)
        if (strcasecmp(key->spellings[i], key->code) != 0)
            return key->spellings[i];
    return "";
}

/* A shorter spelling of the form: "bumil" of IBU HAMIL. */
static const char *short_name(const struct form *form)
{
    for (size_t i = 0; i < form->n_spellings; i++)
        if (strlen(form->spellings[i]) > 3 && strlen(form->spellings[i]) < strlen(form->name) &&
            !strchr(form->spellings[i], ' '))
            return form->spellings[i];
    return "";
}

static const char *meaning_of(const struct key *key)
{
    return key->meaning ? key->meaning : key->label;
}

/* A sentence of advice with examples of the set's first form in it. */
static void write_advice(const struct guide *guide, const char *sentence, char ret_text[ADVICE_MAX])
{
    const struct form *form = &guide->set->forms[0];
    const int *values = box_example(guide->box, (size_t)guide->set_index, 0);
    char example[128], total[64], one[64], pair[64], turned[64];
    CLEANUP(buf_deinit) struct buf forms;
    uint64_t keys = typical_keys(form, values);
    size_t key = form->n_keys - 1;
    while (key > 0 && !(keys & UINT64_C(1) << key))
        key--;
    const char *code = form->keys[key].code;
    example_write(guide->box, guide->set_index, 0, 0, example, sizeof example);
    (void)snprintf(total, sizeof total, "%s %d", form->name, values[0]);
    (void)snprintf(one, sizeof one, "%s %s %d", form->name, code, values[key]);
    (void)snprintf(pair, sizeof pair, "%s %d", code, values[key]);
    (void)snprintf(turned, sizeof turned, "%d %s", values[key], code);
    buf_init(&forms, ADVICE_MAX);
    for (size_t i = 0; i < guide->set->n_forms; i++)
        buf_printf(&forms, "%s%s", i ? ", " : "", guide->set->forms[i].name);
    const struct template_value given[] = {
        {"example", view_of(example)}, {"total", view_of(total)},   {"one", view_of(one)},
        {"pair", view_of(pair)},       {"turned", view_of(turned)}, {"forms", view_of(forms.text)},
    };
    (void)template_render(sentence, given, sizeof given / sizeof *given, ret_text, ADVICE_MAX);
}

static bool is_wanted(const struct guide *guide, size_t form)
{
    bool seldom = guide->monthly && guide->set->forms[form].due != DUE_MONTH;
    return guide->only < 0 ? !seldom : (size_t)guide->only == form;
}

/* "FE (pil fe)". */
static void text_row(const char *code, const char *further, const char *meaning, struct buf *out)
{
    char words[2 * SPELLING_MAX + 8];
    (void)snprintf(words, sizeof words, "%s%s%s%s", code, *further ? " (" : "", further, *further ? ")" : "");
    buf_puts(out, "  ");
    buf_padded(out, words, 26);
    buf_printf(out, "%s%s\n", strlen(words) >= 26 ? "  " : "", meaning);
}

static void text_form(const struct form *form, struct buf *out)
{
    buf_printf(out, "\n%s\n  %s\n", form->name, form->example);
    if (!form->no_total)
        text_row(form->name, short_name(form), meaning_of(&form->keys[0]), out);
    for (size_t i = !form->no_total; i < form->n_keys; i++)
        text_row(form->keys[i].code, further_spelling(&form->keys[i]), meaning_of(&form->keys[i]), out);
}

static void text_guide(const struct guide *guide, struct buf *out)
{
    const struct replies *words = guide->words;
    buf_printf(out, "%s\n%s: ", words->guide[GUIDE_TITLE], words->guide[GUIDE_SEND_TO]);
    add_numbers(guide->settings, out);
    buf_puts(out, "\n\n");
    for (size_t i = 0; i < words->n_guide_how; i++) {
        char advice[ADVICE_MAX];
        write_advice(guide, words->guide_how[i], advice);
        buf_printf(out, "%zu. %s\n", i + 1, advice);
    }
    buf_puts(out, "\n");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        char word[SPELLING_MAX + 1];
        write_command(guide->settings, i, word);
        buf_puts(out, "  ");
        buf_padded(out, word, 12);
        buf_printf(out, "= %s\n", words->guide[commands[i].what]);
    }
    buf_printf(out, "\n%s.\n", words->guide[GUIDE_ALSO]);
    for (size_t i = 0; i < guide->set->n_forms; i++)
        if (is_wanted(guide, i))
            text_form(&guide->set->forms[i], out);
}

static const char html_head[] =
    "\"><head><meta charset=\"utf-8\"><title>Kabar</title>\n<style>\n"
    "@page { size: A4 landscape; margin: 0 }\n"
    "body { margin: 0; font-family: sans-serif; line-height: 1.25 }\n"
    ".sheet { width: 297mm; height: 209mm; display: grid; grid-template: 50% 50% / 50% 50% }\n"
    ".panel { padding: 7mm; overflow: hidden; border: 0.2mm dashed #bbb; box-sizing: border-box }\n"
    "h1 { font-size: 1.4em; margin: 0 0 2mm } h2 { font-size: 1.1em; margin: 1.5mm 0 0.5mm }\n"
    "code { font: bold 0.95em monospace } ol { margin: 1mm 0; padding-left: 4mm } p { margin: 0.5mm 0 }\n"
    "table { border-collapse: collapse; width: 100%; table-layout: fixed; margin-top: 1mm }\n"
    "td { padding: 0 2mm 0 0; vertical-align: top } td:nth-child(1) { width: 19% } td:nth-child(2) { width: 21% }\n"
    ".cover td:nth-child(1) { width: 25% } .cover td:nth-child(2) { width: 75% }\n"
    ".number { font-size: 1.6em; font-weight: bold }\n"
    "</style></head><body>\n";

static void html_row(const char *code, const char *further, const char *meaning, struct buf *out)
{
    buf_puts(out, "<tr><td>");
    html_element(out, "code", "", code);
    buf_puts(out, "</td>");
    html_element(out, "td", "", further);
    html_element(out, "td", "", meaning);
    buf_puts(out, "</tr>\n");
}

static void html_form(const struct form *form, struct buf *out)
{
    html_element(out, "h2", "", form->name);
    buf_puts(out, "<p>");
    html_element(out, "code", "", form->example);
    buf_puts(out, "</p><table>\n");
    if (!form->no_total)
        html_row(form->name, short_name(form), meaning_of(&form->keys[0]), out);
    for (size_t i = !form->no_total; i < form->n_keys; i++)
        html_row(form->keys[i].code, further_spelling(&form->keys[i]), meaning_of(&form->keys[i]), out);
    buf_puts(out, "</table>\n");
}

static void html_cover(const struct guide *guide, struct buf *out)
{
    const struct replies *words = guide->words;
    html_element(out, "h1", "", words->guide[GUIDE_TITLE]);
    html_element(out, "p", "", words->guide[GUIDE_SEND_TO]);
    buf_puts(out, "<p class=\"number\">");
    add_numbers(guide->settings, out);
    buf_puts(out, "</p><ol>\n");
    for (size_t i = 0; i < words->n_guide_how; i++) {
        char advice[ADVICE_MAX];
        write_advice(guide, words->guide_how[i], advice);
        html_element(out, "li", "", advice);
    }
    buf_puts(out, "</ol><table class=\"cover\">\n");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        char word[SPELLING_MAX + 1];
        write_command(guide->settings, i, word);
        buf_puts(out, "<tr><td>");
        html_element(out, "code", "", word);
        buf_puts(out, "</td>");
        html_element(out, "td", "", words->guide[commands[i].what]);
        buf_puts(out, "</tr>\n");
    }
    buf_puts(out, "</table>\n");
}

/* Lines a form takes on a panel: its name, an example of two lines, space, its keys with what they mean. */
static size_t lines_of(const struct form *form)
{
    size_t lines = 4;
    for (size_t i = 0; i < form->n_keys; i++)
        lines += 1 + strlen(meaning_of(&form->keys[i])) / MEANING_COLUMNS;
    return lines;
}

/* The same of the cover with so many lines a panel: its heading and the number, the advice, the commands. */
static size_t lines_of_cover(const struct guide *guide, size_t limit)
{
    size_t lines = 5 + sizeof commands / sizeof *commands;
    for (size_t i = 0; i < guide->words->n_guide_how; i++) {
        char advice[ADVICE_MAX];
        write_advice(guide, guide->words->guide_how[i], advice);
        lines += 1 + strlen(advice) / (ADVICE_COLUMNS * limit / LINES_THAT_FIT);
    }
    return lines;
}

/* In the set's order, a panel after the other, each filled up to limit lines. Returns the panels taken. */
static size_t place_forms(const struct guide *guide, size_t limit, size_t ret_panels[SET_FORMS_MAX])
{
    size_t panel = 1, lines = 0;
    for (size_t i = 0; i < guide->set->n_forms; i++) {
        size_t more = is_wanted(guide, i) ? lines_of(&guide->set->forms[i]) : 0;
        if (lines && lines + more > limit) {
            panel++;
            lines = 0;
        }
        lines += more;
        ret_panels[i] = panel;
    }
    return panel;
}

/* The cover and three inner pages, filled evenly; letters are smaller where they would not fit. */
static void html_guide(struct guide *guide, struct buf *out)
{
    guide->monthly = true;
    size_t panels[SET_FORMS_MAX], limit = LINES_THAT_FIT;
    while (place_forms(guide, limit, panels) > PANELS - 1 || lines_of_cover(guide, limit) > limit)
        limit++;
    buf_printf(out, "<!DOCTYPE html>\n<html lang=\"%s%s", guide->words->locale, html_head);
    buf_printf(out, "<div class=\"sheet\" style=\"font-size: %.1fpt\">\n",
               FONT_POINTS * (double)LINES_THAT_FIT / (double)limit);
    for (size_t panel = 0; panel < PANELS; panel++) {
        buf_puts(out, "<div class=\"panel\">\n");
        if (panel == 0)
            html_cover(guide, out);
        for (size_t i = 0; i < guide->set->n_forms; i++)
            if (panels[i] == panel && is_wanted(guide, i))
                html_form(&guide->set->forms[i], out);
        buf_puts(out, "</div>\n");
    }
    buf_puts(out, "</div></body></html>\n");
}

static void json_guide(const struct guide *guide, struct buf *out)
{
    CLEANUP(buf_deinit) struct buf numbers;
    buf_init(&numbers, 4096);
    add_numbers(guide->settings, &numbers);
    for (size_t i = 0; i < guide->set->n_forms; i++) {
        const struct form *form = &guide->set->forms[i];
        if (!is_wanted(guide, i))
            continue;
        buf_puts(out, "{\"set\":");
        buf_json(out, view_of(guide->set->name));
        buf_puts(out, ",\"send_to\":");
        buf_json(out, view_of(numbers.text));
        buf_puts(out, ",\"form\":");
        buf_json(out, view_of(form->code));
        buf_puts(out, ",\"name\":");
        buf_json(out, view_of(form->name));
        buf_puts(out, ",\"example\":");
        buf_json(out, view_of(form->example));
        buf_puts(out, ",\"keys\":[");
        for (size_t k = 0; k < form->n_keys; k++) {
            buf_puts(out, k ? ",{\"code\":" : "{\"code\":");
            buf_json(out, view_of(form->keys[k].code));
            buf_puts(out, ",\"label\":");
            buf_json(out, view_of(form->keys[k].label));
            buf_puts(out, ",\"also\":");
            buf_json(out, view_of(k ? further_spelling(&form->keys[k]) : short_name(form)));
            buf_puts(out, ",\"meaning\":");
            buf_json(out, view_of(meaning_of(&form->keys[k])));
            buf_puts(out, "}");
        }
        buf_puts(out, "]}\n");
    }
}

/* A form by its code or its name. */
static int find_form(const struct ctl *ctl, const struct set *set, int *ret_form)
{
    CLEANUP(buf_deinit) struct buf word;
    buf_init(&word, 256);
    *ret_form = -1;
    if (ctl->args.n_words == 0)
        return 0;
    ctl_join_words(ctl, 0, &word);
    for (size_t i = 0; i < set->n_forms; i++)
        if (strcasecmp(word.text, set->forms[i].code) == 0 || strcasecmp(word.text, set->forms[i].name) == 0)
            *ret_form = (int)i;
    if (*ret_form >= 0)
        return 0;
    CLEANUP(buf_deinit) struct buf forms;
    buf_init(&forms, 4096);
    for (size_t i = 0; i < set->n_forms; i++)
        buf_printf(&forms, "%s%s", i ? ", " : "", set->forms[i].code);
    return ctl_refuse("the set %s has no form %s; expected one of %s", set->name, word.text, forms.text);
}

/* The words of a locale, the first ones where none is given. */
static int find_words(const struct settings *settings, const char *locale, const struct replies **ret_words)
{
    for (size_t i = 0; i < settings->n_replies; i++)
        if (!locale || strcmp(locale, settings->replies[i]->locale) == 0) {
            *ret_words = settings->replies[i];
            return 0;
        }
    return ctl_refuse("no file of `replies` in kabard.conf has the locale %s", locale);
}

int ctl_guide(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(buf_deinit) struct buf out;
    buf_init(&out, OUTPUT_MAX);
    const char *format = args_get(&ctl->args, "--format");
    struct guide guide = {0};
    if (format && strcmp(format, "text") != 0 && strcmp(format, "html") != 0)
        return ctl_usage(ctl, "--format %s is none of a guide; expected text or html", format);
    int status = session_box(&session, ctl);
    if (status)
        return status;
    int month = month_of(zone_local(session_now_ms(&session)).day);
    guide.settings = session.settings;
    guide.box = session.box;
    guide.set_index = (int)box_set_for(session.box, month);
    guide.set = box_set(session.box, (size_t)guide.set_index);
    status = find_form(ctl, guide.set, &guide.only);
    if (!status)
        status = find_words(session.settings, args_get(&ctl->args, "--locale"), &guide.words);
    if (status)
        return status;
    if (ctl->json)
        json_guide(&guide, &out);
    else if (format && strcmp(format, "html") == 0)
        html_guide(&guide, &out);
    else
        text_guide(&guide, &out);
    ctl_print(&out);
    return CTL_DONE;
}
