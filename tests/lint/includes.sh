#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The floors of the house. Each room lists what it may include besides itself; whatever it does not list is refused, so
# that no arrow points up and none goes round.
set -u
cd "$1" || exit 3

# room: what it may include. "store.h" alone stands for store/ without its own store_* headers.
rooms='
config:
parsers:
base: parsers
store: parsers base
settings: config parsers base
modem: parsers base
worker: parsers base modem
card: parsers base store
core: parsers base store settings
core/score: parsers base store settings core card
core/judge: parsers base store settings core
core/reply: parsers base store settings core core/score core/judge card
core/outbox: parsers base store settings core modem
core/tell: parsers base store settings core core/judge core/reply core/outbox
core/watch: parsers base store settings core core/reply core/outbox modem
core/schedule: parsers base store settings core core/score core/judge core/reply core/outbox core/watch core/tell card
core/command: parsers base store settings core core/score core/judge core/reply core/outbox core/tell card
core/intake: parsers base store settings core core/score core/judge core/reply core/outbox core/tell core/schedule core/command modem
operator: parsers base store settings core core/score core/judge core/reply core/outbox core/tell core/watch core/schedule core/command core/intake card
kabard: parsers base store settings core core/score core/reply core/outbox core/watch core/schedule core/intake modem operator
ctl: parsers base store settings modem core core/score core/judge core/reply core/outbox core/watch core/schedule core/command core/intake card operator
'

status=0
say() {
    printf '%s\n    %s\n' "$1" "$2"
    status=1
}


arrows=$(find parsers daemon -name '*.[ch]' | sort | xargs grep -HnE '^#include "[a-z]+/' |
    sed -E 's|^(daemon/)?([^:]*):([0-9]+):#include "([^"]*)".*|\2 \3 \4|')
found=$(printf '%s\n' "$arrows" | awk -v rooms="$rooms" '
    function room(path,  part) {
        split(path, part, "/")
        return part[1] == "core" && path ~ /^core\/[a-z_]+\// ? "core/" part[2] : part[1]
    }
    BEGIN {
        n = split(rooms, line, "\n")
        for (i = 1; i <= n; i++) {
            split(line[i], half, ":")
            m = split(half[2], may, " ")
            known[half[1]] = 1
            allowed[half[1] " " half[1]] = 1
            for (j = 1; j <= m; j++) {
                if (!(may[j] in known)) print "tests/lint/includes.sh: " half[1] " may not list " may[j] ", which stands above it or nowhere"
                allowed[half[1] " " may[j]] = 1
            }
        }
    }
    NF == 3 && !((room($1) " " room($3)) in allowed) { print $1 ":" $2 ": " room($1) " may not include " $3 }')
[ -z "$found" ] || say "$found" 'see the table of rooms in tests/lint/includes.sh'

# refuse WHERE PATTERN WHY: no file of WHERE may include PATTERN
refuse() {
    # shellcheck disable=SC2086  # a list of files
    found=$(grep -nE "^#include [\"<]($2)" $1 /dev/null 2>/dev/null)
    [ -z "$found" ] || say "$found" "$3"
}
sources() { find "$@" -name '*.[ch]' | sort | tr '\n' ' '; }

refuse "$(sources parsers)" '(stdio|stdlib|time|locale|errno|unistd|fcntl|sys/.*)\.h' 'parsers have no I/O, heap, clock or locale'
refuse "$(sources daemon/core daemon/card daemon/ctl daemon/kabard)" 'store/(store_|mt_)' "store's own headers are its own"
refuse "$(sources daemon/core)" 'modem/(client|proto|supervise)' 'core sees modem/port.h'
refuse "$(sources daemon tests | tr ' ' '\n' | grep -v '^daemon/store/\|^tests/')" 'sqlite3\.h' 'only store sees SQLite'
refuse "$(sources daemon tests | tr ' ' '\n' | grep -v '^daemon/settings/')" 'libconfig\.h' 'only settings sees libconfig'
refuse "$(sources daemon | tr ' ' '\n' | grep -v '^daemon/worker/')" 'gammu\.h|gammu-' 'only the worker sees Gammu'

refuse "$(sources daemon | tr ' ' '\n' | grep -v '^daemon/ctl/book\.c$')" 'xlsxwriter' 'only ctl/book sees libxlsxwriter'

# No folder grows beyond what one looks through at a glance.
full=$(find parsers daemon -name '*.c' | sed 's|/[^/]*$||' | sort | uniq -c | awk '$1 > 35')
[ -z "$full" ] || say "$full" 'more than 35 sources in a folder'
exit $status
