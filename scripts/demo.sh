#!/usr/bin/env bash
# Builds examples/rpc for alpine twice: as a machine with gcc does it, and as gobuild does it.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

: "${GOBUILD:?the path of gobuild}"
export GOCACHE=$TOOLS/cache/build GOMODCACHE=$TOOLS/cache/mod GOTOOLCHAIN=local GOFLAGS=
PATH=$PATH:$TOOLS/go/bin:/usr/sbin:/sbin
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

title() { printf '\n\033[1m%s\033[0m\n' "$*"; }
[ -t 1 ] || title() { printf '\n%s\n' "$*"; }

# in_root PROGRAM ARGS...: starts a program in a copy of the musl root.
in_root() {
    rm -rf "$work/root"
    cp -R "$TOOLS/roots/musl" "$work/root"
    mkdir -p "$work/root/app"
    cp -R rpc etc "$work/root/app/"
    if [ "$(id -u)" = 0 ]; then
        chroot "$work/root" "$@"
    else
        unshare --map-root-user --root="$work/root" "$@"
    fi
}

cp -R "$ROOT/examples/rpc" "$work/rpc"
cd "$work/rpc"
rm -f rpc

if command -v gcc >/dev/null; then
    title '$ CGO_ENABLED=1 CC=gcc go build -o rpc .      (then started on musl)'
    CGO_ENABLED=1 CC=gcc go build -o rpc .
    if in_root /app/rpc -check -config /app/etc/config.yaml; then
        die "it started: this root has a glibc loader"
    fi
    rm -f rpc

    title '$ CGO_ENABLED=1 CC=gcc gobuild --target alpine -o rpc .'
    status=0
    CGO_ENABLED=1 CC=gcc "$GOBUILD" --target alpine -o rpc . || status=$?
    [ "$status" = 3 ] || die "gobuild ended with $status, not with 3"
    [ ! -e rpc ] || die "a rejected binary was published"
    echo "exit status 3, and there is no rpc"
else
    echo "gcc was not found: the half of the demonstration that goes wrong is left out"
fi

title '$ gobuild --target alpine -o rpc .             (then started on musl)'
"$GOBUILD" --target alpine -o rpc .
in_root /app/rpc -check -config /app/etc/config.yaml
