/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reader.h"

struct section *section_open(struct reader_workspace *ws, const struct item *form)
{
    if (ws->n_sections == SECTIONS_MAX) {
        ws->too_many = true;
        return NULL;
    }
    struct section *section = &ws->sections[ws->n_sections++];
    *section = (struct section){.form = form->form,
                                .first = ws->n_mentions,
                                .period = {.said = PERIOD_NOT_SAID, .month = MONTH_NONE},
                                .start = form->start,
                                .end = form->end,
                                .begins = form->flags & ITEM_BEGINS,
                                .corrected = form->flags & ITEM_CORRECTED,
                                .guessed = form->flags & ITEM_GUESSED && !(form->flags & ITEM_OWNER),
                                .merged_into = -1};
    return section;
}

struct mention *mention_add(struct reader_workspace *ws, int key, const struct item *item)
{
    struct mention *mention = &ws->mentions[ws->n_mentions++];
    *mention = (struct mention){.key = (int16_t)key,
                                .outcome = OUTCOME_MISSING,
                                .of = -1,
                                .start = item->start,
                                .end = item->end,
                                .near = {-1, -1}};
    ws->sections[ws->n_sections - 1].n++;
    return mention;
}

void mention_value(struct mention *mention, const struct item *value)
{
    mention->outcome = value->kind == ITEM_BAD         ? OUTCOME_BAD
                       : value->flags & ITEM_AMBIGUOUS ? OUTCOME_AMBIGUOUS
                                                       : OUTCOME_GOOD;
    mention->value = value->value;
    mention->of = value->of;
    mention->value_start = value->start;
    mention->value_end = value->end;
}

void period_add(struct said *said, const struct item *item)
{
    bool bad = item->kind == ITEM_YEAR || item->value == MONTH_NONE;
    if (said->said == PERIOD_BAD || (said->said == PERIOD_SAID && !bad && said->month == item->value))
        return;
    if (said->said == PERIOD_NOT_SAID) {
        said->start = item->start;
        said->month = item->value;
    }
    said->end = item->end;
    if (bad || said->said == PERIOD_SAID) {
        said->said = PERIOD_BAD;
        said->month = MONTH_NONE;
    } else {
        said->said = PERIOD_SAID;
    }
}

bool is_value(const struct item *item)
{
    return item->kind == ITEM_NUMBER || item->kind == ITEM_BAD || item->kind == ITEM_ZERO;
}

/* What stands before the first form keyword (docs/grammar.md, 5). */
enum opening {
    OPENING_PLAIN,       /* nothing of weight */
    OPENING_VALUE,       /* a number directly before it, nothing else before that */
    OPENING_OTHER_VALUE, /* a number directly before it that other words may own */
    OPENING_YEAR,        /* a two-digit number that may be the year of the month before it */
    OPENING_KEY          /* a key with a value */
};

/* A key, not merely a word that is a unit too ("RT 04"), with a value beside it. */
static bool is_key_before(const struct lexer *lexer, size_t i, size_t first)
{
    const struct item *items = lexer->items;
    if (items[i].kind != ITEM_OTHER_KEY || items[i].mask & MEANS(UNIT))
        return false;
    size_t behind = i + 1;
    while (behind < first && (items[behind].kind == ITEM_FILLER || items[behind].kind == ITEM_MARK))
        behind++;
    return (behind < first && is_value(&items[behind])) || (i > 0 && is_value(&items[i - 1]));
}

/*
 * "timbang anak 40": a key directly before the form keyword, and nothing but one number in all: the key's or the
 * total's? Where more keys follow, the word was a heading ("Laporan kunjungan rumah: bumil 12 k4 3").
 */
static bool is_number_of_either(const struct reader_workspace *ws, size_t first)
{
    const struct item *items = ws->lexer.items;
    while (first > 0 && (items[first - 1].kind == ITEM_FILLER || items[first - 1].kind == ITEM_MARK))
        first--;
    if (first == 0 || items[first - 1].kind != ITEM_OTHER_KEY || items[first - 1].mask & MEANS(UNIT))
        return false;
    return ws->n_sections == 1 && ws->sections[0].n == 1 && ws->mentions[ws->sections[0].first].key == 0;
}

static enum opening opening_of(const struct reader_workspace *ws, size_t first)
{
    const struct item *items = ws->lexer.items;
    size_t number = first;
    for (size_t i = 0; i < first; i++) {
        if (is_key_before(&ws->lexer, i, first))
            return OPENING_KEY;
    }
    while (number > 0 && (items[number - 1].kind == ITEM_UNIT || items[number - 1].kind == ITEM_MARK))
        number--;
    if (number > 0 && items[number - 1].flags & ITEM_BARE_DAY)
        return OPENING_OTHER_VALUE;
    if (number == 0 || !is_value(&items[number - 1]))
        return OPENING_PLAIN;
    number--;
    if (items[number].kind == ITEM_NUMBER && items[number].flags & ITEM_BEHIND_MONTH)
        return OPENING_YEAR;
    if (items[number].kind == ITEM_ZERO)
        return OPENING_OTHER_VALUE;
    for (size_t i = 0; i < number; i++) {
        enum item_kind kind = items[i].kind;
        if (kind != ITEM_PERIOD && kind != ITEM_DATE && kind != ITEM_GREETING && kind != ITEM_TITLE &&
            kind != ITEM_MARK)
            return is_value(&items[i]) ? OPENING_VALUE : OPENING_OTHER_VALUE;
    }
    return OPENING_VALUE;
}

static void opening_period(struct reader_workspace *ws, size_t first)
{
    ws->period = (struct said){.said = PERIOD_NOT_SAID, .month = MONTH_NONE};
    for (size_t i = 0; i < first; i++) {
        if (ws->lexer.items[i].kind == ITEM_PERIOD || ws->lexer.items[i].kind == ITEM_YEAR)
            period_add(&ws->period, &ws->lexer.items[i]);
    }
}

/* The number directly before the first form is the year of the month that it stands behind. */
static void take_year(struct reader_workspace *ws, size_t first)
{
    const struct item *number = &ws->lexer.items[first];
    while (number->kind != ITEM_NUMBER)
        number--;
    if (ws->period.said == PERIOD_SAID)
        ws->period.month = (2000 + (int)number->value) * 12 + ws->period.month % 12;
    ws->period.end = number->end;
}

static void read_report(struct reader_workspace *ws, size_t first, struct reading *reading)
{
    enum opening opening = opening_of(ws, first);
    opening_period(ws, first);
    lex_leading_months(&ws->lexer, first);
    bool value_first = opening == OPENING_VALUE && read_value_first(ws, 0);
    if (!value_first) {
        (void)read_order(ws, first);
        read_fields(ws, first);
    }
    bool ambiguous = opening == OPENING_KEY || (opening == OPENING_VALUE && !value_first) ||
                     ((opening == OPENING_OTHER_VALUE || opening == OPENING_YEAR) && ws->ends_in_key) ||
                     (opening == OPENING_PLAIN && is_number_of_either(ws, first));
    if (opening == OPENING_YEAR && !ambiguous)
        take_year(ws, first);
    read_close(ws, ambiguous, reading);
}

static bool says_without_words(const struct reader_workspace *ws, struct reading *reading)
{
    const struct folded *folded = &ws->lexer.folded;
    const struct words *courtesy = &ws->lexer.lexicon->lang->courtesy;
    if (memchr(folded->at, '?', folded->len) != NULL) {
        reading->kind = READING_COMMAND;
        reading->command = COMMAND_HELP;
        return true;
    }
    for (size_t i = 0; i < courtesy->n; i++) {
        struct view sign = view_of(courtesy->word[i]);
        if ((unsigned char)sign.at[0] >= 0x80 && folded->text.len >= sign.len) {
            for (size_t at = 0; at + sign.len <= folded->text.len; at++) {
                if (memcmp(folded->text.at + at, sign.at, sign.len) == 0) {
                    reading->kind = READING_CHAT;
                    return true;
                }
            }
        }
    }
    return false;
}

static void start_reading(struct reading *reading, struct view text)
{
    reading->kind = READING_UNKNOWN;
    reading->command = COMMAND_NONE;
    reading->command_doubtful = false;
    reading->answer = ANSWER_NONE;
    reading->answer_number = -1;
    reading->answer_month = false;
    reading->answer_not = false;
    reading->period = (struct period_mention){PERIOD_NOT_SAID, MONTH_NONE, {text.at, 0}};
    reading->refers = false;
    reading->asks = false;
    reading->asks_form = -1;
    reading->asks_key = -1;
    reading->emergency = false;
    reading->remark = (struct view){text.at, 0};
    reading->remark_form = -1;
    reading->argument = (struct view){text.at, 0};
    reading->command_form = -1;
    reading->command_quarter = QUARTER_NOT_SAID;
    reading->n_segments = 0;
    reading->n_notes = 0;
    reading->n_places = 0;
    reading->too_long = false;
}

/* What the message says of itself beside its data: an answer that it begins with, that it goes on from another, its
 * month. */
static void read_manner(const struct reader_workspace *ws, struct reading *reading)
{
    const struct lexer *lexer = &ws->lexer;
    struct said said = {.said = PERIOD_NOT_SAID, .month = MONTH_NONE};
    for (size_t i = 0; i < lexer->n_items; i++) {
        const struct item *item = &lexer->items[i];
        bool form = item->kind == ITEM_FORM || item->kind == ITEM_KEY;
        if (i == 0 && !form && item->mask & MEANS(COMMAND))
            reading->answer = item->command == COMMAND_YES  ? ANSWER_YES
                              : item->command == COMMAND_NO ? ANSWER_NO
                                                            : ANSWER_NONE;
        else if (i == 0 && item->mask & MEANS(NOT_THIS))
            reading->answer = ANSWER_NO;
        reading->refers = reading->refers || (!form && item->mask & MEANS(REFERS));
        if (item->kind == ITEM_PERIOD)
            period_add(&said, item);
    }
    reading->period.said = said.said;
    reading->period.month = said.month;
    if (said.said != PERIOD_NOT_SAID)
        reading->period.token = folded_view(&lexer->folded, said.start, said.end);
}

static void read_items(struct reader_workspace *ws, struct reading *reading)
{
    size_t first = 0;
    read_roles(&ws->lexer);
    read_manner(ws, reading);
    read_owners(&ws->lexer);
    while (first < ws->lexer.n_items && ws->lexer.items[first].kind != ITEM_FORM)
        first++;
    if (first < ws->lexer.n_items)
        read_report(ws, first, reading);
    if (ws->too_many) {
        reading->too_long = true;
        reading->n_segments = 0;
    }
    reading->kind = reading->n_segments > 0 ? READING_REPORT : READING_UNKNOWN;
    if (!ws->too_many)
        read_talk(ws, reading);
    if (reading->n_segments == 0 && reading->kind == READING_REPORT)
        reading->kind = READING_UNKNOWN;
    if (reading->kind == READING_REPORT)
        read_places(&ws->lexer, reading);
    if (first == ws->lexer.n_items)
        read_notes(ws, reading);
}

size_t reader_workspace_size(void)
{
    return sizeof(struct reader_workspace);
}

void reader_read(const struct lexicon *lexicon, struct view text, struct day today,
                 const struct reader_context *context, struct reader_workspace *workspace, struct reading *ret_reading)
{
    static const struct reader_context none = {.form = -1, .month = MONTH_NONE};
    struct lexer *lexer = &workspace->lexer;
    start_reading(ret_reading, text);
    lexer->n_tokens = lexer->n_items = workspace->n_steps = 0;
    if (text.len > TEXT_MAX) {
        ret_reading->too_long = true;
        return;
    }
    workspace->mentions = workspace->mention_room;
    workspace->too_many = false;
    workspace->context = context == NULL ? none : *context;
    lexer->lexicon = lexicon;
    lexer->context_form = workspace->context.form;
    lexer->today = today;
    lexer->folded.at = workspace->folded;
    lexer->folded.from = workspace->from;
    lexer->tokens = workspace->tokens;
    lexer->tails = workspace->tails;
    lexer->items = workspace->items;
    fold(text, &lexicon->lang->spaces, &lexer->folded);
    lexer->n_tokens = tokens_cut(&lexer->folded, lexer->tokens);
    if (lexer->n_tokens == 0) {
        if (!says_without_words(workspace, ret_reading))
            ret_reading->kind = READING_EMPTY;
        return;
    }
    lexer->n_guesses = 0;
    read_remark(lexer, ret_reading);
    lex(lexer);
    if (!read_command(workspace, ret_reading) && !read_wish(workspace, ret_reading)) {
        if (read_guess(workspace))
            lex(lexer);
        read_items(workspace, ret_reading);
    }
}

const char *problem_code_to_string(enum problem_code code)
{
    static const char *const names[PROBLEM_COUNT] = {
        [PROBLEM_UNKNOWN_KEY] = "unknown_key",
        [PROBLEM_MISSING_VALUE] = "missing_value",
        [PROBLEM_BAD_VALUE] = "bad_value",
        [PROBLEM_DUPLICATE_KEY] = "duplicate_key",
        [PROBLEM_AMBIGUOUS_KEY] = "ambiguous_key",
        [PROBLEM_RULE] = "rule",
        [PROBLEM_BAD_PERIOD] = "bad_period",
        [PROBLEM_FUTURE_PERIOD] = "future_period",
        [PROBLEM_TOO_OLD] = "too_old",
        [PROBLEM_NOT_ALLOWED] = "not_allowed",
    };
    return names[code];
}

const char *reading_kind_to_string(enum reading_kind kind)
{
    static const char *const names[] = {
        [READING_REPORT] = "report", [READING_COMMAND] = "command", [READING_CHAT] = "chat",
        [READING_NOTE] = "note",     [READING_EMPTY] = "empty",     [READING_UNKNOWN] = "unknown",
    };
    return names[kind];
}

const char *question_to_string(enum question question)
{
    static const char *const names[QUESTION_COUNT] = {
        [QUESTION_JUMP] = "jump",     [QUESTION_FORM] = "form",     [QUESTION_TALK] = "talk",
        [QUESTION_CHANGE] = "change", [QUESTION_PERIOD] = "period", [QUESTION_ORDER] = "order",
        [QUESTION_AREA] = "area",
    };
    return names[question];
}

const char *command_to_string(enum command command)
{
    static const char *const names[COMMAND_COUNT] = {
        [COMMAND_SCORE] = "score",   [COMMAND_STATUS] = "status", [COMMAND_HELP] = "help",
        [COMMAND_CANCEL] = "cancel", [COMMAND_YES] = "yes",       [COMMAND_NO] = "no",
    };
    return names[command];
}
