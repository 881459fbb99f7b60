/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "worker/gammu_phone.h"

enum {
    FOLDER_SIM = 1, /* libGammu's numbers of the inboxes, sms/1 and sms/3 */
    FOLDER_PHONE = 3,
    PLACES = 10000,      /* of one folder: a flat location is folder * PLACES + the file's number */
    SETTLE_MS = 2000,    /* an empty file may still be written to */
    UDH_LINE_MAX = 280,  /* hexadecimal digits that libGammu's field for it takes */
    NAME_MAX_DIGITS = 4, /* 1-9999 */
    AHEAD = 128,         /* places read at once */
};

int phone_dummy_watch(void)
{
    int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    static const int folders[] = {FOLDER_SIM, FOLDER_PHONE};
    for (size_t i = 0; fd >= 0 && i < sizeof folders / sizeof *folders; i++) {
        char path[sizeof phone.device + 16];
        (void)snprintf(path, sizeof path, "%s/sms/%d", phone.device, folders[i]);
        if (inotify_add_watch(fd, path, IN_MOVED_TO | IN_CLOSE_WRITE) < 0) {
            close(fd);
            fd = -1;
        }
    }
    return fd;
}

void phone_dummy_read(void)
{
    char events[4096];
    bool any = false;
    while (phone.fd >= 0 && read(phone.fd, events, sizeof events) > 0)
        any = true;
    if (any)
        phone.tell(&(struct wire_message){.type = WIRE_NEW});
}

static int place_of(const char *name)
{
    size_t digits = strspn(name, "0123456789");
    if (digits == 0 || digits > NAME_MAX_DIGITS || name[digits] || name[0] == '0')
        return 0;
    int place = 0;
    for (; *name; name++)
        place = place * 10 + (*name - '0');
    return place;
}

/* The next places of one folder, lowest first: a look at the folder for each message would be quadratic. */
static struct {
    int folder, places[AHEAD], n, next;
} ahead;

static void keep_low(int place)
{
    int at = ahead.n;
    if (at == AHEAD && place > ahead.places[at - 1])
        return;
    if (at == AHEAD)
        at--;
    else
        ahead.n++;
    for (; at > 0 && ahead.places[at - 1] > place; at--)
        ahead.places[at] = ahead.places[at - 1];
    ahead.places[at] = place;
}

/* The lowest place of a folder above `above`; 0 where there is none. */
static int lowest_above(int folder, int above)
{
    while (ahead.folder == folder && ahead.next < ahead.n)
        if (ahead.places[ahead.next++] > above)
            return ahead.places[ahead.next - 1];
    char path[sizeof phone.device + 16];
    (void)snprintf(path, sizeof path, "%s/sms/%d", phone.device, folder);
    ahead.folder = folder;
    ahead.n = 0;
    DIR *entries = opendir(path);
    for (struct dirent *entry; entries && (entry = readdir(entries)) != NULL;) {
        int place = place_of(entry->d_name);
        if (place > above)
            keep_low(place);
    }
    if (entries)
        closedir(entries);
    ahead.next = ahead.n > 0;
    return ahead.n > 0 ? ahead.places[0] : 0;
}

/* What libGammu does not check of such a file, or does not tell of it. */
struct look {
    int messages;
    bool empty, too_much;
    bool dated, utc; /* DateTime goes before Sent */
};

static void look_at_line(const char *line, struct look *look)
{
    size_t len = strcspn(line, "\r\n");
    if (strncmp(line, "[SMSBackup", 10) == 0)
        look->messages++;
    else if (strncmp(line, "DateTime", 8) == 0 || (strncmp(line, "Sent", 4) == 0 && !look->dated))
        look->utc = len > 0 && line[len - 1] == 'Z';
    look->dated |= strncmp(line, "DateTime", 8) == 0;
    if (strncmp(line, "UDH", 3) == 0 && len > UDH_LINE_MAX)
        look->too_much = true;
}

static struct look look_at(const char *path)
{
    struct look look = {.empty = true};
    FILE *file = fopen(path, "re");
    char line[512];
    while (file && fgets(line, sizeof line, file)) {
        look.empty = false;
        look_at_line(line, &look);
    }
    if (file)
        fclose(file);
    look.too_much |= look.messages > GSM_MAX_MULTI_SMS;
    return look;
}

static bool may_still_be_written(const char *path)
{
    struct stat status;
    if (stat(path, &status) < 0)
        return false;
    int64_t written_ms = (int64_t)status.st_mtim.tv_sec * MS_SECOND + status.st_mtim.tv_nsec / 1000000;
    int64_t age_ms = clock_system.wall_ms(NULL) - written_ms;
    return age_ms >= 0 && age_ms < SETTLE_MS;
}

/* The first bytes of a file that is not a message, for whoever wants to know what it was. */
static void note_raw(const char *path)
{
    FILE *file = fopen(path, "re");
    unsigned char bytes[(sizeof phone.pdu - 1) / 2];
    size_t n = file ? fread(bytes, 1, sizeof bytes, file) : 0;
    for (size_t i = 0; i < n; i++)
        (void)snprintf(phone.pdu + 2 * i, 3, "%02X", bytes[i]);
    phone.pdu[2 * n] = '\0';
    if (file)
        fclose(file);
}

static GSM_Error read_place(int folder, int place)
{
    char path[sizeof phone.device + 32];
    (void)snprintf(path, sizeof path, "%s/sms/%d/%d", phone.device, folder, place);
    struct look look = look_at(path);
    phone.multi.Number = 0;
    phone.utc = look.utc;
    GSM_Error error = ERR_CORRUPTED;
    if (!look.too_much) {
        phone.multi.SMS[0].Folder = folder;
        phone.multi.SMS[0].Location = place;
        error = GSM_GetSMS(phone.machine, &phone.multi);
    }
    if (error == ERR_NONE && phone.multi.Number > 0)
        return ERR_NONE;
    if (look.empty && may_still_be_written(path))
        return ERR_EMPTY;
    note_raw(path);
    return ERR_CORRUPTED;
}

GSM_Error phone_dummy_next(int *location)
{
    if (*location == 0)
        ahead.n = 0;
    int folder = *location < FOLDER_SIM * PLACES ? FOLDER_SIM : *location / PLACES;
    int place = *location < FOLDER_SIM * PLACES ? 0 : *location % PLACES;
    for (;;) {
        place = lowest_above(folder, place);
        if (place == 0 && folder >= FOLDER_PHONE)
            return ERR_EMPTY;
        if (place == 0) {
            folder = FOLDER_PHONE;
            continue;
        }
        *location = folder * PLACES + place;
        GSM_Error error = read_place(folder, place);
        if (error != ERR_EMPTY)
            return error;
    }
}
