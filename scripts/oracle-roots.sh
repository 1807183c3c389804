#!/usr/bin/env bash
# The root file systems of the oracle, in .tools/cache/oracle/roots, out of the packages of fetch.sh:
#   scripts/oracle-roots.sh amd64 | matrix
# Each is what an image could be; what is odd about one stands beside it.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
PATH=$PATH:/usr/sbin:/sbin

part=${1:?amd64 or matrix}
packages=$TOOLS/cache/packages
roots=$TOOLS/cache/oracle/roots
case $part in
amd64) rows=("$TOOLS"/cache/fetched/{bullseye,bookworm,trixie,shells}) ;;
matrix) rows=("$TOOLS"/cache/fetched/{i386,i386-gcc,arm64,armhf,s390x,ppc64el,riscv64}) ;;
esac
# Where fetch.sh left everything out, there is nothing to make roots of.
if [ ! -e "${rows[0]}" ]; then exit 0; fi
recipe=$(cat "$0" "${rows[@]}" | sha256sum | cut -c -64)
stamp=$TOOLS/cache/oracle/roots-$part.complete
if [ "$(cat "$stamp" 2>/dev/null)" = "$recipe" ]; then exit 0; fi
mkdir -p "$roots"

# root NAME: begins a root; the functions below work in it.
root() {
    here=$roots/$1
    rm -rf "$here"
    mkdir -p "$here"
}
# Debian's base-files makes these links where /usr is merged.
merged() {
    mkdir -p "$here"/usr/{bin,lib,lib64}
    ln -s usr/bin "$here/bin"
    ln -s usr/lib "$here/lib"
    ln -s usr/lib64 "$here/lib64"
}
# package SUITE/ARCHITECTURE NAME...
package() {
    lay "$here" "$@"
    rm -rf "$here/usr/share" "$here"/{,usr/}lib/*/gconv
}
# musl SUITE ARCHITECTURE TUPLE ALPINE: as Alpine lays it out: the loader is the file, the rest are links to it.
musl() {
    local libc
    libc=$(find "$packages/$1/$2/musl" -name libc.so -type f)
    mkdir -p "$here"/{lib,usr/lib,tmp,etc}
    install -m 755 "$libc" "$here/lib/ld-musl-$3.so.1"
    ln -s "ld-musl-$3.so.1" "$here/lib/libc.musl-$4.so.1"
    ln -s "/lib/ld-musl-$3.so.1" "$here/usr/lib/libc.so"
}
# A shell that needs nothing.
shell() {
    mkdir -p "$here/bin"
    cp "$packages/bookworm/amd64/busybox-static/bin/busybox" "$here/bin/busybox"
    ln -s busybox "$here/bin/sh"
}

amd64() {
    root empty

    # What distroless/static and a careful `FROM scratch` have: files, and no loader.
    root files-alone
    mkdir -p "$here"/{etc/ssl/certs,home,tmp,usr/share/zoneinfo}
    chmod 1777 "$here/tmp"
    printf 'root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\n' >"$here/etc/passwd"
    printf 'hosts: files dns\n' >"$here/etc/nsswitch.conf"
    printf '127.0.0.1 localhost\n' >"$here/etc/hosts"

    root musl-1.2.2
    musl bullseye amd64 x86_64 x86_64
    root musl-1.2.3
    musl bookworm amd64 x86_64 x86_64
    root musl-1.2.5
    musl trixie amd64 x86_64 x86_64

    # The loader is a link into another folder, and a file says where libraries are.
    root musl-of-debian
    package bookworm/amd64 musl

    root musl-with-shell
    musl trixie amd64 x86_64 x86_64
    shell

    # The loader alone, where its path file names a folder without anything.
    root musl-with-odd-path
    musl trixie amd64 x86_64 x86_64
    echo /nowhere >"$here/etc/ld-musl-x86_64.path"

    local suite version
    for suite in bullseye:2.31 bookworm:2.36 trixie:2.41; do
        version=${suite#*:}
        suite=${suite%:*}
        root "glibc-$version"
        if [ "$suite" = trixie ]; then merged; fi
        package "$suite/amd64" libc6
        root "glibc-$version-cxx"
        if [ "$suite" != bullseye ]; then merged; fi
        package "$suite/amd64" libc6 libgcc-s1 libstdc++6
        shell
    done

    # A shell that needs the root's own libc.
    root glibc-2.36-dash
    merged
    package bookworm/amd64 libc6 dash

    # The set of distroless/cc.
    root glibc-2.36-distroless
    package bookworm/amd64 libc6 libgcc-s1 libstdc++6
    mkdir -p "$here"/{etc,tmp}
    printf 'root:x:0:0:root:/root:/sbin/nologin\n' >"$here/etc/passwd"
    printf 'passwd: files\nhosts: files dns\n' >"$here/etc/nsswitch.conf"

    # The C++ library lies where only ld.so.cache says so...
    root glibc-2.36-cache
    package bookworm/amd64 libc6 libgcc-s1
    mkdir -p "$here/opt/lib" "$here/etc/ld.so.conf.d"
    cp -P "$packages"/bookworm/amd64/libstdc++6/usr/lib/x86_64-linux-gnu/libstdc++.so.6* "$here/opt/lib"
    echo 'include /etc/ld.so.conf.d/*.conf' >"$here/etc/ld.so.conf"
    echo /opt/lib >"$here/etc/ld.so.conf.d/opt.conf"
    # ... and where nothing says so but ld.so.conf, which the loader does not read.
    rm -rf "$roots/glibc-2.36-conf"
    cp -R "$here" "$roots/glibc-2.36-conf"
    ldconfig -r "$here"

    # The loader and nothing of what it loads.
    root loader-alone
    mkdir -p "$here/lib64"
    cp "$packages/bookworm/amd64/libc6/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2" "$here/lib64/"

    # The loader and the libraries of the C library where an unpacked folder of libraries would have them.
    root libraries-in-lib
    mkdir -p "$here/lib64" "$here/lib"
    cp "$packages/bookworm/amd64/libc6/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2" "$here/lib64/"
    cp "$packages"/bookworm/amd64/libc6/lib/x86_64-linux-gnu/lib{{c,m}.so.6,{dl,resolv}.so.2,pthread.so.0} "$here/lib/"

    # A copied loader that nobody may execute.
    root loader-not-executable
    package bookworm/amd64 libc6
    chmod 644 "$here/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2"

    # The link is there and what it points to is not.
    root loader-dangling
    package bookworm/amd64 libc6
    rm "$here/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2"

    # A loader of one suite and the libraries of another: copied together from two stages.
    root two-suites
    package trixie/amd64 libc6
    cp "$packages/bookworm/amd64/libc6/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2" \
        "$here/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2"
    ln -s usr/lib "$here/lib"
    ln -s usr/lib64 "$here/lib64"

    # A file cut short: a full disk, or a broken download.
    root libc-cut-short
    package bookworm/amd64 libc6
    head -c 100000 "$packages/bookworm/amd64/libc6/lib/x86_64-linux-gnu/libc.so.6" \
        >"$here/lib/x86_64-linux-gnu/libc.so.6"

    # Both worlds, as after `apt-get install musl` on Debian.
    root glibc-and-musl
    package bookworm/amd64 libc6 musl

    # musl's loader under the name of glibc's: Alpine's libc6-compat before gcompat.
    root musl-as-glibc
    musl trixie amd64 x86_64 x86_64
    mkdir "$here/lib64"
    ln -s /lib/ld-musl-x86_64.so.1 "$here/lib64/ld-linux-x86-64.so.2"
}

matrix() {
    root i386
    package bookworm/i386 libc6 libgcc-s1

    # The path is there, but what lies there is for another architecture.
    root loader-of-i386
    mkdir -p "$here/lib64"
    cp "$packages/bookworm/i386/libc6/lib/i386-linux-gnu/ld-linux.so.2" "$here/lib64/ld-linux-x86-64.so.2"

    # The library's first folder has one for another architecture: the loader goes on.
    root libraries-of-i386-first
    package bookworm/amd64 libc6
    mkdir -p "$here/usr/lib/x86_64-linux-gnu"
    mv "$here/lib/x86_64-linux-gnu/libm.so.6" "$here/usr/lib/x86_64-linux-gnu/"
    cp "$packages/bookworm/i386/libc6/lib/i386-linux-gnu/libm.so.6" "$here/lib/x86_64-linux-gnu/"

    local debian
    for debian in arm64 armhf s390x ppc64el riscv64; do
        root "$debian-glibc"
        if [ "$debian" = riscv64 ]; then merged; fi
        # Of these architectures one suite is there.
        package "$(cd "$packages" && echo */"$debian")" libc6
    done
    root arm64-musl
    musl bookworm arm64 aarch64 aarch64
}

"$part"
echo "$recipe" >"$stamp"
