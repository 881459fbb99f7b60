/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/digits.h"

bool digits_take(const char **at, int64_t max, int64_t *ret_number)
{
    const char *end = *at;
    int64_t number = 0;
    for (; *end >= '0' && *end <= '9'; end++) {
        int digit = *end - '0';
        if (number > (max - digit) / 10)
            return false;
        number = number * 10 + digit;
    }
    if (end == *at || number > max)
        return false;
    *at = end;
    *ret_number = number;
    return true;
}

bool digits_whole(const char *text, int64_t max, int64_t *ret_number)
{
    int64_t number;
    if (!digits_take(&text, max, &number) || *text)
        return false;
    *ret_number = number;
    return true;
}
