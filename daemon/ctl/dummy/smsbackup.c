/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/dummy/smsbackup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/owner.h"
#include "base/translate.h"
#include "ctl/args.h"
#include "parsers/gsm7.h"
#include "parsers/utf8.h"

enum {
    LOCATION_MAX = 9999,   /* dummy.c: GetSMSPath wraps at 10000 */
    HEX_LINE = 200,        /* digits of a TextNN line */
    PARTS_MAX = 255,       /* 3GPP TS 23.040 9.2.3.24.1 */
    FILE_MAX_BYTES = 8192, /* one part: 160 characters are 640 digits */
};

/* UTF-16 in hexadecimal; *ret_units counts its units. */
static void add_utf16(struct buf *hex, struct view text, size_t *ret_units)
{
    size_t units = 0;
    for (size_t i = 0; i < text.len; units++) {
        uint32_t c;
        i += utf8_decode((struct view){text.at + i, text.len - i}, &c);
        if (c == UTF8_INVALID)
            c = 0xfffd;
        if (c >= 0x10000) {
            buf_printf(hex, "%04X", (unsigned)(0xd800 + ((c - 0x10000) >> 10)));
            c = 0xdc00 + ((c - 0x10000) & 0x3ff);
            units++;
        }
        buf_printf(hex, "%04X", (unsigned)c);
    }
    *ret_units = units;
}

static void add_text(struct buf *file, struct view text)
{
    struct buf hex;
    size_t units = 0;
    buf_init(&hex, FILE_MAX_BYTES);
    add_utf16(&hex, text, &units);
    for (size_t at = 0, line = 0; at < hex.len; at += HEX_LINE, line++)
        buf_printf(file, "Text%02zu = %.*s\n", line, HEX_LINE, hex.text + at);
    buf_printf(file, "Length = %zu\n", units);
    buf_deinit(&hex);
}

/* libgammu reads the stamp's digits and drops an offset, so it is written in UTC. */
static void add_sent(struct buf *file, int64_t ms)
{
    char utc[21];
    time_format(ms, utc);
    buf_printf(file, "DateTime = %.4s%.2s%.2sT%.2s%.2s%.2sZ\n", utc, utc + 5, utc + 8, utc + 11, utc + 14, utc + 17);
}

struct part {
    struct view text;
    bool gsm7;
    int ref, total, seq;
};

static void add_part(struct buf *file, const struct fed_sms *sms, const struct part *part)
{
    size_t units;
    buf_puts(file, "[SMSBackup000]\nPDU = Deliver\nSMSC = \"+628100000\"\n");
    add_sent(file, sms->sent_ms);
    /* libgammu takes a file for an SMS only where Number is there; it reads NumberUnicode instead of it. */
    buf_puts(file, "State = UnRead\nNumber = \"0\"\nNumberUnicode = ");
    add_utf16(file, view_of(sms->sender), &units);
    buf_printf(file, "\nCoding = %s\n", part->gsm7 ? "Default" : "Unicode");
    if (part->total > 1)
        buf_printf(file, "UDH = 050003%02X%02X%02X\n", (unsigned)part->ref, (unsigned)part->total, (unsigned)part->seq);
    add_text(file, part->text);
    buf_puts(file, "Folder = 1\nClass = -1\n");
}

/* A reference that follows from the SMS: FNV-1a of stamp, sender and text. */
static int reference_of(const struct fed_sms *sms)
{
    char stamp[21];
    time_format(sms->sent_ms, stamp);
    const struct view pieces[] = {view_of(stamp), view_of(sms->sender), sms->text};
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < pieces[i].len; j++)
            hash = (hash ^ (unsigned char)pieces[i].at[j]) * 16777619U;
    return (int)((hash ^ hash >> 8 ^ hash >> 16 ^ hash >> 24) & 0xff);
}

static int make_folder(const char *path, struct error *error)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return 0;
    return error_set(error, -errno, "the dummy phone's folder %s cannot be made: %s", path, translate_errno(errno));
}

/* DEVICE/sms/1, made where it is missing, as the dummy itself does when it starts. */
static int open_inbox(const char *device, int *ret_fd, struct error *error)
{
    char path[4096];
    static const char *const steps[] = {"", "/sms", "/sms/1"};
    for (size_t i = 0; i < 3; i++) {
        if (snprintf(path, sizeof path, "%s%s", device, steps[i]) >= (int)sizeof path)
            return error_set(error, -ENAMETOOLONG, "the dummy phone's folder has too long a name");
        int r = make_folder(path, error);
        if (r)
            return r;
    }
    *ret_fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return *ret_fd >= 0 ? 0 : error_set(error, -errno, "%s cannot be opened: %s", path, translate_errno(errno));
}

/* The location after the last one taken, so that messages stay in order; 1 where that is the end. */
static int next_location(int fd)
{
    int64_t last = 0, location;
    DIR *folder = fdopendir(dup(fd));
    struct dirent *entry;
    while (folder && (entry = readdir(folder)))
        if (args_number(entry->d_name, 1, LOCATION_MAX, &location) == 0 && location > last)
            last = location;
    if (folder)
        (void)closedir(folder);
    return last < LOCATION_MAX ? (int)last + 1 : 1;
}

/* Writes a part beside the messages and then gives it the first free location from *location on, which moves after. */
static int place_file(int fd, const struct buf *content, int *location, struct error *error)
{
    char temporary[32], name[16];
    (void)snprintf(temporary, sizeof temporary, ".kabarctl-%ld", (long)getpid());
    int file = openat(fd, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
    bool whole = file >= 0 && write(file, content->text, content->len) == (ssize_t)content->len;
    int why = errno;
    if (file >= 0 && close(file) != 0)
        whole = false;
    for (; whole && *location <= LOCATION_MAX; ++*location) {
        (void)snprintf(name, sizeof name, "%d", *location);
        if (renameat2(fd, temporary, fd, name, RENAME_NOREPLACE) == 0) {
            ++*location;
            return 0;
        }
        why = errno;
        if (why != EEXIST)
            break;
    }
    (void)unlinkat(fd, temporary, 0);
    if (*location > LOCATION_MAX)
        return error_set(error, -ENOSPC, "the dummy phone's inbox is full");
    return error_set(error, -(why ? why : EIO), "the dummy phone's inbox cannot be written: %s", translate_errno(why));
}

/* Cuts the text into parts; their number, or -1 where there are too many. */
static int cut(const struct fed_sms *sms, struct part parts[PARTS_MAX])
{
    size_t septets = 0;
    bool gsm7 = gsm7_septets(sms->text, &septets);
    struct view rest = sms->text;
    bool single = sms_parts(rest) <= 1;
    size_t units = gsm7 ? GSM7_PART_SEPTETS : UCS2_PART_CHARS;
    int n = 0;
    while (rest.len > 0 && n < PARTS_MAX) {
        size_t len = single ? rest.len : sms_part_split(rest, gsm7, units);
        parts[n] = (struct part){.text = {rest.at, len}, .gsm7 = gsm7, .seq = n + 1};
        rest = (struct view){rest.at + len, rest.len - len};
        n++;
    }
    return rest.len > 0 ? -1 : n;
}

int smsbackup_feed(const char *device, const struct fed_sms *sms, int *ret_parts, struct error *error)
{
    struct part parts[PARTS_MAX];
    int n = cut(sms, parts);
    if (n <= 0)
        return error_set(error, -EINVAL, n < 0 ? _("the text takes more than 255 parts") : _("the text is empty"));
    CLEANUP(owner_leave) struct owner owner = {0};
    int fd = -1;
    char inside[4096];
    (void)snprintf(inside, sizeof inside, "%s/sms", device);
    int r = owner_act(inside, &owner, error);
    if (!r)
        r = open_inbox(device, &fd, error);
    if (r)
        return r;
    struct buf file;
    buf_init(&file, FILE_MAX_BYTES);
    int location = next_location(fd), ref = reference_of(sms);
    for (int i = 0; !r && i < n; i++) {
        parts[i].ref = ref;
        parts[i].total = n;
        buf_clear(&file);
        add_part(&file, sms, &parts[i]);
        KABAR_ASSERT(!file.full);
        r = place_file(fd, &file, &location, error);
    }
    buf_deinit(&file);
    (void)close(fd);
    if (!r && ret_parts)
        *ret_parts = n;
    return r;
}
