#!/usr/bin/env bash
# zig, a C compiler for every libc and architecture: the Python package `ziglang`, into .tools/zig.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

zig=$TOOLS/zig/ziglang/zig
if [ -x "$zig" ]; then exit 0; fi

command -v python3 >/dev/null && python3 -m pip --version >/dev/null 2>&1 || die \
    "there is no pip to fetch zig with" "install python3 with pip"
say "zig (the Python package ziglang) to .tools/zig"
new=$TOOLS/zig.new
rm -rf "$new" "$TOOLS/zig"
mkdir -p "$TOOLS"
quietly "$TOOLS/log/zig.txt" python3 -m pip install --quiet --disable-pip-version-check \
    --no-deps --only-binary :all: --target "$new" --cache-dir "$TOOLS/cache/pip" ziglang || die \
    "cannot fetch ziglang with pip (its words are above)"
mv "$new" "$TOOLS/zig"
[ -x "$zig" ] || die "ziglang has no ziglang/zig any more" "look into $TOOLS/zig"
