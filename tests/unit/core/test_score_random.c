/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whatever order reports, corrections, confirmations and cancellations come in: the stored scores are those of a
 * computation from scratch, and nothing is over 100 %. KABAR_SEED repeats a run.
 */
#include "world.h"

#include <inttypes.h>

#include "core/score/card_open.h"
#include "store/meta.h"

enum { STEPS = 600, PLACES = 4, MONTHS = 6, CHECK_EVERY = 100 };

static uint64_t seed;

static uint32_t roll(uint32_t below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 33) % below;
}

static uint64_t seed_of(const char *text)
{
    uint64_t number = 0;
    for (; *text >= '0' && *text <= '9'; text++)
        number = number * 10 + (uint64_t)(*text - '0');
    return number;
}

struct book {
    struct world *w;
    int64_t areas[PLACES]; /* the village, two posyandu, another village */
    int64_t reports[STEPS];
    struct {
        int64_t area_id;
        const char *form;
        int month;
        bool held, counts;
        bool adds;
        int64_t sent_ms;
        int values[FORM_KEYS_MAX];
    } of[STEPS];
    size_t n;
    int first_month;
    struct {
        int quarter, revision;
        char *text;
    } frozen[STEPS];
    size_t n_frozen;
};

static void open_book(struct book *book, struct world *w)
{
    static const char *const codes[PLACES] = {DESA, DESA "/01", DESA "/02", "35.12.03.2002"};
    *book = (struct book){.w = w, .first_month = 2036 * 12 + 3};
    must(store_begin(w->store, &w->error));
    must(store_area_put(w->store, view_of(DESA "/02"), view_of("Posyandu Melati"), &book->areas[2], &w->error));
    must(store_commit(w->store, &w->error));
    for (size_t i = 0; i < PLACES; i++) {
        struct area area;
        must(store_area_by_code(w->store, view_of(codes[i]), &area, &w->error));
        book->areas[i] = area.id;
    }
}

/* Some of a form's fields, with numbers that break its rules as well. */
static void add_report(struct book *book)
{
    struct world *w = book->w;
    const struct set *set = box_set(w->box, 0);
    const struct form *form = &set->forms[roll((uint32_t)set->n_forms)];
    struct report_value values[FORM_KEYS_MAX];
    size_t n_values = 0;
    for (size_t i = 0; i < form->n_keys; i++)
        if (roll(3) > 0)
            values[n_values++] = (struct report_value){form->keys[i].code, (int)roll(roll(2) ? 12 : 40)};
    if (n_values == 0)
        return;
    struct report_row row = {.contact_id = 1,
                             .area_id = book->areas[roll(PLACES)],
                             .set = set->name,
                             .form = form->code,
                             .period = book->first_month + (int)roll(MONTHS),
                             .status = roll(5) == 0   ? STATUS_HELD
                                       : roll(4) == 0 ? STATUS_PARTIAL
                                                      : STATUS_ACCEPTED,
                             .sent_ms = w->clock.wall + (int64_t)roll(50) * MS_MINUTE, /* ties and late ones too */
                             .created_ms = w->clock.wall,
                             .adds = form->adds,
                             .values = values,
                             .n_values = n_values};
    must(store_report_add(w->store, &row, &book->reports[book->n], &w->error));
    book->of[book->n].area_id = row.area_id;
    book->of[book->n].form = row.form;
    book->of[book->n].month = row.period;
    book->of[book->n].held = row.status == STATUS_HELD;
    book->of[book->n].adds = row.adds;
    book->of[book->n].counts = row.status != STATUS_HELD;
    book->of[book->n].sent_ms = row.sent_ms;
    for (size_t i = 0; i < form->n_keys; i++)
        book->of[book->n].values[i] = -1;
    for (size_t i = 0; i < n_values; i++)
        book->of[book->n].values[form_key(form, values[i].field)] = values[i].value;
    book->n++;
    must(score_update(w->box, row.area_id, row.form, row.period, &w->error));
}

/* Takes a standing report back, or answers one that is held. */
static void change_report(struct book *book)
{
    struct world *w = book->w;
    size_t i = roll((uint32_t)book->n);
    if (book->of[i].held) {
        book->of[i].counts = roll(2);
        must(book->of[i].counts ? store_report_confirm(w->store, book->reports[i], 0, &w->error)
                                : store_report_drop(w->store, book->reports[i], &w->error));
    } else if (book->of[i].counts) {
        book->of[i].counts = false;
        must(store_report_cancel(w->store, book->reports[i], w->clock.wall, &w->error));
    }
    book->of[i].held = false;
    must(score_update(w->box, book->of[i].area_id, book->of[i].form, book->of[i].month, &w->error));
}

/* ---- the same once more, the plain way ---- */

/* A month's value of one area; *ret_any: whether the form was reported at all. */
static int month_value(const struct book *book, int64_t area_id, const char *form, int month, size_t key, bool *ret_any)
{
    int64_t newest = -1;
    int value = -1;
    for (size_t i = 0; i < book->n; i++) {
        if (!book->of[i].counts || book->of[i].area_id != area_id || book->of[i].month != month ||
            strcmp(book->of[i].form, form) != 0)
            continue;
        *ret_any = true;
        if (book->of[i].adds) {
            value += book->of[i].values[key] >= 0 ? book->of[i].values[key] + (value < 0) : 0;
            continue;
        }
        if (book->of[i].values[key] >= 0 && book->of[i].sent_ms >= newest) {
            newest = book->of[i].sent_ms;
            value = book->of[i].values[key];
        }
    }
    return value;
}

static int village_value(const struct book *book, size_t place, const char *form, int month, size_t key)
{
    bool any = false;
    int value = month_value(book, book->areas[place], form, month, key, &any);
    const struct set *set = box_set(book->w->box, 0);
    if ((value >= 0 && !set->forms[set_form(set, form)].adds) || place != 0)
        return value;
    for (size_t i = 1; i <= 2; i++) {
        int part = month_value(book, book->areas[i], form, month, key, &any);
        if (part >= 0)
            value = value < 0 ? part : value + part;
    }
    return value;
}

static void assert_plain_values(const struct book *book)
{
    static const size_t villages[] = {0, 3};
    struct world *w = book->w;
    const struct set *set = box_set(w->box, 0);
    for (size_t v = 0; v < 2; v++)
        for (size_t f = 0; f < set->n_forms; f++)
            for (int quarter = 2036 * 4 + 1; quarter < 2036 * 4 + 3; quarter++) {
                struct form_quarter got, anew;
                must(score_form_quarter(w->box, &set->forms[f], book->areas[villages[v]], quarter, false, &got,
                                        &w->error));
                must(score_form_quarter(w->box, &set->forms[f], book->areas[villages[v]], quarter, true, &anew,
                                        &w->error));
                assert_memory_equal(&got, &anew, sizeof got);
                for (size_t key = 0; key < set->forms[f].n_keys; key++) {
                    int wanted = -1;
                    for (int month = quarter * 3; month < quarter * 3 + 3; month++) {
                        int value = village_value(book, villages[v], set->forms[f].code, month, key);
                        wanted = value < 0                               ? wanted
                                 : set->forms[f].adds && wanted >= 0 ? wanted + value
                                                                     : value;
                    }
                    assert_int_equal(got.values[key], wanted);
                }
            }
}

static int write_row(void *data, const struct score_row *row)
{
    buf_printf(data, "%d %s %s %d %d %d\n", (int)row->kind, row->code, row->name, row->numbers[0], row->numbers[1],
               row->numbers[2]);
    return 0;
}

static void write_scores(struct world *w, struct buf *buf)
{
    for (int quarter = 2036 * 4; quarter < 2037 * 4; quarter++) {
        buf_printf(buf, "quarter %d\n", quarter);
        must(store_score_list(w->store, quarter, box_set(w->box, 0)->name, NULL, SCORE_ALL, write_row, buf, &w->error));
    }
    assert_false(buf->full);
}

static void assert_never_over(struct world *w)
{
    for (int quarter = 2036 * 4 + 1; quarter < 2036 * 4 + 3; quarter++) {
        struct card *card;
        must(card_open(w->box, NULL, quarter, CARD_LIVE, 0, w->clock.wall, &card, &w->error));
        for (size_t i = 0; i < card->set->n_indicators; i++) {
            const struct card_indicator *row = &card->indicators[i];
            assert_true(percent_of(row->numerator, row->denominator) <= 10000);
            assert_true(row->numerator >= -1 && row->denominator >= -1);
        }
        for (size_t i = 0; i < card->n_groups; i++)
            assert_true(percent_of(card->groups[i].sum.received, card->groups[i].sum.due) <= 10000);
        assert_true(card_percent(card) <= 10000);
        card_close(card);
    }
}

static void assert_same_from_scratch(struct world *w)
{
    CLEANUP(buf_deinit) struct buf kept;
    CLEANUP(buf_deinit) struct buf fresh;
    int64_t updates;
    buf_init(&kept, 1 << 22);
    buf_init(&fresh, 1 << 22);
    write_scores(w, &kept);
    must(score_rebuild(w->box, &updates, &w->error));
    write_scores(w, &fresh);
    assert_string_equal(kept.text, fresh.text);
}

/* ---- frozen cards ---- */

static struct card *open_village(const struct book *book, int quarter, enum card_which which, int revision)
{
    struct world *w = book->w;
    struct area village;
    struct card *card = NULL;
    must(store_area_by_code(w->store, view_of(DESA), &village, &w->error));
    must(card_open(w->box, &village, quarter, which, revision, w->clock.wall, &card, &w->error));
    return card;
}

/* Freezes the village's card now and then; whatever revision stands then is kept here to be compared with. */
static void freeze_or_revise(struct book *book)
{
    struct world *w = book->w;
    struct area village;
    int revision, quarter = 2036 * 4 + 1 + (int)roll(2);
    must(store_area_by_code(w->store, view_of(DESA), &village, &w->error));
    must(card_revise(w->box, w->clock.wall, &w->error));
    if (roll(20) == 0 && card_freeze(w->box, &village, quarter, w->clock.wall, &revision, &w->error) < 0)
        fail_msg("%s", w->error.text);
    struct card *live = open_village(book, quarter, CARD_LIVE, 0);
    if (live->revision > 0) {
        struct card *card = open_village(book, quarter, CARD_FROZEN, live->revision);
        struct buf text;
        assert_false(live->changed);
        for (size_t i = 0; i < live->set->n_indicators; i++) {
            assert_int_equal(card->indicators[i].numerator, live->indicators[i].numerator);
            assert_int_equal(card->indicators[i].denominator, live->indicators[i].denominator);
        }
        buf_init(&text, 1 << 16);
        card_csv(card, CARD_ONLY, &text);
        book->frozen[book->n_frozen].quarter = quarter;
        book->frozen[book->n_frozen].revision = live->revision;
        book->frozen[book->n_frozen++].text = text.text;
        card_close(card);
    }
    card_close(live);
}

/* What was frozen once stays, whatever came afterwards. */
static void assert_frozen_stay(struct book *book)
{
    for (size_t i = 0; i < book->n_frozen; i++) {
        struct card *card = open_village(book, book->frozen[i].quarter, CARD_FROZEN, book->frozen[i].revision);
        CLEANUP(buf_deinit) struct buf text;
        buf_init(&text, 1 << 16);
        card_csv(card, CARD_ONLY, &text);
        assert_string_equal(text.text, book->frozen[i].text);
        free(book->frozen[i].text);
        card_close(card);
    }
    book->n_frozen = 0;
}

static void test_any_order(void **state)
{
    (void)state;
    struct world world, *w = &world;
    world_start(w, "");
    struct book *book = malloc(sizeof *book);
    assert_non_null(book);
    open_book(book, w);
    for (int step = 1; step <= STEPS; step++) {
        must(store_begin(w->store, &w->error));
        w->clock.wall += MS_MINUTE;
        if (book->n == 0 || roll(3) > 0)
            add_report(book);
        else
            change_report(book);
        freeze_or_revise(book);
        must(store_commit(w->store, &w->error));
        if (step % CHECK_EVERY == 0) {
            assert_plain_values(book);
            assert_frozen_stay(book);
            assert_same_from_scratch(w);
            assert_never_over(w);
        }
    }
    free(book);
    world_end(w);
}

/* Computed anew a form at a time, while reports come, some are taken back, and the process ends again and again: what
 * comes out is the same, nothing is done twice, and no frozen card is changed by it. */
static void test_anew_in_steps(void **state)
{
    (void)state;
    struct world world, *w = &world;
    int64_t updates = 0, all = 0;
    int steps = 0, r = SCORE_MORE, revision = 0;
    struct area village;
    world_start(w, "");
    struct book *book = malloc(sizeof *book);
    assert_non_null(book);
    open_book(book, w);
    must(store_area_by_code(w->store, view_of(DESA), &village, &w->error));
    must(store_begin(w->store, &w->error));
    for (int i = 0; i < 120; i++)
        add_report(book);
    assert_true(card_freeze(w->box, &village, 2036 * 4 + 2, w->clock.wall, &revision, &w->error) >= 0);
    must(store_commit(w->store, &w->error));
    must(score_rebuild(w->box, &all, &w->error));
    must(store_card_touched(w->store, &revision, &village.id, &w->error));
    assert_int_equal(village.id, 0);
    must(store_begin(w->store, &w->error));
    must(store_meta_set(w->store, META_SCORE, "hpk-2018", "of another reading", &w->error));
    must(store_commit(w->store, &w->error));
    for (; r == SCORE_MORE; steps++) {
        r = score_refresh_step(w->box, 1, &updates, &w->error);
        must(store_begin(w->store, &w->error));
        if (steps % 2)
            add_report(book);
        else
            change_report(book);
        must(store_commit(w->store, &w->error));
        if (steps % 3 == 0) {
            world_close(w);
            world_open(w);
        }
    }
    assert_int_equal(r, SCORE_DONE);
    assert_true(steps > 4);
    assert_in_range(updates, all, all + steps); /* a form more where a report came before its turn */
    assert_plain_values(book);
    must(score_rebuild(w->box, &all, &w->error));
    must(store_begin(w->store, &w->error));
    must(card_revise(w->box, w->clock.wall, &w->error));
    must(store_commit(w->store, &w->error));
    assert_same_from_scratch(w);
    int64_t done = 0;
    must(score_refresh(w->box, &done, &w->error));
    assert_int_equal(done, -1);
    free(book);
    world_end(w);
}

static void test_changed_set_is_noticed(void **state)
{
    (void)state;
    struct world world, *w = &world;
    bool current = true;
    int64_t updates;
    world_start(w, "");
    must(score_is_current(w->box, &current, &w->error));
    assert_false(current);
    must(score_rebuild(w->box, &updates, &w->error));
    must(score_is_current(w->box, &current, &w->error));
    assert_true(current);
    must(store_begin(w->store, &w->error));
    must(store_meta_set(w->store, META_SCORE, "hpk-2018", "of another reading", &w->error));
    must(store_commit(w->store, &w->error));
    must(score_is_current(w->box, &current, &w->error));
    assert_false(current);
    world_end(w);
}

int main(void)
{
    const char *given = getenv("KABAR_SEED");
    seed = given ? seed_of(given) : (uint64_t)clock_system.wall_ms(NULL);
    print_message("KABAR_SEED=%" PRIu64 "\n", seed);
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_any_order), cmocka_unit_test(test_anew_in_steps),
                                       cmocka_unit_test(test_changed_set_is_noticed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
