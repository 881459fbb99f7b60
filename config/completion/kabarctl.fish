# SPDX-License-Identifier: GPL-2.0-or-later
# Completion of kabarctl for fish: kabarctl itself says what can stand next; files besides.
#   kabarctl completion fish | sudo tee /usr/share/fish/vendor_completions.d/kabarctl.fish
complete -c kabarctl -a '(kabarctl completion words -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
