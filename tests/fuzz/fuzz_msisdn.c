/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as a phone number: what is taken for one is E.164 and stays what it is. */
#include <stdint.h>

#include "base/error.h"
#include "parsers/msisdn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char number[MSISDN_MAX], again[MSISDN_MAX], masked[MSISDN_MAX];
    enum msisdn_kind kind = msisdn_normalise((struct view){(const char *)data, size}, number);
    KABAR_ASSERT(strlen(number) < MSISDN_MAX);
    if (kind == MSISDN_MOBILE || kind == MSISDN_OTHER) {
        KABAR_ASSERT(number[0] == '+' && strspn(number + 1, "0123456789") == strlen(number) - 1);
        KABAR_ASSERT(strlen(number) >= 10 && strlen(number) <= 16);
        KABAR_ASSERT(msisdn_normalise(view_of(number), again) == kind && strcmp(number, again) == 0);
        msisdn_mask(number, masked);
        KABAR_ASSERT(strstr(masked, "***") != NULL);
    }
    msisdn_mask(number, masked);
    KABAR_ASSERT(strlen(masked) < MSISDN_MAX);
    return 0;
}
