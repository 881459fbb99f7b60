/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdlib.h>

#include "base/translate.h"
#include "parsers/edit.h"
#include "settings/lang_file.h"
#include "settings/set_compile.h"
#include "settings/settings.h"

enum { CORRECTED_LETTERS = 4 }; /* docs/grammar.md 3: shorter words, and those with a digit, are never corrected */

static bool is_corrected(const char *spelling)
{
    return strlen(spelling) >= CORRECTED_LETTERS && strcspn(spelling, "0123456789") == strlen(spelling);
}

/* A line for each pair of spellings that one typing error turns into the other. */
static void note_near(const struct set *set, int line, const char *what, const char *const *one, size_t n_one,
                      const char *other_name, const char *const *other, size_t n_other, struct buf *notes)
{
    for (size_t i = 0; i < n_one; i++)
        for (size_t j = 0; j < n_other; j++)
            if (is_corrected(one[i]) && is_corrected(other[j]) &&
                edit_distance(view_of(one[i]), view_of(other[j])) == 1)
                buf_printf(notes, _("%s:%d: spelling \"%s\" of %s is one typing error from \"%s\" of %s\n"), set->file,
                           line, one[i], what, other[j], other_name);
}

/* "dpt1" beside "dpt": what "DPT 13" is nobody knows. */
static void note_digit(const struct set *set, const struct form *form, const struct key *key, const char *spelling,
                       struct buf *notes)
{
    size_t len = strlen(spelling), letters = len;
    while (letters > 0 && spelling[letters - 1] >= '0' && spelling[letters - 1] <= '9')
        letters--;
    if (letters == 0 || letters == len)
        return;
    for (size_t k = 0; k < form->n_keys; k++)
        for (size_t i = 0; i < form->keys[k].n_spellings; i++) {
            const char *other = form->keys[k].spellings[i];
            if (strlen(other) == letters && strncmp(other, spelling, letters) == 0)
                buf_printf(
                    notes, _("%s:%d: spelling \"%s\" of %s is \"%s\" of %s with a digit: \"%s %s3\" is asked back\n"),
                    set->file, key->line, spelling, key->code, other, form->keys[k].code, other, spelling + letters);
        }
}

/* A key that is a letter for a digit ("l2" is 12), and one that ends in a digit. */
static void note_digits(const struct set *set, const struct form *form, struct buf *notes)
{
    for (size_t k = 0; k < form->n_keys; k++)
        for (size_t i = 0; i < form->keys[k].n_spellings; i++) {
            const char *spelling = form->keys[k].spellings[i];
            if (spelling[0] != '\0' && spelling[1] == '\0' && strchr("oil", spelling[0]))
                buf_printf(notes,
                           _("%s:%d: spelling \"%s\" of %s is also a letter for a digit: \"%s2\" may be a number\n"),
                           set->file, form->keys[k].line, spelling, form->keys[k].code, spelling);
            note_digit(set, form, &form->keys[k], spelling, notes);
        }
}

static void note_form(const struct set *set, size_t at, struct buf *notes)
{
    const struct form *form = &set->forms[at];
    note_digits(set, form, notes);
    for (size_t i = 0; i < form->n_keys; i++) {
        const struct key *key = &form->keys[i];
        for (size_t j = i + 1; j < form->n_keys; j++)
            note_near(set, key->line, key->code, key->spellings, key->n_spellings, form->keys[j].code,
                      form->keys[j].spellings, form->keys[j].n_spellings, notes);
        for (size_t j = 0; j < set->n_forms; j++)
            note_near(set, key->line, key->code, key->spellings, key->n_spellings, set->forms[j].code,
                      set->forms[j].spellings, set->forms[j].n_spellings, notes);
    }
    for (size_t j = at + 1; j < set->n_forms; j++)
        note_near(set, form->line, form->code, form->spellings, form->n_spellings, set->forms[j].code,
                  set->forms[j].spellings, set->forms[j].n_spellings, notes);
}

int set_check(const char *path, const char *lang_path, struct faults *faults, struct buf *notes,
              struct set_file **ret_file)
{
    struct lang_file *lang = NULL;
    struct set_file *file = NULL;
    int result = lang_path ? lang_file_open(lang_path, faults, &lang) : 0;
    if (set_file_open(path, faults, &file) != 0)
        result = -EINVAL;
    if (result == 0 && lang) {
        const struct lexicon *lexicon;
        void *memory = set_compile(&file->set, &lang->lang, faults, &lexicon);
        result = memory ? 0 : -EINVAL;
        free(memory);
    }
    for (size_t i = 0; file && i < file->set.n_forms; i++)
        note_form(&file->set, i, notes);
    lang_file_close(lang);
    if (result != 0)
        file = set_file_close(file);
    *ret_file = file;
    return result;
}
