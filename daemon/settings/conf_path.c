/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings/conf_path.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"

const char *conf_path_share(void)
{
    return KABAR_SHARE_DIR;
}

static const char *join(struct arena *arena, struct view folder, const char *path)
{
    size_t len = strlen(path);
    char *joined = arena_alloc(arena, folder.len + len + 2, 1);
    memcpy(joined, folder.at, folder.len);
    joined[folder.len] = '/';
    memcpy(joined + folder.len + 1, path, len);
    return joined;
}

static struct view folder_of(const char *file)
{
    const char *slash = strrchr(file, '/');
    return slash ? (struct view){file, (size_t)(slash - file)} : (struct view){".", 1};
}

const char *conf_path_absolute(struct arena *arena, const char *path)
{
    if (path[0] == '/')
        return arena_text(arena, view_of(path));
    char folder[PATH_MAX];
    if (!getcwd(folder, sizeof folder))
        return arena_text(arena, view_of(path));
    while (strncmp(path, "./", 2) == 0)
        path += 2;
    return join(arena, view_of(folder), path);
}

const char *conf_path_beside(struct arena *arena, const char *file, const char *path)
{
    return path[0] == '/' ? arena_text(arena, view_of(path)) : join(arena, folder_of(file), path);
}

const char *conf_path_find(struct arena *arena, const char *file, const char *path)
{
    const char *found = conf_path_beside(arena, file, path);
    if (path[0] == '/' || access(found, R_OK) == 0)
        return access(found, R_OK) == 0 ? found : NULL;
    return conf_path_shipped(arena, path);
}

/* A file in a folder that is named from the program's own; NULL where it is not there. */
static const char *beside_program(struct arena *arena, const char *folder, const char *path)
{
    char program[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", program, sizeof program - 1);
    if (len <= 0)
        return NULL;
    program[len] = '\0';
    const char *found = join(arena, view_of(join(arena, folder_of(program), folder)), path);
    return access(found, R_OK) == 0 ? found : NULL;
}

const char *conf_path_shipped(struct arena *arena, const char *path)
{
    const char *found = join(arena, view_of(KABAR_SHARE_DIR), path);
    if (access(found, R_OK) == 0)
        return found;
    found = beside_program(arena, "../share/kabar", path);
    return found ? found : beside_program(arena, "../../../config", path);
}

const char *conf_path_locale(struct arena *arena)
{
    return beside_program(arena, "..", "share/locale");
}
