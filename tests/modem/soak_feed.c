/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who writes what: every text with a number of its own, so that each can be found again. */
#include <string.h>

#include "soak.h"

enum { PART_CHARACTERS = 153, SERIAL_MAX = 9000, COMMANDS_EACH = 2 };

static const struct {
    enum message_kind kind;
    int weight;
} weights[] = {
    {MESSAGE_REPORT, 41}, {MESSAGE_WRONG, 9},   {MESSAGE_UNKNOWN_KEY, 7}, {MESSAGE_LONG, 12},    {MESSAGE_UNICODE, 5},
    {MESSAGE_JUNK, 5},    {MESSAGE_COMMAND, 2}, {MESSAGE_CHAT, 4},        {MESSAGE_STRANGER, 5}, {MESSAGE_CARRIER, 3},
    {MESSAGE_FLASH, 2},   {MESSAGE_BINARY, 2},  {MESSAGE_BROKEN, 1},      {MESSAGE_TORN, 2},
};

static enum message_kind kind_choose(struct soak *soak)
{
    int left = soak_random(soak, 100);
    for (size_t i = 0; i < sizeof weights / sizeof *weights; i++) {
        if (left < weights[i].weight)
            return weights[i].kind;
        left -= weights[i].weight;
    }
    return MESSAGE_REPORT;
}

static void text_make(struct soak *soak, struct message *m, int who)
{
    int n = m->serial, k = soak_random(soak, n + 1);
    size_t size = sizeof m->text;
    switch (m->kind) {
    case MESSAGE_REPORT:
    case MESSAGE_STRANGER:
        (void)snprintf(m->text, size, soak_random(soak, 2) ? "BUMIL %d K4 %d" : "ibu hamil %d k4=%d", n, k);
        return;
    case MESSAGE_WRONG:
        (void)snprintf(m->text, size, "BUMIL %d K4 %d", n, n + 1 + soak_random(soak, 5));
        return;
    case MESSAGE_UNKNOWN_KEY:
        (void)snprintf(m->text, size, "BUMIL %d K4 %d xyz %d", n, k, soak_random(soak, 50));
        return;
    case MESSAGE_LONG:
        (void)snprintf(m->text, size,
                       "Assalamualaikum bu, ini laporan dari posyandu kami untuk bulan ini, mohon dicatat ya bu. "
                       "IBU HAMIL %d K4 %d. semua kader hadir dan semua ibu sehat, sekian laporan kami dari desa, "
                       "wassalam, terima kasih banyak atas bantuan ibu bidan dan bapak kepala desa di kegiatan "
                       "posyandu tadi pagi",
                       n, k);
        return;
    case MESSAGE_TORN:
        (void)snprintf(m->text, size, "IBU HAMIL %d K4 %d dan anak", n, k);
        return;
    case MESSAGE_UNICODE:
        (void)snprintf(m->text, size, "\xf0\x9f\x91\x8d BUMIL %d K4 %d \xe2\x80\x9c\xc4\x81\xe2\x80\x9d", n, k);
        return;
    case MESSAGE_JUNK:
        (void)snprintf(m->text, size, "besok rapat di balai desa ya bu, yang datang sekitar %d orang", n);
        return;
    case MESSAGE_COMMAND:
        (void)snprintf(m->text, size, soak->commands_of[who] ? "BANTUAN" : "CEK");
        return;
    case MESSAGE_CHAT:
        (void)snprintf(m->text, size, "terima kasih bu");
        return;
    case MESSAGE_CARRIER:
        (void)snprintf(m->text, size, "Paket internet hemat %d hari", n);
        return;
    case MESSAGE_FLASH:
        (void)snprintf(m->text, size, "BUMIL %d K4 %d", n, k);
        return;
    case MESSAGE_BINARY:
        (void)snprintf(m->text, size, "06%04X%04X", (unsigned)n, (unsigned)k);
        return;
    case MESSAGE_BROKEN:
        /* SMS-DELIVER from +6281230007777; its user data says 20 septets and has 5 octets, by which it is found again.
         */
        (void)snprintf(m->text, size,
                       "040D91261832007077F7000062112231304182"
                       "14"
                       "C0%08X",
                       (unsigned)n);
        return;
    case MESSAGE_KINDS:
        return;
    }
}

static const char *options_of(enum message_kind kind)
{
    return kind == MESSAGE_FLASH    ? "class=0 "
           : kind == MESSAGE_BINARY ? "dcs=8bit port=2948 "
           : kind == MESSAGE_TORN   ? "ref=7 total=9 seq=1 "
                                    : "";
}

/* Index into last_sent_ms; fills the sender. */
static int sender_choose(struct soak *soak, struct message *m)
{
    int who = soak_random(soak, CONTACTS);
    if (m->kind == MESSAGE_STRANGER) {
        who = soak_random(soak, STRANGERS);
        (void)snprintf(m->sender, sizeof m->sender, "+628123000%04d", 5000 + who);
        return CONTACTS + who;
    }
    if (m->kind == MESSAGE_CARRIER) {
        who = soak_random(soak, 2);
        (void)snprintf(m->sender, sizeof m->sender, "%s", who ? "8888" : "TELKOMSEL");
        return CONTACTS + STRANGERS + who;
    }
    (void)snprintf(m->sender, sizeof m->sender, "+628123000%04d", 1000 + who);
    return who;
}

static void part_give(struct soak *soak, int index, int seq)
{
    struct message *m = &soak->messages[index];
    char at[21];
    const char *text = m->text + (size_t)(seq - 1) * PART_CHARACTERS;
    time_format(m->sent_ms, at);
    if (!rig_order(&soak->modems[m->modem], NULL, "sms %s at=%s ref=%d total=%d seq=%d %.*s", m->sender, at,
                   index % 256, m->parts, seq, PART_CHARACTERS, text))
        soak_die("the modem refused a part of \"%s\"", m->text);
    m->given_ms = soak_wall();
}

static void long_begin(struct soak *soak, int index)
{
    struct message *m = &soak->messages[index];
    size_t characters = strlen(m->text);
    m->parts = (int)((characters + PART_CHARACTERS - 1) / PART_CHARACTERS);
    for (int seq = 1; seq <= m->parts; seq++)
        for (int i = 0; i < PARTS_WAITING; i++)
            if (!soak->waiting[i].used) {
                soak->waiting[i] = (struct part_waiting){true, index, seq};
                break;
            }
}

static bool waiting_give(struct soak *soak)
{
    int used[PARTS_WAITING], n = 0;
    for (int i = 0; i < PARTS_WAITING; i++)
        if (soak->waiting[i].used)
            used[n++] = i;
    if (n == 0)
        return false;
    struct part_waiting *part = &soak->waiting[used[soak_random(soak, n)]];
    part->used = false;
    part_give(soak, part->message, part->seq);
    return true;
}

bool feed_waits(const struct soak *soak)
{
    for (int i = 0; i < PARTS_WAITING; i++)
        if (soak->waiting[i].used)
            return true;
    return false;
}

static void whole_give(struct soak *soak, struct message *m)
{
    char at[21];
    time_format(m->sent_ms, at);
    int times = soak_random(soak, 40) == 0 ? 2 : 1; /* the network lost the acknowledgement and gives it again */
    if (m->kind == MESSAGE_BROKEN) {
        if (!rig_order(&soak->modems[m->modem], NULL, "pdu %s", m->text))
            soak_die("the modem refused %s", m->text);
        return;
    }
    soak->n_repeats += times - 1;
    for (int i = 0; i < times; i++)
        if (!rig_order(&soak->modems[m->modem], NULL, "sms %s at=%s %s%s", m->sender, at, options_of(m->kind), m->text))
            soak_die("the modem refused \"%s\"", m->text);
    m->given_ms = soak_wall();
}

/* A message of that kind from a sender of that number, not yet given. */
static struct message *message_new(struct soak *soak, enum message_kind kind, int modem)
{
    struct message *m = &soak->messages[soak->n_messages++];
    m->kind = kind;
    m->serial = soak->next_serial++;
    m->parts = 1;
    m->modem = modem;
    return m;
}

static void stamp(struct soak *soak, struct message *m, int who)
{
    int64_t sent_ms = soak_wall() / MS_SECOND * MS_SECOND;
    if (sent_ms <= soak->last_sent_ms[who])
        sent_ms = soak->last_sent_ms[who] + MS_SECOND;
    m->sent_ms = soak->last_sent_ms[who] = sent_ms;
}

void feed_report(struct soak *soak, int who, int modem)
{
    struct message *m = message_new(soak, MESSAGE_REPORT, modem);
    (void)snprintf(m->sender, sizeof m->sender, "+628123000%04d", 1000 + who);
    text_make(soak, m, who);
    stamp(soak, m, who);
    whole_give(soak, m);
}

static void message_make(struct soak *soak)
{
    if (soak->n_messages == MESSAGES_MAX || soak->next_serial == SERIAL_MAX)
        return;
    int index = soak->n_messages;
    enum message_kind kind = kind_choose(soak);
    struct message *m = message_new(soak, kind, soak_random(soak, MODEMS));
    int who = sender_choose(soak, m);
    if (m->kind == MESSAGE_COMMAND && soak->commands_of[who] == COMMANDS_EACH)
        m->kind = MESSAGE_REPORT;
    text_make(soak, m, who);
    if (m->kind == MESSAGE_COMMAND)
        soak->commands_of[who]++;
    stamp(soak, m, who);
    if (m->kind == MESSAGE_LONG)
        long_begin(soak, index);
    else
        whole_give(soak, m);
}

void feed(struct soak *soak)
{
    int free_places = 0;
    for (int i = 0; i < PARTS_WAITING; i++)
        free_places += !soak->waiting[i].used;
    if (feed_waits(soak) && (free_places < 8 || soak_random(soak, 2)))
        (void)waiting_give(soak);
    message_make(soak);
    if (soak_random(soak, 3) == 0)
        (void)waiting_give(soak);
}
