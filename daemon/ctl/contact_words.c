/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/contact_words.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/translate.h"
#include "core/judge/area_find.h"
#include "ctl/args.h"
#include "parsers/msisdn.h"

/* Length of a word in an error message: enough to know it again. */
static int shown(struct view word)
{
    return word.len > 40 ? 40 : (int)word.len;
}

static int read_phone(struct view word, struct contact *contact, struct error *error)
{
    enum msisdn_kind kind = msisdn_normalise(word, contact->phone);
    if (kind == MSISDN_MOBILE || kind == MSISDN_OTHER)
        return 0;
    bool cut = word.len > 0 && is_digit(word.at[0]) && memchr(word.at, '+', word.len);
    return error_set(error, -EINVAL, "\"%.*s\" is not a phone number%s; expected 0812… or +62812…", shown(word),
                     word.at, cut ? _(": the spreadsheet has lost its digits, make the column text") : "");
}

static int read_locale(struct view word, struct contact *contact, struct error *error)
{
    struct view locale = word.len ? word : view_of("id");
    bool letters = locale.len >= 2 && locale.len < sizeof contact->locale;
    for (size_t i = 0; letters && i < locale.len; i++)
        letters = locale.at[i] >= 'a' && locale.at[i] <= 'z';
    if (!letters)
        return error_set(error, -EINVAL, "\"%.*s\" is not a language; expected id or en", shown(word), word.at);
    copy_word(contact->locale, sizeof contact->locale, locale);
    return 0;
}

static int read_role(struct view word, struct contact *contact, struct error *error)
{
    contact->role = contact_role_parse(word);
    if (contact->role != ROLE_COUNT)
        return 0;
    char roles[128] = "";
    for (int i = 0, at = 0; i < ROLE_COUNT; i++)
        at += snprintf(roles + at, sizeof roles - (size_t)at, "%s%s", i ? ", " : "",
                       contact_role_to_string((enum contact_role)i));
    return error_set(error, -EINVAL, "\"%.*s\" is not a role; expected one of %s", shown(word), word.at, roles);
}

static int read_name(struct view word, struct contact *contact, struct error *error)
{
    if (word.len == 0 || word.len >= NAME_MAX_BYTES)
        return error_set(error, -EINVAL, "a name must have 1 to %d bytes", NAME_MAX_BYTES - 1);
    copy_word(contact->name, sizeof contact->name, word);
    return 0;
}

static int read_area(const struct box *box, struct view word, struct area *ret_area, struct error *error)
{
    if (word.len == 0 || (is_digit(word.at[0]) && area_code_level(word) == 0))
        return error_set(error, -EINVAL, "\"%.*s\" is not an area code; expected one like 35.12.03.2001, or a name",
                         shown(word), word.at);
    return area_find_one(box, word, ret_area, error);
}

static struct view trim(struct view word)
{
    while (word.len > 0 && word.at[0] == ' ')
        word = (struct view){word.at + 1, word.len - 1};
    while (word.len > 0 && word.at[word.len - 1] == ' ')
        word.len--;
    return word;
}

int contact_read_areas(const struct box *box, struct view words, struct contact *contact,
                       struct contact_areas *ret_areas, struct error *error)
{
    enum area_level first = 0;
    ret_areas->n = 0;
    for (size_t at = 0, end; at <= words.len; at = end + 1) {
        struct area area;
        for (end = at; end < words.len && words.at[end] != '+' && words.at[end] != ';';)
            end++;
        if (ret_areas->n == CONTACT_AREAS_MAX)
            return error_set(error, -EINVAL, "a person may stand for at most %d areas", CONTACT_AREAS_MAX);
        int r = read_area(box, trim((struct view){words.at + at, end - at}), &area, error);
        if (r)
            return r;
        ret_areas->id[ret_areas->n++] = area.id;
        if (first >= AREA_DESA || (first && area.level < AREA_DESA))
            continue;
        first = area.level;
        contact->area_id = area.id;
        copy_word(contact->area_code, sizeof contact->area_code, view_of(area.code));
    }
    return 0;
}

struct areas_cells {
    struct buf codes, names, json;
};

static int add_area(void *data, const struct area *area)
{
    struct areas_cells *cells = data;
    bool first = cells->codes.len == 0;
    buf_printf(&cells->codes, "%s%s", first ? "" : "+", area->code);
    buf_puts(&cells->names, first ? "" : "+");
    buf_escaped(&cells->names, view_of(area->name));
    buf_printf(&cells->json, "%s{\"area\":\"%s\",\"name\":", first ? "" : ",", area->code);
    buf_json(&cells->json, view_of(area->name));
    buf_puts(&cells->json, "}");
    return 0;
}

static void cells_deinit(struct areas_cells *cells)
{
    buf_deinit(&cells->codes);
    buf_deinit(&cells->names);
    buf_deinit(&cells->json);
}

/* A cell of one text for people, and of another one for programs. */
static void list_cell(struct listing *list, const struct buf *plain, const char *value)
{
    CLEANUP(buf_deinit) struct buf json;
    buf_init(&json, 1024);
    buf_json(&json, view_of(value));
    listing_json(list, plain->len ? plain->text : "-", value[0] ? json.text : "null");
}

int contact_list_areas(struct listing *list, struct store *store, const struct contact *contact, struct error *error)
{
    CLEANUP(cells_deinit) struct areas_cells cells;
    struct area area = {.name = ""};
    buf_init(&cells.codes, 1024);
    buf_init(&cells.names, 4096);
    buf_init(&cells.json, 8192);
    buf_puts(&cells.json, "[");
    int r = store_contact_areas(store, contact->id, add_area, &cells, error);
    if (r == 0 && contact->area_id)
        r = store_area_by_id(store, contact->area_id, &area, error);
    buf_puts(&cells.json, "]");
    if (r < 0)
        return r;
    list_cell(list, &cells.codes, contact->area_code);
    list_cell(list, &cells.names, area.name);
    listing_json(list, "", cells.json.text);
    return 0;
}

int contact_of_words(const struct box *box, const struct contact_words *words, struct contact *ret_contact,
                     struct contact_areas *ret_areas, struct error *error)
{
    ret_areas->n = 0;
    struct contact contact = {.state = CONTACT_ACTIVE};
    int r = read_name(words->name, &contact, error);
    if (!r)
        r = read_phone(words->phone, &contact, error);
    if (!r)
        r = read_locale(words->locale, &contact, error);
    if (!r)
        r = read_role(words->role, &contact, error);
    if (!r && words->area.at)
        r = contact_read_areas(box, words->area, &contact, ret_areas, error);
    if (!r)
        *ret_contact = contact;
    return r;
}

int contact_edit_words(const struct box *box, const struct contact_words *words, struct contact *contact,
                       struct contact_areas *ret_areas, struct error *error)
{
    ret_areas->n = 0;
    struct contact edited = *contact;
    int r = words->name.at ? read_name(words->name, &edited, error) : 0;
    if (!r && words->role.at)
        r = read_role(words->role, &edited, error);
    if (!r && words->area.at)
        r = contact_read_areas(box, words->area, &edited, ret_areas, error);
    if (!r && words->locale.at)
        r = read_locale(words->locale, &edited, error);
    if (!r)
        *contact = edited;
    return r;
}

int option_role(const struct ctl *ctl, enum contact_role *ret_role)
{
    const char *word = args_get(&ctl->args, "--role");
    enum contact_role role = word ? contact_role_parse(view_of(word)) : *ret_role;
    if (word && role == ROLE_COUNT)
        return ctl_usage(
            ctl, "--role %s is not a role; expected kpm, kader, kades, bidan, pendamping, tpps or operator", word);
    *ret_role = role;
    return 0;
}
