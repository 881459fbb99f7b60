/* SPDX-License-Identifier: GPL-2.0-or-later */
/* broadcast: one text to everyone of a role; shown first, queued with --yes, taken back by outbox cancel --broadcast.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/outbox/outbox_queue.h"
#include "ctl/listing.h"
#include "ctl/session.h"
#include "ctl/text_fault.h"
#include "store/contact.h"
#include "store/job.h"

enum { SHOWN_MAX = 3 };

struct broadcast {
    struct session *session;
    const char *code; /* NULL: everywhere */
    enum contact_role role;
    const char *text;
    size_t parts;
    int64_t people;
    char job[JOB_NAME_MAX];
    int64_t id;             /* 0: not queued */
    struct buf plain, json; /* the first recipients */
    struct buf fault;
    int result;
    struct error error;
};

static int count_one(void *data, const struct contact *contact)
{
    struct broadcast *broadcast = data;
    if (contact->phone[0] == '\0')
        return 0;
    if (broadcast->people++ >= SHOWN_MAX)
        return 0;
    buf_printf(&broadcast->plain, "%s%s", broadcast->plain.len ? ", " : "", contact->phone);
    buf_puts(&broadcast->json, broadcast->json.len > 1 ? "," : "");
    buf_json(&broadcast->json, view_of(contact->phone));
    return 0;
}

static int queue_one(void *data, const struct contact *contact)
{
    struct broadcast *broadcast = data;
    const struct outbox_order order = {.kind = MT_BROADCAST,
                                       .recipient = contact->phone,
                                       .contact_id = contact->id,
                                       .text = broadcast->text,
                                       .job = broadcast->job,
                                       .now_ms = session_now_ms(broadcast->session)};
    if (contact->phone[0] == '\0')
        return 0;
    broadcast->result = outbox_queue(broadcast->session->box, &order, NULL, &broadcast->error);
    return broadcast->result != 0;
}

static int each_person(struct broadcast *broadcast, contact_each *each)
{
    int r = store_contact_list(broadcast->session->store, broadcast->role, CONTACT_ACTIVE, broadcast->code, each,
                               broadcast, &broadcast->error);
    if (r == 0)
        r = broadcast->result;
    return r ? ctl_failed(r, &broadcast->error) : 0;
}

/* All of them with the job and the audit in one transaction. */
static int queue_all(struct broadcast *broadcast)
{
    struct session *session = broadcast->session;
    char detail[128];
    int64_t done = 0, now_ms = session_now_ms(session);
    int r = store_job_count(session->store, "broadcast:", &done, &broadcast->error);
    if (r)
        return ctl_failed(r, &broadcast->error);
    broadcast->id = done + 1;
    (void)snprintf(broadcast->job, sizeof broadcast->job, "broadcast:%" PRId64, broadcast->id);
    (void)snprintf(detail, sizeof detail, "%s %s, %" PRId64 " people", contact_role_to_string(broadcast->role),
                   broadcast->code ? broadcast->code : "everywhere", broadcast->people);
    r = store_job_put(session->store, broadcast->job, now_ms, now_ms, detail, &broadcast->error);
    if (r)
        return ctl_failed(r, &broadcast->error);
    int status = each_person(broadcast, queue_one);
    return status ? status : session_commit(session, "broadcast", broadcast->job, detail);
}

static void print(const struct ctl *ctl, struct broadcast *broadcast)
{
    static const struct column columns[] = {
        {"people", "PEOPLE", true}, {"parts", "SMS EACH", true}, {"parts_total", "SMS", true},
        {"cost", "RUPIAH", true},   {"fault", "FAULT", false},   {"first", "FIRST", false},
        {"id", "BROADCAST", true},  {"queued", "QUEUED", false},
    };
    struct listing list;
    int64_t total = broadcast->people * (int64_t)broadcast->parts;
    int price = broadcast->session->settings->sms_price;
    listing_begin(&list, ctl->json, columns, sizeof columns / sizeof *columns);
    listing_number(&list, broadcast->people);
    listing_number(&list, (int64_t)broadcast->parts);
    listing_number(&list, total);
    if (price > 0)
        listing_number(&list, total * price);
    else
        listing_text(&list, "");
    listing_text(&list, broadcast->fault.text ? broadcast->fault.text : "");
    if (broadcast->people > SHOWN_MAX)
        buf_printf(&broadcast->plain, " and %" PRId64 " more", broadcast->people - SHOWN_MAX);
    listing_json(&list, broadcast->plain.text, broadcast->json.text);
    if (broadcast->id > 0)
        listing_number(&list, broadcast->id);
    else
        listing_text(&list, "");
    listing_flag(&list, broadcast->id > 0);
    listing_end(&list, "");
}

static int run(struct ctl *ctl, struct broadcast *broadcast)
{
    bool yes = args_get(&ctl->args, "--yes") != NULL;
    int status = session_open(broadcast->session, ctl, yes ? STORE_WRITE : STORE_READ);
    if (!status)
        status = session_box(broadcast->session, ctl);
    if (!status)
        status = option_area(ctl, broadcast->session, &broadcast->code);
    if (!status && yes)
        status = session_begin(broadcast->session);
    if (!status)
        status = each_person(broadcast, count_one);
    if (status)
        return status;
    if (broadcast->people == 0)
        return ctl_refuse("nobody is registered as %s there; see: kabarctl contact list --role %s",
                          contact_role_to_string(broadcast->role), contact_role_to_string(broadcast->role));
    buf_puts(&broadcast->json, "]");
    if (yes && (status = queue_all(broadcast)) != 0)
        return status;
    text_fault(view_of(broadcast->text), &broadcast->fault);
    print(ctl, broadcast);
    if (!yes)
        (void)fputs("kabarctl: nothing is queued yet: the same with --yes does it\n", stderr);
    return CTL_DONE;
}

int ctl_broadcast(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(buf_deinit) struct buf text;
    buf_init(&text, SMS_TEXT_MAX - 1);
    const char *role = args_get(&ctl->args, "--role");
    struct broadcast broadcast = {.session = &session, .role = contact_role_parse(view_of(role))};
    if (broadcast.role == ROLE_COUNT)
        return ctl_usage(ctl, "--role %s: expected kpm, kader, kades, bidan, pendamping, tpps or operator", role);
    int status = ctl_sms_text(ctl, 0, &text, &broadcast.parts);
    if (status)
        return status;
    broadcast.text = text.text;
    buf_init(&broadcast.plain, 256);
    buf_init(&broadcast.json, 256);
    buf_init(&broadcast.fault, 256);
    buf_puts(&broadcast.json, "[");
    status = run(ctl, &broadcast);
    buf_deinit(&broadcast.plain);
    buf_deinit(&broadcast.json);
    buf_deinit(&broadcast.fault);
    return status;
}
