# SPDX-License-Identifier: GPL-2.0-or-later
# Completion of kabarctl for bash: kabarctl itself says what can stand next, else it is a file.
#   kabarctl completion bash | sudo tee /usr/share/bash-completion/completions/kabarctl
_kabarctl() {
    mapfile -t COMPREPLY < <(kabarctl completion words -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    [[ ${#COMPREPLY[@]} -gt 0 ]] || mapfile -t COMPREPLY < <(compgen -f -- "${COMP_WORDS[COMP_CWORD]}")
}
complete -F _kabarctl kabarctl
