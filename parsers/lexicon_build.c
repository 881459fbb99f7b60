/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lexicon.h"

#include <string.h>

/*
 * Every spelling is visited twice: once to count what it needs, once to enter it. A blank in a spelling's symbols may
 * be typed as any separator or not at all; one is put before a digit too ("k4" may be typed "k 4").
 */
enum { SYMBOLS_MAX = 2 * SPELLING_MAX, BLANKS_MAX = SPELLING_WORDS_MAX };

struct entry {
    const char *spelling;
    enum meaning_kind kind;
    int form;
    int value;
    int line;
    bool in_lang;
    bool unit_first;
    bool exact; /* no typing error is mended to it */
};

struct symbols {
    char at[SYMBOLS_MAX];
    size_t len, blanks, letters;
    bool digits;
};

struct builder {
    struct lexicon *lexicon; /* NULL: only counting */
    struct lexicon_error *error;
    size_t nodes;
    size_t meanings;
    size_t typos;
    size_t pool;
};

typedef bool visit_fn(struct builder *builder, const struct entry *entry);

static void say(struct lexicon_error *error, const struct entry *entry, const char *what, const char *whose)
{
    const char *parts[] = {"spelling \"", entry->spelling, "\" ", what, whose};
    size_t n = 0;
    for (size_t p = 0; p < sizeof(parts) / sizeof(parts[0]); p++) {
        for (const char *c = parts[p]; *c != '\0' && n + 1 < sizeof(error->text); c++)
            error->text[n++] = *c;
    }
    error->text[n] = '\0';
    error->line = entry->line;
    error->in_lang = entry->in_lang;
}

static bool is_set_word(const struct entry *entry)
{
    return entry->kind == MEANS_FORM || entry->kind == MEANS_KEY;
}

static void push_symbol(struct symbols *symbols, char c)
{
    symbols->at[symbols->len++] = c;
    symbols->blanks += c == ' ';
    symbols->digits = symbols->digits || is_digit(c);
    symbols->letters += is_letter(c);
}

/* Writes what is typed for a spelling; false where it is too long, or holds a digit of another script. */
static bool make_symbols(const char *spelling, struct symbols *symbols)
{
    char at[SPELLING_MAX];
    uint16_t from[SPELLING_MAX];
    struct folded folded = {.at = at, .from = from};
    size_t len = strlen(spelling);
    if (len >= SPELLING_MAX)
        return false;
    fold((struct view){spelling, len}, NULL, &folded);
    *symbols = (struct symbols){.len = 0};
    for (size_t i = 0; i < folded.len; i++) {
        char c = at[i];
        char last = symbols->len == 0 ? '\0' : symbols->at[symbols->len - 1];
        bool digit_next = i + 1 < folded.len && is_digit(at[i + 1]);
        if (c == FOLDED_DIGIT)
            return false;
        if (is_letter(c) || is_digit(c)) {
            if ((is_letter(last) && is_digit(c)) || (is_digit(last) && is_letter(c)))
                push_symbol(symbols, ' ');
            push_symbol(symbols, c);
        } else if (digit_next && ((c == '-' && is_digit(last)) || (c == '<' && last == '\0'))) {
            push_symbol(symbols, c);
        } else if (last != ' ' && last != '\0') {
            push_symbol(symbols, ' ');
        }
    }
    if (symbols->len > 0 && symbols->at[symbols->len - 1] == ' ') {
        symbols->len--;
        symbols->blanks--;
    }
    return symbols->blanks <= BLANKS_MAX;
}

static bool is_typo_target(const struct entry *entry, const struct symbols *symbols)
{
    return !entry->exact && (is_set_word(entry) || entry->kind == MEANS_MONTH_WORD) && !symbols->digits &&
           symbols->letters >= 4 && symbols->blanks < SPELLING_WORDS_MAX;
}

static bool count_entry(struct builder *builder, const struct entry *entry)
{
    struct symbols symbols;
    if (!make_symbols(entry->spelling, &symbols))
        return true; /* refused when it is entered */
    size_t variants = (size_t)1 << symbols.blanks;
    builder->nodes += symbols.len * variants;
    builder->meanings += variants;
    if (is_typo_target(entry, &symbols)) {
        builder->typos++;
        builder->pool += symbols.len;
    }
    return true;
}

static uint32_t child_of(struct lexicon *lexicon, uint32_t node, char byte)
{
    uint32_t child = lexicon_step(lexicon, node, byte);
    if (child != 0)
        return child;
    child = (uint32_t)lexicon->n_nodes++;
    lexicon->nodes[child] = (struct node){.byte = (uint8_t)byte};
    lexicon->nodes[node].digit |= is_digit(byte);
    if (node == 0) {
        lexicon->root[(unsigned char)byte] = child;
    } else {
        lexicon->nodes[child].sibling = lexicon->nodes[node].child;
        lexicon->nodes[node].child = child;
    }
    return child;
}

/* Whether what a set's word means may stand beside what the language means by the same word. */
static bool language_forbids(uint32_t kind)
{
    return UINT64_C(1) << kind & (MEANS(ZERO) | MEANS(NUMBER) | MEANS(MULTIPLIER) | MEANS(MONTH) | MEANS(MONTH_WORD) |
                                  MEANS(DATE_WORD) | MEANS(PERCENT) | MEANS(OUT_OF));
}

static const char *collision(const struct lexicon *lexicon, const struct entry *entry, const struct meaning *old)
{
    bool old_set_word = old->kind == MEANS_FORM || old->kind == MEANS_KEY;
    if (is_set_word(entry) && language_forbids(old->kind))
        return "a word of the language file";
    if (old_set_word && language_forbids(entry->kind))
        return lexicon->set->forms[old->form].code;
    if (entry->kind == MEANS_MONTH && old->kind == MEANS_MONTH)
        return "another month";
    if (!is_set_word(entry) || !old_set_word)
        return NULL;
    if (entry->kind == MEANS_KEY && old->kind == MEANS_KEY)
        return entry->form == old->form ? lexicon->set->forms[old->form].keys[old->value].code : NULL;
    /* Behind its form's word the key is meant: "layanan posyandu 5 paud 2" is not the form PAUD. */
    int key_of = entry->kind == MEANS_KEY ? entry->form : old->form;
    bool apart = entry->form != old->form && entry->kind != old->kind;
    return apart && lexicon->set->forms[key_of].due != DUE_MONTH ? NULL : lexicon->set->forms[old->form].code;
}

static bool add_meaning(struct builder *builder, const struct entry *entry, uint32_t node)
{
    struct lexicon *lexicon = builder->lexicon;
    for (uint32_t m = lexicon->nodes[node].meaning; m != 0; m = lexicon->meanings[m - 1].next) {
        struct meaning *old = &lexicon->meanings[m - 1];
        if (old->kind == (uint8_t)entry->kind && old->form == entry->form && old->value == entry->value) {
            old->unit_first = old->unit_first || entry->unit_first;
            return true;
        }
        const char *whose = collision(lexicon, entry, old);
        if (whose != NULL) {
            say(builder->error, entry, "is already a spelling of ", whose);
            return false;
        }
    }
    struct meaning *meaning = &lexicon->meanings[lexicon->n_meanings++];
    *meaning =
        (struct meaning){.kind = (uint8_t)entry->kind,
                         .form = (int16_t)entry->form,
                         .value = (int16_t)entry->value,
                         .unit_first = entry->unit_first,
                         .mask = UINT64_C(1) << entry->kind | lexicon_mask(lexicon, lexicon->nodes[node].meaning),
                         .next = lexicon->nodes[node].meaning};
    lexicon->nodes[node].meaning = (uint32_t)lexicon->n_meanings;
    return true;
}

static struct typo_word typo_word(struct lexicon *lexicon, const char *at, size_t len)
{
    struct typo_word word = {.at = (uint32_t)lexicon->pool_len};
    for (size_t i = 0; i < len; i++) {
        if (at[i] == ' ')
            continue;
        lexicon->pool[lexicon->pool_len++] = at[i];
        word.len++;
        if (at[i] >= 'a' && at[i] <= 'z')
            word.letters |= UINT32_C(1) << (at[i] - 'a');
    }
    return word;
}

static void add_typo(struct lexicon *lexicon, const struct entry *entry, const struct symbols *symbols)
{
    struct typo_spelling *typo = &lexicon->typos[lexicon->n_typos++];
    typo->form = (int16_t)entry->form;
    typo->key = (int16_t)(entry->kind == MEANS_KEY ? entry->value : -1);
    typo->glued = typo_word(lexicon, symbols->at, symbols->len);
    typo->n_words = 0;
    uint32_t at = typo->glued.at;
    for (size_t i = 0; i < symbols->len; i++) {
        size_t start = i;
        struct typo_word *word = &typo->words[typo->n_words++];
        *word = (struct typo_word){.at = at};
        while (i < symbols->len && symbols->at[i] != ' ')
            i++;
        for (size_t k = start; k < i; k++) {
            if (symbols->at[k] >= 'a' && symbols->at[k] <= 'z')
                word->letters |= UINT32_C(1) << (symbols->at[k] - 'a');
        }
        word->len = (uint8_t)(i - start);
        at += word->len;
    }
}

static bool enter(struct builder *builder, const struct entry *entry)
{
    struct symbols symbols;
    if (!make_symbols(entry->spelling, &symbols)) {
        say(builder->error, entry, "is too long, has too many words or cannot be typed", "");
        return false;
    }
    if (symbols.len == 0) {
        if (is_set_word(entry))
            say(builder->error, entry, "has neither letters nor digits", "");
        return !is_set_word(entry);
    }
    for (size_t variant = 0; variant < (size_t)1 << symbols.blanks; variant++) {
        uint32_t node = 0;
        size_t blank = 0;
        for (size_t i = 0; i < symbols.len; i++) {
            bool glue = symbols.at[i] == ' ' && variant >> blank++ & 1;
            if (!glue)
                node = child_of(builder->lexicon, node, symbols.at[i]);
        }
        if (!add_meaning(builder, entry, node))
            return false;
    }
    if (is_typo_target(entry, &symbols))
        add_typo(builder->lexicon, entry, &symbols);
    return true;
}

static bool visit_word(struct builder *builder, visit_fn *visit, const char *word, enum meaning_kind kind, int value,
                       int line)
{
    const struct entry entry = {
        .spelling = word, .kind = kind, .form = -1, .value = value, .line = line, .in_lang = true};
    return visit(builder, &entry);
}

static bool visit_words(struct builder *builder, visit_fn *visit, const struct words *words, enum meaning_kind kind,
                        int value)
{
    bool visited = true;
    for (size_t i = 0; i < words->n && visited; i++)
        visited = visit_word(builder, visit, words->word[i], kind, value, words->line);
    return visited;
}

static bool visit_numbers(struct builder *builder, visit_fn *visit, const struct number_words *words,
                          enum meaning_kind kind)
{
    bool visited = true;
    for (size_t i = 0; i < words->n && visited; i++)
        visited = visit_word(builder, visit, words->word[i].word, kind, words->word[i].value, 0);
    return visited;
}

/* False: it is too long. */
static bool join(char phrase[SPELLING_MAX], struct view a, struct view b)
{
    if (a.len + b.len + 2 > SPELLING_MAX)
        return false;
    memcpy(phrase, a.at, a.len);
    phrase[a.len] = ' ';
    memcpy(phrase + a.len + 1, b.at, b.len + 1);
    return true;
}

/* Every phrase of a word of first and a word of second. */
static bool visit_pairs(struct builder *builder, visit_fn *visit, const struct words *first, const struct words *second,
                        enum meaning_kind kind, int value)
{
    char phrase[SPELLING_MAX];
    bool visited = true;
    for (size_t i = 0; i < first->n * second->n && visited; i++)
        visited = !join(phrase, view_of(first->word[i / second->n]), view_of(second->word[i % second->n])) ||
                  visit_word(builder, visit, phrase, kind, value, first->line);
    return visited;
}

/* Lists of words that mean one thing. */
static const struct {
    size_t words; /* in struct lang */
    enum meaning_kind kind;
} word_lists[] = {
    {offsetof(struct lang, fillers), MEANS_FILLER},
    {offsetof(struct lang, titles), MEANS_TITLE},
    {offsetof(struct lang, greetings), MEANS_GREETING},
    {offsetof(struct lang, courtesy), MEANS_COURTESY},
    {offsetof(struct lang, thanks), MEANS_THANKS},
    {offsetof(struct lang, ordinary), MEANS_ORDINARY},
    {offsetof(struct lang, units), MEANS_UNIT},
    {offsetof(struct lang, percent), MEANS_PERCENT},
    {offsetof(struct lang, out_of), MEANS_OUT_OF},
    {offsetof(struct lang, negations), MEANS_NEGATION},
    {offsetof(struct lang, zeros), MEANS_ZERO},
    {offsetof(struct lang, date_word), MEANS_DATE_WORD},
    {offsetof(struct lang, year_word), MEANS_YEAR_WORD},
    {offsetof(struct lang, quarter), MEANS_QUARTER},
    {offsetof(struct lang, measures), MEANS_MEASURE},
    {offsetof(struct lang, ages), MEANS_AGE},
    {offsetof(struct lang, numbered), MEANS_NUMBERED},
    {offsetof(struct lang, terms), MEANS_TERM},
    {offsetof(struct lang, instead), MEANS_INSTEAD},
    {offsetof(struct lang, not_this), MEANS_NOT_THIS},
    {offsetof(struct lang, doubt), MEANS_DOUBT},
    {offsetof(struct lang, events), MEANS_EVENT},
    {offsetof(struct lang, emergencies), MEANS_EVENT},
    {offsetof(struct lang, asks), MEANS_ASK},
    {offsetof(struct lang, plans), MEANS_PLAN},
    {offsetof(struct lang, asides), MEANS_ASIDE},
    {offsetof(struct lang, refers), MEANS_REFERS},
    {offsetof(struct lang, reports), MEANS_REPORTS},
    {offsetof(struct lang, parts), MEANS_PART},
    {offsetof(struct lang, not_yet), MEANS_NEGATION},
    {offsetof(struct lang, links), MEANS_LINK},
    {offsetof(struct lang, things), MEANS_THING},
    {offsetof(struct lang, like), MEANS_LIKE},
    {offsetof(struct lang, totals), MEANS_TOTAL},
    {offsetof(struct lang, changes_by), MEANS_CHANGE_BY},
    {offsetof(struct lang, compared), MEANS_COMPARED},
    {offsetof(struct lang, claims), MEANS_CLAIM},
    {offsetof(struct lang, that), MEANS_THAT},
    {offsetof(struct lang, arrived), MEANS_ARRIVED},
    {offsetof(struct lang, how), MEANS_HOW},
    {offsetof(struct lang, sending), MEANS_SENDING},
    {offsetof(struct lang, programmes), MEANS_PROGRAMME},
    {offsetof(struct lang, examples), MEANS_EXAMPLE},
};

static bool visit_lang(struct builder *builder, visit_fn *visit, const struct lang *lang)
{
    bool visited = true;
    for (size_t i = 0; i < sizeof(word_lists) / sizeof(word_lists[0]) && visited; i++) {
        const struct words *words = (const void *)((const char *)lang + word_lists[i].words);
        visited = visit_words(builder, visit, words, word_lists[i].kind, 0);
    }
    for (int month = 0; month < 12 && visited; month++)
        visited = visit_words(builder, visit, &lang->months[month], MEANS_MONTH, month + 1);
    for (int command = 0; command < COMMAND_COUNT && visited; command++)
        visited = visit_words(builder, visit, &lang->commands[command], MEANS_COMMAND, command);
    return visited && visit_numbers(builder, visit, &lang->digits, MEANS_NUMBER) &&
           visit_numbers(builder, visit, &lang->other_digits, MEANS_NUMBER) &&
           visit_numbers(builder, visit, &lang->multipliers, MEANS_MULTIPLIER) &&
           visit_words(builder, visit, &lang->adds_ten, MEANS_MULTIPLIER, ADDS_TEN) &&
           visit_pairs(builder, visit, &lang->not_yet, &lang->exist, MEANS_NOT_YET, 0) &&
           visit_pairs(builder, visit, &lang->unclear, &lang->exist, MEANS_NOT_YET, 0) &&
           visit_pairs(builder, visit, &lang->negations, &lang->exist, MEANS_ZERO, 0) &&
           visit_pairs(builder, visit, &lang->month_word, &lang->last, MEANS_RELATIVE, -1) &&
           visit_pairs(builder, visit, &lang->month_word, &lang->current, MEANS_RELATIVE, 0);
}

static bool visit_forms(struct builder *builder, visit_fn *visit, const struct set *set, const struct lang *lang)
{
    for (size_t f = 0; f < set->n_forms; f++) {
        const struct form *form = &set->forms[f];
        for (size_t i = 0; i < form->n_spellings; i++) {
            struct view first = {form->spellings[i], strcspn(form->spellings[i], " ")};
            struct entry entry = {.spelling = first.at, .kind = MEANS_FORM, .form = (int)f, .line = form->line};
            entry.unit_first = words_have(&lang->units, first);
            if (!visit(builder, &entry))
                return false;
        }
    }
    return true;
}

/* "tidak diukur" is typed with every word of the list that its first word is of: "teu diukur". */
static bool visit_negated(struct builder *builder, visit_fn *visit, struct entry entry, const struct words *negations)
{
    char phrase[SPELLING_MAX];
    bool visited = true;
    size_t first = strcspn(entry.spelling, " ");
    const char *behind = entry.spelling + first;
    if (*behind == '\0' || !words_have(negations, (struct view){entry.spelling, first}))
        return true;
    entry.spelling = phrase;
    entry.exact = true;
    for (size_t i = 0; i < negations->n && visited; i++)
        visited = !join(phrase, view_of(negations->word[i]), view_of(behind + 1)) || visit(builder, &entry);
    return visited;
}

static bool visit_keys(struct builder *builder, visit_fn *visit, const struct form *form, int f,
                       const struct lang *lang)
{
    for (size_t k = 0; k < form->n_keys; k++) {
        const struct key *key = &form->keys[k];
        for (size_t i = 0; i < key->n_spellings + key->n_exact; i++) {
            bool exact = i >= key->n_spellings;
            struct entry entry = {.spelling = exact ? key->exact[i - key->n_spellings] : key->spellings[i],
                                  .kind = MEANS_KEY,
                                  .form = f,
                                  .value = (int)k,
                                  .line = key->line,
                                  .exact = exact};
            if (!visit(builder, &entry) || !visit_negated(builder, visit, entry, &lang->negations) ||
                !visit_negated(builder, visit, entry, &lang->not_yet))
                return false;
        }
    }
    return true;
}

/* The order in which typing errors are looked for: forms and the month word, then the keys form by form. */
static bool visit_all(struct builder *builder, visit_fn *visit, const struct set *set, const struct lang *lang)
{
    struct lexicon *lexicon = builder->lexicon;
    if (!visit_forms(builder, visit, set, lang) || !visit_words(builder, visit, &lang->month_word, MEANS_MONTH_WORD, 0))
        return false;
    if (lexicon != NULL)
        lexicon->n_common_typos = lexicon->n_typos;
    for (size_t f = 0; f < set->n_forms; f++) {
        if (lexicon != NULL)
            lexicon->key_typos[f] = lexicon->n_typos;
        if (!visit_keys(builder, visit, &set->forms[f], (int)f, lang))
            return false;
    }
    if (lexicon != NULL)
        lexicon->key_typos[set->n_forms] = lexicon->n_typos;
    return visit_lang(builder, visit, lang);
}

static size_t aligned(size_t size)
{
    return (size + _Alignof(max_align_t) - 1) / _Alignof(max_align_t) * _Alignof(max_align_t);
}

static size_t layout(const struct builder *count, size_t ret_offsets[4])
{
    size_t size = aligned(sizeof(struct lexicon));
    const size_t sizes[4] = {(count->nodes + 1) * sizeof(struct node), count->meanings * sizeof(struct meaning),
                             count->typos * sizeof(struct typo_spelling), count->pool};
    for (size_t i = 0; i < 4; i++) {
        ret_offsets[i] = size;
        size += aligned(sizes[i]);
    }
    return size;
}

static size_t measure(const struct set *set, const struct lang *lang, size_t ret_offsets[4])
{
    struct builder count = {.lexicon = NULL};
    (void)visit_all(&count, count_entry, set, lang);
    return layout(&count, ret_offsets);
}

size_t lexicon_size(const struct set *set, const struct lang *lang)
{
    size_t offsets[4];
    return measure(set, lang, offsets);
}

struct lexicon *lexicon_build(const struct set *set, const struct lang *lang, void *memory, size_t size,
                              struct lexicon_error *ret_error)
{
    size_t offsets[4];
    if (measure(set, lang, offsets) > size || set->n_forms > SET_FORMS_MAX) {
        *ret_error = (struct lexicon_error){.text = "the set is larger than the room given for it"};
        return NULL;
    }
    struct lexicon *lexicon = memory;
    memset(lexicon, 0, sizeof(*lexicon));
    lexicon->set = set;
    lexicon->lang = lang;
    lexicon->nodes = (struct node *)(void *)((char *)memory + offsets[0]);
    lexicon->meanings = (struct meaning *)(void *)((char *)memory + offsets[1]);
    lexicon->typos = (struct typo_spelling *)(void *)((char *)memory + offsets[2]);
    lexicon->pool = (char *)memory + offsets[3];
    lexicon->nodes[0] = (struct node){.byte = 0};
    lexicon->n_nodes = 1;
    struct builder builder = {.lexicon = lexicon, .error = ret_error};
    if (!visit_all(&builder, enter, set, lang))
        return NULL;
    return lexicon;
}
