/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One-way death: a modem that answers AT and is registered, but what it is given to send never leaves, what it sends
 * never arrives, or nothing comes in any more. What it does is told here; from time to time it is asked what to think
 * of it. Times are monotonic; no database, no modem.
 */
#ifndef KABAR_CORE_WATCH_ONEWAY_H
#define KABAR_CORE_WATCH_ONEWAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "modem/port.h"

struct oneway_limits {
    int submits;         /* tries in a row that came to nothing, though there is a network; 0 never */
    int reports;         /* SMS in a row without one status report, though there used to be; 0 never */
    int64_t loopback_ms; /* nothing came in for so long: it gets an SMS to its own number; 0 never */
};

enum oneway_suspicion {
    ONEWAY_NONE,
    ONEWAY_SENDS_NOTHING, /* cleared by what the network takes */
    ONEWAY_NO_REPORTS,    /* cleared by a status report */
    ONEWAY_HEARS_NOTHING  /* cleared by anything that comes in */
};
/* In words for log and status; "" for none. */
const char *oneway_to_string(enum oneway_suspicion suspicion);

struct oneway {
    enum oneway_suspicion suspicion;
    int failed, unreported;
    bool reports_come; /* there has been one */
    bool looped;       /* the SMS to itself is under way */
    int64_t unreported_ms, heard_ms, looped_ms;
};

/* A submit ended; want_report: with a status report asked for. */
void oneway_submitted(struct oneway *oneway, enum submit_result result, int32_t cause, bool want_report,
                      int64_t now_ms);
void oneway_heard(struct oneway *oneway, bool is_report, int64_t now_ms);

enum oneway_finding {
    ONEWAY_FINE,
    ONEWAY_LOOP,   /* send an SMS to its own number by it: told once */
    ONEWAY_RESTART /* suspicion says why; told anew when as much has gone wrong again */
};
/* works: opened and registered; may_loop: it has a number, and SMS go out at this hour. */
MUST_CHECK enum oneway_finding oneway_check(struct oneway *oneway, const struct oneway_limits *limits, bool works,
                                            bool may_loop, int64_t now_ms);

#endif
