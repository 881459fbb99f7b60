#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# fuzz.sh BUILD SECONDS: each fuzzer for that long, from its seeds on; what it finds is left in BUILD/found.
set -u
build=$1 seconds=$2
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
mkdir -p "$build/found" || exit 3
status=0
for fuzzer in "$build"/fuzz/fuzz_*; do
    name=$(basename "$fuzzer" | sed 's/^fuzz_//')
    grown="$build/grown/$name"
    mkdir -p "$grown"
    set -- -dict="$here/words.dict" "$grown"
    [ ! -d "$here/corpus/$name" ] || set -- "$@" "$here/corpus/$name"
    if "$fuzzer" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0 \
        -artifact_prefix="$build/found/$name-" "$@" 2>"$build/found/$name.log"; then
        runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$build/found/$name.log")
        echo "$name: $seconds s, ${runs:-?} inputs, nothing found"
        rm -f "$build/found/$name.log"
    else
        echo "$name: found something, see $build/found/$name.log"
        tail -n 30 "$build/found/$name.log"
        status=1
    fi
done
exit $status
