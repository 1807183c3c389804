#!/usr/bin/env bash
# lddtree, for the comparison in docs/performance.md, to .tools/lddtree: Debian's pax-utils and the Python library that
# it is made with.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

folder=$TOOLS/lddtree
[ -e "$folder/complete" ] && exit 0
for tool in apt-get dpkg-deb; do
    command -v "$tool" >/dev/null || die "$tool was not found, so lddtree cannot be fetched"
done

apt=$TOOLS/apt-lddtree
rm -rf "$folder" "$apt"
say "pax-utils and python3-pyelftools (packages of this distribution) to .tools/lddtree"
quietly "$TOOLS/log/apt-lddtree.txt" own_apt "$apt" update || die \
    "apt-get cannot read the package lists (its words are above)"
quietly "$TOOLS/log/apt-lddtree.txt" own_apt "$apt" download pax-utils python3-pyelftools || die \
    "apt-get cannot fetch pax-utils and python3-pyelftools (its words are above)"
for package in "$apt"/deb/*.deb; do dpkg-deb -x "$package" "$folder"; done
rm -rf "$apt"
touch "$folder/complete"
