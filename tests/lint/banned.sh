#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Functions that overrun, keep hidden state or ask the world where it must be an input.
set -u
cd "$1" || exit 3
status=0
banned='strcpy|strncpy|strcat|strncat|sprintf|vsprintf|gets|strtok|strtok_r|atoi|atol|atoll|strtol|strtoul|strtoll|strtoull'
banned="$banned|sscanf|localtime|gmtime|asctime|ctime|system|popen|alloca|rand|srand|mktemp|tmpnam"

# calls FUNCTIONS FOLDERS...: file:line:text of each call that is not in a comment
calls() {
    functions=$1
    shift
    find "$@" -name '*.[ch]' -exec grep -nE "(^|[^[:alnum:]_.>])($functions) *\(" /dev/null {} + |
        grep -vE '^[^:]+:[0-9]+: *(/?\*|//)'
}

if calls "$banned" parsers daemon tests; then
    echo '    banned functions'
    status=1
fi
if calls 'time|gettimeofday|clock_gettime' parsers daemon | grep -v '^daemon/base/clock\.c:'; then
    echo '    time comes from struct clock'
    status=1
fi
if calls 'malloc|calloc|realloc|free' parsers; then
    echo '    parsers have no heap'
    status=1
fi
exit $status
