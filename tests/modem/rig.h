/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A loop, one or more modems after real workers, and a notebook of what they told: for the tests of the modem room. */
#ifndef KABAR_TESTS_MODEM_RIG_H
#define KABAR_TESTS_MODEM_RIG_H

#include "modem/port.h"

enum {
    RIG_PARTS = 512,
    RIG_TEXT = 256,
    RIG_RESULTS = 512,
    RIG_PATIENCE_MS = 120000, /* how long does not matter: a busy machine must not fail a test */
};

struct rig_result {
    int64_t part_id;
    enum submit_result result;
    int32_t cause, tp_mr;
};

/* What one modem told. */
struct rig {
    struct loop *loop;
    struct modem *modem;
    bool keep;             /* do not delete what is handed over */
    bool hold;             /* let nothing leave */
    void (*leaving)(void); /* called before anything leaves; NULL nothing */
    const char *taken;     /* the device of another modem; NULL none */
    int ready, downs, batches, networks, leavings;
    struct modem_identity identity;
    struct modem_network network;
    struct mo_part *parts; /* RIG_PARTS, oldest first */
    size_t n_parts;
    struct mt_report reports[16];
    size_t n_reports;
    struct rig_result results[RIG_RESULTS];
    size_t n_results;
    char why[RIG_TEXT], ussd[RIG_TEXT], log[4096];
};

/* Options that keep a test short; device as given. */
struct modem_options rig_options(const char *connection, const char *device, const char *model);
/* Makes a loop of its own where loop is NULL. */
void rig_open(struct rig *rig, struct loop *loop, const struct modem_options *options);
void rig_close(struct rig *rig, bool with_loop);
/* An empty notebook; how often it was ready and down stays. */
void rig_forget(struct rig *rig);

/* Turns the loop until the condition holds; fails the test with the modem's state where it never does. */
#define rig_until(rig, condition)                                                                                      \
    for (int64_t rig_end = rig_now() + RIG_PATIENCE_MS; !(condition);)                                                 \
    rig_turn(rig, rig_end, #condition, __FILE__, __LINE__)
void rig_turn(struct rig *rig, int64_t end_ms, const char *condition, const char *file, int line);
/* Turns the loop for ms. */
void rig_idle(struct rig *rig, int64_t ms);
int64_t rig_now(void);

/* Hands the modem an SMS as soon as it can take one. */
void rig_send(struct rig *rig, int64_t part_id);
struct mt_submit rig_submit(int64_t part_id, const char *recipient, const char *text);

/* Removes a folder and all that is in it. */
void rig_remove(const char *folder);

#endif
