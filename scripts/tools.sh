#!/usr/bin/env bash
# Puts into .tools/ what the tests need and the machine lacks. Can be run again at any time: what is
# there already is kept.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

"$here/fetch-go.sh"
"$here/fetch-modules.sh"
"$here/fetch-roots.sh"
