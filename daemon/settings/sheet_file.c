/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings/sheet_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "settings/cfg.h"
#include "settings/conf_path.h"

enum { ROWS_MAX = 500, BUDGET_ROWS = 9 };

struct sheet_file {
    struct sheet sheet;
    struct arena arena;
};

struct load {
    struct cfg cfg;
    const struct set *set;
    struct sheet *sheet;
};

/* "B12" → row 11, column 1; what is behind it, or NULL. */
static const char *read_place(const char *text, int *ret_row, int *ret_column)
{
    if (text[0] < 'A' || text[0] > 'Z')
        return NULL;
    *ret_column = text[0] - 'A';
    int row = 0;
    const char *c = text + 1;
    for (; *c >= '0' && *c <= '9' && row <= ROWS_MAX; c++)
        row = 10 * row + (*c - '0');
    *ret_row = row - 1;
    return row >= 1 && row <= ROWS_MAX ? c : NULL;
}

static void read_range(struct cfg *cfg, const config_setting_t *group, struct sheet_cell *cell)
{
    const char *at = cfg_string_need(cfg, group, "at");
    const char *end = read_place(at, &cell->row, &cell->column);
    cell->last_row = cell->row;
    cell->last_column = cell->column;
    if (end && *end == ':')
        end = read_place(end + 1, &cell->last_row, &cell->last_column);
    if (at[0] && (!end || *end || cell->last_row < cell->row || cell->last_column < cell->column))
        cfg_fault(cfg, group,
                  "at = \"%s\" is not a cell like G18, or a range like A1:I1, of columns A to Z and at most %d rows",
                  at, ROWS_MAX);
}

/* The nth cell of a table of the set, counted from 1. */
static bool find_cell(const struct set *set, int table, int nth, size_t *ret_index)
{
    for (size_t i = 0; i < set->n_cells; i++)
        if (set->cells[i].table == table && --nth == 0) {
            *ret_index = i;
            return true;
        }
    return false;
}

/* What stands before the dot: whose figure it is. */
static bool find_owner(const struct set *set, const char *name, struct sheet_cell *cell)
{
    for (size_t i = 0; i < set->n_indicators; i++)
        if (strcmp(set->indicators[i].code, name) == 0) {
            cell->of = SHEET_INDICATOR;
            cell->index = i;
            return true;
        }
    bool group = strcmp(name, "total") == 0;
    for (size_t i = 0; i < set->n_indicators && !group; i++)
        group = strcmp(set->indicators[i].group, name) == 0 && set->indicators[i].in_table4;
    cell->text = name;
    cell->of = group ? SHEET_GROUP : SHEET_BUDGET;
    if (group)
        return true;
    cell->index = (size_t)(name[strlen(name) - 1] - '1');
    return strncmp(name, "budget", 6) == 0 && strlen(name) == 7 && cell->index < BUDGET_ROWS;
}

static bool read_figure(struct load *load, const char *value, struct sheet_cell *cell)
{
    static const char *const figures[SHEET_FIGURE_COUNT] = {"numerator", "denominator", "percent", "part", "wording"};
    const char *dot = strchr(value, '.');
    if (!dot || dot == value)
        return false;
    const char *name = arena_text(load->cfg.arena, (struct view){value, (size_t)(dot - value)});
    if (strncmp(name, "table", 5) == 0 && strlen(name) == 6) {
        cell->of = SHEET_CELL;
        return strlen(dot) == 2 && find_cell(load->set, name[5] - '0', dot[1] - '0', &cell->index);
    }
    while (cell->figure < SHEET_FIGURE_COUNT && strcmp(figures[cell->figure], dot + 1) != 0)
        cell->figure++;
    return cell->figure < SHEET_FIGURE_COUNT && find_owner(load->set, name, cell);
}

static bool read_value(struct load *load, const char *value, struct sheet_cell *cell)
{
    static const char *const words[] = {"regency", "district", "village", "year", "quarter"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], value) == 0) {
            cell->of = (enum sheet_of)(SHEET_REGENCY + i);
            return true;
        }
    return read_figure(load, value, cell);
}

static void read_cell(struct load *load, const config_setting_t *group, struct sheet_cell *cell)
{
    static const char *const names[] = {"at", "text", "value", "style", NULL};
    static const char *const styles[] = {"plain", "title", "head", "box", NULL};
    struct cfg *cfg = &load->cfg;
    cfg_known(cfg, group, names);
    cell->line = cfg_line(group);
    cell->style = (enum sheet_style)cfg_choice(cfg, group, "style", styles, SHEET_BOX);
    read_range(cfg, group, cell);
    const char *text = cfg_string(cfg, group, "text", NULL), *value = cfg_string(cfg, group, "value", NULL);
    cell->text = text;
    if (!text == !value)
        cfg_fault(cfg, group, "a cell has either a text or a value");
    else if (value && !read_value(load, value, cell))
        cfg_fault(cfg, group,
                  "value = \"%s\" is not in the set; expected regency, district, village, year, quarter, or one like "
                  "table1.2, B1.numerator, total.percent, budget1.denominator",
                  value);
}

/* Two that share a cell: a workbook would be damaged by them. */
static bool overlap(const struct sheet_cell *a, const struct sheet_cell *b)
{
    return a->row <= b->last_row && b->row <= a->last_row && a->column <= b->last_column && b->column <= a->last_column;
}

static void read_sheet(struct load *load)
{
    static const char *const names[] = {"columns", "cells", NULL};
    struct cfg *cfg = &load->cfg;
    const config_setting_t *root = config_root_setting(&cfg->config), *list;
    const config_setting_t *columns = config_setting_get_member(root, "columns");
    cfg_known(cfg, root, names);
    size_t n = columns ? (size_t)config_setting_length(columns) : 0;
    for (size_t i = 0; i < n && i < SHEET_COLUMNS_MAX; i++) {
        int width = config_setting_get_int_elem(columns, (int)i);
        if (width < 1 || width > 200)
            cfg_fault(cfg, columns, "columns: %d is not a width from 1 to 200", width);
        load->sheet->widths[load->sheet->n_columns++] = width;
    }
    n = cfg_groups(cfg, root, "cells", SHEET_CELLS_MAX, true, &list);
    struct sheet_cell *cells = arena_alloc(cfg->arena, n, sizeof *cells);
    for (size_t i = 0; i < n; i++) {
        const config_setting_t *group = config_setting_get_elem(list, (unsigned)i);
        read_cell(load, group, &cells[i]);
        for (size_t j = 0; j < i; j++)
            if (overlap(&cells[i], &cells[j]))
                cfg_fault(cfg, group, "its place is taken by the cell of line %d", cells[j].line);
    }
    load->sheet->cells = cells;
    load->sheet->n_cells = n;
}

int sheet_file_open(const struct settings *settings, const struct set *set, struct sheet_file **ret_file,
                    struct error *error)
{
    struct faults faults;
    char name[80];
    struct sheet_file *file = calloc(1, sizeof *file);
    KABAR_ASSERT(file);
    struct load load = {.set = set, .sheet = &file->sheet};
    (void)snprintf(name, sizeof name, "sheets/%s.cfg", set->name);
    const char *path = conf_path_find(&file->arena, settings->file, name);
    if (!path) {
        (void)sheet_file_close(file);
        return error_set(error, -ENOENT, "there is no sheet for the set %s: %s is neither beside %s nor in %s",
                         set->name, name, settings->file, conf_path_share());
    }
    faults_init(&faults);
    if (cfg_open(&load.cfg, path, &file->arena, &faults))
        read_sheet(&load);
    cfg_close(&load.cfg);
    int r = faults_result(&faults, error);
    faults_deinit(&faults);
    *ret_file = r < 0 ? sheet_file_close(file) : file;
    return r;
}

const struct sheet *sheet_in(const struct sheet_file *file)
{
    return &file->sheet;
}

struct sheet_file *sheet_file_close(struct sheet_file *file)
{
    if (file)
        arena_deinit(&file->arena);
    free(file);
    return NULL;
}
