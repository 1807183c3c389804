#!/usr/bin/env bash
# zig builds a libc of its own for each target that it is first used for, which takes minutes for musl:
# this has it done beforehand, in the cache that the tests use.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

zig=$TOOLS/zig/ziglang/zig
export ZIG_GLOBAL_CACHE_DIR=$TOOLS/cache/zig ZIG_LOCAL_CACHE_DIR=$TOOLS/cache/zig
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo 'int main(void) { return 0; }' >"$work/main.c"
for target in x86_64-linux-musl aarch64-linux-musl x86-linux-musl; do
    "$zig" cc -target "$target" "$work/main.c" -o "$work/main"
done
