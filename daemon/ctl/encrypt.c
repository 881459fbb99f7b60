/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/encrypt.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/proc.h"

enum { PATIENCE_MS = 30 * MS_MINUTE };

static const char age_mark[] = "age-encryption.org/v1\n";

static bool is_age(const char *recipient)
{
    return strncmp(recipient, "age1", 4) == 0;
}

const char *encrypt_ending(const char *recipient)
{
    return is_age(recipient) ? ".age" : ".gpg";
}

static int find_program(const char *name, char ret_path[PATH_MAX], struct error *error)
{
    static const char *const folders[] = {"/usr/local/bin", "/usr/bin", "/bin"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        (void)snprintf(ret_path, PATH_MAX, "%s/%s", folders[i], name);
        if (access(ret_path, X_OK) == 0)
            return 0;
    }
    return error_set(error, -ENOPKG, "%s is not installed, the backup can't be encrypted: apt install %s", name,
                     strcmp(name, "gpg") == 0 ? "gnupg" : name);
}

static int run(const char *program, char *const argv[], struct error *error)
{
    struct proc proc = {0};
    char how[80] = "";
    int r = proc_spawn(program, argv, -1, &proc, error);
    if (r < 0)
        return r;
    struct pollfd ended = {.fd = proc.pidfd, .events = POLLIN};
    (void)poll(&ended, 1, PATIENCE_MS);
    if (proc_reap(&proc, how, sizeof how) == PROC_ALIVE) {
        proc_end(&proc);
        (void)snprintf(how, sizeof how, "did not end within %d minutes", PATIENCE_MS / MS_MINUTE);
    }
    return strcmp(how, "ended with status 0") == 0 ? 0 : error_set(error, -EIO, "%s %s", program, how);
}

static int run_age(const char *recipient, const char *plain, const char *target, struct error *error)
{
    char program[PATH_MAX];
    const char *const argv[] = {"age", "--encrypt", "-r", recipient, "-o", target, plain, NULL};
    int r = find_program("age", program, error);
    return r ? r : run(program, (char *const *)argv, error);
}

/* Uncompressed: a database that came out smaller than it went in was cut. */
static int run_gpg(const char *recipient, const char *plain, const char *target, struct error *error)
{
    char program[PATH_MAX];
    bool file = strchr(recipient, '/') != NULL;
    const char *const argv[] = {"gpg",
                                "--batch",
                                "--quiet",
                                "--no-tty",
                                "--trust-model",
                                "always",
                                "--compress-algo",
                                "none",
                                file ? "--no-keyring" : "--no-auto-key-locate",
                                file ? "--recipient-file" : "--recipient",
                                recipient,
                                "--output",
                                target,
                                "--encrypt",
                                plain,
                                NULL};
    int r = find_program("gpg", program, error);
    return r ? r : run(program, (char *const *)argv, error);
}

/* The mark of the program at the beginning, and not less than what went in. */
static int check(const char *path, bool age, const char *plain, struct error *error)
{
    char head[sizeof age_mark] = "";
    struct stat in, out;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, head, sizeof head - 1);
    bool marked = age ? strcmp(head, age_mark) == 0 : n > 0 && (head[0] & 0x80) != 0; /* RFC 4880 4.2: a packet's tag */
    int r = n < 0 || stat(plain, &in) != 0 || stat(path, &out) != 0 || fsync(fd) != 0 ? -errno : 0;
    if (fd >= 0)
        (void)close(fd);
    if (r == 0 && (!marked || out.st_size < in.st_size))
        return error_set(error, -EIO, "%s: what was written is no whole encrypted file", path);
    return r ? error_set(error, r, "%s: %s", path, strerror(-r)) : 0;
}

int encrypt_file(const char *recipient, const char *plain, const char *target, struct error *error)
{
    char partial[PATH_MAX];
    bool age = is_age(recipient);
    if (snprintf(partial, sizeof partial, "%s.partial", target) >= PATH_MAX)
        return error_set(error, -ENAMETOOLONG, "%s: the path is too long", target);
    (void)unlink(partial);
    int r = age ? run_age(recipient, plain, partial, error) : run_gpg(recipient, plain, partial, error);
    if (r == 0)
        r = check(partial, age, plain, error);
    if (r == 0) {
        (void)!chmod(partial, S_IRUSR | S_IWUSR | S_IRGRP);
        if (rename(partial, target) != 0)
            r = error_set(error, -errno, "%s: %s", target, strerror(errno));
    }
    if (r < 0)
        (void)unlink(partial);
    return r;
}

const char *encrypt_how_to_read(const char *path)
{
    size_t len = strlen(path);
    if (len > 4 && strcmp(path + len - 4, ".age") == 0)
        return "age --decrypt -i KEYFILE -o kabar-plain.db";
    if (len > 4 && strcmp(path + len - 4, ".gpg") == 0)
        return "gpg --output kabar-plain.db --decrypt";
    return NULL;
}
