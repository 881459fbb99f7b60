#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Nothing that kabarctl says escapes translation: with a catalogue that only puts each text between « and », what stands
# outside of them is data.
. "$(dirname "$0")/lib.sh"
tree=$folder/tree texts=$folder/tree/share/locale/id/LC_MESSAGES
mkdir -p "$tree/bin" "$texts"
cp "$KABAR_BIN/kabarctl" "$tree/bin/"

# A %d, {s} or a line's end is left outside: what is put there must have its own marks.
msgattrib --no-wrap "$KABAR_SOURCE/config/po/id.po" | awk '
    function marked(text,  out, piece) {
        while (match(text, /%[-#0 +]*([0-9]+|\*)?(\.([0-9]+|\*))?(<PRI[du]64>|[hljzt]*[a-zA-Z%])|\\n|[{][sd][}]/)) {
            piece = substr(text, 1, RSTART - 1)
            out = out (piece ~ /[A-Za-z]/ ? "«" piece "»" : piece) substr(text, RSTART, RLENGTH)
            text = substr(text, RSTART + RLENGTH)
        }
        return out (text ~ /[A-Za-z]/ ? "«" text "»" : text)
    }
    function string(line) { sub(/^[^"]*"/, "", line); sub(/"$/, "", line); return line }
    function flush() {
        if (one ~ /<PRI/)
            print "#, c-format" # msgfmt makes of it what the machine has
        if (one != "" && many == "")
            printf "msgid \"%s\"\nmsgstr \"%s\"\n\n", one, marked(one)
        else if (one != "")
            printf "msgid \"%s\"\nmsgid_plural \"%s\"\nmsgstr[0] \"%s\"\n\n", one, many, marked(one)
        one = many = ""
    }
    BEGIN { print "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=1; plural=0;\\n\"\n" }
    /^msgid / { flush(); part = 1; one = string($0); next }
    /^msgid_plural / { part = 2; many = string($0); next }
    /^msgstr/ { part = 0; next }
    /^"/ && part == 1 { one = one string($0) }
    /^"/ && part == 2 { many = many string($0) }
    END { flush() }' >"$folder/marked.po"
msgfmt -o "$texts/kabar.mo" "$folder/marked.po" || fail 'no catalogue'
[ "$(grep -c «.*» "$folder/marked.po")" -gt 900 ] || fail 'too few texts'

# outside FILE: what stands outside of the marks, those that a line's end breaks included
outside() { tr '\n' '\001' <"$1" | sed 's/«[^»]*»/ /g' | tr '\001' '\n'; }
english='the|is|are|was|were|not|none|of|to|and|or|an|in|on|at|by|for|from|with|has|have|this|that|it|be|can|cannot|must'
english="$english|expected|type|yes|nothing|usage|note|there|last|one|known|needs|more|than|message|messages|nobody"
# look STATUS COMMAND...: says nothing of its own in English outside the marks; usage lines and commands are to be typed
look() {
    want=$1
    shift
    expect "$want" "$tree/bin/kabarctl" -c "$folder/kabard.conf" "$@"
    outside "$out" >"$folder/left"
    outside "$err" >>"$folder/left"
    sed -i -e '/kabarctl \[-c FILE\]/d' -e '/^ *kabarctl [a-z]/d' -e "s/kabarctl help.*//" "$folder/left"
    ! grep -nwiE "$english" "$folder/left" || fail 'English that is not translated'
}
# table COMMAND...: a listing, whose head is nothing but marks
table() {
    look 0 "$@"
    head -1 "$out" | sed 's/«[^»]*»//g' | grep -n '[A-Z]' && fail 'a head that is not translated'
}
export LANGUAGE=id

# An empty box, the words themselves, what is refused.
look 2
look 2 frobnicate
look 2 area
look 2 --frob status
look 2 inbox --limit x
look 2 inbox --since nie
look 3 reports --period xyz
look 2 contact add 081230000001 --name x --role kpm
look 2 area import a bb
look 0 help
look 0 help score
look 3 inbox
box
look 3 status
look 0 init
look 0 init
look 0 area list
look 0 contact list
look 0 inbox
look 0 outbox
look 0 notes
printf 'code,name\n35,Jawa Timur\n35.12,Situbondo\n35.12.03,Suboh\n35.12.03.2001,Cemara\n35.12.03.2002,Buduan\nx,y\n"' \
    >"$folder/areas.csv"
look 1 area import "$folder/areas.csv"
sed -i '/^x/,$d' "$folder/areas.csv"
look 0 area import "$folder/areas.csv" --dry-run
look 0 area import "$folder/areas.csv"
table area list
look 1 area add 35.12.03.2003/01 Melati
look 0 area add 35.12.03.2003 Ketah
look 1 area move 35.12.03.2003 35.12.03.2001
look 1 area merge 35.12.03.2003 35.12.03.2001
look 0 area merge 35.12.03.2003 35.12.03.2001 --yes
look 0 area close 35.12.03.2002 --period 2026-10
look 0 area close 35.12.03.2002 --undo
look 0 area rename 35.12.03.2002 Buduan
look 1 contact add 08 --name x --role kpm --area 35.12.03.2001
look 1 contact add 081230000001 --name x --role raja --area 35.12.03.2001
look 0 contact add 081230000001 --name 'Siti Aminah' --role kpm --area 35.12.03.2001
look 1 contact add 081230000001 --name 'Siti Aminah' --role kpm --area 35.12.03.2001
table contact edit 081230000001 --name 'Siti A'
table contact move 081230000001 --area 35.12.03.2001
look 0 contact phone add 081230000001 081230000002
look 1 contact phone remove 081230000009
printf 'phone,name,role,area\n08,x,kpm,35.12.03.2001\n' >"$folder/people.csv"
look 1 contact import "$folder/people.csv"
table missing
table balance
look 1 balance --ask
look 0 recap bulan ini
look 2 recap TW4
look 1 card send 35.12.03.2001
look 0 remind now --dry-run
look 0 remind now --yes
look 1 remind now --yes
look 1 --as '' area rename 35.12.03.2002 X
look 0 training start --yes
look 0 status
look 1 training start
look 0 training stop --yes
look 1 training stop
look 0 contact forget 081230000001 --dry-run
look 0 status
look 1 doctor
look 0 clock
look 0 score
look 1 score --frozen 35.12.03.2001
look 0 guide
look 0 explain
look 0 explain K20
look 1 explain K99
look 0 parse bumil 12 k4 3 xyz 4 --explain
look 2 parse
# The daemon's work, and what is made of it.
ctl() { LANGUAGE=C kabarctl -c "$folder/kabard.conf" "$@"; }
run_daemon
look 0 simulate --from 081230000001 IBU HAMIL 14 K4 5 xyz 3
look 0 simulate --from 081230000001 bu, ada yang pingsan di posyandu
look 0 simulate --from 081230000007 halo
look 0 status
look 0 doctor
table inbox
table outbox
table reports
table notes --all
table contact list --pending
look 0 reports show 1
look 1 reports show 99
look 0 trace 1
look 1 trace 99
look 0 report set 1 K4 4 --reason salah
look 1 report set 1 XX 4 --reason salah
look 1 outbox retry 1
look 1 outbox cancel 1
look 2 outbox --state besok
look 0 reply 2 terima kasih
look 1 reparse 1
look 2 reparse
look 0 reparse --all
look 1 inbox done 99
look 0 report void 1 --reason salah --dry-run
look 1 report void 1 --reason salah
look 0 send 081230000001 halo
table broadcast halo --role kpm
table dana 35.12.03.2001 1 1000000 500000
look 0 card freeze 35.12.03.2001
look 1 card send 35.12.03.2001 --quarter "bulan ini" --dry-run
look 0 score 35.12.03.2001
look 1 restore "$folder/none.db"
look 0 backup "$folder/copy.db"
look 1 restore "$folder/copy.db"
stop_daemon
look 1 restore "$folder/copy.db"
look 0 restore "$folder/copy.db" --yes
look 0 set check "$KABAR_SOURCE/config/sets/hpk-2018.cfg"
printf 'forms = (' >"$folder/bad.cfg"
look 1 set check "$folder/bad.cfg"
look 1 import gammu-smsd "$folder/kabar.db"
look 0 contact block 081230000001
look 1 contact forget 081230000001
look 0 contact forget 081230000001 --yes
table audit
printf 'box = { id = 1; };\nfrob = 2;\nretry_max = "x";\nsets = 3;\n' >"$folder/kabard.conf"
look 3 status
finish
