/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes before a report and inside one: whatever month they name exists, and the numbers stay what they are. */
#include "fuzz_set.h"

enum { BYTES_MAX = 400, ROOM = BYTES_MAX + 64 };

static void check(const char *before, const uint8_t *data, size_t size, const char *behind)
{
    static struct reading reading;
    char bytes[ROOM], month[8];
    size_t len = strlen(before);
    memcpy(bytes, before, len);
    memcpy(bytes + len, data, size);
    len += size;
    memcpy(bytes + len, behind, strlen(behind));
    len += strlen(behind);
    fuzz_read(0, (struct view){bytes, len}, &reading);
    for (size_t s = 0; s < reading.n_segments; s++) {
        const struct period_mention *period = &reading.segments[s].period;
        int again = MONTH_NONE;
        KABAR_ASSERT((period->said == PERIOD_SAID) == (period->month != MONTH_NONE));
        if (period->said != PERIOD_SAID)
            continue;
        KABAR_ASSERT(period->month >= 2000 * 12 && period->month < 2100 * 12);
        month_format(period->month, month);
        KABAR_ASSERT(month_parse(view_of(month), &again) == 0 && again == period->month);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > BYTES_MAX)
        return 0;
    fuzz_open();
    check("", data, size, " bumil 12 k4 3");
    check("bumil ", data, size, " 12 k4 3");
    check("bumil 12 k4 3 ", data, size, "");
    return 0;
}
