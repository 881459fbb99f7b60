/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reader.h"

/*
 * Talk is no report (docs/grammar.md): words of an event, a question, a part of the village, or words that nobody knows
 * behind a lone total. What they make of a reading is a question to the sender, a note, or nothing.
 */
struct talk {
    bool event;   /* in a sentence with data … */
    bool told;    /* … anywhere */
    bool counted; /* … with a number of its own */
    bool doubts;  /* a question in a sentence with data … */
    bool asks;    /* … anywhere */
    bool aside;
    bool newly;       /* "bumil baru 1" */
    bool amount;      /* an age or a measure stands in it */
    uint16_t strange; /* bit i: a word that nobody knows stands beside form i's keyword, in its sentence */
    bool part;
    bool then;  /* another time: "Lebaran kemarin" */
    bool since; /* "sejak September": of that month, or from it on? */
    bool note;  /* "LAPOR …" */
    const struct item *word;
};

static bool begins_sentence(const struct lexer *lexer, size_t *token, const struct item *item)
{
    while (*token < lexer->n_tokens && lexer->tokens[*token].start < item->start)
        ++*token;
    return lexer->tokens[*token].gap & (GAP_LINE | GAP_SENTENCE);
}

static bool is_spoken(const struct item *item)
{
    bool event_key = item->kind == ITEM_KEY || item->kind == ITEM_OTHER_KEY; /* "melahirkan" */
    return (event_key && item->mask & MEANS(EVENT)) || item->kind == ITEM_WORD || item->kind == ITEM_NAME ||
           item->kind == ITEM_COURTESY || item->kind == ITEM_TITLE || item->kind == ITEM_FILLER ||
           item->kind == ITEM_UNIT || item->kind == ITEM_GREETING;
}

static void note_word(struct talk *talk, const struct item *item, bool hit, bool *flag)
{
    if (!hit)
        return;
    *flag = true;
    talk->word = talk->word == NULL ? item : talk->word;
}

static void end_sentence(struct talk *talk, bool event, bool doubts)
{
    talk->event = talk->event || event;
    talk->doubts = talk->doubts || doubts;
}

/* The last item is a question mark, and not one in the place of a value, or behind one. */
static bool ends_in_question(const struct lexer *lexer, size_t i)
{
    const struct item *item = &lexer->items[i], *before = item - 1;
    return i > 0 && i + 1 == lexer->n_items && item->kind == ITEM_MARK && !(item->flags & ITEM_DASHED) &&
           !is_value(before) && before->kind != ITEM_UNIT && before->kind != ITEM_KEY;
}

/* "IBU HAMIL Okt/26: ibu hamil 12": what the box answered. */
static bool is_quote(const struct lexer *lexer, size_t i)
{
    const struct item *item = &lexer->items[i];
    if (i + 2 >= lexer->n_items || (item->kind != ITEM_FORM && item->kind != ITEM_WORD) || item->form < 0 ||
        item[1].kind != ITEM_PERIOD)
        return false;
    bool total = item[2].kind == ITEM_FORM || (item[2].kind == ITEM_KEY && item[2].key == 0);
    return total && item[2].form == item->form &&
           memchr(lexer->folded.at + item[1].end, ':', (size_t)(item[2].start - item[1].end));
}

/* "senam bumil 8", "susu ibu hamil 12": for whom something is. */
static bool is_of_programme(const struct lexer *lexer, size_t form)
{
    enum { WORDS_MAX = 2 };
    const struct item *items = lexer->items;
    for (size_t i = form; i > 0 && form - i < WORDS_MAX && items[i - 1].kind == ITEM_WORD; i--) {
        if (items[i - 1].mask & MEANS(PROGRAMME))
            return true;
    }
    return false;
}

/* "Lebaran kemarin", "minggu lalu", "sebelum puasa". */
static bool is_another_time(const struct lexer *lexer, size_t i)
{
    const struct lang *lang = lexer->lexicon->lang;
    const struct item *item = &lexer->items[i];
    if (item->kind != ITEM_WORD)
        return false;
    return item_is_one_of(lexer, item, &lang->since) ||
           (i > 0 && item[-1].kind == ITEM_WORD && !(item[-1].mask & ~MEANS(MEASURE)) &&
            !read_is_place(lexer, item - 1) && item_is_one_of(lexer, item, &lang->last));
}

/* "mulai September", "sampai September". */
static bool is_since(const struct lexer *lexer, size_t i)
{
    const struct item *item = &lexer->items[i];
    return item->kind == ITEM_PERIOD && i > 0 && item[-1].kind == ITEM_WORD &&
           (item[-1].mask & MEANS(DOUBT) || item_is_one_of(lexer, item - 1, &lexer->lexicon->lang->since));
}

static struct talk listen(struct reader_workspace *ws, struct reading *reading)
{
    const struct lexer *lexer = &ws->lexer;
    const struct lang *lang = lexer->lexicon->lang;
    struct talk talk = {.word = NULL};
    bool event = false, asks = false, data = false, form = false;
    const struct item *then = NULL;
    int opened = -1;
    size_t token = 0;
    for (size_t i = 0; i < lexer->n_items; i++) {
        const struct item *item = &lexer->items[i];
        bool question = ends_in_question(lexer, i);
        asks = asks || question;
        if (begins_sentence(lexer, &token, item)) {
            end_sentence(&talk, event && data, asks && data);
            event = asks = data = false;
            then = NULL;
            opened = -1;
        }
        form = form || item->kind == ITEM_FORM;
        note_word(&talk, item, is_quote(lexer, i), &talk.aside);
        bool led = item->kind == ITEM_FORM && is_of_programme(lexer, i);
        talk.strange |= led ? (uint16_t)(1u << item->form) : 0;
        if (item->kind == ITEM_FORM)
            opened = item->flags & ITEM_GUESSED ? -1 : item->form;
        /* Words that lead to a number of their own ("byi muda 5") are named with it. */
        bool leads = item->kind == ITEM_WORD && i + 1 < lexer->n_items && lexer->items[i + 1].kind == ITEM_WORD &&
                     lexer->items[i + 1].flags & ITEM_USED && lexer->items[i + 1].start == item->end + 1;
        if (opened >= 0 && item->kind == ITEM_WORD && item->mask == 0 && !(item->flags & ITEM_USED) && !leads)
            talk.strange |= (uint16_t)(1u << opened);
        data = data || item->kind == ITEM_KEY || item->kind == ITEM_FORM || is_value(item);
        note_word(&talk, item, question, &talk.asks);
        talk.amount = talk.amount || item->kind == ITEM_AMOUNT;
        if (is_another_time(lexer, i))
            then = item;
        note_word(&talk, item, is_since(lexer, i), &talk.since);
        note_word(&talk, item, item->kind == ITEM_DATE && item->flags & ITEM_DIFFERENCE, &talk.then);
        if (then != NULL && item->kind == ITEM_FORM)
            note_word(&talk, then, true, &talk.then);
        bool part = item->mask & MEANS(PART) && item->kind != ITEM_KEY && item->kind != ITEM_FORM;
        note_word(&talk, item, part && i + 1 < lexer->n_items, &talk.part);
        if (!is_spoken(item))
            continue;
        /* "keguguran 0": it has a number of its own. */
        const struct item *behind = i + 1 < lexer->n_items ? item + 1 : NULL;
        bool valued = behind != NULL && is_value(behind) && !(behind->flags & ITEM_TURNED);
        bool event_word = item->mask & MEANS(EVENT);
        bool happened = event_word && !valued;
        talk.counted = talk.counted || (event_word && valued);
        event = event || happened;
        asks = asks || item->mask & MEANS(ASK) || (item->mask & MEANS(PLAN) && item->kind != ITEM_FILLER);
        talk.newly = talk.newly || (item->mask & MEANS(PLAN) && item->kind == ITEM_FILLER);
        note_word(&talk, item, happened, &talk.told);
        note_word(&talk, item, item->mask & MEANS(ASK), &talk.asks);
        bool cancels = item->mask & MEANS(COMMAND) && item->command == COMMAND_CANCEL;
        note_word(&talk, item, item->mask & MEANS(ASIDE) || cancels, &talk.aside);
        talk.note = talk.note || (i == 0 && item_is_one_of(lexer, item, &lang->note));
        reading->emergency = reading->emergency || item_is_one_of(lexer, item, &lang->emergencies);
    }
    end_sentence(&talk, event && data, asks && data);
    return talk;
}

static bool is_lone_total(const struct segment *segment)
{
    return segment->n_fields == 1 && segment->fields[0].key == 0;
}

static void ask(struct reader_workspace *ws, struct segment *segment, enum question question, const struct item *word)
{
    if (segment->question != QUESTION_NONE || segment->n_fields == 0)
        return;
    segment->question = question;
    if (word != NULL && word->end > word->start)
        segment->question_token = folded_view(&ws->lexer.folded, word->start, word->end);
}

/* "KEK itu apa?": the first key or form that is spoken of. */
static void find_asked(const struct reader_workspace *ws, struct reading *reading)
{
    for (size_t i = 0; i < ws->lexer.n_items; i++) {
        const struct item *item = &ws->lexer.items[i];
        if (item->kind != ITEM_OTHER_KEY && item->kind != ITEM_KEY && item->kind != ITEM_FORM)
            continue;
        reading->asks_form = item->form;
        reading->asks_key = item->kind == ITEM_FORM ? 0 : item->key;
        if (item->kind != ITEM_FORM)
            return;
    }
}

/* "sasaran 46, tapi yang 1 mau pindah": a total that begins the message, and the event behind a break. */
static bool is_report_before(const struct lexer *lexer, const struct item *event)
{
    const uint32_t polite = 1u << ITEM_GREETING | 1u << ITEM_COURTESY | 1u << ITEM_TITLE | 1u << ITEM_NAME |
                            1u << ITEM_PERIOD | 1u << ITEM_FILLER | 1u << ITEM_MARK;
    size_t form = 0;
    while (form < lexer->n_items && polite >> lexer->items[form].kind & 1)
        form++;
    size_t number = form + 1;
    while (number < lexer->n_items &&
           (lexer->items[number].kind == ITEM_FILLER || lexer->items[number].kind == ITEM_PERIOD))
        number++;
    if (number >= lexer->n_items || lexer->items[form].kind != ITEM_FORM || lexer->items[number].kind != ITEM_NUMBER ||
        event == NULL || event < &lexer->items[number])
        return false;
    bool found = false;
    for (const struct item *item = &lexer->items[number]; item < event && !found; item++)
        found = read_has_break(lexer, (size_t)(item - lexer->items), (size_t)(item + 1 - lexer->items));
    return found;
}

/* "bumil 9 fe 7 kurang 2 krn habis": two counts with numbers are a report, whatever else happened. */
static bool has_counts(const struct reader_workspace *ws)
{
    const struct mention *first = NULL;
    for (size_t i = 0; i < ws->n_mentions; i++) {
        const struct mention *mention = &ws->mentions[i];
        if (mention->key < 0 || mention->value_end <= mention->value_start)
            continue;
        if (first != NULL && first->key != mention->key)
            return true;
        first = mention;
    }
    return false;
}

void read_talk(struct reader_workspace *ws, struct reading *reading)
{
    struct talk talk = listen(ws, reading);
    size_t values = 0;
    for (size_t i = 0; i < reading->n_segments; i++)
        values += reading->segments[i].n_fields;
    bool told = (talk.event && values <= 1 && !is_report_before(&ws->lexer, talk.word)) ||
                ((talk.counted || talk.told) && values == 0);
    if (reading->n_segments > 0 && told && !has_counts(ws))
        reading->n_segments = 0;
    for (size_t i = 0; i < reading->n_segments; i++) {
        struct segment *segment = &reading->segments[i];
        if (talk.event || talk.doubts || talk.aside)
            ask(ws, segment, QUESTION_TALK, talk.word);
        if (talk.part)
            ask(ws, segment, QUESTION_AREA, talk.word);
        if (talk.since || (talk.then && segment->period.said == PERIOD_NOT_SAID))
            ask(ws, segment, QUESTION_PERIOD, talk.word);
        if (is_lone_total(segment) && (talk.newly || talk.strange >> segment->form & 1))
            ask(ws, segment, QUESTION_TALK, NULL);
        if (talk.amount && segment->unreadable & 1) /* "anak umur 9 bulan bb 6,8 tb 68": one child */
            ask(ws, segment, QUESTION_TALK, NULL);
    }
    if (reading->n_segments > 0)
        return;
    reading->asks = talk.asks;
    if (talk.asks)
        find_asked(ws, reading);
    else if (talk.told || talk.counted || (talk.note && ws->lexer.n_items > 1))
        reading->kind = READING_NOTE;
}

/* "1." of a list is no token. */
static void note_indices(const struct lexer *lexer, struct reading *reading)
{
    size_t at = 0;
    for (size_t i = 0; i <= lexer->n_tokens; i++) {
        for (; at < lexer->tokens[i].start; at++) {
            size_t end = at;
            while (is_digit(lexer->folded.at[end]))
                end++;
            if (end > at)
                read_add_note(reading, (struct note){NOTE_IGNORED, folded_view(&lexer->folded, at, end), -1, -1, -1});
            at = end > at ? end - 1 : at;
        }
        at = lexer->tokens[i].end;
    }
}

void read_notes(struct reader_workspace *ws, struct reading *reading)
{
    note_indices(&ws->lexer, reading);
    for (size_t i = 0; i < ws->lexer.n_items && reading->n_notes < READING_NOTES_MAX; i++) {
        const struct item *item = &ws->lexer.items[i];
        bool ignored = item->kind == ITEM_WORD || item->kind == ITEM_OTHER_KEY || item->kind == ITEM_TITLE ||
                       item->kind == ITEM_NAME || item->kind == ITEM_GREETING || item->kind == ITEM_COURTESY ||
                       item->kind == ITEM_DATE || item->kind == ITEM_UNIT || item->kind == ITEM_FILLER ||
                       item->kind == ITEM_AMOUNT || item->flags & ITEM_NOTED;
        if ((!ignored && item->kind != ITEM_PERIOD && item->kind != ITEM_YEAR) || item->flags & ITEM_USED)
            continue;
        enum note_kind kind = ignored ? NOTE_IGNORED : NOTE_PERIOD;
        int form = item->kind == ITEM_OTHER_KEY ? item->form : -1;
        int key = form >= 0 ? item->key : -1;
        read_add_note(reading, (struct note){kind, folded_view(&ws->lexer.folded, item->start, item->end), form, key,
                                             ignored ? -1 : (int)item->value});
    }
}

/* ---- the words behind a key that takes words, cut off before anything of them is read ---- */

/* The last key of a form, where it takes words; or -1. */
static int text_key(const struct form *form)
{
    int last = (int)form->n_keys - 1;
    return form->keys[last].text ? last : -1;
}

/* Whether a spelling of that key of the form begins at that token; *ret_token: the token behind it. */
static bool key_at(const struct lexer *lexer, size_t token, int form, int key, size_t *ret_token)
{
    struct match matches[MATCHES_MAX];
    const struct token *t = &lexer->tokens[token];
    size_t n = lexicon_match(lexer->lexicon, lexer->folded.at, lexer->tokens, token, t->start, false, matches);
    for (size_t i = n; i-- > 0;) {
        const struct meaning *meaning = lexicon_meaning(lexer->lexicon, matches[i].meaning, MEANS_KEY, form);
        if (meaning == NULL || meaning->value != key || lexer->tokens[matches[i].token].start < matches[i].end)
            continue;
        *ret_token = matches[i].token;
        return true;
    }
    return false;
}

void read_remark(struct lexer *lexer, struct reading *reading)
{
    const struct set *set = lexer->lexicon->set;
    for (int form = 0; form < (int)set->n_forms; form++) {
        int key = text_key(&set->forms[form]);
        bool named = form == lexer->context_form;
        for (size_t i = 0, behind; key >= 0 && i < lexer->n_tokens; i++) {
            named = named || lex_spelling_at(lexer, i, MEANS_FORM, form, false);
            if (!named || !key_at(lexer, i, form, key, &behind) || behind >= lexer->n_tokens)
                continue;
            reading->remark = folded_view(&lexer->folded, lexer->tokens[behind].start, lexer->folded.len);
            reading->remark_form = form;
            lexer->n_tokens = i;
            lexer->tokens[i].kind = TOKEN_END;
            return;
        }
    }
}
