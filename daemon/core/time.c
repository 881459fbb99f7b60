/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/time.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "store/meta.h"

/* 2020-01-01: no village sent a report to this program before, but phones and SMSCs without a clock stamp 2000 or 1970.
 */
static const int64_t earliest_ms = INT64_C(1577836800000);

#define AGREES_MS     ((int64_t)15 * MS_MINUTE) /* a stamp and a clock that are both right */
#define SLACK_MS      ((int64_t)2 * MS_HOUR)    /* what a clock that is right may differ by from what was believed */
#define SAME_MS       ((int64_t)10 * MS_MINUTE) /* two stamps that say the same of the clock */
#define LEAP_MS       (45 * MS_DAY)
#define SHORT_LEAP_MS (2 * MS_DAY)         /* where it was ahead before */
#define STALE_MS      (300 * MS_DAY)       /* no SMS waits so long anywhere */
#define LIVE_MS       ((int64_t)MS_MINUTE) /* between two that were not read from the SIM at once */
#define LIFE_MS       (30 * 365 * MS_DAY)  /* of a build */
#define BUILD_MS      (45 * MS_DAY)        /* a build is dated by another clock; weeks are for the stamps to tell */
#define UNSURE_MS     (62 * MS_DAY)
#define UNKNOWN_MS    (2 * 365 * MS_DAY)

const char *clock_verdict_to_string(enum clock_verdict verdict)
{
    static const char *const words[CLOCK_VERDICT_COUNT] = {"good", "unset", "behind", "ahead", "leapt"};
    return words[verdict];
}

int64_t moment_earliest_ms(void)
{
    return clock_build_ms() - BUILD_MS;
}

static int64_t distance(int64_t a, int64_t b)
{
    return a > b ? a - b : b - a;
}

static size_t n_stamps(const struct timekeeping *heard)
{
    return heard->n_stamps < STAMPS_MAX ? heard->n_stamps : STAMPS_MAX;
}

/* The newest is 0. */
static const struct stamp *stamp_at(const struct timekeeping *heard, size_t i)
{
    return &heard->stamps[(heard->n_stamps - 1 - i) % STAMPS_MAX];
}

/* The whole quarter of an hour next to a lead, where it is a few minutes at most (an SMS takes its time); else 0. */
static int64_t quarter_of(int64_t lead_ms)
{
    enum { QUARTER_MS = 15 * MS_MINUTE, NEAR_MS = 5 * MS_MINUTE };
    int64_t size = distance(lead_ms, 0), whole = (size + QUARTER_MS / 2) / QUARTER_MS * QUARTER_MS;
    if (whole < 2 * QUARTER_MS || whole > ZONE_MS || distance(size, whole) > NEAR_MS)
        return 0;
    return lead_ms > 0 ? whole : -whole;
}

int64_t clock_zone_of(const struct timekeeping *heard, uint64_t smsc)
{
    enum { ENOUGH = 3 };
    int64_t zone = 0;
    uint64_t sender = 0;
    size_t same = 0;
    bool senders = false;
    for (size_t i = 0; i < n_stamps(heard); i++) {
        const struct stamp *stamp = stamp_at(heard, i);
        int64_t quarter = quarter_of(stamp->lead_ms);
        if (stamp->smsc != smsc)
            continue;
        if (quarter == 0 || (zone != 0 && quarter != zone))
            return 0;
        senders |= same > 0 && stamp->sender != sender;
        zone = quarter;
        sender = stamp->sender;
        same++;
    }
    /* Two SMSCs that err alike: it is the clock. */
    for (size_t i = 0; i < n_stamps(heard); i++)
        if (stamp_at(heard, i)->smsc != smsc && quarter_of(stamp_at(heard, i)->lead_ms) == zone)
            return 0;
    return same >= ENOUGH && senders ? zone : 0;
}

/* What the newest stamp of each sender says, zones corrected. */
struct opinion {
    uint64_t sender, smsc;
    int64_t lead_ms, monotonic_ms;
};

static size_t opinions_of(const struct timekeeping *heard, struct opinion opinions[STAMPS_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < n_stamps(heard); i++) {
        const struct stamp *stamp = stamp_at(heard, i);
        bool known = false;
        for (size_t j = 0; j < n; j++)
            known |= opinions[j].sender == stamp->sender;
        if (!known)
            opinions[n++] = (struct opinion){stamp->sender, stamp->smsc,
                                             stamp->lead_ms - clock_zone_of(heard, stamp->smsc), stamp->monotonic_ms};
    }
    return n;
}

static size_t count_agreeing(const struct opinion *opinions, size_t n)
{
    size_t agreeing = 0;
    for (size_t i = 0; i < n; i++)
        agreeing += distance(opinions[i].lead_ms, 0) <= AGREES_MS;
    return agreeing;
}

/* Whether the two say that the clock is behind: a whole quarter of an hour may be the SMSC's wrong zone, unless another
 * SMSC says the same. */
static bool says_behind(const struct opinion *a, const struct opinion *b)
{
    if (a->lead_ms <= AGREES_MS || b->lead_ms <= AGREES_MS)
        return false;
    if (a->lead_ms > ZONE_MS && b->lead_ms > ZONE_MS)
        return true;
    bool zone = quarter_of(a->lead_ms) != 0 && a->smsc == b->smsc;
    return !zone && distance(a->lead_ms, b->lead_ms) <= SAME_MS;
}

/* Whether they say that it is ahead: an SMS may have waited on the SIM for months, but two that came apart from one
 * another and are late by the same did not wait. */
static bool says_ahead(const struct opinion *a, const struct opinion *b)
{
    if (a->lead_ms >= -AGREES_MS || b->lead_ms >= -AGREES_MS)
        return false;
    if (a->lead_ms < -STALE_MS && b->lead_ms < -STALE_MS)
        return true;
    bool zone = quarter_of(a->lead_ms) != 0 && a->smsc == b->smsc;
    return !zone && distance(a->lead_ms, b->lead_ms) <= SAME_MS &&
           distance(a->monotonic_ms, b->monotonic_ms) >= LIVE_MS;
}

/* What two senders say: the least that both vouch for. Returns the verdict; GOOD: nothing. */
static enum clock_verdict hear(const struct opinion *opinions, size_t n, int64_t *ret_lead_ms)
{
    enum clock_verdict verdict = CLOCK_GOOD;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            const struct opinion *a = &opinions[i], *b = &opinions[j];
            int64_t least = a->lead_ms < b->lead_ms ? a->lead_ms : b->lead_ms;
            int64_t most = a->lead_ms < b->lead_ms ? b->lead_ms : a->lead_ms;
            if (says_behind(a, b) && (verdict != CLOCK_BEHIND || least > *ret_lead_ms)) {
                verdict = CLOCK_BEHIND;
                *ret_lead_ms = least;
            } else if (verdict != CLOCK_BEHIND && says_ahead(a, b) && (verdict != CLOCK_AHEAD || most > *ret_lead_ms)) {
                verdict = CLOCK_AHEAD;
                *ret_lead_ms = most;
            }
        }
    }
    return verdict;
}

static struct moment doubted(enum clock_verdict verdict, int64_t ms)
{
    return (struct moment){.ms = ms, .verdict = verdict, .ahead_ms = UNKNOWN_MS};
}

struct moment clock_judge(const struct clock_facts *facts)
{
    struct opinion opinions[STAMPS_MAX];
    size_t n = opinions_of(facts->heard, opinions), agreeing = count_agreeing(opinions, n);
    int64_t wall_ms = facts->wall_ms, floor_ms = facts->floor_ms, lead_ms = 0;
    int64_t bound_ms = facts->build_ms > floor_ms ? facts->build_ms : floor_ms;
    enum clock_verdict said = agreeing >= 2 ? CLOCK_GOOD : hear(opinions, n, &lead_ms);
    int64_t said_ms = wall_ms + lead_ms;
    if (said == CLOCK_BEHIND && said_ms < facts->build_ms + LIFE_MS)
        return doubted(said, said_ms > bound_ms ? said_ms : bound_ms);
    if (wall_ms < facts->build_ms - BUILD_MS || wall_ms > facts->build_ms + LIFE_MS)
        return doubted(CLOCK_UNSET, bound_ms);
    if (said == CLOCK_AHEAD && agreeing == 0)
        return doubted(said, said_ms > facts->build_ms ? said_ms : facts->build_ms);
    if (agreeing < 2 && wall_ms + SLACK_MS < floor_ms)
        return doubted(CLOCK_BEHIND, floor_ms);
    if (agreeing < 2 && facts->leapt)
        return doubted(CLOCK_LEAPT, facts->was_ahead ? floor_ms : wall_ms);
    return (struct moment){.ms = wall_ms, .trusted = true, .ahead_ms = agreeing > 0 ? 0 : UNSURE_MS};
}

/* ---- what is kept ---- */

struct kept {
    int64_t ms;
    bool was_ahead, was_set;
};

static int read_kept(struct store *store, struct kept *ret_kept, struct error *error)
{
    char value[64] = "", word[16] = "";
    int64_t ms = 0;
    *ret_kept = (struct kept){0};
    int result = store ? store_meta_get(store, META_CLOCK, NULL, value, sizeof value, error) : -ENOENT;
    if (result == -ENOENT)
        return 0;
    const char *at = value;
    for (; is_digit(*at) && ms < INT64_MAX / 100; at++)
        ms = ms * 10 + (*at - '0');
    (void)snprintf(word, sizeof word, "%s", *at == ' ' ? at + 1 : at);
    *ret_kept = (struct kept){ms, strcmp(word, "ahead") == 0, strcmp(word, "set") == 0};
    return result;
}

int moment_kept(struct store *store, int64_t *ret_ms, struct error *error)
{
    struct kept kept;
    int result = read_kept(store, &kept, error);
    *ret_ms = kept.ms;
    return result;
}

static int keep(struct store *store, int64_t ms, const char *word, struct error *error)
{
    char value[64];
    (void)snprintf(value, sizeof value, "%" PRId64 " %s", ms, word);
    return store_meta_set(store, META_CLOCK, NULL, value, error);
}

int moment_keep(const struct box *box, struct moment now, struct error *error)
{
    enum { OFTEN_MS = 10 * MS_MINUTE };
    struct timekeeping *keeping = box->timekeeping;
    struct kept kept;
    int result = read_kept(box->store, &kept, error);
    bool moved = distance(kept.ms, now.ms) >= OFTEN_MS || kept.was_ahead != (now.verdict == CLOCK_AHEAD);
    if (result < 0 || now.verdict == CLOCK_LEAPT || (!moved && keeping->set_ms == 0))
        return result;
    result = keep(box->store, now.ms, clock_verdict_to_string(now.verdict), error);
    if (result == 0)
        keeping->set_ms = 0;
    return result;
}

int moment_reset(struct store *store, int64_t wall_ms, struct error *error)
{
    return keep(store, wall_ms, "set", error);
}

/* ---- now ---- */

/* A hand, or a time server, has set the wall clock, or it began anew. What was right and leaps by weeks is doubted; all
 * else is taken for a hand that sets it right. */
static void note_set(struct timekeeping *keeping, int64_t wall_ms, int64_t jump_ms)
{
    keeping->n_stamps = 0;
    keeping->leapt = keeping->trusted && jump_ms > LEAP_MS;
    bool believed = wall_ms >= moment_earliest_ms() && !keeping->leapt;
    keeping->set_ms = believed ? wall_ms : keeping->set_ms;
}

/* Doubted, time goes on from where it was; that it is ahead is believed at once, that it is behind, too. */
static int64_t go_on(const struct timekeeping *keeping, struct moment moment, int64_t passed_ms)
{
    int64_t reckoned_ms = keeping->moment_ms + passed_ms;
    bool leapt_here = moment.verdict == CLOCK_LEAPT && keeping->set_ms == 0 && reckoned_ms < moment.ms;
    if (leapt_here)
        return reckoned_ms;
    return moment.verdict != CLOCK_AHEAD && reckoned_ms > moment.ms ? reckoned_ms : moment.ms;
}

/* What was believed before the leap, and what has passed since. */
static int64_t least_of(const struct timekeeping *keeping, struct moment moment, int64_t kept_ms, int64_t passed_ms)
{
    int64_t least_ms = keeping->looked ? keeping->least_ms + passed_ms : kept_ms;
    return moment.verdict == CLOCK_LEAPT && least_ms < moment.ms ? least_ms : moment.ms;
}

int moment_now(const struct box *box, struct moment *ret_moment, struct error *error)
{
    struct timekeeping *keeping = box->timekeeping;
    struct kept kept;
    int result = read_kept(box->store, &kept, error);
    if (result < 0)
        return result;
    int64_t wall_ms = box->clock.wall_ms(box->clock.data), monotonic_ms = box->clock.monotonic_ms(box->clock.data);
    int64_t passed_ms = monotonic_ms - keeping->monotonic_ms, jump_ms = wall_ms - keeping->wall_ms - passed_ms;
    if (!keeping->looked)
        keeping->leapt = kept.ms > 0 && wall_ms > kept.ms + (kept.was_ahead ? SHORT_LEAP_MS : LEAP_MS);
    else if (distance(jump_ms, 0) > MS_MINUTE)
        note_set(keeping, wall_ms, jump_ms);
    if (kept.was_set && kept.ms != keeping->reset_ms) {
        keeping->reset_ms = kept.ms;
        keeping->set_ms = 0;
        keeping->n_stamps = 0;
        keeping->leapt &= !keeping->looked;
    }
    struct clock_facts facts = {
        .wall_ms = wall_ms,
        .build_ms = clock_build_ms(),
        .floor_ms = keeping->set_ms ? keeping->set_ms : kept.ms,
        .leapt = keeping->leapt,
        .was_ahead = kept.was_ahead,
        .heard = keeping,
    };
    struct moment moment = clock_judge(&facts);
    if (!moment.trusted && keeping->looked)
        moment.ms = go_on(keeping, moment, passed_ms);
    moment.least_ms = least_of(keeping, moment, kept.ms, passed_ms);
    keeping->looked = true;
    keeping->wall_ms = wall_ms;
    keeping->monotonic_ms = monotonic_ms;
    keeping->moment_ms = moment.ms;
    keeping->least_ms = moment.least_ms;
    keeping->trusted = moment.trusted;
    keeping->leapt &= !moment.trusted;
    *ret_moment = moment;
    return 0;
}

int moment_look(struct store *store, struct clock clock, struct moment *ret_moment, struct error *error)
{
    struct timekeeping nothing = {0};
    struct box box = {.store = store, .clock = clock, .timekeeping = &nothing};
    return moment_now(&box, ret_moment, error);
}

void moment_heard(const struct box *box, const char *sender, const char *smsc, int64_t scts_ms)
{
    struct timekeeping *keeping = box->timekeeping;
    if (!moment_is_stamp(scts_ms))
        return;
    int64_t lead_ms = scts_ms - box->clock.wall_ms(box->clock.data);
    keeping->stamps[keeping->n_stamps % STAMPS_MAX] =
        (struct stamp){hash_add(HASH_BEGIN, view_of(sender)), hash_add(HASH_BEGIN, view_of(smsc)), lead_ms,
                       box->clock.monotonic_ms(box->clock.data)};
    keeping->n_stamps++;
}

bool moment_is_stamp(int64_t scts_ms)
{
    return scts_ms >= earliest_ms && scts_ms < clock_build_ms() + LIFE_MS;
}

int64_t moment_sent(int64_t scts_ms, struct moment now, bool *ret_replaced)
{
    bool impossible = scts_ms < earliest_ms || scts_ms > now.ms + now.ahead_ms;
    if (ret_replaced)
        *ret_replaced = impossible;
    return impossible ? now.ms : scts_ms;
}

int64_t moment_zoned(const struct box *box, const char *smsc, int64_t scts_ms)
{
    return scts_ms - clock_zone_of(box->timekeeping, hash_add(HASH_BEGIN, view_of(smsc)));
}
