#!/usr/bin/env bash
# The README's two commands in a Debian root that has nothing but what is listed below and the machine's own Rust: no Go,
# no Python, no zig, no container engine.
#   scripts/test-bare.sh [no-rust|demo|test]...    without a word all three
# WITH='podman python3-pip' has these packages in the root too. debootstrap makes the root, in .tools/bare, and mounts are
# made in it: that is for root, on Debian.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
PATH=$PATH:/usr/sbin:/sbin

[ "$(id -u)" = 0 ] || die "only root can make a root with debootstrap and mount into it"
[ "$(. /etc/os-release && echo "$ID")" = debian ] || die "the root is made with debootstrap on Debian alone"
"$ROOT/scripts/fetch.sh" bare

packages=(ca-certificates curl git make gcc libc6-dev ${WITH:-})
included=$(IFS=, && echo "${packages[*]}")
root=$TOOLS/bare/$(sha256sum <<<"$included" | cut -c -8)
if [ ! -e "$root/complete" ]; then
    say "$included to ${root#"$ROOT/"}"
    rm -rf "$root"
    mkdir -p "$root"
    debootstrap=$(unpacked own debootstrap)
    quietly "$TOOLS/log/debootstrap.txt" env DEBOOTSTRAP_DIR="$debootstrap/usr/share/debootstrap" \
        "$debootstrap/usr/sbin/debootstrap" --variant=minbase --include="$included" \
        "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$root" "$(mirror)" ||
        die "debootstrap cannot make the root (its words are above)"
    touch "$root/complete"
fi

# How the machine reaches the network, and whom it trusts.
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
cp -L "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" "$root/etc/ssl/certs/ca-certificates.crt"
settings=()
for name in http_proxy https_proxy no_proxy GOPROXY PIP_INDEX_URL; do
    if [ -n "${!name:-}" ]; then settings+=("$name=${!name}"); fi
done

# A copy of the work tree. What Rust made of an earlier one stays, what was fetched does not.
mkdir -p "$root"/{src,rust}
find "$root/src" -mindepth 1 -maxdepth 1 ! -name target -exec rm -rf {} +
tar -C "$ROOT" --exclude=./target --exclude=./fuzz/target --exclude=./.tools --exclude=./.git -c . | tar -C "$root/src" -x

# inside PATH COMMAND...: in the copy, among processes of its own; they and the mounts are gone when it has ended.
inside() {
    local path=$1
    shift
    unshare --mount --propagation private --pid --fork --kill-child bash -euc '
        root=$1 rust=$2
        shift 2
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        mount --bind "$rust" "$root/rust"
        exec chroot "$root" "$@"
    ' inside "$root" "$(rustc --print sysroot)" \
        env -i HOME=/root "PATH=$path" "${settings[@]}" sh -c 'cd /src && exec "$@"' sh "$@"
}
bare=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

without_rust() {
    local said status=0
    said=$(inside "$bare" make --silent 2>&1) || status=$?
    [ "$status" = 2 ] || die "without Rust, make ended with $status, not with 2" "$said"
    [[ $said == 'error: cargo does not run here; '* ]] || die "without Rust, make says something else" "$said"
}

if [ $# = 0 ]; then set -- no-rust demo test; fi
for command in "$@"; do
    echo "=== in a bare root: $command"
    case $command in
    no-rust) without_rust ;;
    demo | test) inside "$bare:/rust/bin" make "$command" ;;
    *) die "usage: scripts/test-bare.sh [no-rust|demo|test]..." ;;
    esac
done
