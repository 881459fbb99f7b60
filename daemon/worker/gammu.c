/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "modem/sieve.h"
#include "worker/gammu_phone.h"

/*
 * Direct delivery (+CMT) is not used: libGammu takes such a message without ever sending AT+CNMA, so the network would
 * be told that it arrived before anything is committed. With <mt> = 1 the modem stores it and tells where (+CMTI), and
 * it is deleted after the commit. A modem that can only route has its notifications switched off and is polled.
 */
enum { CNMI_AUTO = -1, CNMI_MT_STORED = 1 }; /* TS 27.005 3.4.1 */
enum {
    REPLIES = 1,     /* one try a command: two would enter a PIN twice, and double each wait */
    RESET_MS = 4000, /* until a modem answers again */
    SIM_TRIES = 10,  /* a SIM needs seconds after its PIN */
    SIM_WAIT_MS = 500,
    REOPEN_TRIES = 4, /* of a device that was open just before */
    REOPEN_WAIT_MS = 250,
    NUMBER_DIGITS_MIN = 6, /* of an IMEI, an IMSI */
};

struct phone phone = {.fd = -1};

void phone_log(const char *format, ...)
{
    struct wire_message message = {.type = WIRE_LOG};
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(message.log.text, sizeof message.log.text, format, arguments);
    va_end(arguments);
    phone.tell(&message);
}

bool phone_is_gone(GSM_Error error)
{
    return error == ERR_DEVICEOPENERROR || error == ERR_DEVICENOTEXIST || error == ERR_DEVICENOTWORK ||
           error == ERR_DEVICEWRITEERROR || error == ERR_DEVICEREADERROR || error == ERR_NOTCONNECTED;
}

static bool failed(struct wire_message *answer, enum wire_failure failure, const char *what, const char *why)
{
    memset(answer, 0, sizeof *answer);
    answer->type = WIRE_FAILED;
    answer->failed.failure = failure;
    (void)snprintf(answer->failed.why, sizeof answer->failed.why, "%s: %s", what, why);
    return false;
}

bool phone_failed(struct wire_message *answer, GSM_Error error, const char *what)
{
    enum wire_failure failure = WIRE_FAILURE_OTHER;
    if (phone_is_gone(error))
        failure = WIRE_FAILURE_ABSENT;
    else if (error == ERR_TIMEOUT)
        failure = WIRE_FAILURE_SILENT;
    return failed(answer, failure, what, GSM_ErrorString(error));
}

/* A number of the modem or the SIM; "" where what it says is none. */
static void put_number(char *to, size_t size, const char *value, const char *what)
{
    size_t len = strspn(value, "0123456789");
    bool is_number = len >= NUMBER_DIGITS_MIN && len < size && value[len] == '\0';
    if (!is_number)
        phone_log("%s: what the modem gives as its %s is not one: %.32s", phone.device, what, value);
    (void)snprintf(to, size, "%s", is_number ? value : "");
}

/* Where its line was left out, libGammu takes the end of the answer for it. */
static void put_name(char *to, size_t size, const char *value)
{
    (void)snprintf(to, size, "%s", strcmp(value, "OK") == 0 ? "" : value);
}

static bool is_none(GSM_Error error)
{
    return error == ERR_NONE;
}

static void sleep_ms(int ms)
{
    (void)poll(NULL, 0, ms);
}

/*
 * libGammu writes slowly, with a rest after each command, until it knows that the modem is none of the one kind
 * (Siemens M20) that needs it; "dku2at" is its "at115200" without that, on the same serial line. Opening takes a second
 * instead of four.
 */
static char *connection_of(const struct wire_init *init)
{
    static const char *const same[] = {"at115200", "at"};
    char fast[sizeof init->connection + 8];
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        size_t len = strlen(same[i]);
        const char *rest = init->connection + len;
        if (strncasecmp(init->connection, same[i], len) != 0 || (*rest && *rest != '-') || init->model[0])
            continue;
        (void)snprintf(fast, sizeof fast, "dku2at%s", rest);
        return strdup(fast);
    }
    return strdup(init->connection);
}

/* The configuration that gammurc(5) would hold, without the file. */
static bool configure(const struct wire_init *init)
{
    GSM_Config *config = GSM_GetConfig(phone.machine, 0);
    config->Device = strdup(init->device);
    config->Connection = connection_of(init);
    config->DebugFile = strdup("");
    if (!config->Device || !config->Connection || !config->DebugFile)
        return false;
    (void)snprintf(config->Model, sizeof config->Model, "%s", init->model);
    /* The dummy's journal says nothing that we need. */
    (void)snprintf(config->DebugLevel, sizeof config->DebugLevel, "%s", phone.dummy ? "nothing" : "textall");
    config->SyncTime = FALSE;
    config->LockDevice = FALSE; /* names collide (pts/0 and ttyS/0), and a killed worker leaves the file behind */
    config->StartInfo = FALSE;
    config->UseGlobalDebugFile = FALSE;
    for (size_t i = 0; i < sizeof config->CNMIParams / sizeof *config->CNMIParams; i++)
        config->CNMIParams[i] = CNMI_AUTO;
    config->CNMIParams[1] = CNMI_MT_STORED;
    GSM_SetConfigNum(phone.machine, 1);
    return true;
}

static bool connect(struct wire_message *answer)
{
    phone_read_begin();
    GSM_Error error = GSM_InitConnection_Log(phone.machine, REPLIES, phone_journal, NULL);
    if (error != ERR_NONE)
        return phone_failed(answer, error, phone.device);
    /* Before anything else: libGammu calls it without looking whether it is there. */
    GSM_SetSendSMSStatusCallback(phone.machine, phone_on_sent, NULL);
    return true;
}

/* The soft step of the escalation. What a reset does to the connection differs: it is opened anew in any case. */
static bool reset(struct wire_message *answer)
{
    GSM_Error error = GSM_Reset(phone.machine, FALSE);
    phone_log("reset of %s: %s", phone.device, GSM_ErrorString(error));
    (void)GSM_TerminateConnection(phone.machine);
    sleep_ms(RESET_MS);
    return connect(answer);
}

static bool enter_pin(const char *pin, struct wire_message *answer)
{
    /* A SIM that tells its IMSI is open; libGammu's question for the PIN waits up to a second for an answer's end. */
    char imsi[SIEVE_LINE_MAX + 1] = "";
    if (is_none(GSM_GetSIMIMSI(phone.machine, imsi)))
        return true;
    GSM_SecurityCodeType wanted = SEC_None;
    GSM_Error error = GSM_GetSecurityStatus(phone.machine, &wanted);
    if (error != ERR_NONE || wanted == SEC_None)
        return true;
    if (wanted != SEC_Pin)
        return failed(answer, WIRE_FAILURE_PIN, phone.device,
                      "the SIM does not want its PIN but another code; put it into a phone and unlock it");
    if (!pin[0])
        return failed(answer, WIRE_FAILURE_PIN, phone.device,
                      "the SIM needs a PIN: write the right one into kabard.conf, then restart kabard");
    GSM_SecurityCode code = {.Type = SEC_Pin};
    (void)snprintf(code.Code, sizeof code.Code, "%s", pin);
    error = GSM_EnterSecurityCode(phone.machine, &code);
    if (error == ERR_NONE)
        return true;
    return failed(
        answer, WIRE_FAILURE_PIN, phone.device,
        "the SIM refused the PIN; it is not tried again: write the right one into kabard.conf, then restart kabard");
}

static void ask_identity(struct modem_identity *identity)
{
    char value[SIEVE_LINE_MAX + 1] = "";
    if (is_none(GSM_GetIMEI(phone.machine, value)))
        put_number(identity->imei, sizeof identity->imei, value, "IMEI");
    if (is_none(GSM_GetManufacturer(phone.machine, value)))
        put_name(identity->manufacturer, sizeof identity->manufacturer, value);
    if (is_none(GSM_GetModel(phone.machine, value)))
        put_name(identity->model, sizeof identity->model, value);
    if (is_none(GSM_GetFirmware(phone.machine, value, NULL, NULL)))
        (void)snprintf(identity->firmware, sizeof identity->firmware, "%s", value);
    GSM_Error error = ERR_BUSY;
    for (int i = 0; i < SIM_TRIES && error != ERR_NONE && error != ERR_NOTSUPPORTED && error != ERR_NOSIM; i++) {
        if (i > 0)
            sleep_ms(SIM_WAIT_MS);
        error = GSM_GetSIMIMSI(phone.machine, value);
    }
    if (is_none(error))
        put_number(identity->imsi, sizeof identity->imsi, value, "IMSI");
    else
        phone_log("%s: the SIM does not answer: %s", phone.device, GSM_ErrorString(error));
}

bool phone_ask_smsc(void)
{
    memset(&phone.smsc, 0, sizeof phone.smsc);
    phone.smsc.Location = 1;
    if (phone.given_smsc[0]) {
        DecodeUTF8(phone.smsc.Number, phone.given_smsc, strlen(phone.given_smsc));
        return true;
    }
    if (is_none(GSM_GetSMSC(phone.machine, &phone.smsc)))
        return true;
    memset(&phone.smsc, 0, sizeof phone.smsc);
    return false;
}

static void ask_storage(int32_t *ret_used, int32_t *ret_size)
{
    GSM_SMSMemoryStatus status = {0};
    /* The dummy would try to open 50,000 files for it. */
    bool known = !phone.dummy && is_none(GSM_GetSMSStatus(phone.machine, &status)) && status.SIMSize > 0;
    *ret_used = known ? status.SIMUsed : -1;
    *ret_size = known ? status.SIMSize : -1;
}

/* The dummy's; a modem's is read from the port (gammu_read.c). */
static void on_ussd(GSM_StateMachine *machine, GSM_USSDMessage *ussd, void *data)
{
    (void)machine;
    (void)data;
    static struct wire_message message;
    message.type = WIRE_USSD_TEXT;
    phone_text(ussd->Text, message.ussd_text.text, sizeof message.ussd_text.text);
    phone.tell(&message);
}

/* With mt 2 or 3 a modem hands messages over without storing them, 3GPP TS 27.005 3.4.1. With 0 it stores them without
 * a word, and goes on telling of reports. Returns whether it had to be told so. */
static bool unroute(void)
{
    char command[sizeof phone.cnmi + 16], *comma = strchr(phone.cnmi, ',');
    if (!comma || (comma[1] != '2' && comma[1] != '3'))
        return false;
    comma[1] = '0';
    (void)snprintf(command, sizeof command, "AT+CNMI=%s\r", phone.cnmi);
    if (!phone_raw_say(command))
        (void)GSM_SetIncomingSMS(phone.machine, FALSE);
    return true;
}

/* Returns whether the modem tells of new messages by itself. */
static bool ask_to_be_told(void)
{
    GSM_SetIncomingUSSDCallback(phone.machine, on_ussd, NULL);
    (void)GSM_SetIncomingUSSD(phone.machine, TRUE);
    if (phone.dummy) {
        phone.fd = phone_dummy_watch();
        return phone.fd >= 0;
    }
    phone.fd = phone_raw_fd();
    phone.cnmi[0] = '\0';
    GSM_SetIncomingSMSCallback(phone.machine, phone_on_sms, NULL);
    return is_none(GSM_SetIncomingSMS(phone.machine, TRUE)) && !unroute();
}

bool phone_reopen(void)
{
    static struct wire_message trouble;
    phone.shared = false;
    for (int i = 0; i < REOPEN_TRIES; i++) {
        (void)GSM_TerminateConnection(phone.machine);
        if (connect(&trouble)) {
            (void)ask_to_be_told();
            return true;
        }
        sleep_ms(REOPEN_WAIT_MS);
    }
    phone_log("%s", trouble.failed.why);
    return false;
}

bool phone_prepare(const struct wire_init *init)
{
    bool is_dummy = strcasecmp(init->connection, "none") == 0;
    /* libGammu makes all that is in the dummy's folder, but not the folder itself. */
    if (is_dummy)
        (void)mkdir(init->device, 0755);
    return is_dummy;
}

void phone_open(const struct wire_message *request, phone_tell *tell, struct wire_message *ret_answer)
{
    const struct wire_init *init = &request->init;
    phone.tell = tell;
    phone.dummy = strcasecmp(init->connection, "none") == 0;
    memcpy(phone.device, init->device, sizeof phone.device);
    memcpy(phone.given_smsc, init->smsc, sizeof phone.given_smsc);
    phone.delete_sent = init->delete_sent;
    phone.machine = GSM_AllocStateMachine();
    if (!phone.machine || !configure(init)) {
        (void)failed(ret_answer, WIRE_FAILURE_OTHER, phone.device, "out of memory");
        return;
    }
    /* libGammu's own hard reset is not there for AT modems, and its soft one needs a modem that answers. */
    if (init->reset == WIRE_RESET_HARD && !phone.dummy)
        phone_raw_restart(RESET_MS);
    if (!phone.dummy)
        phone_raw_commands(init);
    bool open = connect(ret_answer);
    if (open && init->reset == WIRE_RESET_SOFT)
        open = reset(ret_answer);
    /* A stick that plugs itself in again with its reset is another device, which this worker may not open. */
    if (!open && init->reset != WIRE_RESET_NONE && ret_answer->failed.failure == WIRE_FAILURE_OTHER)
        ret_answer->failed.failure = WIRE_FAILURE_ABSENT;
    if (!open || !enter_pin(init->pin, ret_answer)) {
        phone_close();
        return;
    }
    ret_answer->type = WIRE_READY;
    ask_identity(&ret_answer->ready.identity);
    if (!phone_ask_smsc())
        phone_log("%s: no SMSC number in the SIM: nothing can be sent; the setting smsc of the modem gives one",
                  phone.device);
    phone_text(phone.smsc.Number, ret_answer->ready.identity.smsc, sizeof ret_answer->ready.identity.smsc);
    ask_storage(&ret_answer->ready.identity.sim_used, &ret_answer->ready.identity.sim_size);
    ret_answer->ready.tells = ask_to_be_told();
}

int phone_fd(void)
{
    return phone.fd;
}

bool phone_read(void)
{
    if (phone.dummy) {
        phone_dummy_read();
        return true;
    }
    struct pollfd fd = {.fd = phone.fd, .events = POLLIN};
    if (phone.fd >= 0 && poll(&fd, 1, 0) > 0 && (fd.revents & (POLLHUP | POLLERR | POLLNVAL)))
        return false;
    return GSM_ReadDevice(phone.machine, FALSE) >= 0;
}

void phone_status(struct wire_message *ret_answer)
{
    struct modem_network *network = &ret_answer->network;
    ret_answer->type = WIRE_NETWORK;
    network->signal_percent = -1;
    GSM_NetworkInfo info = {0};
    GSM_Error error = GSM_GetNetworkInfo(phone.machine, &info);
    if (is_none(error)) {
        network->registered = info.State == GSM_HomeNetwork || info.State == GSM_RoamingNetwork;
        network->roaming = info.State == GSM_RoamingNetwork;
        (void)snprintf(network->operator_code, sizeof network->operator_code, "%s", info.NetworkCode);
        phone_text(info.NetworkName, network->operator_name, sizeof network->operator_name);
    } else if (error == ERR_TIMEOUT || phone_is_gone(error)) {
        (void)phone_failed(ret_answer, error, "asking for the network");
        return;
    }
    /* libGammu gives up before AT+CREG? where a modem knows nothing of packets (AT+CGREG, AT+CGATT), and knows but two
     * ways of being registered. */
    if (!network->registered && !phone.dummy) {
        enum registration registration = phone_raw_registration();
        network->registered = registration != REGISTRATION_NONE;
        network->roaming = registration == REGISTRATION_ROAMING;
    }
    GSM_SignalQuality quality = {.SignalPercent = -1};
    error = GSM_GetSignalQuality(phone.machine, &quality);
    if (is_none(error) && quality.SignalPercent >= 0 && quality.SignalPercent <= 100)
        network->signal_percent = quality.SignalPercent;
    ask_storage(&network->sim_used, &network->sim_size);
}

void phone_close(void)
{
    if (!phone.machine)
        return;
    if (phone.dummy && phone.fd >= 0)
        close(phone.fd);
    phone.fd = -1;
    (void)GSM_TerminateConnection(phone.machine);
    GSM_FreeStateMachine(phone.machine);
    phone.machine = NULL;
}
