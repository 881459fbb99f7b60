/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The commands of TS 27.005, PDU mode. */
#include "at_modem.h"

#include <errno.h>
#include <string.h>

enum {
    CMS_NOT_ALLOWED = 302,
    CMS_INVALID_PDU = 304,
    CMS_INVALID_INDEX = 321,
    CMS_MEMORY_FULL = 322,
    CMS_NO_NETWORK = 331,
    CMS_NO_CNMA = 340,
    LIST_ALL = 4,
};

static const struct at_result ok = {AT_OK, 0}, no = {AT_ERROR, 0};

static struct at_result cms(int code)
{
    return (struct at_result){AT_CMS, code};
}

static struct store *memory(struct at_modem *m, int number)
{
    return &m->network.stores[m->at.set.memory[number]];
}

static struct at_result run_cmgf(struct at_modem *m, enum at_form form, struct view args)
{
    if (form == AT_TEST)
        at_say(m, "+CMGF: (0)");
    else if (form == AT_READ)
        at_say(m, "+CMGF: 0");
    else if (form == AT_SET && !view_is(args, "0"))
        return no;
    return ok;
}

/* Memories that mem1, mem2, mem3 of AT+CPMS may be: reports are put into theirs by the modem alone. */
static const int memories[] = {STORES, STORE_SR, STORE_SR};

/* -1 where there is none of that name. */
static int memory_of(const struct at_modem *m, int number, struct view name)
{
    for (int i = 0; i < memories[number]; i++)
        if (m->network.stores[i].capacity > 0 && view_is(name, m->network.stores[i].name))
            return i;
    return -1;
}

/* The memories that are there: ("SM","ME") */
static void memories_list(const struct at_modem *m, int number, char *ret_text, size_t size)
{
    size_t len = 0;
    for (int i = 0; i < memories[number]; i++)
        if (m->network.stores[i].capacity > 0)
            len += (size_t)snprintf(ret_text + len, size - len, "%s\"%s\"", len ? "," : "(", m->network.stores[i].name);
    (void)snprintf(ret_text + len, size - len, "%s", len ? ")" : "()");
}

static struct at_result run_cpms(struct at_modem *m, enum at_form form, struct view args)
{
    char text[128], lists[3][32];
    size_t len = 0;
    if (form == AT_TEST) {
        for (int i = 0; i < 3; i++)
            memories_list(m, i, lists[i], sizeof lists[i]);
        at_say(m, "+CPMS: %s,%s,%s", lists[0], lists[1], lists[2]);
        return ok;
    }
    struct view name;
    for (int i = 0; form == AT_SET && i < 3 && at_argument(&args, &name); i++) {
        int chosen = memory_of(m, i, name);
        if (chosen < 0)
            return cms(CMS_NOT_ALLOWED);
        m->at.set.memory[i] = chosen;
    }
    for (int i = 0; i < 3; i++) {
        const struct store *store = memory(m, i);
        if (form == AT_READ)
            len += (size_t)snprintf(text + len, sizeof text - len, "%s\"%s\"", i ? "," : "", store->name);
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%d,%d", i || form == AT_READ ? "," : "",
                                store_used(store), store->capacity);
    }
    at_say(m, "+CPMS: %s", text);
    return ok;
}

/* A message leaves through the port: "+CMGL: 3,1,,24" or "+CMGR: 1,,24", and the PDU behind the SMSC's address. */
static void slot_say(struct at_modem *m, const char *head, struct slot *slot)
{
    unsigned char smsc[12];
    char smsc_hex[25], hex[2 * PDU_MAX + 1];
    int n = pdu_address(m->smsc, true, smsc);
    hex_of_octets(smsc, n > 0 ? (size_t)n : 0, smsc_hex);
    hex_of_octets(slot->pdu.octets, slot->pdu.len, hex);
    at_say(m, "%s%d,,%zu\r\n%s%s", head, slot->stat, slot->pdu.len, n > 0 ? smsc_hex : "00", hex);
    if (slot->given)
        m->network.given[slot->given - 1].reads++;
    if (slot->stat == 0)
        slot->stat = 1;
}

static struct at_result run_cmgl(struct at_modem *m, enum at_form form, struct view args)
{
    int wanted = 0;
    if (form == AT_TEST)
        at_say(m, "+CMGL: (0-4)");
    if (form == AT_TEST || form == AT_READ)
        return ok;
    if (form == AT_SET && (at_number(&args, 0, &wanted) < 0 || wanted > LIST_ALL))
        return cms(CMS_NOT_ALLOWED);
    struct store *store = memory(m, 0);
    for (int i = 1, n = 0; i <= store->capacity; i++) {
        struct slot *slot = store_slot(store, i);
        char head[24];
        n += slot->used;
        (void)snprintf(head, sizeof head, "+CMGL: %d,", m->ordinal ? n : i);
        if (slot->used && (wanted == LIST_ALL || slot->stat == wanted))
            slot_say(m, head, slot);
    }
    return ok;
}

/* The used place that args name; NULL, with the answer, where there is none. */
static struct slot *slot_named(struct at_modem *m, struct view *args, int *ret_index, struct at_result *ret_result)
{
    struct slot *slot = NULL;
    if (at_number(args, 0, ret_index) == 0)
        slot = store_slot(memory(m, 0), *ret_index);
    if (slot && slot->used)
        return slot;
    *ret_result = cms(CMS_INVALID_INDEX);
    return NULL;
}

static struct at_result run_cmgr(struct at_modem *m, enum at_form form, struct view args)
{
    int index;
    struct at_result result = ok;
    if (form != AT_SET)
        return form == AT_TEST ? ok : no;
    struct slot *slot = slot_named(m, &args, &index, &result);
    if (slot)
        slot_say(m, "+CMGR: ", slot);
    return result;
}

/* TS 27.005 3.5.4: a flag deletes by status (0 unread, 1 read, 2 unsent, 3 sent) instead of by place. */
static bool flag_covers(int flag, int stat)
{
    static const bool covered[5][4] = {{0, 0, 0, 0}, {0, 1, 0, 0}, {0, 1, 0, 1}, {0, 1, 1, 1}, {1, 1, 1, 1}};
    return covered[flag][stat & 3];
}

static struct at_result run_cmgd(struct at_modem *m, enum at_form form, struct view args)
{
    struct store *store = memory(m, 0);
    int index, flag;
    struct at_result result = ok;
    if (form == AT_TEST) {
        char text[STORE_MAX * 5] = "";
        size_t len = 0;
        for (int i = 1; i <= store->capacity; i++)
            if (store_slot(store, i)->used && len + 8 < sizeof text)
                len += (size_t)snprintf(text + len, sizeof text - len, "%s%d", len ? "," : "", i);
        buf_printf(&m->at.answer, "\r\n+CMGD: (%s),(0-4)", text);
        return ok;
    }
    struct view flags = args, first;
    if (form != AT_SET || !at_argument(&flags, &first) || at_number(&flags, 0, &flag) < 0 || flag > 4)
        return no;
    if (flag == 0 && slot_named(m, &args, &index, &result))
        store_delete(m, store, index);
    for (int i = 1; flag && i <= store->capacity; i++)
        if (store_slot(store, i)->used && flag_covers(flag, store_slot(store, i)->stat))
            store_delete(m, store, i);
    return result;
}

static struct at_result run_cmgs(struct at_modem *m, enum at_form form, struct view args)
{
    if (form != AT_SET || at_number(&args, 0, &m->at.prompt_octets) < 0 || m->at.prompt_octets == 0)
        return form == AT_TEST ? ok : no;
    m->at.prompt_write = false;
    return (struct at_result){AT_ASK, 0};
}

static struct at_result run_cmgw(struct at_modem *m, enum at_form form, struct view args)
{
    if (form != AT_SET || at_number(&args, 0, &m->at.prompt_octets) < 0 || at_number(&args, 2, &m->at.prompt_stat) < 0)
        return form == AT_TEST ? ok : no;
    m->at.prompt_write = true;
    return (struct at_result){AT_ASK, 0};
}

/* One SMS-SUBMIT on its way to the network, with what the script wants to happen to it. */
static struct at_result submit(struct at_modem *m, const struct pdu *pdu)
{
    struct sms_submit sms;
    int code;
    if (submit_of_pdu(pdu, &sms) < 0)
        return cms(CMS_INVALID_PDU);
    if (fault_take(m, FAULT_CMS, "CMGS", &code) || (!at_radio(m) && (code = CMS_NO_NETWORK)) ||
        (m->network.registration != 1 && m->network.registration != 5 && (code = CMS_NO_NETWORK))) {
        network_take(m, &sms, TAKEN_REFUSED, code);
        return cms(code);
    }
    if (fault_take(m, FAULT_CME, "CMGS", &code)) {
        network_take(m, &sms, TAKEN_REFUSED, code);
        return (struct at_result){AT_CME, code};
    }
    if (fault_take(m, FAULT_DROP, "CMGS", &code)) {
        network_take(m, &sms, TAKEN_DROPPED, 0);
        return (struct at_result){AT_NO_ANSWER, 0};
    }
    struct sms_taken *taken = network_take(m, &sms, TAKEN_ANSWERED, 0);
    m->at.taken = taken->id;
    at_say(m, "+CMGS: %d%s", taken->tp_mr, m->tail);
    return ok;
}

static struct at_result write(struct at_modem *m, const struct pdu *pdu)
{
    struct store *store = memory(m, 1);
    for (int i = 1; i <= store->capacity; i++) {
        struct slot *slot = store_slot(store, i);
        if (slot->used)
            continue;
        *slot = (struct slot){.used = true, .stat = m->at.prompt_stat, .pdu = *pdu};
        at_say(m, "+CMGW: %d", i);
        return ok;
    }
    return cms(CMS_MEMORY_FULL);
}

struct at_result at_prompt_end(struct at_modem *m, struct view hex)
{
    unsigned char octets[PDU_MAX + 12];
    size_t len;
    if (octets_of_hex(hex, octets, sizeof octets, &len) < 0 || len == 0 || octets[0] >= len)
        return cms(CMS_INVALID_PDU);
    size_t smsc = (size_t)octets[0] + 1;
    struct pdu pdu = {.len = len - smsc};
    if (pdu.len != (size_t)m->at.prompt_octets || pdu.len > PDU_MAX)
        return cms(CMS_INVALID_PDU);
    memcpy(pdu.octets, octets + smsc, pdu.len);
    return m->at.prompt_write ? write(m, &pdu) : submit(m, &pdu);
}

static struct at_result run_cmss(struct at_modem *m, enum at_form form, struct view args)
{
    int index;
    struct at_result result = ok;
    if (form != AT_SET)
        return form == AT_TEST ? ok : no;
    struct slot *slot = slot_named(m, &args, &index, &result);
    if (!slot)
        return result;
    result = submit(m, &slot->pdu);
    if (result.end == AT_OK)
        slot->stat = 3;
    return result;
}

/* "(0,1,2)" of "012" */
static const char *digits_list(const char *digits, char ret_text[16])
{
    size_t len = 0;
    for (const char *c = digits; *c; c++)
        len += (size_t)snprintf(ret_text + len, 16 - len, "%c%c", c == digits ? '(' : ',', *c);
    (void)snprintf(ret_text + len, 16 - len, ")");
    return ret_text;
}

static struct at_result run_cnmi(struct at_modem *m, enum at_form form, struct view args)
{
    const char *const allowed[5] = {"012", m->cnmi_mt, "02", m->cnmi_ds, "01"};
    int *cnmi = m->at.set.cnmi, wanted[5];
    char mt[16], ds[16];
    if (form == AT_TEST)
        at_say(m, "+CNMI: (0-2),%s,(0,2),%s,(0,1)", digits_list(m->cnmi_mt, mt), digits_list(m->cnmi_ds, ds));
    else if (form == AT_READ)
        at_say(m, "+CNMI: %d,%d,%d,%d,%d", cnmi[0], cnmi[1], cnmi[2], cnmi[3], cnmi[4]);
    if (form != AT_SET)
        return ok;
    for (int i = 0; i < 5; i++)
        if (at_number(&args, cnmi[i], &wanted[i]) < 0 || wanted[i] > 9 || !strchr(allowed[i], '0' + wanted[i]))
            return cms(CMS_NOT_ALLOWED);
    memcpy(cnmi, wanted, sizeof wanted);
    network_pump(m);
    return ok;
}

static struct at_result run_cnma(struct at_modem *m, enum at_form form, struct view args)
{
    int n;
    if (form == AT_TEST) {
        at_say(m, "+CNMA: (0-2)");
        return ok;
    }
    if (form == AT_READ || at_number(&args, 0, &n) < 0)
        return no;
    return network_acknowledge(m, n != 2) ? ok : cms(CMS_NO_CNMA);
}

static struct at_result run_csms(struct at_modem *m, enum at_form form, struct view args)
{
    int service;
    if (form == AT_TEST)
        at_say(m, "+CSMS: (0,1)");
    else if (form == AT_READ)
        at_say(m, "+CSMS: %d,1,1,1", m->at.set.csms);
    if (form != AT_SET)
        return ok;
    if (at_number(&args, 0, &service) < 0 || service > 1)
        return cms(CMS_NOT_ALLOWED);
    m->at.set.csms = service;
    at_say(m, "+CSMS: 1,1,1");
    return ok;
}

static struct at_result run_csca(struct at_modem *m, enum at_form form, struct view args)
{
    struct view number;
    struct buf quoted;
    if (form == AT_SET && at_argument(&args, &number) && number.len < sizeof m->smsc)
        (void)snprintf(m->smsc, sizeof m->smsc, "%.*s", (int)number.len, number.at);
    if (form != AT_READ)
        return ok;
    buf_init(&quoted, 512);
    at_quote(m, m->smsc, &quoted);
    at_say(m, "+CSCA: %s,%d", quoted.text, *m->smsc == '+' ? 145 : 129);
    buf_deinit(&quoted);
    return ok;
}

static struct at_result run_cmms(struct at_modem *m, enum at_form form, struct view args)
{
    if (form == AT_TEST)
        at_say(m, "+CMMS: (0-2)");
    else if (form == AT_READ)
        at_say(m, "+CMMS: %d", m->at.set.cmms);
    else if (at_number(&args, 0, &m->at.set.cmms) < 0)
        return no;
    return ok;
}

/* Settings of text mode, taken and without effect. */
static struct at_result run_taken(struct at_modem *m, enum at_form form, struct view args)
{
    (void)m;
    (void)form;
    (void)args;
    return ok;
}

const struct at_command at_sms_commands[] = {
    {"CMGF", run_cmgf, false, false},  {"CPMS", run_cpms, true, false},   {"CMGL", run_cmgl, true, false},
    {"CMGR", run_cmgr, true, false},   {"CMGD", run_cmgd, true, false},   {"CMGS", run_cmgs, true, true},
    {"CMGW", run_cmgw, true, true},    {"CMSS", run_cmss, true, true},    {"CNMI", run_cnmi, false, false},
    {"CNMA", run_cnma, true, false},   {"CSMS", run_csms, false, false},  {"CSCA", run_csca, true, false},
    {"CMMS", run_cmms, false, false},  {"CSMP", run_taken, false, false}, {"CSDH", run_taken, false, false},
    {"CSCB", run_taken, false, false}, {NULL, NULL, false, false},
};
