#compdef kabarctl
# SPDX-License-Identifier: GPL-2.0-or-later
# Completion of kabarctl for zsh: kabarctl itself says what can stand next, else it is a file.
#   kabarctl completion zsh | sudo tee /usr/share/zsh/vendor-completions/_kabarctl
_kabarctl() {
    local -a candidates
    candidates=(${(f)"$(kabarctl completion words -- "${(@)words[2,CURRENT]}" 2>/dev/null)"})
    if (( $#candidates )); then
        compadd -a candidates
    else
        _files
    fi
}
if [[ ${funcstack[1]} == _kabarctl ]]; then
    _kabarctl "$@"
else
    compdef _kabarctl kabarctl
fi
