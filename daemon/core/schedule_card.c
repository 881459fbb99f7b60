/* The quarter's cards: frozen and sent, a kecamatan a job, then those above them. */
#include <stdio.h>
#include <string.h>

#include "core/card.h"
#include "core/schedule_job.h"
#include "core/score_text.h"

struct cards {
    struct schedule_run *run;
    struct area village;
    const struct card *card;
    char kecamatan[AREA_CODE_MAX]; /* the one at work; "" none left */
    int result;
};

static void kecamatan_of(const char *code, char ret_code[AREA_CODE_MAX])
{
    enum { KECAMATAN_LEN = 8 }; /* "35.12.03" */
    (void)snprintf(ret_code, AREA_CODE_MAX, "%.*s", KECAMATAN_LEN, code);
}

static void job_name(const struct schedule_run *run, const char *code, char ret_name[JOB_NAME_MAX])
{
    char quarter[8];
    quarter_format(run->quarter, quarter);
    (void)snprintf(ret_name, JOB_NAME_MAX, "card:%s%s%s", quarter, *code ? ":" : "", code);
}

/* The first kecamatan whose job is not done. */
static int look_for_next(void *data, const struct area *village)
{
    struct cards *cards = data;
    char code[AREA_CODE_MAX], name[JOB_NAME_MAX];
    int64_t done_ms = 0;
    kecamatan_of(village->code, code);
    if (strcmp(code, cards->kecamatan) == 0)
        return 0;
    (void)snprintf(cards->kecamatan, sizeof cards->kecamatan, "%s", code);
    job_name(cards->run, code, name);
    cards->result = store_job_done(cards->run->box->store, name, &done_ms, cards->run->error);
    cards->village = *village;
    cards->village.id = done_ms == 0 ? village->id : 0;
    return cards->result < 0 || done_ms == 0;
}

static int send_to(void *data, const struct contact *contact)
{
    struct cards *cards = data;
    struct reply reply;
    if (contact->area_id != cards->village.id)
        return 0;
    reply_score(cards->run->box, cards->card, contact->locale, &reply);
    cards->result = schedule_queue(cards->run, MT_CARD, contact, &reply);
    return cards->result < 0;
}

static int freeze(struct cards *cards, const struct area *area)
{
    struct schedule_run *run = cards->run;
    int revision = 0;
    return card_freeze(run->box, area, run->quarter, run->now_ms, &revision, run->error);
}

static int send_card(struct cards *cards)
{
    static const enum contact_role readers[] = {ROLE_KADES, ROLE_KPM};
    struct schedule_run *run = cards->run;
    struct card *card = NULL;
    int result = card_open(run->box, &cards->village, run->quarter, CARD_FROZEN, 0, run->now_ms, &card, run->error);
    cards->card = card;
    for (size_t i = 0; i < sizeof readers / sizeof *readers && result == 0; i++) {
        result = store_contact_list(run->box->store, readers[i], CONTACT_ACTIVE, cards->village.code, send_to, cards,
                                    run->error);
        if (result == 0)
            result = cards->result;
    }
    card_close(card);
    return result;
}

static int do_village(void *data, const struct area *village)
{
    struct cards *cards = data;
    cards->village = *village;
    cards->result = freeze(cards, village);
    if (cards->result > 0)
        cards->result = cards->result == CARD_NOTHING ? 0 : send_card(cards);
    return cards->result < 0;
}

static int freeze_above(void *data, const struct area *area)
{
    struct cards *cards = data;
    int result = area->level < AREA_KECAMATAN ? freeze(cards, area) : 0;
    cards->result = result < 0 ? result : 0;
    return result < 0;
}

/* All kecamatan are done: what stands above them, and then the quarter is. */
static int finish(struct cards *cards)
{
    struct schedule_run *run = cards->run;
    job_name(run, "", run->job);
    int result = store_area_list(run->box->store, NULL, freeze_above, cards, run->error);
    return result < 0 ? result : cards->result;
}

/* The quarter's cards were due before there was this box: what it is told of that quarter later is for card freeze. */
static int is_before_the_box(const struct schedule_run *run, bool *ret_before)
{
    int64_t made_ms = 0;
    int result = store_made_ms(run->box->store, &made_ms, run->error);
    *ret_before = run->due_ms < made_ms && made_ms <= run->now_ms;
    return result;
}

int schedule_cards(struct schedule_run *run)
{
    struct cards cards = {.run = run};
    struct area kecamatan;
    struct store *store = run->box->store;
    const char *set = box_set(run->box, score_set_for(run->box, run->quarter))->name;
    bool before = false;
    int result = is_before_the_box(run, &before);
    if (result < 0 || before)
        return result;
    result = store_scored_list(store, run->quarter, set, NULL, look_for_next, &cards, run->error);
    if (result == 0)
        result = cards.result;
    if (result < 0)
        return result;
    if (cards.village.id == 0)
        return finish(&cards);
    job_name(run, cards.kecamatan, run->job);
    result = store_scored_list(store, run->quarter, set, cards.kecamatan, do_village, &cards, run->error);
    if (result == 0)
        result = cards.result;
    if (result == 0)
        result = store_area_by_code(store, view_of(cards.kecamatan), &kecamatan, run->error);
    if (result == 0)
        result = freeze(&cards, &kecamatan);
    return result < 0 ? result : 0;
}
