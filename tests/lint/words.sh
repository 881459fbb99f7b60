#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Nothing unfinished, nothing of the machine it was written on, no phone number outside the range for tests.
set -u
cd "$1" || exit 3
status=0

# text PATTERN: file:line:text in every file of the project, whether git knows it or there is no git
text() {
    { git ls-files -z -co --exclude-standard 2>/dev/null || find . -type f ! -path './.git/*' ! -path './build*/*' -print0; } |
        xargs -0 grep -nIsE -e "$1" /dev/null | grep -v '^\(\./\)*LICENSE:'
}

if text '\<(TO''DO|FIX''ME|HA''CK|XX''X:)' | grep -E '^[^:]*(\.(c|h|cmake|sh|sql|def)|CMakeLists\.txt|run):'; then
    echo '    unfinished'
    status=1
fi
if text '(^|[^[:alnum:]_.])/(wor''k|ho''me/[a-z]+)/'; then
    echo '    a path of one machine'
    status=1
fi
if text '\<(GRAM''MAR|DOM''AIN|DES''IGN|OPERA''TOR|STY''LE|WO''RDS|PE''ERS|WEB''HUB)\.md' | grep -E '^[^:]*\.(c|h|sh|sql|def|cfg|md):'; then
    echo '    a page that is not among the docs'
    status=1
fi
if text '(\+62|\<0)8[0-9]{8,11}\>' | grep -vE '(\+62|\<0)812300[0-9]{4,6}\>'; then
    echo '    a phone number outside +62812 3000 0000 to 3000 9999'
    status=1
fi
exit $status
