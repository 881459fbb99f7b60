/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The modem as the worker sees it: one phone a process, opened once, every call blocking. Behind it is libGammu
 * (gammu*.c), which no other file knows.
 *
 * Each call takes the request and fills the answer, WIRE_FAILED where it could not be done. What the modem tells by
 * itself while libGammu reads from it goes to the teller at once, with request id 0.
 */
#ifndef KABAR_WORKER_PHONE_H
#define KABAR_WORKER_PHONE_H

#include "modem/proto.h"

typedef void phone_tell(const struct wire_message *message);

/* What has to be there before the worker is walled in: the dummy's folder. Returns whether it is the dummy. */
bool phone_prepare(const struct wire_init *init);
/* Opens the modem, enters the PIN, asks who it is: WIRE_READY. */
void phone_open(const struct wire_message *request, phone_tell *tell, struct wire_message *ret_answer);
/* Readable when the modem has something to say; -1 where nothing can be waited on and phone_read() must be called now
 * and then. */
int phone_fd(void);
/* Takes in what the modem says by itself. Returns false when the modem is gone. */
bool phone_read(void);
void phone_status(struct wire_message *ret_answer);
/* Tells each message with the request's id; WIRE_LISTED. */
void phone_list(const struct wire_message *request, struct wire_message *ret_answer);
void phone_delete(const struct wire_message *request, struct wire_message *ret_answer);
/* Always WIRE_SUBMITTED, after phone_leave(); does not return before the network's answer, however long it takes: the
 * parent owns the deadline, and an answer that comes after it must not be taken for that to the next submit. */
void phone_submit(const struct wire_message *request, struct wire_message *ret_answer);
void phone_ussd(const struct wire_message *request, struct wire_message *ret_answer);
void phone_close(void);

/*
 * The worker's own watch: a modem that has fallen silent in the middle of a call. libGammu waits for minutes there (200
 * s for AT+CPMS, 500 s for AT+CMGL), and the parent's deadlines have to allow for a call of many commands; this one is
 * for the silence within one. phone_watch(0) ends the watch; phone_alive() is called whenever something went to or came
 * from the modem. When it strikes, WIRE_FAILED is told with the request's id and the process ends. Between the two the
 * parent is told WIRE_ALIVE, at most once a second: a worker that does neither is dead, however long its call may take.
 */
void phone_watch(uint32_t id);
void phone_alive(void);

/*
 * The last moment at which the SMS of the request in hand can be held back: tells the parent and returns when it may
 * go. Where it may not, or nobody is there to say, the process ends. Ends the watch: from here on the network has the
 * word, and the parent its deadline.
 */
void phone_leave(void);

#endif
