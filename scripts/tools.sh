#!/usr/bin/env bash
# Puts into .tools/ what the tests need and the machine lacks; with the word `matrix` also what only
# `make test-matrix` needs, with the word `demo` only what `make demo` does. Can be run again at any time: what is there
# already is kept.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
group=${1:-test}

"$here/fetch.sh" "$group"
"$here/roots.sh"
if [ "$group" = demo ]; then exit; fi
"$here/oracle-roots.sh" amd64
"$here/musl-gcc.sh"
"$here/dockerfile-roots.sh"
"$here/podman.sh"
if [ "$group" = matrix ]; then "$here/oracle-roots.sh" matrix; fi
