/* SPDX-License-Identifier: GPL-2.0-or-later */
/* CEK from a kecamatan or above: its villages, those that have not reported by name; from a kabupaten or above, how
 * many of each kecamatan or kabupaten have reported nothing. */
#include <stdio.h>

#include "core/command/commands.h"
#include "core/reply/expected.h"
#include "core/reply/phrase.h"
#include "core/villages.h"
#include "parsers/deliver.h"
#include "settings/settings.h"

enum { NAMES_MAX = 64, NAME_CHARS_MAX = 32, NAME_TEXT_MAX = 4 * NAME_CHARS_MAX };

struct names {
    char text[NAMES_MAX][NAME_TEXT_MAX];
    size_t n; /* more than NAMES_MAX where some were not kept */
};

struct region {
    const struct command_call *call;
    struct area area;
    int month;
    struct day today;
    int villages, done;           /* done: complete; above a kecamatan: with any report */
    struct names partial, silent; /* partial: of a kecamatan only */
    struct names nobody;          /* villages in which no KPM or kader is registered */
    char group[AREA_CODE_MAX];    /* above a kecamatan: the one right below the area that is being counted */
    int group_silent;
    struct error *error;
};

static void add_name(struct names *names, const char *name, int count)
{
    if (names->n++ >= NAMES_MAX)
        return;
    char *text = names->text[names->n - 1];
    size_t len = deliver_safe(view_of(name), NAME_CHARS_MAX, text, NAME_TEXT_MAX);
    if (count > 0)
        (void)snprintf(text + len, NAME_TEXT_MAX - len, " %d", count);
}

static int close_group(struct region *region)
{
    struct area group;
    if (region->group_silent == 0)
        return 0;
    int result = store_area_by_code(region->call->box->store, view_of(region->group), &group, region->error);
    if (result == 0)
        add_name(&region->silent, group.name, region->group_silent);
    region->group_silent = 0;
    return result;
}

/* "35" → "35.12", "35.12" → "35.12.03" */
static int count_in_group(struct region *region, const struct area *village, bool reported)
{
    enum { LEVEL_LEN = 3 };
    int len = (int)strlen(region->area.code) + LEVEL_LEN;
    if (strncmp(region->group, village->code, (size_t)len) != 0 || region->group[0] == '\0') {
        int result = close_group(region);
        if (result < 0)
            return result;
        (void)snprintf(region->group, sizeof region->group, "%.*s", len, village->code);
    }
    region->done += reported;
    region->group_silent += !reported;
    return 0;
}

static int look_closely(struct region *region, const struct area *village, bool reported)
{
    unsigned missing = 0;
    int result =
        expected_missing(region->call->box, village->id, region->month, region->today, &missing, region->error);
    if (result < 0)
        return result;
    if (missing == 0)
        region->done++;
    else
        add_name(reported ? &region->partial : &region->silent, village->name, 0);
    return 0;
}

static int look_at(void *data, const struct area *village, bool reported, bool staffed)
{
    struct region *region = data;
    region->villages++;
    if (!staffed && region->area.level == AREA_KECAMATAN)
        add_name(&region->nobody, village->name, 0);
    return region->area.level == AREA_KECAMATAN ? look_closely(region, village, reported)
                                                : count_in_group(region, village, reported);
}

/* A sentence with a list, or nothing. */
static void add_sentence(const struct names *names, const struct wording *wording, enum reply_text text,
                         struct phrase *ret_sentence)
{
    struct list list;
    list_begin(&list, wording, REPLY_JOIN_LIST);
    for (size_t i = 0; i < names->n && i < NAMES_MAX; i++)
        list_add(&list, names->text[i]);
    list.n = names->n;
    list_end(&list);
    *ret_sentence = (struct phrase){.len = 0};
    if (names->n > 0)
        phrase_render(ret_sentence, wording, text, &(struct template_value){"areas", view_of(list.phrase.text)}, 1);
}

static void make_region(const void *data, const struct wording *wording, struct phrase *ret_phrase)
{
    const struct region *region = data;
    struct phrase partial, silent, nobody;
    char area[NAME_TEXT_MAX], period[PERIOD_TEXT_MAX], until[PERIOD_TEXT_MAX], done[NUMBER_TEXT_MAX],
        all[NUMBER_TEXT_MAX];
    bool kecamatan = region->area.level == AREA_KECAMATAN;
    (void)deliver_safe(view_of(region->area.name), NAME_CHARS_MAX, area, sizeof area);
    period_write(wording, region->month, period);
    day_write(wording, expected_by(region->call->box, region->month, region->today), until);
    number_write(region->done, "", done);
    number_write(region->villages, "", all);
    add_sentence(&region->partial, wording, REPLY_REGION_PARTIAL, &partial);
    add_sentence(&region->silent, wording, REPLY_REGION_SILENT, &silent);
    add_sentence(&region->nobody, wording, REPLY_REGION_NOBODY, &nobody);
    const struct template_value given[] = {{"area", view_of(area)},
                                           {"period", view_of(period)},
                                           {"done", view_of(done)},
                                           {"all", view_of(all)},
                                           {"partial", view_of(partial.text)},
                                           {"silent", view_of(silent.text)},
                                           {"nobody", view_of(nobody.text)},
                                           {"until", view_of(until)}};
    enum reply_text text = region->villages == 0              ? REPLY_REGION_NONE
                           : region->done == region->villages ? REPLY_REGION_ALL
                           : kecamatan                        ? REPLY_REGION
                                                              : REPLY_REGION_COUNTS;
    phrase_render(ret_phrase, wording, text, given, sizeof given / sizeof *given);
}

int command_region(const struct command_call *call, const struct area *area, struct reply *ret_reply,
                   struct error *error)
{
    struct region region = {.call = call, .area = *area, .today = zone_local(call->sent_ms).day, .error = error};
    region.month = month_of(region.today) - (region.today.day <= call->box->settings->grace_days);
    int result = villages_each(call->box, area->code, region.month, look_at, &region, error);
    if (result == 0)
        result = close_group(&region);
    if (result == 0)
        reply_fit_full(call->box, command_locale(call), make_region, &region, ret_reply);
    return result;
}
