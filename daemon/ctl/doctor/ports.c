/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/doctor/ports.h"

#include <dirent.h>
#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "ctl/args.h"

/* The first name of a port is the one to write down: those that survive another socket or another order of sticks. */
static const char *const places[] = {"/dev/kabar/*", "/dev/serial/by-id/*", "/dev/ttyUSB*",
                                     "/dev/ttyACM*", "/dev/ttyAMA*",        "/dev/ttyS*"};

struct ports {
    struct port *port;
    size_t n;
};

static void add_port(struct ports *ports, const char *path, const struct modem_settings *modem)
{
    char real[PATH_MAX];
    if (ports->n == PORTS_MAX || strlen(path) >= PORT_PATH_MAX || !realpath(path, real) ||
        strlen(real) >= PORT_PATH_MAX)
        return;
    for (size_t i = 0; i < ports->n; i++)
        if (strcmp(ports->port[i].real, real) == 0)
            return;
    struct port *port = &ports->port[ports->n++];
    *port = (struct port){.modem = modem, .may_open = access(real, R_OK | W_OK) == 0};
    (void)snprintf(port->path, sizeof port->path, "%s", path);
    (void)snprintf(port->real, sizeof port->real, "%.*s", PORT_PATH_MAX - 1, real);
}

/* The kernel writes there, and perhaps somebody logs in. */
static bool is_console(const char *path)
{
    char names[128] = "";
    FILE *file = fopen("/sys/class/tty/console/active", "re");
    if (!file)
        return false;
    bool read = fgets(names, sizeof names, file) != NULL;
    (void)fclose(file);
    return read && strstr(names, strrchr(path, '/') + 1) != NULL;
}

/* Linux names more ports than a machine has: behind those is nothing that could be asked for its settings. */
static bool is_wired(const char *path)
{
    struct termios settings;
    if (strncmp(path, "/dev/ttyS", 9) != 0)
        return true;
    int fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    bool wired = fd >= 0 && tcgetattr(fd, &settings) == 0;
    if (fd >= 0)
        close(fd);
    return wired;
}

static bool is_dummy(const struct modem_settings *modem)
{
    return strcasecmp(modem->connection, "none") == 0;
}

static const struct modem_settings *modem_at(const struct settings *settings, const char *path)
{
    for (size_t i = 0; settings && i < settings->n_modems; i++)
        if (!is_dummy(&settings->modems[i]) && strcmp(settings->modems[i].device, path) == 0)
            return &settings->modems[i];
    return NULL;
}

/* Whose descriptors lead to one of the ports. */
static void look_at_process(int pid, struct ports *ports)
{
    char path[64], target[PORT_PATH_MAX];
    (void)snprintf(path, sizeof path, "/proc/%d/fd", pid);
    DIR *folder = opendir(path);
    if (!folder)
        return;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        ssize_t len = readlinkat(dirfd(folder), entry->d_name, target, sizeof target - 1);
        if (len <= 0)
            continue;
        target[len] = '\0';
        for (size_t i = 0; i < ports->n; i++)
            if (strcmp(ports->port[i].real, target) == 0)
                ports->port[i].holder = pid;
    }
    closedir(folder);
}

static void name_holder(struct port *port)
{
    char path[64];
    (void)snprintf(path, sizeof path, "/proc/%d/comm", port->holder);
    FILE *file = fopen(path, "re");
    if (!file)
        return;
    if (fgets(port->holder_name, sizeof port->holder_name, file))
        port->holder_name[strcspn(port->holder_name, "\n")] = '\0';
    (void)fclose(file);
}

static void find_holders(struct ports *ports)
{
    DIR *folder = opendir("/proc");
    if (!folder || ports->n == 0) {
        if (folder)
            closedir(folder);
        return;
    }
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        int64_t pid;
        if (args_number(entry->d_name, 1, INT_MAX, &pid) == 0 && pid != getpid())
            look_at_process((int)pid, ports);
    }
    closedir(folder);
    for (size_t i = 0; i < ports->n; i++)
        if (ports->port[i].holder)
            name_holder(&ports->port[i]);
}

size_t ports_find(const struct settings *settings, const char *only, struct port ret_ports[PORTS_MAX])
{
    struct ports ports = {ret_ports, 0};
    glob_t found = {0};
    if (only)
        add_port(&ports, only, modem_at(settings, only));
    for (size_t i = 0; !only && settings && i < settings->n_modems; i++)
        if (!is_dummy(&settings->modems[i]))
            add_port(&ports, settings->modems[i].device, &settings->modems[i]);
    for (size_t i = 0; !only && i < sizeof places / sizeof *places; i++)
        (void)glob(places[i], i ? GLOB_APPEND : 0, NULL, &found);
    for (size_t i = 0; i < found.gl_pathc; i++)
        if (is_wired(found.gl_pathv[i]) && !is_console(found.gl_pathv[i]))
            add_port(&ports, found.gl_pathv[i], NULL);
    globfree(&found);
    find_holders(&ports);
    return ports.n;
}

bool ports_see_process(int pid)
{
    char path[64];
    (void)snprintf(path, sizeof path, "/proc/%d/fd", pid);
    return access(path, R_OK | X_OK) == 0;
}
