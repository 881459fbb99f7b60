/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kabar-modem: one modem's blocking calls in a process of their own. kabard starts it with a socket as fd 3 and kills
 * it when a call takes too long; it ends by itself when fd 3 is closed, and with its parent whatever happens.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "base/failpoint.h"
#include "worker/phone.h"
#include "worker/sandbox.h"

enum { STATUS_OK = 0, STATUS_PROTOCOL = 1, STATUS_USAGE = 2, STATUS_GONE = 3 };
enum {
    BLIND_POLL_MS = 1000, /* where the modem's descriptor is not known */
    ALIVE_MS = 1000,      /* at least between two signs of life */
};

static bool opened;
static uint32_t asked; /* id of the request in hand */

static void tell(const struct wire_message *message)
{
    uint8_t bytes[WIRE_MAX];
    size_t len = wire_encode(message, bytes);
    if (len == 0) { /* whatever the modem made of it: the rest goes on */
        struct wire_message said = {.type = WIRE_LOG};
        (void)snprintf(said.log.text, sizeof said.log.text, "%s: a number of it is out of range; it is stepped over",
                       wire_type_to_string(message->type));
        len = wire_encode(&said, bytes);
    }
    /* Where the parent is gone, the next poll() says so. */
    while (send(WIRE_FD, bytes, len, MSG_NOSIGNAL) < 0 && errno == EINTR)
        continue;
}

/* A report may come before libGammu has looked at the answer to the very submit that it is about: it waits for that. */
enum { EARLY_MAX = 4 };
static struct wire_message early[EARLY_MAX];
static size_t n_early;
static bool submitting;

static void tell_in_order(const struct wire_message *message)
{
    if (submitting && message->type == WIRE_REPORT && n_early < EARLY_MAX)
        early[n_early++] = *message;
    else
        tell(message);
}

static void tell_early(void)
{
    for (size_t i = 0; i < n_early; i++)
        tell(&early[i]);
    n_early = 0;
}

static void log_text(const char *text)
{
    struct wire_message message = {.type = WIRE_LOG};
    (void)snprintf(message.log.text, sizeof message.log.text, "%s", text);
    tell(&message);
}

static struct itimerval silence;

/* What the parent is told when the watch strikes, written beforehand: a signal handler may do little. */
static struct {
    uint8_t bytes[WIRE_MAX];
    size_t len; /* 0: nothing is watched */
} last_words;

static void on_silence(int signal_number)
{
    (void)signal_number;
    (void)send(WIRE_FD, last_words.bytes, last_words.len, MSG_NOSIGNAL);
    _exit(STATUS_GONE);
}

void phone_watch(uint32_t id)
{
    static const struct itimerval off;
    struct wire_message message = {
        .type = WIRE_FAILED,
        .id = id,
        .failed = {WIRE_FAILURE_SILENT, "the modem fell silent in the middle of it"},
    };
    (void)setitimer(ITIMER_REAL, &off, NULL);
    last_words.len = id ? wire_encode(&message, last_words.bytes) : 0;
    if (id)
        (void)setitimer(ITIMER_REAL, &silence, NULL);
}

void phone_alive(void)
{
    static const struct wire_message alive = {.type = WIRE_ALIVE};
    static int64_t told_ms;
    if (!last_words.len)
        return;
    (void)setitimer(ITIMER_REAL, &silence, NULL);
    int64_t now_ms = clock_system.monotonic_ms(NULL);
    if (now_ms < told_ms + ALIVE_MS)
        return;
    told_ms = now_ms;
    tell(&alive);
}

void phone_leave(void)
{
    static struct wire_message message;
    uint8_t bytes[WIRE_MAX];
    struct error error;
    message = (struct wire_message){.type = WIRE_LEAVING, .id = asked};
    tell(&message);
    ssize_t len;
    do
        len = recv(WIRE_FD, bytes, sizeof bytes, MSG_TRUNC);
    while (len < 0 && errno == EINTR);
    if (len <= 0 || len > (ssize_t)sizeof bytes || wire_decode(bytes, (size_t)len, WIRE_PARENT, &message, &error) < 0 ||
        message.type != WIRE_GO || message.id != asked)
        _exit(STATUS_GONE);
    phone_watch(0);
}

static void refuse(struct wire_message *answer, const char *why)
{
    *answer = (struct wire_message){.type = WIRE_FAILED, .failed = {.failure = WIRE_FAILURE_OTHER}};
    (void)snprintf(answer->failed.why, sizeof answer->failed.why, "%s", why);
}

/* Sanitizers look for leaks at the end of the program, which takes another process. */
#ifdef __SANITIZE_ADDRESS__
int __lsan_is_turned_off(void);
int __lsan_is_turned_off(void)
{
    return 1;
}
#endif

/* Before the device is opened, nobody has said anything to this process yet but kabard. */
static void open_phone(const struct wire_message *request, struct wire_message *answer)
{
    bool is_folder = phone_prepare(&request->init);
    enum sandbox walls = sandbox_enter(request->init.device, is_folder);
    phone_open(request, tell_in_order, answer);
    opened = answer->type == WIRE_READY;
    if (walls == SANDBOX_CALLS && !is_folder && opened)
        sandbox_close_files();
    if (opened)
        answer->ready.walls = (int32_t)walls;
}

static void serve(const struct wire_message *request)
{
    static struct wire_message answer;
    memset(&answer, 0, sizeof answer);
    if (request->type == WIRE_INIT)
        silence.it_value = (struct timeval){request->init.silence_ms / MS_SECOND,
                                            (suseconds_t)(request->init.silence_ms % MS_SECOND) * 1000};
    asked = request->id;
    submitting = request->type == WIRE_SUBMIT;
    phone_watch(request->id);
    if (request->type == WIRE_INIT) {
        if (opened)
            refuse(&answer, "the modem is open already");
        else
            open_phone(request, &answer);
    } else if (!opened) {
        refuse(&answer, "the modem is not open");
    } else if (request->type == WIRE_STATUS) {
        phone_status(&answer);
    } else if (request->type == WIRE_LIST) {
        phone_list(request, &answer);
    } else if (request->type == WIRE_DELETE) {
        phone_delete(request, &answer);
    } else if (request->type == WIRE_SUBMIT) {
        phone_submit(request, &answer);
    } else if (request->type == WIRE_USSD) {
        phone_ussd(request, &answer);
    } else {
        refuse(&answer, "nothing is leaving");
    }
    phone_watch(0);
    answer.id = request->id;
    tell(&answer);
    submitting = false;
    tell_early();
}

/* One request. Returns false when the parent has closed its end or broke the protocol, with the exit status. */
static bool receive(int *ret_status)
{
    static struct wire_message request;
    uint8_t bytes[WIRE_MAX];
    ssize_t len = recv(WIRE_FD, bytes, sizeof bytes, MSG_TRUNC);
    if (len < 0 && errno == EINTR)
        return true;
    *ret_status = STATUS_OK;
    if (len <= 0)
        return false;
    struct error error = {"a message longer than any"};
    if (len > (ssize_t)sizeof bytes || wire_decode(bytes, (size_t)len, WIRE_PARENT, &request, &error) < 0) {
        log_text(error.text);
        *ret_status = STATUS_PROTOCOL;
        return false;
    }
    serve(&request);
    return true;
}

static int run(void)
{
    static const struct wire_message went_away = {.type = WIRE_FAILED,
                                                  .failed = {WIRE_FAILURE_ABSENT, "the modem went away"}};
    int status = STATUS_OK;
    for (;;) {
        struct pollfd fds[] = {{.fd = WIRE_FD, .events = POLLIN}, {.fd = opened ? phone_fd() : -1, .events = POLLIN}};
        bool blind = opened && fds[1].fd < 0;
        if (poll(fds, 2, blind ? BLIND_POLL_MS : -1) < 0 && errno != EINTR)
            return STATUS_GONE;
        if ((blind || fds[1].revents) && !phone_read()) {
            tell(&went_away);
            return STATUS_GONE;
        }
        if (fds[0].revents && !receive(&status))
            return status;
    }
}

int main(int argc, char **argv)
{
    (void)argc;
    int type = 0;
    socklen_t size = sizeof type;
    if (getsockopt(WIRE_FD, SOL_SOCKET, SO_TYPE, &type, &size) < 0 || type != SOCK_SEQPACKET) {
        fprintf(stderr, "%s: this is kabard's worker for one modem; only kabard starts it\n", argv[0]);
        return STATUS_USAGE;
    }
    struct error error;
    if (failpoint_arm_from_environment(&error) < 0) {
        log_text(error.text);
        return STATUS_USAGE;
    }
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    tzset(); /* reads its file now: later it could not */
    (void)signal(SIGALRM, on_silence);
    int status = run();
    phone_close();
    return status;
}
