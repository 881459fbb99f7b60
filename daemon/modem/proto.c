/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "modem/proto.h"

#include <errno.h>
#include <string.h>

#include "parsers/utf8.h"

/*
 * One walk over a message's fields serves both directions, so that they cannot disagree. After the first fault nothing
 * is read or written any more and `fault` says what it was.
 */
struct cursor {
    uint8_t *at;
    const uint8_t *end;
    bool writing;
    const char *fault;
};

static bool room_for(struct cursor *cursor, size_t bytes)
{
    if (cursor->fault)
        return false;
    if ((size_t)(cursor->end - cursor->at) < bytes)
        cursor->fault = "the body is cut off";
    return !cursor->fault;
}

static void walk_bytes(struct cursor *cursor, uint64_t *value, size_t bytes)
{
    if (!room_for(cursor, bytes))
        return;
    if (!cursor->writing)
        *value = 0;
    for (size_t i = 0; i < bytes; i++) {
        if (cursor->writing)
            cursor->at[i] = (uint8_t)(*value >> (8 * i));
        else
            *value |= (uint64_t)cursor->at[i] << (8 * i);
    }
    cursor->at += bytes;
}

static void walk_i64(struct cursor *cursor, int64_t *value)
{
    uint64_t raw = (uint64_t)*value;
    walk_bytes(cursor, &raw, 8);
    *value = (int64_t)raw;
}

static void walk_i32(struct cursor *cursor, int32_t *value, int32_t min, int32_t max)
{
    uint64_t raw = (uint32_t)*value;
    walk_bytes(cursor, &raw, 4);
    if (cursor->fault)
        return;
    int32_t read = (int32_t)(uint32_t)raw;
    if (read < min || read > max)
        cursor->fault = "a number is out of range";
    else
        *value = read;
}

static void walk_time(struct cursor *cursor, int64_t *ms)
{
    int64_t value = *ms;
    walk_i64(cursor, &value);
    if (!cursor->fault && (value < 0 || value >= WIRE_TIME_END))
        cursor->fault = "a time is out of range";
    else if (!cursor->fault)
        *ms = value;
}

/* An enum or a bool: one byte below count. */
static int walk_choice(struct cursor *cursor, int value, int count)
{
    uint64_t raw = (uint64_t)value;
    walk_bytes(cursor, &raw, 1);
    if (!cursor->fault && raw >= (uint64_t)count)
        cursor->fault = "a choice is out of range";
    return cursor->fault ? 0 : (int)raw;
}

static void walk_bool(struct cursor *cursor, bool *value)
{
    *value = walk_choice(cursor, *value, 2) != 0;
}

static void write_text(struct cursor *cursor, const char *text, size_t size)
{
    uint8_t *length = cursor->at;
    if (!room_for(cursor, 2 + size))
        return;
    char *to = (char *)cursor->at + 2;
    size_t len = 0;
    struct view rest = {text, strnlen(text, size)};
    while (rest.len > 0) {
        uint32_t c;
        size_t step = utf8_decode(rest, &c);
        char bytes[4];
        size_t n = utf8_encode(c == UTF8_INVALID ? 0xfffd : c, bytes);
        if (len + n >= size)
            break;
        memcpy(to + len, bytes, n);
        len += n;
        rest = (struct view){rest.at + step, rest.len - step};
    }
    length[0] = (uint8_t)len;
    length[1] = (uint8_t)(len >> 8);
    cursor->at += 2 + len;
}

static bool is_text(struct view text)
{
    while (text.len > 0) {
        uint32_t c;
        size_t step = utf8_decode(text, &c);
        if (c == UTF8_INVALID || c == 0)
            return false;
        text = (struct view){text.at + step, text.len - step};
    }
    return true;
}

static void read_text(struct cursor *cursor, char *text, size_t size)
{
    uint64_t len = 0;
    walk_bytes(cursor, &len, 2);
    if (!room_for(cursor, (size_t)len))
        return;
    struct view view = {(const char *)cursor->at, (size_t)len};
    if (len >= size) {
        cursor->fault = "a text is too long";
    } else if (!is_text(view)) {
        cursor->fault = "a text is not UTF-8";
    } else {
        memcpy(text, view.at, view.len);
        text[view.len] = '\0';
        cursor->at += view.len;
    }
}

static void walk_text(struct cursor *cursor, char *text, size_t size)
{
    if (cursor->writing)
        write_text(cursor, text, size);
    else
        read_text(cursor, text, size);
}

static void walk_place(struct cursor *cursor, struct mo_place *place)
{
    walk_i32(cursor, &place->folder, INT32_MIN, INT32_MAX);
    walk_i32(cursor, &place->location, 0, INT32_MAX);
}

static void walk_concat(struct cursor *cursor, int32_t *ref, int32_t *total, int32_t *seq)
{
    walk_i32(cursor, ref, -1, 65535);
    walk_i32(cursor, total, 1, 255);
    walk_i32(cursor, seq, 1, cursor->fault ? 255 : *total);
}

static void walk_init(struct cursor *cursor, struct wire_init *init)
{
    walk_text(cursor, init->connection, sizeof init->connection);
    walk_text(cursor, init->device, sizeof init->device);
    walk_text(cursor, init->model, sizeof init->model);
    walk_text(cursor, init->pin, sizeof init->pin);
    init->reset = (enum wire_reset)walk_choice(cursor, (int)init->reset, WIRE_RESET_COUNT);
    walk_i32(cursor, &init->silence_ms, 1, MS_HOUR);
    walk_text(cursor, init->smsc, sizeof init->smsc);
    walk_text(cursor, init->commands, sizeof init->commands);
    walk_bool(cursor, &init->delete_sent);
}

static void walk_delete(struct cursor *cursor, struct wire_message *message)
{
    walk_i32(cursor, &message->delete.n, 1, WIRE_DELETE_MAX);
    for (int32_t i = 0; !cursor->fault && i < message->delete.n; i++)
        walk_place(cursor, &message->delete.places[i]);
}

static void walk_submit(struct cursor *cursor, struct mt_submit *submit)
{
    walk_i64(cursor, &submit->part_id);
    walk_text(cursor, submit->recipient, sizeof submit->recipient);
    walk_text(cursor, submit->text, sizeof submit->text);
    walk_bool(cursor, &submit->unicode);
    walk_concat(cursor, &submit->concat_ref, &submit->concat_total, &submit->concat_seq);
    walk_i32(cursor, &submit->validity_minutes, 0, INT32_MAX);
    walk_bool(cursor, &submit->want_report);
}

static void walk_ready(struct cursor *cursor, struct wire_message *message)
{
    struct modem_identity *identity = &message->ready.identity;
    walk_text(cursor, identity->imei, sizeof identity->imei);
    walk_text(cursor, identity->imsi, sizeof identity->imsi);
    walk_text(cursor, identity->manufacturer, sizeof identity->manufacturer);
    walk_text(cursor, identity->model, sizeof identity->model);
    walk_text(cursor, identity->firmware, sizeof identity->firmware);
    walk_text(cursor, identity->smsc, sizeof identity->smsc);
    walk_i32(cursor, &identity->sim_used, -1, INT32_MAX);
    walk_i32(cursor, &identity->sim_size, -1, INT32_MAX);
    walk_bool(cursor, &message->ready.tells);
    walk_i32(cursor, &message->ready.walls, 0, WIRE_WALLS);
}

static void walk_network(struct cursor *cursor, struct modem_network *network)
{
    walk_bool(cursor, &network->registered);
    walk_bool(cursor, &network->roaming);
    walk_i32(cursor, &network->signal_percent, -1, 100);
    walk_text(cursor, network->operator_code, sizeof network->operator_code);
    walk_text(cursor, network->operator_name, sizeof network->operator_name);
    walk_i32(cursor, &network->sim_used, -1, INT32_MAX);
    walk_i32(cursor, &network->sim_size, -1, INT32_MAX);
}

static void walk_mo(struct cursor *cursor, struct mo_part *part)
{
    part->kind = (enum mo_kind)walk_choice(cursor, (int)part->kind, MO_KIND_COUNT);
    walk_place(cursor, &part->place);
    walk_text(cursor, part->sender, sizeof part->sender);
    walk_text(cursor, part->smsc, sizeof part->smsc);
    walk_time(cursor, &part->sent_ms);
    walk_concat(cursor, &part->concat_ref, &part->concat_total, &part->concat_seq);
    walk_text(cursor, part->text, sizeof part->text);
    walk_text(cursor, part->raw, sizeof part->raw);
    if (!cursor->fault && part->raw[strspn(part->raw, "0123456789ABCDEF")] != '\0')
        cursor->fault = "raw user data is not hexadecimal";
}

static void walk_report(struct cursor *cursor, struct mt_report *report)
{
    walk_place(cursor, &report->place);
    walk_text(cursor, report->recipient, sizeof report->recipient);
    walk_i32(cursor, &report->tp_mr, 0, 255);
    walk_i32(cursor, &report->tp_st, -1, 255);
    report->result = (enum report_result)walk_choice(cursor, (int)report->result, REPORT_FAILED + 1);
    walk_time(cursor, &report->sent_ms);
    walk_time(cursor, &report->discharged_ms);
}

static void walk_submitted(struct cursor *cursor, struct wire_message *message)
{
    walk_i64(cursor, &message->submitted.part_id);
    message->submitted.result =
        (enum submit_result)walk_choice(cursor, (int)message->submitted.result, SUBMIT_UNKNOWN + 1);
    walk_i32(cursor, &message->submitted.cause, -1, INT32_MAX);
    walk_i32(cursor, &message->submitted.tp_mr, -1, 255);
}

static void walk_failed(struct cursor *cursor, struct wire_message *message)
{
    message->failed.failure = (enum wire_failure)walk_choice(cursor, (int)message->failed.failure, WIRE_FAILURE_COUNT);
    walk_text(cursor, message->failed.why, sizeof message->failed.why);
}

static void walk_body(struct cursor *cursor, struct wire_message *message)
{
    switch (message->type) {
    case WIRE_INIT:
        walk_init(cursor, &message->init);
        break;
    case WIRE_LIST:
        walk_bool(cursor, &message->list.from_start);
        walk_i32(cursor, &message->list.max, 1, MO_BATCH);
        break;
    case WIRE_DELETE:
        walk_delete(cursor, message);
        break;
    case WIRE_SUBMIT:
        walk_submit(cursor, &message->submit);
        break;
    case WIRE_USSD:
        walk_text(cursor, message->ussd.code, sizeof message->ussd.code);
        break;
    case WIRE_READY:
        walk_ready(cursor, message);
        break;
    case WIRE_NETWORK:
        walk_network(cursor, &message->network);
        break;
    case WIRE_MO:
        walk_mo(cursor, &message->mo);
        break;
    case WIRE_REPORT:
        walk_report(cursor, &message->report);
        break;
    case WIRE_LISTED:
        walk_bool(cursor, &message->listed.more);
        break;
    case WIRE_DELETED:
        walk_i32(cursor, &message->deleted.n_failed, 0, WIRE_DELETE_MAX);
        walk_text(cursor, message->deleted.why, sizeof message->deleted.why);
        break;
    case WIRE_SUBMITTED:
        walk_submitted(cursor, message);
        break;
    case WIRE_FAILED:
        walk_failed(cursor, message);
        break;
    case WIRE_USSD_TEXT:
        walk_text(cursor, message->ussd_text.text, sizeof message->ussd_text.text);
        break;
    case WIRE_LOG:
        walk_text(cursor, message->log.text, sizeof message->log.text);
        break;
    case WIRE_STATUS:
    case WIRE_GO:
    case WIRE_LEAVING:
    case WIRE_DIALLED:
    case WIRE_NEW:
    case WIRE_ALIVE:
    case WIRE_TYPE_COUNT:
        break;
    }
}

enum { HEADER_BYTES = 12 };

size_t wire_encode(const struct wire_message *message, uint8_t ret_bytes[WIRE_MAX])
{
    struct wire_message copy = *message;
    struct cursor cursor = {ret_bytes + HEADER_BYTES, ret_bytes + WIRE_MAX, true, NULL};
    walk_body(&cursor, &copy);
    if (cursor.fault)
        return 0;
    uint64_t version = WIRE_VERSION, type = (uint64_t)message->type, id = message->id;
    uint64_t length = (uint64_t)(cursor.at - ret_bytes - HEADER_BYTES), reserved = 0;
    struct cursor header = {ret_bytes, ret_bytes + HEADER_BYTES, true, NULL};
    walk_bytes(&header, &version, 1);
    walk_bytes(&header, &type, 1);
    walk_bytes(&header, &reserved, 2);
    walk_bytes(&header, &id, 4);
    walk_bytes(&header, &length, 4);
    return (size_t)(cursor.at - ret_bytes);
}

static bool may_send(enum wire_side side, enum wire_type type)
{
    return (type <= WIRE_GO) == (side == WIRE_PARENT);
}

int wire_decode(const uint8_t *bytes, size_t len, enum wire_side from, struct wire_message *ret_message,
                struct error *error)
{
    uint64_t version = 0, type = 0, reserved = 0, id = 0, length = 0;
    /* The cursor of the two directions is one; reading never writes through it. */
    struct cursor cursor = {(uint8_t *)bytes, bytes + len, false, NULL};
    walk_bytes(&cursor, &version, 1);
    walk_bytes(&cursor, &type, 1);
    walk_bytes(&cursor, &reserved, 2);
    walk_bytes(&cursor, &id, 4);
    walk_bytes(&cursor, &length, 4);
    if (cursor.fault)
        return error_set(error, -EPROTO, "a message of %zu bytes has no complete header", len);
    if (version != WIRE_VERSION)
        return error_set(error, -EPROTO, "version %u of the protocol, not %d", (unsigned)version, WIRE_VERSION);
    if (type >= WIRE_TYPE_COUNT || !may_send(from, (enum wire_type)type))
        return error_set(error, -EPROTO, "a message of type %u was not expected", (unsigned)type);
    if (reserved != 0 || length != len - HEADER_BYTES)
        return error_set(error, -EPROTO, "the header of a %s does not fit its %zu bytes",
                         wire_type_to_string((enum wire_type)type), len);
    memset(ret_message, 0, sizeof *ret_message);
    ret_message->type = (enum wire_type)type;
    ret_message->id = (uint32_t)id;
    walk_body(&cursor, ret_message);
    if (!cursor.fault && cursor.at != cursor.end)
        cursor.fault = "bytes after the body";
    if (cursor.fault)
        return error_set(error, -EPROTO, "a %s: %s", wire_type_to_string(ret_message->type), cursor.fault);
    return 0;
}

const char *wire_type_to_string(enum wire_type type)
{
    static const char *const names[WIRE_TYPE_COUNT] = {
        [WIRE_INIT] = "init",
        [WIRE_STATUS] = "status",
        [WIRE_LIST] = "list",
        [WIRE_DELETE] = "delete",
        [WIRE_SUBMIT] = "submit",
        [WIRE_USSD] = "ussd",
        [WIRE_GO] = "go",
        [WIRE_READY] = "ready",
        [WIRE_NETWORK] = "network",
        [WIRE_MO] = "mo",
        [WIRE_REPORT] = "report",
        [WIRE_LISTED] = "listed",
        [WIRE_DELETED] = "deleted",
        [WIRE_LEAVING] = "leaving",
        [WIRE_SUBMITTED] = "submitted",
        [WIRE_DIALLED] = "dialled",
        [WIRE_FAILED] = "failed",
        [WIRE_NEW] = "new",
        [WIRE_USSD_TEXT] = "ussd-text",
        [WIRE_LOG] = "log",
        [WIRE_ALIVE] = "alive",
    };
    return type < WIRE_TYPE_COUNT ? names[type] : "?";
}
