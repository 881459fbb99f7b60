/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/failpoint.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/translate.h"
#include "parsers/view.h"

bool failpoint_armed;

enum { FAILPOINTS_MAX = 8, NAME_MAX_LEN = 48 };

static struct failpoint {
    char name[NAME_MAX_LEN];
    int code; /* negative errno, or 0: kill */
    int left; /* times the place is still passed before it strikes */
} failpoints[FAILPOINTS_MAX];
static size_t n_failpoints;

static const struct {
    const char *word;
    int code;
} actions[] = {
    {"kill", 0},         {"enospc", -ENOSPC}, {"eio", -EIO},     {"ebusy", -EBUSY},
    {"enomem", -ENOMEM}, {"einval", -EINVAL}, {"erofs", -EROFS},
};

/* Splits off what stands before the first c; the rest is what follows it. */
static struct view take_until(struct view *rest, char c)
{
    const char *end = memchr(rest->at, c, rest->len);
    struct view head = {rest->at, end ? (size_t)(end - rest->at) : rest->len};
    size_t used = end ? head.len + 1 : head.len;
    *rest = (struct view){rest->at + used, rest->len - used};
    return head;
}

static int arm_one(struct view item)
{
    struct view name = take_until(&item, '=');
    struct view action = take_until(&item, ':');
    if (name.len == 0 || name.len >= NAME_MAX_LEN || n_failpoints == FAILPOINTS_MAX)
        return -EINVAL;
    int left = 0;
    for (size_t i = 0; i < item.len; i++) {
        if (item.at[i] < '0' || item.at[i] > '9' || left > 100000)
            return -EINVAL;
        left = left * 10 + (item.at[i] - '0');
    }
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (!view_is(action, actions[i].word))
            continue;
        struct failpoint *new = &failpoints[n_failpoints++];
        *new = (struct failpoint){.code = actions[i].code, .left = left > 0 ? left - 1 : 0};
        memcpy(new->name, name.at, name.len);
        return 0;
    }
    return -EINVAL;
}

int failpoint_arm(const char *text, struct error *error)
{
    n_failpoints = 0;
    for (struct view rest = view_of(text); rest.len > 0;) {
        if (arm_one(take_until(&rest, ',')) != 0)
            return error_set(error, -EINVAL,
                             "KABAR_FAILPOINT is \"%s\"; allowed are NAME=ACTION[:TIMES] with commas between, actions "
                             "kill, enospc, eio, ebusy, enomem, einval, erofs",
                             text);
    }
    failpoint_armed = n_failpoints > 0;
    return 0;
}

int failpoint_arm_from_environment(struct error *error)
{
#ifdef KABAR_FAILPOINTS
    const char *text = getenv("KABAR_FAILPOINT");
    return failpoint_arm(text ? text : "", error);
#else
    return failpoint_arm("", error);
#endif
}

int failpoint_reached(const char *name, struct error *error)
{
    for (size_t i = 0; i < n_failpoints; i++) {
        struct failpoint *here = &failpoints[i];
        if (strcmp(here->name, name) != 0 || here->left-- > 0)
            continue;
        if (here->code == 0)
            (void)kill(getpid(), SIGKILL);
        here->left = 0; /* a failing disk goes on failing */
        return error_set(error, here->code, "failpoint %s: %s", name, translate_errno(-here->code));
    }
    return 0;
}
