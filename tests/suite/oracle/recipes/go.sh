# What go makes by itself, with and without the standard library's C.
# Each recipe is run on its own, in a copy of ../programs; it leaves $OUT/app and what has to lie beside it.

#: hello-cgo0
CGO_ENABLED=0 go build -o "$OUT/app" ./hello

#: hello-cgo1
CGO_ENABLED=1 go build -o "$OUT/app" ./hello

#: hello-stripped
CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o "$OUT/app" ./hello

#: hello-without-section-headers
CGO_ENABLED=0 go build -o "$OUT/app" ./hello
without_section_headers "$OUT/app"

#: hello-pie-cgo0
CGO_ENABLED=0 go build -buildmode=pie -o "$OUT/app" ./hello

#: hello-pie-cgo1
CGO_ENABLED=1 go build -buildmode=pie -o "$OUT/app" ./hello

#: hello-pie-without-dynamic
# No interpreter and no dynamic section: nobody relocates it.
CGO_ENABLED=0 go build -buildmode=pie -ldflags=-d -o "$OUT/app" ./hello

#: hello-pie-musl-loader
CGO_ENABLED=0 go build -buildmode=pie -ldflags=-I=/lib/ld-musl-x86_64.so.1 -o "$OUT/app" ./hello

#: hello-pie-loader-in-a-store
CGO_ENABLED=0 go build -buildmode=pie -ldflags=-I=/nix/store/abc-glibc-2.40/lib/ld-linux-x86-64.so.2 -o "$OUT/app" ./hello

#: hello-static-pie
CGO_ENABLED=1 go build -buildmode=pie -ldflags='-linkmode=external -extldflags=-static-pie' -o "$OUT/app" ./hello

#: hello-external
GO_EXTLINK_ENABLED=1 CGO_ENABLED=1 go build -o "$OUT/app" ./hello

#: hello-race
CGO_ENABLED=1 go build -race -o "$OUT/app" ./hello

#: hello-fips
GOFIPS140=latest CGO_ENABLED=0 go build -o "$OUT/app" ./hello

#: hello-amd64-v3
GOAMD64=v3 CGO_ENABLED=0 go build -o "$OUT/app" ./hello

#: hello-386
GOARCH=386 CGO_ENABLED=0 go build -o "$OUT/app" ./hello

#: net-cgo0
CGO_ENABLED=0 go build -o "$OUT/app" ./net

#: net-cgo1
CGO_ENABLED=1 go build -o "$OUT/app" ./net

#: net-stripped
CGO_ENABLED=1 go build -trimpath -ldflags='-s -w' -o "$OUT/app" ./net

#: net-without-section-headers
CGO_ENABLED=1 go build -o "$OUT/app" ./net
without_section_headers "$OUT/app"

#: net-pie
CGO_ENABLED=1 go build -buildmode=pie -o "$OUT/app" ./net

#: net-netgo
CGO_ENABLED=1 go build -tags=netgo,osusergo -o "$OUT/app" ./net

#: net-static-said-in-vain
# The linker of go is used, and asks nobody about -static.
CGO_ENABLED=1 go build -ldflags=-extldflags=-static -o "$OUT/app" ./net

#: net-static
CGO_ENABLED=1 go build -ldflags='-linkmode=external -extldflags=-static' -o "$OUT/app" ./net

#: net-static-stripped
CGO_ENABLED=1 go build -ldflags='-s -w -linkmode=external -extldflags=-static' -o "$OUT/app" ./net

#: net-musl-loader
CGO_ENABLED=1 go build -ldflags=-I=/lib/ld-musl-x86_64.so.1 -o "$OUT/app" ./net

#: net-race
CGO_ENABLED=1 go build -race -o "$OUT/app" ./net

#: user-cgo1
CGO_ENABLED=1 go build -o "$OUT/app" ./user

#: user-osusergo
CGO_ENABLED=1 go build -tags=osusergo -o "$OUT/app" ./user

#: user-static
CGO_ENABLED=1 go build -ldflags='-linkmode=external -extldflags=-static' -o "$OUT/app" ./user
