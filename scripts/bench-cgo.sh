#!/usr/bin/env bash
# Times of builds with C code: gobuild against `go build` with the very environment and flags that gobuild chose.
# Writes the table of docs/performance.md, between its two marks.
#   GOBUILD   the gobuild to measure, else target/release/gobuild
#   PAIRS     how often each repeated build is measured, else 9
# The two take turns, so that what else the machine does strikes both; the median of each is shown.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

gobuild=${GOBUILD:-$ROOT/target/release/gobuild}
pairs=${PAIRS:-9}
page=$ROOT/docs/performance.md
PATH=$PATH:$TOOLS/go/bin:$TOOLS/zig/ziglang
[ -x "$gobuild" ] || die "$gobuild is missing" "make build makes it"
for tool in go gcc zig; do
    command -v "$tool" >/dev/null || die "$tool was not found, and the table needs it"
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Go's library is in the tests' cache; what was said to `cc` makes all C new.
export GOCACHE=$TOOLS/cache/build GOMODCACHE=$TOOLS/cache/mod GOPROXY=off GOTOOLCHAIN=local GOTELEMETRY=off GOENV=off GOFLAGS=
# gobuild's cache is the tests', with zig's C library in it; the stages in it are by path, and so new here.
export GOBUILD_CACHE=$TOOLS/cache/gobuild
TIMEFORMAT=%R

# Seconds that a command took.
seconds() { { time "$@" >"$work/said" 2>&1; } 2>&1; }
timed() {
    seconds "$@" || {
        cat "$work/said" >&2
        die "$* failed"
    }
}
median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }
# One program, in a folder for each of the two, so that neither finds the other's work.
raw() { (cd "$work/go" && eval "$line"); }
ours() { (cd "$work/gobuild" && "$gobuild" --target "$image" -o app .); }
# Another text for each of the two, so that neither finds the other's objects.
change() { echo "// $1 $2" >>"$work/$2/main.go"; }

# row EXAMPLE IMAGE WHAT
row() {
    local image=$2 kind number
    rm -rf "$work"/{go,gobuild} "$work"/times.*
    cp -r "$ROOT/examples/$1" "$work/go"
    cp -r "$ROOT/examples/$1" "$work/gobuild"
    # The last line of the plan is the command, to be pasted.
    line=$(cd "$work/go" && "$gobuild" plan --target "$image" -o app . | tail -n 1)
    # A flag of its own makes all C new for each of the two.
    export CGO_CFLAGS
    CGO_CFLAGS="-O2 -g -Dbench_$$_$1_go" timed raw >>"$work/times.go.first"
    CGO_CFLAGS="-O2 -g -Dbench_$$_$1_gobuild" timed ours >>"$work/times.gobuild.first"
    CGO_CFLAGS="-O2 -g"
    # Whatever is not there yet without that flag.
    raw >/dev/null 2>&1 && ours >/dev/null 2>&1
    for number in $(seq "$pairs"); do
        timed raw >>"$work/times.go.same"
        timed ours >>"$work/times.gobuild.same"
    done
    for number in $(seq "$pairs"); do
        change "$$ $number" go
        timed raw >>"$work/times.go.changed"
        change "$$ $number" gobuild
        timed ours >>"$work/times.gobuild.changed"
    done
    printf '| %s | `%s` |' "$3" "$image"
    for kind in first same changed; do
        printf ' %s |' "$(medians "$kind")"
    done
    echo
}
# Wall clock of both, and the ratio of it.
medians() {
    awk -v go="$(median <"$work/times.go.$1")" -v gobuild="$(median <"$work/times.gobuild.$1")" \
        'BEGIN { printf "%.2f s | %.2f s | %.2f", go, gobuild, gobuild / go }'
}

{
    echo "Measured on $(date -u +%Y-%m-%d): $(nproc) processors ($(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo)), load $(cut -d' ' -f1 /proc/loadavg) when it began;"
    echo "$(go version | cut -d' ' -f3), zig $(zig version), gcc $(gcc -dumpfullversion), $("$gobuild" --version); $pairs pairs for each repeated build, medians."
    echo
    echo '| program | image | first: go | gobuild | ratio | nothing changed: go | gobuild | ratio | a file changed: go | gobuild | ratio |'
    echo '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |'
    row hello scratch 'no C'
    row rpc alpine:3.20 '`net`, `os/user`'
    row cgo debian:12 'its own C, by gcc'
    row cgo alpine:3.20 'its own C, by zig'
} >"$work/table"

awk -v table="$work/table" '
    /^<!-- end of what was measured -->$/ { inside = 0 }
    !inside
    /^<!-- measured by scripts\/bench-cgo.sh -->$/ { inside = 1; while ((getline row < table) > 0) print row }
' "$page" >"$work/page"
cat "$work/page" >"$page"
cat "$work/table"
