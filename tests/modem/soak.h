/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * soak: kabard on two simulated modems for some minutes, while messages come in and a fault strikes every few seconds.
 * At the end it lets things calm down and compares three books message by message: what the network gave and took
 * (the modems' ledgers), what the phones still hold, and the database.
 *
 * It must come out: nothing lost, nothing twice in the database, every message of a registered sender answered, an
 * answer sent twice only where the modem's answer was lost or a process killed, and never three times.
 */
#ifndef KABAR_TESTS_SOAK_H
#define KABAR_TESTS_SOAK_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/error.h"

enum {
    MODEMS = 2,
    CONTACTS = 24,  /* registered, one village each */
    STRANGERS = 12, /* mobile numbers nobody registered */
    MESSAGES_MAX = 20000,
    STRIKES_MAX = 5000,
    PARTS_WAITING = 32, /* of long messages, to be given among others */
    PATH_BYTES = 256,
};

/* What a message is, and so what must become of it. */
enum message_kind {
    MESSAGE_REPORT, /* accepted: a report with its total */
    MESSAGE_WRONG,  /* breaks a rule */
    MESSAGE_UNKNOWN_KEY,
    MESSAGE_LONG, /* in parts */
    MESSAGE_TORN, /* one part, and the others never: the sender is asked to send it again */
    MESSAGE_UNICODE,
    MESSAGE_JUNK, /* nobody understands it, and it is answered */
    MESSAGE_COMMAND,
    MESSAGE_CHAT,     /* not answered */
    MESSAGE_STRANGER, /* one answer a number */
    MESSAGE_CARRIER,  /* letters or a short code: never answered */
    MESSAGE_FLASH,    /* class 0: read like any other */
    MESSAGE_BINARY,
    MESSAGE_BROKEN, /* a PDU that ends early: kept as it is */
    MESSAGE_KINDS
};
const char *message_kind_to_string(enum message_kind kind);

struct message {
    enum message_kind kind;
    int modem;  /* whose SMSC has it */
    int serial; /* the total of its report */
    int parts;
    int64_t sent_ms, given_ms; /* SCTS; when the SMSC had all of it (wall) */
    char sender[24];
    char text[512];
};

struct part_waiting {
    bool used;
    int message, seq;
};

enum strike_kind {
    STRIKE_KILL_DAEMON,
    STRIKE_KILL_WORKER,
    STRIKE_STOP_DAEMON, /* SIGTERM, then started again */
    STRIKE_UNPLUG,
    STRIKE_RENAME, /* unplugged, back under another name */
    STRIKE_HANG,
    STRIKE_SILENT,
    STRIKE_GARBAGE,
    STRIKE_REFUSE, /* +CMS ERROR, transient */
    STRIKE_LOSE,   /* taken, the answer lost */
    STRIKE_DROP,   /* not taken, no answer */
    STRIKE_LOSE_OTHER,
    STRIKE_DELAY,
    STRIKE_HALF_LINE,
    STRIKE_UNREGISTER,
    STRIKE_LOCK, /* another process holds the database */
    STRIKE_KINDS
};
const char *strike_kind_to_string(enum strike_kind kind);

struct strike {
    enum strike_kind kind;
    int modem;                 /* -1 none */
    int64_t from_ms, until_ms; /* wall */
};

struct simulator {
    char name[8], link[PATH_BYTES], socket[PATH_BYTES];
    pid_t pid;
    FILE *control;
    int64_t heal_ms; /* monotonic: what lasts ends then; 0 nothing lasts */
    bool unplugged, renamed;
};

struct soak {
    char *bin, *at_modem, *config; /* owned */
    int64_t minutes;
    bool without[STRIKE_KINDS]; /* left out */
    bool each;                  /* one at a time instead of a storm */
    bool keep;                  /* the folder, also where all went well */
    uint64_t seed, random;
    char folder[PATH_BYTES], conf[PATH_BYTES], database[PATH_BYTES];
    pid_t daemon;
    int64_t daemon_start_ms;          /* monotonic: to be started then; 0: runs */
    int64_t stopping_ms;              /* monotonic: asked to stop then; 0: was not */
    int daemon_starts, daemon_faults; /* ended by itself or by a signal that was not ours */
    int64_t rss_kib[2];               /* highest of daemon and of a worker */
    struct simulator modems[MODEMS];
    struct message *messages; /* MESSAGES_MAX */
    int n_messages, n_repeats;
    struct part_waiting waiting[PARTS_WAITING];
    int64_t last_sent_ms[CONTACTS + STRANGERS + 2];
    int commands_of[CONTACTS];
    struct strike strikes[STRIKES_MAX];
    int n_strikes;
    int next_serial, next_ref;
    void *locker; /* sqlite3 connection that holds the lock */
    int64_t unlock_ms;
};

int64_t soak_wall(void);
int64_t soak_now(void); /* monotonic */
/* 0 … n-1 */
int soak_random(struct soak *soak, int n);
/* The decimal number that text begins with, 0 where it begins with none; *ret_end (NULL is fine) is what follows. */
int64_t soak_number(const char *text, const char **ret_end);
/* The run cannot go on: says why and ends with 3. */
_Noreturn void soak_die(const char *format, ...) PRINTF_LIKE(1, 2);

/* soak_rig.c: processes, control sockets, faults */
void rig_open(struct soak *soak);
void rig_close(struct soak *soak, bool keep); /* keep: the folder stays for a look */
/* Sends an order to a modem; the lines of its answer go to *ret_answer (NULL: not wanted). False: it said error. */
bool rig_order(struct simulator *modem, struct buf *ret_answer, const char *format, ...) PRINTF_LIKE(3, 4);
/* Notices a daemon that ended, starts it when its time has come, ends faults that are over. */
void rig_tend(struct soak *soak);
void rig_strike(struct soak *soak); /* any, anywhere */
/* One of a kind; false where the daemon or that modem suffers from another already. Lasts until strikes[n].until_ms. */
bool rig_strike_with(struct soak *soak, enum strike_kind kind, int modem);
/* Ends every fault at once. */
void rig_heal(struct soak *soak);
/* Runs kabarctl with arguments; dies where it fails. */
void rig_ctl(struct soak *soak, const char *const *arguments);

/* soak_feed.c: gives one more message, or a part of one, to an SMSC */
void feed(struct soak *soak);
/* An ordinary report of contact number who. */
void feed_report(struct soak *soak, int who, int modem);
/* Whether parts of long messages still wait to be given. */
bool feed_waits(const struct soak *soak);

/* soak_each.c: one fault at a time, and how long until a message given after it is answered. Returns how many took
 * longer than they may. */
int each(struct soak *soak);

/* soak_check.c */
/* Whether phones and outbox have nothing left to do; *ret_why says what they wait for. */
bool check_calm(struct soak *soak, struct buf *ret_why);
/* Compares the books and prints what it counted; returns the number of faults found. */
int check_books(struct soak *soak);

#endif
