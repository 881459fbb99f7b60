/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/watch/oneway.h"

#include "parsers/cause.h"

enum { PATIENCE_MS = 30 * MS_MINUTE }; /* for a status report, for the SMS to itself */

const char *oneway_to_string(enum oneway_suspicion suspicion)
{
    switch (suspicion) {
    case ONEWAY_NONE:
        return "";
    case ONEWAY_SENDS_NOTHING:
        return "it answers, but nothing can be sent by it";
    case ONEWAY_NO_REPORTS:
        return "it sends, but no status report comes back any more";
    case ONEWAY_HEARS_NOTHING:
        return "nothing comes in, not even an SMS to its own number";
    }
    return "?";
}

static void clear(struct oneway *oneway, enum oneway_suspicion suspicion)
{
    if (oneway->suspicion == suspicion)
        oneway->suspicion = ONEWAY_NONE;
}

/* Without network, credit, SIM or device nobody expects it to send; all else is its own doing. */
static bool is_its_fault(enum submit_result result, int32_t cause)
{
    if (cause_class(cause) == CAUSE_SIM)
        return false;
    return result != SUBMIT_NO_NETWORK || cause == cause_of(CAUSE_LOCAL, CAUSE_LOCAL_NO_PROMPT);
}

void oneway_submitted(struct oneway *oneway, enum submit_result result, int32_t cause, bool want_report, int64_t now_ms)
{
    if (result == SUBMIT_OK || result == SUBMIT_PERMANENT) {
        oneway->failed = 0;
        clear(oneway, ONEWAY_SENDS_NOTHING);
    } else if (is_its_fault(result, cause)) {
        oneway->failed++;
    }
    if (result != SUBMIT_OK || !want_report)
        return;
    if (oneway->unreported++ == 0)
        oneway->unreported_ms = now_ms;
}

void oneway_heard(struct oneway *oneway, bool is_report, int64_t now_ms)
{
    oneway->heard_ms = now_ms;
    oneway->looped = false;
    clear(oneway, ONEWAY_HEARS_NOTHING);
    if (!is_report)
        return;
    oneway->unreported = 0;
    oneway->reports_come = true;
    clear(oneway, ONEWAY_NO_REPORTS);
}

static enum oneway_finding suspect(struct oneway *oneway, enum oneway_suspicion suspicion)
{
    oneway->suspicion = suspicion;
    oneway->failed = 0;
    oneway->unreported = 0;
    oneway->looped = false;
    return ONEWAY_RESTART;
}

enum oneway_finding oneway_check(struct oneway *oneway, const struct oneway_limits *limits, bool works, bool may_loop,
                                 int64_t now_ms)
{
    if (limits->submits > 0 && oneway->failed >= limits->submits)
        return suspect(oneway, ONEWAY_SENDS_NOTHING);
    if (limits->reports > 0 && oneway->reports_come && oneway->unreported >= limits->reports &&
        now_ms - oneway->unreported_ms >= PATIENCE_MS)
        return suspect(oneway, ONEWAY_NO_REPORTS);
    if (oneway->heard_ms == 0 || !works) { /* what is not there hears nothing */
        oneway->heard_ms = now_ms;
        oneway->looped = false;
    }
    if (oneway->looped && now_ms - oneway->looped_ms >= PATIENCE_MS) {
        oneway->heard_ms = now_ms;
        return suspect(oneway, ONEWAY_HEARS_NOTHING);
    }
    if (oneway->looped || !may_loop || limits->loopback_ms == 0 || now_ms - oneway->heard_ms < limits->loopback_ms)
        return ONEWAY_FINE;
    oneway->looped = true;
    oneway->looped_ms = now_ms;
    return ONEWAY_LOOP;
}
