#!/bin/sh
# Files of at most 500 lines (tests 700), functions of at most 60, lines of at most 120 columns.
set -u
cd "$1" || exit 3
long=$(git ls-files -co --exclude-standard -- 'parsers/*.[ch]' 'daemon/*.[ch]' 'tests/*.[ch]' | sort -u |
    while IFS= read -r file; do
        [ -f "$file" ] || continue
        awk -v file="$file" '
            length($0) > 130 { printf "%s:%d: %d columns\n", file, NR, length($0) }
            /^\{$/ { open = NR }
            /^\}$/ && open { if (NR - open > 61) printf "%s:%d: function of %d lines\n", file, open, NR - open - 1; open = 0 }
            END { limit = file ~ /^tests\// ? 700 : 500; if (NR > limit) printf "%s: %d lines\n", file, NR }' "$file"
    done)
[ -z "$long" ] || { echo "$long"; exit 1; }
