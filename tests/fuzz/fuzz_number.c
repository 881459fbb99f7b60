/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes where a value is due. A count is taken from nothing but its own token, and a token that is digits alone
 * is taken for what it says.
 */
#include "fuzz_set.h"

enum { BYTES_MAX = 400 };

/* What digits, one thousands dot and letters for digits say, or -1 where there is anything else. */
static int plainly(struct view token)
{
    int value = 0;
    for (size_t i = 0; i < token.len && value <= VALUE_MAX; i++) {
        const char *zeros = "oO", *ones = "lIi";
        char c = token.at[i];
        if (c == '\0')
            return -1;
        if (c >= '0' && c <= '9')
            value = value * 10 + (c - '0');
        else if (strchr(zeros, c) || strchr(ones, c))
            value = value * 10 + (strchr(ones, c) != NULL);
        else if (c != '.' || i != 1 || token.len != 5)
            return -1;
    }
    return value;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct reading reading;
    char bytes[BYTES_MAX + 16];
    size_t len = (size_t)snprintf(bytes, sizeof bytes, "baduta tb ");
    if (size > BYTES_MAX)
        return 0;
    fuzz_open();
    memcpy(bytes + len, data, size);
    fuzz_read(0, (struct view){bytes, len + size}, &reading);
    for (size_t s = 0; s < reading.n_segments; s++) {
        for (size_t i = 0; i < reading.segments[s].n_fields; i++) {
            const struct field *field = &reading.segments[s].fields[i];
            int value = plainly(field->value_token);
            KABAR_ASSERT(value < 0 || field->value_token.len == 0 || value == field->value);
        }
    }
    return 0;
}
