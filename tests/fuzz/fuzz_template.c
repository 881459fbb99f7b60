/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Templates, and what becomes of any sender's bytes before they are echoed: what comes out can always be delivered. */
#include <stdint.h>

#include "base/error.h"
#include "parsers/deliver.h"
#include "parsers/gsm7.h"
#include "parsers/limits.h"
#include "parsers/template.h"

static void check_template(struct view text)
{
    static const char *const names[] = {"form", "values", NULL};
    char copy[512], whole[2048], cut[16];
    size_t len = text.len < sizeof copy ? text.len : sizeof copy - 1, offset = 0;
    struct view name = {"", 0};
    memcpy(copy, text.at, len);
    copy[len] = '\0';
    if (template_check(copy, names, &offset, &name) != 0)
        KABAR_ASSERT(offset <= strlen(copy) && name.len <= strlen(copy));
    const struct template_value values[] = {{"form", view_of("ANAK")}, {"values", view_of("\xc3\xa9\xc3\xa9")}};
    size_t needed = template_render(copy, values, 2, whole, sizeof whole);
    KABAR_ASSERT(needed < sizeof whole && strlen(whole) == needed);
    KABAR_ASSERT(template_render(copy, values, 2, cut, sizeof cut) == needed);
    KABAR_ASSERT(strncmp(cut, whole, strlen(cut)) == 0);
}

static void check_token(struct view token)
{
    char safe[64], folded[SMS_TEXT_MAX];
    struct view fault = {"", 0};
    size_t max = token.len > 0 ? 2 + (unsigned char)token.at[0] % 40 : 20, septets;
    size_t len = deliver_safe(token, max, safe, sizeof safe);
    KABAR_ASSERT(strlen(safe) == len && deliver_check(view_of(safe), &fault) == DELIVER_OK);
    (void)gsm7_fold(token, folded, sizeof folded);
    KABAR_ASSERT(gsm7_septets(view_of(folded), &septets));
}

static void check_parts(struct view text)
{
    size_t septets, parts = 0, expected = sms_parts(text);
    bool gsm7 = gsm7_septets(text, &septets);
    for (; text.len > 0 && expected > 1; parts++) {
        size_t len = sms_part_split(text, gsm7, gsm7 ? GSM7_PART_SEPTETS : UCS2_PART_CHARS);
        KABAR_ASSERT(len > 0 && len <= text.len);
        text = (struct view){text.at + len, text.len - len};
    }
    KABAR_ASSERT(expected <= 1 || parts == expected);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct view text = {(const char *)data, size};
    check_template(text);
    check_token(text);
    check_parts(text);
    return 0;
}
