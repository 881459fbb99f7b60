/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as a datagram of either side: what is taken is in range, and survives being written and read again. */
#include <stdint.h>
#include <string.h>

#include "modem/proto.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct wire_message message, again;
    uint8_t bytes[WIRE_MAX], twice[WIRE_MAX];
    for (int side = WIRE_PARENT; side <= WIRE_WORKER; side++) {
        struct error error = {""};
        if (wire_decode(data, size, (enum wire_side)side, &message, &error) < 0) {
            KABAR_ASSERT(error.text[0]);
            continue;
        }
        size_t len = wire_encode(&message, bytes);
        KABAR_ASSERT(len == size && memcmp(bytes, data, size) == 0);
        KABAR_ASSERT(wire_decode(bytes, len, (enum wire_side)side, &again, &error) == 0);
        KABAR_ASSERT(wire_encode(&again, twice) == len && memcmp(bytes, twice, len) == 0);
    }
    return 0;
}
