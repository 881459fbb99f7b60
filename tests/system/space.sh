#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The sources can lie in a folder with a space: what is made besides the programs is made there, installed and packed. The
# programs stand empty, for to compile them once more would take minutes.
. "$(dirname "$0")/lib.sh"
house="$folder/a box/kabar"
mkdir -p "$house"
(cd "$KABAR_SOURCE" && tar -cf - --exclude=./build --exclude=./.git .) | tar -xf - -C "$house" || exit 3
unset LANG LC_ALL
cd "$house" || exit 3
expect 0 cmake --preset package
expect 0 cmake -DFOLDER="$house/sql/migrations" -DSOURCE="$house/migrations.c" -DVERSION=1 -P "$house/sql/embed.cmake"
grep -q '_box"' migrations.c || fail 'no migrations'
expect 0 cmake --build build/package --target manual catalogues
grep -q '^\.It Va grace_days' build/package/docs/kabard.conf.5 || fail 'kabard.conf(5) has no settings'
grep -q '<h1>Panduan operator Kabar</h1>' build/package/docs/panduan-operator.html || fail 'no guide'

# The package, with something in the place of the programs.
mkdir -p build/package/bin
for name in kabard kabarctl kabar-modem; do
    cp /bin/true "build/package/bin/$name"
done
expect 0 cpack --config build/package/CPackConfig.cmake -B build/package -D CPACK_DEBIAN_PACKAGE_SHLIBDEPS=OFF
cp build/package/kabar_*.deb "$folder/kabar.deb" || fail 'no package'
expect 0 dpkg-deb --info "$folder/kabar.deb"
says ' postinst'
says_not ' conffiles'
says_not 'root@localhost'
says ' Homepage: http'
expect 0 dpkg-deb --contents "$folder/kabar.deb"
says ' ./usr/bin/kabard'
says ' ./usr/share/locale/id/LC_MESSAGES/kabar.mo'
says ' ./usr/share/kabar/kabard.conf'
says_not ' ./etc/'
for file in areas/35.12-situbondo.csv sets/hpk-2018.cfg lang/id.cfg replies/id.cfg; do
    says " ./usr/share/kabar/$file"
done
for file in copyright panduan-operator.html NEWS.md; do
    says " ./usr/share/doc/kabar/$file"
done
finish
