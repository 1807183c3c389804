#!/usr/bin/env bash
# Root file systems in which the tests start binaries, in .tools/roots:
#   empty   nothing at all: what `scratch` offers
#   musl    the musl loader and nothing else: what `alpine` offers a Go binary
#   debian  the loader and the libraries of glibc
# They are made of packages of the machine's own distribution, which scripts/fetch.sh brings.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

roots=$TOOLS/roots
recipe=$(cat "$0" "$TOOLS/cache/fetched/libc" | sha256sum | cut -c -64)
if [ "$(cat "$roots/complete" 2>/dev/null)" = "$recipe" ]; then exit 0; fi

rm -rf "$roots" "$roots.new"
mkdir -p "$roots.new"/{empty,musl/lib,debian}
# The loader is a link to the libc; alpine has it as a file of its own, so that is what the root gets.
musl=$(unpacked own musl)
loader=$(find "$musl" -name 'ld-musl-*.so.1' | head -n 1)
libc=$(find "$musl" -name libc.so -type f | head -n 1)
[ -n "$loader" ] && [ -n "$libc" ] || die "the package musl has no loader or no libc.so" "look into $musl"
install -m 755 "$libc" "$roots.new/musl/lib/$(basename "$loader")"
# Where the distribution has merged /lib into /usr/lib, the links are base-files' work: make them first.
if [ -L /lib ] && [ "$(readlink -f /lib)" = /usr/lib ]; then
    mkdir -p "$roots.new"/debian/usr/{lib,lib64}
    ln -s usr/lib "$roots.new/debian/lib"
    ln -s usr/lib64 "$roots.new/debian/lib64"
fi
lay "$roots.new/debian" own libc6 libgcc-s1
rm -rf "$roots.new/debian/usr/share"
echo "$recipe" >"$roots.new/complete"
mv "$roots.new" "$roots"
