/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/clock.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/translate.h"

static int64_t read_clock(clockid_t id)
{
    struct timespec now;
    int result = clock_gettime(id, &now);
    KABAR_ASSERT(result == 0);
    return (int64_t)now.tv_sec * MS_SECOND + now.tv_nsec / 1000000;
}

static int64_t system_wall(void *data)
{
    (void)data;
    return read_clock(CLOCK_REALTIME);
}

/* CLOCK_BOOTTIME: a box that slept has aged too. */
static int64_t system_monotonic(void *data)
{
    (void)data;
    return read_clock(CLOCK_BOOTTIME);
}

const struct clock clock_system = {system_wall, system_monotonic, NULL};

static int64_t fixed_wall(void *data)
{
    return ((struct clock_fixed *)data)->wall;
}

static int64_t fixed_monotonic(void *data)
{
    return ((struct clock_fixed *)data)->monotonic;
}

struct clock clock_of_fixed(struct clock_fixed *fixed)
{
    return (struct clock){fixed_wall, fixed_monotonic, fixed};
}

/* "WIB-7" and the like: letters, then an offset. */
static bool is_posix_rule(const char *name)
{
    size_t letters = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const char *offset = name + letters;
    offset += *offset == '-' || *offset == '+';
    size_t digits = strspn(offset, "0123456789");
    return letters >= 3 && letters <= 6 && digits >= 1 && digits <= 2 && offset[digits] == '\0';
}

int zone_check(const char *name, struct error *error)
{
    char path[256];
    int len = snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
    bool known = name[0] && name[0] != '/' && !strstr(name, "..") && len > 0 && (size_t)len < sizeof path &&
                 access(path, R_OK) == 0;
    if (known || is_posix_rule(name))
        return 0;
    return error_set(error, -EINVAL,
                     "\"%s\" is not a time zone of this system; Indonesia has Asia/Jakarta, Asia/Makassar and "
                     "Asia/Jayapura (Debian package tzdata), or WIB-7, WITA-8, WIT-9 without it",
                     name);
}

int zone_set(const char *name, struct error *error)
{
    int result = zone_check(name, error);
    if (result != 0)
        return result;
    if (setenv("TZ", name, 1) != 0)
        return error_set(error, -errno, "setting the time zone: %s", translate_errno(errno));
    tzset();
    return 0;
}

static int64_t floor_seconds(int64_t ms)
{
    return ms >= 0 ? ms / MS_SECOND : -((-ms + MS_SECOND - 1) / MS_SECOND);
}

struct local_time zone_local(int64_t ms)
{
    time_t seconds = (time_t)floor_seconds(ms);
    struct tm tm = {0};
    if (!localtime_r(&seconds, &tm))
        return (struct local_time){.day = {1970, 1, 1}};
    return (struct local_time){
        .day = {tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday},
        .hour = tm.tm_hour,
        .minute = tm.tm_min,
        .second = tm.tm_sec,
        .weekday = tm.tm_wday,
    };
}

int64_t zone_ms(const struct local_time *local)
{
    struct tm tm = {
        .tm_year = local->day.year - 1900,
        .tm_mon = local->day.month - 1,
        .tm_mday = local->day.day,
        .tm_hour = local->hour,
        .tm_min = local->minute,
        .tm_sec = local->second,
        .tm_isdst = -1,
    };
    return (int64_t)mktime(&tm) * MS_SECOND;
}

/* Reads a run of digits after an optional separator; returns false where they are not there. */
static bool read_digits(const char **text, const char *separators, int digits, int *ret_value)
{
    const char *at = *text;
    if (*separators) {
        if (!*at || !strchr(separators, *at))
            return false;
        at++;
    }
    int value = 0;
    for (int i = 0; i < digits; i++, at++) {
        if (*at < '0' || *at > '9')
            return false;
        value = value * 10 + (*at - '0');
    }
    *text = at;
    *ret_value = value;
    return true;
}

/* "Z" or "+07:00" → minutes east. */
static bool read_offset(const char **text, int *ret_minutes)
{
    const char *at = *text;
    *ret_minutes = 0;
    if (*at == 'Z' || *at == 'z') {
        *text = at + 1;
        return true;
    }
    int sign = *at == '+' ? 1 : *at == '-' ? -1 : 0, hours, minutes;
    at++;
    if (!sign || !read_digits(&at, "", 2, &hours) || !read_digits(&at, ":", 2, &minutes) || hours > 23 || minutes > 59)
        return false;
    *ret_minutes = sign * (hours * 60 + minutes);
    *text = at;
    return true;
}

static void skip_fraction(const char **text)
{
    if (**text == '.') {
        (*text)++;
        *text += strspn(*text, "0123456789");
    }
}

int time_parse(const char *text, int64_t *ret_ms)
{
    struct tm tm = {.tm_hour = 12};
    int offset = 0;
    if (!read_digits(&text, "", 4, &tm.tm_year) || !read_digits(&text, "-", 2, &tm.tm_mon) ||
        !read_digits(&text, "-", 2, &tm.tm_mday))
        return -EINVAL;
    if (*text) {
        if (!read_digits(&text, "Tt ", 2, &tm.tm_hour) || !read_digits(&text, ":", 2, &tm.tm_min))
            return -EINVAL;
        if (read_digits(&text, ":", 2, &tm.tm_sec))
            skip_fraction(&text);
        if (!read_offset(&text, &offset) || *text)
            return -EINVAL;
    }
    if (tm.tm_mon < 1 || tm.tm_mon > 12 || tm.tm_mday < 1 || tm.tm_hour > 23 || tm.tm_min > 59 || tm.tm_sec > 59)
        return -EINVAL;
    tm.tm_year -= 1900;
    tm.tm_mon -= 1;
    int day = tm.tm_mday;
    time_t seconds = timegm(&tm);
    if (tm.tm_mday != day) /* timegm() carried 30 February into March */
        return -EINVAL;
    *ret_ms = ((int64_t)seconds - (int64_t)offset * 60) * MS_SECOND;
    return 0;
}

void time_format(int64_t ms, char ret_text[21])
{
    time_t seconds = (time_t)floor_seconds(ms);
    struct tm tm = {0};
    if (!gmtime_r(&seconds, &tm) || strftime(ret_text, 21, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
        (void)snprintf(ret_text, 21, "1970-01-01T00:00:00Z");
}

void time_format_local(int64_t ms, char ret_text[17])
{
    struct local_time local = zone_local(ms);
    char text[64];
    (void)snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d", local.day.year, local.day.month, local.day.day,
                   local.hour, local.minute);
    memcpy(ret_text, text, 16);
    ret_text[16] = '\0';
}

int64_t clock_build_ms(void)
{
    /* __DATE__ would make builds unreproducible; KABAR_BUILD_MS is the newest commit's or SOURCE_DATE_EPOCH's time. */
    return KABAR_BUILD_MS;
}
