#include "ctl/csv.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/utf8.h"

static int read_whole(FILE *file, struct csv *csv, struct error *error)
{
    size_t room = 1 << 16;
    csv->text = malloc(room);
    while (csv->text) {
        csv->len += fread(csv->text + csv->len, 1, room - csv->len, file);
        if (ferror(file))
            return error_set(error, -EIO, "%s cannot be read: %s", csv->path, strerror(errno));
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

static int fault(const struct csv *csv, int line, const char *what, struct error *error)
{
    return error_set(error, -EINVAL, "%s:%d: %s", csv->path, line, what);
}

static bool is_line_end(const struct csv *csv, size_t at)
{
    return csv->text[at] == '\n' || (csv->text[at] == '\r' && (at + 1 == csv->len || csv->text[at + 1] == '\n'));
}

/* A field that begins with a quote: unquoted where it stands. */
static int read_quoted(struct csv *csv, struct view *ret_field, struct error *error)
{
    int opened = csv->next_line;
    size_t begin = ++csv->at, to = begin;
    for (;; csv->at++) {
        if (csv->at == csv->len)
            return fault(csv, opened, "a quote is opened here and not closed", error);
        char c = csv->text[csv->at];
        if (c == '\n')
            csv->next_line++;
        if (c == '"') {
            if (csv->at + 1 == csv->len || csv->text[csv->at + 1] != '"')
                break;
            csv->at++;
        }
        csv->text[to++] = c;
    }
    csv->at++;
    if (csv->at < csv->len && csv->text[csv->at] != csv->separator && !is_line_end(csv, csv->at))
        return fault(csv, csv->next_line, "text stands behind a closing quote; a quote inside a field is written twice",
                     error);
    *ret_field = (struct view){csv->text + begin, to - begin};
    return 0;
}

static void read_plain(struct csv *csv, struct view *ret_field)
{
    size_t begin = csv->at;
    while (csv->at < csv->len && csv->text[csv->at] != csv->separator && !is_line_end(csv, csv->at))
        csv->at++;
    *ret_field = (struct view){csv->text + begin, csv->at - begin};
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

static int check_text(const struct csv *csv, struct view field, struct error *error)
{
    for (size_t i = 0; i < field.len;) {
        uint32_t c;
        i += utf8_decode((struct view){field.at + i, field.len - i}, &c);
        if (c == UTF8_INVALID)
            return fault(csv, csv->line, "not UTF-8; save the file as UTF-8", error);
        if (c < 0x20 && c != '\n' && c != '\r' && c != '\t')
            return fault(csv, csv->line, "a control character; is this a CSV file?", error);
    }
    return 0;
}

/* One row of the file, empty lines skipped. Returns CSV_END, CSV_ROW or -EINVAL. */
static int read_row(struct csv *csv, struct view fields[CSV_FIELDS_MAX], size_t *ret_n, struct error *error)
{
    while (csv->at < csv->len && is_line_end(csv, csv->at)) {
        csv->next_line += csv->text[csv->at] == '\n';
        csv->at++;
    }
    if (csv->at == csv->len)
        return CSV_END;
    csv->line = csv->next_line;
    for (size_t n = 0;; csv->at++) {
        if (n == CSV_FIELDS_MAX)
            return fault(csv, csv->line, "more than 16 fields", error);
        struct view field = {csv->text, 0};
        int r = 0;
        if (csv->at < csv->len && csv->text[csv->at] == '"')
            r = read_quoted(csv, &field, error);
        else
            read_plain(csv, &field);
        if (!r)
            r = check_text(csv, field, error);
        if (r)
            return r;
        fields[n++] = trim(field);
        if (csv->at == csv->len || csv->text[csv->at] != csv->separator) {
            *ret_n = n;
            return CSV_ROW;
        }
    }
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
    int r = read_row(csv, fields, &csv->n_fields, error);
    if (r < 0)
        return r;
    if (r == CSV_END)
        return error_set(error, -EINVAL, "%s is empty; its first line names the columns", csv->path);
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
    *ret_csv = (struct csv){.path = standard_input ? "standard input" : path, .next_line = 1};
    FILE *file = standard_input ? stdin : fopen(path, "re");
    if (!file)
        return error_set(error, -errno, "%s cannot be opened: %s", path, strerror(errno));
    int r = read_whole(file, ret_csv, error);
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

int csv_next(struct csv *csv, struct view *ret_fields, struct error *error)
{
    struct view fields[CSV_FIELDS_MAX];
    size_t n = 0;
    int r = read_row(csv, fields, &n, error);
    if (r <= 0)
        return r;
    if (n != csv->n_fields)
        return error_set(error, -EINVAL, "%s:%d: %zu fields where the first line has %zu", csv->path, csv->line, n,
                         csv->n_fields);
    for (size_t i = 0; i < csv->n_columns; i++)
        ret_fields[i] = csv->place[i] < 0 ? (struct view){"", 0} : fields[csv->place[i]];
    return CSV_ROW;
}
