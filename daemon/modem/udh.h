/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The user data header of an SMS, 3GPP TS 23.040 9.2.3.24: what kind of message it makes of it. Pure. */
#ifndef KABAR_MODEM_UDH_H
#define KABAR_MODEM_UDH_H

#include <stddef.h>
#include <stdint.h>

enum { UDH_CONCAT_BYTES = 6, UDH_PORT_WAP_PUSH = 2948 };

struct udh {
    int32_t concat_ref; /* -1: not concatenated; 8 and 16 bit references alike */
    int32_t concat_total, concat_seq;
    int32_t port; /* where it is for, 9.2.3.24.3-4; -1 none */
};

/* Reads a header with its length octet; what is cut off or contradicts itself counts as not there. */
struct udh udh_read(const uint8_t *bytes, size_t len);

/* Writes the header of one part: 8-bit reference. */
void udh_write_concat(int32_t ref, int32_t total, int32_t seq, uint8_t ret_bytes[UDH_CONCAT_BYTES]);

#endif
