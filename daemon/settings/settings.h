/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kabard.conf and all that it names, loaded and checked as a whole: settings, sets, language, texts of the answers.
 *
 * Either everything is in order or nothing is returned: a running daemon keeps its old settings when a reload fails.
 * What each field means, its unit, range and default stands in config/params.def, and nowhere else; fields bear the
 * names of that table. All memory is the settings' own until settings_close(). The SQL of the sets is not compiled
 * here: that is store/rule.h's, and box_open() names the line of what it refuses.
 */
#ifndef KABAR_SETTINGS_SETTINGS_H
#define KABAR_SETTINGS_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"
#include "parsers/lang.h"
#include "parsers/reading.h"
#include "parsers/set.h"
#include "settings/faults.h"
#include "settings/replies.h"
#include "settings/set_file.h"

struct texts {
    const char *const *text;
    size_t n;
};

struct box_settings {
    const char *id, *timezone;
    struct texts areas; /* codes; none: see core/villages.h */
};

/* What the box does by itself, by day of the month and time of the day; a day of 0: never. */
struct schedule_settings {
    int time, operator_time; /* minutes of the day */
    int remind_day, remind_again_day, posyandu_day, kades_day, card_day, early_day, thanks_day;
    struct texts card_to; /* roles, several of them in one text perhaps */
    int silent_day, silent_months;
    struct texts silent_to; /* roles, as notes_settings.to */
    const char *forms;      /* codes with spaces between */
    int weekly;             /* 0 = Sunday; SCHEDULE_NEVER */
    bool daily;
};
enum { SCHEDULE_NEVER = 7 };

struct file_settings {
    struct texts sets, replies; /* as found: absolute */
    const char *lang;
};

enum {
    MODEMS_MAX = 32,         /* of one box: each has a worker */
    MODEM_COMMANDS_MAX = 512 /* bytes of its init, with a line end after each */
};

struct modem_settings {
    const char *name, *connection, *device, *model, *pin, *imei, *scan, *power_hook;
    const char *smsc;  /* E.164, or "" */
    struct texts init; /* AT commands */
    bool delete_sent;
    const char *number;    /* E.164, or "" */
    struct texts prefixes; /* as the beginning of an E.164 number: "+62811" */
    const char *balance, *balance_word;
    int balance_limit;
    int loopback_hours; /* 0: never */
    int poll_seconds;
    int line; /* of kabard.conf */
};

/* A set with its spellings compiled for the language. */
struct settings_set {
    const struct set *set;
    const struct lexicon *lexicon;
};

enum unknown_sender { UNKNOWN_SENDER_ONCE, UNKNOWN_SENDER_SILENT };
enum uncertain_policy { UNCERTAIN_RESEND, UNCERTAIN_ASK };

struct notes_settings {
    struct texts to, emergency_to; /* roles (parsers/role.h), several of them in one text perhaps */
    struct texts emergency_words;
    int number_day;
};

struct settings {
    const char *file; /* kabard.conf, absolute */
    struct box_settings box;
    struct schedule_settings schedule;
    struct notes_settings notes;
    struct file_settings names;
    const char *database;            /* absolute */
    const struct settings_set *sets; /* by valid_from, the oldest first */
    size_t n_sets;
    const struct lang *lang;
    const struct replies *const *replies; /* at least one */
    size_t n_replies;
    const struct modem_settings *modems; /* may be none: then nothing is sent or received */
    size_t n_modems;

    int language;       /* of kabarctl: settings/language.h reads it */
    int unknown_sender; /* enum unknown_sender */
    int unknown_sender_days, unknown_sender_keep;
    struct texts own_numbers; /* E.164 */
    bool welcome;
    struct texts operators; /* names of people; none: any */
    int grace_days, accept_months_back, keep_raw_months, held_hours;
    int multipart_wait_minutes, multipart_parts_max;
    int reply_max_parts;
    int replies_number_hour, replies_number_day, replies_box_hour, replies_box_day;
    int replies_strangers_hour, replies_strangers_day, loop_guard;
    int retry_base_seconds, retry_step, retry_cap_minutes, retry_max, retry_jitter_percent;
    int validity_reply_hours, validity_other_hours;
    int uncertain_minutes;
    int uncertain; /* enum uncertain_policy */
    bool status_reports;
    int quiet_from, quiet_until; /* minutes of the day */
    int pace_minute, pace_hour, pace_day;
    int alerts_number_day;
    int sms_price;                                                /* rupiah; 0: not known */
    int alert_modem_minutes, alert_queue_minutes, alert_disk_mib; /* 0: never */
    int oneway_submits, oneway_reports;                           /* 0: never */
    const char *metrics;                                          /* absolute, or "" */
    int metrics_seconds;
    const char *backup_recipient;
    const char *worker; /* absolute, or "" */
    int deadline_init, deadline_status, deadline_list, deadline_delete, deadline_submit, deadline_quit;
    int log_level; /* enum log_level of base/log.h */

    struct settings_files *files; /* what all this points into; settings/'s own */
};

/* Loads path. -EINVAL with the first fault and the number of others; *ret_settings is untouched then. */
MUST_CHECK int settings_open(const char *path, struct settings **ret_settings, struct error *error);
/* The same with one more set, sets/NAME.cfg, looked for as those that the file names. -ENOENT: there is no such file.
 */
MUST_CHECK int settings_open_with(const char *path, const char *set, struct settings **ret_settings,
                                  struct error *error);
/* The same with every fault, a line each, for --check-config. */
MUST_CHECK int settings_load(const char *path, struct faults *faults, struct settings **ret_settings);
/* NULL is fine. Returns NULL. */
struct settings *settings_close(struct settings *settings);

/* The settings in force as a kabard.conf: every row of params.def, defaults marked, in an order that can be read again.
 * PINs are not shown. */
void settings_print(const struct settings *settings, struct buf *buf);

/* Name of the first setting that differs and that SIGHUP can't take over ("database", "modems"), or NULL: what a
 * reload says must wait for a restart. */
const char *settings_needs_restart(const struct settings *before, const struct settings *after);

/*
 * `kabarctl set check FILE`: loads one set file alone, with a language where lang_path is not NULL. Every fault goes to
 * faults; to *notes, a line each, what is allowed but worth a look: spellings of two keys of a form, or of two forms,
 * that are one typing error apart. Where the set is sound *ret_set is to be closed by set_file_close(), for its SQL to
 * be compiled, else NULL.
 */
MUST_CHECK int set_check(const char *path, const char *lang_path, struct faults *faults, struct buf *notes,
                         struct set_file **ret_file);

#endif
