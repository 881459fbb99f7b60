/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dana: Table 5 of the card, the village fund, entered by hand. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/translate.h"
#include "card/card_words.h"
#include "core/score/card_open.h"
#include "ctl/areas.h"
#include "ctl/listing.h"

/* A hundred times the largest village fund; sums over all villages stay far from overflowing. */
#define RUPIAH_MAX INT64_C(999999999999)

/* Rupiah as people write it: 350000000, 350.000.000 or Rp 350.000.000. */
static int read_rupiah(const struct ctl *ctl, const char *text, int64_t *ret_rupiah)
{
    char digits[24];
    size_t n = 0, group = 0;
    bool dots = false, fine = true;
    const char *amount = strncasecmp(text, "rp", 2) == 0 ? text + 2 + strspn(text + 2, ". ") : text;
    for (const char *c = amount; *c && n + 1 < sizeof digits; c++) {
        if (*c == '.') {
            fine = fine && (dots ? group == 3 : group >= 1 && group <= 3);
            dots = true;
            group = 0;
            continue;
        }
        digits[n++] = *c;
        group++;
    }
    digits[n] = '\0';
    if (!fine || (dots && group != 3) || args_number(digits, 0, RUPIAH_MAX, ret_rupiah))
        return ctl_usage(
            ctl, "%s is not an amount in rupiah; expected one like 350000000 or 350.000.000, at most 999.999.999.999",
            text);
    return 0;
}

static int read_row(const struct ctl *ctl, const struct set *set, struct budget_row *ret_row)
{
    int64_t line;
    int status = args_number(ctl->args.words[1], 1, CARD_BUDGET_MAX, &line);
    if (status || !card_budget_word(set, (size_t)line - 1))
        return ctl_refuse("%s is not a row of Table 5; the set's budget_row1, budget_row2 … name them",
                          ctl->args.words[1]);
    *ret_row = (struct budget_row){.line = (int)line, .villages = 1};
    status = read_rupiah(ctl, ctl->args.words[2], &ret_row->total);
    if (!status)
        status = read_rupiah(ctl, ctl->args.words[3], &ret_row->stunting);
    if (!status && ret_row->stunting > ret_row->total)
        status =
            ctl_refuse("the part for stunting, %s, is more than the total, %s", ctl->args.words[3], ctl->args.words[2]);
    return status;
}

static int enter(const struct ctl *ctl, struct session *session, const struct area *area, int year,
                 const struct set *set)
{
    struct budget_row row;
    struct error error = {0};
    char detail[96];
    if (area->level != AREA_DESA)
        return ctl_refuse("%s is not a village: only villages have a budget", area->code);
    int status = read_row(ctl, set, &row);
    if (!status)
        status = session_begin(session);
    if (status)
        return status;
    int r = store_budget_put(session->store, area->id, year, &row, &error);
    for (int quarter = year * 4; quarter < (year + 1) * 4 && !r; quarter++) {
        const char *name = box_set(session->box, score_set_for(session->box, quarter))->name;
        r = store_card_touch(session->store, &(struct score_key){area->id, quarter, name}, &error);
    }
    if (!r)
        r = card_revise(session->box, session_now_ms(session), &error);
    if (r)
        return ctl_failed(r, &error);
    (void)snprintf(detail, sizeof detail, "%d row %d: %" PRId64 " of %" PRId64, year, row.line, row.stunting,
                   row.total);
    return session_commit(session, "budget.set", area->code, detail);
}

struct shown {
    struct listing *list;
    const struct set *set;
    int year;
};

static int show_row(void *data, const struct budget_row *row)
{
    const struct shown *shown = data;
    const char *label = card_budget_word(shown->set, (size_t)row->line - 1);
    int64_t percent = percent_of(row->stunting, row->total);
    char total[CARD_NUMBER_MAX], stunting[CARD_NUMBER_MAX], text[CARD_NUMBER_MAX], number[CARD_NUMBER_MAX];
    char json_total[CARD_NUMBER_MAX], json_stunting[CARD_NUMBER_MAX];
    card_number(row->total, total);
    card_number(row->stunting, stunting);
    card_percent_text(percent, text);
    (void)snprintf(json_total, sizeof json_total, "%" PRId64, row->total);
    (void)snprintf(json_stunting, sizeof json_stunting, "%" PRId64, row->stunting);
    (void)snprintf(number, sizeof number, percent < 0 ? "null" : "%" PRId64 ".%02d", percent / 100,
                   (int)(percent % 100));
    listing_number(shown->list, shown->year);
    listing_number(shown->list, row->line);
    listing_text(shown->list, label ? label : "");
    listing_json(shown->list, total, json_total);
    listing_json(shown->list, stunting, json_stunting);
    listing_json(shown->list, text, number);
    return 0;
}

int ctl_dana(struct ctl *ctl)
{
    static const struct column columns[] = {
        {"year", N_("YEAR"), true},   {"row", N_("ROW"), true},           {"label", N_("LABEL"), false},
        {"total", N_("TOTAL"), true}, {"stunting", N_("STUNTING"), true}, {"percent", "%", true},
    };
    CLEANUP(session_close) struct session session = {0};
    struct area area;
    size_t n = ctl->args.n_words;
    if (n != 1 && n != 4)
        return ctl_usage(ctl, "dana: give an area alone, or with a row, its total and its part for stunting");
    int status = session_open(&session, ctl, n == 4 ? STORE_WRITE : STORE_READ);
    if (!status)
        status = session_box(&session, ctl);
    if (status)
        return status;
    int64_t year = zone_local(session_now_ms(&session)).day.year;
    status = option_number(ctl, "--year", 2015, 2999, &year);
    if (!status)
        status = area_of_text(&session, ctl->args.words[0], &area);
    if (status)
        return status;
    const struct set *set = box_set(session.box, score_set_for(session.box, (int)year * 4 + 3));
    if (n == 4)
        status = enter(ctl, &session, &area, (int)year, set);
    if (status)
        return status;
    struct listing list;
    struct shown shown = {&list, set, (int)year};
    listing_begin(&list, ctl->json, columns, 6);
    struct error error = {0};
    int r = store_budget_list(session.store, area.code, (int)year, show_row, &shown, &error);
    listing_end(&list, _("nothing entered yet; type: kabarctl dana AREA 1 TOTAL STUNTING"));
    return r ? ctl_failed(r, &error) : CTL_DONE;
}
