#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# ./run demo --modem on a short morning: the answers are what the simulated modem's network was given.
. "$(dirname "$0")/lib.sh"
cat >"$folder/morning.txt" <<'END'
081230000001|IBU HAMIL 12 K4 3
TELKOMSEL|[PROMO] Paket kuota murah! Balas YA utk berlangganan
081230000002|IBUHAMIL 9 K4 15
END
export KABAR_MORNING="$folder/morning.txt"
expect 0 sh "$KABAR_SOURCE/tests/system/demo.sh" "$KABAR_BIN" "$KABAR_BIN/../tests/at-modem"
says 'through the simulated modem and back'
says 'ibu hamil 12, K4 3.'
says '(not answered: unanswerable)'
says 'TIDAK disimpan. Mohon dicek lagi: K4 15 lebih dari ibu hamil 9.'
says 'HAMIL 12, K4 3'
finish
