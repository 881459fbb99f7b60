/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The mapping file of `kabarctl export dhis2` (kabar-dhis2 in kabarctl(1)): under which identifiers which number goes
 * to DHIS2. Checked as far as it can be without a database: shapes, duplicates, and that the sets have the names.
 *
 *     org_units = ( { area = "35.12.03.2001"; id = "O6uvpzGd5pu"; } );        or: org_unit_codes = true;
 *     values = ( { field = "IBU_HAMIL.K4"; data_element = "f7n9E0hX8qk"; category_option_combo = "HllvX50cXC0"; },
 *                { indicator = "B1"; number = "denominator"; data_element = "Ix2HsbDMLea"; } );
 */
#ifndef KABAR_SETTINGS_DHIS2_MAP_H
#define KABAR_SETTINGS_DHIS2_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "settings/settings.h"

struct dhis2_unit {
    const char *area, *id; /* the code of a village; DHIS2's identifier */
    int line;
};

enum dhis2_number { DHIS2_NUMERATOR, DHIS2_DENOMINATOR };

struct dhis2_value {
    const char *name; /* as the file says it: "IBU_HAMIL.K4", "B1" */
    const char *form; /* its code; "" of an indicator */
    const char *key;  /* a key's or an indicator's code */
    enum dhis2_number number;
    bool quarterly;                                                            /* always, of an indicator */
    const char *data_element, *category_option_combo, *attribute_option_combo; /* the latter two may be "" */
};

struct dhis2_map {
    const char *file;
    const char *data_set;           /* "" none */
    bool unit_codes;                /* the area's code is the organisation unit's code in DHIS2 */
    const struct dhis2_unit *units; /* by area */
    size_t n_units;
    const struct dhis2_value *values;
    size_t n_values;
    struct texts ignored; /* "PAUD.AKTIF", "P1": known, and not sent */
};

struct dhis2_file;

/* path NULL: dhis2.cfg beside kabard.conf. -EINVAL with the first fault and the number of the others. */
MUST_CHECK int dhis2_map_open(const struct settings *settings, const char *path, struct dhis2_file **ret_file,
                              struct error *error);
const struct dhis2_map *dhis2_map(const struct dhis2_file *file);
struct dhis2_file *dhis2_map_close(struct dhis2_file *file); /* NULL is fine. Returns NULL. */

/* DHIS2's identifier of an area, NULL where it has none. */
const char *dhis2_unit_of(const struct dhis2_map *map, const char *area);
/* Whether a name is ignored; of a field also by its form alone: "PAUD". */
bool dhis2_ignored(const struct dhis2_map *map, const char *form, const char *key);

#endif
