/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bench.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/intake/intake.h"
#include "modem/proto.h"
#include "store/area.h"
#include "store/contact.h"

double now_s(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

double cpu_s(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int by_number(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double median(double *numbers, size_t n)
{
    qsort(numbers, n, sizeof *numbers, by_number);
    return n % 2 ? numbers[n / 2] : (numbers[n / 2 - 1] + numbers[n / 2]) / 2;
}

double least(const double *numbers, size_t n)
{
    double least = INFINITY;
    for (size_t i = 0; i < n; i++)
        least = fmin(least, numbers[i]);
    return least;
}

const char *say(const char *format, ...)
{
    static char texts[16][640];
    static size_t next;
    char *text = texts[next++ % 16];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof texts[0], format, arguments);
    va_end(arguments);
    return text;
}

void row(const char *what, const char *kabar, const char *beside, double ratio, const char *bar)
{
    (void)printf("%s\t%s\t%s\t%s\t%s\n", what, kabar, beside, isnan(ratio) ? "" : say("%.3g", ratio), bar);
    (void)fflush(stdout);
}

const char *at_most(double value, double bar, const char *unit)
{
    if (value <= bar)
        return say("<= %g%s: reached", bar, unit);
    return say("<= %g%s: MISSED, %.2f times it", bar, unit, value / bar);
}

const char *at_least(double value, double bar, const char *unit)
{
    if (value >= bar)
        return say(">= %g%s: reached", bar, unit);
    return say(">= %g%s: MISSED, %.2f of it", bar, unit, value / bar);
}

void die(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)fputs("bench: ", stderr);
    (void)vfprintf(stderr, format, arguments);
    (void)fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

void must(int result, const char *what, const struct error *error)
{
    if (result < 0)
        die("%s: %s", what, error && error->text[0] ? error->text : strerror(-result));
}

int number_of(const char *text)
{
    int n = 0;
    for (; *text >= '0' && *text <= '9' && n < 100000000; text++)
        n = n * 10 + (*text - '0');
    return n;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

void fresh_folder(const char *path)
{
    if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0 && errno != ENOENT)
        die("%s: %s", path, strerror(errno));
    if (mkdir(path, 0777) != 0)
        die("%s: %s", path, strerror(errno));
}

/* ---- programs ---- */

pid_t spawn(const char *log, int in, const char *const *argv)
{
    int out = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    pid_t pid = fork();
    if (out < 0 || nothing < 0 || pid < 0)
        die("%s: %s", log, strerror(errno));
    if (pid == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        (void)dup2(in >= 0 ? in : nothing, STDIN_FILENO);
        (void)dup2(out, STDOUT_FILENO);
        (void)dup2(out, STDERR_FILENO);
        execvp(argv[0], (char *const *)argv);
        _exit(127);
    }
    close(out);
    close(nothing);
    return pid;
}

void stop(pid_t pid, double *ret_cpu_s)
{
    struct rusage usage;
    int status;
    (void)kill(pid, SIGTERM);
    if (wait4(pid, &status, 0, &usage) != pid)
        die("waiting for a program: %s", strerror(errno));
    if (ret_cpu_s)
        *ret_cpu_s = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                     (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* ---- a box ---- */

static void name_files(struct bench_box *box, const char *folder, int villages)
{
    *box = (struct bench_box){.villages = villages};
    (void)snprintf(box->folder, sizeof box->folder, "%s", folder);
    (void)snprintf(box->conf, sizeof box->conf, "%s/kabard.conf", folder);
    (void)snprintf(box->database, sizeof box->database, "%s/kabar.db", folder);
}

static void write_conf(const struct bench_box *box, const char *connection, const char *device)
{
    FILE *file = fopen(box->conf, "we");
    if (!file)
        die("%s: %s", box->conf, strerror(errno));
    (void)fprintf(file,
                  "box = { id = \"bench\"; timezone = \"Asia/Jakarta\"; };\ndatabase = \"kabar.db\";\n"
                  "sets = ( \"%s/config/sets/hpk-2018.cfg\" );\nlang = \"%s/config/lang/id.cfg\";\n"
                  "replies = \"%s/config/replies/id.cfg\";\nreplies_box_hour = 100000;\nreplies_box_day = 1000000;\n"
                  "modems = ( { name = \"sim1\"; connection = \"%s\"; model = \"%s\"; device = \"%s\"; } );\n",
                  KABAR_SOURCE_DIR, KABAR_SOURCE_DIR, KABAR_SOURCE_DIR, connection,
                  strcmp(connection, "none") == 0 ? "dummy" : "", device);
    if (fclose(file) != 0)
        die("%s: %s", box->conf, strerror(errno));
}

const char *bench_number(int village)
{
    return say("+6281230%06d", village);
}

static void add_village(struct store *store, int village, int64_t now_ms)
{
    struct error error;
    struct contact contact = {.role = ROLE_KPM, .state = CONTACT_ACTIVE, .name = "Siti", .locale = "id"};
    const char *code = say("35.%02d.%02d.%04d", 1 + village / 99000, 1 + village / 1000 % 99, 2001 + village % 1000);
    int64_t id;
    must(store_area_put(store, view_of(code), view_of(say("Desa %d", village)), &contact.area_id, &error), code,
         &error);
    (void)snprintf(contact.phone, sizeof contact.phone, "%s", bench_number(village));
    must(store_contact_add(store, &contact, now_ms, &id, &error), contact.phone, &error);
}

static void add_villages(struct store *store, int villages)
{
    struct error error;
    int64_t id, now_ms = clock_system.wall_ms(NULL);
    must(store_begin(store, &error), "begin", &error);
    must(store_area_put(store, view_of("35"), view_of("Jawa Timur"), &id, &error), "35", &error);
    for (int i = 0; i <= (villages - 1) / 1000; i++) {
        if (i % 99 == 0)
            must(store_area_put(store, view_of(say("35.%02d", 1 + i / 99)), view_of("Kabupaten"), &id, &error), "area",
                 &error);
        must(store_area_put(store, view_of(say("35.%02d.%02d", 1 + i / 99, 1 + i % 99)), view_of("Kecamatan"), &id,
                            &error),
             "area", &error);
    }
    for (int i = 0; i < villages; i++)
        add_village(store, i, now_ms);
    must(store_commit(store, &error), "commit", &error);
}

void bench_box_make(struct bench_box *box, const char *folder, int villages, const char *connection, const char *device)
{
    struct error error;
    struct store *store;
    int from, to;
    name_files(box, folder, villages);
    fresh_folder(folder);
    write_conf(box, connection, device);
    must(store_init(box->database, &from, &to, &error), box->database, &error);
    must(store_open(box->database, STORE_WRITE, "bench", &store, &error), box->database, &error);
    add_villages(store, villages);
    store_close(store);
}

void bench_box_open(struct bench_box *box, const char *folder, int villages)
{
    struct error error;
    name_files(box, folder, villages);
    must(zone_set("Asia/Jakarta", &error), "time zone", &error);
    must(settings_open(box->conf, &box->settings, &error), box->conf, &error);
    must(store_open(box->database, STORE_WRITE, "bench", &box->store, &error), box->database, &error);
    box->time.wall = clock_system.wall_ms(NULL);
    must(box_open(box->settings, box->store, clock_of_fixed(&box->time), &box->box, &error), "box", &error);
}

void bench_box_close(struct bench_box *box)
{
    box_close(box->box);
    store_close(box->store);
    settings_close(box->settings);
}

/* ---- intake ---- */

void bench_part(const struct bench_box *box, int64_t i, int64_t sent_ms, struct mo_part *ret_part)
{
    int village = (int)(i % box->villages), n = 20 + village % 7;
    int64_t around = i / box->villages;
    int other = (int)(around / 3 % 7); /* the same text three times within an hour would be taken for a machine's */
    const char *text = around % 3 == 0   ? say("IBU HAMIL %d K4 %d FE %d KEK %d", n, n / 2, n - 3, other)
                       : around % 3 == 1 ? say("ANAK %d BB %d TB %d IDL %d", n + 20, n + 9, n + 8, n - other)
                                         : say("TIKAR %d H%d K%d M%d", n + 20, n + 10 - other, 7 + other, 3);
    *ret_part = (struct mo_part){
        .place = {0, (int32_t)(i % 250) + 1}, .sent_ms = sent_ms, .concat_ref = -1, .concat_total = 1, .concat_seq = 1};
    (void)snprintf(ret_part->sender, sizeof ret_part->sender, "%s", bench_number(village));
    (void)snprintf(ret_part->smsc, sizeof ret_part->smsc, "+628100000");
    (void)snprintf(ret_part->text, sizeof ret_part->text, "%s", text);
}

static void send_part(int fd, const struct mo_part *part)
{
    struct wire_message message = {.type = WIRE_MO, .id = 1, .mo = *part};
    uint8_t bytes[WIRE_MAX];
    size_t len = wire_encode(&message, bytes);
    if (send(fd, bytes, len, MSG_DONTWAIT) != (ssize_t)len)
        die("the worker's socket: %s", strerror(errno));
}

static void receive_part(int fd, struct mo_part *ret_part)
{
    static struct wire_message message;
    uint8_t bytes[WIRE_MAX];
    struct error error = {""};
    ssize_t len = recv(fd, bytes, sizeof bytes, 0);
    must(len < 0 ? -errno : wire_decode(bytes, (size_t)len, WIRE_WORKER, &message, &error), "the wire", &error);
    *ret_part = message.mo;
}

double bench_intake(struct bench_box *box, int64_t first, int count, int batch, int64_t step_ms)
{
    static struct mo_part parts[MO_BATCH];
    bool stored[MO_BATCH];
    struct intake_counts counts;
    struct error error;
    int ends[2];
    double seconds = 0;
    if (batch > MO_BATCH || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        die("a batch of %d: %s", batch, strerror(errno));
    for (int done = 0; done < count; done += batch) {
        int n = count - done < batch ? count - done : batch;
        for (int i = 0; i < n; i++) {
            bench_part(box, first + done + i, box->time.wall, &parts[i]);
            send_part(ends[0], &parts[i]);
            box->time.wall += step_ms;
            box->time.monotonic += step_ms;
        }
        double begun = now_s();
        for (int i = 0; i < n; i++)
            receive_part(ends[1], &parts[i]);
        must(intake_take(box->box, "sim1", parts, (size_t)n, stored, &counts, &error), "intake", &error);
        seconds += now_s() - begun;
        if (counts.messages != (size_t)n || counts.replies != (size_t)n || counts.unread != 0)
            die("of %d messages %zu were stored, %zu answered", n, counts.messages, counts.replies);
    }
    close(ends[0]);
    close(ends[1]);
    return seconds;
}
