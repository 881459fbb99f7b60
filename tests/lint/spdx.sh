#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every source says its licence at its head. The migrations can't: what a database went through is never edited; and a
# configuration belongs to the box; JSON has no comments, a schema says it in $comment.
set -u
cd "$1" || exit 3
missing=$(find run CMakeLists.txt config/params.def config/sets config/lang config/replies parsers daemon docs sql systemd tests -type f \
    ! -path 'sql/*.sql' ! -path '*/corpus/*' ! -path 'docs/json/*' ! -name '*.md' ! -name '*.dict' ! -name copyright -exec grep -L -m 1 \
    '^[^[:alnum:]]*SPDX-License-Identifier: GPL-2.0-or-later' {} + | sort)
[ -z "$missing" ] || { printf '%s\n    no SPDX-License-Identifier\n' "$missing"; exit 1; }
