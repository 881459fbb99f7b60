/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/watch/pin.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "store/meta.h"

enum { MARK_MAX = 24 };

/* A mark of the PIN, so that a corrected one is tried: FNV-1a. The database's readers know the configuration anyway. */
static void pin_mark(const char *pin, char ret_mark[MARK_MAX])
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (; *pin; pin++)
        hash = (hash ^ (unsigned char)*pin) * UINT64_C(1099511628211);
    (void)snprintf(ret_mark, MARK_MAX, "%016" PRIx64, hash);
}

bool pin_was_refused(struct store *store, const struct modem_settings *modem)
{
    char mark[MARK_MAX], refused[MARK_MAX];
    struct error error;
    if (!modem->pin[0])
        return false;
    pin_mark(modem->pin, mark);
    return store_meta_get(store, META_PIN_REFUSED, modem->name, refused, sizeof refused, &error) == 0 &&
           strcmp(mark, refused) == 0;
}

int pin_keep_refused(struct store *store, const struct modem_settings *modem, struct error *error)
{
    char mark[MARK_MAX];
    pin_mark(modem->pin, mark);
    return store_meta_keep(store, META_PIN_REFUSED, modem->name, mark, error);
}
