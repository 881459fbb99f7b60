/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/translate.h"
#include "ctl/doctor/doctor.h"
#include "ctl/told.h"
#include "store/meta.h"
#include "store/modem.h"

struct wanted {
    const char *name;
    struct modem_row row;
    bool found;
};

static int take_modem(void *data, const struct modem_row *modem)
{
    struct wanted *wanted = data;
    if (strcmp(modem->name, wanted->name) != 0)
        return 0;
    wanted->row = *modem;
    wanted->found = true;
    return 1;
}

/* Whether the device can be opened; says why not. */
static bool check_device(struct doctor *doctor, const struct modem_settings *modem)
{
    char text[PATH_MAX + 128];
    if (modem->device[0] != '/' || strcmp(modem->model, "dummy") == 0)
        return true;
    if (access(modem->device, F_OK) != 0) {
        (void)snprintf(text, sizeof text, _("%s: its device %s is not there"), modem->name, modem->device);
        doctor_say(doctor, FINDING_BAD, "modem", text,
                   _("plug the modem in; if it has another name under ports below, write that one as device"));
        return false;
    }
    if (access(modem->device, R_OK | W_OK) != 0) {
        (void)snprintf(text, sizeof text, _("%s: this user may not open %s (%s)"), modem->name, modem->device,
                       translate_errno(errno));
        doctor_say(doctor, FINDING_WARN, "modem", text, _(DOCTOR_GROUP));
    }
    return true;
}

const char *doctor_signal(int percent)
{
    if (percent < 0)
        return _("signal unknown");
    if (percent < DOCTOR_WEAK_PERCENT)
        return _("hardly any signal");
    if (percent < 35)
        return _("weak signal");
    return percent < 65 ? _("good signal") : _("very good signal");
}

/* What to do about a modem that does not work, by what its supervisor says of it. */
static const char *todo_of(const struct modem_row *row)
{
    if (strcmp(row->state, "ready") == 0)
        return _("SIM put in the right way, still valid, with credit? antenna screwed on? try it in a phone");
    if (strcmp(row->state, "one-way") == 0)
        return _("credit used up? SMS centre right? try the SIM in a phone; kabard restarts the modem by itself");
    if (strstr(row->trouble, "PIN"))
        return _(DOCTOR_PIN);
    return _("wrong device or connection? power? pull it out and in; kabarctl status shows when it is back");
}

static void say_state(struct doctor *doctor, const struct modem_row *row)
{
    char text[512];
    if (!modem_row_works(row)) {
        if (strcmp(row->state, "ready") == 0)
            (void)snprintf(text, sizeof text, _("%s: it is in no network, %s"), row->name,
                           doctor_signal(row->signal_percent));
        else
            (void)snprintf(text, sizeof text, "%s: %s%s%s", row->name, translate(row->state),
                           row->trouble[0] ? "; " : "", told(row->trouble).text);
        doctor_say(doctor, FINDING_BAD, "modem", text, todo_of(row));
        return;
    }
    if (row->trouble[0]) {
        (void)snprintf(text, sizeof text, "%s: %s", row->name, told(row->trouble).text);
        doctor_say(doctor, FINDING_BAD, "modem", text, todo_of(row));
        return;
    }
    bool weak = row->signal_percent >= 0 && row->signal_percent < DOCTOR_WEAK_PERCENT;
    (void)snprintf(text, sizeof text, _("%s: %s, network %s, %s (%d %%)"), row->name, translate(row->state),
                   row->operator_name[0] ? row->operator_name : _("registered"), doctor_signal(row->signal_percent),
                   row->signal_percent);
    doctor_say(doctor, weak ? FINDING_WARN : FINDING_OK, "modem", text, weak ? _(DOCTOR_ANTENNA) : "");
}

/* What the daemon keeps of a modem. */
static void say_meta(struct doctor *doctor, struct session *session, const struct modem_settings *modem, enum meta meta,
                     const char *about, const char *words)
{
    char value[256], text[512];
    struct error error;
    if (!session->store || store_meta_get(session->store, meta, modem->name, value, sizeof value, &error) != 0)
        return;
    (void)snprintf(text, sizeof text, "%s: %s %s", modem->name, words, value);
    doctor_say(doctor, FINDING_OK, about, text, "");
}

static void check_modem(struct doctor *doctor, struct session *session, const struct modem_settings *modem)
{
    struct wanted wanted = {.name = modem->name};
    struct error error = {0};
    char text[128];
    if (!check_device(doctor, modem))
        return;
    if (session->store && store_modem_list(session->store, take_modem, &wanted, &error))
        return;
    if (wanted.found && doctor->running) {
        say_state(doctor, &wanted.row);
        say_meta(doctor, session, modem, META_SMSC, "smsc", _("the SMS centre is"));
        say_meta(doctor, session, modem, META_BALANCE, "balance", _("the balance was last"));
    } else if (strcasecmp(modem->connection, "none") == 0 || doctor->running) {
        (void)snprintf(text, sizeof text, _("%s: nothing is known of it yet"), modem->name);
        doctor_say(doctor, FINDING_WARN, "modem", text, _("systemctl start kabard, and ask again in a minute"));
    }
    if (strcmp(modem->model, "dummy") == 0) {
        (void)snprintf(text, sizeof text, _("%s is the dummy phone: no SMS comes or goes"), modem->name);
        doctor_say(doctor, FINDING_WARN, "modem", text,
                   _("with a real modem: connection = \"at115200\"; device = one of the ports below, no model"));
    }
}

void doctor_modems(struct doctor *doctor, struct session *session)
{
    for (size_t i = 0; i < session->settings->n_modems; i++)
        check_modem(doctor, session, &session->settings->modems[i]);
    if (session->settings->n_modems == 0)
        doctor_say(doctor, FINDING_BAD, "modem", _("none is configured"),
                   _("write modems = ( … ), see kabard.conf(5)"));
}
