/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings/set_alert.h"

#include <stdio.h>

#include "base/role.h"
#include "parsers/gsm7.h"
#include "parsers/template.h"
#include "settings/set_form.h"

enum { ALERT_PARTS_MAX = 2 };

/* With the longest of everything in it. */
static size_t parts_of_alert(const struct form *form, const char *text)
{
    static const char longest[] = "Posyandu Mawar Melati Anggrek Dahlia Tengah";
    char names[FORM_KEYS_MAX][SPELLING_MAX], rendered[SMS_TEXT_MAX];
    struct template_value given[2 * FORM_KEYS_MAX + 3];
    size_t n = 0;
    for (size_t i = 0; i < form->n_keys; i++) {
        (void)snprintf(names[i], sizeof names[i], "%s_LALU", form->keys[i].code);
        given[n++] = (struct template_value){form->keys[i].code, view_of("9.999")};
        given[n++] = (struct template_value){names[i], view_of("9.999")};
    }
    given[n++] = (struct template_value){"area", view_of(longest)};
    given[n++] = (struct template_value){"name", view_of(longest)};
    given[n++] = (struct template_value){"period", view_of("Des/26")};
    size_t len = template_render(text, given, n, rendered, sizeof rendered);
    return len >= sizeof rendered ? SMS_PARTS_MAX + 1 : sms_parts(view_of(rendered));
}

static void check_alert_text(struct cfg *cfg, const config_setting_t *group, const struct form *form,
                             const char *member, const char *text)
{
    static const char *const others[] = {"area", "period", "name", NULL};
    size_t before = cfg->faults->n;
    set_check_text(cfg, group, form, member, text, others);
    if (cfg->faults->n == before && parts_of_alert(form, text) > ALERT_PARTS_MAX)
        cfg_fault(cfg, config_setting_get_member(group, member),
                  "%s: with long names and numbers in it this is more than %d SMS; make it shorter", member,
                  ALERT_PARTS_MAX);
}

static void read_alert_to(struct cfg *cfg, const config_setting_t *group, struct form_alert *alert)
{
    const char *const *words;
    size_t n = cfg_strings(cfg, group, "to", true, &words);
    const config_setting_t *at = config_setting_get_member(group, "to");
    if (n > ALERT_TO_MAX)
        cfg_fault(cfg, at, "to: %zu roles, %d at most", n, ALERT_TO_MAX);
    for (size_t i = 0; i < n && i < ALERT_TO_MAX; i++) {
        if (!role_at_parse(view_of(words[i]), &alert->to[alert->n_to]))
            cfg_fault(cfg, at, "to: \"%s\" is not a role; expected %s", words[i], role_at_allowed);
        else
            alert->n_to++;
    }
}

static void read_alert(struct cfg *cfg, const config_setting_t *group, const struct form *form,
                       struct form_alert *alert)
{
    static const char *const names[] = {"when", "to", "text", "text_en", "urgent", NULL};
    cfg_known(cfg, group, names);
    alert->line = cfg_line(group);
    alert->when = cfg_string_need(cfg, group, "when");
    alert->text = cfg_string_need(cfg, group, "text");
    alert->text_en = cfg_string(cfg, group, "text_en", NULL);
    alert->urgent = cfg_bool(cfg, group, "urgent", false);
    read_alert_to(cfg, group, alert);
    if (alert->text[0])
        check_alert_text(cfg, group, form, "text", alert->text);
    if (alert->text_en)
        check_alert_text(cfg, group, form, "text_en", alert->text_en);
}

void set_read_alerts(struct cfg *cfg, const config_setting_t *group, struct form *form)
{
    const config_setting_t *list;
    size_t n = cfg_groups(cfg, group, "alerts", FORM_ALERTS_MAX, false, &list);
    struct form_alert *alerts = arena_alloc(cfg->arena, n, sizeof *alerts);
    for (size_t i = 0; i < n; i++) {
        const config_setting_t *element = config_setting_get_elem(list, (unsigned)i);
        read_alert(cfg, element, form, &alerts[i]);
        for (size_t j = 0; j < i; j++)
            if (alerts[i].when[0] && strcmp(alerts[i].when, alerts[j].when) == 0)
                cfg_fault(cfg, element, "the alert when = \"%s\" is already in line %d; name all roles there",
                          alerts[i].when, alerts[j].line);
    }
    form->alerts = alerts;
    form->n_alerts = n;
}
