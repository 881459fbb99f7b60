/* SPDX-License-Identifier: GPL-2.0-or-later */
/* balance: the credit of each SIM as it was told last; with --ask it is asked again. */
#include <inttypes.h>
#include <stdio.h>

#include "base/lock.h"
#include "base/translate.h"
#include "ctl/listing.h"
#include "ctl/session.h"
#include "operator/balance.h"

static int list_modem(struct listing *list, const struct box *box, const struct modem_settings *modem,
                      struct error *error)
{
    struct balance balance;
    char number[24];
    int r = balance_read_last(box, modem, &balance, error);
    if (r)
        return r;
    (void)snprintf(number, sizeof number, "%" PRId64, balance.rupiah);
    listing_text(list, modem->name);
    listing_text(list, modem->balance);
    listing_json(list, balance.rupiah >= 0 ? number : "-", balance.rupiah >= 0 ? number : "null");
    listing_number(list, modem->balance_limit);
    listing_flag(list, balance.low);
    listing_time(list, balance.at_ms);
    listing_text(list, balance.rupiah >= 0 ? "" : balance.told);
    return 0;
}

/* Every SIM that can be asked. */
static int ask_all(struct session *session, const struct actor *actor)
{
    const struct settings *settings = session->settings;
    struct error error = {0};
    size_t asked = 0;
    int r = 0;
    for (size_t i = 0; i < settings->n_modems && !r; i++) {
        if (!settings->modems[i].balance[0] && (i + 1 < settings->n_modems || asked > 0))
            continue;
        r = operator_balance_ask(actor, &settings->modems[i], &error);
        asked += r == 0;
    }
    if (r)
        return ctl_failed(r, &error);
    if (!lock_held(settings->database, NULL))
        return ctl_refuse("kabard does not run: it is asked once it does");
    (void)fputs(_("kabarctl: note: it is asked within a minute; look again then: kabarctl balance\n"), stderr);
    return CTL_DONE;
}

int ctl_balance(struct ctl *ctl)
{
    static const struct column columns[] = {
        {"modem", N_("MODEM"), false}, {"code", N_("CODE"), false}, {"rupiah", N_("RUPIAH"), true},
        {"limit", N_("LIMIT"), true},  {"low", N_("LOW"), false},   {"at", N_("TOLD AT"), false},
        {"told", N_("ANSWER"), false},
    };
    CLEANUP(session_close) struct session session = {0};
    struct actor actor;
    struct error error = {0};
    bool ask = args_get(&ctl->args, "--ask") != NULL;
    int r = 0, status = ask ? session_actor(&session, ctl, &actor) : session_open(&session, ctl, STORE_READ);
    if (!status && !ask)
        status = session_box(&session, ctl);
    if (status)
        return status;
    struct listing list;
    listing_begin(&list, ctl->json, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < session.settings->n_modems && !r; i++)
        r = list_modem(&list, session.box, &session.settings->modems[i], &error);
    listing_end(&list, _("no modem is configured"));
    if (r)
        return ctl_failed(r, &error);
    return ask ? ask_all(&session, &actor) : CTL_DONE;
}
