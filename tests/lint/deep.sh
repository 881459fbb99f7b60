#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# deep.sh BUILD: every lint test, then what takes too long for each test run: the format and clang-tidy.
set -u
ctest --test-dir "$1" --output-on-failure -R '^lint/' || exit 1
git ls-files -z '*.c' '*.h' | xargs -0 clang-format --dry-run -Werror || exit 1
git ls-files -z 'parsers/*.c' 'daemon/*.c' | xargs -0 -P 2 -n 4 clang-tidy -p "$1" --quiet --extra-arg=-Wno-unknown-warning-option
