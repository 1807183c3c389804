#!/usr/bin/env bash
# zig, for the tests with C code: the package `ziglang` of the Python index, into .tools/zig.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

zig=$TOOLS/zig/ziglang/zig
if [ -x "$zig" ] && "$zig" version >/dev/null 2>&1; then exit 0; fi

command -v python3 >/dev/null && python3 -m pip --version >/dev/null 2>&1 || die \
    "no pip to fetch zig with" "install python3 with pip"

say "zig (the Python package ziglang) to .tools/zig"
new=$TOOLS/zig.new
rm -rf "$new" "$TOOLS/zig"
mkdir -p "$TOOLS"
quietly "$TOOLS/log/zig.txt" python3 -m pip install --quiet --disable-pip-version-check \
    --no-deps --only-binary :all: --target "$new" --cache-dir "$TOOLS/cache/pip" ziglang || die \
    "cannot fetch ziglang with pip (its words are above)"
[ -x "$new/ziglang/zig" ] || die "ziglang has no ziglang/zig any more" "look into $new"
mv "$new" "$TOOLS/zig"
"$zig" version >/dev/null || die "the fetched zig does not run here" "try $zig version"
