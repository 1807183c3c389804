#!/usr/bin/env bash
# podman and buildah, for the tests that build Dockerfiles with them, in .tools/podman: the distribution's packages,
# unpacked. Nothing is installed: a podman of the machine would be taken for its container engine.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

podman=$TOOLS/podman
rows=("$TOOLS"/cache/fetched/podman{,-needs})
recipe=$(cat "$0" "${rows[@]}" | sha256sum | cut -c -64)
if [ "$(cat "$podman/complete" 2>/dev/null)" = "$recipe" ]; then exit 0; fi

rm -rf "$podman" "$podman.new"
mkdir -p "$podman.new"/{root,libraries,home/.config/containers}
# The packages that the rows name.
mapfile -t packages < <(sed -n 's/_.*\.deb$//p' "${rows[@]}")
lay "$podman.new/root" own "${packages[@]}"
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
