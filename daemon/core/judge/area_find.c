/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/judge/area_find.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "parsers/edit.h"
#include "settings/settings.h"

size_t area_letters(struct view text, char letters[AREA_LETTERS_MAX], size_t len)
{
    for (size_t i = 0; i < text.len && len + 1 < AREA_LETTERS_MAX; i++) {
        char c = text.at[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || is_digit(c))
            letters[len++] = c;
    }
    letters[len] = '\0';
    return len;
}

struct search {
    char words[AREA_LETTERS_MAX];                         /* all that was typed */
    char rest[AREA_LETTERS_MAX], names[AREA_LETTERS_MAX]; /* without its first word; without "desa", "kec" … */
    char kecamatan[NAME_MAX_BYTES];
    struct area_found *found;
    size_t n;
    int rank; /* of those found so far; what has more is not looked at */
};

/* What was typed goes before what is left of it: "Cemara Suboh" is Cemara in Suboh, not Suboh. */
static int rank_of(int errors, bool is_whole)
{
    return 2 * errors + !is_whole;
}

/* Typing errors that a word of so many letters may have. */
static int allowed_errors(size_t letters)
{
    enum { ONE_FROM = 4, TWO_FROM = 8 };
    return letters >= TWO_FROM ? 2 : letters >= ONE_FROM ? 1 : 0;
}

static int errors_between(const char *words, const char *name)
{
    size_t words_len = strlen(words), name_len = strlen(name);
    if (strcmp(words, name) == 0)
        return 0;
    int errors = edit_distance(view_of(words), view_of(name));
    return errors <= allowed_errors(words_len < name_len ? words_len : name_len) ? errors : EDIT_FAR;
}

/* How far the words are from the name, or the name and its kecamatan. */
static int distance(const struct search *search, const char *words, const char *name)
{
    char both[AREA_LETTERS_MAX];
    size_t len = area_letters(view_of(name), both, 0);
    if (len == 0 || words[0] == '\0')
        return EDIT_FAR;
    int errors = errors_between(words, both);
    (void)area_letters(view_of(search->kecamatan), both, len);
    int longer = errors_between(words, both);
    return longer < errors ? longer : errors;
}

static int look_at(void *data, const struct area *area)
{
    struct search *search = data;
    if (area->level == AREA_KECAMATAN) /* comes before its villages */
        (void)snprintf(search->kecamatan, sizeof search->kecamatan, "%s", area->name);
    if (area->level != AREA_DESA)
        return 0;
    int rest = distance(search, search->rest, area->name), names = distance(search, search->names, area->name);
    int part = rank_of(rest < names ? rest : names, false);
    int rank = rank_of(distance(search, search->words, area->name), true);
    if (part < rank)
        rank = part;
    if (rank > search->rank || (rank == search->rank && search->n == AREA_FOUND_MAX))
        return 0;
    if (rank < search->rank)
        search->n = 0;
    search->rank = rank;
    struct area_found *found = &search->found[search->n++];
    found->area = *area;
    (void)snprintf(found->within, sizeof found->within, "%s", search->kecamatan);
    return 0;
}

static bool is_among(struct view word, const struct words *words)
{
    char letters[AREA_LETTERS_MAX];
    (void)area_letters(word, letters, 0);
    for (size_t i = 0; i < words->n; i++) {
        if (strcmp(words->word[i], letters) == 0)
            return true;
    }
    return false;
}

static void leave_names(const struct box *box, struct view words, char ret_letters[AREA_LETTERS_MAX])
{
    const struct lang *lang = box->settings->lang;
    size_t len = 0;
    ret_letters[0] = '\0';
    for (size_t at = 0, end; at < words.len; at = end + 1) {
        const char *space = memchr(words.at + at, ' ', words.len - at);
        end = space ? (size_t)(space - words.at) : words.len;
        struct view word = {words.at + at, end - at};
        if (!is_among(word, &lang->village) && !is_among(word, &lang->no_place))
            len = area_letters(word, ret_letters, len);
    }
}

static int find(const struct box *box, const char *code, struct view words, int errors,
                struct area_found ret_found[AREA_FOUND_MAX], size_t *ret_n, struct error *error)
{
    struct search search = {.found = ret_found, .rank = rank_of(errors, false)};
    const char *space = memchr(words.at, ' ', words.len);
    size_t first = space ? (size_t)(space - words.at) : words.len;
    (void)area_letters(words, search.words, 0);
    (void)area_letters((struct view){words.at + first, words.len - first}, search.rest, 0);
    leave_names(box, words, search.names);
    int result = store_area_list(box->store, code, look_at, &search, error);
    if (result == 0)
        *ret_n = search.n;
    return result;
}

int area_find(const struct box *box, const char *code, struct view words, struct area_found ret_found[AREA_FOUND_MAX],
              size_t *ret_n, struct error *error)
{
    return find(box, code, words, 0, ret_found, ret_n, error);
}

int area_find_near(const struct box *box, const char *code, struct view words,
                   struct area_found ret_found[AREA_FOUND_MAX], size_t *ret_n, struct error *error)
{
    return find(box, code, words, EDIT_FAR - 1, ret_found, ret_n, error);
}

/* ---- for operators ---- */

struct named {
    const struct box *box;
    struct view code;              /* what was typed */
    char words[AREA_LETTERS_MAX];  /* its letters */
    enum area_level level;         /* that is said in front of the name, "kec Suboh"; 0: none is */
    char above[2][NAME_MAX_BYTES]; /* names of the kecamatan and the village that the list is in */
    struct area_found *found;
    size_t n;
};

static void add_found(struct named *named, const struct area *area)
{
    if (named->n == AREA_FOUND_MAX)
        return;
    struct area_found *found = &named->found[named->n++];
    found->area = *area;
    (void)snprintf(found->within, sizeof found->within, "%s",
                   area->level == AREA_DESA       ? named->above[0]
                   : area->level == AREA_POSYANDU ? named->above[1]
                                                  : "");
}

/* Comes before what is below it. */
static void note_above(struct named *named, const struct area *area)
{
    if (area->level == AREA_KECAMATAN || area->level == AREA_DESA)
        (void)snprintf(named->above[area->level - AREA_KECAMATAN], NAME_MAX_BYTES, "%s", area->name);
}

/* "Mawar" of "Posyandu Mawar". */
static const char *bare_of(const struct named *named, const struct area *area)
{
    const char *space = strchr(area->name, ' ');
    return area->level == AREA_POSYANDU && space &&
                   is_among((struct view){area->name, (size_t)(space - area->name)},
                            &named->box->settings->lang->posyandu)
               ? space + 1
               : area->name;
}

/* The name, or the name and that of the area above. */
static bool is_name(const struct named *named, const struct area *area, const char *name)
{
    char letters[AREA_LETTERS_MAX];
    size_t len = area_letters(view_of(name), letters, 0);
    if (len == 0 || strcmp(letters, named->words) == 0)
        return len > 0;
    if (area->level < AREA_DESA)
        return false;
    (void)area_letters(view_of(named->above[area->level - AREA_DESA]), letters, len);
    return strcmp(letters, named->words) == 0;
}

static int look_at_name(void *data, const struct area *area)
{
    struct named *named = data;
    note_above(named, area);
    if (named->level ? area->level != named->level : area->level == AREA_DESA)
        return 0;
    if (is_name(named, area, area->name) || is_name(named, area, bare_of(named, area)))
        add_found(named, area);
    return named->n == AREA_FOUND_MAX;
}

/* "03.2001" of 35.12.03.2001, or three letters and more of a name. */
static int look_at_part(void *data, const struct area *area)
{
    struct named *named = data;
    char letters[AREA_LETTERS_MAX];
    size_t len = strlen(area->code), part = named->code.len;
    bool ends = part < len && memcmp(area->code + len - part, named->code.at, part) == 0 &&
                strchr("./", area->code[len - part - 1]);
    (void)area_letters(view_of(area->name), letters, 0);
    note_above(named, area);
    if (ends || (strlen(named->words) >= 3 && strstr(letters, named->words)))
        add_found(named, area);
    return named->n == AREA_FOUND_MAX;
}

/* "kec", "kabupaten" …: which level the first word says, where more follow; *ret_rest: these. */
static enum area_level level_said(const struct box *box, struct view words, struct view *ret_rest)
{
    static const char *const names[AREA_DESA] = {[AREA_PROVINSI] = "province", "regency", "district"};
    enum { SHORTEST = 3 };
    const char *space = memchr(words.at, ' ', words.len);
    char first[AREA_LETTERS_MAX], level[AREA_LETTERS_MAX];
    *ret_rest = words;
    if (!space)
        return 0;
    size_t end = (size_t)(space - words.at), len = area_letters((struct view){words.at, end}, first, 0);
    for (int i = AREA_PROVINSI; i < AREA_DESA && len >= SHORTEST; i++) {
        const char *word = set_card_text(box_set(box, 0), names[i]);
        (void)area_letters(view_of(word ? word : ""), level, 0);
        if (strncmp(level, first, len) != 0)
            continue;
        *ret_rest = (struct view){space + 1, words.len - end - 1};
        return (enum area_level)i;
    }
    return 0;
}

static int by_names(const struct box *box, struct view words, area_each *each, struct area_found *found, size_t *ret_n,
                    struct error *error)
{
    struct named named = {.box = box, .code = words, .found = found};
    struct view rest;
    named.level = level_said(box, words, &rest);
    int result = area_letters(rest, named.words, 0) > 0 ? store_area_list(box->store, NULL, each, &named, error) : 0;
    *ret_n = named.n;
    return result;
}

int area_find_named(const struct box *box, struct view words, struct area_found ret_found[AREA_FOUND_MAX],
                    size_t *ret_n, struct error *error)
{
    struct view rest;
    int result = 0;
    *ret_n = 0;
    if (area_code_level(words) != 0) {
        result = store_area_by_code(box->store, words, &ret_found[0].area, error);
        ret_found[0].within[0] = '\0';
        *ret_n = result == 0;
        return result == -ENOENT ? 0 : result;
    }
    if (level_said(box, words, &rest) == 0)
        result = area_find(box, NULL, words, ret_found, ret_n, error);
    return result < 0 || *ret_n > 0 ? result : by_names(box, words, look_at_name, ret_found, ret_n, error);
}

int area_find_part(const struct box *box, struct view words, struct area_found ret_found[AREA_FOUND_MAX], size_t *ret_n,
                   struct error *error)
{
    int result = area_find_named(box, words, ret_found, ret_n, error);
    return result < 0 || *ret_n > 0 ? result : by_names(box, words, look_at_part, ret_found, ret_n, error);
}

int area_found_one(struct view words, const struct area_found *found, size_t n, struct area *ret_area,
                   struct error *error)
{
    enum { SHOWN_MAX = 40 };
    char list[AREA_FOUND_MAX * (AREA_CODE_MAX + SHOWN_MAX)] = "";
    size_t len = 0;
    int shown = words.len > SHOWN_MAX ? SHOWN_MAX : (int)words.len;
    if (n == 1) {
        *ret_area = found[0].area;
        return 0;
    }
    if (n == 0)
        return error_set(error, -ENOENT, "there is no area %.*s; type: kabarctl area list", shown, words.at);
    for (size_t i = 0; i < n && len < sizeof list; i++)
        len += (size_t)snprintf(list + len, sizeof list - len, found[i].within[0] ? "%s%s %.20s (%.15s)" : "%s%s %.20s",
                                i ? ", " : "", found[i].area.code, found[i].area.name, found[i].within);
    return error_set(error, -ENOENT, "there are several areas %.*s, give one's code: %s%s", shown, words.at, list,
                     n == AREA_FOUND_MAX ? " ..." : "");
}

int area_find_one(const struct box *box, struct view words, struct area *ret_area, struct error *error)
{
    struct area_found found[AREA_FOUND_MAX];
    size_t n = 0;
    int result = area_find_part(box, words, found, &n, error);
    return result < 0 ? result : area_found_one(words, found, n, ret_area, error);
}
