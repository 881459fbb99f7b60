/* SPDX-License-Identifier: GPL-2.0-or-later */
/* import gammu-smsd: what its database received becomes messages here, unanswered, and its phone book contacts. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/translate.h"
#include "core/intake/imported.h"
#include "ctl/contact_words.h"
#include "ctl/progress.h"
#include "ctl/session.h"
#include "ctl/smsd/smsd_part.h"
#include "store/raw.h"

enum {
    PARTS_MAX = 255,
    ROWS_MAX = 500000,
    PEOPLE_MAX = 10000,
    KEEP_MAX_BYTES = 256 << 20,
    GROUP_SPAN_MS = 24 * MS_HOUR,
    STEP_MS = 100, /* of writing, then the daemon has its turn */
};

/* One message among the sorted parts. */
struct group {
    size_t first, n;
    int64_t id; /* of its first row: messages are kept in the order in which they came */
};

/* A row of the phone book; where its texts are in keep. */
struct person {
    size_t name, number;
};

struct import {
    const char *path;
    struct session *session;
    struct contact_words words; /* of every person of the phone book, but for name and phone */
    int64_t now_ms, since_ms;
    bool utc;                /* of the stamps */
    struct smsd_part *parts; /* owned */
    size_t n_parts, room;
    struct buf keep;
    struct group *groups; /* owned */
    size_t n_groups;
    struct person *persons; /* owned */
    size_t n_persons;
    size_t people, people_known, people_left_out;
    int64_t oldest_ms; /* received, of the new ones of a step */
    int64_t step_ms;   /* when the transaction began */
    bool dry_run;
    size_t messages, known, incomplete, undated, not_text;
    struct error error;
};

static void import_deinit(struct import *import)
{
    free(import->parts);
    free(import->groups);
    free(import->persons);
    buf_deinit(&import->keep);
}

static int check_room(struct import *import)
{
    return import->keep.full ? error_set(&import->error, -ENOMEM, "%s does not fit into memory", import->path) : 0;
}

static int take_sms(void *data, const struct smsd_sms *sms)
{
    struct import *import = data;
    size_t kept = import->keep.len;
    if (import->n_parts == ROWS_MAX)
        return error_set(&import->error, -EINVAL, "%s has more than %d SMS; import the newer ones: --since DATE",
                         import->path, ROWS_MAX);
    if (import->n_parts == import->room) {
        size_t room = import->room ? 2 * import->room : 256;
        struct smsd_part *grown = reallocarray(import->parts, room, sizeof *grown);
        if (!grown)
            return error_set(&import->error, -ENOMEM, "out of memory at row %zu", import->n_parts);
        import->parts = grown;
        import->room = room;
    }
    struct smsd_part *part = &import->parts[import->n_parts];
    smsd_part_read(sms, import->utc, import->now_ms, &import->keep, part);
    if (import->since_ms == 0 || part->row.sent_ms >= import->since_ms)
        import->n_parts++;
    else
        import->keep.len = kept;
    return check_room(import);
}

static size_t keep_text(struct buf *keep, const char *text)
{
    size_t at = keep->len;
    buf_add(keep, (struct view){text, strlen(text) + 1});
    return at;
}

static int take_person(void *data, const struct smsd_person *person)
{
    struct import *import = data;
    if (!import->persons)
        import->persons = calloc(PEOPLE_MAX, sizeof *import->persons);
    if (!import->persons || import->n_persons == PEOPLE_MAX)
        return error_set(&import->error, import->persons ? -EINVAL : -ENOMEM,
                         "the phone book of %s has more than %d people", import->path, PEOPLE_MAX);
    struct person *kept = &import->persons[import->n_persons++];
    kept->name = keep_text(&import->keep, person->name[0] ? person->name : person->number);
    kept->number = keep_text(&import->keep, person->number);
    return check_room(import);
}

/* A person of the phone book waits for the operator's approval. */
static int put_person(struct import *import, const struct person *person)
{
    struct store *store = import->session->store;
    struct contact_words words = import->words;
    struct contact contact, there;
    struct contact_areas areas; /* none */
    int64_t id;
    words.name = view_of(import->keep.text + person->name);
    words.phone = view_of(import->keep.text + person->number);
    int r = contact_of_words(import->session->box, &words, &contact, &areas, &import->error);
    if (!r && (r = store_contact_by_phone(store, contact.phone, &there, &import->error)) == 0) {
        import->people_known++;
        return 0;
    }
    contact.state = CONTACT_PENDING;
    if (r == -ENOENT)
        r = store_contact_add(store, &contact, import->now_ms, &id, &import->error);
    if (r == -EINVAL) {
        import->people_left_out++;
        (void)ctl_refuse("note: left out of the phone book: %s", import->error.text);
        return 0;
    }
    import->people += r == 0;
    return r;
}

/* Parts of one message side by side, the rest in the order of the inbox. */
static int compare_parts(const void *a, const void *b)
{
    const struct smsd_part *x = a, *y = b;
    int order = strcmp(x->row.sender, y->row.sender);
    if (!order)
        order = x->row.concat_ref - y->row.concat_ref;
    if (!order)
        order = x->row.concat_total - y->row.concat_total;
    return order ? order : (x->id > y->id) - (x->id < y->id);
}

static int compare_sequence(const void *a, const void *b)
{
    return ((const struct smsd_part *)a)->row.concat_seq - ((const struct smsd_part *)b)->row.concat_seq;
}

static int compare_groups(const void *a, const void *b)
{
    const struct group *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

/* References wrap at 256: a message ends where a part comes again, or comes a day later. */
static bool belongs(const struct import *import, const struct group *group, const struct smsd_part *part)
{
    const struct smsd_part *parts = &import->parts[group->first];
    if (group->n == 0 || parts->row.concat_ref < 0 || strcmp(parts->row.sender, part->row.sender) != 0 ||
        parts->row.concat_ref != part->row.concat_ref || parts->row.concat_total != part->row.concat_total ||
        part->row.sent_ms - parts->row.sent_ms > GROUP_SPAN_MS)
        return false;
    for (size_t i = 0; i < group->n; i++)
        if (parts[i].row.concat_seq == part->row.concat_seq)
            return false;
    return true;
}

static int group_parts(struct import *import)
{
    for (size_t i = 0; i < import->n_parts; i++)
        smsd_part_settle(&import->parts[i], &import->keep);
    import->groups = calloc(import->n_parts + 1, sizeof *import->groups);
    if (!import->groups)
        return error_set(&import->error, -ENOMEM, "out of memory");
    if (import->n_parts)
        qsort(import->parts, import->n_parts, sizeof *import->parts, compare_parts);
    struct group *group = import->groups;
    for (size_t i = 0; i < import->n_parts; i++) {
        if (!belongs(import, group, &import->parts[i])) {
            group = &import->groups[import->n_groups++];
            *group = (struct group){.first = i, .id = import->parts[i].id};
        }
        group->n++;
    }
    for (size_t i = 0; i < import->n_groups; i++)
        qsort(&import->parts[import->groups[i].first], import->groups[i].n, sizeof *import->parts, compare_sequence);
    qsort(import->groups, import->n_groups, sizeof *import->groups, compare_groups);
    return 0;
}

static int put_group(struct import *import, const struct group *group)
{
    struct mo_part_row rows[PARTS_MAX];
    enum imported_result result;
    for (size_t i = 0; i < group->n; i++)
        rows[i] = import->parts[group->first + i].row;
    size_t due = (size_t)rows[0].concat_total;
    int r = imported_message(import->session->box, rows, group->n, due, &result, &import->error);
    if (r)
        return r;
    switch (result) {
    case IMPORTED_NEW:
        import->messages++;
        if (rows[0].received_ms < import->oldest_ms)
            import->oldest_ms = rows[0].received_ms;
        import->incomplete += group->n < due;
        import->undated += rows[0].sent_ms == 0;
        import->not_text += strcmp(rows[0].kind, "text") != 0;
        break;
    case IMPORTED_KNOWN:
        import->known++;
        break;
    }
    return 0;
}

static int64_t monotonic_ms(const struct import *import)
{
    const struct clock *clock = &import->session->clock;
    return clock->monotonic_ms(clock->data);
}

static int begin_step(struct import *import)
{
    import->oldest_ms = INT64_MAX;
    import->step_ms = monotonic_ms(import);
    return store_begin(import->session->store, &import->error);
}

static int end_step(struct import *import, int r)
{
    struct store *store = import->session->store;
    if (r == 0)
        r = store_raw_added(store, import->oldest_ms, &import->error);
    if (!import->dry_run)
        return store_end(store, r, &import->error);
    store_rollback(store);
    return r;
}

/* After each message: the daemon has its turn often enough to answer an SMS that comes meanwhile. */
static int next_step(struct import *import)
{
    if (monotonic_ms(import) - import->step_ms < STEP_MS)
        return 0;
    int r = end_step(import, 0);
    store_yield();
    return r == 0 ? begin_step(import) : r;
}

/* Reads all of it before anything is locked, then writes in steps: what is known already is passed by, so that the same
 * command goes on where one was cut off. */
static int take_all(struct import *import)
{
    int r = smsd_read(import->path, take_sms, take_person, import, &import->error);
    if (!r)
        r = group_parts(import);
    if (!r)
        r = begin_step(import);
    if (r)
        return r;
    for (size_t i = 0; i < import->n_persons && !r; i++)
        if ((r = put_person(import, &import->persons[i])) == 0)
            r = next_step(import);
    for (size_t i = 0; i < import->n_groups && !r; i++)
        if ((r = put_group(import, &import->groups[i])) == 0)
            r = next_step(import);
    return end_step(import, r);
}

static void print_import(const struct ctl *ctl, const struct import *import, bool dry_run)
{
    if (ctl->json) {
        (void)printf("{\"contacts\":%zu,\"contacts_known\":%zu,\"contacts_left_out\":%zu,\"messages\":%zu,"
                     "\"messages_known\":%zu,\"incomplete\":%zu,\"undated\":%zu,\"not_text\":%zu,\"dry_run\":%s}\n",
                     import->people, import->people_known, import->people_left_out, import->messages, import->known,
                     import->incomplete, import->undated, import->not_text, dry_run ? "true" : "false");
        return;
    }
    (void)printf(dry_run ? _("%zu contacts would be added, pending; %zu known, %zu left out\n")
                         : _("%zu contacts added, pending; %zu known, %zu left out\n"),
                 import->people, import->people_known, import->people_left_out);
    (void)printf(
        dry_run ? _("%zu messages would be kept, unanswered; %zu known; of the new ones %zu lack a part, %zu have no "
                    "true date, %zu are not texts\n")
                : _("%zu messages kept, unanswered; %zu known; of the new ones %zu lack a part, %zu have no true date, "
                    "%zu are not texts\n"),
        import->messages, import->known, import->incomplete, import->undated, import->not_text);
    if (dry_run)
        (void)puts(_("nothing was written"));
    else if (import->people || import->messages)
        (void)puts(_("next: kabarctl contact list --pending; kabarctl inbox --unread; kabarctl reparse --all "
                     "--no-answer"));
}

static int read_words(const struct ctl *ctl, struct import *import)
{
    const char *role = args_get(&ctl->args, "--role");
    import->words.role = view_of(role ? role : "kader");
    const char *area = args_get(&ctl->args, "--area");
    if (area)
        import->words.area = view_of(area);
    if (contact_role_parse(import->words.role) == ROLE_COUNT)
        return ctl_usage(
            ctl, "--role %s is not a role; expected kpm, kader, kades, bidan, pendamping, tpps or operator", role);
    return option_time(ctl, "--since", 0, &import->since_ms);
}

int ctl_import_smsd(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(import_deinit)
    struct import import = {.path = ctl->args.words[0], .session = &session};
    const char *area = NULL;
    char detail[64];
    buf_init(&import.keep, KEEP_MAX_BYTES);
    int status = read_words(ctl, &import);
    if (!status)
        status = session_open(&session, ctl, STORE_WRITE);
    if (!status)
        status = option_area(ctl, &session, &area);
    if (!status)
        status = session_box(&session, ctl);
    if (status)
        return status;
    import.now_ms = session_now_ms(&session);
    import.utc = args_get(&ctl->args, "--utc") != NULL;
    import.dry_run = args_get(&ctl->args, "--dry-run") != NULL;
    progress_begin(ctl);
    int r = take_all(&import);
    progress_end();
    if (r && import.messages + import.people > 0 && !import.dry_run)
        (void)ctl_refuse("note: the first %zu messages are in; the same command goes on from there", import.messages);
    if (r)
        return ctl_failed(r, &import.error);
    (void)snprintf(detail, sizeof detail, "%zu contacts, %zu messages", import.people, import.messages);
    if (!import.dry_run && (status = session_begin(&session)) == 0)
        status = session_commit(&session, "import.gammu-smsd", import.path, detail);
    if (!status)
        print_import(ctl, &import, import.dry_run);
    return status;
}
