/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/encrypt.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/owner.h"
#include "base/translate.h"
#include "ctl/helper.h"
#include "ctl/whole_file.h"

enum { PATIENCE_S = 30 * 60 };

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
    if (helper_find(name, ret_path) == 0)
        return 0;
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
    const struct helper helper = {
        .program = program, .argv = argv, .in = files->plain, .out = files->sealed, .err = -1, .seconds = PATIENCE_S};
    return helper_run(&helper, error);
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
        return error_set(error, -errno, "%s: %s", target, translate_errno(errno));
    if (!marked || out.st_size < in.st_size)
        return error_set(error, -EIO, "%s: the encrypted file is not complete", target);
    return 0;
}

static int seal(const char *recipient, const struct pair *files, const char *target, struct error *error)
{
    bool age = is_age(recipient);
    int r = age ? run_age(recipient, files, error) : run_gpg(recipient, files, error);
    return r == 0 ? check(files, age, target, error) : r;
}

int encrypt_file(const char *recipient, const char *plain, const char *target, struct error *error)
{
    struct whole_file sealed;
    struct pair files = {.plain = open(plain, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)};
    if (files.plain < 0)
        return error_set(error, -errno, "%s: %s", plain, translate_errno(errno));
    int r = whole_file_begin(&sealed, target, error);
    if (r == 0) {
        files.sealed = sealed.fd;
        owner_give(files.sealed, plain);
        r = whole_file_end(&sealed, seal(recipient, &files, target, error), S_IRUSR | S_IWUSR | S_IRGRP, error);
    }
    (void)close(files.plain);
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
