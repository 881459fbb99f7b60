#include <errno.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ctl/doctor.h"

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
        (void)snprintf(text, sizeof text, "%s: its device %s is not there", modem->name, modem->device);
        doctor_say(doctor, FINDING_BAD, "modem", text,
                   "put the stick in; if it stands under ports below with another name, write that as device");
        return false;
    }
    if (access(modem->device, R_OK | W_OK) != 0) {
        (void)snprintf(text, sizeof text, "%s: this user may not open %s (%s)", modem->name, modem->device,
                       strerror(errno));
        doctor_say(doctor, FINDING_WARN, "modem", text,
                   "the daemon's user must be in its group: usermod -aG dialout kabar; or run this as root");
    }
    return true;
}

static const char *signal_words(int percent)
{
    if (percent < 0)
        return "signal unknown";
    if (percent < 15)
        return "hardly any signal";
    if (percent < 35)
        return "weak signal";
    return percent < 65 ? "good signal" : "very good signal";
}

static void say_state(struct doctor *doctor, const struct modem_row *row)
{
    char text[512];
    if (row->trouble[0] && !row->registered) {
        (void)snprintf(text, sizeof text, "%s: %s; %s", row->name, row->state, row->trouble);
        doctor_say(doctor, FINDING_BAD, "modem", text,
                   "wrong device or connection? PIN? power? pull it out and in; kabarctl status shows when it is back");
        return;
    }
    if (!row->registered) {
        (void)snprintf(text, sizeof text, "%s: %s, in no network, %s", row->name, row->state,
                       signal_words(row->signal_percent));
        doctor_say(doctor, FINDING_BAD, "modem", text,
                   "SIM put in the right way, still valid, with credit? antenna screwed on? try it in a phone");
        return;
    }
    bool weak = row->signal_percent >= 0 && row->signal_percent < 15;
    (void)snprintf(text, sizeof text, "%s: %s, network %s, %s (%d %%)", row->name, row->state,
                   row->operator_name[0] ? row->operator_name : "registered", signal_words(row->signal_percent),
                   row->signal_percent);
    doctor_say(doctor, weak ? FINDING_WARN : FINDING_OK, "modem", text,
               weak ? "put the antenna higher or at a window, away from the box" : "");
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
    } else {
        (void)snprintf(text, sizeof text, "%s: nothing is known while the daemon does not run", modem->name);
        doctor_say(doctor, FINDING_WARN, "modem", text, "systemctl start kabard, and ask again in a minute");
    }
    if (strcmp(modem->model, "dummy") == 0) {
        (void)snprintf(text, sizeof text, "%s is the dummy phone: no SMS comes or goes", modem->name);
        doctor_say(doctor, FINDING_WARN, "modem", text,
                   "with a real modem: connection = \"at115200\"; device = one of the ports below, no model");
    }
}

void doctor_modems(struct doctor *doctor, struct session *session)
{
    for (size_t i = 0; i < session->settings->n_modems; i++)
        check_modem(doctor, session, &session->settings->modems[i]);
    if (session->settings->n_modems == 0)
        doctor_say(doctor, FINDING_BAD, "modem", "none is configured", "write modems = ( … ), see kabard.conf(5)");
}

void doctor_ports(struct doctor *doctor)
{
    glob_t found = {0};
    char text[PATH_MAX + 64];
    (void)glob("/dev/ttyUSB*", 0, NULL, &found);
    (void)glob("/dev/ttyACM*", GLOB_APPEND, NULL, &found);
    (void)glob("/dev/kabar/*", GLOB_APPEND, NULL, &found);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        bool may = access(found.gl_pathv[i], R_OK | W_OK) == 0;
        (void)snprintf(text, sizeof text, "%s%s", found.gl_pathv[i], may ? "" : ": this user may not open it");
        doctor_say(doctor, may ? FINDING_OK : FINDING_WARN, "port", text,
                   may ? "" : "the daemon's user must be in its group: usermod -aG dialout kabar");
    }
    if (found.gl_pathc == 0)
        doctor_say(doctor, FINDING_WARN, "port", "no USB modem is plugged in",
                   "put it in, wait ten seconds, ask again; still none: dmesg | tail, another cable or port");
    globfree(&found);
}
