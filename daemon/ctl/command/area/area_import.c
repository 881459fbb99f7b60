/* SPDX-License-Identifier: GPL-2.0-or-later */
/* area import: a whole country in one transaction, or nothing of it. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/translate.h"
#include "ctl/csv.h"
#include "ctl/progress.h"
#include "ctl/session.h"
#include "store/area.h"

struct row {
    struct view code, name;
    int level, line;
};

struct rows {
    struct row *row; /* owned */
    size_t n, room;
};

static void rows_deinit(struct rows *rows)
{
    free(rows->row);
}

static int rows_add(struct rows *rows, struct row row, struct error *error)
{
    if (rows->n == rows->room) {
        size_t room = rows->room ? 2 * rows->room : 1024;
        struct row *grown = reallocarray(rows->row, room, sizeof *grown);
        if (!grown)
            return error_set(error, -ENOMEM, "out of memory at row %zu", rows->n);
        rows->row = grown;
        rows->room = room;
    }
    rows->row[rows->n++] = row;
    return 0;
}

/* What is wrong with a row by itself: 0, or -EINVAL. */
static int check_row(const struct row *row, struct error *error)
{
    if (row->level == 0)
        return error_set(
            error, -EINVAL,
            "\"%.*s\" is not an area code; expected 35, 35.12, 35.12.03, 35.12.03.2001 or 35.12.03.2001/04",
            row->code.len > 40 ? 40 : (int)row->code.len, row->code.at);
    if (row->name.len == 0 || row->name.len >= NAME_MAX_BYTES)
        return error_set(error, -EINVAL, "the name of %.*s must have 1 to %d bytes", (int)row->code.len, row->code.at,
                         NAME_MAX_BYTES - 1);
    return 0;
}

/* Reads every row before any is stored, so that a parent may stand below its children. */
static int read_rows(struct csv *csv, struct rows *rows, struct error *error)
{
    struct view fields[2];
    enum csv_row found;
    while ((found = csv_next(csv, fields, error)) != CSV_END) {
        struct row row = {.line = csv->line};
        int r = -EINVAL;
        if (found == CSV_ROW) {
            row = (struct row){fields[0], fields[1], area_code_level(fields[0]), csv->line};
            r = check_row(&row, error);
        }
        if (r)
            csv_refuse(csv, row.line, error);
        else if ((r = rows_add(rows, row, error)))
            return r;
    }
    return 0;
}

static int compare_views(struct view a, struct view b)
{
    int order = memcmp(a.at, b.at, a.len < b.len ? a.len : b.len);
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare_rows(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    if (x->level != y->level)
        return x->level - y->level;
    int order = compare_views(x->code, y->code);
    return order ? order : x->line - y->line;
}

static void check_doubles(struct csv *csv, const struct rows *rows)
{
    struct error why;
    for (size_t i = 1; i < rows->n; i++) {
        const struct row *row = &rows->row[i];
        if (compare_views(row[-1].code, row->code) != 0 || compare_views(row[-1].name, row->name) == 0)
            continue;
        (void)error_set(&why, 0, "%.*s is on line %d already, with another name", (int)row->code.len, row->code.at,
                        row[-1].line);
        csv_refuse(csv, row->line, &why);
    }
}

static int put_rows(struct store *store, struct csv *csv, const struct rows *rows, struct error *error)
{
    for (size_t i = 0; i < rows->n; i++) {
        int64_t id;
        int r = store_area_put(store, rows->row[i].code, rows->row[i].name, &id, error);
        if (r == -ENOENT || r == -EINVAL)
            csv_refuse(csv, rows->row[i].line, error);
        else if (r)
            return r;
    }
    return 0;
}

static int keep_rows(const struct ctl *ctl, struct session *session, const struct csv *csv, size_t n)
{
    bool dry_run = args_get(&ctl->args, "--dry-run") != NULL;
    char count[48];
    (void)snprintf(count, sizeof count, "%zu areas", n);
    int cut = csv_note_cut(csv);
    int status = dry_run ? 0 : session_commit(session, "area.import", csv->path, count);
    if (status)
        return status;
    if (ctl->json)
        (void)printf("{\"areas\":%zu,\"dry_run\":%s,\"cut_line\":%d}\n", n, dry_run ? "true" : "false", cut);
    else
        (void)printf(dry_run ? _("%zu areas would be imported; nothing was written\n") : _("%zu areas imported\n"), n);
    return CTL_DONE;
}

int ctl_area_import(struct ctl *ctl)
{
    static const char *const names[] = {"code", "name"};
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(csv_close) struct csv csv = {0};
    CLEANUP(rows_deinit) struct rows rows = {0};
    struct error error = {0};
    int status = session_open(&session, ctl, STORE_WRITE);
    if (status)
        return status;
    progress_begin(ctl);
    int r = csv_open(&csv, ctl->args.words[0], names, 2, 2, &error);
    if (!r)
        r = read_rows(&csv, &rows, &error);
    if (r)
        return ctl_failed(r, &error);
    if (rows.n)
        qsort(rows.row, rows.n, sizeof *rows.row, compare_rows);
    check_doubles(&csv, &rows);
    status = session_begin(&session);
    if (status)
        return status;
    r = put_rows(session.store, &csv, &rows, &error);
    if (r)
        return ctl_failed(r, &error);
    progress_end();
    status = csv_verdict(&csv);
    return status ? status : keep_rows(ctl, &session, &csv, rows.n);
}
