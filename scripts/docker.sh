#!/usr/bin/env bash
# A container engine for the test that starts a container, on a machine where none runs and where this
# may be root: `scripts/docker.sh start` installs and starts one beside everything else, without network
# and with all of its state in one temporary folder; `scripts/docker.sh stop` ends it.
# `start` prints the DOCKER_HOST to use on standard output.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

state=$TOOLS/docker
mkdir -p "$state"

start() {
    [ "$(id -u)" = 0 ] || die "only root can start a container engine"
    if ! command -v dockerd >/dev/null; then
        command -v apt-get >/dev/null || die "dockerd was not found, and there is no apt-get to install it"
        quietly "$TOOLS/log/docker-update.txt" apt-get -qq update || die "apt-get cannot read the package lists"
        quietly "$TOOLS/log/docker-install.txt" env DEBIAN_FRONTEND=noninteractive \
            apt-get -qq install --yes --no-install-recommends docker.io || die "apt-get cannot install docker.io"
    fi
    # A socket's path may have 107 bytes, which a checkout's own path can exceed.
    local folder
    folder=$(mktemp -d /tmp/gobuild-docker.XXXXXX)
    echo "$folder" >"$state/folder"
    # overlay2 needs a file system below that it can lie on. vfs asks nothing of it, and copies everything for each step.
    local driver pid
    for driver in overlay2 vfs; do
        # No bridge, since the containers get no network.
        setsid dockerd --host "unix://$folder/socket" --data-root "$folder/data" --exec-root "$folder/exec" \
            --pidfile "$folder/pid" --storage-driver "$driver" --bridge none --iptables=false --ip6tables=false \
            >"$state/dockerd.txt" 2>&1 </dev/null &
        pid=$!
        if answers "$pid" "$folder/socket"; then
            echo "unix://$folder/socket"
            return
        fi
    done
    tail -n 20 "$state/dockerd.txt" >&2
    stop
    die "dockerd did not answer within 30 seconds (its last words are above, all of them in $state/dockerd.txt)"
}

# answers PID SOCKET: whether the daemon does within 30 seconds; not, where it has ended.
answers() {
    local attempt
    for attempt in $(seq 60); do
        if DOCKER_HOST=unix://$2 docker version >/dev/null 2>&1; then return; fi
        kill -0 "$1" 2>/dev/null || return 1
        sleep 0.5
    done
    return 1
}

stop() {
    local folder pid attempt
    folder=$(cat "$state/folder" 2>/dev/null) || return 0
    if pid=$(cat "$folder/pid" 2>/dev/null); then
        kill "$pid" 2>/dev/null || true
        for attempt in $(seq 40); do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.25
        done
    fi
    rm -rf "$folder" "$state/folder"
}

case ${1:-} in
start) start ;;
stop) stop ;;
*) die "usage: scripts/docker.sh start|stop" ;;
esac
