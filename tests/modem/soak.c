/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "soak.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    FEED_MS = 1550, /* 38 messages a minute */
    STRIKE_LOW_MS = 3500,
    STRIKE_SPAN_MS = 5000,
    CALM_MS = 8 * MS_MINUTE,
    TURN_MS = 50,
    SAY_MS = 30 * MS_SECOND,
};

const char *message_kind_to_string(enum message_kind kind)
{
    static const char *names[MESSAGE_KINDS] = {"report",  "wrong", "unknown_key", "long",  "torn",
                                               "unicode", "junk",  "command",     "chat",  "stranger",
                                               "carrier", "flash", "binary",      "broken"};
    return kind < MESSAGE_KINDS ? names[kind] : "?";
}

const char *strike_kind_to_string(enum strike_kind kind)
{
    static const char *names[STRIKE_KINDS] = {"kill -9 kabard", "kill -9 worker", "stop kabard", "unplug",
                                              "rename",         "hang",           "silent",      "garbage",
                                              "refuse",         "lose",           "drop",        "lose other",
                                              "delay",          "half line",      "unregister",  "lock database"};
    return kind < STRIKE_KINDS ? names[kind] : "?";
}

int64_t soak_wall(void)
{
    return clock_system.wall_ms(NULL);
}

int64_t soak_now(void)
{
    return clock_system.monotonic_ms(NULL);
}

int soak_random(struct soak *soak, int n)
{
    soak->random = soak->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((soak->random >> 33) % (uint64_t)n);
}

void soak_die(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("soak: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(3);
}

static void say(struct soak *soak, int64_t begun)
{
    printf("%4lld s  messages %d  strikes %d  kabard started %d times\n", (long long)((soak_now() - begun) / MS_SECOND),
           soak->n_messages, soak->n_strikes, soak->daemon_starts);
    fflush(stdout);
}

static void storm(struct soak *soak)
{
    int64_t begun = soak_now(), next_feed = begun, next_say = begun + SAY_MS;
    int64_t next_strike = begun + 15 * MS_SECOND; /* the first start undisturbed */
    while (soak_now() < begun + soak->minutes * MS_MINUTE) {
        rig_tend(soak);
        if (soak_now() >= next_feed) {
            feed(soak);
            next_feed += FEED_MS;
        }
        if (soak_now() >= next_strike) {
            rig_strike(soak);
            next_strike = soak_now() + STRIKE_LOW_MS + soak_random(soak, STRIKE_SPAN_MS);
        }
        if (soak_now() >= next_say) {
            say(soak, begun);
            next_say += SAY_MS;
        }
        usleep(TURN_MS * 1000);
    }
    say(soak, begun);
}

static void calm(struct soak *soak)
{
    struct buf why;
    int64_t begun = soak_now(), look = 0;
    bool done = false;
    buf_init(&why, 4096);
    rig_heal(soak);
    while (feed_waits(soak))
        feed(soak);
    while (!done && soak_now() < begun + CALM_MS) {
        rig_tend(soak);
        if (soak_now() >= look) {
            buf_clear(&why);
            done = check_calm(soak, &why);
            look = soak_now() + 2 * MS_SECOND;
        }
        usleep(TURN_MS * 1000);
    }
    printf("%s after %lld s%s%s\n", done ? "calm" : "NOT CALM", (long long)((soak_now() - begun) / MS_SECOND),
           done ? "" : ": ", why.text);
    buf_deinit(&why);
}

static void usage(FILE *out)
{
    fputs("usage: soak --bin FOLDER --at-modem PROGRAM --config FOLDER [MINUTES [SEED]]\n"
          "Runs kabard on two simulated modems under faults, then compares phones, network and database.\n\n"
          "  --bin FOLDER       where kabard, kabarctl and kabar-modem are\n"
          "  --at-modem PROGRAM the simulated modem\n"
          "  --config FOLDER    where sets/, lang/ and replies/ are\n"
          "  --without STRIKE   a fault to leave out, again for each; see the list\n"
          "  --keep             leaves the folder there for a look, whatever comes out\n"
          "  --each             one fault at a time: how long until a message given after it is answered\n"
          "  --help             this\n"
          "MINUTES is 30, SEED the time, printed. Ends with 0 where the books agree, 1 where not, 3 where it could not "
          "run.\nSTRIKE:",
          out);
    for (int i = 0; i < STRIKE_KINDS; i++)
        fprintf(out, "%s \"%s\"", i ? "," : "", strike_kind_to_string((enum strike_kind)i));
    fputc('\n', out);
}

int64_t soak_number(const char *text, const char **ret_end)
{
    int64_t value = 0;
    while (*text >= '0' && *text <= '9' && value < INT64_MAX / 100)
        value = value * 10 + (*text++ - '0');
    if (ret_end)
        *ret_end = text;
    return value;
}

static int64_t number(const char *text)
{
    const char *end;
    int64_t value = soak_number(text, &end);
    if (*end || value < 1)
        soak_die("%s is not a number above 0", text);
    return value;
}

static void strike_without(struct soak *soak, const char *name)
{
    for (int i = 0; i < STRIKE_KINDS; i++)
        if (strcmp(strike_kind_to_string((enum strike_kind)i), name) == 0) {
            soak->without[i] = true;
            return;
        }
    soak_die("there is no fault named %s", name);
}

static void options_read(struct soak *soak, int argc, char **argv)
{
    static const struct option options[] = {
        {"bin", required_argument, NULL, 'b'},    {"at-modem", required_argument, NULL, 'a'},
        {"config", required_argument, NULL, 'c'}, {"without", required_argument, NULL, 'w'},
        {"each", no_argument, NULL, 'e'},         {"keep", no_argument, NULL, 'k'},
        {"help", no_argument, NULL, 'h'},         {NULL, 0, NULL, 0}};
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) >= 0;) {
        if (option == 'w') {
            strike_without(soak, optarg);
            continue;
        }
        if (option == 'e') {
            soak->each = true;
            continue;
        }
        if (option == 'k') {
            soak->keep = true;
            continue;
        }
        char *path = option == 'h' || option == '?' ? NULL : realpath(optarg, NULL);
        if (!path) {
            usage(option == 'h' ? stdout : stderr);
            exit(option == 'h' ? 0 : 2);
        }
        *(option == 'b' ? &soak->bin : option == 'a' ? &soak->at_modem : &soak->config) = path;
    }
    soak->minutes = optind < argc ? number(argv[optind]) : 30;
    soak->seed = optind + 1 < argc ? (uint64_t)number(argv[optind + 1]) : (uint64_t)(soak_wall() / MS_SECOND % 1000000);
    if (!soak->bin || !soak->at_modem || !soak->config) {
        usage(stderr);
        exit(2);
    }
}

static void soak_free(struct soak *soak)
{
    free(soak->bin);
    free(soak->at_modem);
    free(soak->config);
    free(soak->messages);
    free(soak);
}

int main(int argc, char **argv)
{
    static struct soak *soak; /* static: what an exit leaves behind is not a leak */
    soak = calloc(1, sizeof *soak);
    KABAR_ASSERT(soak);
    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    options_read(soak, argc, argv);
    soak->messages = calloc(MESSAGES_MAX, sizeof *soak->messages);
    KABAR_ASSERT(soak->messages);
    soak->random = soak->seed;
    soak->next_serial = 1;
    if (soak->each)
        printf("one fault at a time, seed %llu\n", (unsigned long long)soak->seed);
    else
        printf("soak of %lld minutes, seed %llu\n", (long long)soak->minutes, (unsigned long long)soak->seed);
    rig_open(soak);
    int slow = 0;
    if (soak->each)
        slow = each(soak);
    else
        storm(soak);
    calm(soak);
    int faults = slow + check_books(soak);
    rig_close(soak, faults != 0 || soak->keep);
    printf("%s\n", faults ? "FAILED" : "the books agree");
    if (faults || soak->keep)
        printf("kept for a look: %s\n", soak->folder);
    soak_free(soak);
    return faults ? 1 : 0;
}
