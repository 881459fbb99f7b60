/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "quarter.h"

int quarter_of(int month)
{
    return month / QUARTER_MONTHS;
}

int quarter_end(int quarter)
{
    return quarter * QUARTER_MONTHS + QUARTER_MONTHS - 1;
}

void quarter_format(int quarter, char ret_text[8])
{
    int year = quarter / 4;
    for (int i = 3; i >= 0; i--, year /= 10)
        ret_text[i] = (char)('0' + year % 10);
    ret_text[4] = '-';
    ret_text[5] = 'Q';
    ret_text[6] = (char)('1' + quarter % 4);
    ret_text[7] = '\0';
}

int quarter_parse(struct view text, int *ret_quarter)
{
    if (text.len != 7 || text.at[4] != '-' || (text.at[5] != 'Q' && text.at[5] != 'q'))
        return -1;
    int year = 0;
    for (size_t i = 0; i < 4; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return -1;
        year = year * 10 + (text.at[i] - '0');
    }
    if (text.at[6] < '1' || text.at[6] > '4')
        return -1;
    *ret_quarter = year * 4 + (text.at[6] - '1');
    return 0;
}
