/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether a PDU, as a modem lists it, keeps to the lengths that 3GPP TS 23.040 sets for it. libGammu decodes into
 * fields of those sizes without looking, and a message that overruns one kills the worker each time it is read. Pure.
 */
#ifndef KABAR_MODEM_PDU_H
#define KABAR_MODEM_PDU_H

#include <stdbool.h>

/* text is hexadecimal with the SMSC's address before the TPDU, 3GPP TS 27.005 3.1. What is not hexadecimal, or too
 * short to be anything, is harmless: libGammu finds that out by itself. */
bool pdu_is_sound(const char *text);

/* Whether an SMS-DELIVER ends before its text begins. libGammu may then decode what its buffer held before: never
 * believe such a message. Other types, and what is not hexadecimal, are not cut. */
bool pdu_is_cut(const char *text);

/*
 * Makes the coding scheme of an SMS-DELIVER one that libGammu reads: what TS 23.038 4 reserves is to be read as the
 * default alphabet, a notice that something waits has the alphabet of its group, and "compressed" is what a modem says
 * that never compressed anything. Changes the two digits in place; the rest, and what is no such message, stays.
 */
void pdu_settle_coding(char *text);

/* TP-MTI of what a modem gives to us, TS 23.040 9.2.3.1; -1 where the PDU ends before it. */
enum { PDU_DELIVER = 0, PDU_STATUS_REPORT = 2 };
int pdu_type(const char *text);

#endif
