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
#include "base/disk.h"
#include "base/owner.h"
#include "base/proc.h"

enum { PATIENCE_MS = 30 * MS_MINUTE };

static const char age_mark[] = "age-encryption.org/v1\n";
static const char plain_name[] = "/dev/fd/3";

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

/* A file that is open: the child reads it as its descriptor 3 and writes the other to its standard output, so that no
 * name in a folder of others is followed. */
struct pair {
    int plain, sealed;
};

static int run(const char *program, const char *const argv[], const struct pair *files, struct error *error)
{
    struct proc proc = {0};
    char how[80] = "";
    int r = proc_spawn_into(program, (char *const *)argv, files->plain, files->sealed, &proc, error);
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

static int run_age(const char *recipient, const struct pair *files, struct error *error)
{
    char program[PATH_MAX];
    const char *const argv[] = {"age", "--encrypt", "-r", recipient, plain_name, NULL};
    int r = find_program("age", program, error);
    return r ? r : run(program, argv, files, error);
}

/* Uncompressed: a database that came out smaller than it went in was cut. */
static int run_gpg(const char *recipient, const struct pair *files, struct error *error)
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
                                "-",
                                "--encrypt",
                                plain_name,
                                NULL};
    int r = find_program("gpg", program, error);
    return r ? r : run(program, argv, files, error);
}

/* The mark of the program at the beginning, and not less than what went in. */
static int check(const struct pair *files, bool age, const char *target, struct error *error)
{
    char head[sizeof age_mark] = "";
    struct stat in, out;
    ssize_t n = pread(files->sealed, head, sizeof head - 1, 0);
    bool marked = age ? strcmp(head, age_mark) == 0 : n > 0 && (head[0] & 0x80) != 0; /* RFC 4880 4.2: a packet's tag */
    if (n < 0 || fstat(files->plain, &in) != 0 || fstat(files->sealed, &out) != 0)
        return error_set(error, -errno, "%s: %s", target, strerror(errno));
    if (!marked || out.st_size < in.st_size)
        return error_set(error, -EIO, "%s: the encrypted file is not complete", target);
    return 0;
}

/* Whole on the disk before it has its name, and the name before anybody is told of it. */
static int finish(int sealed, const char *partial, const char *target, struct error *error)
{
    CLEANUP(owner_leave) struct owner owner = {0};
    int r = owner_act(target, &owner, error);
    if (r < 0)
        return r;
    (void)fchmod(sealed, S_IRUSR | S_IWUSR | S_IRGRP);
    r = fsync(sealed) == 0 && rename(partial, target) == 0 ? disk_sync_folder(target) : -errno;
    return r < 0 ? error_set(error, r, "%s: %s", target, strerror(-r)) : 0;
}

/* For us alone until it is whole, whatever the umask; ret_fd NULL: only what is there is removed. */
static int make_partial(const char *partial, int *ret_fd, struct error *error)
{
    CLEANUP(owner_leave) struct owner owner = {0};
    int r = owner_act(partial, &owner, error);
    if (r < 0)
        return r;
    (void)unlink(partial);
    if (!ret_fd)
        return 0;
    *ret_fd = open(partial, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    return *ret_fd < 0 ? error_set(error, -errno, "%s: %s", partial, strerror(errno)) : 0;
}

static int seal(const char *recipient, const struct pair *files, const char *partial, const char *target,
                struct error *error)
{
    bool age = is_age(recipient);
    int r = age ? run_age(recipient, files, error) : run_gpg(recipient, files, error);
    if (r == 0)
        r = check(files, age, target, error);
    return r == 0 ? finish(files->sealed, partial, target, error) : r;
}

int encrypt_file(const char *recipient, const char *plain, const char *target, struct error *error)
{
    char partial[PATH_MAX];
    struct pair files = {-1, -1};
    if (snprintf(partial, sizeof partial, "%s.partial", target) >= PATH_MAX)
        return error_set(error, -ENAMETOOLONG, "%s: the path is too long", target);
    files.plain = open(plain, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (files.plain < 0)
        return error_set(error, -errno, "%s: %s", plain, strerror(errno));
    int r = make_partial(partial, &files.sealed, error);
    if (r == 0) {
        owner_give(files.sealed, plain);
        r = seal(recipient, &files, partial, target, error);
        (void)close(files.sealed);
    }
    (void)close(files.plain);
    if (r < 0)
        (void)!make_partial(partial, NULL, NULL);
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
