/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Time as an input. Nobody else asks the system what time it is: struct clock is passed in, and tests turn its hands.
 *
 * ms is milliseconds UTC since 1970. The wall clock is untrusted where it is earlier than the build or than the newest
 * stored SCTS (docs/design.md 6); retries and deadlines go by the monotonic clock.
 */
#ifndef KABAR_BASE_CLOCK_H
#define KABAR_BASE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "parsers/period.h"

enum { MS_SECOND = 1000, MS_MINUTE = 60 * MS_SECOND, MS_HOUR = 60 * MS_MINUTE };
#define MS_DAY ((int64_t)24 * MS_HOUR)

struct clock {
    int64_t (*wall_ms)(void *data);
    int64_t (*monotonic_ms)(void *data);
    void *data;
};

/* The system's own two clocks. */
extern const struct clock clock_system;

/* A clock that stands still until it is moved: for tests and for time a caller gives (`--at`). */
struct clock_fixed {
    int64_t wall;
    int64_t monotonic;
};
struct clock clock_of_fixed(struct clock_fixed *fixed);

/*
 * The village's time zone: one a process, because libc's own rules do the work ("Asia/Jakarta" from the system's tz
 * database, or a POSIX rule like "WIB-7" where there is none). -EINVAL where the name is neither.
 */
MUST_CHECK int zone_set(const char *name, struct error *error);
/* The same without setting it. */
MUST_CHECK int zone_check(const char *name, struct error *error);

/* A moment on the village's wall. */
struct local_time {
    struct day day;
    int hour, minute, second;
    int weekday; /* 0 = Sunday */
};
struct local_time zone_local(int64_t ms);
/* The moment of a local time; one that a zone change skips is the first after it. */
int64_t zone_ms(const struct local_time *local);

/* RFC 3339 with offset or Z, seconds optional, "YYYY-MM-DD" alone is that day's noon UTC. Returns 0 or -EINVAL. */
MUST_CHECK int time_parse(const char *text, int64_t *ret_ms);
/* "2026-10-15T02:00:00Z" (21 bytes with the end). */
void time_format(int64_t ms, char ret_text[21]);
/* "2026-10-15 09:00" in the zone (17 bytes with the end), as operators read it. */
void time_format_local(int64_t ms, char ret_text[17]);

/* The moment this program was built: no true clock shows less. */
int64_t clock_build_ms(void);

#endif
