/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "operator/status.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/digits.h"
#include "base/lock.h"
#include "store/meta.h"

/* Bytes of the file and of what stands beside it, not yet in it. */
static int64_t database_size(const char *path)
{
    char beside[4096];
    struct stat file;
    int64_t bytes = 0;
    static const char *const endings[] = {"", "-wal"};
    for (size_t i = 0; i < 2; i++)
        if (snprintf(beside, sizeof beside, "%s%s", path, endings[i]) < (int)sizeof beside && stat(beside, &file) == 0)
            bytes += file.st_size;
    return bytes;
}

/* Of a row "MS TEXT" the text, in value; NULL where there is none, or it is not of that form. */
static const char *read_note(const struct box *box, enum meta meta, const char *of, char *value, size_t size,
                             int64_t *ret_ms)
{
    struct error ignored;
    const char *at = value;
    if (store_meta_get(box->store, meta, of, value, size, &ignored) != 0 || !digits_take(&at, INT64_MAX, ret_ms) ||
        *at != ' ')
        return NULL;
    return at + 1;
}

static void read_mended(const struct box *box, const char *name, int64_t now_ms, struct mended *ret_mended)
{
    char value[MENDED_MAX];
    int64_t since_ms;
    const char *text = read_note(box, META_MENDED, name, value, sizeof value, &since_ms);
    *ret_mended = (struct mended){.since_ms = 0};
    if (!text || now_ms - since_ms >= MS_DAY)
        return;
    ret_mended->since_ms = since_ms;
    (void)snprintf(ret_mended->trouble, sizeof ret_mended->trouble, "%s", text);
}

/* One that is dated later than now is of no known age. */
static int64_t read_backup(const struct box *box, const char *where, int64_t now_ms)
{
    char value[PATH_MAX + 24];
    int64_t ms;
    return read_note(box, META_BACKUP, where, value, sizeof value, &ms) && ms <= now_ms ? ms : 0;
}

static struct backups read_backups(const struct box *box, int64_t now_ms)
{
    struct backups backups = {.away_ms = read_backup(box, "away", now_ms)};
    int64_t here_ms = read_backup(box, "here", now_ms);
    backups.newest_ms = here_ms > backups.away_ms ? here_ms : backups.away_ms;
    backups.old = now_ms - backups.newest_ms > BACKUP_OLD_DAYS * MS_DAY;
    return backups;
}

struct status_reading {
    const struct box *box;
    struct box_status *status;
};

static int take_modem(void *data, const struct modem_row *row)
{
    struct status_reading *reading = data;
    const struct settings *settings = reading->box->settings;
    struct box_status *status = reading->status;
    for (size_t i = 0; i < settings->n_modems && status->n_modems < MODEMS_MAX; i++) {
        if (strcmp(settings->modems[i].name, row->name) != 0)
            continue;
        struct status_modem *modem = &status->modems[status->n_modems++];
        modem->row = *row;
        modem->works = status->running && modem_row_works(row) && !row->trouble[0];
    }
    return 0;
}

int status_read(const struct box *box, int64_t now_ms, struct box_status *ret_status, struct error *error)
{
    const char *database = box->settings->database;
    struct status_reading reading = {box, ret_status};
    *ret_status = (struct box_status){.now_ms = now_ms};
    ret_status->running = lock_held(database, &ret_status->pid);
    ret_status->trouble = lock_told(database, &ret_status->told, &ret_status->told_since_ms);
    ret_status->database_bytes = database_size(database);
    read_mended(box, "database", now_ms, &ret_status->database_mended);
    ret_status->backups = read_backups(box, now_ms);
    int r = box_counts_read(box, now_ms, &ret_status->counts, error);
    if (!r)
        r = store_modem_list(box->store, take_modem, &reading, error);
    if (!r)
        r = card_sets_of_box(box, &ret_status->card_sets, error);
    for (size_t i = 0; i < ret_status->n_modems; i++)
        read_mended(box, ret_status->modems[i].row.name, now_ms, &ret_status->modems[i].mended);
    return r ? r : status_read_alerts(box, ret_status, error);
}
