#!/usr/bin/env bash
# The one module that examples/rpc uses, into .tools/cache/mod, so that no test needs the network.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

export GOMODCACHE=$TOOLS/cache/mod GOCACHE=$TOOLS/cache/build GOTOOLCHAIN=local GOFLAGS=-modcacherw
PATH=$PATH:$TOOLS/go/bin
stamp=$TOOLS/cache/mod/.complete
cmp -s "$ROOT/examples/rpc/go.sum" "$stamp" && exit 0

say "the modules of examples/rpc to .tools/cache/mod"
cd "$ROOT/examples/rpc"
quietly "$TOOLS/log/modules.txt" go mod download || die \
    "cannot fetch the modules of examples/rpc (go's words are above)" \
    "a proxy other than Go's own: set GOPROXY"
cp go.sum "$stamp"
