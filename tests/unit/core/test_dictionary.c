/* SPDX-License-Identifier: GPL-2.0-or-later */
/* No word of the Indonesian dictionary (Debian's hunspell-id) is mended into a key, a form keyword or a month. */
#include "shipped.h"

#include <stdio.h>

enum { WORD = 64, TEXT = 128 };

static struct shipped shipped;

/* A word of small letters in *text, cut at its flags; false: another entry. */
static bool is_word(char *text)
{
    size_t len = strcspn(text, "/\t\r\n");
    text[len] = '\0';
    return len >= 3 && len < WORD && strspn(text, "abcdefghijklmnopqrstuvwxyz") == len;
}

/* Words so rare that in such a place they are sooner a typing error: the labels of tests/corpus say so. */
static bool is_rare(const char *word)
{
    static const char *const rare[] = {"badut", "bumi", "nila", "tika", "timang", "tingi"};
    for (size_t i = 0; i < sizeof rare / sizeof rare[0]; i++) {
        if (strcmp(word, rare[i]) == 0)
            return true;
    }
    return false;
}

struct spot {
    const char *before, *behind;
};

static bool is_mended(const struct spot *spot, const char *word)
{
    char text[TEXT];
    int64_t sent_ms;
    (void)snprintf(text, sizeof text, "%s%s%s", spot->before, word, spot->behind);
    assert_int_equal(time_parse(SHIPPED_TIME, &sent_ms), 0);
    const struct reading *reading = &shipped_read(&shipped, view_of(text), sent_ms)->reading;
    bool mended = false;
    for (size_t i = 0; i < reading->n_notes; i++)
        mended |= reading->notes[i].kind == NOTE_CORRECTED;
    if (mended)
        printf("%s\n", text);
    return mended;
}

static void no_word_is_mended(void **state)
{
    (void)state;
    /* Where a key, a form keyword or a month may stand. */
    static const struct spot places[] = {{"bumil 12 k4 3 ", " 9"},
                                         {"anak 40 bb 38 ", " 9"},
                                         {"tikar 40 h 40 ", " 9"},
                                         {"paud 30 ", " 9"},
                                         {"", " 12 k4 3"}};
    char line[512];
    size_t words = 0, mended = 0;
    FILE *file = fopen("/usr/share/hunspell/id_ID.dic", "r");
    if (!file)
        fail_msg("the dictionary is missing: apt-get install hunspell-id");
    shipped_open(&shipped);
    while (fgets(line, sizeof line, file)) {
        if (!is_word(line) || is_rare(line))
            continue;
        words++;
        for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
            mended += is_mended(&places[i], line);
    }
    fclose(file);
    shipped_close(&shipped);
    assert_true(words > 20000);
    assert_int_equal(mended, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_word_is_mended)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
