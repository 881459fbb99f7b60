/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The settings and the database of one command: opened by the first that needs them, closed with the session. */
#ifndef KABAR_CTL_SESSION_H
#define KABAR_CTL_SESSION_H

#include <stdint.h>

#include "base/clock.h"
#include "core/box.h"
#include "ctl/ctl.h"
#include "ctl/when.h"
#include "operator/actor.h"
#include "settings/settings.h"

/* As the audit names who did it: "kabarctl:siti". */
#define WHO_PREFIX "kabarctl:"
enum { WHO_MAX_BYTES = 40, WHO_SIZE = sizeof WHO_PREFIX + WHO_MAX_BYTES };

struct session {
    struct settings *settings;
    struct store *store;
    struct box *box;
    struct clock clock;
    char who[WHO_SIZE];            /* for the audit; session_actor() fills it */
    const char *as;                /* --as */
    char area_code[AREA_CODE_MAX]; /* of --area */
};

/* Each fills what it names and what stands below it; 0, or an exit status after saying why. */
MUST_CHECK int session_settings(struct session *session, const struct ctl *ctl);
MUST_CHECK int session_open(struct session *session, const struct ctl *ctl, enum store_mode mode);
MUST_CHECK int session_box(struct session *session, const struct ctl *ctl);
void session_close(struct session *session); /* zeroed is fine */

/* Whether this user may change the database; a look goes without. */
bool session_may_write(const struct session *session);

/* Takes the daemon's lock until the command ends: nobody may start on the database meanwhile. A refusal where one works
 * on it. */
MUST_CHECK int session_keep_daemon_out(const char *database);

int64_t session_now_ms(const struct session *session);

/* A change: begins a transaction; ends it with a row in the audit and commits. Both return 0 or an exit status; after a
 * failure nothing has happened. */
MUST_CHECK int session_begin(struct session *session);
MUST_CHECK int session_commit(struct session *session, const char *what, const char *subject, const char *detail);

/* Opens everything for a change and says who acts: for the verbs of operator/. */
MUST_CHECK int session_actor(struct session *session, const struct ctl *ctl, struct actor *ret_actor);

/* Who stands behind the command: the name of --as, else who logged in, also behind sudo. */
void session_who(const struct session *session, char ret_who[WHO_SIZE]);

/* A number as people type it → E.164 of a mobile or foreign number; else a refusal. */
MUST_CHECK int session_phone(const char *typed, char ret_phone[MSISDN_MAX]);
/* A sender as the inbox keeps it: E.164 in phone where it is a number, else as typed (TELKOMSEL, 858). */
const char *session_sender(const char *typed, char phone[MSISDN_MAX]);
/* Options as values: each returns 0 where it was not given (*ret untouched) or is right, else CTL_USAGE. */
/* Opened: --area must be an area that is there, by code or name; *ret_code is its code, NULL where it was not given. */
MUST_CHECK int option_area(const struct ctl *ctl, struct session *session, const char **ret_code);
MUST_CHECK int option_number(const struct ctl *ctl, const char *name, int64_t min, int64_t max, int64_t *ret_number);

/* Which rows a listing shows: --since, --limit (100 unless given) and, where the command has it, --area. */
struct listed {
    const char *area_code; /* NULL any */
    int64_t since_ms, limit;
};
/* Reads them and opens the database for reading. */
MUST_CHECK int session_list(struct session *session, const struct ctl *ctl, struct listed *ret_listed);

#endif
