/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ports of `kabarctl doctor`: which there are, and what answers at those that nobody uses. */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/translate.h"
#include "core/watch/pin.h"
#include "ctl/doctor/doctor.h"
#include "ctl/doctor/ports.h"
#include "ctl/doctor/probe.h"
#include "ctl/told.h"

enum { LINE_TEXT_MAX = 1024 };

static void say_sim(struct doctor *doctor, const struct probe *probe, const char *name)
{
    const struct modem_identity *identity = &probe->identity;
    char text[LINE_TEXT_MAX];
    if (!identity->imsi[0]) {
        (void)snprintf(text, sizeof text, _("%s: no SIM answers"), name);
        doctor_say(doctor, FINDING_BAD, "sim", text,
                   _("power off, take the SIM out and put it in again the right way round; try it in a phone"));
        return;
    }
    (void)snprintf(text, sizeof text, _("%s: IMSI %s, open"), name, identity->imsi);
    doctor_say(doctor, FINDING_OK, "sim", text, "");
    if (identity->smsc[0]) {
        (void)snprintf(text, sizeof text, _("%s: the SMS centre is %s"), name, identity->smsc);
        doctor_say(doctor, FINDING_OK, "smsc", text, "");
    } else {
        (void)snprintf(text, sizeof text, _("%s: the SIM names no SMS centre"), name);
        doctor_say(doctor, FINDING_BAD, "smsc", text,
                   _("nothing can be sent: put the SIM into a phone and enter the carrier's number there"));
    }
    if (identity->sim_size <= 0)
        return;
    bool full = identity->sim_used >= identity->sim_size;
    (void)snprintf(text, sizeof text, _("%s: %d of the SIM's %d slots hold an SMS"), name, identity->sim_used,
                   identity->sim_size);
    doctor_say(doctor, full ? FINDING_WARN : FINDING_OK, "storage", text,
               full ? _("no more can come in until kabard takes them: systemctl start kabard") : "");
}

static void say_network(struct doctor *doctor, const struct probe *probe, const char *name)
{
    const struct modem_network *network = &probe->network;
    char text[LINE_TEXT_MAX];
    if (!probe->has_network)
        return;
    if (!network->registered) {
        (void)snprintf(text, sizeof text, _("%s: in no network, %s"), name, doctor_signal(network->signal_percent));
        doctor_say(
            doctor, FINDING_BAD, "network", text,
            _("antenna screwed on, at a window, higher? SIM still valid? another carrier here? try it in a phone"));
        return;
    }
    bool weak = network->signal_percent >= 0 && network->signal_percent < DOCTOR_WEAK_PERCENT;
    (void)snprintf(text, sizeof text, _("%s: network %s, %s (%d %%)"), name,
                   network->operator_name[0] ? network->operator_name : _("registered"),
                   doctor_signal(network->signal_percent), network->signal_percent);
    doctor_say(doctor, weak ? FINDING_WARN : FINDING_OK, "network", text, weak ? _(DOCTOR_ANTENNA) : "");
}

/* What to write into kabard.conf so that this port is used. */
static void driver_line(const struct probe *probe, char *ret_text, size_t size)
{
    (void)snprintf(ret_text, size,
                   _("in kabard.conf: modems = ( { name = \"sim1\"; connection = \"%s\"; device = \"%s\"; } );"),
                   probe->connection, probe->device);
}

static void say_answer(struct doctor *doctor, const struct port *port, const struct probe *probe)
{
    char text[LINE_TEXT_MAX], todo[LINE_TEXT_MAX];
    const struct modem_identity *identity = &probe->identity;
    const char *name = port->modem ? port->modem->name : port->path;
    driver_line(probe, todo, sizeof todo);
    (void)snprintf(text, sizeof text, _("%s: a modem answers: %s %s, IMEI %s%s%s"), port->path, identity->manufacturer,
                   identity->model, identity->imei[0] ? identity->imei : _("unknown"), port->modem ? _(", is ") : "",
                   port->modem ? port->modem->name : "");
    doctor_say(doctor, FINDING_OK, "port", text, port->modem ? "" : todo);
    say_sim(doctor, probe, name);
    say_network(doctor, probe, name);
}

static void say_locked(struct doctor *doctor, struct store *store, const struct port *port, const struct probe *probe)
{
    char text[LINE_TEXT_MAX];
    bool given = port->modem && port->modem->pin[0];
    (void)snprintf(text, sizeof text, _("%s: a modem answers, %s"), port->path, told(probe->why).text);
    if (given && store && pin_was_refused(store, port->modem))
        doctor_say(doctor, FINDING_BAD, "sim", text, _(DOCTOR_PIN));
    else if (given)
        doctor_say(doctor, FINDING_OK, "sim", text, _("kabard enters the PIN of kabard.conf when it starts"));
    else
        doctor_say(doctor, FINDING_BAD, "sim", text,
                   _("write pin = \"1234\"; after device in kabard.conf; better: switch the PIN off in a phone"));
}

static void say_failed(struct doctor *doctor, const struct port *port, const struct probe *probe)
{
    char text[LINE_TEXT_MAX];
    (void)snprintf(text, sizeof text, _("%s: no modem answers: %s"), port->path, told(probe->why).text);
    if (port->modem)
        doctor_say(
            doctor, FINDING_BAD, "port", text,
            _("write the device of a port that answers; does none: pull the stick out, wait ten seconds, put it in"));
    else
        doctor_say(doctor, FINDING_OK, "port", text, "");
}

/* Whether this port is to be asked; says why not. */
static bool may_ask(struct doctor *doctor, const struct port *port)
{
    char text[LINE_TEXT_MAX];
    if (doctor->running && (port->modem || strcmp(port->holder_name, "kabar-modem") == 0)) {
        (void)snprintf(text, sizeof text, _("%s is the running kabard's"), port->path);
        doctor_say(doctor, FINDING_OK, "port", text, "");
    } else if (!port->may_open) {
        (void)snprintf(text, sizeof text, _("%s: this user may not open it"), port->path);
        doctor_say(doctor, FINDING_WARN, "port", text, _(DOCTOR_GROUP));
    } else if (port->holder) {
        (void)snprintf(text, sizeof text, _("%s is in use by %s, process %d"), port->path, port->holder_name,
                       port->holder);
        doctor_say(doctor, FINDING_BAD, "port", text,
                   _("two programs at one modem disturb each other: end it (ModemManager: systemctl disable --now "
                     "ModemManager)"));
    } else if (doctor->running && doctor->pid && !ports_see_process(doctor->pid)) {
        (void)snprintf(text, sizeof text, _("%s: not asked, kabard may be using it"), port->path);
        doctor_say(doctor, FINDING_OK, "port", text, _("sudo kabarctl doctor looks closer"));
    } else {
        return true;
    }
    return false;
}

static void ask(struct doctor *doctor, const struct session *session, struct port *const *ports, size_t n)
{
    static struct probe probes[PORTS_MAX];
    char worker[PATH_MAX];
    struct error error;
    for (size_t i = 0; i < n; i++) {
        const struct modem_settings *modem = ports[i]->modem;
        probes[i] = (struct probe){.device = ports[i]->path,
                                   .connection = modem ? modem->connection : "at115200",
                                   .model = modem ? modem->model : ""};
    }
    int result = modem_worker_path(session->settings ? session->settings->worker : "", worker, sizeof worker, &error);
    if (result == 0)
        result = probe_ports(probes, n, worker, &error);
    if (result < 0) {
        doctor_say(doctor, FINDING_BAD, "port", error.text,
                   _("is the package complete? apt install --reinstall kabar"));
        return;
    }
    for (size_t i = 0; i < n; i++)
        switch (probes[i].outcome) {
        case PROBE_ANSWERS:
            say_answer(doctor, ports[i], &probes[i]);
            break;
        case PROBE_LOCKED:
            say_locked(doctor, session->store, ports[i], &probes[i]);
            break;
        case PROBE_FAILED:
            say_failed(doctor, ports[i], &probes[i]);
            break;
        }
}

void doctor_ports(struct doctor *doctor, const struct session *session, const char *only)
{
    static struct port ports[PORTS_MAX];
    struct port *asked[PORTS_MAX];
    size_t n_asked = 0, n = ports_find(session->settings, only, ports);
    for (size_t i = 0; i < n; i++)
        if (may_ask(doctor, &ports[i]))
            asked[n_asked++] = &ports[i];
    if (n_asked > 0)
        ask(doctor, session, asked, n_asked);
    if (n > 0)
        return;
    char text[PATH_MAX + 32];
    (void)snprintf(text, sizeof text, _("%s is not there"), only ? only : "");
    doctor_say(doctor, only ? FINDING_BAD : FINDING_WARN, "port", only ? text : _("no USB modem is plugged in"),
               _("put it in, wait ten seconds, ask again; still none: dmesg | tail, another cable or port"));
}
