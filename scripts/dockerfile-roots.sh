#!/usr/bin/env bash
# Root file systems that stand for base images where Dockerfiles are built, in .tools/dockerfile-roots:
#   alpine      musl's loader, busybox, certificates, apk; no time zones
#   debian      glibc, busybox, time zones, apt-get; no certificates
#   distroless  certificates, time zones, users; no shell
#   golang      debian with certificates, gcc and the headers of glibc; the tests add Go
#   golang-musl the same without a C compiler: apk installs one that links musl. What runs there needs glibc, and what
#               it compiles does not
# Their files are those of the distribution's packages, laid out as the images have them. apk and apt-get are
# scripts here, since no registry and no mirror is asked: they unpack what lies in the root already.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

roots=$TOOLS/dockerfile-roots
recipe=$(cat "$0" "$TOOLS"/cache/fetched/{libc,busybox,musl-gcc,images,gcc} | sha256sum | cut -c -64)
if [ "$(cat "$roots/complete" 2>/dev/null)" = "$recipe" ]; then exit 0; fi
[ -e "$TOOLS/roots/complete" ] || die "the roots musl and debian are missing" "run scripts/roots.sh"

parts=$roots.parts
rm -rf "$roots" "$roots.new" "$parts"
mkdir -p "$roots.new" "$parts"
bundle=$parts/ca-certificates.crt
cat "$(unpacked own ca-certificates)"/usr/share/ca-certificates/mozilla/*.crt >"$bundle"
tzdata=$(unpacked own tzdata)
zones=$tzdata/usr/share/zoneinfo

# part FOLDER PATTERN...: packages of gcc's into a folder that is laid over a root. What only the documentation and
# other compilers use is most of them, and goes.
part() {
    local folder=$parts/$1
    shift
    mkdir -p "$folder"/usr/{lib,lib64}
    ln -s usr/lib "$folder/lib"
    ln -s usr/lib64 "$folder/lib64"
    lay "$folder" own "$@"
    rm -rf "$folder"/{lib,lib64,usr/share}
    find "$folder" \( -name lto1 -o -name '*-lto-dump-*' -o -name 'lib*san.a' -o -name '*.gox' \) -delete
    find "$folder" -type d -empty -delete
}
part gcc 'cpp*' 'gcc*' 'binutils*' libbinutils 'libctf*' 'libgcc-*-dev' 'libisl*' 'libmpc*' 'libmpfr*' 'libgmp*' \
    'libzstd*' zlib1g 'libjansson*'
part libc-dev libc6-dev linux-libc-dev
part musl-dev musl musl-dev musl-tools

root() {
    here=$roots.new/$1
    mkdir -p "$here"/{etc,usr/share,root}
    mkdir -m 1777 "$here/tmp"
}
# users LINE...: each has a group of his own name.
users() {
    printf '%s\n' 'root:x:0:0:root:/root:/bin/sh' "$@" >"$here/etc/passwd"
    cut -d: -f1,2,4 "$here/etc/passwd" | sed 's/$/:/' >"$here/etc/group"
}
certificates() { install -D -m 644 "$bundle" "$here/etc/ssl/certs/ca-certificates.crt"; }
zones() { mkdir -p "$here/usr/share" && cp -a "$zones" "$here/usr/share/zoneinfo"; }
shell() {
    local applet
    mkdir -p "$here"/{usr/bin,var/lib/apt/lists}
    if [ ! -e "$here/bin" ]; then ln -s usr/bin "$here/bin"; fi
    cp "$(find "$(unpacked own busybox-static)" -path '*/bin/busybox' -type f | head -n 1)" "$here/bin/busybox"
    for applet in sh mkdir printf cat rm ls tar id echo cp chmod; do ln -s busybox "$here/bin/$applet"; done
}
# installer NAME SCRIPT: what stands for a package manager.
installer() {
    mkdir -p "$here/usr/lib/offline"
    printf '#!/bin/sh\nset -e\n%s\n' "$2" >"$here/bin/$1"
    chmod 755 "$here/bin/$1"
}

root alpine
cp -a "$TOOLS/roots/musl/." "$here"
users 'nobody:x:65534:65534:nobody:/:/sbin/nologin' 'guest:x:405:100:guest:/dev/null:/sbin/nologin'
certificates
shell
installer apk '[ "$*" = "add --no-cache tzdata" ] || { echo "apk: no network: $*" >&2; exit 1; }
tar -C / -xf /usr/lib/offline/tzdata.tar'
tar -C "$tzdata" -cf "$here/usr/lib/offline/tzdata.tar" usr/share/zoneinfo

root debian
cp -a "$TOOLS/roots/debian/." "$here"
users 'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin'
zones
shell
installer apt-get 'case "$*" in
update) ;;
"install --yes --no-install-recommends ca-certificates")
    mkdir -p /etc/ssl/certs && cp /usr/lib/offline/ca-certificates.crt /etc/ssl/certs/ ;;
*) echo "apt-get: no network: $*" >&2; exit 1 ;;
esac'
cp "$bundle" "$here/usr/lib/offline/"

root distroless
users 'nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin' 'nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin'
certificates
zones

root golang
cp -a "$TOOLS/roots/debian/." "$here"
users
certificates
zones
shell
cp -al "$parts/gcc/." "$parts/libc-dev/." "$here"

root golang-musl
cp -a "$TOOLS/roots/debian/." "$here"
users
certificates
shell
installer apk '[ "$1 $2" = "add --no-cache" ] || { echo "apk: not known here: $*" >&2; exit 1; }
shift 2
for name in "$@"; do
    [ -d "/usr/lib/offline/$name" ] || { echo "apk: no network: $name" >&2; exit 1; }
    cp -a "/usr/lib/offline/$name/." /
done'
cp -al "$parts/gcc" "$parts/musl-dev" "$here/usr/lib/offline"
mkdir -p "$here/usr/lib/offline/tzdata/usr/share"
cp -a "$zones" "$here/usr/lib/offline/tzdata/usr/share/zoneinfo"
# alpine's gcc is one for musl. This is one for glibc, which these options make the other.
gcc=$here/usr/lib/offline/gcc/usr
glibc_gcc=$(basename "$(readlink -f "$gcc/bin/gcc")")
specs=$(find "$here/usr/lib/offline/musl-dev" -name musl-gcc.specs)
[ -n "$specs" ] || die "the package musl-tools has no musl-gcc.specs"
mv "$specs" "$gcc/lib/"
rm "$gcc/bin/gcc"
printf '#!/bin/sh\nexec %s "$@" -specs /usr/lib/musl-gcc.specs\n' "$glibc_gcc" >"$gcc/bin/gcc"
chmod 755 "$gcc/bin/gcc"

echo "$recipe" >"$roots.new/complete"
mv "$roots.new" "$roots"
rm -rf "$parts"
