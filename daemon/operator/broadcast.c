/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "operator/outgoing.h"
#include "store/job.h"

struct broadcasting {
    const struct box *box;
    const struct broadcast_order *order;
    struct broadcast *out;
    char job[JOB_NAME_MAX];
    int64_t now_ms;
    struct error *error;
};

static int count_one(void *data, const struct contact *contact)
{
    struct broadcast *out = ((struct broadcasting *)data)->out;
    if (contact->phone[0] == '\0')
        return 0;
    if (out->people < BROADCAST_SHOWN_MAX)
        (void)snprintf(out->first[out->people], MSISDN_MAX, "%s", contact->phone);
    out->people++;
    return 0;
}

static int queue_one(void *data, const struct contact *contact)
{
    struct broadcasting *broadcasting = data;
    const struct outbox_order order = {.kind = MT_BROADCAST,
                                       .recipient = contact->phone,
                                       .contact_id = contact->id,
                                       .text = broadcasting->order->text,
                                       .job = broadcasting->job,
                                       .now_ms = broadcasting->now_ms};
    if (contact->phone[0] == '\0')
        return 0;
    return outbox_queue(broadcasting->box, &order, NULL, broadcasting->error);
}

static int each_person(struct broadcasting *broadcasting, contact_each *each)
{
    return store_contact_list(broadcasting->box->store, broadcasting->order->role, CONTACT_ACTIVE,
                              broadcasting->order->area_code, each, broadcasting, broadcasting->error);
}

int operator_broadcast_preview(const struct box *box, const struct broadcast_order *order,
                               struct broadcast *ret_broadcast, struct error *error)
{
    struct broadcasting broadcasting = {.box = box, .order = order, .out = ret_broadcast, .error = error};
    *ret_broadcast = (struct broadcast){.id = 0};
    int r = each_person(&broadcasting, count_one);
    const char *role = contact_role_to_string(order->role);
    if (!r && ret_broadcast->people == 0)
        return error_set(error, -ENOENT, "nobody is registered as %s there; see: kabarctl contact list --role %s", role,
                         role);
    return r;
}

static int queue_all(struct broadcasting *broadcasting, const char *detail)
{
    struct store *store = broadcasting->box->store;
    int64_t done = 0;
    int r = store_job_count(store, "broadcast:", &done, broadcasting->error);
    if (r)
        return r;
    broadcasting->out->id = done + 1;
    (void)snprintf(broadcasting->job, sizeof broadcasting->job, "broadcast:%" PRId64, broadcasting->out->id);
    r = store_job_put(store, broadcasting->job, broadcasting->now_ms, broadcasting->now_ms, detail,
                      broadcasting->error);
    return r ? r : each_person(broadcasting, queue_one);
}

int operator_broadcast(const struct actor *actor, const struct broadcast_order *order, struct broadcast *ret_broadcast,
                       struct error *error)
{
    struct broadcasting broadcasting = {
        .box = actor->box, .order = order, .out = ret_broadcast, .now_ms = actor_now_ms(actor), .error = error};
    char detail[128] = "";
    int r = actor_begin(actor, error);
    if (r)
        return r;
    r = operator_broadcast_preview(actor->box, order, ret_broadcast, error);
    (void)snprintf(detail, sizeof detail, "%s %s, %" PRId64 " people", contact_role_to_string(order->role),
                   order->area_code ? order->area_code : "everywhere", ret_broadcast->people);
    if (!r)
        r = queue_all(&broadcasting, detail);
    return actor_end(actor, r, "broadcast", broadcasting.job, detail, error);
}

int operator_broadcast_cancel(const struct actor *actor, int64_t id, int64_t *ret_cancelled, struct error *error)
{
    char job[JOB_NAME_MAX], detail[64] = "";
    int64_t cancelled = 0, known = 0;
    int r = actor_begin(actor, error);
    if (r)
        return r;
    (void)snprintf(job, sizeof job, "broadcast:%" PRId64, id);
    r = store_job_cancel(actor->box->store, job, actor_now_ms(actor), &cancelled, &known, error);
    if (!r && known == 0)
        r = error_set(error, -ENOENT, "there is no broadcast %" PRId64, id);
    if (!r && cancelled == 0)
        r = error_set(error, -EINVAL, "broadcast %" PRId64 ": there is nothing left to cancel", id);
    (void)snprintf(detail, sizeof detail, "%" PRId64 " of %" PRId64, cancelled, known);
    *ret_cancelled = cancelled;
    return actor_end(actor, r, "outbox.cancel", job, detail, error);
}
