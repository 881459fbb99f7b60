#include "period.h"

/* Until the reader of periods lands with its own; weak, so that the two never collide. */

__attribute__((weak)) void month_format(int month, char ret_text[8])
{
    int number = month / 12 * 100 + month % 12 + 1;
    for (int i = 6; i >= 0; i--) {
        if (i != 4) {
            ret_text[i] = (char)('0' + number % 10);
            number /= 10;
        }
    }
    ret_text[4] = '-';
    ret_text[7] = '\0';
}

__attribute__((weak)) int month_parse(struct view text, int *ret_month)
{
    int number = 0;
    if (text.len != 7 || text.at[4] != '-')
        return -1;
    for (size_t i = 0; i < 7; i++) {
        if (i != 4 && (text.at[i] < '0' || text.at[i] > '9'))
            return -1;
        if (i != 4)
            number = number * 10 + text.at[i] - '0';
    }
    if (number % 100 < 1 || number % 100 > 12)
        return -1;
    *ret_month = number / 100 * 12 + number % 100 - 1;
    return 0;
}
