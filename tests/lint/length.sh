#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Files of at most 500 lines (tests 700), functions of at most 60, lines of at most 120 columns.
set -u
cd "$1" || exit 3
long=$(find parsers daemon tests -name '*.[ch]' | sort | LC_ALL=C xargs awk '
        function ends(limit) { limit = file ~ /^tests\// ? 700 : 500; if (lines > limit) printf "%s: %d lines\n", file, lines }
        FNR == 1 { ends(); file = FILENAME; open = 0 }
        { lines = FNR; columns = $0; gsub(/[\200-\277]/, "", columns) } # UTF-8: a byte that goes on is no column
        length(columns) > 120 { printf "%s:%d: %d columns\n", file, FNR, length(columns) }
        /^\{$/ { open = FNR }
        /^\}$/ && open { if (FNR - open > 61) printf "%s:%d: function of %d lines\n", file, open, FNR - open - 1; open = 0 }
        END { ends() }')
[ -z "$long" ] || { echo "$long"; exit 1; }
