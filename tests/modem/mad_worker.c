/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A worker gone mad: it opens nothing, and does what its device's name says. See test_mad.c. */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "modem/proto.h"

enum { MODE_MAX = 256 };

static uint32_t id; /* of the request in hand */

static void send_bytes(const uint8_t *bytes, size_t len)
{
    if (send(WIRE_FD, bytes, len, MSG_NOSIGNAL) < 0)
        _exit(0);
}

static void tell(struct wire_message message)
{
    uint8_t bytes[WIRE_MAX];
    send_bytes(bytes, wire_encode(&message, bytes));
}

static struct wire_message part_at(int32_t location)
{
    return (struct wire_message){.type = WIRE_MO,
                                 .id = id,
                                 .mo = {.place = {0, location},
                                        .sender = "+6281230000001",
                                        .sent_ms = 1,
                                        .concat_ref = -1,
                                        .concat_total = 1,
                                        .concat_seq = 1,
                                        .text = "BUMIL 12"}};
}

static void flood(struct wire_message message)
{
    for (;;)
        tell(message);
}

static bool answer_list(const char *mode)
{
    struct wire_message part = part_at(1), report = {.type = WIRE_REPORT, .id = id, .report = {.place = {0, 1}}};
    if (strcmp(mode, "endless") == 0)
        for (;; part.mo.place.location++)
            tell(part);
    if (strcmp(mode, "again") == 0)
        flood(part);
    if (strcmp(mode, "reports") == 0)
        flood(report);
    if (strcmp(mode, "more") == 0)
        tell((struct wire_message){.type = WIRE_LISTED, .id = id, .listed = {true}});
    return strcmp(mode, "more") == 0;
}

/* What is to be a message, spoilt. */
static bool tell_spoilt(const char *mode)
{
    uint8_t bytes[2 * WIRE_MAX] = {0};
    struct wire_message part = part_at(1);
    part.id = 0;
    size_t len = wire_encode(&part, bytes);
    if (strcmp(mode, "half") == 0)
        send_bytes(bytes, len / 2);
    else if (strcmp(mode, "long") == 0)
        send_bytes(bytes, sizeof bytes);
    else if (strcmp(mode, "type") == 0 && (bytes[1] = 200))
        send_bytes(bytes, len);
    else if (strcmp(mode, "length") == 0 && (bytes[9] = 0x7f))
        send_bytes(bytes, len);
    else
        return false;
    return true;
}

static bool tell_by_itself(const char *mode)
{
    static const struct {
        const char *mode;
        enum wire_type type;
    } floods[] = {{"new", WIRE_NEW}, {"log", WIRE_LOG}, {"ussd", WIRE_USSD_TEXT}, {"report", WIRE_REPORT}};
    for (size_t i = 0; i < sizeof floods / sizeof *floods; i++)
        if (strcmp(mode, floods[i].mode) == 0)
            flood((struct wire_message){.type = floods[i].type});
    struct wire_message part = part_at(0);
    part.id = 0;
    if (strcmp(mode, "mo") == 0)
        flood(part);
    if (strcmp(mode, "answer") == 0)
        tell((struct wire_message){.type = WIRE_LISTED, .id = id});
    return strcmp(mode, "answer") == 0;
}

static void serve(const struct wire_message *request, char *mode)
{
    id = request->id;
    if (request->type == WIRE_INIT) {
        (void)snprintf(mode, MODE_MAX, "%s", strrchr(request->init.device, '/') + 1);
        if (strcmp(mode, "alive") == 0)
            flood((struct wire_message){.type = WIRE_ALIVE});
        tell((struct wire_message){.type = WIRE_READY, .id = id, .ready = {.walls = WIRE_WALLS}});
        (void)(tell_spoilt(mode) || tell_by_itself(mode));
    } else if (request->type == WIRE_STATUS) {
        tell((struct wire_message){.type = WIRE_NETWORK, .id = id, .network = {.registered = true}});
    } else if (request->type == WIRE_LIST && !answer_list(mode)) {
        tell(part_at(1));
        tell((struct wire_message){.type = WIRE_LISTED, .id = id});
    } else if (request->type == WIRE_DELETE) {
        tell((struct wire_message){.type = WIRE_DELETED, .id = id, .deleted = {.n_failed = WIRE_DELETE_MAX}});
    }
}

int main(void)
{
    static struct wire_message request;
    static char mode[MODE_MAX];
    uint8_t bytes[WIRE_MAX];
    struct error error;
    for (;;) {
        ssize_t len = recv(WIRE_FD, bytes, sizeof bytes, 0);
        if (len <= 0 || wire_decode(bytes, (size_t)len, WIRE_PARENT, &request, &error) < 0)
            return 0;
        serve(&request, mode);
    }
}
