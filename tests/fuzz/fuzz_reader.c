/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as a message, with every set: a sound reading, and the same one whatever was read before. */
#include "../unit/core/digits.h"
#include "fuzz_set.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct reading reading, again;
    struct view text = {(const char *)data, size};
    fuzz_open();
    for (size_t set = 0; set < fuzz_settings->n_sets; set++) {
        memset(fuzz_workspace, 0x00, reader_workspace_size());
        fuzz_read(set, text, &reading);
        KABAR_ASSERT(digits_silent(&reading, text) == NULL);
        memset(fuzz_workspace, 0xff, reader_workspace_size());
        fuzz_read(set, text, &again);
        KABAR_ASSERT(reading.kind == again.kind && reading.command == again.command &&
                     reading.n_segments == again.n_segments && reading.n_notes == again.n_notes);
        for (size_t s = 0; s < reading.n_segments; s++) {
            const struct segment *a = &reading.segments[s], *b = &again.segments[s];
            KABAR_ASSERT(a->form == b->form && a->n_fields == b->n_fields && a->n_problems == b->n_problems &&
                         a->unreadable == b->unreadable && a->period.month == b->period.month);
            for (size_t i = 0; i < a->n_fields; i++)
                KABAR_ASSERT(a->fields[i].key == b->fields[i].key && a->fields[i].value == b->fields[i].value);
        }
    }
    return 0;
}
