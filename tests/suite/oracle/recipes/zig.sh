# Programs with C made by zig: musl, and glibc from a chosen version on. `zig TARGET` is a function.

#: zig-musl matrix
CC="$(zig x86_64-linux-musl)" CGO_ENABLED=1 go build -o "$OUT/app" ./c

#: zig-musl-pie matrix
CC="$(zig x86_64-linux-musl)" CGO_ENABLED=1 go build -buildmode=pie -o "$OUT/app" ./c

#: zig-musl-dynamic matrix
CC="$(zig x86_64-linux-musl)" CGO_ENABLED=1 \
    go build -ldflags='-linkmode=external -extldflags=-dynamic' -o "$OUT/app" ./c

#: zig-musl-net matrix
CC="$(zig x86_64-linux-musl)" CGO_ENABLED=1 \
    go build -ldflags='-linkmode=external -extldflags=-static' -o "$OUT/app" ./net

#: zig-musl-newer matrix
# statx came with musl 1.2.5 (and with glibc 2.28).
CC="$(zig x86_64-linux-musl)" CGO_ENABLED=1 CGO_CFLAGS='-O2 -DFUNCTION=statx -DWEAK=' \
    go build -ldflags='-linkmode=external -extldflags=-dynamic' -o "$OUT/app" ./newer

#: zig-musl-newer-weak matrix
CC="$(zig x86_64-linux-musl)" CGO_ENABLED=1 CGO_CFLAGS='-O2 -DFUNCTION=statx -DWEAK=__attribute__((weak))' \
    go build -ldflags='-linkmode=external -extldflags=-dynamic' -o "$OUT/app" ./newer

#: zig-musl-shared matrix loaded
CC="$(zig x86_64-linux-musl)" CGO_ENABLED=1 go build -buildmode=c-shared -o "$OUT/app" ./shared
loaders

#: zig-musl-cxx matrix
CC="$(zig x86_64-linux-musl)" CXX="$(zigxx x86_64-linux-musl)" CGO_ENABLED=1 go build -o "$OUT/app" ./cxx

#: zig-2.17 matrix
CC="$(zig x86_64-linux-gnu.2.17)" CGO_ENABLED=1 go build -o "$OUT/app" ./c

#: zig-2.28 matrix
CC="$(zig x86_64-linux-gnu.2.28)" CGO_ENABLED=1 go build -o "$OUT/app" ./c

#: zig-2.31 matrix
CC="$(zig x86_64-linux-gnu.2.31)" CGO_ENABLED=1 go build -o "$OUT/app" ./c

#: zig-2.36 matrix
CC="$(zig x86_64-linux-gnu.2.36)" CGO_ENABLED=1 go build -o "$OUT/app" ./c

#: zig-2.41-newer matrix
CC="$(zig x86_64-linux-gnu.2.41)" CGO_ENABLED=1 CGO_CFLAGS='-O2 -DFUNCTION=__isoc23_wcstol -DWEAK=' \
    go build -o "$OUT/app" ./newer

#: zig-2.28-pie matrix
CC="$(zig x86_64-linux-gnu.2.28)" CGO_ENABLED=1 go build -buildmode=pie -o "$OUT/app" ./c

#: zig-2.28-net matrix
# Two more libraries than a link against glibc 2.34 asks for.
CC="$(zig x86_64-linux-gnu.2.28)" CGO_ENABLED=1 go build -o "$OUT/app" ./net

#: zig-2.28-race matrix
CC="$(zig x86_64-linux-gnu.2.28)" CGO_ENABLED=1 go build -race -o "$OUT/app" ./c

#: zig-2.28-cxx matrix
# zig's own C++ library, linked in.
CC="$(zig x86_64-linux-gnu.2.28)" CXX="$(zigxx x86_64-linux-gnu.2.28)" CGO_ENABLED=1 go build -o "$OUT/app" ./cxx

#: zig-2.28-shared matrix loaded
CC="$(zig x86_64-linux-gnu.2.28)" CGO_ENABLED=1 go build -buildmode=c-shared -o "$OUT/app" ./shared
loaders

#: gcc-shared matrix loaded
CGO_ENABLED=1 go build -buildmode=c-shared -o "$OUT/app" ./shared
loaders

#: zig-2.28-plugin matrix loaded
CC="$(zig x86_64-linux-gnu.2.28)" CGO_ENABLED=1 go build -buildmode=plugin -o "$OUT/app" ./plugin
CC="$(zig x86_64-linux-gnu.2.28)" CGO_ENABLED=1 go build -o "$OUT/load-plugin" ./host

#: musl-gcc matrix
CC="$(musl_gcc)" CGO_ENABLED=1 go build -o "$OUT/app" ./c

#: musl-gcc-net matrix
CC="$(musl_gcc)" CGO_ENABLED=1 go build -o "$OUT/app" ./net

#: musl-gcc-pie matrix
CC="$(musl_gcc)" CGO_ENABLED=1 go build -buildmode=pie -o "$OUT/app" ./c

#: musl-gcc-static matrix
CC="$(musl_gcc)" CGO_ENABLED=1 go build -ldflags='-linkmode=external -extldflags=-static' -o "$OUT/app" ./net
