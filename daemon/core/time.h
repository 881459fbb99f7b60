/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the moment is. The wall clock is believed unless something better is known: it can be behind (a box without a
 * battery wakes up in the past), ahead (a battery that fails, a hand that errs), and put right at any time.
 *
 * What is known better: the build, the latest moment that was believed before (META_CLOCK), the monotonic clock, and
 * stamps of the network (SCTS). One stamp says nothing of the clock, whatever it says: those of two senders do. A hand
 * that sets the clock wins over all that was heard before. See docs/design.md 6.
 */
#ifndef KABAR_CORE_TIME_H
#define KABAR_CORE_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/box.h"

enum clock_verdict {
    CLOCK_GOOD,
    CLOCK_UNSET,  /* long before the build, or absurdly late */
    CLOCK_BEHIND, /* of what was believed before, or of the stamps of two senders */
    CLOCK_AHEAD,  /* of the stamps of two senders */
    CLOCK_LEAPT,  /* by weeks, and nothing has confirmed it yet */
    CLOCK_VERDICT_COUNT
};
const char *clock_verdict_to_string(enum clock_verdict verdict);

struct moment {
    int64_t ms;                 /* as well as the box can know */
    bool trusted;               /* the wall clock is good: calendar jobs may run */
    int64_t ahead_ms;           /* a stamp so much later than ms may be true, though it says nothing of the clock */
    enum clock_verdict verdict; /* why */
    int64_t least_ms;           /* it is so late for certain; less than ms where a clock that has leapt may be wrong */
};

/* A stamp that was heard: how the wall clock stood to it when it came. */
struct stamp {
    uint64_t sender, smsc; /* hashes of theirs */
    int64_t lead_ms;       /* stamp less wall */
    int64_t monotonic_ms;  /* when it came */
};
enum { STAMPS_MAX = 32 };
#define ZONE_MS (14 * (int64_t)MS_HOUR + 30 * MS_MINUTE) /* no zone is further off */

/* What a process remembers. */
struct timekeeping {
    bool looked;                                        /* at the clocks, once at least */
    int64_t wall_ms, monotonic_ms, moment_ms, least_ms; /* as seen last */
    bool trusted, leapt;
    int64_t set_ms;   /* a hand has set the wall clock to this: what was believed before does not count; 0 none */
    int64_t reset_ms; /* the last moment_reset() that was seen */
    struct stamp stamps[STAMPS_MAX];
    size_t n_stamps; /* heard since the clock was set; the newest at (n_stamps - 1) % STAMPS_MAX */
};

/* What there is to judge by. */
struct clock_facts {
    int64_t wall_ms, build_ms;
    int64_t floor_ms; /* the latest moment believed before, 0 none */
    bool leapt;
    bool was_ahead; /* when that was believed, the wall was ahead of it */
    const struct timekeeping *heard;
};
/* Pure. */
struct moment clock_judge(const struct clock_facts *facts);
/* By how much an SMSC's time zone is wrong, as far as the stamps tell; 0: it is right, or nobody knows. Pure. */
int64_t clock_zone_of(const struct timekeeping *heard, uint64_t smsc);

/* A wall clock that shows less was never set. */
int64_t moment_earliest_ms(void);

/* Now. While the wall clock is doubted, time goes on by the monotonic clock. */
MUST_CHECK int moment_now(const struct box *box, struct moment *ret_moment, struct error *error);
/* The same for a look from outside, which has heard nothing. */
MUST_CHECK int moment_look(struct store *store, struct clock clock, struct moment *ret_moment, struct error *error);
/* A new SMS came with this stamp: what it says of the wall clock is remembered, and says something with a second
 * sender's. */
void moment_heard(const struct box *box, const char *sender, const char *smsc, int64_t scts_ms);
/* Inside the caller's transaction: keeps the moment for the next life, now and then. */
MUST_CHECK int moment_keep(const struct box *box, struct moment now, struct error *error);
/* Inside the caller's transaction: the wall clock is right, says a hand; what was believed before is forgotten. */
MUST_CHECK int moment_reset(struct store *store, int64_t wall_ms, struct error *error);
/* What was kept, for a look: 0 none. */
MUST_CHECK int moment_kept(struct store *store, int64_t *ret_ms, struct error *error);

/* The SCTS where it can be true, corrected where its SMSC's zone is known to be wrong, else now: 0, before 2020, and
 * later than now by more than ahead_ms are impossible. *ret_replaced tells (NULL is fine). Pure. */
int64_t moment_sent(int64_t scts_ms, struct moment now, bool *ret_replaced);
/* Whether it is a stamp at all; what a modem without a clock gives is none. Pure. */
bool moment_is_stamp(int64_t scts_ms);
/* The SCTS as that SMSC would have stamped it with the right zone. */
int64_t moment_zoned(const struct box *box, const char *smsc, int64_t scts_ms);

#endif
