#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What --json prints is what docs/json says: each command is played, each line must be of its schema, and no more.
. "$(dirname "$0")/lib.sh"
python=
for one in /usr/bin/python3 python3; do
    [ -n "$python" ] || ! $one -c 'import jsonschema' 2>/dev/null || python=$one
done
[ -n "$python" ] || exit 77
mkdir "$folder/said"
# play COMMAND [ARGUMENTS]: the name is one word, "area add"
play() {
    name=$1
    shift
    # shellcheck disable=SC2086  # a name of two words is two arguments
    expect 0 ctl --json $name "$@"
    cat "$out" >>"$folder/said/$(echo "$name" | tr ' ' '-')"
}
mkdir "$folder/new"
cp -r "$KABAR_SOURCE/config/sets" "$KABAR_SOURCE/config/lang" "$KABAR_SOURCE/config/replies" "$folder/new/"
expect 0 kabarctl -c "$folder/new/kabard.conf" setup --box kec-suboh --timezone WIB --device dummy --number 081230000099 \
    --operator 081230000004 --json
grep '^{"config"' "$out" >>"$folder/said/setup"
box 'quiet_from = "00:00"; quiet_until = "00:00";'
sed -i 's/device = "phone"/device = "phone"; balance = "*888#"/' "$folder/kabard.conf"
month=$(TZ=Asia/Jakarta date +%Y-%m)
quarter=$(TZ=Asia/Jakarta date +%Y-%m | awk -F- '{print $1 "-Q" int(($2 + 2) / 3)}')
play init
printf 'code,name\n35,Jawa Timur\n35.12,Situbondo\n35.12.03,Suboh\n35.12.03.2001,Cemara\n35.12.03.2002,Buduan\n' \
    >"$folder/areas.csv"
play 'area import' "$folder/areas.csv"
play 'area add' 35.12.03.2003 Ketah
play 'area rename' Ketah 'Ketah Lor'
play 'area close' 35.12.03.2003 --period 2026-10
play 'area close' 35.12.03.2003 --undo
play 'area move' 35.12.03.2003 35.12.03.2004 --yes
play 'area merge' 35.12.03.2004 35.12.03.2002 --yes
play 'area add' 35.12.03.2009 Salah
play 'area remove' 35.12.03.2009 --yes
play 'area list'
play 'contact add' 081230000001 --name 'Siti Aminah' --role kpm --area 35.12.03.2001
printf 'phone,name,role,area\n081230000002,Rini,kpm,35.12.03.2002\n081230000003,Budi,kades,35.12.03.2001\n' \
    >"$folder/people.csv"
play 'contact import' "$folder/people.csv"
play 'contact edit' 081230000002 --name 'Bu Rini'
play 'contact move' 081230000002 --area 35.12.03.2002
play 'contact phone add' 081230000001 081230000011
play 'contact phone change' 081230000011 081230000012
play 'contact phone remove' 081230000012
play 'contact block' 081230000002
play 'contact approve' 081230000002
play 'export dhis2' --period "$month" --map "$KABAR_SOURCE/config/dhis2.cfg.example"
run_daemon
play simulate --from 081230000001 IBU HAMIL 14 K4 5 xyz 3
play simulate --from 081230000001 TIKAR SEMUA 30 HIJAU 20
play simulate --from 081230000007 halo
play simulate --from 081230000001 bu, ada yang pingsan di posyandu
play simulate --from 081230000001 apa kabar semua
printf 'BANTUAN\n' >"$folder/line"
command='chat --json'
ctl chat --from 081230000001 --json <"$folder/line" >>"$folder/said/chat" 2>/dev/null || fail 'chat ends badly'
play 'contact list'
play 'contact list' --pending
play 'contact export csv'
play inbox
play outbox
play notes --all
play reports
play 'reports show' 1
play trace 1
play trace 3
play missing
play recap "$month"
play status
play 'report set' 1 K4 4 --reason salah
play 'report void' 2 --reason latihan --yes
play audit
play clock
play balance
play score
play score 35.12.03.2001
play 'score rebuild'
play 'card freeze' 35.12.03.2001 --quarter "$quarter"
play dana 35.12.03.2001 1 1000000 500000
play dana 35.12.03.2001
play 'export csv'
play 'export xlsx' --output "$folder/a.xlsx"
play brief 35.12.03.2001 --quarter "$quarter"
play semester 35.12.03.2001
play performance --quarter "$quarter"
play parse bumil 12 k4 3 xyz 4
play guide
play explain
play help
play completion bash
play completion words -- con
play 'set check' "$KABAR_SOURCE/config/sets/hpk-2018.cfg"
play send 081230000001 halo
play broadcast halo --role kpm
play broadcast halo --role kpm --yes
play reply "$(sql "SELECT max(id) FROM mo_message WHERE outcome IN ('unknown', 'chat', 'note')")" terima kasih
play 'notes reply' 1 bidan sudah di jalan
play simulate --from 081230000001 bu, ada yang pingsan lagi di posyandu
play 'notes done' "$(sql 'SELECT max(id) FROM note')"
play 'remind now' --yes
play reparse --since '1 minggu' --from 081230000007 --no-answer
sql "UPDATE mo_message SET outcome = 'unknown' WHERE sender = '+6281230000007'"
play 'inbox done' "$(sql "SELECT max(id) FROM mo_message WHERE sender = '+6281230000007'")"
await 'all is sent' all_sent
play doctor
stop_daemon
play send 081230000001 lagi
play 'outbox cancel' "$(sql 'SELECT max(id) FROM mt_message')"
play broadcast lagi --role kpm --yes
play 'outbox cancel' --broadcast "$(sql "SELECT max(substr(name, 11)) FROM job WHERE name LIKE 'broadcast:%'")"
sql "UPDATE mt_message SET state = 'failed' WHERE id = 1"
play 'outbox retry' 1
play 'card send' 35.12.03.2001 --quarter "$quarter" --yes
play 'clock reset'
play 'contact forget' 081230000002 --yes
play backup "$folder/copy.db"
play restore "$folder/copy.db" --yes
play 'training start' --yes
play 'training stop' --yes
old=$folder/smsd.db
sqlite3 "$old" "CREATE TABLE gammu (Version INTEGER); INSERT INTO gammu VALUES (13);
    CREATE TABLE inbox (UpdatedInDB, ReceivingDateTime, Text, SenderNumber, Coding, UDH, SMSCNumber, Class INTEGER, TextDecoded,
        ID INTEGER PRIMARY KEY AUTOINCREMENT, RecipientID, Processed, Status);
    CREATE TABLE pbk (ID INTEGER PRIMARY KEY, GroupID INTEGER, Name TEXT, Number TEXT);
    INSERT INTO pbk (Name, Number) VALUES ('Bu Ani', '081230000021')"
play 'import gammu-smsd' "$old"

$python - "$KABAR_SOURCE/docs/json" "$folder/said" >"$out" 2>"$err" <<'PYTHON' || fail 'not as docs/json says'
import json, os, sys
import jsonschema
schemas, said = sys.argv[1:]
names = {json.loads(line)["command"].replace(" ", "-") for line in open(os.path.join(said, "help"))}
here = {name[:-5] for name in os.listdir(schemas) if name.endswith(".json")}
faults = [f"{name}: no schema" for name in names - here] + [f"{name}.json: of no command" for name in here - names]
for name in sorted(here & names):
    schema = json.load(open(os.path.join(schemas, name + ".json")))
    jsonschema.Draft202012Validator.check_schema(schema)
    check = jsonschema.Draft202012Validator(schema)
    lines = open(os.path.join(said, name)).read().splitlines() if os.path.exists(os.path.join(said, name)) else []
    faults += [f"{name}: not played"] if not lines else []
    for line in lines:
        faults += [f"{name}: {e.json_path}: {e.message}" for e in check.iter_errors(json.loads(line))]
print("\n".join(faults))
sys.exit(bool(faults))
PYTHON
finish
