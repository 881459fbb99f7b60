/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A folder of a stick that is not plugged in is told from one that is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mount.h"

static void folders(void **state)
{
    (void)state;
    char folder[] = "/tmp/kabar-mount-XXXXXX", fstab[64], stick[64], inside[64], point[PATH_MAX] = "";
    struct error error = {0};
    assert_non_null(mkdtemp(folder));
    (void)snprintf(fstab, sizeof fstab, "%s/fstab", folder);
    (void)snprintf(stick, sizeof stick, "%s/stick", folder);
    (void)snprintf(inside, sizeof inside, "%s/stick/kabar", folder);
    assert_int_equal(mkdir(stick, 0700), 0);
    assert_int_equal(mkdir(inside, 0700), 0);
    assert_int_equal(mount_look(fstab, inside, folder, point, &error), MOUNT_SAME);
    FILE *file = fopen(fstab, "w");
    assert_non_null(file);
    (void)fprintf(file,
                  "# a comment\nproc /proc proc defaults 0 0\n/dev/sda1 / ext4 defaults 0 1\n"
                  "LABEL=KABAR %s vfat noauto 0 0\n",
                  stick);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(mount_look(fstab, inside, folder, point, &error), MOUNT_MISSING);
    assert_string_equal(point, stick);
    assert_int_equal(mount_look(fstab, stick, folder, point, &error), MOUNT_MISSING);
    assert_int_equal(mount_look(fstab, folder, folder, point, &error), MOUNT_SAME);
    assert_int_equal(mount_look(fstab, "/proc/self", folder, point, &error), MOUNT_OTHER);
    assert_true(mount_look(fstab, "/none/there", folder, point, &error) < 0);
    assert_non_null(strstr(error.text, "/none/there"));
    assert_int_equal(unlink(fstab) | rmdir(inside) | rmdir(stick) | rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(folders)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
