/*
 * Which posyandu a report is for where its message names one ("posyandu Melati 2: bumil 12"): the sender's own, or
 * another of his village. Never guessed: what is not exactly one of the village's names is asked back, and another
 * village is refused. A village without any posyandu in the database has none to be named: there the words say nothing.
 */
#ifndef KABAR_CORE_PLACE_H
#define KABAR_CORE_PLACE_H

#include "core/box.h"

enum {
    PLACE_CANDIDATES_MAX = 24, /* more are not named in an answer */
    PLACE_NAME_MAX = 4 * 32,
};

enum place_verdict {
    PLACE_OWN,      /* none is named */
    PLACE_NAMED,    /* one is: area */
    PLACE_UNKNOWN,  /* the village has no such posyandu; candidates: those it has */
    PLACE_WHICH,    /* the same, and some are like it; candidates: these */
    PLACE_SEVERAL,  /* two in one message; candidates: these */
    PLACE_ELSEWHERE /* another village, which exists */
};

struct place {
    enum place_verdict verdict;
    struct area area;    /* of PLACE_NAMED */
    struct area village; /* the sender's; of all but PLACE_OWN */
    struct view token;   /* of PLACE_UNKNOWN, _WHICH, _ELSEWHERE: the name typed */
    char candidates[PLACE_CANDIDATES_MAX][PLACE_NAME_MAX];
    size_t n_candidates;
};

/* A report with such a place is not stored. */
bool place_is_refused(const struct place *place);

/* own_id: the sender's village or posyandu. Reads the database only where the reading names a place. */
MUST_CHECK int place_find(const struct box *box, int64_t own_id, const struct reading *reading, struct place *ret_place,
                          struct error *error);

/* A posyandu's name without the word "Posyandu", fit to be sent. */
void place_name_write(const struct box *box, const char *name, char ret_text[PLACE_NAME_MAX]);

#endif
