#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Nothing unfinished, nothing of the machine it was written on, no phone number outside the range for tests.
set -u
cd "$1" || exit 3
status=0
if git grep -nEw 'TO''DO|FIX''ME|HA''CK|XX''X:' -- '*.c' '*.h' '*.cmake' '*.sh' CMakeLists.txt run sql; then
    echo '    unfinished'
    status=1
fi
if git grep -nE '(^|[^[:alnum:]_.])/(wor''k|ho''me/[a-z]+)/' -- . ':!LICENSE'; then
    echo '    a path of one machine'
    status=1
fi
if git grep -nE '(\+62|\b0)8[0-9]{8,11}\b' -- . ':!LICENSE' | grep -vE '(\+62|\b0)812300[0-9]{4,6}\b'; then
    echo '    a phone number outside +62812 3000 0000 to 3000 9999'
    status=1
fi
exit $status
