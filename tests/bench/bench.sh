#!/bin/sh
# bench.sh BUILD SOURCE [--quick] [--peers] [--only WORD]: runs the measurements and prints their rows as one table.
#   --quick     smaller databases, a shorter look at idleness
#   --peers     gammu-smsd beside Kabar
#   --only WORD reader, intake, phone, growth or cards
set -eu
build=$(cd "$1" && pwd)
cd "$2"
shift 2
quick=0 peers=0 only= idle_s=300 largest=1000000 villages=75000
while [ $# -gt 0 ]; do
    case $1 in
    --quick) quick=1 idle_s=60 largest=100000 villages=7500 ;;
    --peers) peers=1 ;;
    --only) only=${2-}; shift ;;
    *)
        echo "bench: $1 is none of --quick, --peers, --only WORD" >&2
        exit 2
        ;;
    esac
    shift
done
bench=$build/bench
work=$build/bench/work
mkdir -p "$work"

wanted() { [ -z "$only" ] || [ "$only" = "$1" ]; }
row() { printf '%s\t%s\t%s\t%s\t%s\n' "$@"; }

reader() {
    "$bench/bench_reader" config/kabard.conf
    for case in corpus 40 160 300 1600; do
        counted=$(LD_BIND_NOW=1 valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect=read_one \
            "$bench/bench_reader" config/kabard.conf $case 2>&1)
        row "  instructions to read: $case" "$(echo "$counted" |
            awk '/Collected :/ {all = $NF} /^[0-9]+$/ {n = $1} END {printf "%.0f\n", all / n}')" "" "" "(callgrind)"
    done
}

# bench_score says what it measured in milliseconds: the median and the worst of each.
cards() {
    "$bench/bench_score" "$work/score-$villages" "$villages" 3 2>/dev/null | sed 's/ *median */\t/; s/ ms *worst */\t/; s/ ms$//' |
        awk -F'\t' -v all="$villages" 'NF == 3 {
            bar = ""
            if ($1 ~ /village.s card/) bar = ($2 <= 5) ? "<= 5 ms: reached" : sprintf("<= 5 ms: MISSED, %.2f times it", $2 / 5)
            if ($1 ~ /whole country/) { bar = ($2 <= 2000) ? "<= 2000 ms: reached" : sprintf("<= 2000 ms: MISSED, %.2f times it", $2 / 2000); $1 = $1 ", " all " villages" }
            printf "%s\t%.2f ms\tworst %.2f ms\t\t%s\n", $1, $2, $3, bar
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
    if wanted phone; then
        "$bench/bench_phone" "$work/phone" "$build/bin" "$bench/bench_at_modem" "$quick" "$peers"
        "$bench/bench_idle" "$work/idle" "$build/bin" "$bench/bench_at_modem" "$idle_s" "$peers"
    fi
    if wanted growth; then "$bench/bench_growth" "$work/growth" "$build/bin" "$largest"; fi
    if wanted cards; then cards; fi
} | awk -F'\t' '{printf "%-52s %-24s %-36s %8s  %s\n", $1, $2, $3, $4, $5; fflush()}'
