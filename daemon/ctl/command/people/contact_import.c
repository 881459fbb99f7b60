/* SPDX-License-Identifier: GPL-2.0-or-later */
/* contact import: every bad row is named, and where there is one nothing is taken. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/translate.h"
#include "ctl/contact_words.h"
#include "ctl/csv.h"
#include "ctl/progress.h"
#include "ctl/session.h"
#include "operator/people.h"

struct import {
    const struct box *box;
    struct store *store;
    struct csv csv;
    int64_t now_ms;
    size_t added, unchanged;
    size_t waited, read; /* SMS that the numbers had sent before */
};

static void import_deinit(struct import *import)
{
    csv_close(&import->csv);
}

static int take_area(void *data, const struct area *area)
{
    struct contact_areas *areas = data;
    areas->id[areas->n++] = area->id;
    return areas->n == CONTACT_AREAS_MAX;
}

/* Whether the number is registered already, with these very words: a list may be imported again. */
static bool is_same(struct import *import, const struct contact *contact, const struct contact_areas *areas)
{
    struct contact there;
    struct contact_areas now = {.n = 0};
    if (store_contact_by_phone(import->store, contact->phone, &there, NULL) ||
        store_contact_areas(import->store, there.id, take_area, &now, NULL) || now.n != areas->n)
        return false;
    for (size_t i = 0, found = 0; i < now.n; i++, found = 0) {
        for (size_t j = 0; j < areas->n; j++)
            found += now.id[i] == areas->id[j];
        if (found == 0)
            return false;
    }
    return strcmp(there.name, contact->name) == 0 && there.role == contact->role && there.area_id == contact->area_id &&
           strcmp(there.locale, contact->locale) == 0;
}

static int take_row(struct import *import, const struct view fields[5], struct error *error)
{
    struct contact_words words = {fields[0], fields[1], fields[2], fields[3], fields[4]};
    struct contact contact;
    struct contact_areas areas;
    struct people_waiting waiting;
    int r = contact_of_words(import->box, &words, &contact, &areas, error);
    if (!r && is_same(import, &contact, &areas)) {
        import->unchanged++;
        return 0;
    }
    if (!r)
        r = store_contact_add(import->store, &contact, import->now_ms, &contact.id, error);
    import->added += r == 0;
    if (!r)
        r = store_contact_areas_set(import->store, contact.id, areas.id, areas.n, error);
    if (!r)
        r = people_registered(import->box, &contact, false, import->now_ms, &waiting, error);
    if (!r) {
        import->waited += waiting.waited;
        import->read += waiting.read;
    }
    return r;
}

/* 0, or a negative errno that ends it all; bad rows are named and counted. */
static int take_rows(struct import *import, struct error *error)
{
    struct view fields[5];
    enum csv_row row;
    while ((row = csv_next(&import->csv, fields, error)) != CSV_END) {
        int r = row == CSV_ROW ? take_row(import, fields, error) : -EINVAL;
        if (r && r != -EINVAL && r != -ENOENT && r != -EEXIST)
            return r;
        if (r)
            csv_refuse(&import->csv, import->csv.line, error);
    }
    return 0;
}

int ctl_contact_import(struct ctl *ctl)
{
    static const char *const names[] = {"phone", "name", "role", "area", "locale"};
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(import_deinit) struct import import = {0};
    struct error error = {0};
    int status = session_open(&session, ctl, STORE_WRITE);
    if (!status)
        status = session_box(&session, ctl);
    if (status)
        return status;
    int r = csv_open(&import.csv, ctl->args.words[0], names, 5, 4, &error);
    if (r)
        return ctl_failed(r, &error);
    status = session_begin(&session);
    if (status)
        return status;
    import.box = session.box;
    import.store = session.store;
    import.now_ms = session_now_ms(&session);
    progress_begin(ctl);
    r = take_rows(&import, &error);
    progress_end();
    if (r)
        return ctl_failed(r, &error);
    status = csv_verdict(&import.csv);
    if (status)
        return status;
    int cut = csv_note_cut(&import.csv);
    bool dry_run = args_get(&ctl->args, "--dry-run") != NULL;
    char detail[64];
    (void)snprintf(detail, sizeof detail, "%zu added, %zu unchanged", import.added, import.unchanged);
    status = dry_run ? 0 : session_commit(&session, "contact.import", import.csv.path, detail);
    if (status)
        return status;
    if (ctl->json)
        (void)printf("{\"added\":%zu,\"unchanged\":%zu,\"dry_run\":%s,\"cut_line\":%d}\n", import.added,
                     import.unchanged, dry_run ? "true" : "false", cut);
    else
        (void)printf(dry_run ? _("%zu contacts would be added, %zu unchanged; nothing was written\n")
                             : _("%zu contacts added, %zu unchanged\n"),
                     import.added, import.unchanged);
    if (import.waited > 0)
        (void)fprintf(stderr, _("kabarctl: note: %zu SMS of these numbers waited: %zu are read as reports\n"),
                      import.waited, import.read);
    return CTL_DONE;
}
