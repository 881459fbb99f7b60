#include "period.h"
int month_parse(struct view t, int *r)
{
    if (t.len != 7 || t.at[4] != '-')
        return -1;
    int v[6], k = 0;
    for (int i = 0; i < 7; i++)
        if (i != 4) {
            if (t.at[i] < '0' || t.at[i] > '9')
                return -1;
            v[k++] = t.at[i] - '0';
        }
    int m = v[4] * 10 + v[5];
    if (m < 1 || m > 12)
        return -1;
    *r = (v[0] * 1000 + v[1] * 100 + v[2] * 10 + v[3]) * 12 + m - 1;
    return 0;
}
