#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The second compiler agrees: every source of the house under clang, no warning.
set -u
cd "$1" || exit 3
warnings='-Wall -Wextra -Wpedantic -Wshadow -Wundef -Wvla -Wformat=2 -Wwrite-strings -Wpointer-arith -Wstrict-prototypes
    -Wmissing-prototypes -Wimplicit-fallthrough -Wswitch-enum -Werror'
# shellcheck disable=SC2046,SC2086
find parsers daemon -name '*.c' -print0 | xargs -0 -n 8 -P 2 clang -std=c17 -fsyntax-only $warnings -D_GNU_SOURCE \
    -DKABAR_VERSION='"lint"' -DKABAR_SHARE_DIR='"lint"' -DKABAR_BUILD_MS=1 -I. -Idaemon \
    $(pkg-config --cflags sqlite3 libconfig gammu)
