/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "token.h"

#include <stdbool.h>
#include <string.h>

struct gap {
    const char *text;
    size_t from;
    size_t to;
    bool left;       /* a token stands before it */
    bool digits;     /* digits stand behind it */
    bool word;       /* a word stands behind it */
    bool glued_run;  /* of dashes, which a dash glued to the token before began */
    bool line_start; /* nothing but list bullets since the line began */
};

static bool blank(const char *text, size_t from, size_t to)
{
    while (from < to && (text[from] == ' ' || text[from] == '\n'))
        from++;
    return from == to;
}

static bool text_is_blank(char c)
{
    return c == ' ' || c == '\n';
}

/* Runs of these with others of them are ornaments: "~*~ 12", ">> 12". */
static bool is_ornament(const struct gap *gap, size_t i)
{
    static const char signs[] = "~*>|_<";
    bool before = i > gap->from && strchr(signs, gap->text[i - 1]) != NULL;
    bool behind = i + 1 < gap->to && strchr(signs, gap->text[i + 1]) != NULL;
    return before || behind;
}

static bool ends_sentence(const struct gap *gap, size_t i)
{
    return i + 1 == gap->to ? !gap->digits && !gap->word : blank(gap->text, i + 1, i + 2);
}

/* A dash is a minus sign, a signature's, a bullet, a lone one or only a separator. */
static void dash(struct gap *gap, size_t i, struct token *right)
{
    bool goes_on = i > gap->from && gap->text[i - 1] == '-';
    gap->glued_run = goes_on ? gap->glued_run : gap->left && i == gap->from;
    bool last = i + 1 == gap->to;
    bool glued = gap->left && i == gap->from;
    if (!glued)
        right->gap |= GAP_AFTER_DASH;
    if (last && gap->digits) {
        if (!glued)
            right->gap |= GAP_MINUS;
    } else if (last && gap->word) {
        if (!glued && !gap->line_start)
            right->gap |= GAP_HYPHEN;
    } else if (!gap->line_start && !gap->glued_run) {
        right->gap |= GAP_DASH;
        right->mark = (uint16_t)i;
    }
}

static void sign(const struct gap *gap, size_t i, struct token *right)
{
    char c = gap->text[i];
    bool last = i + 1 == gap->to;
    if (c != '.' && c != '\'' && c != '"')
        right->gap |= GAP_BREAK;
    if (c == ',' || c == ';' || c == '(' || c == ')' || c == '[' || c == ']' || c == '|')
        right->gap |= GAP_PIECE;
    if ((c == '.' || c == ',') && last && gap->digits && i > gap->from && text_is_blank(gap->text[i - 1]))
        right->gap |= GAP_POINT;
    bool apart = i == gap->from ? !gap->left : text_is_blank(gap->text[i - 1]);
    if (c == '+' && gap->digits && (last ? apart : gap->text[i + 1] == '-'))
        right->gap |= GAP_ABOUT; /* "+- 40", "stunting +1" */
    switch (c) {
    case '\n':
        right->gap |= GAP_LINE;
        break;
    case '?':
        right->gap |= GAP_QUESTION;
        if (gap->left && i == gap->from)
            right->gap |= GAP_GLUED_QUESTION;
        right->mark = (uint16_t)i;
        if (ends_sentence(gap, i))
            right->gap |= GAP_SENTENCE;
        break;
    case '.':
    case '!':
        if (ends_sentence(gap, i))
            right->gap |= GAP_SENTENCE;
        break;
    case '~':
    case '<':
    case '>':
        if (is_ornament(gap, i))
            break;
        if (gap->digits && blank(gap->text, i + 1, gap->to))
            right->gap |= GAP_ABOUT;
        if (c == '<' && gap->digits && blank(gap->text, i + 1, gap->to))
            right->gap |= GAP_LESS;
        break;
    case '%':
        if (gap->left && blank(gap->text, gap->from, i))
            right->gap |= GAP_PERCENT;
        else if (last && gap->digits)
            right->gap |= GAP_ABOUT;
        break;
    case '\'':
        if (last && gap->digits)
            right->gap |= GAP_QUOTE;
        break;
    default:
        break;
    }
}

static void read_gap(struct gap *gap, struct token *right)
{
    const char *text = gap->text;
    right->gap = gap->left ? 0 : GAP_LINE;
    right->joint = gap->left && gap->to - gap->from == 1 ? text[gap->from] : '\0';
    right->mark = 0;
    if (right->joint == ' ')
        return;
    if (gap->from == gap->to) {
        if (gap->left)
            right->gap |= GAP_NONE;
        return;
    }
    size_t signs = 0;
    char only = '\0';
    gap->line_start = !gap->left;
    for (size_t i = gap->from; i < gap->to; i++) {
        bool arrow = (text[i] == '-' || text[i] == '=') && i + 1 < gap->to && text[i + 1] == '>';
        if (text[i] != ' ') {
            signs++;
            only = text[i];
        }
        if (arrow) {
            i++;
            only = '\0';
        } else if (text[i] == '-') {
            dash(gap, i, right);
        } else if (text[i] != ' ') {
            sign(gap, i, right);
            gap->line_start = gap->line_start || text[i] == '\n';
        }
    }
    if (gap->left && signs == 1 && (only == '/' || only == '-'))
        right->gap |= only == '/' ? GAP_SLASH : GAP_RANGE;
}

/* The kind of token that a folded byte below 0x80 belongs to; TOKEN_END: it separates. */
static const uint8_t kinds[0x80] = {
    [FOLDED_DIGIT] = TOKEN_FOREIGN,
    ['0'] = TOKEN_DIGITS,
    ['1'] = TOKEN_DIGITS,
    ['2'] = TOKEN_DIGITS,
    ['3'] = TOKEN_DIGITS,
    ['4'] = TOKEN_DIGITS,
    ['5'] = TOKEN_DIGITS,
    ['6'] = TOKEN_DIGITS,
    ['7'] = TOKEN_DIGITS,
    ['8'] = TOKEN_DIGITS,
    ['9'] = TOKEN_DIGITS,
    ['a'] = TOKEN_WORD,
    ['b'] = TOKEN_WORD,
    ['c'] = TOKEN_WORD,
    ['d'] = TOKEN_WORD,
    ['e'] = TOKEN_WORD,
    ['f'] = TOKEN_WORD,
    ['g'] = TOKEN_WORD,
    ['h'] = TOKEN_WORD,
    ['i'] = TOKEN_WORD,
    ['j'] = TOKEN_WORD,
    ['k'] = TOKEN_WORD,
    ['l'] = TOKEN_WORD,
    ['m'] = TOKEN_WORD,
    ['n'] = TOKEN_WORD,
    ['o'] = TOKEN_WORD,
    ['p'] = TOKEN_WORD,
    ['q'] = TOKEN_WORD,
    ['r'] = TOKEN_WORD,
    ['s'] = TOKEN_WORD,
    ['t'] = TOKEN_WORD,
    ['u'] = TOKEN_WORD,
    ['v'] = TOKEN_WORD,
    ['w'] = TOKEN_WORD,
    ['x'] = TOKEN_WORD,
    ['y'] = TOKEN_WORD,
    ['z'] = TOKEN_WORD,
};

static inline uint8_t kind_at(const struct folded *folded, size_t i)
{
    unsigned char c = (unsigned char)folded->at[i];
    return c < 0x80 ? kinds[c] : TOKEN_WORD;
}

static bool next_is_letter(const struct folded *folded, size_t i)
{
    while (i < folded->len && folded->at[i] == ' ')
        i++;
    return i < folded->len && is_letter(folded->at[i]);
}

/* Whether the next line begins with that number and sign: what follows the number is a list, or the rows of a table. */
static bool row_follows(const struct folded *folded, size_t i, int number, char sign)
{
    while (i < folded->len && folded->at[i] != '\n')
        i++;
    while (i < folded->len && kind_at(folded, i) == TOKEN_END)
        i++;
    int read = 0;
    for (; i < folded->len && is_digit(folded->at[i]) && read < 100; i++)
        read = read * 10 + (folded->at[i] - '0');
    while (i < folded->len && folded->at[i] == ' ')
        i++;
    return i < folded->len && read == number && folded->at[i] == sign;
}

/* "1." or "1)" at the start of a line, then "2." …, behind a number (inlined) on the same line too; a list that goes
 * on begins with "7." and "8." on the next line. What the list counts, or 0. */
static int list_index(const struct folded *folded, const struct token *token, int last, bool inlined)
{
    if (token->kind != TOKEN_DIGITS || token->end == folded->len || token->end - token->start > 2)
        return 0;
    bool line = token->gap & GAP_LINE;
    char behind = folded->at[token->end];
    bool point = behind == '.' && (token->end + 1u == folded->len || !is_digit(folded->at[token->end + 1]));
    if (!point && behind != ')' && !(behind == '|' && line))
        return 0;
    int index = 0;
    for (size_t i = token->start; i < token->end; i++)
        index = index * 10 + (folded->at[i] - '0');
    if (!line)
        return inlined && last > 0 && index == last + 1 && next_is_letter(folded, token->end + 1u) ? index : 0;
    bool begins = (index == 1 && behind != '|') || row_follows(folded, token->end, index + 1, behind);
    return begins || (last > 0 && index == last + 1) ? index : 0;
}

static void find_chunks(struct token *tokens, size_t n)
{
    for (size_t i = n; i-- > 0;)
        tokens[i].chunk_end = tokens[i + 1].gap & GAP_NONE ? tokens[i + 1].chunk_end : tokens[i].end;
}

size_t tokens_cut(const struct folded *folded, struct token *ret_tokens)
{
    size_t n = 0;
    size_t gap_from = 0;
    bool left = false;
    int list = 0;
    struct token index_token = {.gap = 0};
    for (size_t i = 0;;) {
        while (i < folded->len && kind_at(folded, i) == TOKEN_END)
            i++;
        struct token *token = &ret_tokens[n];
        uint8_t kind = i < folded->len ? kind_at(folded, i) : TOKEN_END;
        token->kind = kind;
        token->start = (uint16_t)i;
        while (i < folded->len && kind_at(folded, i) == kind)
            i++;
        token->end = (uint16_t)i;
        struct gap gap = {.text = folded->at, .from = gap_from, .to = token->start, .left = left};
        gap.digits = kind == TOKEN_DIGITS || kind == TOKEN_FOREIGN;
        gap.word = kind == TOKEN_WORD;
        read_gap(&gap, token);
        token->gap |= index_token.gap;
        if (index_token.gap != 0)
            token->mark = index_token.mark;
        index_token.gap = 0;
        if (kind == TOKEN_END)
            break;
        int index = list_index(folded, token, list,
                               n > 0 && ret_tokens[n - 1].kind == TOKEN_DIGITS && token->joint != '.' &&
                                   token->joint != '/' && !(token->gap & GAP_MINUS));
        gap_from = i;
        if (index > 0) {
            /* The gap that the index leaves starts the line; marks that stood before it still count. */
            list = index;
            index_token = *token;
            index_token.gap &= GAP_QUESTION | GAP_GLUED_QUESTION | GAP_DASH | GAP_PERCENT | GAP_SENTENCE;
            gap_from = i + 1;
            left = false;
            continue;
        }
        left = true;
        n++;
    }
    ret_tokens[n].chunk_end = ret_tokens[n].end;
    find_chunks(ret_tokens, n);
    return n;
}
