#!/usr/bin/env bash
# What gobuild is made of: licences, one version of each crate, crates of the registry alone, and none with a known
# hole. cargo-deny is compiled into .tools/ the first time: a minute or two, without optimisation, since it runs for
# less than a second.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"

version=0.20.2
folder=$TOOLS/cargo-deny
deny=$folder/bin/cargo-deny
mkdir -p "$TOOLS/log"
if [ "$("$deny" --version 2>/dev/null)" != "cargo-deny $version" ]; then
    say "cargo-deny $version to .tools/cargo-deny"
    CARGO_PROFILE_DEV_DEBUG=0 quietly "$TOOLS/log/cargo-deny.txt" cargo install cargo-deny --version "$version" \
        --locked --debug --force --root "$folder" --target-dir "$folder/target" || die \
        "cargo-deny cannot be compiled (cargo's words are above)"
    rm -rf "$folder/target"
fi

"$deny" --locked check bans licenses sources

# The list of known holes is in a repository of its own, which not every machine can reach.
log=$TOOLS/log/advisories.txt
if timeout 120 "$deny" fetch db >"$log" 2>&1; then
    "$deny" --locked check --disable-fetch advisories
else
    grep -v '^$' "$log" | tail -n 1 >&2 || true
    echo "!!! the list of known holes (RustSec) cannot be reached from here: advisories were NOT checked" >&2
fi
