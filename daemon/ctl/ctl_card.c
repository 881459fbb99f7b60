/* card freeze: a quarter kept as it is known today. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "core/card.h"
#include "ctl/areas.h"

struct freeze {
    const struct session *session;
    int quarter;
    int64_t frozen, same, nothing;
    int result;
    struct error error;
};

static int freeze_one(void *data, const struct area *area)
{
    struct freeze *freeze = data;
    int revision;
    int r = card_freeze(freeze->session->box, area, freeze->quarter, session_now_ms(freeze->session), &revision,
                        &freeze->error);
    freeze->frozen += r == CARD_FROZEN_NEW;
    freeze->same += r == CARD_FROZEN_SAME;
    freeze->nothing += r == CARD_NOTHING;
    freeze->result = r < 0 ? r : 0;
    return freeze->result != 0;
}

/* What stands above villages is summed of them: only such areas, the villages come by their scores. */
static int freeze_above(void *data, const struct area *area)
{
    return area->level < AREA_DESA ? freeze_one(data, area) : 0;
}

static int freeze_all(struct freeze *freeze, const char *code)
{
    const struct session *session = freeze->session;
    const struct set *set = box_set(session->box, score_set_for(session->box, freeze->quarter));
    int r = store_scored_list(session->store, freeze->quarter, set->name, code, freeze_one, freeze, &freeze->error);
    if (r == 0 && freeze->result == 0)
        r = store_area_list(session->store, code, freeze_above, freeze, &freeze->error);
    return r ? r : freeze->result;
}

/* The quarter that has ended last, where none is said: a running one is not frozen by accident. */
static int quarter_wanted(const struct ctl *ctl, const struct session *session, int *ret_quarter)
{
    int now = quarter_of(month_of(zone_local(session_now_ms(session)).day));
    *ret_quarter = now - 1;
    int status = option_quarter(ctl, ret_quarter);
    return !status && *ret_quarter > now ? ctl_refuse("that quarter has not begun yet") : status;
}

int ctl_card_freeze(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    struct freeze freeze = {.session = &session};
    struct area area;
    bool all = args_get(&ctl->args, "--all") != NULL;
    if (all == (ctl->args.n_words > 0))
        return ctl_usage(ctl, "card freeze: give an area, or --all");
    int status = session_cards(&session, ctl, STORE_WRITE);
    if (!status)
        status = quarter_wanted(ctl, &session, &freeze.quarter);
    if (!status && !all)
        status = area_of_words(ctl, &session, 0, &area);
    if (!status)
        status = session_begin(&session);
    if (status)
        return status;
    int r = freeze_all(&freeze, all ? NULL : area.code);
    if (r)
        return ctl_failed(r, &freeze.error);
    char quarter[8];
    quarter_format(freeze.quarter, quarter);
    status = session_commit(&session, "card.freeze", all ? "" : area.code, quarter);
    if (status)
        return status;
    (void)printf(ctl->json ? "{\"quarter\":\"%s\",\"frozen\":%" PRId64 ",\"unchanged\":%" PRId64 ",\"empty\":%" PRId64
                             "}\n"
                           : "%s: %" PRId64 " cards frozen, %" PRId64 " unchanged since they were, %" PRId64
                             " areas without reports\n",
                 quarter, freeze.frozen, freeze.same, freeze.nothing);
    return CTL_DONE;
}
