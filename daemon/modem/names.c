/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "modem/supervise.h"

const char *modem_state_to_string(enum modem_state state)
{
    switch (state) {
    case MODEM_STOPPED:
        return "stopped";
    case MODEM_STARTING:
        return "starting";
    case MODEM_IDLE:
        return "idle";
    case MODEM_BUSY:
        return "busy";
    case MODEM_DYING:
        return "dying";
    case MODEM_BACKOFF:
        return "backoff";
    }
    return "?";
}

const char *mo_kind_to_string(enum mo_kind kind)
{
    switch (kind) {
    case MO_TEXT:
        return "text";
    case MO_FLASH:
        return "flash";
    case MO_BINARY:
        return "binary";
    case MO_MMS:
        return "mms";
    case MO_USSD:
        return "ussd";
    case MO_UNREADABLE:
        return "unreadable";
    case MO_KIND_COUNT:
        break;
    }
    return "?";
}

const char *submit_result_to_string(enum submit_result result)
{
    switch (result) {
    case SUBMIT_OK:
        return "ok";
    case SUBMIT_TRANSIENT:
        return "transient";
    case SUBMIT_PERMANENT:
        return "permanent";
    case SUBMIT_NO_NETWORK:
        return "no-network";
    case SUBMIT_UNKNOWN:
        return "unknown";
    }
    return "?";
}

const char *modem_name(const struct modem *modem)
{
    return modem->name;
}

enum modem_state modem_state(const struct modem *modem)
{
    return modem->state;
}

const char *modem_trouble(const struct modem *modem)
{
    return modem->trouble;
}

bool modem_pin_refused(const struct modem *modem)
{
    return modem->pin_refused;
}

bool modem_keeps_deleted(const struct modem *modem)
{
    return modem->keeps_deleted;
}

bool modem_wants_pin(const struct modem *modem)
{
    return modem->failure == WIRE_FAILURE_PIN;
}
