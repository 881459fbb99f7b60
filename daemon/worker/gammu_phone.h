/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the gammu*.c files share: the one phone of this process. Outside of them nobody sees libGammu. */
#ifndef KABAR_WORKER_GAMMU_PHONE_H
#define KABAR_WORKER_GAMMU_PHONE_H

#include <gammu.h>
#include <setjmp.h>
#include <sys/types.h>

#include "worker/phone.h"

/* From where the journal may jump out of libGammu: nowhere, its search for the next message, its reading of a place. */
enum phone_way { PHONE_WAY_NONE, PHONE_WAY_SEARCH, PHONE_WAY_READ };
/*
 * And what for: a listed PDU that would overrun its fields; the same as the answer of the modem, after which libGammu
 * is of no use before phone_reopen(); a search that counts places because the modem does not list them.
 */
enum phone_jump { PHONE_JUMP_NONE, PHONE_JUMP_LISTED, PHONE_JUMP_ANSWERED, PHONE_JUMP_COUNTS };

struct phone {
    GSM_StateMachine *machine; /* NULL: closed */
    phone_tell *tell;
    char device[256];
    dev_t rdev;                      /* of the device, while it is open; 0 unknown */
    bool dummy;                      /* libGammu's own phone, a folder: Gammu's connection "none" */
    int fd;                          /* of the tty, or of the watch on the dummy's folders; -1 unknown */
    GSM_SMSC smsc;                   /* Number "" where the SIM has none */
    bool shared;                     /* phone_raw_share() is done */
    char given_smsc[MO_ADDRESS_MAX]; /* of the configuration, instead of the SIM's; "" none */
    bool delete_sent;
    char cnmi[24]; /* what libGammu chose of AT+CNMI: "2,1,0,1,0" */

    /* gammu_log.c: what libGammu's journal gives away and its functions do not */
    char pdu[MO_RAW_BYTES]; /* the last line of hexadecimal: the PDU it was busy with */
    enum phone_way way;     /* out of the call that is being made */
    jmp_buf way_out;
    int32_t family; /* of the last refusal, enum cause_family; 0 none */

    /* gammu_list.c */
    GSM_MultiSMSMessage multi; /* the one message in hand; 260 kB, therefore static */
    int next_part;             /* of multi, still to be told */
    int location;              /* of the one in hand, as modem_delete() will name it */
    bool utc;                  /* its time has no zone and is UTC, not local */

    /* gammu_send.c */
    bool answered;
    int frame; /* 0; from the modem's prompt on 1, and one more with each frame that is written */
    bool left; /* the parent has let the message go */
    int status, reference;
};
extern struct phone phone;

/* gammu.c: the answer of a call that failed. Returns false, for `return phone_failed(…)`. */
bool phone_failed(struct wire_message *answer, GSM_Error error, const char *what);
bool phone_is_gone(GSM_Error error);
/* Closes the connection and opens it as it was. Returns whether it is open. */
bool phone_reopen(void);
/* The SMSC's number of the SIM into phone.smsc. Returns whether there is one. */
bool phone_ask_smsc(void);
void phone_log(const char *format, ...) PRINTF_LIKE(1, 2);

/* gammu_send.c: the result of a submit. */
void phone_on_sent(GSM_StateMachine *machine, int status, int reference, void *data);
/* The message in hand is about to leave: once, whoever notices. */
void phone_depart(void);

/* gammu_raw.c: what libGammu has no function for, said to the modem behind its back while it is at rest. */
int phone_raw_fd(void);
bool phone_raw_delete(int location);
bool phone_raw_say(const char *command);
/*
 * libGammu opens a tty for itself alone (TIOCEXCL). A real one forgets that with its last close, a pseudo-terminal not
 * before its other side is gone: after a worker was killed, nobody but root could open it again. Returns whether it is
 * open by now.
 */
bool phone_raw_share(void);
/* Registered in any way: with the network of calls (+CREG), of packets (+CGREG) or of LTE (+CEREG). */
enum registration { REGISTRATION_NONE, REGISTRATION_HOME, REGISTRATION_ROAMING };
enum registration phone_raw_registration(void);
/* Says the commands, a line each, before libGammu has it open. What the modem refuses or leaves unanswered is logged.
 */
void phone_raw_commands(const struct wire_init *init);
/* Drops DTR and tells it to restart, whether it answers or not; before libGammu has it open. */
void phone_raw_restart(int settle_ms);

/* gammu_read.c: what the modem says is sieved (modem/sieve.h) before anybody here reads it; begins anew with each
 * opening. */
void phone_read_begin(void);

/* gammu_log.c: a GSM_Log_Function. */
void phone_journal(const char *text, void *data);

/* gammu_list.c: what +CMTI, +CDSI, +CDS and +CMT make libGammu call. */
void phone_on_sms(GSM_StateMachine *machine, GSM_SMSMessage *sms, void *data);
/* gammu_message.c: Gammu's UCS-2 as UTF-8, cut to fit; may hold what is not UTF-8, which wire_encode() mends. */
void phone_text(const unsigned char *unicode, char *ret_text, size_t size);
/* One message as what is told of it. */
void phone_message(const GSM_SMSMessage *sms, struct mo_place place, struct wire_message *ret_message);

/* gammu_dummy.c: the dummy's folders, looked at directly: its own way to the next message opens 50,000 files. */
int phone_dummy_watch(void);
void phone_dummy_read(void);
/* The lowest message after *location: reads it into phone.multi. ERR_EMPTY at the end. */
GSM_Error phone_dummy_next(int *location);

#endif
