#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What ./run demo plays is right: the conversation, and the numbers that it leaves in the database.
. "$(dirname "$0")/lib.sh"
expect 0 sh "$KABAR_SOURCE/tests/system/demo.sh" "$KABAR_BIN"
says 'Kabar: Tersimpan. IBU HAMIL'
says 'ibu hamil 12, K4 3.'
says 'TIDAK disimpan. Mohon dicek lagi: K4 15 lebih dari ibu hamil 9.'
says 'ibu hamil 9, K4 5.'
says 'Tidak dikenal, belum disimpan: ASIX 10.'
says 'Kartu HP Anda belum terdaftar'
says 'FE 10, HAMIL 12, KEK 2, KR 1, K4 4'
says 'H 30, K 8, M 2, UKUR 40'
says_not 'kabarctl:'
# the carrier's promotion and the thanks stay unanswered
[ "$(grep -c 'not answered' "$out")" = 2 ] || fail 'an answer too many or too few'
finish
