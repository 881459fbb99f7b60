/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "period.h"

#include "fold.h"

int month_of(struct day day)
{
    return day.year * 12 + day.month - 1;
}

int month_nearest(int month, struct day today)
{
    int found = today.year * 12 + month - 1;
    return found > month_of(today) ? found - 12 : found;
}

enum period_verdict month_judge(int month, struct day today, int accept_months_back)
{
    int now = month_of(today);
    if (month > now)
        return PERIOD_FUTURE;
    return now - month > accept_months_back ? PERIOD_TOO_OLD : PERIOD_OK;
}

int month_length(int month)
{
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = month / 12;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month % 12] + (month % 12 == 1 && leap);
}

void month_format(int month, char ret_text[8])
{
    int year = month / 12;
    int number = month % 12 + 1;
    ret_text[0] = (char)('0' + year / 1000 % 10);
    ret_text[1] = (char)('0' + year / 100 % 10);
    ret_text[2] = (char)('0' + year / 10 % 10);
    ret_text[3] = (char)('0' + year % 10);
    ret_text[4] = '-';
    ret_text[5] = (char)('0' + number / 10);
    ret_text[6] = (char)('0' + number % 10);
    ret_text[7] = '\0';
}

int month_parse(struct view text, int *ret_month)
{
    int digits[7] = {0};
    if (text.len != 7 || text.at[4] != '-')
        return -1;
    for (size_t i = 0; i < 7; i++) {
        if (i != 4 && !is_digit(text.at[i]))
            return -1;
        digits[i] = text.at[i] - '0';
    }
    int month = digits[5] * 10 + digits[6];
    if (month < 1 || month > 12)
        return -1;
    *ret_month = (digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3]) * 12 + month - 1;
    return 0;
}
