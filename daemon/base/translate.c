/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The .mo file of GNU gettext: a header of 32-bit words, two tables of (length, offset), sorted texts that end in 0. */
#include "base/translate.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MO_MAGIC = (int)0x950412de, MO_MAX = 8 << 20, MO_HEADER_WORDS = 7 };

struct entry {
    uint32_t len, at;
};

static struct {
    char *file; /* NULL: no catalogue */
    size_t size;
    uint32_t n;
    const struct entry *from, *to;
} catalogue;

/* A table within the file, each of its texts within the file and terminated. */
static const struct entry *table(uint32_t at)
{
    if (at % sizeof(uint32_t) != 0 || at > catalogue.size || catalogue.n > (catalogue.size - at) / sizeof(struct entry))
        return NULL;
    const struct entry *entries = (const void *)(catalogue.file + at);
    for (uint32_t i = 0; i < catalogue.n; i++) {
        if (entries[i].at >= catalogue.size || entries[i].len >= catalogue.size - entries[i].at ||
            catalogue.file[entries[i].at + entries[i].len] != '\0')
            return NULL;
    }
    return entries;
}

static bool read_tables(void)
{
    uint32_t header[MO_HEADER_WORDS];
    if (catalogue.size < sizeof header)
        return false;
    memcpy(header, catalogue.file, sizeof header);
    catalogue.n = header[2];
    if (header[0] != (uint32_t)MO_MAGIC)
        return false;
    catalogue.from = table(header[3]);
    catalogue.to = table(header[4]);
    return catalogue.from && catalogue.to;
}

/* Up to MO_MAX bytes of a file into the catalogue. */
static int read_whole(int fd)
{
    struct stat stat;
    if (fstat(fd, &stat) != 0)
        return -errno;
    if (!S_ISREG(stat.st_mode) || stat.st_size <= 0 || stat.st_size > MO_MAX)
        return -EINVAL;
    catalogue.file = malloc((size_t)stat.st_size);
    KABAR_ASSERT(catalogue.file);
    while (catalogue.size < (size_t)stat.st_size) {
        ssize_t n = read(fd, catalogue.file + catalogue.size, (size_t)stat.st_size - catalogue.size);
        if (n <= 0)
            return n < 0 ? -errno : -EINVAL;
        catalogue.size += (size_t)n;
    }
    return read_tables() ? 0 : -EINVAL;
}

static void let_go(void)
{
    free(catalogue.file);
    memset(&catalogue, 0, sizeof catalogue);
}

int translate_open(const char *file)
{
    let_go();
    if (!file)
        return 0;
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return -errno;
    int r = read_whole(fd);
    close(fd);
    if (r)
        let_go();
    return r;
}

static int compare(const void *text, const void *entry)
{
    return strcmp(text, catalogue.file + ((const struct entry *)entry)->at);
}

/* NULL where the catalogue has none. */
static const char *find(const char *text)
{
    if (!catalogue.file || text[0] == '\0')
        return NULL;
    const struct entry *found = bsearch(text, catalogue.from, catalogue.n, sizeof *catalogue.from, compare);
    return found ? catalogue.file + catalogue.to[found - catalogue.from].at : NULL;
}

const char *translate(const char *text)
{
    const char *found = find(text);
    return found ? found : text;
}

/* Both languages have at most these two forms, and Indonesian one. */
const char *translate_n(const char *one, const char *many, uint64_t n)
{
    const char *found = find(one);
    if (found)
        return found;
    return n == 1 ? one : many;
}

const char *translate_errno(int code)
{
    return translate(strerror(code));
}
