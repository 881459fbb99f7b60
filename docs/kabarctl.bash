# SPDX-License-Identifier: GPL-2.0-or-later
# Bash completion of kabarctl: commands and options come from `kabarctl --json help`, so that they are always its own.
_kabarctl() {
    local word=${COMP_WORDS[COMP_CWORD]} line i commands
    [[ ${COMP_WORDS[COMP_CWORD - 1]} == -c ]] && { mapfile -t COMPREPLY < <(compgen -f -- "$word"); return; }
    line=
    for ((i = 1; i < COMP_CWORD; i++)); do
        [[ ${COMP_WORDS[i]} == -c ]] && { ((i++)); continue; }
        [[ ${COMP_WORDS[i]} == -* ]] || line+="${COMP_WORDS[i]} "
    done
    commands=$(kabarctl --json help 2>/dev/null | sed 's/^{"command":"\([^"]*\)","usage":"\(.*\)","what.*/\1|\2/')
    if [[ $word == -* ]]; then
        local usage
        usage=$(awk -F'|' -v line="$line" 'index(line, $1 " ") == 1 && length($1) > best { best = length($1); u = $0 }
            END { print u }' <<<"$commands")
        mapfile -t COMPREPLY < <(compgen -W "$(grep -o -e '--[a-z-]*' <<<"$usage"; echo --json --help)" -- "$word")
        return
    fi
    mapfile -t COMPREPLY < <(compgen -W "$(awk -F'|' -v line="$line" 'index($1 " ", line) == 1 && $1 " " != line {
        split(substr($1, length(line) + 1), w, " "); print w[1] }' <<<"$commands")" -- "$word")
    [[ ${#COMPREPLY[@]} -gt 0 ]] || mapfile -t COMPREPLY < <(compgen -f -- "$word")
}
complete -F _kabarctl kabarctl
