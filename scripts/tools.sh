#!/usr/bin/env bash
# Puts into .tools/ what the tests need and the machine lacks; with the word `matrix` also what only
# `make test-matrix` needs, with the word `demo` only what `make demo` does. Can be run again at any time: what is there
# already is kept.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

"$here/fetch-go.sh"
if [ "${1:-}" = demo ]; then exec "$here/fetch-roots.sh"; fi
"$here/fetch-modules.sh"
"$here/fetch-roots.sh"
"$here/fetch-packages.sh" amd64
"$here/fetch-packages.sh" wrappers
"$here/fetch-packages.sh" libraries
"$here/oracle-roots.sh" amd64
"$here/fetch-zig.sh"
"$here/fetch-musl-gcc.sh"
"$here/fetch-hadolint.sh"
"$here/fetch-dockerfile-roots.sh"
"$here/fetch-podman.sh"
if [ "${1:-}" = matrix ]; then
    "$here/fetch-modules.sh" matrix
    "$here/fetch-packages.sh" matrix
    "$here/oracle-roots.sh" matrix
    "$here/fetch-published.sh"
fi
