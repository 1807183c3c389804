#!/usr/bin/env bash
# The binary that is handed out: target/release/gobuild. On Linux it is static, so that it starts in any image and on
# any machine, and sooner than one that has to be linked first.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"

cargo=${CARGO:-cargo}
# The most that it may take, in bytes.
limit=6000000
target=${CARGO_TARGET_DIR:-target}
host=$(rustc --print host-tuple)

# musl before glibc: glibc, when it starts, asks the processor for what it can do, some sixty times, and on a virtual
# machine each of these questions is answered by the machine below it. That is a fifth of a start.
static=
if [[ $host == *-linux-gnu ]]; then
    musl=${host%-gnu}-musl
    if [ -d "$(rustc --print target-libdir --target "$musl" 2>/dev/null)" ]; then
        static=$musl
    elif echo 'int main(void) { return 0; }' | cc -static -x c -o /dev/null - 2>/dev/null; then
        static=$host
        echo "note: with Rust's library for musl gobuild would start faster: rustup target add $musl" >&2
    else
        echo "warning: neither Rust's library for musl nor a static C library is here" >&2
        echo "  rustup target add $musl   (or Debian: libc6-dev, Fedora: glibc-static)" >&2
        echo "  the binary will need the C library of this machine, or a newer one" >&2
    fi
fi
if [ -z "$static" ]; then exec "$cargo" build --release --locked; fi

# At a fixed address, as Go links its programs: of its start a quarter was spent on giving 8000 pointers theirs.
# Without --target cargo would give the flag to procedural macros too, which are libraries and cannot be static.
"$cargo" build --release --locked --target "$static" \
    --config "target.$static.rustflags = ['-C', 'target-feature=+crt-static', '-C', 'relocation-model=static']"
binary=$target/release/gobuild
mkdir -p "$target/release"
# A copy: what a linker wrote here and there the kernel keeps in small pages, and maps them one by one at each start.
install -m 755 "$target/$static/release/gobuild" "$binary"

# What is promised of it, asked of the file itself.
if readelf -lW "$binary" | grep -q INTERP || readelf -dW "$binary" | grep -q NEEDED; then
    die "$binary is not static" "readelf -lWd $binary"
fi
size=$(stat -c %s "$binary")
[ "$size" -lt "$limit" ] || die "$binary has $size bytes, $limit are the most" \
    "nm --size-sort -S of a build with CARGO_PROFILE_RELEASE_STRIP=false says what takes them"
# GB207: nothing of it looks up users or hosts, for which glibc would load libraries of its own build.
"$binary" verify --target scratch --deny GB207 "$binary" >/dev/null || die "$binary does not fit scratch"
