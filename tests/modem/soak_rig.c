/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The processes of a soak, and what is done to them. */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "soak.h"

enum { RESTART_MS = 1000, START_WAIT_MS = 10000, HANG_MS = 8000, STOP_MS = 100 * MS_SECOND };

/* Forks and executes with standard output and error appended to a file of the folder. */
static pid_t run(struct soak *soak, const char *log, const char *const *arguments)
{
    char path[2 * PATH_BYTES];
    (void)snprintf(path, sizeof path, "%s/%s", soak->folder, log);
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644), null = open("/dev/null", O_RDONLY);
    dup2(null, STDIN_FILENO);
    dup2(fd, STDOUT_FILENO);
    dup2(fd, STDERR_FILENO);
    execv(arguments[0], (char *const *)arguments);
    _exit(127);
}

static void program_path(const struct soak *soak, const char *name, char path[2 * PATH_BYTES])
{
    (void)snprintf(path, 2 * PATH_BYTES, "%s/%s", soak->bin, name);
}

void rig_ctl(struct soak *soak, const char *const *arguments)
{
    const char *all[24];
    char program[2 * PATH_BYTES];
    size_t n = 0;
    int status;
    program_path(soak, "kabarctl", program);
    all[n++] = program;
    all[n++] = "-c";
    all[n++] = soak->conf;
    for (size_t i = 0; arguments[i] && n < 23; i++)
        all[n++] = arguments[i];
    all[n] = NULL;
    pid_t pid = run(soak, "ctl.log", all);
    if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0)
        soak_die("kabarctl %s failed: see %s/ctl.log", arguments[0], soak->folder);
}

static void connect_control(struct simulator *modem)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    (void)snprintf(address.sun_path, sizeof address.sun_path, "%s", modem->socket);
    for (int64_t end = soak_now() + START_WAIT_MS; soak_now() < end; usleep(20000)) {
        int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0) {
            modem->control = fdopen(fd, "r+");
            return;
        }
        close(fd);
    }
    soak_die("no modem answers on %s", modem->socket);
}

bool rig_order(struct simulator *modem, struct buf *ret_answer, const char *format, ...)
{
    static char line[64 * 1024];
    va_list arguments;
    va_start(arguments, format);
    vfprintf(modem->control, format, arguments);
    va_end(arguments);
    fputc('\n', modem->control);
    fflush(modem->control);
    while (fgets(line, sizeof line, modem->control)) {
        if (strncmp(line, "ok", 2) == 0) {
            if (ret_answer)
                buf_puts(ret_answer, line);
            return true;
        }
        if (strncmp(line, "error", 5) == 0)
            return false;
        if (ret_answer)
            buf_puts(ret_answer, line);
    }
    soak_die("modem %s is gone", modem->name);
}

static void modem_start(struct soak *soak, int i)
{
    struct simulator *modem = &soak->modems[i];
    char imei[24], imsi[24], seed[24], log[PATH_BYTES + 32], events[24];
    (void)snprintf(modem->name, sizeof modem->name, "sim%d", i + 1);
    (void)snprintf(modem->link, sizeof modem->link, "%s/tty%d", soak->folder, i);
    (void)snprintf(modem->socket, sizeof modem->socket, "%s/control%d", soak->folder, i);
    (void)snprintf(imei, sizeof imei, "35000000000010%d", i);
    (void)snprintf(imsi, sizeof imsi, "51010000000010%d", i);
    (void)snprintf(seed, sizeof seed, "%d", (int)(soak->seed % 1000000) + i);
    (void)snprintf(log, sizeof log, "%s/%s.traffic", soak->folder, modem->name);
    (void)snprintf(events, sizeof events, "%s.events", modem->name);
    const char *arguments[] = {
        soak->at_modem, "--link", modem->link, "--control",      modem->socket, "--no-stdin", "--imei",
        imei,           "--imsi", imsi,        "--seed",         seed,          "--log",      log,
        "--boot",       "1000",   "--ds",      i ? "01" : "012", NULL};
    modem->pid = run(soak, events, arguments);
    connect_control(modem);
    if (!rig_order(modem, NULL, "autoreport on 700"))
        soak_die("modem %s refuses", modem->name);
}

static void conf_write(struct soak *soak)
{
    FILE *file = fopen(soak->conf, "we");
    if (!file)
        soak_die("cannot write %s", soak->conf);
    fprintf(file,
            "box = { id = \"soak\"; timezone = \"Asia/Jakarta\"; };\n"
            "database = \"kabar.db\";\nsets = ( \"config/sets/hpk-2018.cfg\" );\nlang = \"config/lang/id.cfg\";\n"
            "replies = \"config/replies/id.cfg\";\ngrace_days = 0;\nretry_base_seconds = 5;\nretry_cap_minutes = 1;\n"
            "replies_box_hour = 100000;\nreplies_box_day = 1000000;\nretry_max = 100;\nuncertain_minutes = 1;\n"
            "multipart_wait_minutes = 2;\nmodems = (\n");
    for (int i = 0; i < MODEMS; i++)
        fprintf(file,
                "  { name = \"sim%d\"; connection = \"at115200\"; device = \"%s/tty%d\"; imei = \"35000000000010%d\"; "
                "scan = \"%s/tty*\"; }%s\n",
                i + 1, soak->folder, i, i, soak->folder, i + 1 < MODEMS ? "," : "");
    fputs(");\n", file);
    fclose(file);
}

/* A copy of its own: the configuration of a checkout may change under a long run. */
static void config_copy(struct soak *soak)
{
    char to[2 * PATH_BYTES];
    int status;
    (void)snprintf(to, sizeof to, "%s/config", soak->folder);
    pid_t pid = run(soak, "cp.log", (const char *const[]){"/bin/cp", "-r", soak->config, to, NULL});
    if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0)
        soak_die("cannot copy %s", soak->config);
}

static void people_write(struct soak *soak)
{
    static const char *const places[][2] = {{"35", "Jawa Timur"}, {"35.12", "Situbondo"}, {"35.12.03", "Suboh"}};
    rig_ctl(soak, (const char *const[]){"init", NULL});
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        rig_ctl(soak, (const char *const[]){"area", "add", places[i][0], places[i][1], NULL});
    for (int i = 0; i < CONTACTS; i++) {
        char code[24], village[24], phone[24], name[24];
        (void)snprintf(code, sizeof code, "35.12.03.%d", 2001 + i);
        (void)snprintf(village, sizeof village, "Desa %d", i + 1);
        (void)snprintf(phone, sizeof phone, "+628123000%04d", 1000 + i);
        (void)snprintf(name, sizeof name, "Kader %d", i + 1);
        rig_ctl(soak, (const char *const[]){"area", "add", code, village, NULL});
        rig_ctl(soak,
                (const char *const[]){"contact", "add", phone, "--name", name, "--role", "kpm", "--area", code, NULL});
    }
}

static void daemon_start(struct soak *soak)
{
    char program[2 * PATH_BYTES];
    program_path(soak, "kabard", program);
    soak->daemon = run(soak, "kabard.log", (const char *const[]){program, "-c", soak->conf, NULL});
    soak->daemon_start_ms = 0;
    soak->daemon_starts++;
}

void rig_open(struct soak *soak)
{
    memcpy(soak->folder, "/tmp/kabar-soak-XXXXXX", 23);
    if (!mkdtemp(soak->folder))
        soak_die("cannot make a folder: %s", strerror(errno));
    (void)snprintf(soak->conf, sizeof soak->conf, "%s/kabard.conf", soak->folder);
    (void)snprintf(soak->database, sizeof soak->database, "%s/kabar.db", soak->folder);
    (void)signal(SIGPIPE, SIG_IGN);
    config_copy(soak);
    conf_write(soak);
    people_write(soak);
    for (int i = 0; i < MODEMS; i++)
        modem_start(soak, i);
    daemon_start(soak);
}

static int file_remove(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status;
    (void)type;
    (void)place;
    return remove(path);
}

void rig_close(struct soak *soak, bool keep)
{
    int status;
    if (soak->daemon > 0 && kill(soak->daemon, SIGTERM) == 0)
        waitpid(soak->daemon, &status, 0);
    for (int i = 0; i < MODEMS; i++) {
        (void)rig_order(&soak->modems[i], NULL, "quit");
        fclose(soak->modems[i].control);
        waitpid(soak->modems[i].pid, &status, 0);
    }
    if (!keep)
        (void)nftw(soak->folder, file_remove, 8, FTW_DEPTH | FTW_PHYS);
}

/* The children of a process; returns how many. */
static int children(pid_t pid, pid_t *ret_children, int max)
{
    char path[64];
    char line[256] = "";
    int n = 0;
    (void)snprintf(path, sizeof path, "/proc/%d/task/%d/children", pid, pid);
    FILE *file = fopen(path, "re");
    if (!file)
        return 0;
    for (const char *at = fgets(line, sizeof line, file) ? line : ""; *at && n < max; at += *at == ' ')
        ret_children[n++] = (pid_t)soak_number(at, &at);
    fclose(file);
    return n;
}

static void rss_watch(pid_t pid, int64_t *highest)
{
    char path[64], line[256];
    (void)snprintf(path, sizeof path, "/proc/%d/status", pid);
    FILE *file = fopen(path, "re");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, "VmHWM:", 6) == 0) {
            int64_t kib = soak_number(line + strcspn(line, "0123456789"), NULL);
            *highest = kib > *highest ? kib : *highest;
        }
    if (file)
        fclose(file);
}

static void daemon_tend(struct soak *soak)
{
    int status;
    pid_t workers[8];
    if (soak->daemon_start_ms) {
        if (soak_now() >= soak->daemon_start_ms)
            daemon_start(soak);
        return;
    }
    if (soak->stopping_ms && soak_now() > soak->stopping_ms + STOP_MS)
        kill(soak->daemon, SIGKILL);
    if (waitpid(soak->daemon, &status, WNOHANG) == soak->daemon) {
        if (!soak->stopping_ms || status != 0) {
            printf("kabard ended %s: status %d (see kabard.log)\n", soak->stopping_ms ? "badly" : "by itself", status);
            soak->daemon_faults++;
        }
        soak->stopping_ms = 0;
        soak->daemon_start_ms = soak_now() + RESTART_MS;
        return;
    }
    rss_watch(soak->daemon, &soak->rss_kib[0]);
    for (int n = children(soak->daemon, workers, 8); n > 0; n--)
        rss_watch(workers[n - 1], &soak->rss_kib[1]);
}

static void modem_heal(struct simulator *modem, int number)
{
    (void)rig_order(modem, NULL, "silent off");
    (void)rig_order(modem, NULL, "register on");
    if (modem->unplugged) {
        modem->renamed = modem->renamed != (modem->heal_ms < 0);
        if (!rig_order(modem, NULL, "plug tty%d%s", number, modem->renamed ? "b" : ""))
            soak_die("modem %s cannot be plugged in", modem->name);
    }
    modem->unplugged = false;
    modem->heal_ms = 0;
}

static void database_unlock(struct soak *soak)
{
    sqlite3_close(soak->locker);
    soak->locker = NULL;
}

void rig_tend(struct soak *soak)
{
    daemon_tend(soak);
    for (int i = 0; i < MODEMS; i++) {
        int64_t due = soak->modems[i].heal_ms;
        if (due && soak_now() >= (due < 0 ? -due : due))
            modem_heal(&soak->modems[i], i);
    }
    if (soak->locker && soak_now() >= soak->unlock_ms)
        database_unlock(soak);
}

void rig_heal(struct soak *soak)
{
    for (int i = 0; i < MODEMS; i++) {
        modem_heal(&soak->modems[i], i);
        (void)rig_order(&soak->modems[i], NULL, "clear");
    }
    if (soak->locker)
        database_unlock(soak);
}

static void database_lock(struct soak *soak)
{
    sqlite3 *db;
    if (soak->locker || sqlite3_open(soak->database, &db) != SQLITE_OK)
        return;
    sqlite3_busy_timeout(db, 2000);
    if (sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK)
        soak->locker = db;
    else
        sqlite3_close(db);
}

/* Returns how long it lasts. */
static int64_t daemon_strike(struct soak *soak, enum strike_kind kind)
{
    pid_t workers[8];
    int status, n;
    if (kind == STRIKE_KILL_WORKER) {
        n = children(soak->daemon, workers, 8);
        if (n > 0)
            kill(workers[soak_random(soak, n)], SIGKILL);
        return 0;
    }
    if (kind == STRIKE_STOP_DAEMON) {
        kill(soak->daemon, SIGTERM);
        soak->stopping_ms = soak_now();
        return 0;
    }
    kill(soak->daemon, SIGKILL);
    waitpid(soak->daemon, &status, 0);
    soak->daemon_start_ms = soak_now() + RESTART_MS;
    return RESTART_MS;
}

/* What a modem suffers; returns how long it lasts. */
static int64_t modem_strike(struct soak *soak, struct simulator *modem, enum strike_kind kind)
{
    static const int transient[] = {38, 41, 42, 47, 332, 500}; /* TS 24.011 E-2, TS 27.005 3.2.5 */
    static const char *const others[] = {"CMGD", "CMGR", "CMGL", "CPMS", "CSQ", "CREG"};
    int64_t lasts = 2000 + soak_random(soak, 13000);
    switch (kind) {
    case STRIKE_UNPLUG:
    case STRIKE_RENAME:
        (void)rig_order(modem, NULL, "unplug");
        modem->unplugged = true;
        modem->heal_ms = kind == STRIKE_RENAME ? -(soak_now() + lasts) : soak_now() + lasts;
        return lasts;
    case STRIKE_HANG:
        (void)rig_order(modem, NULL, "hang %d", HANG_MS);
        return HANG_MS;
    case STRIKE_SILENT:
        (void)rig_order(modem, NULL, "silent on");
        modem->heal_ms = soak_now() + lasts;
        return lasts;
    case STRIKE_UNREGISTER:
        (void)rig_order(modem, NULL, soak_random(soak, 2) ? "register searching" : "register off");
        modem->heal_ms = soak_now() + lasts;
        return lasts;
    case STRIKE_GARBAGE:
        (void)rig_order(modem, NULL, "garbage %d", 1 + soak_random(soak, 400));
        return 0;
    case STRIKE_REFUSE:
        (void)rig_order(modem, NULL, "fail CMGS %d times=%d", transient[soak_random(soak, 6)],
                        1 + soak_random(soak, 3));
        return 0;
    case STRIKE_LOSE:
        (void)rig_order(modem, NULL, "lose CMGS");
        return 0;
    case STRIKE_DROP:
        (void)rig_order(modem, NULL, "drop CMGS");
        return 0;
    case STRIKE_LOSE_OTHER:
        (void)rig_order(modem, NULL, "lose %s", others[soak_random(soak, 6)]);
        return 0;
    case STRIKE_DELAY:
        (void)rig_order(modem, NULL, "delay CMGS %d times=2", 1000 + soak_random(soak, 9000));
        return 0;
    case STRIKE_HALF_LINE:
        (void)rig_order(modem, NULL, "halfline");
        return 0;
    case STRIKE_KILL_DAEMON:
    case STRIKE_KILL_WORKER:
    case STRIKE_STOP_DAEMON:
    case STRIKE_LOCK:
    case STRIKE_KINDS:
        break;
    }
    return 0;
}

bool rig_strike_with(struct soak *soak, enum strike_kind kind, int modem)
{
    if (soak->n_strikes == STRIKES_MAX || soak->daemon_start_ms || soak->stopping_ms)
        return false;
    struct strike *strike = &soak->strikes[soak->n_strikes];
    int64_t lasts;
    *strike = (struct strike){.kind = kind, .modem = -1, .from_ms = soak_wall()};
    if (kind == STRIKE_LOCK) {
        lasts = 1000 + soak_random(soak, 9000);
        database_lock(soak);
        soak->unlock_ms = soak_now() + lasts;
    } else if (kind == STRIKE_KILL_DAEMON || kind == STRIKE_KILL_WORKER || kind == STRIKE_STOP_DAEMON) {
        lasts = daemon_strike(soak, kind);
    } else {
        if (soak->modems[modem].heal_ms)
            return false;
        strike->modem = modem;
        lasts = modem_strike(soak, &soak->modems[modem], kind);
    }
    strike->until_ms = strike->from_ms + lasts;
    soak->n_strikes++;
    return true;
}

void rig_strike(struct soak *soak)
{
    enum strike_kind kind = (enum strike_kind)soak_random(soak, STRIKE_KINDS);
    int modem = soak_random(soak, MODEMS);
    if (!soak->without[kind])
        (void)rig_strike_with(soak, kind, modem);
}
