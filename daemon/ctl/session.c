/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/session.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/digits.h"
#include "base/disk.h"
#include "base/lock.h"
#include "core/judge/area_find.h"
#include "core/time.h"
#include "ctl/told.h"
#include "parsers/msisdn.h"
#include "store/area.h"
#include "store/audit.h"

/* Whether the name of --as is one that the configuration knows. */
static int check_as(const struct session *session)
{
    const struct texts *known = &session->settings->operators;
    bool found = !session->as || known->n == 0;
    if (session->as && (session->as[0] == '\0' || strlen(session->as) > WHO_MAX_BYTES))
        return ctl_refuse("--as needs a name of 1 to %d bytes", WHO_MAX_BYTES);
    for (size_t i = 0; i < known->n && !found; i++)
        found = strcmp(known->text[i], session->as) == 0;
    if (found)
        return 0;
    CLEANUP(buf_deinit) struct buf names;
    buf_init(&names, 1024);
    for (size_t i = 0; i < known->n; i++)
        buf_printf(&names, "%s%s", i ? ", " : "", known->text[i]);
    return ctl_refuse("--as %s: the setting \"operators\" knows %s", session->as, names.text);
}

int session_settings(struct session *session, const struct ctl *ctl)
{
    if (session->settings)
        return 0;
    session->as = ctl->as;
    session->clock = clock_system;
    if (!ctl->config_given && access(ctl->config, F_OK) != 0)
        return ctl_environment("there is no configuration %s; type: kabarctl -c FILE %s …; or write the first one: "
                               "sudo kabarctl setup",
                               ctl->config, ctl->command->name);
    struct error error = {0};
    if (settings_open(ctl->config, &session->settings, &error))
        return ctl_environment("%s", error.text);
    if (zone_set(session->settings->box.timezone, &error))
        return ctl_environment("%s: box.timezone: %s", ctl->config, error.text);
    return check_as(session);
}

/* Where the daemon knows more of it, its word counts: "make one" would be wrong of a database it misses. */
static int say_trouble(const char *database, const struct error *error)
{
    struct error said;
    int64_t since_ms;
    char since[17];
    if (!lock_told(database, &said, &since_ms))
        return ctl_environment("%s", error->text);
    time_format_local(since_ms, since);
    return ctl_environment("kabard has trouble since %s and takes nothing from the modems: %s", since,
                           told(said.text).text);
}

int session_open(struct session *session, const struct ctl *ctl, enum store_mode mode)
{
    int status = session_settings(session, ctl);
    if (status || session->store)
        return status;
    struct error error = {0};
    const struct settings *settings = session->settings;
    if (store_open(settings->database, mode, settings->box.id, &session->store, &error) == 0)
        return 0;
    if (mode == STORE_WRITE && !session_may_write(session) && access(settings->database, R_OK) == 0 && geteuid() != 0)
        return ctl_environment("you may read %s, but not change it: try sudo kabarctl %s …", settings->database,
                               ctl->command->name);
    return say_trouble(settings->database, &error);
}

int session_keep_daemon_out(const char *database)
{
    struct error error = {0};
    int fd;
    int r = lock_take(database, &fd, &error);
    if (r == -EBUSY)
        return ctl_refuse("kabard works on %s; stop it first: systemctl stop kabard", database);
    return r ? ctl_environment("%s", error.text) : 0;
}

bool session_may_write(const struct session *session)
{
    char folder[PATH_MAX];
    disk_folder(session->settings->database, folder);
    return access(session->settings->database, W_OK) == 0 && access(folder, W_OK) == 0;
}

int session_box(struct session *session, const struct ctl *ctl)
{
    int status = session_settings(session, ctl);
    if (status || session->box)
        return status;
    struct error error = {0};
    if (box_open(session->settings, session->store, session->clock, &session->box, &error))
        return ctl_environment("%s", error.text);
    return 0;
}

void session_close(struct session *session)
{
    box_close(session->box);
    if (session->store)
        store_rollback(session->store);
    store_close(session->store);
    settings_close(session->settings);
}

int64_t session_now_ms(const struct session *session)
{
    struct moment now;
    struct error ignored;
    if (session->store && moment_look(session->store, session->clock, &now, &ignored) == 0)
        return now.ms;
    return session->clock.wall_ms(session->clock.data);
}

int session_begin(struct session *session)
{
    struct error error = {0};
    int r = store_begin(session->store, &error);
    return r ? ctl_failed(r, &error) : 0;
}

/* Who logged in, whatever sudo and su made of it since; NULL: the machine doesn't tell. */
static const char *login_name(void)
{
    char text[16] = "";
    int64_t uid;
    FILE *file = fopen("/proc/self/loginuid", "re");
    if (!file)
        return NULL;
    bool read = fgets(text, sizeof text, file) != NULL;
    (void)fclose(file);
    text[strcspn(text, "\n")] = '\0';
    if (!read || !digits_whole(text, INT32_MAX, &uid) || uid == 0)
        return NULL;
    const struct passwd *entry = getpwuid((uid_t)uid);
    return entry ? entry->pw_name : NULL;
}

void session_who(const struct session *session, char ret_who[WHO_SIZE])
{
    enum { FIRST_PERSON = 1000 }; /* below are root and the users of programs, as whom nobody logs in */
    const char *name = session->as;
    if (!name && getuid() < FIRST_PERSON)
        name = getenv("SUDO_USER");
    if (!name)
        name = login_name();
    const struct passwd *entry = name ? NULL : getpwuid(getuid());
    if (entry)
        name = entry->pw_name;
    if (name)
        (void)snprintf(ret_who, WHO_SIZE, WHO_PREFIX "%.*s", WHO_MAX_BYTES, name);
    else
        (void)snprintf(ret_who, WHO_SIZE, WHO_PREFIX "%u", (unsigned)getuid());
}

int session_commit(struct session *session, const char *what, const char *subject, const char *detail)
{
    struct error error = {0};
    char who[WHO_SIZE];
    session_who(session, who);
    int r = store_audit(session->store, session_now_ms(session), who, what, subject, detail, &error);
    r = store_end(session->store, r, &error);
    return r ? ctl_failed(r, &error) : 0;
}

int session_actor(struct session *session, const struct ctl *ctl, struct actor *ret_actor)
{
    int status = session_open(session, ctl, STORE_WRITE);
    if (!status)
        status = session_box(session, ctl);
    session_who(session, session->who);
    *ret_actor = (struct actor){session->box, session->who};
    return status;
}

int session_phone(const char *typed, char ret_phone[MSISDN_MAX])
{
    switch (msisdn_normalise(view_of(typed), ret_phone)) {
    case MSISDN_MOBILE:
    case MSISDN_OTHER:
        return 0;
    case MSISDN_SHORT:
    case MSISDN_NAME:
        break;
    }
    struct buf shown;
    buf_init(&shown, 256);
    buf_escaped(&shown, (struct view){typed, strnlen(typed, 40)});
    int status =
        ctl_refuse("\"%s\" is not a phone number; expected 0812…, +62812… or another number with its country's "
                   "code",
                   shown.text);
    buf_deinit(&shown);
    return status;
}

const char *session_sender(const char *typed, char phone[MSISDN_MAX])
{
    enum msisdn_kind kind = msisdn_normalise(view_of(typed), phone);
    return kind == MSISDN_MOBILE || kind == MSISDN_OTHER ? phone : typed;
}

int option_area(const struct ctl *ctl, struct session *session, const char **ret_code)
{
    const char *words = args_get(&ctl->args, "--area");
    struct error error = {0};
    struct area area;
    *ret_code = NULL;
    if (!words)
        return 0;
    int status = session_box(session, ctl);
    if (status)
        return status;
    int r = area_find_one(session->box, view_of(words), &area, &error);
    if (r)
        return ctl_failed(r, &error);
    memcpy(session->area_code, area.code, sizeof session->area_code);
    *ret_code = session->area_code;
    return 0;
}

int option_number(const struct ctl *ctl, const char *name, int64_t min, int64_t max, int64_t *ret_number)
{
    const char *text = args_get(&ctl->args, name);
    if (text && args_number(text, min, max, ret_number))
        return ctl_usage(ctl, "%s %s is not a number from %lld to %lld", name, text, (long long)min, (long long)max);
    return 0;
}

enum { LISTED = 100, LISTED_MAX = 1000000000 };

int session_list(struct session *session, const struct ctl *ctl, struct listed *ret_listed)
{
    struct listed listed = {.limit = LISTED};
    int status = option_time(ctl, "--since", 0, &listed.since_ms);
    if (!status)
        status = option_number(ctl, "--limit", 1, LISTED_MAX, &listed.limit);
    if (!status)
        status = session_open(session, ctl, STORE_READ);
    if (!status && args_knows(&ctl->args, "--area"))
        status = option_area(ctl, session, &listed.area_code);
    if (!status)
        *ret_listed = listed;
    return status;
}
