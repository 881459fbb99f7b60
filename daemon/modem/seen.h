/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a modem was asked to delete and has nevertheless. Some answer OK and delete nothing, some SIMs cannot be written
 * any more: what comes again from the same place is left alone for a while, a longer one each time, or box and modem
 * would hand it to and fro at full speed. Pure: the time is the caller's.
 */
#ifndef KABAR_MODEM_SEEN_H
#define KABAR_MODEM_SEEN_H

#include "modem/port.h"

enum {
    SEEN_MAX = 1024,    /* more than any memory for SMS has places */
    SEEN_WAIT_MAX = 64, /* times the first wait */
};

struct seen {
    struct seen_one {
        struct mo_place place;
        uint64_t content;
        int64_t again_ms; /* left alone until then */
        int deletes;      /* asked for */
        bool listed;      /* in this pass */
    } one[SEEN_MAX];
    size_t n, oldest;
    bool complete; /* what the modem has is known: a whole pass has been */
};

uint64_t seen_part(const struct mo_part *part);
uint64_t seen_report(const struct mt_report *report);

/* SEEN_FRESH was nowhere in the pass before; of SEEN_NEW nobody knows. SEEN_KEPT was to be deleted and may be handled
 * again; SEEN_WAITS was so a short while ago. */
enum seen_state { SEEN_NEW, SEEN_FRESH, SEEN_KEPT, SEEN_WAITS };
/* Notes what a listing has. */
enum seen_state seen_look(struct seen *seen, struct mo_place place, uint64_t content, int64_t now_ms);
/* A whole pass is at its end: what it did not have is forgotten. */
void seen_pass(struct seen *seen);
/* The modem was opened: it may have another SIM. */
void seen_reopened(struct seen *seen);
/* The modem was asked to delete what is there; whatever it answered. */
void seen_delete(struct seen *seen, struct mo_place place, int64_t now_ms, int64_t wait_ms);

#endif
