#!/bin/sh
# The floors of the house: parsers <- base <- store, modem <- core <- gateway, ctl; settings beside core.
# An include never points up, and sideways only through store.h, rule.h and port.h.
set -u
cd "$1" || exit 3
status=0

# refuse WHERE PATTERN WHY: no file of WHERE may include PATTERN
refuse() {
    # shellcheck disable=SC2086  # a list of files
    found=$(grep -nE "^#include [\"<]($2)" $1 /dev/null 2>/dev/null)
    [ -z "$found" ] || { printf '%s\n    %s\n' "$found" "$3"; status=1; }
}

sources() { find "$1" -name '*.[ch]' | sort | tr '\n' ' '; }

refuse "$(sources parsers)" '(base|store|modem|settings|core|ctl|daemon)/' 'parsers stand on the ground'
refuse "$(sources parsers)" '(stdio|stdlib|time|locale|errno|unistd|fcntl|sys/.*)\.h' 'parsers have no I/O, heap, clock or locale'
refuse "$(sources daemon/base)" '(store|modem|settings|core|ctl)/' 'base stands below the rooms'
refuse "$(sources daemon/store)" '(modem|settings|core|ctl)/' 'store knows base and parsers only'
refuse "$(sources daemon/modem)" '(store|settings|core|ctl)/' 'modem knows base and parsers only'
refuse "$(sources daemon/settings)" '(store|modem|core|ctl)/' 'settings knows base and parsers only'
refuse "$(sources daemon/core)" 'ctl/|store/store_|modem/(client|proto|supervise|gammu)' 'core sees store.h, rule.h and modem/port.h'
refuse "$(find daemon tests -name '*.[ch]' ! -path 'daemon/store/*' ! -path 'tests/*')" 'sqlite3\.h' 'only store sees SQLite'
refuse "$(find daemon tests -name '*.[ch]' ! -path 'daemon/settings/*')" 'libconfig\.h' 'only settings sees libconfig'
refuse "$(find daemon -name '*.[ch]' ! -name 'gammu*.[ch]')" 'gammu\.h|gammu-' 'only the worker sees Gammu'
exit $status
