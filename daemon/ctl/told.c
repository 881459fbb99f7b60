/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/told.h"

#include <stdio.h>
#include <string.h>

#include "base/translate.h"
#include "parsers/view.h"

enum { PIECES_MAX = 5, DEPTH_MAX = 4 };

static const char *const sentences[] = {
#define TOLD(sentence) sentence,
#define DEED(sentence)
#include "ctl/told.def"
#undef TOLD
#undef DEED
    NULL,
};

static const char *const deeds[] = {
#define TOLD(sentence)
#define DEED(sentence) sentence,
#include "ctl/told.def"
#undef TOLD
#undef DEED
    NULL,
};

/* Whether the text is the sentence, and what stands in it for each %s: as little as can be, the last one all that is
 * left. */
static bool matches(const char *sentence, struct view text, struct view pieces[PIECES_MAX])
{
    for (size_t n = 0;; n++) {
        const char *hole = strstr(sentence, "%s");
        size_t len = hole ? (size_t)(hole - sentence) : strlen(sentence);
        if (text.len < len || memcmp(text.at, sentence, len) != 0)
            return false;
        text = (struct view){text.at + len, text.len - len};
        if (!hole)
            return text.len == 0;
        sentence = hole + 2;
        const char *next = strstr(sentence, "%s");
        size_t own = next ? (size_t)(next - sentence) : strlen(sentence);
        const char *found = own ? memmem(text.at, text.len, sentence, own) : text.at + text.len;
        if (!next && own && text.len >= own)
            found = text.at + text.len - own;
        if (!found || found == text.at || n == PIECES_MAX)
            return false;
        pieces[n] = (struct view){text.at, (size_t)(found - text.at)};
        text = (struct view){found, text.len - pieces[n].len};
    }
}

static void add(const char *const *list, struct view text, int depth, struct buf *out)
{
    struct view pieces[PIECES_MAX];
    const char *const *first = list;
    for (; *list && depth < DEPTH_MAX; list++) {
        if (!matches(*list, text, pieces))
            continue;
        const char *said = translate(*list);
        for (size_t n = 0; *said; n++) {
            const char *hole = strstr(said, "%s");
            size_t len = hole ? (size_t)(hole - said) : strlen(said);
            buf_add(out, (struct view){said, len});
            said += len + (hole ? 2 : 0);
            if (hole)
                add(first, pieces[n], depth + 1, out);
        }
        return;
    }
    struct told word;
    (void)snprintf(word.text, sizeof word.text, "%.*s", (int)text.len, text.at);
    buf_puts(out, translate(word.text));
}

static struct told said_again(const char *const *list, const char *text)
{
    struct told told;
    CLEANUP(buf_deinit) struct buf out;
    buf_init(&out, sizeof told.text - 1);
    add(list, view_of(text), 0, &out);
    (void)snprintf(told.text, sizeof told.text, "%s", out.full ? text : out.text);
    return told;
}

struct told told(const char *text)
{
    return said_again(sentences, text);
}

struct told told_deed(const char *text)
{
    return said_again(deeds, text);
}
