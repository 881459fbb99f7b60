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
    char words[AREA_LETTERS_MAX];
    struct area_found *found;
    size_t n;
};

static int look_at_name(void *data, const struct area *area)
{
    struct named *named = data;
    char letters[AREA_LETTERS_MAX];
    (void)area_letters(view_of(area->name), letters, 0);
    if (strcmp(letters, named->words) != 0)
        return 0;
    named->found[named->n] = (struct area_found){.area = *area};
    return ++named->n == AREA_FOUND_MAX;
}

static int not_one(struct view words, const struct area_found *found, size_t n, struct error *error)
{
    enum { SHOWN_MAX = 40 };
    char codes[AREA_FOUND_MAX * (AREA_CODE_MAX + 2)] = "";
    size_t len = 0;
    for (size_t i = 0; i < n && len < sizeof codes; i++)
        len += (size_t)snprintf(codes + len, sizeof codes - len, "%s%s", i ? ", " : "", found[i].area.code);
    int shown = words.len > SHOWN_MAX ? SHOWN_MAX : (int)words.len;
    if (n == 0)
        return error_set(error, -ENOENT, "there is no area %.*s; type: kabarctl area list", shown, words.at);
    return error_set(error, -ENOENT, "there are several areas %.*s, give one's code: %s", shown, words.at, codes);
}

int area_find_one(const struct box *box, struct view words, struct area *ret_area, struct error *error)
{
    struct area_found found[AREA_FOUND_MAX];
    struct named named = {.found = found};
    size_t n = 0;
    if (area_code_level(words) != 0) {
        int r = store_area_by_code(box->store, words, ret_area, error);
        return r == -ENOENT ? not_one(words, found, 0, error) : r;
    }
    int result = area_find(box, NULL, words, found, &n, error);
    if (result == 0 && n == 0 && area_letters(words, named.words, 0) > 0) {
        result = store_area_list(box->store, NULL, look_at_name, &named, error);
        n = named.n;
    }
    if (result < 0)
        return result;
    if (n != 1)
        return not_one(words, found, n, error);
    *ret_area = found[0].area;
    return 0;
}
