#!/usr/bin/env bash
# Go binaries that nobody here made, as npm packages carry them: esbuild, whose build information was
# removed, and lefthook, which has it. Into .tools/cache/published/PACKAGE/.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

wanted=(
    @esbuild/{linux-x64,linux-arm64,linux-s390x,linux-ia32,win32-x64,darwin-arm64,freebsd-x64}@0.28.2
    lefthook-{linux-x64,linux-arm64,windows-arm64,openbsd-x64,darwin-arm64}@2.2.2
)
published=$TOOLS/cache/published
stamp=$published/complete
if [ "$(cat "$stamp" 2>/dev/null)" = "${wanted[*]}" ]; then exit 0; fi

command -v npm >/dev/null || die "npm was not found, so the published binaries cannot be fetched"
say "esbuild and lefthook for several platforms (npm packages) to .tools/cache/published"
rm -rf "$published"
for package in "${wanted[@]}"; do
    name=${package%@*}
    folder=$published/${name#@}
    mkdir -p "$folder"
    (cd "$folder" && quietly "$TOOLS/log/published.txt" npm pack --silent --ignore-scripts "$package") || die \
        "npm cannot fetch $package (its words are above)"
    tar -xzf "$folder"/*.tgz -C "$folder" --strip-components 1
    rm "$folder"/*.tgz
done
echo "${wanted[*]}" >"$stamp"
