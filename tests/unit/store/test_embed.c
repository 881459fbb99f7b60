/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What sql/embed.cmake refuses to build, and that bytes come through it as they are. */
#include "world.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

static void put(const struct world *w, const char *name, const char *text)
{
    char path[192];
    (void)snprintf(path, sizeof path, "%s/%s", w->folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0 && fclose(file) == 0);
}

/* Exit status of cmake; what it wrote is in ret_text. */
static int embed(const struct world *w, const char *to, char *ret_text, size_t size)
{
    char folder[96], source[96], log[96];
    (void)snprintf(folder, sizeof folder, "-DFOLDER=%s", w->folder);
    (void)snprintf(source, sizeof source, "-DSOURCE=%s", to);
    (void)snprintf(log, sizeof log, "%s.log", to);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        int fd = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        (void)dup2(fd, STDOUT_FILENO);
        (void)dup2(fd, STDERR_FILENO);
        (void)execlp("cmake", "cmake", folder, source, "-DVERSION=1", "-P", KABAR_SOURCE_DIR "/sql/embed.cmake",
                     (char *)NULL);
        _exit(127);
    }
    int status = 0;
    assert_true(waitpid(child, &status, 0) == child && WIFEXITED(status));
    FILE *file = fopen(WEXITSTATUS(status) == 0 ? to : log, "rb");
    assert_non_null(file);
    ret_text[fread(ret_text, 1, size - 1, file)] = '\0';
    (void)fclose(file);
    (void)unlink(log);
    (void)unlink(to);
    return WEXITSTATUS(status);
}

static void embedding(void **state)
{
    static const struct {
        const char *name, *text, *refusal; /* NULL: taken */
    } cases[] = {
        {"0002_b.sql", "SELECT 'a''b\\;\"é'; -- ;\n", NULL},
        {"0002_b.sql", "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  SELECT 1;\nEND;\n", NULL},
        {"0003_b.sql", "SELECT 1;", "expected number 2"},
        {"0001_b.sql", "SELECT 1;", "expected number 2"},
        {"2_b.sql", "SELECT 1;", "NNNN_name.sql"},
        {"0002_B.sql", "SELECT 1;", "NNNN_name.sql"},
        {"0002_b.sql~", "SELECT 1;", "NNNN_name.sql"},
        {"0002_b.sql", "SELECT 1;\n  commit;", "holds no COMMIT"},
        {"0002_b.sql", "BEGIN;", "holds no BEGIN"},
        {"0002_b.sql", "begin immediate;", "holds no BEGIN"},
        {"0002_b.sql", "SELECT 1; PRAGMA user_version = 7;", "holds no PRAGMA"},
        {"0002_b.sql", "ATTACH 'x' AS y;", "holds no ATTACH"},
        {"0002_b.sql", "VACUUM;", "holds no VACUUM"},
    };
    static char text[1 << 16];
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct world world, *w = &world;
        char to[96];
        world_path(w);
        put(w, "0001_a.sql", "CREATE TABLE a (x);\n");
        put(w, cases[i].name, cases[i].text);
        (void)snprintf(to, sizeof to, "%s.c", w->folder);
        int status = embed(w, to, text, sizeof text);
        world_remove(w);
        if (cases[i].refusal ? status == 0 || !strstr(text, cases[i].refusal) : status != 0)
            fail_msg("%s, %s: %d: %s", cases[i].name, cases[i].text, status, text);
        if (cases[i].refusal)
            continue;
        /* The bytes of the second file, one by one, and its end. */
        const char *at = strstr(text, "sql_0002[] = {");
        assert_non_null(at);
        for (const char *c = cases[i].text;; c++) {
            char hex[8];
            (void)snprintf(hex, sizeof hex, "0x%02x", (unsigned char)*c);
            at = strstr(at, "0x");
            assert_non_null(at);
            assert_memory_equal(at, hex, 4);
            at += 4;
            if (!*c)
                break;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(embedding)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
