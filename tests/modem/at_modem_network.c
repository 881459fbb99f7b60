/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "at_modem.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* TS 27.005 3.4.1: an SMS that is routed to the TE and not acknowledged goes back, and routing ends. */
enum { ACK_MS = 15000, CNMI_MT = 1, CNMI_DS = 3 };

const char *given_fate_to_string(enum given_fate fate)
{
    static const char *names[GIVEN_FATES] = {"waiting", "stored", "routed", "acked", "deleted", "discarded"};
    return fate < GIVEN_FATES ? names[fate] : "?";
}

const char *taken_fate_to_string(enum taken_fate fate)
{
    static const char *names[TAKEN_FATES] = {"answered", "lost", "dropped", "refused"};
    return fate < TAKEN_FATES ? names[fate] : "?";
}

static int64_t monotonic(const struct at_modem *m)
{
    return m->clock.monotonic_ms(m->clock.data);
}

void network_init(struct at_modem *m)
{
    m->network.stores[STORE_SM].name = "SM";
    m->network.stores[STORE_SM].capacity = 15;
    m->network.stores[STORE_ME].name = "ME";
    m->network.stores[STORE_ME].capacity = 100;
    m->network.stores[STORE_SR].name = "SR";
    m->network.registration = 1;
    m->network.signal = 20;
}

void network_deinit(struct at_modem *m)
{
    free(m->network.given);
    free(m->network.taken);
}

struct slot *store_slot(struct store *store, int index)
{
    return index >= 1 && index <= store->capacity ? &store->slots[index - 1] : NULL;
}

int store_used(const struct store *store)
{
    int used = 0;
    for (int i = 0; i < store->capacity; i++)
        used += store->slots[i].used;
    return used;
}

void store_delete(struct at_modem *m, struct store *store, int index)
{
    struct slot *slot = store_slot(store, index);
    if (slot->given)
        m->network.given[slot->given - 1].fate = GIVEN_DELETED;
    event(m, "deleted %s %d id=%d", store->name, index, slot->given);
    *slot = (struct slot){.used = false};
}

/* Makes room for one more; memory that runs out ends the simulator. */
static void *grown(void *array, int n, size_t size)
{
    if (n & (n - 1))
        return array;
    void *more = realloc(array, (n ? 2 * (size_t)n : 1) * size);
    KABAR_ASSERT(more);
    return more;
}

struct sms_given *network_give(struct at_modem *m, const struct pdu *pdu)
{
    struct network *network = &m->network;
    network->given = grown(network->given, network->n_given, sizeof *network->given);
    struct sms_given *given = &network->given[network->n_given++];
    *given = (struct sms_given){.id = network->n_given, .pdu = *pdu};
    given->deliver.body = sms_body_empty();
    return given;
}

static void taken_tell(struct at_modem *m, const struct sms_taken *taken)
{
    const struct sms_body *body = &taken->submit.body;
    struct buf text;
    buf_init(&text, 4096);
    buf_json(&text, (struct view){(const char *)body->text, body->len});
    const char *what = taken->fate == TAKEN_REFUSED   ? "refused"
                       : taken->fate == TAKEN_DROPPED ? "dropped"
                                                      : "submitted";
    event(m, "%s id=%d to=%s parts=%d/%d ref=%d tpmr=%d cause=%d report=%d text=%s", what, taken->id, taken->submit.to,
          body->seq, body->total, body->ref, taken->tp_mr, taken->cause, taken->submit.want_report, text.text);
    buf_deinit(&text);
}

struct autoreport {
    struct loop_timer timer;
    struct at_modem *m;
    int taken;
};

static void autoreport_due(void *data, short events)
{
    (void)events;
    struct autoreport *due = data;
    struct error error;
    if (network_report(due->m, &due->m->network.taken[due->taken - 1], 0, &error) < 0)
        event(due->m, "error %s", error.text);
    network_pump(due->m);
    free(due);
}

struct sms_taken *network_take(struct at_modem *m, const struct sms_submit *submit, enum taken_fate fate, int cause)
{
    struct network *network = &m->network;
    network->taken = grown(network->taken, network->n_taken, sizeof *network->taken);
    struct sms_taken *taken = &network->taken[network->n_taken++];
    bool out = fate == TAKEN_ANSWERED;
    *taken = (struct sms_taken){.id = network->n_taken, .fate = fate, .cause = cause, .submit = *submit};
    taken->tp_mr = out ? network->next_mr : -1;
    taken->wall_ms = m->clock.wall_ms(m->clock.data);
    if (out)
        network->next_mr = (network->next_mr + 1) % 256;
    taken_tell(m, taken);
    if (out && network->autoreport && submit->want_report) {
        struct autoreport *due = calloc(1, sizeof *due);
        KABAR_ASSERT(due);
        due->m = m;
        due->taken = taken->id;
        loop_timer_set(m->loop, &due->timer, network->autoreport_ms, autoreport_due, due);
    }
    return taken;
}

void network_answer_lost(struct at_modem *m)
{
    int id = m->at.taken ? m->at.taken : m->line.taken;
    if (!id)
        return;
    struct sms_taken *taken = &m->network.taken[id - 1];
    taken->fate = TAKEN_LOST;
    m->at.taken = m->line.taken = 0;
    event(m, "answer-lost id=%d", taken->id);
}

int network_report(struct at_modem *m, struct sms_taken *taken, int tp_st, struct error *error)
{
    struct sms_report report = {.tp_mr = taken->tp_mr, .tp_st = tp_st, .zone_quarters = m->zone_quarters};
    struct pdu pdu;
    if (taken->tp_mr < 0)
        return error_set(error, -EINVAL, "SMS %d was not taken by the network: it has no report", taken->id);
    (void)snprintf(report.to, sizeof report.to, "%s", taken->submit.to);
    report.sent_ms = taken->wall_ms;
    report.discharged_ms = m->clock.wall_ms(m->clock.data);
    int status = pdu_of_report(&report, &pdu);
    if (status < 0)
        return error_set(error, status, "the number %s cannot be written into a PDU", report.to);
    struct sms_given *given = network_give(m, &pdu);
    given->report_of = taken->id;
    given->tp_st = tp_st;
    taken->reports++;
    return 0;
}

static void ack_missed(void *data, short events)
{
    (void)events;
    struct at_modem *m = data;
    event(m, "unacknowledged id=%d", m->network.routed);
    m->at.set.cnmi[CNMI_MT] = m->at.set.cnmi[CNMI_DS] = 0;
    network_acknowledge(m, false);
    network_pump(m);
}

bool network_acknowledge(struct at_modem *m, bool ok)
{
    if (!m->network.routed)
        return false;
    struct sms_given *given = &m->network.given[m->network.routed - 1];
    given->fate = ok ? GIVEN_ACKED : GIVEN_WAITING;
    m->network.routed = 0;
    loop_timer_clear(m->loop, &m->network.ack_timer);
    event(m, "%s id=%d", ok ? "acked" : "returned", given->id);
    return true;
}

/* Writes it to the port instead of a memory. */
static void route(struct at_modem *m, struct sms_given *given)
{
    unsigned char smsc[12];
    char smsc_hex[25], hex[2 * PDU_MAX + 1];
    int n = pdu_address(m->smsc, true, smsc);
    hex_of_octets(smsc, n > 0 ? (size_t)n : 0, smsc_hex);
    hex_of_octets(given->pdu.octets, given->pdu.len, hex);
    given->deliveries++;
    given->reads++;
    given->fate = GIVEN_ACKED;
    if (m->at.set.csms == 1) {
        given->fate = GIVEN_ROUTED;
        m->network.routed = given->id;
        loop_timer_set(m->loop, &m->network.ack_timer, ACK_MS, ack_missed, m);
    }
    event(m, "routed id=%d", given->id);
    at_unsolicited(m, "%s%zu\r\n%s%s", given->report_of ? "+CDS: " : "+CMT: ,", given->pdu.len, n > 0 ? smsc_hex : "00",
                   hex);
}

static bool keep(struct at_modem *m, struct sms_given *given)
{
    struct store *reports = &m->network.stores[STORE_SR];
    struct store *store = given->report_of && reports->capacity > 0 ? reports : &m->network.stores[m->at.set.memory[2]];
    for (int i = 1; i <= store->capacity; i++) {
        struct slot *slot = store_slot(store, i);
        if (slot->used)
            continue;
        *slot = (struct slot){.used = true, .given = given->id, .pdu = given->pdu};
        given->fate = GIVEN_STORED;
        given->memory = store->name;
        given->index = i;
        given->deliveries++;
        event(m, "stored %s %d id=%d", store->name, i, given->id);
        int tell = m->at.set.cnmi[given->report_of ? CNMI_DS : CNMI_MT];
        if (tell && m->line.open)
            at_unsolicited(m, "+%s: \"%s\",%d", given->report_of ? "CDSI" : "CMTI", store->name, i);
        return true;
    }
    return false;
}

/* Hands one over; false where it has to wait. */
static bool deliver(struct at_modem *m, struct sms_given *given)
{
    const int *cnmi = m->at.set.cnmi;
    bool class0 = given->deliver.body.message_class == 0 && m->route_class0;
    if (given->report_of && cnmi[CNMI_DS] == 0) {
        given->fate = GIVEN_DISCARDED;
        event(m, "discarded id=%d", given->id);
        return true;
    }
    if (m->line.open && (given->report_of ? cnmi[CNMI_DS] == 1 : cnmi[CNMI_MT] == 2 || class0)) {
        route(m, given);
        return true;
    }
    return keep(m, given);
}

static void pump_due(void *data, short events)
{
    (void)events;
    network_pump(data);
}

void network_pump(struct at_modem *m)
{
    struct network *network = &m->network;
    bool registered = network->registration == 1 || network->registration == 5;
    for (int i = 0; i < network->n_given; i++) {
        struct sms_given *given = &network->given[i];
        if (given->fate != GIVEN_WAITING)
            continue;
        if (!registered || network->hold || !at_radio(m) || network->routed || m->at.state == AT_PROMPT)
            return;
        int64_t left = network->next_ms - monotonic(m);
        if (left > 0) {
            loop_timer_set(m->loop, &network->timer, left, pump_due, m);
            return;
        }
        if (!deliver(m, given))
            return;
        network->next_ms = monotonic(m) + network->interval_ms;
    }
}

void network_register(struct at_modem *m, int registration)
{
    m->network.registration = registration;
    if (m->at.set.creg && m->line.open)
        at_unsolicited(m, "+CREG: %d", at_radio(m) ? registration : 0);
    network_pump(m);
}
