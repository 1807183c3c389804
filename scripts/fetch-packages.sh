#!/usr/bin/env bash
# Real packages of several Debian suites and architectures, unpacked side by side for the roots of the oracle:
#   .tools/cache/packages/SUITE/ARCHITECTURE/PACKAGE/...
#   scripts/fetch-packages.sh amd64     three suites of this machine's architecture
#   scripts/fetch-packages.sh wrappers  programs that start another one: tini and its like
#   scripts/fetch-packages.sh libraries a C library with its headers, and others for another architecture
#   scripts/fetch-packages.sh matrix    the foreign architectures, qemu and musl-gcc as well
# apt works with lists, sources and a status of our own, so that nothing of the machine changes; where the
# packages come from is the mirror that the machine's own apt is configured with.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

amd64=(
    bullseye/amd64:libc6,libgcc-s1,libstdc++6,musl
    bookworm/amd64:libc6,libgcc-s1,libstdc++6,musl,dash,busybox-static
    trixie/amd64:libc6,libgcc-s1,libstdc++6,musl
)
wrappers=(
    bookworm/amd64:tini,dumb-init,gosu,catatonit
)
libraries=(
    bullseye/amd64:libc6-dev,linux-libc-dev
    bookworm/i386:libc6,zlib1g,zlib1g-dev
)
# A row with two suites is of the first. While a mirror takes in a new release of it, its lists do not fit each other:
# then it is of the second.
matrix=(
    bookworm/amd64:qemu-user-static,musl-dev,musl-tools
    bookworm/i386:libc6,libgcc-s1
    bookworm/arm64:libc6,musl
    bookworm/armhf:libc6
    bookworm/s390x:libc6
    bookworm/ppc64el:libc6
    'trixie|forky/riscv64:libc6'
)

part=${1:-}
case $part in
amd64) wanted=("${amd64[@]}") ;;
wrappers) wanted=("${wrappers[@]}") ;;
libraries) wanted=("${libraries[@]}") ;;
matrix) wanted=("${matrix[@]}") ;;
*) die "usage: scripts/fetch-packages.sh amd64|wrappers|libraries|matrix" ;;
esac

packages=$TOOLS/cache/packages
stamp=$packages/$part.complete
if [ "$(head -n 1 "$stamp" 2>/dev/null)" = "${wanted[*]}" ]; then exit 0; fi

# Other systems have the rest of the tests; the oracle's own say that they are left out.
if [ "$(uname -sm)" != "Linux x86_64" ] || ! command -v apt-get >/dev/null ||
    [ "$(. /etc/os-release && echo "$ID")" != debian ]; then
    echo "    Leaving out Debian's packages: they are fetched on Debian for amd64 alone" >&2
    exit 0
fi

# The mirror, without a word about it in this repository: the one that offers this machine's own release.
codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
mirror=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
    awk -v release="$codename" '$2 == release && $3 == "main" { print $1; exit }')
[ -n "$mirror" ] || die "apt on this machine has no source of Debian's main" \
    "the oracle needs the packages of Debian's suites; cargo test says which tests are left out"

# The work is kept apart, since both parts may be fetched at once.
work=$TOOLS/apt-$part
rm -rf "$work"
mkdir -p "$work"/{lists/partial,cache/archives/partial,deb}
: >"$work/status"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
signed=
if [ -e "$keyring" ]; then signed=" signed-by=$keyring"; fi
options=(
    -o "Dir::State::lists=$work/lists"
    -o "Dir::State::status=$work/status"
    -o "Dir::Cache=$work/cache"
    -o "Dir::Etc::sourcelist=$work/sources"
    -o Dir::Etc::sourceparts=/dev/null
    -o Dir::Etc::preferencesparts=/dev/null
    -o "APT::Sandbox::User=$(id -un)"
    -o APT::Architecture=amd64
    -o Acquire::Languages=none
    -o Acquire::Retries=3
    # Suites whose support has ended keep their last, long expired, Release file.
    -o Acquire::Check-Valid-Until=false
    -qq
)
for architecture in $(printf '%s\n' amd64 "${wanted[@]}" | sed 's|:.*||; s|.*/||' | sort -u); do
    options+=(-o "APT::Architectures::=$architecture")
done

# rows CHOICE: what is wanted, with the first or the second of its suites.
rows() {
    local row suites
    for row in "${wanted[@]}"; do
        IFS='|' read -ra suites <<<"${row%%/*}"
        echo "${suites[$1]:-${suites[0]}}/${row#*/}"
    done
}

say "Debian's packages for the oracle ($part) to .tools/cache/packages"
for choice in 0 1; do
    mapfile -t rows < <(rows "$choice")
    for row in "${rows[@]}"; do
        place=${row%%:*}
        echo "deb [arch=${place#*/}$signed] $mirror ${place%/*} main"
    done >"$work/sources"
    if quietly "$TOOLS/log/packages-$part-update.txt" apt-get "${options[@]}" update; then break; fi
    [ "$choice" = 0 ] || die "apt-get cannot read the package lists (its words are above)"
    echo "    apt cannot read the package lists (its words are above): once more, with another suite where one will do" >&2
done
# What is there of the other choice is older.
while read -r row; do
    if [[ " ${rows[*]} " != *" $row "* ]]; then rm -rf "${packages:?}/${row%%:*}"; fi
done < <(rows 0 && rows 1)
for row in "${rows[@]}"; do
    place=${row%%:*}
    names=()
    IFS=, read -ra list <<<"${row#*:}"
    for name in "${list[@]}"; do names+=("$name:${place#*/}/${place%/*}"); done
    rm -rf "$work/deb"
    mkdir "$work/deb"
    (cd "$work/deb" && quietly "$TOOLS/log/packages-$part-download.txt" \
        apt-get "${options[@]}" download "${names[@]}") || die \
        "apt-get cannot fetch ${names[*]} (its words are above)"
    for name in "${list[@]}"; do
        mkdir -p "$packages/$place"
        rm -rf "$packages/$place/$name"
        dpkg-deb -x "$work"/deb/"$name"_*.deb "$packages/$place/$name"
        rm -rf "$packages/$place/$name/usr/share/"{doc,man,locale,lintian}
        basename "$work"/deb/"$name"_*.deb >"$packages/$place/$name.version"
    done
done
rm -rf "$work"
# Behind what was wanted stands what came, since roots and binaries are made of it.
{
    echo "${wanted[*]}"
    for row in "${rows[@]}"; do
        IFS=, read -ra list <<<"${row#*:}"
        for name in "${list[@]}"; do cat "$packages/${row%%:*}/$name.version"; done
    done
} >"$stamp"
