/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>
#include <unistd.h>

#include "soak.h"

enum {
    TURN_MS = 50,
    MAY_TAKE_MS = 90 * MS_SECOND,
    GIVE_UP_MS = 5 * MS_MINUTE,
    WITNESS = CONTACTS - 1,
    TRIGGER_MS = 4 * MS_SECOND
};

static void turn(struct soak *soak)
{
    rig_tend(soak);
    usleep(TURN_MS * 1000);
}

/* Whether the network has an answer to that contact. */
static bool answered(struct soak *soak, int who)
{
    char to[48];
    bool found = false;
    (void)snprintf(to, sizeof to, " to=+628123000%04d ", 1000 + who);
    for (int i = 0; i < MODEMS && !found; i++) {
        struct buf ledger;
        buf_init(&ledger, 64 << 20);
        (void)rig_order(&soak->modems[i], &ledger, "ledger");
        for (char *line = ledger.text, *end; (end = strchr(line, '\n')) && !found; line = end + 1) {
            *end = '\0';
            found = strncmp(line, "taken", 5) == 0 && strstr(line, to) &&
                    (strstr(line, "fate=answered") || strstr(line, "fate=lost"));
        }
        buf_deinit(&ledger);
    }
    return found;
}

/* Gives a report of a contact who has sent none; returns how long its answer took, -1 where none came. */
static int64_t probe(struct soak *soak, int who)
{
    int64_t given = soak_now();
    feed_report(soak, who, 0);
    while (!answered(soak, who)) {
        if (soak_now() > given + GIVE_UP_MS)
            return -1;
        for (int i = 0; i < 10; i++)
            turn(soak);
    }
    return soak_now() - given;
}

static void settle(struct soak *soak)
{
    struct buf why;
    int64_t end = soak_now() + GIVE_UP_MS;
    buf_init(&why, 4096);
    do {
        buf_clear(&why);
        for (int i = 0; i < 20; i++)
            turn(soak);
    } while (!check_calm(soak, &why) && soak_now() < end);
    buf_deinit(&why);
}

int each(struct soak *soak)
{
    int slow = 0;
    printf("%-16s %6.1f s from start to answer\n", "nothing", (double)probe(soak, WITNESS) / MS_SECOND);
    for (int i = 0; i < STRIKE_KINDS; i++) {
        const char *name = strike_kind_to_string((enum strike_kind)i);
        if (soak->without[i])
            continue;
        settle(soak);
        if (!rig_strike_with(soak, (enum strike_kind)i, 0))
            soak_die("%s could not strike", name);
        feed_report(soak, WITNESS, 0); /* what strikes a submit needs one */
        int64_t struck = soak_wall() + TRIGGER_MS, until = soak->strikes[soak->n_strikes - 1].until_ms;
        while (soak_wall() < (until > struck ? until : struck))
            turn(soak);
        int64_t took = probe(soak, i);
        bool late = took < 0 || took > MAY_TAKE_MS;
        printf("%-16s %6.1f s%s\n", name, (double)took / MS_SECOND, late ? " TOO LONG" : "");
        slow += late;
    }
    return slow;
}
