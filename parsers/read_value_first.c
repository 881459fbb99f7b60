/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reader.h"

struct turns {
    struct reader_workspace *ws;
    const struct item *value; /* waits for its key */
    size_t words;
};

/* A form keyword or key with the value before it. False: none stands there. */
static bool take_key(struct turns *turns, const struct item *item)
{
    struct reader_workspace *ws = turns->ws;
    if (turns->value == NULL || (ws->n_sections == 0 && item->kind != ITEM_FORM))
        return false;
    int key = item->kind == ITEM_KEY ? item->key : item->kind == ITEM_FORM ? 0 : -1;
    if (item->kind == ITEM_FORM) {
        struct section *section = section_open(ws, item);
        if (section == NULL)
            return false;
        section->words_before = turns->words;
    }
    struct mention *mention = mention_add(ws, key, item);
    mention->corrected = item->flags & ITEM_CORRECTED;
    if (key < 0)
        mention->outcome = OUTCOME_UNKNOWN;
    else
        mention_value(mention, turns->value);
    turns->value = NULL;
    return true;
}

static bool take_turn(struct turns *turns, const struct item *item)
{
    struct reader_workspace *ws = turns->ws;
    struct said *period = ws->n_sections == 0 ? &ws->period : &ws->sections[ws->n_sections - 1].period;
    switch ((enum item_kind)item->kind) {
    case ITEM_FORM:
    case ITEM_KEY:
    case ITEM_OTHER_KEY:
        return take_key(turns, item);
    case ITEM_NUMBER:
    case ITEM_BAD:
    case ITEM_ZERO:
        if (turns->value != NULL)
            return false;
        turns->value = item;
        return true;
    case ITEM_YEAR:
        period_add(period, item);
        return true;
    case ITEM_PERIOD:
        /* Before the first form it was read already. */
        if (ws->n_sections > 0)
            period_add(period, item);
        return true;
    case ITEM_WORD:
    case ITEM_NAME:
        turns->words += item->kind == ITEM_WORD;
        if (ws->n_sections > 0)
            ws->sections[ws->n_sections - 1].words_behind += item->kind == ITEM_WORD;
        return turns->value == NULL && !(item->flags & ITEM_EMBEDDED);
    case ITEM_TITLE:
    case ITEM_GREETING:
    case ITEM_COURTESY:
    case ITEM_DATE:
    case ITEM_UNIT:
    case ITEM_FILLER:
    case ITEM_MARK:
    case ITEM_KINDS:
        return true;
    }
    return true;
}

bool read_value_first(struct reader_workspace *ws, size_t first)
{
    struct turns turns = {.ws = ws};
    ws->n_sections = 0;
    ws->n_mentions = 0;
    ws->too_many = false;
    for (size_t i = first; i < ws->lexer.n_items; i++) {
        if (!take_turn(&turns, &ws->lexer.items[i]))
            return false;
    }
    return turns.value == NULL;
}
