/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "modem/udh.h"

enum { IE_CONCAT_8 = 0x00, IE_PORT_8 = 0x04, IE_PORT_16 = 0x05, IE_CONCAT_16 = 0x08 };

static void read_concat(struct udh *udh, int32_t ref, int32_t total, int32_t seq)
{
    /* 9.2.3.24.1: a receiver ignores the element where one of them is zero or the part is beyond the total. */
    if (total == 0 || seq == 0 || seq > total)
        return;
    udh->concat_ref = ref;
    udh->concat_total = total;
    udh->concat_seq = seq;
}

struct udh udh_read(const uint8_t *bytes, size_t len)
{
    struct udh udh = {.concat_ref = -1, .concat_total = 1, .concat_seq = 1, .port = -1};
    if (len == 0)
        return udh;
    size_t end = (size_t)bytes[0] + 1;
    if (end > len)
        end = len;
    for (size_t at = 1; at + 2 <= end;) {
        const uint8_t *data = bytes + at + 2;
        size_t size = bytes[at + 1];
        if (at + 2 + size > end)
            break;
        if (bytes[at] == IE_CONCAT_8 && size == 3)
            read_concat(&udh, data[0], data[1], data[2]);
        else if (bytes[at] == IE_CONCAT_16 && size == 4)
            read_concat(&udh, data[0] << 8 | data[1], data[2], data[3]);
        else if (bytes[at] == IE_PORT_8 && size == 2)
            udh.port = data[0];
        else if (bytes[at] == IE_PORT_16 && size == 4)
            udh.port = data[0] << 8 | data[1];
        at += 2 + size;
    }
    return udh;
}

void udh_write_concat(int32_t ref, int32_t total, int32_t seq, uint8_t ret_bytes[UDH_CONCAT_BYTES])
{
    ret_bytes[0] = UDH_CONCAT_BYTES - 1;
    ret_bytes[1] = IE_CONCAT_8;
    ret_bytes[2] = 3;
    ret_bytes[3] = (uint8_t)ref;
    ret_bytes[4] = (uint8_t)total;
    ret_bytes[5] = (uint8_t)seq;
}
