/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/csv.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/disk.h"
#include "base/translate.h"
#include "ctl/ctl.h"
#include "parsers/utf8.h"

static int read_whole(FILE *file, struct csv *csv, struct error *error)
{
    size_t room = 1 << 16;
    csv->text = malloc(room);
    while (csv->text) {
        csv->len += fread(csv->text + csv->len, 1, room - csv->len, file);
        if (ferror(file))
            return error_set(error, -EIO, "%s cannot be read: %s", csv->path, translate_errno(errno));
        if (csv->len < room)
            return 0;
        if (room >= CSV_FILE_MAX_BYTES)
            return error_set(error, -EINVAL, "%s is larger than %d MiB", csv->path, CSV_FILE_MAX_BYTES >> 20);
        room *= 2;
        char *text = realloc(csv->text, room);
        if (!text)
            free(csv->text);
        csv->text = text;
    }
    return error_set(error, -ENOMEM, "%s does not fit into memory", csv->path);
}

static bool is_line_end(const struct csv *csv, size_t at)
{
    return csv->text[at] == '\n' || (csv->text[at] == '\r' && (at + 1 == csv->len || csv->text[at + 1] == '\n'));
}

static void fault(struct error *why, const char *what)
{
    if (why->text[0] == '\0')
        (void)error_set(why, 0, "%s", what);
}

static void read_plain(struct csv *csv, struct view *ret_field)
{
    size_t begin = csv->at;
    while (csv->at < csv->len && csv->text[csv->at] != csv->separator && !is_line_end(csv, csv->at))
        csv->at++;
    *ret_field = (struct view){csv->text + begin, csv->at - begin};
}

/* A field that begins with a quote: unquoted where it stands. */
static void read_quoted(struct csv *csv, struct view *ret_field, struct error *why)
{
    size_t begin = ++csv->at, to = begin;
    for (; csv->at < csv->len; csv->at++) {
        char c = csv->text[csv->at];
        csv->next_line += c == '\n';
        if (c == '"') {
            if (csv->at + 1 == csv->len || csv->text[csv->at + 1] != '"')
                break;
            csv->at++;
        }
        csv->text[to++] = c;
    }
    *ret_field = (struct view){csv->text + begin, to - begin};
    if (csv->at == csv->len) {
        fault(why, _("a quote is opened here and not closed"));
        return;
    }
    csv->at++;
    struct view behind;
    read_plain(csv, &behind);
    if (behind.len)
        fault(why, _("unexpected text after a closing quote; write a quote inside a field twice"));
}

static struct view trim(struct view text)
{
    while (text.len && (text.at[0] == ' ' || text.at[0] == '\t')) {
        text.at++;
        text.len--;
    }
    while (text.len && (text.at[text.len - 1] == ' ' || text.at[text.len - 1] == '\t'))
        text.len--;
    return text;
}

static void check_text(struct view field, struct error *why)
{
    for (size_t i = 0; i < field.len;) {
        uint32_t c;
        i += utf8_decode((struct view){field.at + i, field.len - i}, &c);
        if (c == UTF8_INVALID)
            fault(why, _("not UTF-8; save the file as UTF-8"));
        else if (c < 0x20 && c != '\n' && c != '\r' && c != '\t')
            fault(why, _("a control character; is this a CSV file?"));
    }
}

/* One row of the file to its end, empty lines skipped. */
static enum csv_row read_row(struct csv *csv, struct view fields[CSV_FIELDS_MAX], size_t *ret_n, struct error *error)
{
    struct error why = {0};
    while (csv->at < csv->len && is_line_end(csv, csv->at)) {
        csv->next_line += csv->text[csv->at] == '\n';
        csv->at++;
    }
    if (csv->at == csv->len)
        return CSV_END;
    csv->line = csv->next_line;
    *ret_n = 0;
    for (;; csv->at++) {
        struct view field = {csv->text, 0};
        if (csv->at < csv->len && csv->text[csv->at] == '"')
            read_quoted(csv, &field, &why);
        else
            read_plain(csv, &field);
        check_text(field, &why);
        if (*ret_n == CSV_FIELDS_MAX)
            fault(&why, _("more than 16 fields"));
        else
            fields[(*ret_n)++] = trim(field);
        if (csv->at == csv->len || csv->text[csv->at] != csv->separator)
            break;
    }
    if (why.text[0] == '\0')
        return CSV_ROW;
    *error = why;
    return CSV_BAD;
}

static bool same_word(struct view a, const char *b)
{
    return a.len == strlen(b) && strncasecmp(a.at, b, a.len) == 0;
}

static int read_header(struct csv *csv, const char *const *names, size_t n_names, size_t n_required,
                       struct error *error)
{
    struct view fields[CSV_FIELDS_MAX];
    size_t first_line = csv->at;
    while (first_line < csv->len && csv->text[first_line] != '\n')
        first_line++;
    bool commas = memchr(csv->text + csv->at, ',', first_line - csv->at) != NULL;
    csv->separator = !commas && memchr(csv->text + csv->at, ';', first_line - csv->at) ? ';' : ',';
    switch (read_row(csv, fields, &csv->n_fields, error)) {
    case CSV_ROW:
        break;
    case CSV_END:
        return error_set(error, -EINVAL, "%s is empty; its first line names the columns", csv->path);
    case CSV_BAD:
        error_prefix(error, "%s:%d", csv->path, csv->line);
        return -EINVAL;
    }
    for (size_t i = 0; i < n_names; i++) {
        csv->place[i] = -1;
        for (size_t j = 0; j < csv->n_fields && csv->place[i] < 0; j++)
            if (same_word(fields[j], names[i]))
                csv->place[i] = (int)j;
        if (csv->place[i] < 0 && i < n_required)
            return error_set(error, -EINVAL, "%s:%d: the column \"%s\" is missing; the first line names the columns",
                             csv->path, csv->line, names[i]);
    }
    csv->n_columns = n_names;
    return 0;
}

int csv_open(struct csv *ret_csv, const char *path, const char *const *names, size_t n_names, size_t n_required,
             struct error *error)
{
    KABAR_ASSERT(n_names <= CSV_COLUMNS_MAX);
    bool standard_input = strcmp(path, "-") == 0;
    *ret_csv = (struct csv){.path = standard_input ? _("standard input") : path, .next_line = 1};
    int r = standard_input ? 0 : disk_file(path, error);
    if (r)
        return r;
    FILE *file = standard_input ? stdin : fopen(path, "re");
    if (!file)
        return error_set(error, -errno, "%s cannot be opened: %s", path, translate_errno(errno));
    r = read_whole(file, ret_csv, error);
    if (!standard_input)
        (void)fclose(file);
    if (r)
        return r;
    if (ret_csv->len >= 3 && memcmp(ret_csv->text, "\xef\xbb\xbf", 3) == 0)
        ret_csv->at = 3;
    return read_header(ret_csv, names, n_names, n_required, error);
}

void csv_close(struct csv *csv)
{
    free(csv->text);
    csv->text = NULL;
}

/* ",,,": what a spreadsheet writes below a table. */
static bool is_empty(const struct view *fields, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (fields[i].len > 0)
            return false;
    return true;
}

enum csv_row csv_next(struct csv *csv, struct view *ret_fields, struct error *error)
{
    struct view fields[CSV_FIELDS_MAX];
    size_t n = 0;
    enum csv_row row = read_row(csv, fields, &n, error);
    while (row == CSV_ROW && is_empty(fields, n))
        row = read_row(csv, fields, &n, error);
    csv->rows += row != CSV_END;
    if (row != CSV_ROW)
        return row;
    if (n != csv->n_fields) {
        (void)error_set(error, 0, "%zu fields where the first line has %zu", n, csv->n_fields);
        return CSV_BAD;
    }
    for (size_t i = 0; i < csv->n_columns; i++)
        ret_fields[i] = csv->place[i] < 0 ? (struct view){"", 0} : fields[csv->place[i]];
    return CSV_ROW;
}

void csv_refuse(struct csv *csv, int line, const struct error *why)
{
    csv->bad++;
    (void)ctl_refuse("%s:%d: %s", csv->path, line, why->text);
}

int csv_verdict(const struct csv *csv)
{
    return csv->bad ? ctl_refuse("%zu of %zu rows are wrong; nothing was imported", csv->bad, csv->rows) : 0;
}

int csv_note_cut(const struct csv *csv)
{
    if (csv->rows == 0 || csv->text[csv->len - 1] == '\n' || csv->text[csv->len - 1] == '\r')
        return 0;
    (void)ctl_refuse("note: %s:%d: the file ends without a line end: check that this last row is complete, and that "
                     "none is missing after it",
                     csv->path, csv->line);
    return csv->line;
}
