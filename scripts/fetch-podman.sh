#!/usr/bin/env bash
# podman and buildah, for the tests that build Dockerfiles with them, in .tools/podman: the distribution's packages,
# unpacked. Nothing is installed: a podman of the machine would be taken for its container engine.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

podman=$TOOLS/podman
recipe=$(sha256sum "$0" | cut -c -64)
if [ "$(cat "$podman/complete" 2>/dev/null)" = "$recipe" ]; then exit 0; fi
command -v apt-get >/dev/null || die "there is no apt-get to fetch podman and buildah with"

apt=$TOOLS/apt-podman
rm -rf "$podman" "$podman.new" "$apt"
mkdir -p "$podman.new"/{root,libraries,home/.config/containers}
# What they link against and a small system lacks is here too.
packages=(podman buildah conmon runc golang-github-containers-common
    libgpgme11 libassuan0 libgpg-error0 libseccomp2 libsubid4 libdevmapper1.02.1)
say "podman and buildah (packages of this distribution) to .tools/podman"
quietly "$TOOLS/log/podman-update.txt" own_apt "$apt" update || die "apt-get cannot read the package lists"
quietly "$TOOLS/log/podman-download.txt" own_apt "$apt" download "${packages[@]}" ||
    die "apt-get cannot fetch podman and buildah (its words are above)"
for package in "$apt"/deb/*.deb; do dpkg-deb -x "$package" "$podman.new/root"; done
find "$podman.new/root" -name 'lib*.so.*' -exec cp -P {} "$podman.new/libraries/" \;

cat >"$podman.new/home/.config/containers/policy.json" <<'END'
{ "default": [{ "type": "insecureAcceptAnything" }] }
END
echo 'unqualified-search-registries = ["docker.io"]' >"$podman.new/registries.conf"
# runc, since crun refuses machines with both kinds of cgroups; limits that every machine allows to set.
cat >"$podman.new/containers.conf" <<END
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
netns = "none"
[engine]
conmon_path = ["$podman/root/usr/bin/conmon"]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[engine.runtimes]
runc = ["$podman/root/usr/sbin/runc"]
END
LD_LIBRARY_PATH=$podman.new/libraries "$podman.new/root/usr/bin/podman" --version >/dev/null ||
    die "the podman of the packages does not start"

echo "$recipe" >"$podman.new/complete"
mv "$podman.new" "$podman"
rm -rf "$apt"
