/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_smoke AT-MODEM: the simulated modem as the real libGammu sees it. One connection: who are you, receive, delete,
 * send, a refused send, a status report, and the device torn out.
 */
#include <gammu.h>
#include <locale.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"

enum { PATIENCE_MS = 60000 };

static const char *program;
static char folder[] = "/tmp/at-modem-XXXXXX";
static pid_t modem;
static FILE *orders, *events;
static GSM_StateMachine *machine;
static GSM_MultiSMSMessage messages;

static struct {
    int status, reference, results; /* of sending */
    int incoming;                   /* places told by +CMTI or +CDSI */
    bool report;
} seen;

static void modem_start(const char *device)
{
    int to[2], from[2];
    assert_int_equal(pipe(to), 0);
    assert_int_equal(pipe(from), 0);
    modem = fork();
    if (modem == 0) {
        dup2(to[0], STDIN_FILENO);
        dup2(from[1], STDOUT_FILENO);
        close(to[1]);
        close(from[0]);
        execl(program, program, "--link", device, "--first-mr", "7", (char *)NULL);
        _exit(127);
    }
    close(to[0]);
    close(from[1]);
    orders = fdopen(to[1], "w");
    events = fdopen(from[0], "r");
    assert_non_null(orders);
    assert_non_null(events);
}

/* Reads what the modem says until a line begins with start. */
static const char *await(const char *start)
{
    static char line[1024];
    while (fgets(line, sizeof line, events))
        if (strncmp(line, start, strlen(start)) == 0)
            return line;
    fail_msg("the modem ended before it said \"%s\"", start);
    return line;
}

static void order(const char *command)
{
    fprintf(orders, "%s\n", command);
    fflush(orders);
    (void)await("ok");
}

static void sent(GSM_StateMachine *s, int status, int reference, void *data)
{
    (void)s;
    (void)data;
    seen.status = status;
    seen.reference = reference;
    seen.results++;
}

static void came(GSM_StateMachine *s, GSM_SMSMessage *sms, void *data)
{
    (void)s;
    (void)data;
    seen.incoming++;
    seen.report = sms->PDU == SMS_Status_Report;
}

/* Lets libGammu read until *counter counts. */
static void pump(const int *counter)
{
    int64_t end = clock_system.monotonic_ms(NULL) + PATIENCE_MS;
    while (*counter == 0 && clock_system.monotonic_ms(NULL) < end)
        GSM_ReadDevice(machine, FALSE);
    assert_int_not_equal(*counter, 0);
}

static int setup(void **state)
{
    (void)state;
    char device[64], path[64];
    INI_Section *settings;
    assert_non_null(mkdtemp(folder));
    (void)snprintf(device, sizeof device, "%s/tty", folder);
    (void)snprintf(path, sizeof path, "%s/gammurc", folder);
    modem_start(device);
    (void)await("port");
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "[gammu]\ndevice = %s\nconnection = at115200\n", device);
    fclose(file);
    GSM_InitLocales(NULL);
    (void)setlocale(LC_CTYPE, "C.UTF-8"); /* libGammu's texts are in the locale's bytes, ours are UTF-8 */
    machine = GSM_AllocStateMachine();
    assert_int_equal(GSM_FindGammuRC(&settings, path), ERR_NONE);
    assert_int_equal(GSM_ReadConfig(settings, GSM_GetConfig(machine, 0), 0), ERR_NONE);
    INI_Free(settings);
    GSM_SetConfigNum(machine, 1);
    assert_int_equal(GSM_InitConnection(machine, 1), ERR_NONE); /* which forgets callbacks set before */
    GSM_SetSendSMSStatusCallback(machine, sent, NULL);
    GSM_SetIncomingSMSCallback(machine, came, NULL);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    char path[64];
    GSM_TerminateConnection(machine);
    GSM_FreeStateMachine(machine);
    fclose(orders);
    int status;
    assert_int_equal(waitpid(modem, &status, 0), modem);
    assert_int_equal(status, 0);
    fclose(events);
    (void)snprintf(path, sizeof path, "%s/gammurc", folder);
    unlink(path);
    assert_int_equal(rmdir(folder), 0);
    return 0;
}

static void test_identity(void **state)
{
    (void)state;
    char text[100];
    GSM_NetworkInfo network = {.NetworkName = ""};
    assert_int_equal(GSM_GetIMEI(machine, text), ERR_NONE);
    assert_string_equal(text, "350000000000017");
    assert_int_equal(GSM_GetSIMIMSI(machine, text), ERR_NONE);
    assert_string_equal(text, "510100000000017");
    assert_int_equal(GSM_GetNetworkInfo(machine, &network), ERR_NONE);
    assert_int_equal(network.State, GSM_HomeNetwork);
}

static void read_and_delete(bool report, const char *number, const char *text)
{
    assert_int_equal(GSM_GetNextSMS(machine, &messages, TRUE), ERR_NONE);
    GSM_SMSMessage *sms = &messages.SMS[0];
    assert_int_equal(sms->PDU == SMS_Status_Report, report);
    assert_string_equal(DecodeUnicodeConsole(sms->Number), number);
    if (text)
        assert_string_equal(DecodeUnicodeConsole(sms->Text), text);
    sms->Folder = 0;
    assert_int_equal(GSM_DeleteSMS(machine, sms), ERR_NONE);
    (void)await("deleted SM 1");
    assert_int_equal(GSM_GetNextSMS(machine, &messages, TRUE), ERR_EMPTY);
}

static void test_receive(void **state)
{
    (void)state;
    assert_int_equal(GSM_SetIncomingSMS(machine, TRUE), ERR_NONE);
    memset(&seen, 0, sizeof seen);
    order("sms +6281230000001 at=2026-10-14T09:08:07+07:00 IBU HAMIL 12 K4 3 [x]");
    pump(&seen.incoming);
    assert_false(seen.report);
    read_and_delete(false, "+6281230000001", "IBU HAMIL 12 K4 3 [x]");
    order("sms +6281230000001 \xf0\x9f\x91\x8d h\xc4\x81mil");
    read_and_delete(false, "+6281230000001", "\xf0\x9f\x91\x8d h\xc4\x81mil");
}

static void send(const char *text)
{
    GSM_SMSMessage sms;
    GSM_SMSC smsc = {.Location = 1};
    GSM_SetDefaultSMSData(&sms);
    assert_int_equal(GSM_GetSMSC(machine, &smsc), ERR_NONE);
    CopyUnicodeString(sms.SMSC.Number, smsc.Number);
    EncodeUnicode(sms.Text, text, strlen(text));
    EncodeUnicode(sms.Number, "+6281230000001", 14);
    sms.PDU = SMS_Status_Report;
    sms.UDH.Type = UDH_NoUDH;
    sms.Coding = SMS_Coding_Default_No_Compression;
    sms.Class = -1;
    memset(&seen, 0, sizeof seen);
    assert_int_equal(GSM_SendSMS(machine, &sms), ERR_NONE);
    pump(&seen.results);
}

static void test_send(void **state)
{
    (void)state;
    send("IBU HAMIL: 12, K4 3.");
    assert_int_equal(seen.status, 0);
    assert_int_equal(seen.reference, 7);
    assert_non_null(strstr(await("submitted"), "id=1 to=+6281230000001 parts=1/1 ref=-1 tpmr=7 cause=0 report=1 "
                                               "text=\"IBU HAMIL: 12, K4 3.\""));
    order("fail CMGS 38");
    send("again");
    assert_int_equal(seen.status, 38);
    assert_non_null(strstr(await("refused"), "cause=38"));
}

static void test_report(void **state)
{
    (void)state;
    memset(&seen, 0, sizeof seen);
    order("report 1 delivered");
    pump(&seen.incoming);
    assert_true(seen.report);
    read_and_delete(true, "+6281230000001", NULL);
}

static void test_unplug(void **state)
{
    (void)state;
    char text[100];
    order("unplug");
    assert_int_not_equal(GSM_GetIMEI(machine, text), ERR_NONE);
    order("plug");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_identity), cmocka_unit_test(test_receive), cmocka_unit_test(test_send),
        cmocka_unit_test(test_report),   cmocka_unit_test(test_unplug),
    };
    if (argc != 2)
        return 2;
    program = argv[1];
    alarm(300);
    return cmocka_run_group_tests(tests, setup, teardown);
}
