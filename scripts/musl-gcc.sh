#!/usr/bin/env bash
# musl-gcc, for the tests with C code: the packages musl-dev and musl-tools of this distribution, in .tools/musl, with
# their paths changed to it. gcc itself is the machine's own.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

musl=$TOOLS/musl
recipe=$(cat "$0" "$TOOLS"/cache/fetched/{libc,musl-gcc} | sha256sum | cut -c -64)
if [ "$(cat "$musl/complete" 2>/dev/null)" = "$recipe" ]; then exit 0; fi

rm -rf "$musl" "$musl.new"
mkdir -p "$musl.new/bin"
lay "$musl.new" own musl musl-dev musl-tools
specs=$(cd "$musl.new" && find usr/lib -name musl-gcc.specs | head -n 1)
[ -n "$specs" ] || die "the package musl-tools has no musl-gcc.specs" "look into $musl.new"
sed -i -E "s#([ =L]|^)/(usr/(include|lib)/[a-z0-9_]+-linux-musl)#\1$musl/\2#g" "$musl.new/$specs"
printf '#!/bin/sh\nexec "${REALGCC:-gcc}" "$@" -specs "%s"\n' "$musl/$specs" >"$musl.new/bin/musl-gcc"
chmod 755 "$musl.new/bin/musl-gcc"
echo "$recipe" >"$musl.new/complete"
mv "$musl.new" "$musl"
