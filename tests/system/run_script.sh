#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# ./run itself, from a path with a space and without LANG: what it says while it works, what it says where it can't work.
# The tools that it calls are stood in for: they say what they were asked and bring about what ./run looks at afterwards.
. "$(dirname "$0")/lib.sh"
house="$folder/a box" tools=$folder/tools
mkdir -p "$house" "$tools"
cp "$KABAR_SOURCE/run" "$house/"
unset LANG LC_ALL KABAR_BUILD
tool() {
    { printf '#!/bin/sh\necho "%s $*" >>"%s/asked"\n' "$1" "$folder"; cat; } >"$tools/$1"
    chmod +x "$tools/$1"
}
export PATH="$tools:$PATH"
asked() { grep -qF -e "$1" "$folder/asked" || fail "was not asked: $1"; }
run() { sh "$house/run" "$@"; }

echo 'printf installed' | tool dpkg-query
tool cmake <<'END'
case $1 in
--preset) mkdir -p "$4" && touch "$4/build.ninja" ;;
--build)
    echo '[0/1] Re-checking globbed directories...'
    n=0
    while [ $((n += 1)) -le 40 ]; do echo "[$n/40] Building C object x.o"; done
    echo 'a warning of the compiler'
    [ ! -e "$FAIL" ] || { echo 'FAILED: x.o'; seq 200; exit 1; }
    mkdir -p "$2/bin" && touch "$2/bin/kabard"
    ;;
esac
END
tool cpack <<'END'
mkdir -p "$4" && touch "$4/kabar_1_all.deb"
END
tool ctest <<'END'
[ "$3" = -N ] || exit 0
printf '  Test   #1: unit/one\n  Test  #10: unit/two\n\nTotal Tests: 2\n'
END
export FAIL="$folder/fail"

# A few plain lines where there is no terminal; the first of them at once.
expect 0 run build
says 'build/release/bin: kabard'
[ "$(sed -n 's/, [0-9]* s$//p; /^run: [a-z]* *[0-9/]*$/p; /first time/p' "$err")" = "run: the first time this takes about 4 minutes on two free cores
run: configuring
run: configuring: done
run: building
run: building 1/40
run: building 10/40
run: building 20/40
run: building 30/40
run: building 40/40
run: building: done" ] || fail 'other lines than expected'
expect 0 run build
! grep -q 'first time' "$err" || fail 'speaks of a first time again'
asked 'cmake --preset release -B build/release'

# What failed is shown whole, without the lines that only say how far it is.
touch "$FAIL"
expect 1 run build
complains 'FAILED: x.o'
complains 'a warning of the compiler'
[ "$(grep -cx '[0-9]*' "$err")" = 200 ] || fail 'the output is not shown whole'
complains 'run: building: failed'
! grep -q 'Building C' "$err" || fail 'shows the progress'
rm "$FAIL"

expect 0 run test
complains 'run: 2 tests, about 1 minute on two free cores'
asked 'ctest --test-dir build/dev --output-on-failure -j 4'
expect 0 run test 'unit/(one|two)'
asked 'ctest --test-dir build/dev --output-on-failure -j 4 -R unit/(one|two)'

# Another folder to build in, by either way to name it.
expect 0 run deb
says 'build/package/kabar_1_all.deb'
export KABAR_BUILD="$folder/out of it"
expect 0 run deb
says "$folder/out of it/package/kabar_1_all.deb"
asked "cpack --config $folder/out of it/package/CPackConfig.cmake -B $folder/out of it/package"
export KABAR_BUILD=near
cd "$folder" || exit 3
expect 0 run build
says "$folder/near/release/bin: kabard"
cd / || exit 3
touch "$folder/file"
export KABAR_BUILD="$folder/file"
expect 1 run build
complains "$folder/file can't be written. Build in a folder of yours: KABAR_BUILD=\"\$HOME/kabar-build\" $house/run build"
unset KABAR_BUILD

# Packages that are missing: installed by root, with how far it is; else the command to type.
echo 'exit 1' | tool dpkg-query
tool apt-get <<'END'
case $* in
*Status-Fd=1*)
    echo 'dlstatus:1:12.5:Retrieving file 1 of 9'
    echo 'dlstatus:1:100.0:Retrieving file 9 of 9'
    echo 'pmstatus:gcc:50.0:Unpacking gcc'
    echo 'pmstatus:gcc:100:Installed gcc'
    ;;
update) echo 'E: no network' && exit 100 ;;
esac
END
echo 'echo "$ME"' | tool id
export ME=0
expect 0 run build
complains 'run: fetching the lists of packages: failed'
complains 'E: no network'
complains 'run: missing: gcc libc6-dev'
count=$(sed -n 's/^build_packages="\(.*\)"$/\1/p' "$KABAR_SOURCE/run" | wc -w)
complains "run: installing $count packages and what they need 50%"
complains "run: installing $count packages and what they need 75%"
asked 'apt-get -o APT::Status-Fd=1 install -y --no-install-recommends gcc libc6-dev'
export ME=1000
echo 'exit 1' | tool sudo
expect 3 run build
complains '    sudo apt-get update && sudo apt-get install --no-install-recommends gcc libc6-dev'
rm "$tools/sudo"
for name in sh dirname mkdir cat seq date grep sed awk mktemp rm touch printf; do
    ln -sf "$(command -v $name)" "$tools/$name"
done
expect 3 env PATH="$tools" sh "$house/run" build
complains '    apt-get update && apt-get install --no-install-recommends gcc libc6-dev'
finish
