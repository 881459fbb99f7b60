/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reader.h"

#include "edit.h"

struct commanded {
    enum command command;
    bool courtesy; /* anything polite was said */
    bool thanks;
    bool name;       /* a word behind a title */
    bool small;      /* words that say nothing by themselves */
    bool around;     /* words beside a cancel that no command has a place for */
    int number;      /* beside an answer, -1: none */
    bool taken_back; /* "bukan 120": it may be the one that is not meant */
    bool other;      /* something that no command has a place for */
    int form;
    int quarter;       /* 1-4, or 0, or QUARTER_BAD */
    size_t quarter_at; /* item */
    int year;          /* or 0 */
    int month;         /* a period named, or MONTH_NONE */
    size_t argument_start;
    size_t argument_end;
    const struct item *asked; /* a key behind BANTUAN */
};

/* A typing error in a word of skor, status or help; never in yes, no, cancel. */
static enum command mended_command(const struct reader_workspace *ws, const struct item *item)
{
    static const enum command mendable[] = {COMMAND_SCORE, COMMAND_STATUS, COMMAND_HELP};
    struct view word = {ws->lexer.folded.at + item->start, (size_t)(item->end - item->start)};
    enum command found = COMMAND_NONE;
    for (size_t c = 0; c < sizeof(mendable) / sizeof(mendable[0]); c++) {
        const struct words *words = &ws->lexer.lexicon->lang->commands[mendable[c]];
        for (size_t i = 0; i < words->n; i++) {
            struct view spelling = view_of(words->word[i]);
            size_t shorter = word.len < spelling.len ? word.len : spelling.len;
            if (shorter < 4 || edit_distance(word, spelling) > (shorter >= 8 ? 2 : 1))
                continue;
            if (found != COMMAND_NONE && found != mendable[c])
                return COMMAND_NONE;
            found = mendable[c];
        }
    }
    return found;
}

static void add_argument(struct commanded *said, const struct item *item)
{
    if (said->argument_end == 0)
        said->argument_start = item->start;
    said->argument_end = item->end;
}

/* What stands behind "TW": 3, III, or 3/26, which looks like a month of a year. False: a word, so no quarter at all. */
static bool quarter_part(const struct reader_workspace *ws, struct commanded *said, const struct item *item)
{
    static const char *const roman[] = {"i", "ii", "iii", "iv"};
    struct view word = {ws->lexer.folded.at + item->start, (size_t)(item->end - item->start)};
    int quarter = 0;
    for (int i = 0; i < 4 && item->kind != ITEM_NUMBER; i++)
        quarter = view_is(word, roman[i]) ? i + 1 : quarter;
    if (item->kind == ITEM_NUMBER)
        quarter = (int)item->value;
    else if (item->kind == ITEM_PERIOD && item->value != MONTH_NONE) {
        quarter = (int)item->value % 12 + 1;
        said->year = (int)item->value / 12;
    } else if (item->kind != ITEM_BAD && item->kind != ITEM_PERIOD && quarter == 0)
        return false;
    said->quarter = quarter >= 1 && quarter <= 4 ? quarter : QUARTER_BAD;
    return true;
}

/* SKOR's [TW3] [2026|26] [village]. */
static void score_part(struct reader_workspace *ws, struct commanded *said, size_t i)
{
    const struct item *item = &ws->lexer.items[i];
    bool behind_quarter = i > 0 && ws->lexer.items[i - 1].mask & MEANS(QUARTER);
    bool year =
        item->kind == ITEM_YEAR || (item->kind == ITEM_NUMBER && item->end - item->start == 2 && item->value >= 20);
    if (item->kind == ITEM_WORD && item->mask & MEANS(QUARTER))
        return;
    if (behind_quarter && quarter_part(ws, said, item)) {
        said->quarter_at = i;
        return;
    }
    if (item->kind == ITEM_PERIOD && item->value != MONTH_NONE)
        said->month = (int)item->value;
    else if (year && said->year == 0 && (said->argument_end == 0 || said->quarter_at + 1 == i))
        said->year = item->kind == ITEM_YEAR ? (int)item->value : 2000 + (int)item->value;
    else
        add_argument(said, item);
}

/* The command that a word is, "ya" behind a courtesy word or another command aside. */
static enum command command_of(const struct reader_workspace *ws, const struct commanded *said, const struct item *item)
{
    if (item->mask & MEANS(COMMAND)) {
        bool particle = item->mask & MEANS(COURTESY) && (said->courtesy || said->command != COMMAND_NONE);
        return particle ? COMMAND_NONE : (enum command)item->command;
    }
    bool unexplained = item->kind == ITEM_WORD && item->mask == 0 && !(item->flags & ITEM_EMBEDDED);
    return unexplained && said->command == COMMAND_NONE ? mended_command(ws, item) : COMMAND_NONE;
}

/* What the words from item i on answer: weak ones (ok, salah) while a question waits, or beside a strong one. The
 * longest phrase counts ("tidak salah" is no no); *ret_last is its last item. */
static enum command answer_of(const struct reader_workspace *ws, const struct commanded *said, size_t i,
                              size_t *ret_last)
{
    enum { PHRASE_MAX = 3 };
    const struct lexer *lexer = &ws->lexer;
    const struct lang *lang = lexer->lexicon->lang;
    for (size_t n = PHRASE_MAX; n > 0; n--) {
        *ret_last = i + n - 1;
        if (*ret_last >= lexer->n_items)
            continue;
        struct view words = {lexer->folded.at + lexer->items[i].start,
                             (size_t)(lexer->items[*ret_last].end - lexer->items[i].start)};
        if ((ws->context.waits || said->command == COMMAND_YES) && words_have(&lang->yes_waiting, words))
            return COMMAND_YES;
        if ((ws->context.waits || said->command == COMMAND_NO) && words_have(&lang->no_waiting, words))
            return COMMAND_NO;
    }
    return COMMAND_NONE;
}

/* "15", "bukan 120 tapi 15", "15 bukan 120": the number that is meant, beside an answer. */
static void number_part(const struct reader_workspace *ws, struct commanded *said, size_t i)
{
    const struct item *item = &ws->lexer.items[i];
    bool taken_back = i > 0 && ws->lexer.items[i - 1].mask & MEANS(NOT_THIS) && !lex_has_break(&ws->lexer, i - 1, i);
    said->other = said->other || (said->number >= 0 && !taken_back && !said->taken_back);
    if (said->number < 0 || !taken_back) {
        said->number = (int)item->value;
        said->taken_back = taken_back;
    }
}

/* Returns the last item that it took. */
static size_t word_part(struct reader_workspace *ws, struct commanded *said, size_t i)
{
    const struct item *item = &ws->lexer.items[i];
    struct view word = {ws->lexer.folded.at + item->start, (size_t)(item->end - item->start)};
    size_t last;
    enum command answer = answer_of(ws, said, i, &last);
    enum command command = answer != COMMAND_NONE ? answer : command_of(ws, said, item);
    bool small = item->kind == ITEM_GREETING || item->kind == ITEM_TITLE || item->kind == ITEM_NAME ||
                 item->kind == ITEM_COURTESY;
    const uint64_t no_name = MEANS(INSTEAD) | MEANS(FILLER) | MEANS(REFERS) | MEANS(REPORTS);
    said->name = said->name || (item->kind == ITEM_NAME && command == COMMAND_NONE && !(item->mask & no_name));
    said->around = said->around || (item->kind == ITEM_NAME && item->mask & MEANS(EVENT)); /* "kader sakit" */
    said->thanks = said->thanks || item->mask & MEANS(THANKS);
    if (command != COMMAND_NONE) {
        if (said->command == COMMAND_NO && command == COMMAND_YES)
            command = COMMAND_NO; /* "tidak benar" */
        bool undone = said->command == COMMAND_NO && command == COMMAND_CANCEL;
        bool again = said->command == COMMAND_NONE || said->command == command || undone;
        said->around = said->around || (undone && !lex_has_break(&ws->lexer, i - 1, i)); /* "tidak batal" */
        said->other = said->other || !again || said->argument_end != 0;
        said->command = command;
    } else if (small) {
        said->courtesy = said->courtesy || item->kind == ITEM_COURTESY;
    } else if (said->command == COMMAND_SCORE) {
        score_part(ws, said, i);
    } else if (item->form >= 0 && item->kind != ITEM_KEY && item->kind != ITEM_OTHER_KEY) {
        said->around = said->around || (said->form >= 0 && said->form != item->form);
        said->form = item->form;
    } else if (said->command == COMMAND_HELP && item->form >= 0 && item->kind != ITEM_FORM && said->asked == NULL) {
        said->asked = item; /* BANTUAN KEK */
    } else if (item->kind == ITEM_FILLER || words_have(&ws->lexer.lexicon->lang->yes_waiting, word) ||
               (item->mask & (MEANS(REFERS) | MEANS(REPORTS)) && item->kind == ITEM_WORD) || item->kind == ITEM_UNIT ||
               item->mask & MEANS(INSTEAD)) {
        said->small = true;
    } else if (item->kind == ITEM_NUMBER && (ws->context.waits || ws->context.asked)) {
        number_part(ws, said, i);
    } else if (item->kind == ITEM_PERIOD && item->value != MONTH_NONE && said->month == MONTH_NONE) {
        said->month = (int)item->value;
    } else if (item->kind == ITEM_WORD || item->kind == ITEM_OTHER_KEY || item->kind == ITEM_KEY) {
        said->around = true;
    } else {
        said->other = true;
    }
    return last;
}

static int score_quarter(const struct commanded *said, struct day today)
{
    int now = month_of(today) / 3;
    if (said->quarter == QUARTER_BAD)
        return QUARTER_BAD;
    if (said->quarter == 0 && said->year == 0)
        return said->month == MONTH_NONE ? QUARTER_NOT_SAID : said->month / 3;
    if (said->quarter == 0)
        return said->year * 4 + 3 > now && said->year * 4 <= now ? now : said->year * 4 + 3;
    if (said->year != 0)
        return said->year * 4 + said->quarter - 1;
    int nearest = today.year * 4 + said->quarter - 1;
    return nearest > now ? nearest - 4 : nearest;
}

/* A form keyword with anything to report behind it makes the message a report, whatever stands before. */
static bool reports(const struct reader_workspace *ws)
{
    bool form = false;
    for (size_t i = 0; i < ws->lexer.n_items; i++) {
        const struct item *item = &ws->lexer.items[i];
        form = form || item->kind == ITEM_FORM;
        if (form && (item->kind == ITEM_KEY || is_value(item)))
            return true;
    }
    return false;
}

bool read_command(struct reader_workspace *ws, struct reading *reading)
{
    struct commanded said = {
        .command = COMMAND_NONE, .form = -1, .quarter_at = SIZE_MAX - 1, .month = MONTH_NONE, .number = -1};
    const struct lexer *lexer = &ws->lexer;
    if (reports(ws))
        return false;
    if (lexer->items[0].kind == ITEM_MARK && !(lexer->items[0].flags & ITEM_DASHED))
        said.command = COMMAND_HELP;
    for (size_t i = 0; i < lexer->n_items && !said.other; i++) {
        if (lexer->items[i].kind != ITEM_MARK)
            i = word_part(ws, &said, i);
    }
    bool answer = said.command == COMMAND_YES || said.command == COMMAND_NO;
    bool chat = said.command == COMMAND_NONE || (answer && said.thanks && !ws->context.waits);
    bool more = said.name && answer && !chat; /* "ya bu nanti" */
    bool form_fits = said.form < 0 || (said.command != COMMAND_NONE && !answer);
    bool month_fits = said.month == MONTH_NONE || said.command == COMMAND_STATUS || said.command == COMMAND_SCORE ||
                      said.command == COMMAND_CANCEL;
    bool words_fit = said.command == COMMAND_CANCEL || (!said.around && (!said.small || said.command != COMMAND_NONE));
    bool number_fits = said.number < 0 || answer;
    if (said.number >= 0 && said.command == COMMAND_NONE && !said.around && !said.other)
        reading->answer_number = said.number;
    reading->answer_not = said.number >= 0 && said.taken_back;
    reading->answer_month = said.month != MONTH_NONE && !said.around && !said.other && said.number < 0 &&
                            said.form < 0 && (said.command == COMMAND_NONE || answer);
    if (said.other || !form_fits || more || !month_fits || !words_fit || !number_fits)
        return false;
    if (chat) {
        reading->kind = READING_CHAT;
        return true;
    }
    reading->kind = READING_COMMAND;
    reading->command = said.command;
    reading->command_form = said.form;
    if (said.asked != NULL) {
        reading->asks_form = said.asked->form;
        reading->asks_key = said.asked->key;
    }
    if (said.month != MONTH_NONE) {
        reading->period.said = PERIOD_SAID;
        reading->period.month = said.month;
    }
    reading->command_doubtful = said.command == COMMAND_CANCEL && (said.around || said.name);
    reading->answer = said.command == COMMAND_YES ? ANSWER_YES : said.command == COMMAND_NO ? ANSWER_NO : ANSWER_NONE;
    reading->answer_number = answer ? said.number : -1;
    if (said.command == COMMAND_SCORE) {
        reading->command_quarter = score_quarter(&said, lexer->today);
        if (said.argument_end > 0)
            reading->argument = folded_view(&lexer->folded, said.argument_start, said.argument_end);
    }
    return true;
}

/* What a question holds. */
struct wish {
    uint64_t mask; /* of all words */
    bool question;
    bool numbers;
    bool keys;
    bool help;      /* a word of that command: "gmn format anak" */
    bool status;    /* … of that one: "cek laporan yg sudah masuk" */
    size_t unknown; /* words that nothing explains … */
    const struct item *score;
    const struct item *name; /* … the one behind the word for the score */
    int form;
};

static struct wish wish_of(const struct reader_workspace *ws)
{
    const struct lexer *lexer = &ws->lexer;
    struct wish wish = {.form = -1};
    for (size_t i = 0; i < lexer->n_items; i++) {
        const struct item *item = &lexer->items[i];
        bool unknown = item->kind == ITEM_WORD && item->mask == 0 && !read_is_place(lexer, item);
        wish.mask |= item->mask;
        wish.question = wish.question || (item->kind == ITEM_MARK && !(item->flags & ITEM_DASHED));
        wish.numbers = wish.numbers || is_value(item) || item->kind == ITEM_AMOUNT || item->kind == ITEM_YEAR ||
                       item->flags & ITEM_EMBEDDED;
        wish.keys = wish.keys || item->kind == ITEM_KEY || item->kind == ITEM_OTHER_KEY;
        wish.unknown += unknown;
        if (wish.score != NULL && unknown && wish.name == NULL && i > 0 &&
            (item - 1 == wish.score || read_is_place(lexer, item - 1)))
            wish.name = item;
        if (item->mask & MEANS(COMMAND) && item->command == COMMAND_SCORE)
            wish.score = item;
        wish.status = wish.status || (item->mask & MEANS(COMMAND) && item->command == COMMAND_STATUS);
        wish.help = wish.help || (item->mask & MEANS(COMMAND) && item->command == COMMAND_HELP);
        if (wish.form < 0 && item->form >= 0 && (item->kind != ITEM_OTHER_KEY || item->mask & MEANS(FORM)))
            wish.form = item->form;
    }
    return wish;
}

bool read_wish(struct reader_workspace *ws, struct reading *reading)
{
    enum { UNKNOWN_MAX = 2 };
    struct wish wish = wish_of(ws);
    const struct item *last = &ws->lexer.items[ws->lexer.n_items - 1];
    while (last > ws->lexer.items && (last->kind == ITEM_COURTESY || last->kind == ITEM_TITLE ||
                                      last->kind == ITEM_FILLER || last->kind == ITEM_GREETING))
        last--;
    bool yet = wish.mask & MEANS(ARRIVED) && last->mask & MEANS(NEGATION); /* "lap udh masuk smua blm" */
    bool asks = wish.question || wish.mask & MEANS(ASK) || yet;
    bool wants = wish.unknown == 0 && wish.mask & (MEANS(SENDING) | MEANS(PLAN) | MEANS(ASK)); /* "kirim contoh" */
    bool example = wish.mask & MEANS(EXAMPLE) && !(wish.mask & MEANS(PROGRAMME)) && wish.unknown <= UNKNOWN_MAX &&
                   (wants || wish.help || wish.form >= 0 || wish.mask & MEANS(REPORTS));
    bool checks = wish.status && wish.mask & MEANS(ARRIVED);
    if (wish.numbers || (!asks && !example && !checks) || wish.mask & (MEANS(EVENT) | MEANS(INSTEAD)))
        return false;
    if (wish.score != NULL && wish.form < 0 && !wish.keys && wish.unknown <= UNKNOWN_MAX) {
        reading->command = COMMAND_SCORE;
        if (wish.name != NULL)
            reading->argument = folded_view(&ws->lexer.folded, wish.name->start, wish.name->end);
    } else if (example || (wish.mask & MEANS(HOW) && (wish.help || wish.mask & (MEANS(SENDING) | MEANS(REPORTS))))) {
        reading->command = COMMAND_HELP;
        reading->command_form = wish.form;
    } else if (checks || (wish.mask & MEANS(ARRIVED) && wish.mask & (MEANS(REPORTS) | MEANS(SENDING)))) {
        reading->command = COMMAND_STATUS;
    } else {
        return false;
    }
    reading->kind = READING_COMMAND;
    return true;
}
