/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>
#include <unistd.h>

#include "parsers/view.h"
#include "worker/gammu_phone.h"

enum { FDS_MAX = 64, ANSWER_MS = 5000, ANSWER_SIZE = 8192 };

/* libGammu tells nobody its descriptor: it is the one that leads to the configured tty. */
int phone_raw_fd(void)
{
    struct stat device, candidate;
    if (stat(phone.device, &device) < 0 || !S_ISCHR(device.st_mode))
        return -1;
    for (int fd = WIRE_FD + 1; fd < FDS_MAX; fd++)
        if (fstat(fd, &candidate) == 0 && S_ISCHR(candidate.st_mode) && candidate.st_rdev == device.st_rdev)
            return fd;
    return -1;
}

bool phone_raw_share(void)
{
    enum { PTY_MAJOR = 136, PTY_MAJORS = 8 }; /* Linux, Documentation/admin-guide/devices.txt */
    struct stat device;
    int fd = phone_raw_fd();
    if (fd < 0 || fstat(fd, &device) != 0)
        return false;
    if (major(device.st_rdev) >= PTY_MAJOR && major(device.st_rdev) < PTY_MAJOR + PTY_MAJORS)
        (void)ioctl(fd, TIOCNXCL);
    return true;
}

/* Writes a command and reads until a final answer. Returns whether it was OK. */
static bool ask(const char *command, char *ret_answer, size_t size)
{
    size_t len = strlen(command);
    if (phone.fd < 0 || write(phone.fd, command, len) != (ssize_t)len)
        return false;
    len = 0;
    int64_t end_ms = clock_system.monotonic_ms(NULL) + ANSWER_MS;
    for (;;) {
        int64_t left_ms = end_ms - clock_system.monotonic_ms(NULL);
        struct pollfd wait = {.fd = phone.fd, .events = POLLIN};
        if (left_ms <= 0 || poll(&wait, 1, (int)left_ms) <= 0)
            return false;
        ssize_t n = read(phone.fd, ret_answer + len, size - 1 - len);
        if (n < 0 || (n == 0 && (wait.revents & (POLLHUP | POLLERR | POLLNVAL))))
            return false;
        len += (size_t)n;
        ret_answer[len] = '\0';
        if (strstr(ret_answer, "OK\r"))
            return true;
        if (strstr(ret_answer, "ERROR") || len == size - 1)
            return false;
    }
}

void phone_raw_restart(int settle_ms)
{
    static const char restart[] = "\x1b\rAT+CFUN=1,1\r"; /* TS 27.007 8.2; ESC leaves the input of a text */
    enum { DROP_MS = 500 };
    int fd = open(phone.device, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return;
    int line = TIOCM_DTR;
    if (isatty(fd)) {
        (void)ioctl(fd, TIOCMBIC, &line);
        (void)poll(NULL, 0, DROP_MS);
        (void)ioctl(fd, TIOCMBIS, &line);
        (void)tcflush(fd, TCIOFLUSH);
        if (write(fd, restart, sizeof restart - 1) > 0)
            (void)poll(NULL, 0, settle_ms);
    }
    close(fd);
}

/* The speed that Gammu's word for the connection ends in: "at19200". A USB modem does not care. */
static speed_t speed_of(const char *connection)
{
    static const struct {
        const char *digits;
        speed_t speed;
    } speeds[] = {{"19200", B19200}, {"38400", B38400}, {"57600", B57600}, {"9600", B9600}};
    for (size_t i = 0; i < sizeof speeds / sizeof *speeds; i++)
        if (strstr(connection, speeds[i].digits))
            return speeds[i].speed;
    return B115200;
}

static bool open_raw(const struct wire_init *init)
{
    struct termios settings;
    phone.fd = open(phone.device, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (phone.fd < 0)
        return false;
    if (tcgetattr(phone.fd, &settings) == 0) {
        cfmakeraw(&settings);
        settings.c_cflag |= CLOCAL | CREAD;
        (void)cfsetspeed(&settings, speed_of(init->connection));
        (void)tcsetattr(phone.fd, TCSANOW, &settings);
        (void)tcflush(phone.fd, TCIOFLUSH);
    }
    return true;
}

void phone_raw_commands(const struct wire_init *init)
{
    static char answer[ANSWER_SIZE];
    char command[sizeof init->commands + 2];
    if (!init->commands[0] || !open_raw(init))
        return;
    bool heard = true;
    for (const char *at = init->commands; *at && heard; at += at[strcspn(at, "\n")] ? 1 : 0) {
        size_t len = strcspn(at, "\n");
        (void)snprintf(command, sizeof command, "%.*s\r", (int)len, at);
        answer[0] = '\0';
        if (!ask(command, answer, sizeof answer)) {
            heard = answer[0] != '\0';
            phone_log("%s: %.*s: %s", phone.device, (int)len, at,
                      heard ? "the modem refuses it" : "the modem does not answer; the rest is left out");
        }
        at += len;
    }
    close(phone.fd);
    phone.fd = -1;
}

bool phone_raw_say(const char *command)
{
    static char answer[ANSWER_SIZE];
    return ask(command, answer, sizeof answer);
}

bool phone_raw_delete(int location)
{
    char command[32];
    (void)snprintf(command, sizeof command, "AT+CMGD=%d\r", location);
    return phone_raw_say(command);
}

/* <stat> of "+CREG: 0,1" or, where it was told without being asked, "+CREG: 1"; -1 none. */
static int stat_of(const char *answer, const char *told)
{
    const char *stat = strstr(answer, told);
    if (!stat)
        return -1;
    stat += strlen(told);
    const char *second = strchr(stat, ',');
    if (second && is_digit(second[1]))
        stat = second + 1;
    if (!is_digit(stat[0]))
        return -1;
    return is_digit(stat[1]) ? 10 * (stat[0] - '0') + stat[1] - '0' : stat[0] - '0';
}

/* TS 27.007 7.2: 6 and 7 are registered for SMS alone, 9 and 10 with calls only where nothing better is. */
static enum registration registration_of(int stat)
{
    switch (stat) {
    case 1:
    case 6:
    case 9:
        return REGISTRATION_HOME;
    case 5:
    case 7:
    case 10:
        return REGISTRATION_ROAMING;
    default:
        return REGISTRATION_NONE;
    }
}

enum registration phone_raw_registration(void)
{
    static const struct {
        const char *command, *told;
    } ways[] = {{"AT+CREG?\r", "+CREG: "}, {"AT+CGREG?\r", "+CGREG: "}, {"AT+CEREG?\r", "+CEREG: "}};
    static char answer[ANSWER_SIZE];
    enum registration registration = REGISTRATION_NONE;
    for (size_t i = 0; i < sizeof ways / sizeof *ways && registration == REGISTRATION_NONE; i++)
        if (ask(ways[i].command, answer, sizeof answer))
            registration = registration_of(stat_of(answer, ways[i].told));
    return registration;
}
