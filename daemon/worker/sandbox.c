/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "worker/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/failpoint.h"

/* ---- Landlock: linux/landlock.h, whose newer rights this machine's headers may not know ---- */

enum {
    CREATE_RULESET = 444, /* the numbers are the same on every architecture */
    ADD_RULE = 445,
    RESTRICT_SELF = 446,
    RULE_PATH_BENEATH = 1,
    ASK_VERSION = 1,
};
enum {
    FS_WRITE_FILE = 1 << 1,
    FS_READ_FILE = 1 << 2,
    FS_READ_DIR = 1 << 3,
    FS_REMOVE_DIR = 1 << 4,
    FS_REMOVE_FILE = 1 << 5,
    FS_MAKE_DIR = 1 << 7,
    FS_MAKE_REG = 1 << 8,
    FS_FIRST = (1 << 13) - 1, /* what version 1 knows */
    FS_REFER = 1 << 13,       /* version 2 */
    FS_TRUNCATE = 1 << 14,    /* version 3 */
    FS_IOCTL_DEV = 1 << 15,   /* version 5 */
    NET_TCP = 3,              /* version 4: bind and connect */
    SCOPES = 3,               /* version 6: abstract sockets of others, signals to others */
};
struct ruleset {
    uint64_t fs, net, scoped;
};
struct __attribute__((packed)) beneath {
    uint64_t allowed;
    int32_t parent;
};

static struct ruleset ruleset_of(long version)
{
    struct ruleset ruleset = {.fs = FS_FIRST};
    if (version >= 2)
        ruleset.fs |= FS_REFER;
    if (version >= 3)
        ruleset.fs |= FS_TRUNCATE;
    if (version >= 4)
        ruleset.net = NET_TCP;
    if (version >= 5)
        ruleset.fs |= FS_IOCTL_DEV;
    if (version >= 6)
        ruleset.scoped = SCOPES;
    return ruleset;
}

static size_t size_of(long version)
{
    return version >= 6   ? sizeof(struct ruleset)
           : version >= 4 ? offsetof(struct ruleset, scoped)
                          : offsetof(struct ruleset, net);
}

/* A device that is not there gets no rule: opening it fails, as it would anyway. */
static bool allow(int ruleset_fd, const char *path, uint64_t rights)
{
    struct beneath beneath = {.allowed = rights, .parent = open(path, O_PATH | O_CLOEXEC)};
    if (beneath.parent < 0)
        return errno == ENOENT;
    long result = syscall(ADD_RULE, ruleset_fd, RULE_PATH_BENEATH, &beneath, 0);
    close(beneath.parent);
    return result == 0;
}

static bool hold_files(const char *device, bool is_folder)
{
    enum {
        DEVICE = FS_READ_FILE | FS_WRITE_FILE | FS_TRUNCATE | FS_IOCTL_DEV,
        FOLDER = FS_READ_FILE | FS_WRITE_FILE | FS_TRUNCATE | FS_READ_DIR | FS_REMOVE_DIR | FS_REMOVE_FILE |
                 FS_MAKE_DIR | FS_MAKE_REG | FS_REFER,
    };
    long version = FAILPOINT("sandbox.landlock", NULL) == 0 ? syscall(CREATE_RULESET, NULL, 0, ASK_VERSION) : -1;
    if (version < 1)
        return false;
    struct ruleset ruleset = ruleset_of(version);
    int fd = (int)syscall(CREATE_RULESET, &ruleset, size_of(version), 0);
    if (fd < 0)
        return false;
    bool held = allow(fd, device, ruleset.fs & (is_folder ? FOLDER : DEVICE)) && syscall(RESTRICT_SELF, fd, 0) == 0;
    close(fd);
    return held;
}

/* ---- seccomp ---- */

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__i386__)
#define ARCHITECTURE AUDIT_ARCH_I386
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#elif defined(__arm__)
#define ARCHITECTURE AUDIT_ARCH_ARM
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCHITECTURE AUDIT_ARCH_RISCV64
#else
enum { ARCHITECTURE = 0 };
#endif

/* What reaches beyond the process and its descriptors. A list of what is forbidden, for what a C library needs differs
 * from one machine and release to the next. */
static const int foreign[] = {
#define CALL(name) SYS_##name,
#include "worker/sandbox_calls.def"
#undef CALL
};

/* What gives a file by its name, or changes one. */
static const int naming[] = {
#define FILE_CALL(name) SYS_##name,
#include "worker/sandbox_calls.def"
#undef FILE_CALL
};

enum {
    CALLS_MAX = 96,
    FILTER_MAX = 2 * CALLS_MAX + 16,
    LOW_WORD = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? 4 : 0, /* of an argument of 64 bits */
};

static bool forbid(const int *calls, size_t n)
{
    static struct sock_filter filter[FILTER_MAX];
    size_t len = 0;
#define ADD(...) (filter[len++] = (struct sock_filter)__VA_ARGS__)
    enum { REFUSE = SECCOMP_RET_ERRNO | EPERM, X32 = 0x40000000 };
    ADD(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)));
    ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)ARCHITECTURE, 1, 0));
    ADD(BPF_STMT(BPF_RET | BPF_K, REFUSE));
    ADD(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)));
    ADD(BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, X32, 0, 1));
    ADD(BPF_STMT(BPF_RET | BPF_K, REFUSE));
    /* abort() and raise() signal the process itself. */
    ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_tgkill, 0, 4));
    ADD(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args) + LOW_WORD));
    ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)getpid(), 1, 0));
    ADD(BPF_STMT(BPF_RET | BPF_K, REFUSE));
    ADD(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    for (size_t i = 0; i < n && len + 3 < FILTER_MAX; i++) {
        ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)calls[i], 0, 1));
        ADD(BPF_STMT(BPF_RET | BPF_K, REFUSE));
    }
    ADD(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
#undef ADD
    struct sock_fprog program = {.len = (unsigned short)len, .filter = filter};
    return ARCHITECTURE != 0 && syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

enum sandbox sandbox_enter(const char *device, bool is_folder)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return SANDBOX_NONE;
    bool files = hold_files(device, is_folder);
    bool calls = forbid(foreign, sizeof foreign / sizeof *foreign);
    return !calls ? SANDBOX_NONE : files ? SANDBOX_WHOLE : SANDBOX_CALLS;
}

void sandbox_close_files(void)
{
    (void)forbid(naming, sizeof naming / sizeof *naming);
}
