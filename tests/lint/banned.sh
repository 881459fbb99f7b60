#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Functions that overrun, keep hidden state or ask the world where it must be an input.
set -u
cd "$1" || exit 3
status=0
banned='strcpy|strncpy|strcat|strncat|sprintf|vsprintf|gets|strtok|strtok_r|atoi|atol|atoll|strtol|strtoul|strtoll|strtoull'
banned="$banned|sscanf|localtime|gmtime|asctime|ctime|system|popen|alloca|rand|srand|mktemp|tmpnam"

# code FILES...: file:line:text of what is not comment
code() { git grep -nE "$@" | grep -vE '^[^:]+:[0-9]+: *(/?\*|//)'; }

if code "(^|[^[:alnum:]_.>])($banned) *\(" -- 'parsers/*.[ch]' 'daemon/*.[ch]' 'tests/*.[ch]'; then
    echo '    banned functions'
    status=1
fi
if code '(^|[^[:alnum:]_.>])(time|gettimeofday|clock_gettime) *\(' -- 'parsers/*.[ch]' 'daemon/*.[ch]' ':!daemon/base/clock.c'; then
    echo '    time comes from struct clock'
    status=1
fi
if code '(^|[^[:alnum:]_.>])(malloc|calloc|realloc|free) *\(' -- 'parsers/*.[ch]'; then
    echo '    parsers have no heap'
    status=1
fi
exit $status
