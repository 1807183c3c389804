# What is no program for this system, or is not whole.

#: script
printf '#!/bin/sh\necho oracle ok\n' | program

#: script-with-an-argument
printf '#! /bin/sh -e\necho oracle ok\n' | program

#: script-of-a-missing-interpreter
printf '#!/usr/bin/python3\nprint("oracle ok")\n' | program

#: script-with-carriage-returns
printf '#!/bin/sh\r\necho oracle ok\r\n' | program

#: script-without-a-first-line
printf 'echo oracle ok\n' | program

#: text
printf 'read me\n' | program

#: empty
: | program

#: archive-of-a-package
CGO_ENABLED=0 go build -o "$OUT/app" ./package
chmod 755 "$OUT/app"

#: compressed
CGO_ENABLED=0 go build -o app ./hello
gzip -c app | program

#: windows
GOOS=windows CGO_ENABLED=0 go build -o "$OUT/app" ./hello

#: darwin
GOOS=darwin CGO_ENABLED=0 go build -o "$OUT/app" ./hello

#: darwin-arm64
GOOS=darwin GOARCH=arm64 CGO_ENABLED=0 go build -o "$OUT/app" ./hello

#: freebsd
GOOS=freebsd CGO_ENABLED=0 go build -o "$OUT/app" ./hello

#: netbsd
GOOS=netbsd CGO_ENABLED=0 go build -o "$OUT/app" ./hello

#: openbsd
GOOS=openbsd CGO_ENABLED=0 go build -o "$OUT/app" ./hello

#: wasm
GOOS=wasip1 GOARCH=wasm CGO_ENABLED=0 go build -o "$OUT/app" ./hello

#: arm64
GOARCH=arm64 CGO_ENABLED=0 go build -o "$OUT/app" ./hello

#: arm
GOARCH=arm CGO_ENABLED=0 go build -o "$OUT/app" ./hello

#: s390x
GOARCH=s390x CGO_ENABLED=0 go build -o "$OUT/app" ./hello

#: cut-in-half
CGO_ENABLED=0 go build -o app ./hello
head -c "$(($(stat -c %s app) / 2))" app | program

#: cut-behind-the-header
CGO_ENABLED=0 go build -o app ./hello
head -c 64 app | program

#: cut-in-the-symbols
# Only what no loader reads is gone.
CGO_ENABLED=0 go build -o app ./hello
head -c -1000 app | program

#: dynamic-cut-in-half
CGO_ENABLED=1 go build -o app ./net
head -c "$(($(stat -c %s app) / 2))" app | program

#: not-executable
CGO_ENABLED=0 go build -o "$OUT/app" ./hello
chmod 644 "$OUT/app"

#: executable-for-the-owner-alone
CGO_ENABLED=0 go build -o "$OUT/app" ./hello
chmod 700 "$OUT/app"

#: object-of-go
CGO_ENABLED=0 go tool compile -p main -o "$OUT/app" -importcfg /dev/null package/package.go
chmod 755 "$OUT/app"

#: archive-of-a-package-as-go-leaves-it
CGO_ENABLED=0 go build -o "$OUT/app" ./package
