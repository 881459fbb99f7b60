#include "core/area_find.h"

#include <stdio.h>
#include <string.h>

enum { LETTERS_MAX = 256 };

/* Only letters and digits, in lower case: "Wringin Anom" and "wringinanom" are the same words. */
static size_t add_letters(struct view text, char letters[LETTERS_MAX], size_t len)
{
    for (size_t i = 0; i < text.len && len + 1 < LETTERS_MAX; i++) {
        char c = text.at[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            letters[len++] = c;
    }
    letters[len] = '\0';
    return len;
}

struct search {
    char words[LETTERS_MAX], rest[LETTERS_MAX]; /* all that was typed; the same without its first word */
    char kecamatan[NAME_MAX_BYTES];
    struct area_found *found;
    size_t n;
};

static bool is_meant(const struct search *search, const char *words, const char *name)
{
    char both[LETTERS_MAX];
    size_t len = add_letters(view_of(name), both, 0);
    if (len == 0 || words[0] == '\0')
        return false;
    if (strcmp(both, words) == 0)
        return true;
    (void)add_letters(view_of(search->kecamatan), both, len);
    return strcmp(both, words) == 0;
}

static int look_at(void *data, const struct area *area)
{
    struct search *search = data;
    if (area->level == AREA_KECAMATAN) /* comes before its villages */
        (void)snprintf(search->kecamatan, sizeof search->kecamatan, "%s", area->name);
    if (area->level != AREA_DESA ||
        !(is_meant(search, search->words, area->name) || is_meant(search, search->rest, area->name)))
        return 0;
    struct area_found *found = &search->found[search->n++];
    found->area = *area;
    (void)snprintf(found->within, sizeof found->within, "%s", search->kecamatan);
    return search->n == AREA_FOUND_MAX;
}

int area_find(const struct box *box, const char *code, struct view words, struct area_found ret_found[AREA_FOUND_MAX],
              size_t *ret_n, struct error *error)
{
    struct search search = {.found = ret_found};
    const char *space = memchr(words.at, ' ', words.len);
    size_t first = space ? (size_t)(space - words.at) : words.len;
    (void)add_letters(words, search.words, 0);
    (void)add_letters((struct view){words.at + first, words.len - first}, search.rest, 0);
    int result = store_area_list(box->store, code, look_at, &search, error);
    if (result == 0)
        *ret_n = search.n;
    return result;
}
