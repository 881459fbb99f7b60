/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The default VFS with a fault on command: the Nth operation that changes a file fails, or the process dies there.
 * Everything else is SQLite's own unix VFS on real files.
 */
#ifndef KABAR_TESTS_STORE_FAULT_VFS_H
#define KABAR_TESTS_STORE_FAULT_VFS_H

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

enum fault_kind { FAULT_NONE, FAULT_FULL, FAULT_IO, FAULT_READONLY, FAULT_KILL, FAULT_KIND_COUNT };

static struct {
    enum fault_kind kind;
    int at;         /* the Nth operation, from 1 */
    bool stays;     /* and every one after it */
    bool read_only; /* files open for reading alone, whatever is asked */
    int operations; /* so far */
    bool struck;
} fault;

static sqlite3_vfs *fault_real;

struct fault_file {
    sqlite3_file base;
    sqlite3_file *real;
};
#define REAL(file) (((struct fault_file *)(file))->real)

static void fault_set(enum fault_kind kind, int at, bool stays)
{
    fault.kind = kind;
    fault.at = at;
    fault.stays = stays;
    fault.operations = 0;
    fault.struck = false;
}

/* What this operation comes to: SQLITE_OK, or what the unix VFS would say. */
static int fault_here(int io_error)
{
    fault.operations++;
    bool now = fault.operations == fault.at || (fault.stays && fault.operations > fault.at);
    if (fault.kind == FAULT_NONE || !now)
        return SQLITE_OK;
    fault.struck = true;
    if (fault.kind == FAULT_KILL)
        _exit(9);
    return fault.kind == FAULT_FULL ? SQLITE_FULL : io_error;
}

static int fault_close(sqlite3_file *file)
{
    return REAL(file)->pMethods ? REAL(file)->pMethods->xClose(REAL(file)) : SQLITE_OK;
}

static int fault_read(sqlite3_file *file, void *data, int n, sqlite3_int64 at)
{
    return REAL(file)->pMethods->xRead(REAL(file), data, n, at);
}

static int fault_write(sqlite3_file *file, const void *data, int n, sqlite3_int64 at)
{
    int result = fault_here(SQLITE_IOERR_WRITE);
    if (result == SQLITE_OK)
        return REAL(file)->pMethods->xWrite(REAL(file), data, n, at);
    /* A write that fails may have written some of it. */
    (void)REAL(file)->pMethods->xWrite(REAL(file), data, n / 2, at);
    return result;
}

static int fault_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    int result = fault_here(SQLITE_IOERR_TRUNCATE);
    return result == SQLITE_OK ? REAL(file)->pMethods->xTruncate(REAL(file), size) : result;
}

static int fault_sync(sqlite3_file *file, int flags)
{
    int result = fault_here(SQLITE_IOERR_FSYNC);
    return result == SQLITE_OK ? REAL(file)->pMethods->xSync(REAL(file), flags) : result;
}

static int fault_size(sqlite3_file *file, sqlite3_int64 *ret_size)
{
    return REAL(file)->pMethods->xFileSize(REAL(file), ret_size);
}

static int fault_lock(sqlite3_file *file, int level)
{
    return REAL(file)->pMethods->xLock(REAL(file), level);
}

static int fault_unlock(sqlite3_file *file, int level)
{
    return REAL(file)->pMethods->xUnlock(REAL(file), level);
}

static int fault_reserved(sqlite3_file *file, int *ret_reserved)
{
    return REAL(file)->pMethods->xCheckReservedLock(REAL(file), ret_reserved);
}

static int fault_cause(void)
{
    if (!fault.struck)
        return 0;
    return fault.kind == FAULT_FULL ? ENOSPC : fault.kind == FAULT_READONLY ? EROFS : EIO;
}

static int fault_control(sqlite3_file *file, int operation, void *data)
{
    if (operation == SQLITE_FCNTL_LAST_ERRNO) {
        *(int *)data = fault_cause();
        return SQLITE_OK;
    }
    return REAL(file)->pMethods->xFileControl(REAL(file), operation, data);
}

static int fault_sector(sqlite3_file *file)
{
    return REAL(file)->pMethods->xSectorSize(REAL(file));
}

static int fault_traits(sqlite3_file *file)
{
    return REAL(file)->pMethods->xDeviceCharacteristics(REAL(file));
}

static int fault_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **ret_at)
{
    int result = extend ? fault_here(SQLITE_IOERR_SHMMAP) : SQLITE_OK;
    if (result == SQLITE_FULL)
        result = SQLITE_IOERR_SHMSIZE;
    return result == SQLITE_OK ? REAL(file)->pMethods->xShmMap(REAL(file), page, size, extend, ret_at) : result;
}

static int fault_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
    return REAL(file)->pMethods->xShmLock(REAL(file), offset, n, flags);
}

static void fault_shm_barrier(sqlite3_file *file)
{
    REAL(file)->pMethods->xShmBarrier(REAL(file));
}

static int fault_shm_unmap(sqlite3_file *file, int delete)
{
    return REAL(file)->pMethods->xShmUnmap(REAL(file), delete);
}

static const sqlite3_io_methods fault_methods = {
    .iVersion = 2,
    .xClose = fault_close,
    .xRead = fault_read,
    .xWrite = fault_write,
    .xTruncate = fault_truncate,
    .xSync = fault_sync,
    .xFileSize = fault_size,
    .xLock = fault_lock,
    .xUnlock = fault_unlock,
    .xCheckReservedLock = fault_reserved,
    .xFileControl = fault_control,
    .xSectorSize = fault_sector,
    .xDeviceCharacteristics = fault_traits,
    .xShmMap = fault_shm_map,
    .xShmLock = fault_shm_lock,
    .xShmBarrier = fault_shm_barrier,
    .xShmUnmap = fault_shm_unmap,
};

static int fault_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
    (void)vfs;
    struct fault_file *mine = (struct fault_file *)file;
    mine->base.pMethods = NULL;
    mine->real = (sqlite3_file *)(void *)(mine + 1);
    if (fault.read_only && flags & SQLITE_OPEN_MAIN_DB)
        flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
    int result = fault_real->xOpen(fault_real, name, mine->real, flags, ret_flags);
    if (result == SQLITE_OK)
        mine->base.pMethods = &fault_methods;
    return result;
}

static int fault_errno(sqlite3_vfs *vfs, int n, char *text)
{
    (void)vfs;
    (void)n;
    (void)text;
    return fault_cause();
}

/* Makes it the process's default. */
static void fault_install(void)
{
    static sqlite3_vfs vfs;
    if (fault_real)
        return;
    fault_real = sqlite3_vfs_find(NULL);
    vfs = *fault_real;
    vfs.zName = "fault";
    vfs.szOsFile = (int)sizeof(struct fault_file) + fault_real->szOsFile;
    vfs.xOpen = fault_open;
    vfs.xGetLastError = fault_errno;
    (void)sqlite3_vfs_register(&vfs, 1);
}

#endif
