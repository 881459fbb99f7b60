/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <limits.h>

#include "reader.h"

/*
 * Which number belongs to which key. The keys and numbers of a message are steps; a way through them pairs each number
 * with the key before it or the key behind it, or leaves it to a word or to nothing, and every oddity has its price
 * (price.def). One pass from left to right finds the cheapest way to each step, one from right to left the cheapest
 * way on; together they say for each number what it costs to give it to each owner.
 */
enum price {
#define PRICE(name, price, reason) PRICE_##name = (price),
#include "price.def"
#undef PRICE
};

enum waits { WAITS_NOTHING, WAITS_KEY, WAITS_NUMBER, WAITS };
enum { TURNS = 2 }; /* state: of the last pair, whether its number came first */
enum { DEAR = INT_MAX / 4 };

static bool is_key(const struct item *item)
{
    return item->kind == ITEM_FORM || item->kind == ITEM_KEY ||
           (item->kind == ITEM_OTHER_KEY && !(item->mask & MEANS(UNIT)));
}

/* What stands between the item and the one before it. */
static uint32_t gap_before(const struct lexer *lexer, size_t *token, const struct item *item)
{
    while (*token < lexer->n_tokens && lexer->tokens[*token].start < item->start)
        ++*token;
    const struct token *t = &lexer->tokens[*token];
    return t->start == item->start ? t->gap & (GAP_LINE | GAP_SENTENCE | GAP_PIECE) : 0;
}

static bool is_same_key(const struct lexer *lexer, size_t i, size_t before)
{
    const struct item *a = &lexer->items[i], *b = &lexer->items[before];
    int key = a->kind == ITEM_FORM ? 0 : a->key, key_before = b->kind == ITEM_FORM ? 0 : b->key;
    return a->kind != ITEM_OTHER_KEY && b->kind != ITEM_OTHER_KEY && a->form == b->form && key == key_before;
}

/* A ? or - in the place of a value: behind a key, and no number comes. */
static bool stands_for_value(const struct lexer *lexer, size_t i)
{
    while (i < lexer->n_items && (lexer->items[i].kind == ITEM_MARK || lexer->items[i].kind == ITEM_FILLER))
        i++;
    return i == lexer->n_items || !is_value(&lexer->items[i]);
}

static void find_steps(struct reader_workspace *ws, size_t first)
{
    const struct lexer *lexer = &ws->lexer;
    struct step next = {.item = 0};
    size_t token = 0, last_key = lexer->n_items;
    bool marked = false;
    ws->n_steps = 0;
    for (size_t i = first; i < lexer->n_items; i++) {
        const struct item *item = &lexer->items[i];
        bool number = is_value(item), key = is_key(item);
        uint32_t gap = gap_before(lexer, &token, item);
        next.piece = next.piece || gap != 0;
        next.line = next.line || gap & (GAP_LINE | GAP_SENTENCE);
        if (item->kind == ITEM_WORD || item->kind == ITEM_NAME)
            next.word = next.words = true;
        else if (item->kind != ITEM_FILLER && item->kind != ITEM_MARK && !number)
            next.word = false;
        bool mark = item->kind == ITEM_MARK || item->kind == ITEM_AMOUNT || item->kind == ITEM_NOT_YET;
        if (mark && last_key < i && ws->n_steps > 0 && !ws->steps[ws->n_steps - 1].number)
            marked = stands_for_value(lexer, i);
        if (!number && !key)
            continue;
        if (key && last_key < i && is_same_key(lexer, i, last_key) &&
            (!ws->steps[ws->n_steps - 1].number || stands_for_value(lexer, i + 1)))
            continue;
        if (marked)
            ws->n_steps--;
        marked = false;
        last_key = key ? i : last_key;
        next.item = (uint16_t)i;
        next.start = item->start;
        next.end = item->end;
        next.number = number;
        next.zero = item->kind == ITEM_ZERO;
        next.total = item->kind == ITEM_FORM;
        next.guessed =
            item->flags & ITEM_GUESSED || (item->kind == ITEM_FORM && lexer->lexicon->set->forms[item->form].no_total);
        next.word = next.word && number;
        ws->steps[ws->n_steps++] = next;
        next = (struct step){.item = 0};
    }
    if (marked)
        ws->n_steps--;
}

/* A pair of two steps next to each other, the second of which is this. */
static int pair_price(const struct step *step, bool turned, int last_turned)
{
    int price = turned && !step->zero ? PRICE_TURNED : 0;
    price += !step->piece ? 0 : !turned ? PRICE_BREAK : step->line ? PRICE_LINE_TURNED : PRICE_BREAK_TURNED;
    price += step->words ? PRICE_WORDS : 0;
    return turned == last_turned ? price : price + (step->after_piece ? PRICE_TURN_AT_BREAK : PRICE_TURN);
}

static int alone_price(const struct step *step)
{
    return step->guessed ? 0 : step->total ? PRICE_NO_TOTAL : step->number ? PRICE_LEFT_OVER : PRICE_NO_VALUE;
}

struct move {
    int to;
    int turned;
    int price;
    int owner;  /* of the number that is decided: OWNER_ … */
    int number; /* 0: of this step, 1: of the one before; -1: none */
};

/* The moves at a step, from a state; at most 2. before: the step that waits. */
static size_t moves(const struct step *step, const struct step *before, int waits, int turned, struct move ret[3])
{
    size_t n = 0;
    int left = waits == WAITS_NOTHING ? 0 : alone_price(before);
    int number = waits == WAITS_NUMBER ? 1 : -1;
    if (step->number && step->word)
        ret[n++] = (struct move){WAITS_NOTHING, turned, left + PRICE_UNKNOWN, OWNER_WORD, 0};
    bool total = !(waits == WAITS_KEY && before->guessed);
    if (step->number && waits == WAITS_KEY && total)
        ret[n++] = (struct move){WAITS_NOTHING, 0, pair_price(step, false, turned), OWNER_BEFORE, 0};
    if (!step->number && waits == WAITS_NUMBER && !step->guessed)
        ret[n++] = (struct move){WAITS_NOTHING, 1, pair_price(step, true, turned), OWNER_BEHIND, 1};
    ret[n++] = (struct move){step->number ? WAITS_NUMBER : WAITS_KEY, turned, left, OWNER_NONE, number};
    return n;
}

static void forward(struct reader_workspace *ws)
{
    for (size_t w = 0; w < WAITS * TURNS; w++)
        ws->ways[0][w] = w == 0 ? 0 : DEAR;
    for (size_t i = 0; i < ws->n_steps; i++) {
        for (size_t w = 0; w < WAITS * TURNS; w++)
            ws->ways[i + 1][w] = DEAR;
        for (int from = 0; from < WAITS * TURNS; from++) {
            struct move move[3];
            size_t n = ws->ways[i][from] >= DEAR
                           ? 0
                           : moves(&ws->steps[i], i == 0 ? NULL : &ws->steps[i - 1], from / TURNS, from % TURNS, move);
            for (size_t m = 0; m < n; m++) {
                int *way = &ws->ways[i + 1][move[m].to * TURNS + move[m].turned];
                int price = ws->ways[i][from] + move[m].price;
                *way = price < *way ? price : *way;
            }
        }
    }
}

/* From the end back: the cheapest way on from each state, and with it the price of each owner of each number. */
static void backward(struct reader_workspace *ws)
{
    int on[WAITS * TURNS], next[WAITS * TURNS];
    for (int w = 0; w < WAITS * TURNS; w++)
        on[w] = w / TURNS == WAITS_NOTHING || ws->n_steps == 0 ? 0 : alone_price(&ws->steps[ws->n_steps - 1]);
    if (ws->n_steps > 0 && ws->steps[ws->n_steps - 1].number) {
        for (int t = 0; t < TURNS; t++) {
            int price = ws->ways[ws->n_steps][WAITS_NUMBER * TURNS + t] + on[WAITS_NUMBER * TURNS + t];
            int *owner = &ws->steps[ws->n_steps - 1].owner[OWNER_NONE];
            *owner = price < *owner ? price : *owner;
        }
    }
    for (size_t i = ws->n_steps; i-- > 0;) {
        for (int from = 0; from < WAITS * TURNS; from++) {
            struct move move[3];
            next[from] = DEAR;
            if (ws->ways[i][from] >= DEAR)
                continue;
            size_t n = moves(&ws->steps[i], i == 0 ? NULL : &ws->steps[i - 1], from / TURNS, from % TURNS, move);
            for (size_t m = 0; m < n; m++) {
                int way = move[m].price + on[move[m].to * TURNS + move[m].turned];
                next[from] = way < next[from] ? way : next[from];
                if (move[m].number < 0)
                    continue;
                int *owner = &ws->steps[i - (size_t)move[m].number].owner[move[m].owner];
                *owner = ws->ways[i][from] + way < *owner ? ws->ways[i][from] + way : *owner;
            }
        }
        memcpy(on, next, sizeof on);
    }
}

/* The owner that the cheapest reading gives, and how much the next one costs more. */
static enum owner cheapest(const struct step *step, int *ret_margin)
{
    int best = OWNER_NONE;
    *ret_margin = DEAR;
    for (int o = 0; o < OWNERS; o++)
        best = step->owner[o] < step->owner[best] ? o : best;
    for (int o = 0; o < OWNERS; o++) {
        int more = step->owner[o] - step->owner[best];
        if (o != best && more < *ret_margin)
            *ret_margin = more;
    }
    return (enum owner)best;
}

/* Brings a number behind the key that it stands before, with the small words between. */
static void put_behind(struct item *items, size_t number, size_t key)
{
    struct item moved = items[number];
    memmove(items + number, items + number + 1, (key - number) * sizeof *items);
    items[key] = moved;
    items[key].flags |= ITEM_TURNED;
}

bool read_order(struct reader_workspace *ws, size_t first)
{
    bool sure = true;
    find_steps(ws, first);
    for (size_t i = 0; i < ws->n_steps; i++) {
        for (int o = 0; o < OWNERS; o++)
            ws->steps[i].owner[o] = DEAR;
        ws->steps[i].after_piece = ws->steps[i].piece || (i > 0 && ws->steps[i - 1].piece) || i == 0;
    }
    forward(ws);
    backward(ws);
    bool turned = false;
    for (size_t i = 0; i < ws->n_steps; i++) {
        struct step *step = &ws->steps[i];
        int margin;
        if (!step->number)
            continue;
        enum owner owner = cheapest(step, &margin);
        step->margin = margin;
        step->best = owner;
        struct item *item = &ws->lexer.items[step->item];
        bool keys = step->owner[OWNER_BEFORE] < DEAR && step->owner[OWNER_BEHIND] < DEAR;
        int between = step->owner[OWNER_BEFORE] - step->owner[OWNER_BEHIND];
        between = between < 0 ? -between : between;
        bool inline_turn = owner == OWNER_BEHIND && !turned && !step->after_piece;
        turned = owner == OWNER_BEHIND;
        between = owner == OWNER_BEHIND && margin < between ? margin : between;
        bool key_behind = i + 1 < ws->n_steps && !ws->steps[i + 1].number;
        if (item->flags & ITEM_SPLITS && owner == OWNER_BEFORE && key_behind &&
            (i + 2 == ws->n_steps || !ws->steps[i + 2].number)) {
            item->flags |= ITEM_DOUBTED; /* "dua puluh satu kek": 21, or 20 and KEK 1 */
            sure = false;
        }
        if (step->zero || owner == OWNER_WORD || (!keys && owner != OWNER_BEHIND) ||
            (between >= PRICE_MARGIN && !inline_turn))
            continue;
        item->flags |= between < PRICE_LIKELY ? ITEM_DOUBTED : ITEM_DOUBTED | ITEM_LIKELY;
        sure = false;
    }
    for (size_t i = 0; i + 1 < ws->n_steps; i++) {
        const struct step *step = &ws->steps[i];
        if (step->number && !step->zero && step->best == OWNER_BEHIND)
            put_behind(ws->lexer.items, step->item, ws->steps[i + 1].item);
    }
    return sure;
}

struct turns {
    struct reader_workspace *ws;
    const struct item *value; /* waits for its key */
    size_t words;
};

/* A form keyword or key with the value before it. False: none stands there. */
static bool take_key(struct turns *turns, const struct item *item)
{
    struct reader_workspace *ws = turns->ws;
    bool form = item->kind == ITEM_FORM;
    if (form && ws->lexer.lexicon->set->forms[item->form].no_total)
        return turns->value == NULL && section_open(ws, item) != NULL;
    if (turns->value == NULL || (ws->n_sections == 0 && !form))
        return false;
    int key = item->kind == ITEM_KEY ? item->key : form ? 0 : -1;
    if (form) {
        struct section *section = section_open(ws, item);
        if (section == NULL)
            return false;
        section->words_before = turns->words;
    }
    struct mention *mention = mention_add(ws, key, item);
    mention->corrected = item->flags & ITEM_CORRECTED;
    mention_value(mention, turns->value);
    if (key < 0)
        mention->outcome = OUTCOME_UNKNOWN;
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
    case ITEM_AMOUNT:
    case ITEM_NOT_YET:
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

bool reader_phrase(const struct reader_workspace *workspace, size_t i, struct reader_phrase *ret_phrase)
{
    static const char *const kinds[ITEM_KINDS] = {
        [ITEM_FORM] = "form",       [ITEM_KEY] = "key",           [ITEM_OTHER_KEY] = "other form's key",
        [ITEM_NUMBER] = "number",   [ITEM_BAD] = "bad value",     [ITEM_ZERO] = "zero",
        [ITEM_YEAR] = "year",       [ITEM_PERIOD] = "month",      [ITEM_DATE] = "date or term",
        [ITEM_UNIT] = "unit",       [ITEM_FILLER] = "filler",     [ITEM_TITLE] = "title",
        [ITEM_NAME] = "name",       [ITEM_GREETING] = "greeting", [ITEM_COURTESY] = "courtesy",
        [ITEM_WORD] = "word",       [ITEM_MARK] = "mark",         [ITEM_AMOUNT] = "amount or age",
        [ITEM_NOT_YET] = "not yet",
    };
    const struct lexer *lexer = &workspace->lexer;
    if (lexer->n_tokens == 0 || i >= lexer->n_items)
        return false;
    const struct item *item = &lexer->items[i];
    bool key = item->kind == ITEM_KEY || item->kind == ITEM_OTHER_KEY;
    *ret_phrase = (struct reader_phrase){
        .kind = item->flags & ITEM_GUESSED ? "form, not typed" : kinds[item->kind],
        .token = folded_view(&lexer->folded, item->start, item->end),
        .form = key || item->kind == ITEM_FORM ? item->form : -1,
        .key = key ? item->key : -1,
    };
    return true;
}

bool reader_price(const struct reader_workspace *workspace, size_t i, struct reader_price *ret_price)
{
    const struct folded *folded = &workspace->lexer.folded;
    const struct step *steps = workspace->steps;
    size_t at = 0, n = workspace->n_steps;
    for (; at < n && (!steps[at].number || i-- > 0); at++)
        ;
    if (at >= n)
        return false;
    *ret_price = (struct reader_price){.number = folded_view(folded, steps[at].start, steps[at].end),
                                       .best = (int)steps[at].best};
    for (int o = 0; o < OWNERS; o++)
        ret_price->price[o] = steps[at].owner[o] < DEAR ? steps[at].owner[o] : -1;
    if (at > 0)
        ret_price->before = folded_view(folded, steps[at - 1].start, steps[at - 1].end);
    if (at + 1 < n)
        ret_price->behind = folded_view(folded, steps[at + 1].start, steps[at + 1].end);
    return true;
}
