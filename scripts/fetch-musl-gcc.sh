#!/usr/bin/env bash
# musl-gcc, for the tests with C code: the packages musl-dev and musl-tools of this distribution, unpacked
# into .tools/musl, with their paths changed to it. gcc itself is the machine's own.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

musl=$TOOLS/musl
[ -e "$musl/complete" ] && exit 0

apt=$TOOLS/apt
say "musl-dev and musl-tools (packages of this distribution) to .tools/musl"
quietly "$TOOLS/log/apt-musl.txt" own_apt "$apt" download musl musl-dev musl-tools || die \
    "apt-get cannot fetch musl-dev and musl-tools (its words are above)" \
    "they are in Debian's main and in Ubuntu's universe"
rm -rf "$musl" "$musl.new"
mkdir -p "$musl.new/bin"
for package in musl musl-dev musl-tools; do dpkg-deb -x "$apt"/deb/"${package}"_*.deb "$musl.new"; done
specs=$(cd "$musl.new" && find usr/lib -name musl-gcc.specs | head -n 1)
[ -n "$specs" ] || die "the package musl-tools has no musl-gcc.specs" "look into $musl.new"
sed -i -E "s#([ =L]|^)/(usr/(include|lib)/[a-z0-9_]+-linux-musl)#\1$musl/\2#g" "$musl.new/$specs"
printf '#!/bin/sh\nexec "${REALGCC:-gcc}" "$@" -specs "%s"\n' "$musl/$specs" >"$musl.new/bin/musl-gcc"
chmod 755 "$musl.new/bin/musl-gcc"
touch "$musl.new/complete"
mv "$musl.new" "$musl"
