#!/usr/bin/env bash
# Root file systems in which the tests start binaries, in .tools/roots:
#   empty   nothing at all: what `scratch` offers
#   musl    the musl loader and nothing else: what `alpine` offers a Go binary
#   debian  the loader and the libraries of glibc
# The files come from packages of the machine's own distribution, through apt with lists of our own, so
# that neither root nor the machine's state is touched.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

roots=$TOOLS/roots
[ -e "$roots/complete" ] && exit 0

[ "$(uname -s)" = Linux ] || die "the root file systems can be made and used on Linux only" \
    "cargo test runs what does not need them"
for tool in apt-get dpkg-deb; do
    command -v "$tool" >/dev/null || die "$tool was not found, so the root file systems cannot be made" \
        "they are unpacked from Debian's or Ubuntu's packages musl, libc6 and libgcc-s1" \
        "cargo test runs what does not need them"
done

apt=$TOOLS/apt
rm -rf "$roots" "$roots.new" "$apt/deb"

say "musl, libc6 and libgcc-s1 (packages of this distribution) to .tools/apt"
quietly "$TOOLS/log/apt-update.txt" own_apt "$apt" update || die \
    "apt-get cannot read the package lists (its words are above)"
quietly "$TOOLS/log/apt-download.txt" own_apt "$apt" download musl libc6 libgcc-s1 || die \
    "apt-get cannot fetch musl, libc6 and libgcc-s1 (its words are above)" \
    "musl is in Debian's main and in Ubuntu's universe"

unpack() { dpkg-deb -x "$apt"/deb/"$1"_*.deb "$2"; }

mkdir -p "$roots.new"/{empty,musl/lib,debian}
unpack musl "$apt/musl"
# The loader is a link to the libc; alpine has it as a file of its own, so that is what the root gets.
loader=$(find "$apt/musl" -name 'ld-musl-*.so.1' | head -n 1)
libc=$(find "$apt/musl" -name libc.so -type f | head -n 1)
[ -n "$loader" ] && [ -n "$libc" ] || die "the package musl has no loader or no libc.so" "look into $apt/musl"
install -m 755 "$libc" "$roots.new/musl/lib/$(basename "$loader")"
# Where the distribution has merged /lib into /usr/lib, the links are base-files' work: make them first.
if [ -L /lib ] && [ "$(readlink -f /lib)" = /usr/lib ]; then
    mkdir -p "$roots.new"/debian/usr/{lib,lib64}
    ln -s usr/lib "$roots.new/debian/lib"
    ln -s usr/lib64 "$roots.new/debian/lib64"
fi
unpack_over() { dpkg-deb --fsys-tarfile "$apt"/deb/"$1"_*.deb | tar -x --keep-directory-symlink -C "$2"; }
unpack_over libc6 "$roots.new/debian"
unpack_over libgcc-s1 "$roots.new/debian"
rm -rf "$roots.new/debian/usr/share" "$apt/musl"
touch "$roots.new/complete"
mv "$roots.new" "$roots"
