# Programs with parts in C and C++, made by the machine's gcc.

#: c
CGO_ENABLED=1 go build -o "$OUT/app" ./c

#: c-stripped
CGO_ENABLED=1 go build -trimpath -ldflags='-s -w' -o "$OUT/app" ./c

#: c-pie
CGO_ENABLED=1 go build -buildmode=pie -o "$OUT/app" ./c

#: c-static
CGO_ENABLED=1 go build -ldflags=-extldflags=-static -o "$OUT/app" ./c

#: c-static-pie
CGO_ENABLED=1 go build -buildmode=pie -ldflags=-extldflags=-static-pie -o "$OUT/app" ./c

#: c-race
CGO_ENABLED=1 go build -race -o "$OUT/app" ./c

#: c-asan
# libasan.so of the machine's gcc, which no root has.
CGO_ENABLED=1 go build -asan -o "$OUT/app" ./c

#: c-relr
CGO_ENABLED=1 go build -buildmode=pie -ldflags='-extldflags=-Wl,-z,pack-relative-relocs' -o "$OUT/app" ./c

#: c-relr-hello
# Packed relocations and no symbol of a newer glibc than 2.34's.
CGO_ENABLED=1 go build -buildmode=pie -ldflags='-linkmode=external -extldflags=-Wl,-z,pack-relative-relocs' -o "$OUT/app" ./hello

#: c-level-v3
# The note that glibc's loader reads, whatever the instructions are.
CGO_ENABLED=1 go build -ldflags='-extldflags=-Wl,-z,x86-64-v3' -o "$OUT/app" ./c

#: c-hash-style-sysv
CGO_ENABLED=1 go build -ldflags='-extldflags=-Wl,--hash-style=sysv' -o "$OUT/app" ./c

#: c-bind-now
CGO_ENABLED=1 go build -ldflags='-extldflags=-Wl,-z,now,-z,relro' -o "$OUT/app" ./c

#: c-without-default-folders
CGO_ENABLED=1 go build -ldflags='-extldflags=-Wl,-z,nodefaultlib' -o "$OUT/app" ./c

#: c-musl-loader
# Everything that glibc's libraries are asked for here is in musl too.
CGO_ENABLED=1 go build -ldflags='-extldflags=-Wl,--dynamic-linker=/lib/ld-musl-x86_64.so.1' -o "$OUT/app" ./c

#: c-musl-loader-fortified
# ... and here something is not: __printf_chk.
CGO_ENABLED=1 CGO_CFLAGS='-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2' \
    go build -ldflags='-extldflags=-Wl,--dynamic-linker=/lib/ld-musl-x86_64.so.1' -o "$OUT/app" ./c

#: c-private
# A symbol that glibc keeps for itself.
CGO_ENABLED=1 CGO_CFLAGS='-O2 -DFUNCTION=__libc_early_init -DWEAK=' go build -o "$OUT/app" ./newer

#: c-newer
# strlcpy of glibc 2.38, linked against the library of a newer suite than this machine's may be.
CGO_ENABLED=1 CGO_CFLAGS='-O2 -DFUNCTION=strlcpy -DWEAK=' \
    CGO_LDFLAGS="$PACKAGES/trixie/amd64/libc6/usr/lib/x86_64-linux-gnu/libc.so.6" \
    go build -ldflags=-extldflags=-Wl,--allow-shlib-undefined -o "$OUT/app" ./newer

#: c-newer-weak-symbol
# The symbol may be missing, but the version may not: it is a matter of the whole library.
CGO_ENABLED=1 CGO_CFLAGS='-O2 -DFUNCTION=strlcpy -DWEAK=__attribute__((weak))' \
    CGO_LDFLAGS="$PACKAGES/trixie/amd64/libc6/usr/lib/x86_64-linux-gnu/libc.so.6" \
    go build -ldflags=-extldflags=-Wl,--allow-shlib-undefined -o "$OUT/app" ./newer

#: c-newer-weak-version
# The version may be missing too: the loader lets a version with this flag go.
CGO_ENABLED=1 CGO_CFLAGS='-O2 -DFUNCTION=strlcpy -DWEAK=__attribute__((weak))' \
    CGO_LDFLAGS="$PACKAGES/trixie/amd64/libc6/usr/lib/x86_64-linux-gnu/libc.so.6" \
    go build -ldflags=-extldflags=-Wl,--allow-shlib-undefined -o "$OUT/app" ./newer
go run ./weaken "$OUT/app" GLIBC_2.38

#: cxx
CGO_ENABLED=1 go build -o "$OUT/app" ./cxx

#: cxx-static-libgcc
CGO_ENABLED=1 go build -ldflags='-extldflags=-static-libgcc' -o "$OUT/app" ./cxx

#: cxx-static-libstdcxx
CGO_ENABLED=1 go build -ldflags='-extldflags "-static-libgcc -static-libstdc++"' -o "$OUT/app" ./cxx

#: cxx-static
CGO_ENABLED=1 go build -ldflags=-extldflags=-static -o "$OUT/app" ./cxx

#: cxx-runpath-to-the-distribution
# The folder in which another suite's library may lie.
CGO_ENABLED=1 go build -ldflags='-extldflags=-Wl,-rpath,/opt/lib' -o "$OUT/app" ./cxx

#: c-libgcc
CGO_ENABLED=1 go build -ldflags='-extldflags "-shared-libgcc -Wl,--no-as-needed -lgcc_s"' -o "$OUT/app" ./c

#: c-archive-of-go
CGO_ENABLED=1 go build -buildmode=c-archive -o "$OUT/app" ./shared
chmod 755 "$OUT/app"

#: object
gcc -c greet.c -o "$OUT/app"
chmod 755 "$OUT/app"

#: plain-c
# Not Go at all.
printf '#include <stdio.h>\nint main(void) { puts("oracle ok"); return 0; }\n' >plain.c
gcc -O2 plain.c -o "$OUT/app"

#: plain-c-static
printf '#include <stdio.h>\nint main(void) { puts("oracle ok"); return 0; }\n' >plain.c
gcc -O2 -static plain.c -o "$OUT/app"
