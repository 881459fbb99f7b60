/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Roles of people, levels of areas, and both together; base/role.h has their words. */
#ifndef KABAR_PARSERS_ROLE_H
#define KABAR_PARSERS_ROLE_H

enum contact_role {
    ROLE_KPM,
    ROLE_KADER,
    ROLE_KADES,
    ROLE_BIDAN,
    ROLE_PENDAMPING,
    ROLE_TPPS,
    ROLE_OPERATOR,
    ROLE_COUNT
};

enum area_level { AREA_PROVINSI = 1, AREA_KABUPATEN, AREA_KECAMATAN, AREA_DESA, AREA_POSYANDU };

/* Who is told of an area: those with a role who stand for it, for one above it or for one in it; with a level only
 * those who stand for one of that level. */
struct role_at {
    enum contact_role role;
    int level; /* enum area_level; 0: any */
};

#endif
