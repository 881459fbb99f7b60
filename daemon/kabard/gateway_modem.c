/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/event.h"
#include "core/intake/intake.h"
#include "core/watch/alert.h"
#include "kabard/gateway_internal.h"
#include "parsers/cause.h"
#include "parsers/msisdn.h"
#include "store/meta.h"
#include "store/suspect.h"

enum {
    BALANCE_FIRST_MS = 2 * MS_MINUTE, /* after the modem came up, when the backlog is done */
    TRAFFIC_MS = 6 * MS_HOUR,         /* so long what has gone through says that there is a network */
    CMS_SMSC_UNKNOWN = 330,
};

static void copy_text(char *to, size_t size, const char *from)
{
    (void)snprintf(to, size, "%s", from);
}

static int64_t now_ms(const struct line *line)
{
    return line->gateway->clock.wall_ms(line->gateway->clock.data);
}

static int64_t monotonic_ms(const struct line *line)
{
    return line->gateway->clock.monotonic_ms(line->gateway->clock.data);
}

static bool is_well(const struct modem_row *row)
{
    return strcmp(row->state, "ready") == 0 && row->trouble[0] == '\0';
}

static const char no_network[] = "it is in no network";

/* The first trouble is the cause of those after it; that a modem which has just been opened knows no network yet is
 * none. */
static void note_trouble(struct line *line)
{
    const char *known = line->ill.trouble;
    if (!line->ill.is_due && (!known[0] || strcmp(known, no_network) == 0))
        copy_text(line->ill.trouble, sizeof line->ill.trouble, line->row.trouble);
}

/* Before since_ms changes: it has just become well, or ill. */
static void keep_illness(struct line *line)
{
    bool trifle = strcmp(line->ill.trouble, no_network) == 0 && now_ms(line) - line->row.since_ms < MS_MINUTE;
    line->ill.is_due = is_well(&line->row) && line->ill.trouble[0] && !trifle;
    line->ill.since_ms = line->row.since_ms;
    if (!line->ill.is_due)
        line->ill.trouble[0] = '\0';
}

/* A SIM that is full for a moment is being emptied. */
static enum ailment ailment_of(const struct line *line)
{
    enum { FULL_LOOKS = 2 };
    int32_t cause;
    if (outbox_sim_is_barred(line->gateway->outbox, line->settings->name, &cause))
        return AILMENT_REFUSED;
    return line->no_smsc                      ? AILMENT_NO_SMSC
           : line->full_looks >= FULL_LOOKS   ? AILMENT_FULL
           : modem_keeps_deleted(line->modem) ? AILMENT_KEEPS
                                              : AILMENT_NONE;
}

static void note_ailment(struct line *line)
{
    enum ailment ailment = ailment_of(line);
    if (ailment == line->ailment)
        return;
    line->ailment = ailment;
    if (ailment != AILMENT_NONE)
        log_event(EVENT_MODEM_AILING, "modem=%s %s", line->settings->name, ailment_to_string(ailment));
}

/* The modem's state of now into its row; since_ms is when it was last well, or ill. */
static void refresh_row(struct line *line)
{
    struct modem_row *row = &line->row;
    const char *trouble = modem_trouble(line->modem);
    enum modem_state state = modem_state(line->modem);
    /* Idle and busy alternate with every request: to the operator both are "ready". */
    bool ready = state == MODEM_IDLE || state == MODEM_BUSY, was_well = is_well(row);
    const char *word = ready ? "ready" : modem_state_to_string(state);
    if (ready && line->oneway.suspicion != ONEWAY_NONE) {
        word = "one-way";
        trouble = oneway_to_string(line->oneway.suspicion);
    } else if (ready && !row->registered) {
        trouble = no_network;
    } else if (ready) {
        note_ailment(line);
        trouble = ailment_to_string(line->ailment);
    }
    if (strcmp(row->state, word) == 0 && strcmp(row->trouble, trouble) == 0)
        return;
    copy_text(row->state, sizeof row->state, word);
    copy_text(row->trouble, sizeof row->trouble, trouble);
    if (is_well(row) != was_well || row->since_ms == 0) {
        keep_illness(line);
        row->since_ms = now_ms(line);
    }
    note_trouble(line);
    line->row_due = true;
}

static int put_illness(struct line *line, struct error *error)
{
    char value[sizeof line->ill.trouble + 24];
    (void)snprintf(value, sizeof value, "%lld %s", (long long)line->ill.since_ms, line->ill.trouble);
    return store_meta_set(line->gateway->store, META_MENDED, line->row.name, value, error);
}

static int put_row(struct gateway *gateway, struct line *line, struct error *error)
{
    line->row.seen_ms = now_ms(line);
    int result = store_begin(gateway->store, error);
    if (result == 0)
        result = store_modem_put(gateway->store, &line->row, error);
    if (result == 0 && line->smsc[0])
        result = store_meta_set(gateway->store, META_SMSC, line->row.name, line->smsc, error);
    if (result == 0 && line->ill.is_due)
        result = put_illness(line, error);
    return store_end(gateway->store, result, error);
}

void gateway_put_rows(struct gateway *gateway)
{
    for (size_t i = 0; i < gateway->n_lines; i++) {
        struct line *line = &gateway->lines[i];
        struct error error;
        refresh_row(line);
        if (!line->row_due || gateway->store_trouble)
            continue;
        int result = put_row(gateway, line, &error);
        if (result != 0) {
            gateway_store_failed(gateway, result, &error);
            continue;
        }
        line->row_due = false;
        if (line->ill.is_due)
            line->ill.trouble[0] = '\0';
        line->ill.is_due = false;
    }
}

/* Once a day, and soon after the modem came up: a SIM without credit is silent. */
static void ask_balance(void *data, short events)
{
    (void)events;
    struct line *line = data;
    modem_ussd(line->modem, line->settings->balance);
    loop_timer_set(line->gateway->loop, &line->balance, MS_DAY, ask_balance, line);
}

/* Asked now where an operator wants that (META_BALANCE_ASK) and the modem is there. */
void gateway_balance_wanted(struct gateway *gateway)
{
    char wanted[24];
    struct error error;
    for (size_t i = 0; i < gateway->n_lines; i++) {
        struct line *line = &gateway->lines[i];
        if (!line->settings->balance[0] || !line->balance.set ||
            store_meta_get(gateway->store, META_BALANCE_ASK, line->settings->name, wanted, sizeof wanted, &error) < 0 ||
            !wanted[0])
            continue;
        if (store_meta_keep(gateway->store, META_BALANCE_ASK, line->settings->name, "", &error) == 0)
            ask_balance(line, 0);
    }
}

static void on_ready(void *data, struct modem *modem, const struct modem_identity *identity)
{
    struct line *line = data;
    if (line->row.imsi[0] && identity->imsi[0] && strcmp(line->row.imsi, identity->imsi) != 0)
        gateway_sim_changed(line, identity->imsi);
    copy_text(line->row.imei, sizeof line->row.imei, identity->imei);
    copy_text(line->row.imsi, sizeof line->row.imsi, identity->imsi);
    copy_text(line->row.model, sizeof line->row.model, identity->model);
    copy_text(line->smsc, sizeof line->smsc, identity->smsc);
    line->no_smsc = !identity->smsc[0] && strcasecmp(line->settings->connection, "none") != 0;
    line->row_due = true;
    log_event(EVENT_MODEM_READY, "modem=%s ready model=\"%s\" imei=%s", modem_name(modem), identity->model,
              identity->imei);
    outbox_modem_up(line->gateway->outbox, modem_name(modem), true);
    if (line->settings->balance[0] && !line->balance.set)
        loop_timer_set(line->gateway->loop, &line->balance, BALANCE_FIRST_MS, ask_balance, line);
    gateway_pump(line->gateway);
}

/* What the network took, or brought just now, has gone through it: whatever the modem says of its registration. */
static void note_traffic(struct line *line, bool went)
{
    if (!went)
        return;
    line->traffic_ms = monotonic_ms(line);
    if (!line->row.registered)
        line->row_due = true;
    line->row.registered = true;
}

/* A sender is whatever the network says: log_event() keeps its line whole. */
static void log_part(const char *modem, const struct mo_part *part)
{
    char number[MSISDN_MAX], from[MSISDN_MAX], sent[21];
    (void)msisdn_normalise(view_of(part->sender), number);
    msisdn_mask(number, from);
    time_format(part->sent_ms, sent);
    log_event(EVENT_MO, "mo modem=%s from=%s kind=%s sent=%s part=%d/%d", modem, from, mo_kind_to_string(part->kind),
              sent, part->concat_seq, part->concat_total);
}

static void on_mo(void *data, struct modem *modem, const struct mo_part *parts, size_t n_parts)
{
    struct line *line = data;
    struct gateway *gateway = line->gateway;
    bool stored[MO_BATCH] = {false};
    struct intake_counts counts = {0};
    struct error error;
    KABAR_ASSERT(n_parts <= MO_BATCH);
    oneway_heard(&line->oneway, false, monotonic_ms(line));
    note_traffic(line, true);
    if (gateway->store_trouble)
        return;
    int result = intake_take(gateway->box, modem_name(modem), parts, n_parts, stored, &counts, &error);
    for (size_t i = 0; i < n_parts; i++)
        if (stored[i]) {
            log_part(modem_name(modem), &parts[i]);
            if (parts[i].place.location > 0)
                modem_delete(modem, parts[i].place);
        }
    log_event(EVENT_MO_BATCH, "mo modem=%s parts=%zu known=%zu messages=%zu replies=%zu unread=%zu", modem_name(modem),
              counts.parts_new, counts.parts_known, counts.messages, counts.replies, counts.unread);
    if (counts.set_aside > 0)
        log_event(EVENT_SET_ASIDE, "mo set aside=%zu: kabard ended %d times while it was being read", counts.set_aside,
                  SUSPECT_DEATHS_MAX);
    gateway->set_aside_due |= counts.set_aside > 0;
    if (result != 0)
        gateway_store_failed(gateway, result, &error);
    gateway_pump(gateway);
}

static void on_report(void *data, struct modem *modem, const struct mt_report *report)
{
    struct line *line = data;
    bool matched = false;
    struct error error;
    oneway_heard(&line->oneway, true, monotonic_ms(line));
    if (line->gateway->store_trouble)
        return; /* it stays in the modem and comes again */
    int result = outbox_report(line->gateway->outbox, report, &matched, &error);
    if (result != 0) {
        gateway_store_failed(line->gateway, result, &error);
        return;
    }
    log_event(EVENT_MT_REPORT, "report modem=%s tp_mr=%d tp_st=%d matched=%d", modem_name(modem), report->tp_mr,
              report->tp_st, matched);
    if (report->place.location > 0)
        modem_delete(modem, report->place);
    gateway_pump(line->gateway);
}

bool gateway_settle(struct gateway *gateway, struct line *line)
{
    if (!line->unsettled.is_set)
        return true;
    struct error error;
    struct mt_submit next;
    bool goes_on = !gateway->stopping && !gateway->store_trouble && modem_can_submit(line->modem);
    int result = outbox_settle_and_next(gateway->outbox, modem_name(line->modem), line->unsettled.part_id,
                                        line->unsettled.result, line->unsettled.cause, line->unsettled.tp_mr,
                                        goes_on ? &next : NULL, &error);
    if (result < 0) {
        gateway_store_failed(gateway, result, &error);
        return false;
    }
    line->unsettled.is_set = false;
    if (result == OUTBOX_SUBMIT)
        modem_submit(line->modem, &next);
    return true;
}

static bool on_leaving(void *data, struct modem *modem, int64_t part_id)
{
    struct line *line = data;
    struct error error;
    int result = line->gateway->store_trouble
                     ? -EAGAIN
                     : outbox_leaving(line->gateway->outbox, modem_name(modem), part_id, &error);
    if (result < 0 && !line->gateway->store_trouble)
        gateway_store_failed(line->gateway, result, &error);
    return result == 0;
}

static void log_attempt(const struct line *line, int64_t part_id, enum submit_result result, int32_t cause,
                        int32_t tp_mr)
{
    const char *modem = modem_name(line->modem);
    const struct mt_message *message = outbox_in_hand(line->gateway->outbox, modem, part_id);
    char to[MSISDN_MAX], why[CAUSE_TEXT_MAX];
    if (!message)
        return;
    msisdn_mask(message->recipient, to);
    cause_format(cause, why);
    log_event(EVENT_MT, "mt id=%lld attempt=%d to=%s parts=%d modem=%s result=%s cause=\"%s\" tp_mr=%d",
              (long long)message->id, message->attempts + 1, to, message->parts, modem, submit_result_to_string(result),
              why, tp_mr);
}

static void on_submitted(void *data, struct modem *modem, int64_t part_id, enum submit_result result, int32_t cause,
                         int32_t tp_mr)
{
    struct line *line = data;
    (void)modem;
    log_attempt(line, part_id, result, cause, tp_mr);
    if (result == SUBMIT_OK)
        line->no_smsc = false;
    else if (cause == cause_of(CAUSE_LOCAL, CAUSE_LOCAL_NO_SMSC) || cause == cause_of(CAUSE_CMS, CMS_SMSC_UNKNOWN))
        line->no_smsc = true;
    note_traffic(line, result == SUBMIT_OK);
    line->unsettled.is_set = true;
    line->unsettled.part_id = part_id;
    line->unsettled.result = result;
    line->unsettled.cause = cause;
    line->unsettled.tp_mr = tp_mr;
    oneway_submitted(&line->oneway, result, cause, line->gateway->settings->status_reports, monotonic_ms(line));
    if (gateway_settle(line->gateway, line))
        gateway_pump(line->gateway);
    gateway_oneway(line);
}

static void on_network(void *data, struct modem *modem, const struct modem_network *network)
{
    struct line *line = data;
    struct modem_row *row = &line->row;
    bool traffic = line->traffic_ms > 0 && monotonic_ms(line) - line->traffic_ms < TRAFFIC_MS;
    bool registered = network->registered || traffic;
    bool full = network->sim_size > 0 && network->sim_used >= network->sim_size;
    line->full_looks = full ? line->full_looks + 1 : 0;
    if (row->registered != registered || strcmp(row->operator_name, network->operator_name) != 0) {
        log_event(EVENT_MODEM_NETWORK, "modem=%s registered=%d operator=\"%s\" signal=%d", modem_name(modem),
                  registered, network->operator_name, network->signal_percent);
        line->row_due = true;
    }
    if (registered && !row->registered)
        outbox_modem_up(line->gateway->outbox, modem_name(modem), true);
    /* The signal wavers all day: it is worth a write when it changed by a bar. */
    int change = row->signal_percent - network->signal_percent;
    if (change > 15 || change < -15)
        line->row_due = true;
    if (!line->row_due && ailment_of(line) == line->ailment)
        return;
    row->registered = registered;
    row->signal_percent = network->signal_percent;
    copy_text(row->operator_name, sizeof row->operator_name, network->operator_name);
    gateway_pump(line->gateway);
}

static void on_ussd(void *data, struct modem *modem, const char *text)
{
    struct line *line = data;
    struct gateway *gateway = line->gateway;
    struct error error;
    log_event(EVENT_USSD, "ussd modem=%s bytes=%zu", modem_name(modem), strlen(text));
    if (!line->settings->balance[0] || gateway->store_trouble)
        return;
    int result = alert_balance(gateway->box, (size_t)(line - gateway->lines), text, &error);
    if (result != 0)
        gateway_store_failed(gateway, result, &error);
    gateway_pump(gateway);
}

static bool is_taken(void *data, const struct modem *modem, const char *device)
{
    const struct line *line = data;
    const struct gateway *gateway = line->gateway;
    for (size_t i = 0; i < gateway->n_lines; i++)
        if (gateway->lines[i].modem != modem && modem_holds(gateway->lines[i].modem, device))
            return true;
    return false;
}

static void on_log(void *data, struct modem *modem, const char *text)
{
    (void)data;
    log_event(EVENT_MODEM_SAYS, "modem=%s %s", modem_name(modem), text);
}

static void on_down(void *data, struct modem *modem, const char *why)
{
    struct line *line = data;
    log_event(EVENT_MODEM_DOWN, "modem=%s down: %s", modem_name(modem), why);
    outbox_modem_up(line->gateway->outbox, modem_name(modem), false);
    line->row.registered = false;
    gateway_pin_refused(line);
    gateway_pump(line->gateway);
}

const struct modem_events gateway_modem_events = {
    .ready = on_ready,
    .mo = on_mo,
    .report = on_report,
    .leaving = on_leaving,
    .submitted = on_submitted,
    .network = on_network,
    .ussd = on_ussd,
    .down = on_down,
    .is_taken = is_taken,
    .log = on_log,
};
