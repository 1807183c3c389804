#!/usr/bin/env bash
# The modules that the examples use, into .tools/cache/mod, so that no test needs the network.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

export GOMODCACHE=$TOOLS/cache/mod GOCACHE=$TOOLS/cache/build GOTOOLCHAIN=local GOFLAGS=-modcacherw
PATH=$PATH:$TOOLS/go/bin
stamp=$TOOLS/cache/mod/.complete
sums=("$ROOT"/examples/*/go.sum)
cat "${sums[@]}" | cmp -s - "$stamp" && exit 0

say "the modules of the examples to .tools/cache/mod"
for sum in "${sums[@]}"; do
    cd "$(dirname "$sum")"
    quietly "$TOOLS/log/modules.txt" go mod download || die \
        "cannot fetch the modules of $PWD (go's words are above)" \
        "a proxy other than Go's own: set GOPROXY"
done
cat "${sums[@]}" >"$stamp"
