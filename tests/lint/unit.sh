#!/bin/sh
# systemd understands the unit, once its programs are there.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
sed 's|@BINDIR@/[a-z]*|/bin/true|' "$1/systemd/kabard.service.in" >"$folder/kabard.service"
systemd-analyze verify --man=no "$folder/kabard.service"
