#!/usr/bin/env bash
# The modules that the examples use, into .tools/cache/mod, so that no test needs the network;
# with the word `matrix` those of tests/suite/matrix/modules as well.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

export GOMODCACHE=$TOOLS/cache/mod GOCACHE=$TOOLS/cache/build GOTOOLCHAIN=local GOFLAGS=-modcacherw
PATH=$PATH:$TOOLS/go/bin

# fetch STAMP SUMS... -- COMMAND...: runs a command beside each go.sum, if they are not those of the stamp.
fetch() {
    local stamp=$TOOLS/cache/mod/$1 sums=() sum
    shift
    while [ "$1" != -- ]; do
        sums+=("$1")
        shift
    done
    shift
    cat "${sums[@]}" | cmp -s - "$stamp" && return
    say "modules to .tools/cache/mod"
    for sum in "${sums[@]}"; do
        cd "$(dirname "$sum")"
        quietly "$TOOLS/log/modules.txt" "$@" || die \
            "cannot fetch the modules of $PWD (go's words are above)" \
            "a proxy other than Go's own: set GOPROXY"
    done
    rm -f "$stamp"
    cat "${sums[@]}" >"$stamp"
}

fetch .complete "$ROOT"/examples/*/go.sum -- go mod download
if [ "${1:-}" = matrix ]; then
    # Only what is compiled: `go mod download` would take what those modules are tested with, too.
    export CGO_ENABLED=1
    fetch .complete-matrix "$ROOT"/tests/suite/matrix/modules/*/go.sum -- go list -deps .
fi
