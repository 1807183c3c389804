# Shared by the scripts here; to be sourced from bash with -euo pipefail.
# Everything they fetch stays in .tools/ of the checkout: no root, no HOME, nothing of the machine changes.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
TOOLS=$ROOT/.tools
export LC_ALL=C

say() { printf '    Fetching %s\n' "$*" >&2; }

die() {
    printf 'error: %s\n' "$1" >&2
    shift
    local line
    for line in "$@"; do printf '  %s\n' "$line" >&2; done
    exit 1
}

# quietly LOG COMMAND...: runs a command with its output in a file, which is shown if the command fails.
quietly() {
    local log=$1
    shift
    mkdir -p "$(dirname "$log")"
    "$@" >"$log" 2>&1 || {
        cat "$log" >&2
        return 1
    }
}

# An empty HOME is no directory: programs that ask for one get a folder of ours.
if [ -z "${HOME:-}" ]; then
    export HOME=$TOOLS/home
    mkdir -p "$HOME"
fi

# own_apt FOLDER ARGUMENT...: apt-get with the machine's sources and with lists and a cache of its own below FOLDER,
# so that neither root nor the machine's state is touched. What it downloads lies in FOLDER/deb.
own_apt() {
    local folder=$1
    shift
    mkdir -p "$folder"/{lists/partial,cache/archives/partial,deb}
    local options=(
        -o "Dir::State::lists=$folder/lists"
        -o "Dir::Cache=$folder/cache"
        -o "APT::Sandbox::User=$(id -un)"
        -o Acquire::Languages=none
        -o Acquire::Retries=3
        -qq
    )
    (cd "$folder/deb" && apt-get "${options[@]}" "$@")
}
