/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * at-modem: a simulated GSM modem on a PTY, with a network after it (3GPP TS 27.005 and 27.007, PDU mode).
 *
 * One process, one thread, one loop. Four rooms: the line (PTY and symlink), the AT interpreter, the network (SMSC,
 * what the SIM holds, the ledger of everything given and taken), and the script (control commands, faults, events).
 * What a modem forgets when its power goes is in struct at_settings; what the SIM and the network know stays.
 */
#ifndef KABAR_TESTS_AT_MODEM_H
#define KABAR_TESTS_AT_MODEM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "at_modem_pdu.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/loop.h"

enum {
    STORE_MAX = 2000,       /* places of one memory */
    FAULTS_MAX = 32,        /* waiting at a time */
    USSD_MAX = 16,          /* codes with an answer */
    LIES_MAX = 16,          /* commands that answer what they are told to */
    LIE_BYTES = 4096,       /* of such an answer */
    CONTROLS_MAX = 16,      /* connections at a time */
    LINK_BYTES = 512,       /* of the path of a link */
    LINE_MAX_BYTES = 8192,  /* of one AT command or control command */
    OUT_MAX_BYTES = 1 << 23 /* waiting for the reader of the port */
};

/* What became of an SMS that the network had for the modem. */
enum given_fate {
    GIVEN_WAITING,   /* at the SMSC */
    GIVEN_STORED,    /* in SM or ME */
    GIVEN_ROUTED,    /* written to the port as +CMT or +CDS, not yet acknowledged */
    GIVEN_ACKED,     /* routed, and acknowledged by AT+CNMA or, with AT+CSMS=0, by the modem itself */
    GIVEN_DELETED,   /* was stored, then deleted by AT+CMGD */
    GIVEN_DISCARDED, /* a status report that AT+CNMI said not to pass on */
    GIVEN_FATES
};
const char *given_fate_to_string(enum given_fate fate);

struct sms_given {
    int id; /* from 1, in the order given */
    enum given_fate fate;
    struct pdu pdu;
    struct sms_deliver deliver; /* empty where it came as raw PDU or is a report */
    int report_of;              /* id of a taken SMS; 0: no report */
    int tp_st;
    const char *memory; /* where it is or was stored; NULL: never */
    int index;
    int deliveries; /* times the modem got it: stored or routed */
    int reads;      /* times the port saw its PDU */
};

/* What became of an SMS that the modem gave to the network. */
enum taken_fate {
    TAKEN_ANSWERED, /* taken, +CMGS written to the port, or about to be */
    TAKEN_LOST,     /* taken, the answer never came */
    TAKEN_DROPPED,  /* not taken, no answer */
    TAKEN_REFUSED,  /* not taken, +CMS or +CME ERROR */
    TAKEN_FATES
};
const char *taken_fate_to_string(enum taken_fate fate);

struct sms_taken {
    int id; /* from 1 */
    enum taken_fate fate;
    int tp_mr; /* -1 where not taken */
    int cause; /* of a refusal */
    int64_t wall_ms;
    struct sms_submit submit;
    int reports; /* sent back so far */
};

struct slot {
    bool used;
    int stat;  /* TS 27.005 3.1: 0 unread, 1 read, 2 unsent, 3 sent */
    int given; /* id, 0 where AT+CMGW wrote it */
    struct pdu pdu;
};

struct store {
    const char *name; /* "SM", "ME", "SR" */
    int capacity;
    struct slot slots[STORE_MAX];
};
/* STORE_SR: status reports, where there is one; only read from and deleted in. */
enum { STORE_SM, STORE_ME, STORE_SR, STORES };

struct network {
    struct sms_given *given; /* n_given, owned */
    struct sms_taken *taken; /* n_taken, owned */
    int n_given, n_taken;
    struct store stores[STORES];
    int registration; /* TS 27.007 7.2: 0 off, 1 home, 2 searching, 3 denied, 5 roaming */
    int signal;       /* +CSQ 0-31, 99 */
    int next_mr;
    int routed; /* id of the one that waits for AT+CNMA, 0: none */
    bool hold;  /* the SMSC gives nothing */
    bool autoreport;
    int64_t autoreport_ms;
    int64_t interval_ms; /* between two deliveries */
    int64_t next_ms;     /* monotonic: no delivery before */
    int next_ref;        /* of a long text that the control splits */
    struct loop_timer timer, ack_timer;
};

/* Forgotten by a reset. */
struct at_settings {
    bool echo;
    int cmee, creg, cgreg, csms, cmms, cops_format, cfun, clip, cusd;
    int cnmi[5];
    char charset[8];
    int memory[3]; /* AT+CPMS mem1-mem3 as STORE_… */
    bool booted;   /* looks for its network only then */
    bool pin_done;
};

enum at_state { AT_IDLE, AT_BUSY, AT_PROMPT };

struct at {
    struct at_settings set;
    enum at_state state;
    struct buf in;      /* received, not yet interpreted */
    struct buf line;    /* the command, or the PDU after the prompt */
    struct buf answer;  /* of the running command */
    struct buf echo;    /* not yet sent */
    struct buf waiting; /* unsolicited result codes held back until the command is done */
    char command[12];   /* the running one, "CMGS" */
    bool reset_due;     /* after the answer */
    int taken;          /* id of the SMS whose +CMGS is not answered yet, 0: none */
    int prompt_octets;  /* AT+CMGS=n */
    bool prompt_write;  /* AT+CMGW */
    int prompt_stat;
    struct loop_timer delay, boot;
};

/* What ends a fault by itself: each includes those before it. */
enum cure { CURE_NONE, CURE_CLOSE, CURE_RESET, CURE_POWER };

struct line {
    int master;            /* -1: unplugged */
    char link[LINK_BYTES]; /* symlink to the slave */
    char slave[64];        /* "/dev/pts/4" */
    bool open;             /* somebody has the slave open */
    bool silent;           /* hears and says nothing */
    enum cure silent_until;
    bool hung;              /* frozen: the kernel keeps what is written to it */
    struct buf out;         /* not yet written */
    int taken;              /* id of the SMS whose +CMGS is in out, 0: none */
    struct loop_timer look; /* for somebody to open it */
    struct loop_timer thaw;
};

enum fault_kind { FAULT_DELAY, FAULT_CMS, FAULT_CME, FAULT_LOSE, FAULT_DROP, FAULT_KINDS };
const char *fault_kind_to_string(enum fault_kind kind);

struct fault {
    enum fault_kind kind;
    char command[12]; /* "CMGS" */
    int value;        /* code or milliseconds */
    int times;        /* left; 0: free place */
    enum cure until;
};

struct ussd {
    char code[24];
    char text[256];
};

/* What a command says instead of what is so; it is not done then. */
struct lie {
    char command[12]; /* "" free */
    char text[LIE_BYTES];
};

struct control {
    int in, out; /* -1: free */
    bool listens;
    struct buf line;
    struct at_modem *modem;
};

struct at_modem {
    struct loop *loop;
    struct clock clock;
    struct line line;
    struct at at;
    struct network network;
    struct fault faults[FAULTS_MAX];
    bool half_line; /* cut the next answer in two */
    struct ussd ussd[USSD_MAX];
    int n_ussd;
    struct lie lies[LIES_MAX];
    char tail[64]; /* what stands after the number in +CMGS */
    struct control controls[CONTROLS_MAX];
    char socket_path[108]; /* "" none */
    int listener;          /* -1 none */
    char imei[24], imsi[24], smsc[PDU_ADDRESS_TEXT], pin[12];
    int pin_tries;
    char cnmi_mt[5], cnmi_ds[4]; /* the digits that AT+CNMI takes for <mt> and <ds> */
    int zone_quarters;
    int64_t boot_ms;
    bool verbose, quit, route_class0, ordinal, echo_pdu;
    FILE *log;
    uint64_t random; /* state of its own generator */
};

/* at_modem_line.c */
MUST_CHECK int line_plug(struct at_modem *m, struct error *error);
void line_unplug(struct at_modem *m);
/* Sends to whoever has the port open; lost where nobody has. */
void line_send(struct at_modem *m, struct view text);
void line_hang(struct at_modem *m, int64_t ms);

/* at_modem_at.c */
void at_init(struct at_modem *m);
void at_deinit(struct at_modem *m);
/* Power lost or AT+CFUN=1,1: forgets what was typed and set. */
void at_reset(struct at_modem *m);
/* Interprets what was received (at.in) as far as it goes. */
void at_feed(struct at_modem *m, struct view bytes);
/* An unsolicited result code, without its line ends; waits for the end of a running command. */
void at_unsolicited(struct at_modem *m, const char *format, ...) PRINTF_LIKE(2, 3);
/* May the radio be used: powered, booted, PIN entered? */
bool at_radio(const struct at_modem *m);

/* How a command ends. Codes are 3GPP's: TS 27.005 3.2.5 (CMS), TS 27.007 9.2 (CME). */
enum at_end { AT_OK, AT_ERROR, AT_CME, AT_CMS, AT_ASK, AT_NO_ANSWER };
enum { CMS_UNNUMBERED = 9999 }; /* +CMS ERROR without a number */
struct at_result {
    enum at_end end;
    int code;
};
enum at_form { AT_EXECUTE, AT_READ, AT_TEST, AT_SET };
/* Runs one form of a command on its arguments; what it says goes to m->at.answer by at_say(). */
typedef struct at_result at_handler(struct at_modem *m, enum at_form form, struct view args);
struct at_command {
    const char *name; /* after "AT", without "+" */
    at_handler *handler;
    bool needs_pin;
    bool prompts; /* faults strike after the prompt, not before it */
};
/* at_modem_sms.c (TS 27.005), at_modem_gsm.c (TS 27.007); ended by a row without a name. */
extern const struct at_command at_sms_commands[], at_gsm_commands[];

/* One line of the answer. */
void at_say(struct at_modem *m, const char *format, ...) PRINTF_LIKE(2, 3);
/* A string constant in the chosen character set, with its quotes (27 digits of text need 2 * 4 * 27 + 3 bytes). */
void at_quote(const struct at_modem *m, const char *text, struct buf *ret_text);
/* The next of comma-separated arguments, without quotes; false at the end. */
bool at_argument(struct view *args, struct view *ret_argument);
/* The next argument as a number; absent where it is empty or missing, -EINVAL where it is none. */
MUST_CHECK int at_number(struct view *args, int absent, int *ret_number);
/* What was entered after the prompt. */
struct at_result at_prompt_end(struct at_modem *m, struct view hex);

/* at_modem_network.c: SMSC, SIM, ledger */
void network_init(struct at_modem *m);
void network_deinit(struct at_modem *m);
struct sms_given *network_give(struct at_modem *m, const struct pdu *pdu);
struct sms_taken *network_take(struct at_modem *m, const struct sms_submit *submit, enum taken_fate fate, int cause);
/* A +CMGS that is not answered or not written yet will not be read by anybody. */
void network_answer_lost(struct at_modem *m);
MUST_CHECK int network_report(struct at_modem *m, struct sms_taken *taken, int tp_st, struct error *error);
/* Delivers what waits, oldest first, as far as the modem has room and can be reached. */
void network_pump(struct at_modem *m);
/* AT+CNMA: the routed one arrived (or did not). Returns false where none is waiting. */
bool network_acknowledge(struct at_modem *m, bool ok);
void network_register(struct at_modem *m, int registration);
/* 1-based place of a memory; NULL where it is beyond the capacity. */
struct slot *store_slot(struct store *store, int index);
int store_used(const struct store *store);
/* Empties a place and lets the SMSC know. */
void store_delete(struct at_modem *m, struct store *store, int index);

/* at_modem_script.c */
/* One control command; its answer goes to *answer, "ok…" or "error …" last. */
void script_run(struct at_modem *m, struct view command, struct buf *answer);
void script_help(FILE *out);
/* The port was closed, the modem reset, or its power lost: ends the faults that this ends. */
void fault_cure(struct at_modem *m, enum cure cure);
/* Takes a waiting fault of that kind for that command; false where there is none. */
bool fault_take(struct at_modem *m, enum fault_kind kind, const char *command, int *ret_value);
/* What that command is told to say; NULL: what is so. */
const char *lie_of(const struct at_modem *m, const char *command);

/* at_modem_control.c */
MUST_CHECK int control_open(struct at_modem *m, bool standard_input, struct error *error);
void control_close(struct at_modem *m);
/* One line to stdout and to whoever listens. */
void event(struct at_modem *m, const char *format, ...) PRINTF_LIKE(2, 3);
/* A line of the log file: what went which way. */
void log_traffic(struct at_modem *m, const char *direction, struct view bytes);
uint32_t random_next(struct at_modem *m);

/* A decimal number that is all of text: -EINVAL where it is none or does not fit. */
MUST_CHECK int number_of(struct view text, int64_t *ret_number);

#endif
