# Other architectures: Go alone, and with C made by zig for glibc and for musl.

#: 386-hello matrix 386
GOARCH=386 CGO_ENABLED=0 go build -o "$OUT/app" ./hello

#: 386-glibc matrix 386
GOARCH=386 CC="$(zig x86-linux-gnu.2.28)" CGO_ENABLED=1 go build -o "$OUT/app" ./c

#: 386-musl matrix 386
GOARCH=386 CC="$(zig x86-linux-musl)" CGO_ENABLED=1 go build -o "$OUT/app" ./c

#: arm64-hello matrix arm64
GOARCH=arm64 CGO_ENABLED=0 go build -o "$OUT/app" ./hello

#: arm64-pie matrix arm64
GOARCH=arm64 CGO_ENABLED=0 go build -buildmode=pie -o "$OUT/app" ./hello

#: arm64-glibc matrix arm64
GOARCH=arm64 CC="$(zig aarch64-linux-gnu.2.28)" CGO_ENABLED=1 go build -o "$OUT/app" ./c

#: arm64-glibc-net matrix arm64
GOARCH=arm64 CC="$(zig aarch64-linux-gnu.2.28)" CGO_ENABLED=1 go build -o "$OUT/app" ./net

#: arm64-glibc-newer matrix arm64
GOARCH=arm64 CC="$(zig aarch64-linux-gnu.2.38)" CGO_ENABLED=1 CGO_CFLAGS='-O2 -DFUNCTION=__isoc23_wcstol -DWEAK=' \
    go build -o "$OUT/app" ./newer

#: arm64-musl matrix arm64
GOARCH=arm64 CC="$(zig aarch64-linux-musl)" CGO_ENABLED=1 go build -o "$OUT/app" ./c

#: arm64-musl-dynamic matrix arm64
GOARCH=arm64 CC="$(zig aarch64-linux-musl)" CGO_ENABLED=1 \
    go build -ldflags='-linkmode=external -extldflags=-dynamic' -o "$OUT/app" ./c

#: arm-v7-hello matrix arm
GOARCH=arm GOARM=7 CGO_ENABLED=0 go build -o "$OUT/app" ./hello

#: arm-v5-hello matrix arm
GOARCH=arm GOARM=5 CGO_ENABLED=0 go build -o "$OUT/app" ./hello

#: arm-v7-glibc matrix arm
GOARCH=arm GOARM=7 CC="$(zig arm-linux-gnueabihf.2.28)" CGO_ENABLED=1 go build -o "$OUT/app" ./c

#: s390x-hello matrix s390x
GOARCH=s390x CGO_ENABLED=0 go build -o "$OUT/app" ./hello

#: s390x-glibc matrix s390x
GOARCH=s390x CC="$(zig s390x-linux-gnu.2.28)" CGO_ENABLED=1 go build -o "$OUT/app" ./c

#: s390x-glibc-net matrix s390x
GOARCH=s390x CC="$(zig s390x-linux-gnu.2.28)" CGO_ENABLED=1 go build -o "$OUT/app" ./net

#: ppc64le-hello matrix ppc64le
GOARCH=ppc64le CGO_ENABLED=0 go build -o "$OUT/app" ./hello

#: ppc64le-pie matrix ppc64le
GOARCH=ppc64le CGO_ENABLED=0 go build -buildmode=pie -o "$OUT/app" ./hello

#: ppc64le-glibc matrix ppc64le
GOARCH=ppc64le CC="$(zig powerpc64le-linux-gnu.2.32)" CGO_ENABLED=1 go build -o "$OUT/app" ./c

#: riscv64-hello matrix riscv64
GOARCH=riscv64 CGO_ENABLED=0 go build -o "$OUT/app" ./hello

#: riscv64-glibc matrix riscv64
GOARCH=riscv64 CC="$(zig riscv64-linux-gnu.2.28)" CGO_ENABLED=1 go build -o "$OUT/app" ./c
