/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/role.h"

#include "base/error.h"

const char *const contact_roles[ROLE_COUNT] = {"kpm", "kader", "kades", "bidan", "pendamping", "tpps", "operator"};
static const char *const levels[] = {"provinsi", "kabupaten", "kecamatan", "desa", "posyandu"};
const char role_at_allowed[] = "kpm, kader, kades, bidan, pendamping, tpps or operator, with a level behind it "
                               "perhaps (tpps@kecamatan): provinsi, kabupaten, kecamatan, desa, posyandu";

const char *contact_role_to_string(enum contact_role role)
{
    KABAR_ASSERT((unsigned)role < ROLE_COUNT);
    return contact_roles[role];
}

enum contact_role contact_role_parse(struct view word)
{
    static const struct {
        const char *letters;
        enum contact_role role;
    } long_names[] = {
        {"kaderpembangunanmanusia", ROLE_KPM},
        {"kaderposyandu", ROLE_KADER},
        {"kepaladesa", ROLE_KADES},
        {"kades", ROLE_KADES},
        {"lurah", ROLE_KADES},
        {"bidandesa", ROLE_BIDAN},
        {"pendampingdesa", ROLE_PENDAMPING},
        {"timpercepatanpenurunanstunting", ROLE_TPPS},
        {"operatorkecamatan", ROLE_OPERATOR},
    };
    enum { LETTERS_MAX = 48 };
    char letters[LETTERS_MAX];
    size_t n = 0;
    for (size_t i = 0; i < word.len && n + 1 < sizeof letters; i++) {
        char c = word.at[i] >= 'A' && word.at[i] <= 'Z' ? (char)(word.at[i] - 'A' + 'a') : word.at[i];
        if (c != ' ' && c != '-' && c != '.')
            letters[n++] = c;
    }
    letters[n] = '\0';
    for (size_t i = 0; i < sizeof long_names / sizeof *long_names; i++)
        if (strcmp(letters, long_names[i].letters) == 0)
            return long_names[i].role;
    int role = 0;
    while (role < ROLE_COUNT && strcmp(letters, contact_roles[role]) != 0)
        role++;
    return (enum contact_role)role;
}

bool role_at_parse(struct view word, struct role_at *ret_role)
{
    const char *sign = word.len ? memchr(word.at, '@', word.len) : NULL;
    struct view role = {word.at, sign ? (size_t)(sign - word.at) : word.len};
    *ret_role = (struct role_at){.role = ROLE_KPM};
    while (ret_role->role < ROLE_COUNT && !view_is(role, contact_roles[ret_role->role]))
        ret_role->role++;
    if (ret_role->role == ROLE_COUNT || !sign)
        return ret_role->role != ROLE_COUNT;
    struct view level = {sign + 1, word.len - role.len - 1};
    for (int i = 0; i < AREA_POSYANDU; i++)
        if (view_is(level, levels[i]))
            ret_role->level = i + 1;
    return ret_role->level != 0;
}
