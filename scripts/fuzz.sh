#!/bin/sh
# Feeds one reader with made-up files for a while: scripts/fuzz.sh TARGET SECONDS
# Needs the nightly toolchain; fetches cargo-fuzz into .tools. What it finds is left in fuzz/artifacts/TARGET:
# copy it to fuzz/seeds/TARGET, from where the tests read it for ever.
set -eu

cd "$(dirname "$0")/.."
if [ $# -ne 2 ]; then
    echo "usage: scripts/fuzz.sh TARGET SECONDS, TARGET one of: $(cd fuzz/fuzz_targets && ls | sed 's/\.rs$//' | tr '\n' ' ')" >&2
    exit 2
fi
target=$1 seconds=$2

PATH=$PATH:$PWD/.tools/cargo/bin
if ! command -v cargo-fuzz >/dev/null; then
    cargo install cargo-fuzz --locked --quiet --root .tools/cargo
fi
mkdir -p "fuzz/corpus/$target"
exec nice -n 19 cargo +nightly fuzz run "$target" "fuzz/corpus/$target" "fuzz/seeds/$target" -- \
    -max_total_time="$seconds" -max_len=32768 -timeout=10 -rss_limit_mb=1024 -print_final_stats=1
