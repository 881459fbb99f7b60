/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/tell/form_alert.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/role.h"
#include "core/judge/place.h"
#include "core/outbox/outbox_queue.h"
#include "core/reply/phrase.h"
#include "core/tell/audience.h"
#include "parsers/deliver.h"
#include "settings/settings.h"
#include "store/job.h"
#include "store/report.h"

enum { NAME_CHARS = 24, NAME_BYTES = 4 * NAME_CHARS, AREA_BYTES = 3 * PLACE_NAME_MAX, CODE_BYTES = SPELLING_MAX };

/* What a report of a form says, and of which area. */
struct told {
    const struct box *box;
    const struct form_alerts_order *order;
    const struct form *form;
    int values[FORM_KEYS_MAX], before[FORM_KEYS_MAX];
    struct area area, village; /* the same but for a posyandu's report */
    struct error *error;
};

static int read_values(struct told *told)
{
    const struct form_alerts_order *order = told->order;
    const char *codes[FORM_KEYS_MAX];
    size_t n = told->form->n_keys;
    for (size_t i = 0; i < n; i++)
        codes[i] = told->form->keys[i].code;
    int result = store_current_values(told->box->store, order->area_id, order->month, order->form, codes, n,
                                      told->values, told->error);
    if (result == 0)
        result = store_current_values(told->box->store, order->area_id, order->month - 1, order->form, codes, n,
                                      told->before, told->error);
    return result;
}

static int read_area(struct told *told)
{
    int result = told->area.id ? 0 : store_area_by_id(told->box->store, told->order->area_id, &told->area, told->error);
    told->village = told->area;
    if (result == 0 && told->area.level == AREA_POSYANDU)
        result = store_area_by_id(told->box->store, told->area.parent_id, &told->village, told->error);
    return result;
}

/* ---- which message is which ---- */

/* "alert:2026-10:5a0c…": all that was ever told of one alert for an area and month. */
static void job_of(const struct told *told, const struct form_alert *alert, char ret_job[JOB_NAME_MAX])
{
    char month[8], area[24];
    month_format(told->order->month, month);
    (void)snprintf(area, sizeof area, "%" PRId64, told->order->area_id);
    uint64_t hash = hash_add(hash_add(HASH_BEGIN, view_of(area)), view_of(told->form->code));
    (void)snprintf(ret_job, JOB_NAME_MAX, "alert:%s:%016" PRIx64, month, hash_add(hash, view_of(alert->when)));
}

static uint64_t add_shown(uint64_t hash, const struct form_alert *alert, const char *name, int value)
{
    char shown[CODE_BYTES + 4];
    (void)snprintf(shown, sizeof shown, "{%s}", name);
    if (!strstr(alert->text, shown))
        return hash;
    (void)snprintf(shown, sizeof shown, "%d", value);
    return hash_add(hash_add(hash, view_of(name)), view_of(shown));
}

/* The same with a mark of the numbers that its text shows. */
static void version_of(const struct told *told, const struct form_alert *alert, const char *job,
                       char ret_version[JOB_NAME_MAX])
{
    uint64_t hash = HASH_BEGIN;
    char before[CODE_BYTES];
    for (size_t i = 0; i < told->form->n_keys; i++) {
        const char *code = told->form->keys[i].code;
        (void)snprintf(before, sizeof before, "%s_LALU", code);
        hash = add_shown(hash, alert, code, told->values[i]);
        hash = add_shown(hash, alert, before, told->before[i]);
    }
    (void)snprintf(ret_version, JOB_NAME_MAX, "%s@%08" PRIx32, job, (uint32_t)(hash ^ hash >> 32));
}

/* ---- what is said ---- */

static void write_area(const struct told *told, const struct wording *wording, struct phrase *phrase)
{
    char posyandu[PLACE_NAME_MAX], village[PLACE_NAME_MAX];
    place_name_write(told->box, told->area.name, posyandu);
    place_name_write(told->box, told->village.name, village);
    const struct template_value given[] = {{"posyandu", view_of(posyandu)}, {"village", view_of(village)}};
    *phrase = (struct phrase){.len = 0};
    phrase_render(phrase, wording,
                  told->area.level == AREA_POSYANDU ? REPLY_FORM_ALERT_POSYANDU : REPLY_FORM_ALERT_VILLAGE, given, 2);
}

static void write_text(const struct told *told, const struct form_alert *alert, const struct wording *wording,
                       char ret_text[SMS_TEXT_MAX])
{
    const char *unknown = wording->replies->text[REPLY_MISSING][REPLY_SHORT];
    bool english = strcmp(wording->replies->locale, "en") == 0 && alert->text_en;
    char names[FORM_KEYS_MAX][CODE_BYTES], numbers[2 * FORM_KEYS_MAX][NUMBER_TEXT_MAX];
    char period[PERIOD_TEXT_MAX], person[NAME_BYTES];
    struct template_value given[2 * FORM_KEYS_MAX + 3];
    struct phrase area;
    size_t n = 0;
    for (size_t i = 0; i < told->form->n_keys; i++) {
        (void)snprintf(names[i], sizeof names[i], "%s_LALU", told->form->keys[i].code);
        number_write(told->values[i], unknown, numbers[n]);
        given[n] = (struct template_value){told->form->keys[i].code, view_of(numbers[n])};
        n++;
        number_write(told->before[i], unknown, numbers[n]);
        given[n] = (struct template_value){names[i], view_of(numbers[n])};
        n++;
    }
    write_area(told, wording, &area);
    period_write(wording, told->order->month, period);
    (void)deliver_safe(view_of(told->order->name), NAME_CHARS, person, sizeof person);
    given[n++] = (struct template_value){"area", view_of(area.text)};
    given[n++] = (struct template_value){"period", view_of(period)};
    given[n++] = (struct template_value){"name", view_of(person)};
    (void)template_render(english ? alert->text_en : alert->text, given, n, ret_text, SMS_TEXT_MAX);
}

/* To an operator in place of those whom the village does not have. */
static void write_instead(const struct form_alert *alert, const struct audience *audience,
                          const struct wording *wording, const char *text, struct phrase *ret_phrase)
{
    struct list roles;
    list_begin(&roles, wording, REPLY_JOIN_LIST);
    for (size_t i = 0; i < alert->n_to; i++)
        if (audience->missing & 1U << i)
            list_add_new(&roles, contact_role_to_string(alert->to[i].role));
    list_end(&roles);
    const struct template_value given[] = {{"text", view_of(text)}, {"roles", view_of(roles.phrase.text)}};
    *ret_phrase = (struct phrase){.len = 0};
    phrase_render(ret_phrase, wording, REPLY_FORM_ALERT_INSTEAD, given, 2);
}

/* ---- who is told ---- */

static bool waits(enum mt_state state)
{
    return state == MT_QUEUED || state == MT_RETRY_WAIT || state == MT_HELD;
}

/* A person is not flooded, whatever is reported: what is more in a day waits for the operator's hand. */
static int hold(const struct told *told, const struct recipient *person, int64_t id)
{
    int64_t n = 0;
    struct store *store = told->box->store;
    int result =
        store_mt_added_since(store, person->phone, 1U << MT_ALERT, told->order->now_ms - MS_DAY, &n, told->error);
    if (result < 0 || n <= told->box->settings->alerts_number_day)
        return result;
    return store_mt_move(store, id, MT_QUEUED, MT_HELD, told->order->now_ms, 0, told->error);
}

static int queue(const struct told *told, const struct form_alert *alert, const struct audience *audience, size_t i,
                 const char *version)
{
    const struct recipient *person = &audience->people[i];
    const struct wording wording = {.replies = box_replies(told->box, person->locale),
                                    .length = REPLY_LONG,
                                    .list_max = SIZE_MAX,
                                    .segments_max = SIZE_MAX};
    char text[SMS_TEXT_MAX];
    struct phrase instead;
    int64_t id = 0;
    write_text(told, alert, &wording, text);
    if (i >= audience->n_named)
        write_instead(alert, audience, &wording, text, &instead);
    const struct outbox_order order = {.kind = MT_ALERT,
                                       .recipient = person->phone,
                                       .contact_id = person->contact_id,
                                       .text = i >= audience->n_named ? instead.text : text,
                                       .job = version,
                                       .urgent = alert->urgent,
                                       .now_ms = told->order->now_ms};
    int result = outbox_queue(told->box, &order, &id, told->error);
    return result < 0 ? result : hold(told, person, id);
}

/* Unless it is what the person heard last; what waits and says otherwise is taken back. */
static int tell(const struct told *told, const struct form_alert *alert, const struct audience *audience, size_t i,
                const char *job, const char *version)
{
    struct mt_message last;
    struct store *store = told->box->store;
    for (;;) {
        int result = store_job_last(store, job, audience->people[i].contact_id, &last, told->error);
        if (result < 0 || strcmp(last.job, version) == 0)
            return result;
        if (last.id == 0 || !waits(last.state))
            return queue(told, alert, audience, i, version);
        result = store_mt_move(store, last.id, last.state, MT_CANCELLED, told->order->now_ms, 0, told->error);
        if (result < 0)
            return result;
    }
}

static int raise_alert(struct told *told, const struct form_alert *alert, const char *job)
{
    struct audience audience;
    char version[JOB_NAME_MAX];
    int result = read_area(told);
    if (result == 0)
        result = audience_find(told->box, alert->to, alert->n_to, told->area.code, told->order->contact_id, &audience,
                               told->error);
    version_of(told, alert, job, version);
    for (size_t i = 0; result == 0 && i < audience.n; i++)
        result = tell(told, alert, &audience, i, job, version);
    return result;
}

int form_alerts_tell(const struct box *box, const struct form_alerts_order *order, struct error *error)
{
    struct told told = {.box = box, .order = order, .error = error};
    bool fires[FORM_ALERTS_MAX];
    int set = box_set_named(box, order->set), form = set < 0 ? -1 : set_form(box_set(box, (size_t)set), order->form);
    if (form < 0 || order->month == MONTH_NONE)
        return 0;
    told.form = &box_set(box, (size_t)set)->forms[form];
    if (told.form->n_alerts == 0)
        return 0;
    int result = read_values(&told);
    if (result == 0)
        result = rules_alerts(box->rules[set], form, order->month, told.values, told.before, fires, error);
    for (size_t i = 0; result == 0 && i < told.form->n_alerts; i++) {
        char job[JOB_NAME_MAX];
        job_of(&told, &told.form->alerts[i], job);
        result = fires[i] ? raise_alert(&told, &told.form->alerts[i], job)
                          : store_job_cancel(box->store, job, order->now_ms, NULL, NULL, error);
    }
    return result;
}
