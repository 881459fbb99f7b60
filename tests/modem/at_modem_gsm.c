/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The commands of TS 27.007 and V.250's extended ones: identity, SIM, network, calls. */
#include "at_modem.h"

#include <string.h>

enum { CME_NOT_ALLOWED = 3, CME_SIM_PUK = 12, CME_INCORRECT_PASSWORD = 16, PIN_TRIES = 3 };

static const struct at_result ok = {AT_OK, 0}, no = {AT_ERROR, 0};

static struct at_result run_cgmi(struct at_modem *m, enum at_form form, struct view args)
{
    (void)args;
    if (form == AT_EXECUTE)
        at_say(m, "Kabar");
    return ok;
}

static struct at_result run_cgmm(struct at_modem *m, enum at_form form, struct view args)
{
    (void)args;
    if (form == AT_EXECUTE)
        at_say(m, "at-modem");
    return ok;
}

static struct at_result run_cgmr(struct at_modem *m, enum at_form form, struct view args)
{
    (void)args;
    if (form == AT_EXECUTE)
        at_say(m, "1.0.0");
    return ok;
}

static struct at_result run_cgsn(struct at_modem *m, enum at_form form, struct view args)
{
    (void)args;
    if (form == AT_EXECUTE)
        at_say(m, "%s", m->imei);
    return ok;
}

static struct at_result run_cimi(struct at_modem *m, enum at_form form, struct view args)
{
    (void)args;
    if (form == AT_EXECUTE)
        at_say(m, "%s", m->imsi);
    return ok;
}

/* A setting of one number: "+CMEE: (0-2)", "+CMEE: 1", AT+CMEE=1. */
static struct at_result setting(struct at_modem *m, const char *name, int highest, int *value, enum at_form form,
                                struct view args)
{
    int wanted;
    switch (form) {
    case AT_TEST:
        at_say(m, "+%s: (0-%d)", name, highest);
        return ok;
    case AT_READ:
        at_say(m, "+%s: %d", name, *value);
        return ok;
    case AT_EXECUTE:
        return no;
    case AT_SET:
        if (at_number(&args, 0, &wanted) < 0 || wanted > highest)
            return (struct at_result){AT_CME, CME_NOT_ALLOWED};
        *value = wanted;
        return ok;
    }
    return no;
}

static struct at_result run_cmee(struct at_modem *m, enum at_form form, struct view args)
{
    return setting(m, "CMEE", 1, &m->at.set.cmee, form, args);
}

static struct at_result run_clip(struct at_modem *m, enum at_form form, struct view args)
{
    return setting(m, "CLIP", 1, &m->at.set.clip, form, args);
}

static struct at_result run_cscs(struct at_modem *m, enum at_form form, struct view args)
{
    struct view name;
    if (form == AT_TEST)
        at_say(m, "+CSCS: (\"GSM\",\"IRA\",\"UCS2\")");
    else if (form == AT_READ)
        at_say(m, "+CSCS: \"%s\"", m->at.set.charset);
    if (form != AT_SET)
        return ok;
    if (!at_argument(&args, &name) || !(view_is(name, "GSM") || view_is(name, "IRA") || view_is(name, "UCS2")))
        return (struct at_result){AT_CME, CME_NOT_ALLOWED};
    (void)snprintf(m->at.set.charset, sizeof m->at.set.charset, "%.*s", (int)name.len, name.at);
    return ok;
}

static struct at_result run_cpin(struct at_modem *m, enum at_form form, struct view args)
{
    struct view code;
    if (form == AT_READ)
        at_say(m, "+CPIN: %s", m->at.set.pin_done ? "READY" : m->pin_tries > 0 ? "SIM PIN" : "SIM PUK");
    if (form != AT_SET)
        return form == AT_EXECUTE ? no : ok;
    if (m->at.set.pin_done || !at_argument(&args, &code))
        return (struct at_result){AT_CME, CME_NOT_ALLOWED};
    if (m->pin_tries <= 0)
        return (struct at_result){AT_CME, CME_SIM_PUK};
    if (!view_is(code, m->pin)) {
        m->pin_tries--;
        event(m, "pin wrong tries=%d", m->pin_tries);
        return (struct at_result){AT_CME, m->pin_tries ? CME_INCORRECT_PASSWORD : CME_SIM_PUK};
    }
    m->pin_tries = PIN_TRIES;
    m->at.set.pin_done = true;
    event(m, "pin right");
    network_register(m, m->network.registration);
    return ok;
}

static int seen_registration(const struct at_modem *m)
{
    return at_radio(m) ? m->network.registration : m->at.set.cfun == 1 && m->at.set.pin_done ? 2 : 0;
}

static struct at_result registration(struct at_modem *m, const char *name, int *mode, enum at_form form,
                                     struct view args)
{
    if (form != AT_READ)
        return setting(m, name, 2, mode, form, args);
    int seen = seen_registration(m);
    if (*mode == 2 && (seen == 1 || seen == 5))
        at_say(m, "+%s: %d,%d,\"00C3\",\"1A2B\"", name, *mode, seen);
    else
        at_say(m, "+%s: %d,%d", name, *mode, seen);
    return ok;
}

static struct at_result run_creg(struct at_modem *m, enum at_form form, struct view args)
{
    return registration(m, "CREG", &m->at.set.creg, form, args);
}

static struct at_result run_cgreg(struct at_modem *m, enum at_form form, struct view args)
{
    return registration(m, "CGREG", &m->at.set.cgreg, form, args);
}

static struct at_result run_cgatt(struct at_modem *m, enum at_form form, struct view args)
{
    (void)args;
    if (form == AT_READ)
        at_say(m, "+CGATT: %d", seen_registration(m) == 1);
    return ok;
}

static struct at_result run_cops(struct at_modem *m, enum at_form form, struct view args)
{
    int mode, format, seen = seen_registration(m);
    struct buf quoted;
    if (form == AT_SET) {
        if (at_number(&args, 0, &mode) < 0 || at_number(&args, m->at.set.cops_format, &format) < 0 || format > 2)
            return (struct at_result){AT_CME, CME_NOT_ALLOWED};
        m->at.set.cops_format = format;
        return ok;
    }
    if (form == AT_TEST)
        at_say(m, "+COPS: (2,\"KABAR NET\",\"KABAR\",\"51010\")");
    if (form != AT_READ)
        return ok;
    if (seen != 1 && seen != 5) {
        at_say(m, "+COPS: 0");
        return ok;
    }
    static const char *names[] = {"KABAR NET", "KABAR", "51010"};
    buf_init(&quoted, 512);
    at_quote(m, names[m->at.set.cops_format], &quoted);
    at_say(m, "+COPS: 0,%d,%s", m->at.set.cops_format, quoted.text);
    buf_deinit(&quoted);
    return ok;
}

static struct at_result run_csq(struct at_modem *m, enum at_form form, struct view args)
{
    (void)args;
    if (form == AT_EXECUTE)
        at_say(m, "+CSQ: %d,99", at_radio(m) && m->network.registration != 0 ? m->network.signal : 99);
    return ok;
}

static struct at_result run_cbc(struct at_modem *m, enum at_form form, struct view args)
{
    (void)args;
    if (form == AT_EXECUTE)
        at_say(m, "+CBC: 1,100");
    return ok;
}

static struct at_result run_cfun(struct at_modem *m, enum at_form form, struct view args)
{
    int level, reset;
    if (form == AT_TEST)
        at_say(m, "+CFUN: (0,1,4),(0,1)");
    else if (form == AT_READ)
        at_say(m, "+CFUN: %d", m->at.set.cfun);
    if (form != AT_SET)
        return ok;
    if (at_number(&args, 1, &level) < 0 || at_number(&args, 0, &reset) < 0 || (level != 0 && level != 1 && level != 4))
        return (struct at_result){AT_CME, CME_NOT_ALLOWED};
    m->at.set.cfun = level;
    if (reset) {
        event(m, "reset");
        m->at.reset_due = true;
    }
    network_register(m, m->network.registration);
    return ok;
}

/* In the UCS2 character set a string constant is hexadecimal; what is not, is taken as it is. */
static void plain_of_argument(const struct at_modem *m, struct view argument, char *ret_text, size_t size)
{
    unsigned char octets[256];
    size_t len;
    (void)snprintf(ret_text, size, "%.*s", (int)argument.len, argument.at);
    if (strcmp(m->at.set.charset, "UCS2") != 0 || argument.len % 4 ||
        octets_of_hex(argument, octets, sizeof octets, &len) < 0)
        return;
    for (size_t i = 0; i + 1 < len && i / 2 + 1 < size; i += 2) {
        ret_text[i / 2] = (char)octets[i + 1];
        ret_text[i / 2 + 1] = '\0';
    }
}

static struct at_result run_cusd(struct at_modem *m, enum at_form form, struct view args)
{
    struct view argument;
    char code[64];
    if (form == AT_TEST)
        at_say(m, "+CUSD: (0-2)");
    else if (form == AT_READ)
        at_say(m, "+CUSD: %d", m->at.set.cusd);
    if (form != AT_SET)
        return ok;
    if (at_number(&args, 0, &m->at.set.cusd) < 0)
        return no;
    if (!at_argument(&args, &argument))
        return ok;
    plain_of_argument(m, argument, code, sizeof code);
    event(m, "ussd %s", code);
    for (int i = 0; i < m->n_ussd; i++) {
        if (strcmp(m->ussd[i].code, code) != 0)
            continue;
        struct buf quoted;
        buf_init(&quoted, 2048);
        at_quote(m, m->ussd[i].text, &quoted);
        at_unsolicited(m, "+CUSD: 0,%s,15", quoted.text);
        buf_deinit(&quoted);
        return ok;
    }
    at_unsolicited(m, "+CUSD: 4");
    return ok;
}

static struct at_result run_cclk(struct at_modem *m, enum at_form form, struct view args)
{
    (void)args;
    if (form != AT_READ)
        return ok;
    char t[21];
    time_format(m->clock.wall_ms(m->clock.data) + m->zone_quarters * INT64_C(15) * MS_MINUTE, t);
    at_say(m, "+CCLK: \"%.2s/%.2s/%.2s,%.8s%+03d\"", t + 2, t + 5, t + 8, t + 11, m->zone_quarters);
    return ok;
}

static struct at_result run_taken(struct at_modem *m, enum at_form form, struct view args)
{
    (void)m;
    (void)form;
    (void)args;
    return ok;
}

const struct at_command at_gsm_commands[] = {
    {"CGMI", run_cgmi, false, false},   {"CGMM", run_cgmm, false, false},  {"CGMR", run_cgmr, false, false},
    {"CGSN", run_cgsn, false, false},   {"CIMI", run_cimi, true, false},   {"CMEE", run_cmee, false, false},
    {"CSCS", run_cscs, false, false},   {"CPIN", run_cpin, false, false},  {"CREG", run_creg, false, false},
    {"CGREG", run_cgreg, false, false}, {"CGATT", run_cgatt, true, false}, {"COPS", run_cops, true, false},
    {"CSQ", run_csq, false, false},     {"CBC", run_cbc, false, false},    {"CFUN", run_cfun, false, false},
    {"CLIP", run_clip, true, false},    {"CUSD", run_cusd, true, false},   {"CCLK", run_cclk, false, false},
    {"CHUP", run_taken, false, false},  {"CCWA", run_taken, true, false},  {"CRC", run_taken, false, false},
    {NULL, NULL, false, false},
};
