/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The wire between kabard and one kabar-modem: one message a datagram of a SOCK_SEQPACKET socketpair, fd 3 of the
 * worker, which closes the modem and exits when the parent closes its end. Pure: bytes in, a struct out; no descriptors
 * here.
 *
 * A datagram is a header {version, type, 0, 0, request id, length of the body}, little-endian, and the body. The worker
 * answers a request with its id; what it tells by itself has id 0. Each side takes the other's bytes as hostile: an
 * unknown version or type, one that the other side may not send, a value out of range, text that is not UTF-8, a cut
 * off or trailing byte is a protocol error, after which the other side is not listened to any more.
 */
#ifndef KABAR_MODEM_PROTO_H
#define KABAR_MODEM_PROTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "modem/port.h"

enum {
    WIRE_VERSION = 1,
    WIRE_MAX = 2048,      /* bytes of one datagram */
    WIRE_TEXT_MAX = 256,  /* of a log line or a reason, with the end */
    WIRE_DELETE_MAX = 16, /* places of one delete */
    WIRE_FD = 3,          /* the worker's end */
    WIRE_WALLS = 2,       /* ready.walls of a worker that reaches nothing but its device */
};

/* Of a stamp, in ms UTC: the year 9999 is over. None is before 1970. */
#define WIRE_TIME_END INT64_C(253402300800000)

enum wire_type {
    /* requests of the parent, one at a time */
    WIRE_INIT,   /* → WIRE_READY */
    WIRE_STATUS, /* → WIRE_NETWORK */
    WIRE_LIST,   /* → WIRE_MO and WIRE_REPORT, each with the id, then WIRE_LISTED */
    WIRE_DELETE, /* → WIRE_DELETED */
    WIRE_SUBMIT, /* → WIRE_SUBMITTED */
    WIRE_USSD,   /* → WIRE_DIALLED; the network's answer comes later as WIRE_USSD_TEXT */
    WIRE_GO,     /* what WIRE_LEAVING asks for; the request stays the same */
    /* answers of the worker; WIRE_FAILED may answer any request */
    WIRE_READY,
    WIRE_NETWORK,
    WIRE_MO,
    WIRE_REPORT, /* with id 0 where it came by itself (+CDS) */
    WIRE_LISTED,
    WIRE_DELETED,
    WIRE_LEAVING, /* in a submit: everything is with the modem but the octet that sends it, which waits for WIRE_GO */
    WIRE_SUBMITTED,
    WIRE_DIALLED,
    WIRE_FAILED, /* with id 0: the worker ends, and says why */
    /* what the worker tells by itself */
    WIRE_NEW, /* something waits in the modem */
    WIRE_USSD_TEXT,
    WIRE_LOG,
    WIRE_ALIVE, /* in a request: the modem is being spoken with */
    WIRE_TYPE_COUNT
};

/* How the modem is woken when it is opened: the steps of the escalation (supervise.h). */
enum wire_reset { WIRE_RESET_NONE, WIRE_RESET_SOFT, WIRE_RESET_HARD, WIRE_RESET_COUNT };

struct wire_init {
    char connection[64], device[256], model[50], pin[16];
    enum wire_reset reset;
    int32_t silence_ms;        /* 1 … an hour */
    char smsc[MO_ADDRESS_MAX]; /* "": the SIM's */
    char commands[512];        /* for the modem before it is opened, a line each */
    bool delete_sent;
};

/* What kind of failure it was: decides how soon the next try is worth it. */
enum wire_failure {
    WIRE_FAILURE_OTHER,
    WIRE_FAILURE_ABSENT, /* no such device */
    WIRE_FAILURE_SILENT, /* it does not answer */
    WIRE_FAILURE_PIN,    /* the SIM refused the PIN, wants one that is not configured, or a PUK */
    WIRE_FAILURE_COUNT
};

struct wire_message {
    enum wire_type type;
    uint32_t id;
    union {
        struct wire_init init;
        struct {
            bool from_start; /* else after the last one handed over */
            int32_t max;     /* 1 … MO_BATCH */
        } list;
        struct {
            int32_t n; /* 1 … WIRE_DELETE_MAX */
            struct mo_place places[WIRE_DELETE_MAX];
        } delete;
        struct mt_submit submit;
        struct {
            char code[64];
        } ussd;
        struct {
            struct modem_identity identity;
            bool tells; /* the modem announces new messages by itself */
            int32_t
                walls; /* what holds the worker to its device: 0 nothing, 1 seccomp alone, WIRE_WALLS Landlock too */
        } ready;
        struct modem_network network;
        struct mo_part mo;
        struct mt_report report;
        struct {
            bool more; /* the batch was full: there may be more after it */
        } listed;
        struct {
            int32_t n_failed;
            char why[WIRE_TEXT_MAX];
        } deleted;
        struct {
            int64_t part_id;
            enum submit_result result;
            int32_t cause; /* as cause_of() packs it, -1 none */
            int32_t tp_mr; /* -1 none */
        } submitted;
        struct {
            enum wire_failure failure;
            char why[WIRE_TEXT_MAX];
        } failed;
        struct {
            char text[MO_TEXT_BYTES];
        } ussd_text;
        struct {
            char text[WIRE_TEXT_MAX];
        } log;
    };
};

enum wire_side { WIRE_PARENT, WIRE_WORKER };

/*
 * Writes a datagram. Texts are cut at a whole character where they do not fit, and what is not UTF-8 in them becomes
 * U+FFFD, so that nothing libGammu makes of a message can be a protocol error. Returns its bytes, or 0 where a number
 * is outside what its field can say: then there is nothing to send.
 */
size_t wire_encode(const struct wire_message *message, uint8_t ret_bytes[WIRE_MAX]);

/* Reads a datagram that `from` sent. Returns 0, or -EPROTO with the reason in *error and *ret_message undefined. */
MUST_CHECK int wire_decode(const uint8_t *bytes, size_t len, enum wire_side from, struct wire_message *ret_message,
                           struct error *error);

const char *wire_type_to_string(enum wire_type type);

#endif
