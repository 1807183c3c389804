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

# unpacked PLACE NAME...: the folders of packages that scripts/fetch.sh brought. A name may be a pattern.
unpacked() {
    local place=$TOOLS/cache/packages/$1 name
    shift
    for name in "$@"; do
        compgen -G "$place/$name/" || die "the package $name is missing in .tools" "run scripts/tools.sh"
    done
}
# lay FOLDER PLACE NAME...: their files over each other into a folder, where links stand for some folders.
lay() {
    local folder=$1 packages package
    shift
    packages=$(unpacked "$@")
    while read -r package; do
        tar -C "$package" -c . | tar -C "$folder" -x --keep-directory-symlink
    done <<<"$packages"
}

# The mirror, without a word about it in this repository: the one that offers this machine's own release.
mirror() {
    local release
    release=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
    apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
        awk -v release="$release" '$2 == release && $3 == "main" { print $1; exit }'
}
