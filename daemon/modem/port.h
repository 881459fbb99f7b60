/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the core sees of a modem (docs/design.md 11): typed requests and events; no Gammu, no descriptors, no waiting.
 *
 * Behind it is one worker process per modem (kabar-modem) on a SOCK_SEQPACKET socketpair. The parent owns every
 * deadline: a worker that does not answer is killed, reaped, mourned in the log and started again after a back-off.
 */
#ifndef KABAR_MODEM_PORT_H
#define KABAR_MODEM_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/loop.h"

enum {
    MODEM_NAME_MAX = 32,
    MO_ADDRESS_MAX = 64,  /* bytes with the end: TP-OA as Gammu decodes it, UTF-8 */
    MO_TEXT_BYTES = 1024, /* bytes with the end: 160 septets or 70 UCS-2 characters as UTF-8, with room */
    MO_RAW_BYTES = 321,   /* hexadecimal with the end: 140 octets of user data, and a UDH */
    MO_BATCH = 16,        /* messages handed over before the first of them is deleted */
};

/* What kind of thing the network delivered. Only MO_TEXT is ever parsed. */
enum mo_kind {
    MO_TEXT,       /* 7-bit or UCS-2 */
    MO_FLASH,      /* class 0, 3GPP TS 23.038 4: kept, not parsed */
    MO_BINARY,     /* 8-bit user data: kept as raw */
    MO_MMS,        /* WAP push of an MMS notification */
    MO_USSD,       /* answer of the network, not from a person */
    MO_UNREADABLE, /* libGammu could not decode it: what there is, is in raw */
    MO_KIND_COUNT
};

/* Where the modem keeps it: what modem_delete() needs. */
struct mo_place {
    int32_t folder;   /* the worker's own business: handed back as it is */
    int32_t location; /* 0: nothing is stored, there is nothing to delete */
};

/* One SMS, or one part of a concatenated one (UDH, 3GPP TS 23.040 9.2.3.24). */
struct mo_part {
    enum mo_kind kind;
    struct mo_place place;
    char sender[MO_ADDRESS_MAX]; /* as received, not normalised; "" where there was none */
    char smsc[MO_ADDRESS_MAX];
    int64_t sent_ms;          /* SCTS as UTC, before the year 10000; 0 where missing or impossible */
    int32_t concat_ref;       /* -1: not concatenated */
    int32_t concat_total;     /* 1 where not concatenated */
    int32_t concat_seq;       /* from 1 */
    char text[MO_TEXT_BYTES]; /* UTF-8; "" unless MO_TEXT, MO_FLASH, MO_USSD */
    char raw[MO_RAW_BYTES];   /* user data in hexadecimal where text can't hold it */
    bool fresh;               /* it came just now: the whole look at the modem's memories before did not have it */
};

/* A status report (SMS-STATUS-REPORT, 3GPP TS 23.040 9.2.2.3). */
enum report_result { REPORT_DELIVERED, REPORT_PENDING, REPORT_FAILED };
struct mt_report {
    struct mo_place place;
    char recipient[MO_ADDRESS_MAX];
    int32_t tp_mr; /* 0-255 */
    int32_t tp_st; /* TP-ST octet, 9.2.3.15; -1 where unknown */
    enum report_result result;
    int64_t sent_ms;       /* SCTS of what was sent, 0 unknown */
    int64_t discharged_ms; /* 0 unknown */
};

/* One part to send. */
struct mt_submit {
    int64_t part_id; /* echoed in the result */
    char recipient[MO_ADDRESS_MAX];
    char text[MO_TEXT_BYTES]; /* UTF-8 of this part alone */
    bool unicode;             /* UCS-2, else GSM-7 */
    int32_t concat_ref;       /* 0-255; -1: single */
    int32_t concat_total;
    int32_t concat_seq;
    int32_t validity_minutes; /* TP-VP; 0: the SMSC's own */
    bool want_report;         /* TP-SRR */
};

/* How a submit ended, and its cause as parsers/cause.h packs it; -1: none was given. */
enum submit_result {
    SUBMIT_OK,         /* the network took it: tp_mr is set */
    SUBMIT_TRANSIENT,  /* try again later */
    SUBMIT_PERMANENT,  /* this number or text will never do */
    SUBMIT_NO_NETWORK, /* not registered, no SIM, the modem went away …: nothing left it, costs no retry */
    SUBMIT_UNKNOWN     /* it may be out: it has left, and the answer was lost or the worker died */
};

struct modem_identity {
    char imei[24], imsi[24], manufacturer[32], model[48], firmware[48];
    char smsc[MO_ADDRESS_MAX];  /* "": the SIM names none, nothing can be sent */
    int32_t sim_used, sim_size; /* places for SMS of the SIM; -1 unknown */
};

struct modem_network {
    bool registered;
    bool roaming;
    int32_t signal_percent; /* -1 unknown */
    char operator_code[16]; /* "510 10", "" unknown */
    char operator_name[32];
    int32_t sim_used, sim_size; /* places for SMS of the SIM; -1 unknown */
};

/* Printable states of a worker: "stopped" … */
enum modem_state { MODEM_STOPPED, MODEM_STARTING, MODEM_IDLE, MODEM_BUSY, MODEM_DYING, MODEM_BACKOFF };
const char *modem_state_to_string(enum modem_state state);
const char *mo_kind_to_string(enum mo_kind kind);
const char *submit_result_to_string(enum submit_result result);

struct modem;

/* What the modem tells; called from the loop, never from inside a request. */
struct modem_events {
    void (*ready)(void *data, struct modem *modem, const struct modem_identity *identity);
    /* Up to MO_BATCH parts that wait in the modem. The receiver commits them, then calls modem_delete() for each place
     * it has stored; what it does not delete comes again with the next poll. */
    void (*mo)(void *data, struct modem *modem, const struct mo_part *parts, size_t n_parts);
    void (*report)(void *data, struct modem *modem, const struct mt_report *report);
    /* The part is with the modem but for the octet that sends it: before it may go, this has to be remembered, for a
     * crash from now on is "unknown", and before it was "not sent". Returns whether it may; where not, the worker is
     * taken down and the submit told as SUBMIT_NO_NETWORK. NULL: always. */
    bool (*leaving)(void *data, struct modem *modem, int64_t part_id);
    void (*submitted)(void *data, struct modem *modem, int64_t part_id, enum submit_result result, int32_t cause,
                      int32_t tp_mr);
    void (*network)(void *data, struct modem *modem, const struct modem_network *network);
    void (*ussd)(void *data, struct modem *modem, const char *text);
    /* Whether another modem has that device: it is left alone when this one is looked for. NULL: none has. */
    bool (*is_taken)(void *data, const struct modem *modem, const char *device);
    /* A line for the journal that the worker or the supervision has to say; NULL is fine. */
    void (*log)(void *data, struct modem *modem, const char *text);
    /* The modem went away or its worker died: why, in words. An open submit has been told before: as SUBMIT_UNKNOWN
     * where it had left, else as SUBMIT_NO_NETWORK. */
    void (*down)(void *data, struct modem *modem, const char *why);
};

/* Words and values of connection, device and model are Gammu's own (gammurc(5)). Strings are copied. */
struct modem_options {
    const char *name;
    const char *connection; /* "at115200", "none" … */
    const char *device;     /* "/dev/ttyUSB0"; the dummy's folder */
    const char *model;      /* "", "dummy" … */
    const char *pin;        /* "" none; entered once, never tried again after a refusal */
    const char *worker;     /* path of kabar-modem */
    int64_t poll_ms;        /* between looks for new messages where the modem does not tell by itself */
    int64_t init_ms, status_ms, list_ms, delete_ms, submit_ms, quit_ms; /* deadlines */
    int64_t silence_ms; /* how long the modem may say nothing in the middle of a request; 0: half a minute */
    int64_t backoff_ms; /* before a worker is started for the third time, then doubled; 0: a second */
    /* The modem's IMEI: where device is gone or is another modem, it is looked for among scan. "" or NULL: any. */
    const char *imei;
    /* glob(7) patterns with spaces between them; NULL: /dev/serial/by-id, ttyUSB, ttyACM, ttyAMA, ttyS. */
    const char *scan;
    /* An executable that cuts the modem's power and gives it back, the last step where opening it again and resetting
     * it did not help: run with the modem's name and device. "" or NULL: none. */
    const char *power_hook;
    const char *smsc;     /* "" or NULL: the SIM's */
    const char *commands; /* AT commands before it is opened, a line each; "" or NULL: none */
    bool delete_sent;     /* copies of what was sent, off the SIM */
};

/* The worker to start: the one configured, or ("") kabar-modem beside the running program. */
MUST_CHECK int modem_worker_path(const char *configured, char *ret_path, size_t size, struct error *error);

/* Makes a modem and starts its worker on the loop; never waits. */
MUST_CHECK int modem_open(struct loop *loop, struct clock clock, const struct modem_options *options,
                          const struct modem_events *events, void *data, struct modem **ret_modem, struct error *error);
/* Kills and reaps the worker (at most a moment), frees. NULL is fine; returns NULL. */
struct modem *modem_close(struct modem *modem);

const char *modem_name(const struct modem *modem);
enum modem_state modem_state(const struct modem *modem);
/* The last reason for not being well ("" none). */
const char *modem_trouble(const struct modem *modem);

/* Whether that device, by whatever name, is this modem's: open, being opened, or to be opened again. */
bool modem_holds(const struct modem *modem, const char *device);

/* Requests queue up behind one another; each is answered by an event, or by down(). */
/* May a submit be handed over right now? One at a time: true when ready and none is outstanding. */
bool modem_can_submit(const struct modem *modem);
void modem_submit(struct modem *modem, const struct mt_submit *submit);
void modem_delete(struct modem *modem, struct mo_place place);
/* Holds back looking for new messages (true: while the disk is full nothing is taken from the SIM), or looks now, and
 * from then on as before (false). */
void modem_pause_intake(struct modem *modem, bool pause);
/* Dials a USSD code ("*888#"); the network's answer comes as ussd(), or not at all. One at a time: a newer one replaces
 * one that waits. */
void modem_ussd(struct modem *modem, const char *code);
/* What a modem does not do although it answers. */
enum modem_fault { MODEM_FAULT_SENDING, MODEM_FAULT_REPORTS, MODEM_FAULT_RECEIVING };
/* Takes the modem down and resets it, with the next step of the escalation each time until just that has gone well
 * again. down() follows. */
void modem_restart(struct modem *modem, enum modem_fault fault, const char *why);
/* Whether the SIM refused the configured PIN: it is not entered again as long as this process lives. */
bool modem_pin_refused(const struct modem *modem);
/* Whether its SIM wants a code that was not given, or refused the one that was. */
bool modem_wants_pin(const struct modem *modem);
/* Whether it has messages that it was told to delete, and said OK to, or could not. */
bool modem_keeps_deleted(const struct modem *modem);
/* Lets an open submit end, then the worker goes: down() is not called, the state becomes stopped. Whatever else it is
 * busy with is cut off; a submit that it has not begun yet is told as SUBMIT_NO_NETWORK. For a clean SIGTERM. */
void modem_stop(struct modem *modem);

#endif
