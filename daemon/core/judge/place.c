/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/judge/place.h"

#include <stdio.h>

#include "core/judge/area_find.h"
#include "parsers/deliver.h"
#include "parsers/edit.h"
#include "settings/settings.h"

enum { POSYANDU_MAX = 100 }; /* their number has two digits */

struct search {
    const struct box *box;
    struct area posyandu[POSYANDU_MAX];
    size_t n;
    struct place *place;
    struct error *error;
};

bool place_is_refused(const struct place *place)
{
    switch (place->verdict) {
    case PLACE_OWN:
    case PLACE_NAMED:
        return false;
    case PLACE_UNKNOWN:
    case PLACE_WHICH:
    case PLACE_SEVERAL:
    case PLACE_ELSEWHERE:
    case PLACE_OF_WHICH:
        return true;
    }
    return true;
}

/* "Posyandu Mawar" → "Mawar" */
static struct view bare_name(const struct box *box, const char *name)
{
    const struct words *words = &box->settings->lang->posyandu;
    const char *space = strchr(name, ' ');
    char first[AREA_LETTERS_MAX];
    if (!space)
        return view_of(name);
    (void)area_letters((struct view){name, (size_t)(space - name)}, first, 0);
    for (size_t i = 0; i < words->n; i++) {
        if (strcmp(words->word[i], first) == 0)
            return view_of(space + 1);
    }
    return view_of(name);
}

void place_name_write(const struct box *box, const char *name, char ret_text[PLACE_NAME_MAX])
{
    (void)deliver_safe(bare_name(box, name), PLACE_NAME_MAX / 4, ret_text, PLACE_NAME_MAX);
}

/* ---- names ---- */

/* The name alone, or with its village behind. */
static bool is_named(const struct search *search, const struct area *posyandu, const char *letters)
{
    char name[AREA_LETTERS_MAX];
    size_t len = area_letters(bare_name(search->box, posyandu->name), name, 0);
    if (strcmp(name, letters) == 0)
        return true;
    (void)area_letters(view_of(search->place->village.name), name, len);
    return strcmp(name, letters) == 0;
}

/* One begins as the other does, or they are a typing error or two apart. */
static bool is_like(const struct search *search, const struct area *posyandu, const char *letters)
{
    char name[AREA_LETTERS_MAX];
    size_t len = area_letters(bare_name(search->box, posyandu->name), name, 0), typed = strlen(letters);
    size_t shorter = len < typed ? len : typed;
    return shorter > 0 && (memcmp(name, letters, shorter) == 0 ||
                           edit_distance(view_of(name), view_of(letters)) <= (shorter >= 8 ? 2 : 1));
}

/* The name without its last word, down to what is surely of it; false: there is no shorter one. */
static bool shorten(const struct place_named *named, struct view *name)
{
    size_t len = name->len;
    while (len > 0 && name->at[len - 1] != ' ')
        len--;
    while (len > 0 && name->at[len - 1] == ' ')
        len--;
    if (len == 0 || len < named->sure)
        return false;
    name->len = len;
    return true;
}

/* ---- one place ---- */

static void add_candidate(struct search *search, const struct area *area)
{
    struct place *place = search->place;
    if (place->n_candidates < PLACE_CANDIDATES_MAX)
        place_name_write(search->box, area->name, place->candidates[place->n_candidates++]);
}

static void refuse(struct search *search, enum place_verdict verdict, struct view token)
{
    search->place->verdict = verdict;
    search->place->token = token;
    search->place->n_candidates = 0;
}

static void take_posyandu(struct search *search, const struct area *area)
{
    struct place *place = search->place;
    if (place->verdict == PLACE_NAMED && place->area.id != area->id) {
        struct area first = place->area;
        refuse(search, PLACE_SEVERAL, (struct view){0});
        add_candidate(search, &first);
        add_candidate(search, area);
        return;
    }
    place->verdict = PLACE_NAMED;
    place->area = *area;
}

/* None is it: those that are like it, else all. */
static void ask_back(struct search *search, const struct place_named *named)
{
    char letters[AREA_LETTERS_MAX];
    struct view token = {named->name.at, named->sure};
    (void)area_letters(token, letters, 0);
    refuse(search, PLACE_WHICH, token);
    for (size_t i = 0; i < search->n; i++) {
        if (is_like(search, &search->posyandu[i], letters))
            add_candidate(search, &search->posyandu[i]);
    }
    if (search->place->n_candidates > 0)
        return;
    search->place->verdict = PLACE_UNKNOWN;
    for (size_t i = 0; i < search->n; i++)
        add_candidate(search, &search->posyandu[i]);
}

static void find_posyandu(struct search *search, const struct place_named *named)
{
    struct view name = named->name;
    size_t found = 0, last = 0;
    if (search->n == 0)
        return;
    do {
        char letters[AREA_LETTERS_MAX];
        (void)area_letters(name, letters, 0);
        for (size_t i = 0; i < search->n && letters[0]; i++) {
            if (is_named(search, &search->posyandu[i], letters)) {
                found++;
                last = i;
            }
        }
    } while (found == 0 && shorten(named, &name));
    if (found == 1)
        take_posyandu(search, &search->posyandu[last]);
    else if (found > 1 || named->sure > 0)
        ask_back(search, named);
}

/* The posyandu that the words are, or n. *ret_village: they are the village's name. */
static size_t exactly(const struct search *search, struct view name, bool *ret_village)
{
    char letters[AREA_LETTERS_MAX], village[AREA_LETTERS_MAX];
    size_t found = 0, last = search->n;
    (void)area_letters(view_of(search->place->village.name), village, 0);
    (void)area_letters(name, letters, 0);
    *ret_village = village[0] && strcmp(letters, village) == 0;
    bool word = letters[0] > '9' && !*ret_village;
    for (size_t i = 0; i < search->n && word; i++) {
        if (is_named(search, &search->posyandu[i], letters)) {
            found++;
            last = i;
        }
    }
    return found == 1 ? last : search->n;
}

/* Words before a name: none of them may be another's ("Melati, Mawar: bumil 12"). */
static void find_before(struct search *search, struct view words)
{
    bool village;
    for (size_t from = 0; from < words.len; from++) {
        for (size_t end = words.len; end > from && (from == 0 || words.at[from - 1] == ' '); end--) {
            size_t other = exactly(search, (struct view){words.at + from, end - from}, &village);
            if (other < search->n && !place_is_refused(search->place))
                take_posyandu(search, &search->posyandu[other]);
        }
    }
}

/* The words, or their end ("lapor Melati 2"), where they are exactly one posyandu's name and not the village's, too. */
static void find_bare(struct search *search, const struct place_named *named)
{
    struct view name = named->name;
    size_t found = search->n;
    bool village = false;
    while (name.len > 0 && (found = exactly(search, name, &village)) == search->n) {
        search->place->names_village |= village;
        const char *space = memchr(name.at, ' ', name.len);
        size_t skipped = space ? (size_t)(space - name.at) + 1 : name.len;
        name = (struct view){name.at + skipped, name.len - skipped};
    }
    if (found == search->n)
        return;
    take_posyandu(search, &search->posyandu[found]);
    find_before(search, (struct view){named->name.at, (size_t)(name.at - named->name.at)});
}

/* The villages of the own kabupaten with that name. */
static int villages_named(const struct search *search, struct view name, struct area_found found[AREA_FOUND_MAX],
                          size_t *ret_n)
{
    enum { KABUPATEN_LEN = 5 }; /* "35.12" */
    char kabupaten[AREA_CODE_MAX];
    (void)snprintf(kabupaten, sizeof kabupaten, "%.*s", KABUPATEN_LEN, search->place->village.code);
    return area_find(search->box, kabupaten, name, found, ret_n, search->error);
}

static void take_village(struct search *search, const struct area_found *found, size_t n, struct view name)
{
    bool own = false;
    for (size_t i = 0; i < n; i++)
        own |= found[i].area.id == search->place->village.id;
    search->place->names_village |= own;
    if (n > 0 && !own)
        refuse(search, PLACE_ELSEWHERE, name);
}

/* Only a village that exists is another one; other words are prose. */
static int find_village(struct search *search, const struct place_named *named)
{
    struct area_found found[AREA_FOUND_MAX];
    struct view name = named->name;
    size_t n = 0;
    int result;
    do {
        result = villages_named(search, name, found, &n);
    } while (result == 0 && n == 0 && shorten(named, &name));
    if (result == 0)
        take_village(search, found, n, name);
    return result;
}

/* "Buduan bumil 14", of a sender of Cemara: words that are all of another village's name. */
static int find_bare_village(struct search *search, const struct place_named *named)
{
    struct area_found found[AREA_FOUND_MAX];
    size_t n = 0;
    find_bare(search, named);
    if (search->place->verdict != PLACE_OWN || search->place->names_village)
        return 0;
    int result = villages_named(search, named->name, found, &n);
    if (result == 0)
        take_village(search, found, n, named->name);
    return result;
}

static int take_area(void *data, const struct area *area)
{
    struct search *search = data;
    if (area->level == AREA_POSYANDU && search->n < POSYANDU_MAX)
        search->posyandu[search->n++] = *area;
    return 0;
}

static int read_village(struct search *search, int64_t own_id)
{
    struct area *village = &search->place->village;
    int result = store_area_by_id(search->box->store, own_id, village, search->error);
    if (result == 0 && village->level == AREA_POSYANDU)
        result = store_area_by_id(search->box->store, village->parent_id, village, search->error);
    return result < 0 ? result : store_area_list(search->box->store, village->code, take_area, search, search->error);
}

static int find_one(struct search *search, const struct place_named *named)
{
    switch (named->kind) {
    case PLACE_POSYANDU:
        find_posyandu(search, named);
        return 0;
    case PLACE_VILLAGE:
        return find_village(search, named);
    case PLACE_BARE:
        return find_bare_village(search, named);
    case PLACE_TOGETHER:
        return 0;
    }
    return 0;
}

static size_t n_places(const struct reading *reading)
{
    return reading->n_places < READING_PLACES_MAX ? reading->n_places : READING_PLACES_MAX;
}

static void refuse_all(struct search *search)
{
    refuse(search, PLACE_SEVERAL, (struct view){0});
    for (size_t i = 0; i < search->n; i++)
        add_candidate(search, &search->posyandu[i]);
}

/* "gabungan posyandu Melati dan Mawar", "semua posyandu": the village's number, which none of them may send; "semua
 * posyandu mawar" is that one's. Behind the first form none may be named. */
static int find_together(struct search *search, const struct reading *reading, bool own_posyandu)
{
    struct place *place = search->place;
    struct area first = {.id = 0};
    bool several = false, behind = false, same_word = false;
    const char *together = NULL;
    for (size_t i = 0; i < n_places(reading); i++) {
        const struct place_named *named = &reading->places[i];
        together = named->kind == PLACE_TOGETHER ? named->said.at : together;
        place->verdict = PLACE_OWN;
        int result = find_one(search, named);
        if (result < 0 || place->verdict == PLACE_ELSEWHERE)
            return result;
        several |= place->verdict == PLACE_SEVERAL;
        if (place->verdict != PLACE_NAMED)
            continue;
        several |= first.id != 0 && first.id != place->area.id;
        behind |= reading->n_segments > 0 && named->said.at > reading->segments[0].token.at;
        same_word |= named->said.at == together;
        first = place->area;
    }
    place->verdict = PLACE_OWN;
    if (!several && same_word && !behind)
        take_posyandu(search, &first);
    else if (search->n > 0 && (own_posyandu || behind || (first.id != 0 && !several)))
        refuse_all(search);
    return 0;
}

static bool has_together(const struct reading *reading)
{
    for (size_t i = 0; i < n_places(reading); i++) {
        if (reading->places[i].kind == PLACE_TOGETHER)
            return true;
    }
    return false;
}

int place_find(const struct box *box, int64_t own_id, const struct reading *reading, struct place *ret_place,
               struct error *error)
{
    struct search search = {.box = box, .n = 0, .place = ret_place, .error = error};
    ret_place->verdict = PLACE_OWN;
    ret_place->names_village = false;
    ret_place->n_candidates = 0;
    if (reading->n_places == 0)
        return 0;
    int result = read_village(&search, own_id);
    if (result == 0 && has_together(reading))
        return find_together(&search, reading, own_id != ret_place->village.id);
    for (size_t i = 0; i < n_places(reading) && result == 0; i++) {
        result = find_one(&search, &reading->places[i]);
        if (place_is_refused(ret_place))
            return result;
    }
    if (result == 0 && reading->n_places > READING_PLACES_MAX && search.n > 0)
        refuse(&search, PLACE_SEVERAL, (struct view){0});
    return result;
}

int place_find_one(const struct box *box, int64_t own_id, const struct place_named *named, struct place *ret_place,
                   struct error *error)
{
    struct search search = {.box = box, .n = 0, .place = ret_place, .error = error};
    ret_place->verdict = PLACE_OWN;
    ret_place->names_village = false;
    ret_place->n_candidates = 0;
    int result = read_village(&search, own_id);
    return result < 0 ? result : find_one(&search, named);
}

bool place_begins_piece(struct view text, struct view said)
{
    const char *at = said.at;
    while (at > text.at && at[-1] == ' ')
        at--;
    return at == text.at || strchr(",.;:\n", at[-1]);
}

int place_heads(const struct box *box, int64_t own_id, struct view text, const struct reading *reading,
                struct view ret_heads[READING_PLACES_MAX], size_t *ret_n, struct error *error)
{
    struct place place = {.verdict = PLACE_OWN};
    struct search search = {.box = box, .n = 0, .place = &place, .error = error};
    int64_t last_id = 0;
    *ret_n = 0;
    int result = read_village(&search, own_id);
    for (size_t i = 0; i < n_places(reading) && result == 0; i++) {
        const struct place_named *named = &reading->places[i];
        place.verdict = PLACE_OWN;
        result = find_one(&search, named);
        if (*ret_n > 0 && place.verdict != PLACE_NAMED && named->kind == PLACE_BARE &&
            place_begins_piece(text, named->said)) {
            *ret_n = 0;
            return result;
        }
        if (place.verdict == PLACE_NAMED && place.area.id != last_id) {
            ret_heads[(*ret_n)++] = named->said;
            last_id = place.area.id;
        }
    }
    return result;
}

/* ---- one of several areas ---- */

/* How much a message says of one of them; only one may have the most. */
enum claim { CLAIM_ELSEWHERE, CLAIM_NOTHING, CLAIM_UNCLEAR, CLAIM_POSYANDU, CLAIM_VILLAGE };

static enum claim claim_of(const struct place *place)
{
    switch (place->verdict) {
    case PLACE_NAMED:
        return place->names_village ? CLAIM_VILLAGE : CLAIM_POSYANDU;
    case PLACE_OWN:
        return place->names_village ? CLAIM_VILLAGE : CLAIM_NOTHING;
    case PLACE_UNKNOWN:
    case PLACE_WHICH:
    case PLACE_SEVERAL:
        return CLAIM_UNCLEAR;
    case PLACE_ELSEWHERE:
    case PLACE_OF_WHICH:
        break;
    }
    return CLAIM_ELSEWHERE;
}

struct among {
    struct place place; /* of the area that the message says most of */
    enum claim claim;
    bool several;
};

static void take_claim(struct among *among, const struct place *place, const struct area *area)
{
    enum claim claim = claim_of(place);
    struct place taken = *place;
    if (taken.verdict == PLACE_OWN)
        taken.area = *area;
    if (claim < among->claim)
        return;
    bool same = claim == among->claim && claim >= CLAIM_POSYANDU && taken.area.id == among->place.area.id;
    /* A village and its own posyandu: the village's name means the village. */
    bool below = claim == among->claim && claim == CLAIM_VILLAGE && place->village.id == among->place.village.id;
    among->several = claim == among->claim && (among->several || !(same || below));
    if (claim > among->claim || (below && taken.area.level < among->place.area.level))
        among->place = taken;
    among->claim = claim;
}

void place_ask_which(const struct box *box, const struct area *areas, size_t n, struct place *ret_place)
{
    ret_place->verdict = PLACE_OF_WHICH;
    ret_place->n_candidates = 0;
    for (size_t i = 0; i < n && i < PLACE_CANDIDATES_MAX; i++)
        place_name_write(box, areas[i].name, ret_place->candidates[ret_place->n_candidates++]);
}

int place_find_among(const struct box *box, const struct area *areas, size_t n, const struct reading *reading,
                     struct place *ret_place, struct error *error)
{
    struct among among = {.claim = CLAIM_ELSEWHERE};
    for (size_t i = 0; i < n; i++) {
        int result = place_find(box, areas[i].id, reading, ret_place, error);
        if (result < 0)
            return result;
        take_claim(&among, ret_place, &areas[i]);
    }
    *ret_place = among.place;
    ret_place->names_village |= among.claim == CLAIM_ELSEWHERE;
    if (among.claim >= CLAIM_POSYANDU && !among.several)
        ret_place->verdict = PLACE_NAMED;
    else if (among.claim != CLAIM_UNCLEAR)
        place_ask_which(box, areas, n, ret_place);
    return 0;
}
