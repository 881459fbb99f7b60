/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reader.h"

/* All mentions of one key in one segment, weighed together. */
struct weighed {
    bool named;
    bool good;
    bool bad;
    bool denied; /* … only as what is not meant */
    bool ambiguous;
    bool differs; /* two good ones with different values */
    bool done;
    int32_t value;
    const struct mention *first_good;
    const struct mention *last_bad;
};

struct closing {
    struct reader_workspace *ws;
    struct reading *reading;
    const struct form *form;
    size_t root;                                /* section that the others are merged into */
    struct weighed keys[FORM_KEYS_MAX];         /* of the form's keys */
    const struct mention *given[FORM_KEYS_MAX]; /* made of denominators */
    size_t n_given;
    size_t n_keys; /* keys that are named */
};

static struct view view_between(const struct reader_workspace *ws, size_t start, size_t end)
{
    return folded_view(&ws->lexer.folded, start, end);
}

void read_add_note(struct reading *reading, struct note note)
{
    if (reading->n_notes < READING_NOTES_MAX)
        reading->notes[reading->n_notes++] = note;
}

static void note_mention(const struct reader_workspace *ws, struct reading *reading, const struct mention *mention)
{
    size_t end = mention->value_end > mention->end ? mention->value_end : mention->end;
    size_t start =
        mention->value_end > 0 && mention->value_start < mention->start ? mention->value_start : mention->start;
    read_add_note(reading, (struct note){NOTE_IGNORED, view_between(ws, start, end), -1, -1, -1});
}

static const struct said *period_of(const struct reader_workspace *ws, const struct section *section)
{
    return section->period.said != PERIOD_NOT_SAID ? &section->period : &ws->period;
}

static bool has_field(const struct reader_workspace *ws, const struct section *section)
{
    for (size_t i = section->first; i < section->first + section->n; i++) {
        if (ws->mentions[i].key > 0)
            return true;
    }
    return false;
}

/*
 * A total at most, among more than two words that nothing explains: somebody talks (docs/grammar.md, 6). Behind a
 * report's own data the words must stand on both sides, since a heading or a signature stands on one.
 */
static bool is_prose(const struct reader_workspace *ws, const struct section *section, bool reports, bool first)
{
    enum { WORDS_OF_A_REPORT = 2 };
    if (section->begins || section->doubted || section->words_before + section->words_behind <= WORDS_OF_A_REPORT ||
        has_field(ws, section))
        return false;
    return first ? !reports : section->words_before > 0 && section->words_behind > 0;
}

/* "tadi saya cek lagi, sasaran 37": behind a comma, the form of the sender's last report. */
static bool goes_on(const struct reader_workspace *ws, const struct section *section)
{
    size_t at = section->start;
    while (at > 0 && ws->lexer.folded.at[at - 1] == ' ')
        at--;
    return section->form == ws->context.form && section->n > 0 && at > 0 && ws->lexer.folded.at[at - 1] == ',';
}

/* Whether the same form stands in the message again: "dusun krajan bumil 3 dusun timur bumil 4". */
static bool is_repeated(const struct reader_workspace *ws, size_t section)
{
    size_t n = 0;
    for (size_t i = 0; i < ws->n_sections && n < 2; i++)
        n += ws->sections[i].form == ws->sections[section].form;
    return n > 1;
}

static bool same_segment(const struct reader_workspace *ws, const struct section *a, const struct section *b)
{
    const struct said *first = period_of(ws, a);
    const struct said *second = period_of(ws, b);
    int today = month_of(ws->lexer.today);
    int first_month = first->said == PERIOD_NOT_SAID ? today : first->month;
    int second_month = second->said == PERIOD_NOT_SAID ? today : second->month;
    /* "kegiatan rds 1 kegiatan rembuk 1" are two, where the second one does not take the first one's place. */
    bool two = ws->lexer.lexicon->set->forms[a->form].adds && a->n > 0 && b->n > 0;
    return a->form == b->form && first_month == second_month && !two;
}

static void merge_sections(struct reader_workspace *ws, struct reading *reading)
{
    size_t kept = 0;
    bool reports = false, prose[SECTIONS_MAX];
    for (size_t i = 0; i < ws->n_sections; i++)
        reports = reports || has_field(ws, &ws->sections[i]);
    for (size_t i = 0; i < ws->n_sections; i++) {
        prose[i] = is_prose(ws, &ws->sections[i], reports, kept == 0) && !is_repeated(ws, i);
        if (prose[i] && goes_on(ws, &ws->sections[i])) {
            ws->sections[i].told = true;
            prose[i] = false;
        }
        kept += !prose[i];
    }
    kept = 0;
    for (size_t i = 0; i < ws->n_sections; i++) {
        for (size_t m = 0; prose[i] && m < ws->sections[i].n; m++)
            note_mention(ws, reading, &ws->mentions[ws->sections[i].first + m]);
        if (!prose[i])
            ws->sections[kept++] = ws->sections[i];
    }
    ws->n_sections = kept;
    for (size_t i = 1; i < ws->n_sections; i++) {
        for (size_t k = 0; k < i && ws->sections[i].merged_into < 0; k++) {
            if (ws->sections[k].merged_into < 0 && same_segment(ws, &ws->sections[k], &ws->sections[i]))
                ws->sections[i].merged_into = (int)k;
        }
    }
}

static bool belongs(const struct closing *closing, size_t section)
{
    return section == closing->root || closing->ws->sections[section].merged_into == (int)closing->root;
}

static void weigh(struct closing *closing, const struct mention *mention)
{
    struct weighed *key = &closing->keys[mention->key];
    closing->n_keys += !key->named;
    key->named = true;
    switch ((enum outcome)mention->outcome) {
    case OUTCOME_GOOD:
        if (key->good && key->value != mention->value && mention->instead) { /* "k4 11, ralat k4 10" */
            closing->ws->sections[closing->root].changed = true;
            key->good = key->differs = false;
        }
        if (key->denied && mention->instead) { /* "tertulis akta 30 seharusnya akta 29" */
            closing->ws->sections[closing->root].changed = true;
            key->bad = key->denied = false;
        }
        key->differs = key->differs || (key->good && key->value != mention->value);
        key->first_good = key->good ? key->first_good : mention;
        key->value = mention->value;
        key->good = true;
        break;
    case OUTCOME_BAD:
        key->denied = (!key->bad || key->denied) && mention->denied;
        key->bad = true;
        key->last_bad = mention;
        break;
    case OUTCOME_AMBIGUOUS:
        key->ambiguous = true;
        break;
    case OUTCOME_MISSING:
    case OUTCOME_UNKNOWN:
        break;
    }
}

static bool is_clean(const struct weighed *key)
{
    return key->good && !key->bad && !key->ambiguous && !key->differs;
}

/* How many denominators lie below a key: KR of KEK of HAMIL has two. */
static int depth_of(const struct form *form, int key)
{
    enum { DEPTH_MAX = 3 };
    int depth = 0;
    while (depth < DEPTH_MAX && key > 0 && form->keys[key].of >= 0) {
        key = form->keys[key].of;
        depth++;
    }
    return depth;
}

/* "IDL 10/26": a month of this year or the last two. */
static bool may_be_month(const struct closing *closing, const struct mention *mention)
{
    int year = closing->ws->lexer.today.year % 100;
    const char *text = closing->ws->lexer.folded.at;
    bool slash = false;
    for (size_t i = mention->value_start; i < mention->value_end; i++)
        slash = slash || text[i] == '/';
    return slash && mention->value >= 1 && mention->value <= 12 && mention->of <= year && mention->of >= year - 2;
}

/* "NIFAS 2/3" where nobody said how many were delivered: 3. */
static void give_denominator(struct closing *closing, const struct mention *mention, int of)
{
    struct mention *given = &closing->ws->mentions[closing->ws->n_mentions];
    *given = *mention;
    given->key = (int16_t)of;
    given->value = mention->of;
    given->of = -1;
    closing->keys[of] = (struct weighed){.named = true, .good = true, .value = mention->of, .first_good = given};
    closing->ws->n_mentions++;
    closing->given[closing->n_given++] = given;
}

static void weigh_denominator(struct closing *closing, const struct mention *mention)
{
    struct weighed *key = &closing->keys[mention->key];
    int of = mention->key == 0 ? -1 : closing->form->keys[mention->key].of;
    bool known = of >= 0 && is_clean(&closing->keys[of]);
    bool fits = mention->key != 0 && mention->value <= mention->of &&
                (!known || closing->keys[of].value == mention->of) && (known || !may_be_month(closing, mention));
    if (fits && of >= 0 && !closing->keys[of].named)
        give_denominator(closing, mention, of);
    if (!fits) {
        key->bad = true;
        key->last_bad = mention;
    }
}

/* Calls visit for every mention of the segment, in the order typed. */
static void each_mention(struct closing *closing, void (*visit)(struct closing *, const struct mention *, int),
                         int argument)
{
    const struct reader_workspace *ws = closing->ws;
    for (size_t s = closing->root; s < ws->n_sections; s++) {
        const struct section *section = &ws->sections[s];
        for (size_t i = section->first; belongs(closing, s) && i < section->first + section->n; i++)
            visit(closing, &ws->mentions[i], argument);
    }
}

static void visit_weigh(struct closing *closing, const struct mention *mention, int unused)
{
    (void)unused;
    if (mention->key >= 0)
        weigh(closing, mention);
}

static void visit_denominator(struct closing *closing, const struct mention *mention, int depth)
{
    if (mention->key >= 0 && mention->of >= 0 && mention->outcome == OUTCOME_GOOD &&
        depth_of(closing->form, mention->key) == depth)
        weigh_denominator(closing, mention);
}

static void add_problem(struct segment *segment, const struct problem *problem)
{
    if (segment->n_problems == SEGMENT_PROBLEMS_MAX)
        segment->problems_dropped++;
    else
        segment->problems[segment->n_problems++] = *problem;
}

/* What was typed for the value. */
static struct view value_of(const struct closing *closing, const struct mention *mention)
{
    if (mention->value_end <= mention->value_start)
        return (struct view){closing->ws->lexer.folded.text.at, 0};
    return view_between(closing->ws, mention->value_start, mention->value_end);
}

/* What is said of its key already. */
static void say_again(struct closing *closing, const struct mention *mention)
{
    note_mention(closing->ws, closing->reading, mention);
}

static void visit_again(struct closing *closing, const struct mention *mention, int unused)
{
    (void)unused;
    say_again(closing, mention);
}

/* One unknown_key a word, however often it stands there. */
static void unknown_key(struct closing *closing, struct segment *segment, const struct mention *mention)
{
    struct problem problem = {.code = PROBLEM_UNKNOWN_KEY,
                              .token = view_between(closing->ws, mention->start, mention->end),
                              .key = -1,
                              .near = {mention->near[0], mention->near[1]},
                              .rule = -1,
                              .value = value_of(closing, mention),
                              .either = {-1, -1}};
    for (size_t i = 0; i < segment->n_problems; i++) {
        const struct problem *old = &segment->problems[i];
        if (old->code == PROBLEM_UNKNOWN_KEY && old->token.len == problem.token.len &&
            memcmp(old->token.at, problem.token.at, problem.token.len) == 0) {
            say_again(closing, mention);
            return;
        }
    }
    add_problem(segment, &problem);
}

static void key_problem(struct closing *closing, struct segment *segment, const struct mention *mention)
{
    const struct weighed *key = &closing->keys[mention->key];
    enum problem_code code = key->ambiguous ? PROBLEM_AMBIGUOUS_KEY
                             : key->bad     ? PROBLEM_BAD_VALUE
                             : key->differs ? PROBLEM_DUPLICATE_KEY
                                            : PROBLEM_MISSING_VALUE;
    const struct mention *shown = code == PROBLEM_BAD_VALUE ? key->last_bad : mention;
    if (shown != mention)
        say_again(closing, mention);
    size_t start = shown->start, end = shown->end;
    if (code == PROBLEM_BAD_VALUE && shown->value_end > 0) {
        start = shown->value_start < start ? shown->value_start : start;
        end = shown->value_end > end ? shown->value_end : end;
    }
    struct problem problem = {.code = code,
                              .token = view_between(closing->ws, start, end),
                              .key = mention->key,
                              .near = {-1, -1},
                              .rule = -1,
                              .value = value_of(closing, shown),
                              .either = {mention->either < 0 ? -1 : mention->value, mention->either}};
    add_problem(segment, &problem);
    segment->unreadable |= UINT64_C(1) << mention->key;
}

static void add_field(struct closing *closing, struct segment *segment, const struct mention *mention)
{
    const struct mention *good = closing->keys[mention->key].first_good;
    struct view value = {closing->ws->lexer.folded.text.at, 0};
    struct view token = view_between(closing->ws, good->start, good->end);
    if (good != mention)
        say_again(closing, mention);
    if (good->value_end > 0)
        value = view_between(closing->ws, good->value_start, good->value_end);
    segment->fields[segment->n_fields++] =
        (struct field){good->key, (int)good->value, token, value, good->corrected, good->changed};
    read_add_note(closing->reading, (struct note){good->corrected ? NOTE_CORRECTED : NOTE_READ, token, segment->form,
                                                  good->key, (int)good->value});
}

static void visit_emit(struct closing *closing, const struct mention *mention, int unused)
{
    (void)unused;
    struct segment *segment = &closing->reading->segments[closing->reading->n_segments - 1];
    if (mention->key < 0) {
        unknown_key(closing, segment, mention);
        return;
    }
    struct weighed *key = &closing->keys[mention->key];
    if (key->done) {
        say_again(closing, mention);
        return;
    }
    key->done = true;
    if (is_clean(key))
        add_field(closing, segment, mention);
    else
        key_problem(closing, segment, mention);
}

/* The period that the segment or one merged into it names. */
static void segment_period(const struct closing *closing, struct segment *segment)
{
    const struct reader_workspace *ws = closing->ws;
    const struct said *said = period_of(ws, &ws->sections[closing->root]);
    for (size_t s = closing->root; s < ws->n_sections && said->said == PERIOD_NOT_SAID; s++) {
        if (belongs(closing, s))
            said = period_of(ws, &ws->sections[s]);
    }
    segment->period =
        (struct period_mention){.said = said->said, .month = said->month, .token = {ws->lexer.folded.text.at, 0}};
    if (said->said != PERIOD_NOT_SAID)
        segment->period.token = view_between(ws, said->start, said->end);
}

/* Where the form comes from: typed in one of the sections, of the context, or guessed, which is asked. */
static void close_origin(const struct closing *closing, struct segment *segment)
{
    const struct reader_workspace *ws = closing->ws;
    bool typed = false, doubted = false, changed = false, told = false, undated = false;
    for (size_t s = closing->root; s < ws->n_sections; s++) {
        const struct section *section = &ws->sections[s];
        if (!belongs(closing, s))
            continue;
        typed = typed || !section->guessed;
        doubted = doubted || section->doubted;
        changed = changed || section->changed;
        told = told || section->told || (section->instead && closing->n_keys < 2);
        undated = undated || section->undated;
    }
    segment->form_from = typed ? FORM_TYPED : segment->form == ws->context.form ? FORM_OF_CONTEXT : FORM_GUESSED;
    segment->question = doubted                              ? QUESTION_ORDER
                        : changed                            ? QUESTION_CHANGE
                        : told                               ? QUESTION_TALK
                        : undated                            ? QUESTION_PERIOD
                        : segment->form_from == FORM_GUESSED ? QUESTION_FORM
                                                             : QUESTION_NONE;
    if (segment->form_from == FORM_OF_CONTEXT && segment->period.said == PERIOD_NOT_SAID &&
        ws->context.month != MONTH_NONE)
        segment->period = (struct period_mention){PERIOD_SAID, ws->context.month, {segment->token.at, 0}};
}

/* The form keyword as typed; of a form that was not, its first key. */
static struct view section_token(const struct reader_workspace *ws, const struct section *section)
{
    if (section->end > section->start)
        return view_between(ws, section->start, section->end);
    if (section->n == 0)
        return (struct view){ws->lexer.folded.text.at, 0};
    return view_between(ws, ws->mentions[section->first].start, ws->mentions[section->first].end);
}

static void close_segment(struct closing *closing, bool ambiguous)
{
    const struct section *root = &closing->ws->sections[closing->root];
    struct segment *segment = &closing->reading->segments[closing->reading->n_segments++];
    segment->form = root->form;
    segment->token = section_token(closing->ws, root);
    segment->n_fields = 0;
    segment->n_problems = 0;
    segment->problems_dropped = 0;
    segment->unreadable = 0;
    segment->question_token = (struct view){segment->token.at, 0};
    segment_period(closing, segment);
    close_origin(closing, segment);
    if (root->corrected)
        read_add_note(closing->reading, (struct note){NOTE_CORRECTED, segment->token, root->form, -1, -1});
    for (size_t s = closing->root + 1; s < closing->ws->n_sections; s++) {
        struct view again = section_token(closing->ws, &closing->ws->sections[s]);
        if (belongs(closing, s))
            read_add_note(closing->reading, (struct note){NOTE_IGNORED, again, -1, -1, -1});
    }
    for (size_t s = closing->root; s < closing->ws->n_sections; s++)
        ambiguous =
            ambiguous || (belongs(closing, s) && closing->ws->sections[s].doubted && !closing->ws->sections[s].likely);
    if (ambiguous) {
        struct problem problem = {PROBLEM_AMBIGUOUS_KEY,  segment->token, -1, {-1, -1}, -1,
                                  {segment->token.at, 0}, {-1, -1}};
        add_problem(segment, &problem);
        each_mention(closing, visit_again, 0);
    } else {
        for (size_t i = 0; i < closing->n_given; i++)
            visit_emit(closing, closing->given[i], 0);
        each_mention(closing, visit_emit, 0);
    }
    if (segment->form_from == FORM_GUESSED && segment->n_fields + segment->n_problems == 0) {
        closing->reading->n_segments--;
        return;
    }
    segment->help = segment->n_fields == 0 && segment->n_problems == 0 && segment->period.said != PERIOD_BAD;
    if (segment->period.said == PERIOD_BAD) {
        struct problem problem = {
            PROBLEM_BAD_PERIOD, segment->period.token, -1, {-1, -1}, -1, {segment->token.at, 0}, {-1, -1}};
        add_problem(segment, &problem);
    }
}

/* Nothing can be read of forms that nobody typed: then none is guessed. */
static bool is_guess_alone(const struct reading *reading)
{
    for (size_t i = 0; i < reading->n_segments; i++) {
        if (reading->segments[i].form_from != FORM_GUESSED || reading->segments[i].n_fields > 0)
            return false;
    }
    return true;
}

void read_close(struct reader_workspace *ws, bool ambiguous, struct reading *reading)
{
    if (ws->too_many)
        return;
    merge_sections(ws, reading);
    for (size_t s = 0; s < ws->n_sections && !ws->too_many; s++) {
        ws->too_many = ws->sections[s].merged_into < 0 && reading->n_segments == SEGMENTS_MAX;
        if (ws->sections[s].merged_into >= 0 || ws->too_many)
            continue;
        struct closing closing;
        closing.ws = ws;
        closing.reading = reading;
        closing.root = s;
        closing.n_given = closing.n_keys = 0;
        closing.form = &ws->lexer.lexicon->set->forms[ws->sections[s].form];
        memset(closing.keys, 0, closing.form->n_keys * sizeof(closing.keys[0]));
        each_mention(&closing, visit_weigh, 0);
        for (int depth = 0; depth <= 3; depth++)
            each_mention(&closing, visit_denominator, depth);
        close_segment(&closing, ambiguous);
    }
    if (is_guess_alone(reading))
        reading->n_segments = 0;
    read_notes(ws, reading);
}
