#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# bench.sh BUILD SOURCE [--quick] [--peers] [--idle SECONDS] [--only WORD]: runs the measurements and prints their rows as one table.
#   --quick     smaller databases, a shorter look at idleness
#   --peers     gammu-smsd beside Kabar
#   --idle SECONDS  how long to look at what waits (300)
#   --only WORD reader, intake, alert, phone, growth or cards
set -eu
build=$(cd "$1" && pwd)
cd "$2"
shift 2
quick=0 peers=0 only= idle_s=300 largest=1000000 villages=75000
while [ $# -gt 0 ]; do
    case $1 in
    --quick) quick=1 idle_s=60 largest=100000 villages=7500 ;;
    --peers) peers=1 ;;
    --idle) idle_s=${2-}; shift ;;
    --only) only=${2-}; shift ;;
    *)
        echo "bench: $1 is none of --quick, --peers, --idle SECONDS, --only WORD" >&2
        exit 2
        ;;
    esac
    shift
done
bench=$build/bench
work=$build/bench/work
mkdir -p "$work"

# What must not depend on the disk is done in memory, where there is enough of it.
memory=$work/memory
if [ "$(df -k --output=avail /dev/shm 2>/dev/null | tail -n 1)" -gt 4000000 ] 2>/dev/null; then
    memory=$(mktemp -d /dev/shm/kabar-bench.XXXXXX)
    trap 'rm -rf "$memory"' EXIT
    trap 'exit 130' INT TERM
else
    echo "bench: /dev/shm has less than 4 GB: what says \"in memory\" is on this disk" >&2
    mkdir -p "$memory"
fi

wanted() { [ -z "$only" ] || [ "$only" = "$1" ]; }
row() { printf '%s\t%s\t%s\t%s\t%s\n' "$@"; }

# instructions CASE FUNCTION: how many the function takes for one message, what it calls included.
instructions() {
    LD_BIND_NOW=1 valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect="$2" \
        "$bench/bench_reader" config/kabard.conf "$1" 2>&1 |
        awk '/Collected :/ {all = $NF} /^[0-9]+$/ {n = $1} END {printf "%.0f\n", all / n}'
}

reader() {
    "$bench/bench_reader" config/kabard.conf
    for case in corpus 40 160 300 1600; do
        ours=$(instructions $case read_one) scan=$(instructions $case scan_one) match=$(instructions $case match_one)
        row "  instructions to read: $case" "$ours" "raw scan $scan, regexec $match" \
            "$(awk "BEGIN {printf \"%.3g, %.3g\", $ours / $scan, $ours / $match}")" "(callgrind)"
    done
}

# bench_score says of each thing "what   median N ms … worst N ms"; the first two it is asked for have a bar.
cards() {
    "$bench/bench_score" "$work/score-$villages" "$villages" 3 2>/dev/null | awk -v all="$villages" '
        / median / {
            what = substr($0, 1, index($0, " median ") - 1)
            for (i = 1; i < NF; i++) {
                if ($i == "median") ms = $(i + 1)
                if ($i == "worst" && $(i + 1) != "of") worst = $(i + 1)
            }
            sub(/ +$/, "", what)
            bar = what ~ /^one village/ ? 5 : what ~ /whole country/ ? 2000 : 0
            said = !bar ? "" : "<= " bar " ms: " (ms <= bar ? "reached" : sprintf("MISSED, %.2f times it", ms / bar))
            printf "%s%s\t%.2f ms\tworst %.2f ms\t\t%s\n", what, what ~ /country/ ? ", " all " villages" : "", ms, worst, said
        }'
}

echo "Kabar $(git rev-parse --short HEAD 2>/dev/null || echo), $(date -u +%Y-%m-%d)," \
    "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(nproc) cores," \
    "$(awk '/^MemTotal/ {printf "%.0f", $2 / 1048576}' /proc/meminfo) GiB, Linux $(uname -r)," \
    "SQLite $(sqlite3 --version | cut -d' ' -f1), load $(cut -d' ' -f1-3 /proc/loadavg)"
{
    row "what" "Kabar" "beside" "ratio" "bar"
    if wanted reader; then reader; fi
    if wanted intake; then "$bench/bench_intake" "$work/intake"; fi
    if wanted alert; then "$bench/bench_alert" "$work/alert"; fi
    if wanted phone; then
        "$bench/bench_phone" "$work/phone" "$memory/phone" "$build/bin" "$bench/bench_at_modem" "$quick" "$peers"
        "$bench/bench_idle" "$work/idle" "$build/bin" "$bench/bench_at_modem" "$idle_s" "$peers"
    fi
    if wanted growth; then "$bench/bench_growth" "$work/growth" "$build/bin" "$largest" "$memory/growing"; fi
    if wanted cards; then cards; fi
} | while IFS= read -r line; do # each as it comes: awk itself would wait for a full buffer
    printf '%s\n' "$line" | awk -F'\t' '{printf "%-52s %-24s %-36s %8s  %s\n", $1, $2, $3, $4, $5}'
done
