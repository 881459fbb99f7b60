/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The worker's walls: what a worker that somebody else commands could reach. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/failpoint.h"
#include "rig.h"
#include "worker/sandbox.h"

static char folder[64], database[128], phone[128], terminal[128];

static bool opens(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC | O_NOCTTY, 0600);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static bool makes_socket(int family, int type)
{
    int fd = socket(family, type, 0);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

/* What is reached in spite of the walls; NULL nothing. */
static const char *reached(void)
{
    char beside[160];
    (void)snprintf(beside, sizeof beside, "%s-wal", database);
    if (makes_socket(AF_INET, SOCK_STREAM) || makes_socket(AF_INET6, SOCK_DGRAM) ||
        makes_socket(AF_UNIX, SOCK_STREAM) || makes_socket(AF_NETLINK, SOCK_RAW))
        return "a socket";
    if (opens(database, O_RDONLY) || opens(database, O_RDWR))
        return "the database";
    if (opens(beside, O_RDWR | O_CREAT) || mkdir(beside, 0700) == 0 || rename(database, beside) == 0 ||
        unlink(database) == 0)
        return "the database's folder";
    if (opens("/etc/passwd", O_RDONLY) || opens("/proc/self/environ", O_RDONLY))
        return "a file of the system";
    char name[] = "true", *argv[] = {name, NULL}, *envp[] = {NULL};
    (void)execve("/bin/true", argv, envp);
    if (errno != EPERM && errno != EACCES)
        return "a program";
    if (kill(getppid(), 0) == 0 || syscall(SYS_tgkill, getppid(), getppid(), 0) == 0)
        return "another process";
    if (ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0)
        return "another process's memory";
    return NULL;
}

static bool uses_terminal(void)
{
    struct termios termios;
    int fd = open(terminal, O_RDWR | O_NOCTTY | O_CLOEXEC);
    bool does =
        fd >= 0 && tcgetattr(fd, &termios) == 0 && tcsetattr(fd, TCSANOW, &termios) == 0 && write(fd, "A", 1) == 1;
    if (fd >= 0)
        close(fd);
    return does;
}

static bool uses_folder(void)
{
    char path[160], other[160];
    (void)snprintf(path, sizeof path, "%s/sms", phone);
    (void)snprintf(other, sizeof other, "%s/1", path);
    return mkdir(path, 0700) == 0 && opens(other, O_RDWR | O_CREAT) && unlink(other) == 0 && rmdir(path) == 0;
}

/* In a process of its own, which says by its status what is wrong. */
static void in_child(int (*act)(void), enum sandbox expected)
{
    int status = 0;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        _exit(act());
    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail_msg("status %d with walls %d", status, expected);
}

static int on_terminal(void)
{
    if (sandbox_enter(terminal, false) != SANDBOX_WHOLE)
        return 1;
    if (!uses_terminal())
        return 2;
    const char *what = reached();
    if (what)
        print_error("reached: %s\n", what);
    return what ? 3 : 0;
}

static int on_folder(void)
{
    if (sandbox_enter(phone, true) != SANDBOX_WHOLE)
        return 1;
    return !uses_folder() ? 2 : reached() ? 3 : 0;
}

static int without_landlock(void)
{
    if (failpoint_arm("sandbox.landlock=einval", NULL) != 0 || sandbox_enter(terminal, false) != SANDBOX_CALLS)
        return 1;
    int fd = open(terminal, O_RDWR | O_NOCTTY | O_CLOEXEC);
    sandbox_close_files();
    if (fd < 0 || write(fd, "A", 1) != 1)
        return 2;
    const char *what = reached();
    if (what)
        print_error("reached: %s\n", what);
    return what ? 3 : 0;
}

static int dies_of_abort(void)
{
    (void)sandbox_enter(terminal, false);
    (void)signal(SIGABRT, SIG_DFL);
    abort();
}

static void holds_to_a_terminal(void **state)
{
    (void)state;
    in_child(on_terminal, SANDBOX_WHOLE);
}

static void holds_to_the_dummys_folder(void **state)
{
    (void)state;
    in_child(on_folder, SANDBOX_WHOLE);
}

static void holds_without_landlock(void **state)
{
    (void)state;
    in_child(without_landlock, SANDBOX_CALLS);
}

static void may_still_abort(void **state)
{
    (void)state;
    int status = 0;
    pid_t pid = fork();
    if (pid == 0)
        _exit(dies_of_abort());
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

static int setup(void **state)
{
    (void)state;
    memcpy(folder, "/tmp/kabar-walls-XXXXXX", 24);
    assert_non_null(mkdtemp(folder));
    (void)snprintf(database, sizeof database, "%s/kabar.db", folder);
    (void)snprintf(phone, sizeof phone, "%s/phone", folder);
    assert_int_equal(mkdir(phone, 0700), 0);
    int fd = open(database, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    close(fd);
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    assert_true(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
    assert_int_equal(ptsname_r(master, terminal, sizeof terminal), 0);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    rig_remove(folder);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_to_a_terminal),
        cmocka_unit_test(holds_to_the_dummys_folder),
        cmocka_unit_test(holds_without_landlock),
        cmocka_unit_test(may_still_abort),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
