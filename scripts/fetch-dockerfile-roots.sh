#!/usr/bin/env bash
# Root file systems that stand for base images where Dockerfiles are built, in .tools/dockerfile-roots:
#   alpine      musl's loader, busybox, certificates, apk; no time zones
#   debian      glibc, busybox, time zones, apt-get; no certificates
#   distroless  certificates, time zones, users; no shell
#   golang      debian with certificates; the tests add Go
# Their files are those of the distribution's packages, laid out as the images have them. apk and apt-get are
# scripts here, since no registry and no mirror is asked: they unpack what lies in the root already.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

roots=$TOOLS/dockerfile-roots
recipe=$(sha256sum "$0" | cut -c -64)
if [ "$(cat "$roots/complete" 2>/dev/null)" = "$recipe" ]; then exit 0; fi
[ -e "$TOOLS/roots/complete" ] || die "the roots musl and debian are missing" "run scripts/fetch-roots.sh"

apt=$TOOLS/apt-dockerfile
rm -rf "$roots" "$roots.new" "$apt"
mkdir -p "$roots.new"
say "busybox-static, ca-certificates and tzdata (packages of this distribution) to .tools/dockerfile-roots"
quietly "$TOOLS/log/dockerfile-update.txt" own_apt "$apt" update || die "apt-get cannot read the package lists"
quietly "$TOOLS/log/dockerfile-download.txt" own_apt "$apt" download busybox-static ca-certificates tzdata || die \
    "apt-get cannot fetch busybox-static, ca-certificates and tzdata (its words are above)"
for name in busybox-static ca-certificates tzdata; do
    dpkg-deb -x "$apt"/deb/"$name"_*.deb "$apt/$name"
done
bundle=$apt/ca-certificates.crt
cat "$apt"/ca-certificates/usr/share/ca-certificates/mozilla/*.crt >"$bundle"
zones=$apt/tzdata/usr/share/zoneinfo

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
    cp "$(find "$apt/busybox-static" -path '*/bin/busybox' -type f | head -n 1)" "$here/bin/busybox"
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
tar -C "$apt/tzdata" -cf "$here/usr/lib/offline/tzdata.tar" usr/share/zoneinfo

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

echo "$recipe" >"$roots.new/complete"
mv "$roots.new" "$roots"
rm -rf "$apt"
