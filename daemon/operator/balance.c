/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "operator/balance.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/digits.h"
#include "store/meta.h"

/* "" where there is none. */
static int read_text(const struct box *box, enum meta meta, const char *modem, char ret_text[BALANCE_TOLD_MAX],
                     struct error *error)
{
    int r = store_meta_get(box->store, meta, modem, ret_text, BALANCE_TOLD_MAX, error);
    if (r == -ENOENT)
        ret_text[0] = '\0';
    return r == -ENOENT ? 0 : r;
}

int balance_read_last(const struct box *box, const struct modem_settings *modem, struct balance *ret_balance,
                      struct error *error)
{
    char at[BALANCE_TOLD_MAX];
    *ret_balance = (struct balance){.rupiah = -1};
    int r = read_text(box, META_BALANCE, modem->name, ret_balance->told, error);
    if (!r)
        r = read_text(box, META_BALANCE_AT, modem->name, at, error);
    if (r)
        return r;
    if (!digits_whole(ret_balance->told, INT64_MAX, &ret_balance->rupiah))
        ret_balance->rupiah = -1;
    if (!digits_whole(at, INT64_MAX, &ret_balance->at_ms))
        ret_balance->at_ms = 0;
    ret_balance->low = ret_balance->rupiah >= 0 && ret_balance->rupiah < modem->balance_limit;
    return 0;
}

int operator_balance_ask(const struct actor *actor, const struct modem_settings *modem, struct error *error)
{
    char now[24];
    if (!modem->balance[0])
        return error_set(error, -EINVAL,
                         "%s has no code to ask by: set balance = \"*888#\" of the modem in kabard.conf", modem->name);
    int r = actor_begin(actor, error);
    if (r)
        return r;
    (void)snprintf(now, sizeof now, "%" PRId64, actor_now_ms(actor));
    r = store_meta_set(actor->box->store, META_BALANCE_ASK, modem->name, now, error);
    return actor_end(actor, r, "balance.ask", modem->name, "", error);
}
