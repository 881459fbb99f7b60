/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdlib.h>

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
                buf_printf(notes, "%s:%d: spelling \"%s\" of %s is one typing error from \"%s\" of %s\n", set->file,
                           line, one[i], what, other[j], other_name);
}

static void note_form(const struct set *set, size_t at, struct buf *notes)
{
    const struct form *form = &set->forms[at];
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
