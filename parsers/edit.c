/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "edit.h"

#include "limits.h"

static int least(int a, int b, int c)
{
    int ab = a < b ? a : b;
    return ab < c ? ab : c;
}

int edit_distance(struct view a, struct view b)
{
    size_t longer = a.len > b.len ? a.len : b.len, shorter = a.len > b.len ? b.len : a.len;
    if (longer > SPELLING_MAX || longer - shorter >= EDIT_FAR)
        return EDIT_FAR;
    /* What both begin or end with costs nothing. */
    size_t same = 0;
    while (same < shorter && a.at[same] == b.at[same])
        same++;
    a = (struct view){a.at + same, a.len - same};
    b = (struct view){b.at + same, b.len - same};
    while (a.len > 0 && b.len > 0 && a.at[a.len - 1] == b.at[b.len - 1]) {
        a.len--;
        b.len--;
    }
    /* three rows of the table: a swap looks two back */
    int rows[3][SPELLING_MAX + 1];
    for (size_t j = 0; j <= b.len; j++)
        rows[0][j] = (int)j;
    for (size_t i = 1; i <= a.len; i++) {
        int *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = (int)i;
        int nearest = row[0];
        for (size_t j = 1; j <= b.len; j++) {
            int change = above[j - 1] + (a.at[i - 1] != b.at[j - 1]);
            row[j] = least(above[j] + 1, row[j - 1] + 1, change);
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1] &&
                two_above[j - 2] + 1 < row[j])
                row[j] = two_above[j - 2] + 1;
            nearest = row[j] < nearest ? row[j] : nearest;
        }
        if (nearest >= EDIT_FAR)
            return EDIT_FAR;
    }
    int distance = rows[a.len % 3][b.len];
    return distance < EDIT_FAR ? distance : EDIT_FAR;
}
