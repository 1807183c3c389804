# A library of the project's own, and the ways in which it is found or is not.

#: library-beside-without-a-path
gcc -shared -fPIC greet.c -o "$OUT/libgreet.so"
CGO_ENABLED=1 CGO_LDFLAGS="-L$OUT -lgreet" go build -o "$OUT/app" ./lib

#: library-in-a-folder-of-the-builder
mkdir gone
gcc -shared -fPIC greet.c -o gone/libgreet.so
CGO_ENABLED=1 CGO_LDFLAGS="-L$PWD/gone -lgreet -Wl,-rpath,$PWD/gone" go build -o "$OUT/app" ./lib

#: library-origin-runpath
gcc -shared -fPIC greet.c -o "$OUT/libgreet.so"
CGO_ENABLED=1 CGO_LDFLAGS="-L$OUT -lgreet" \
    go build -ldflags='-extldflags=-Wl,--enable-new-dtags,-rpath,$ORIGIN' -o "$OUT/app" ./lib

#: library-origin-rpath-in-braces
mkdir "$OUT/lib"
gcc -shared -fPIC greet.c -o "$OUT/lib/libgreet.so"
CGO_ENABLED=1 CGO_LDFLAGS="-L$OUT/lib -lgreet" \
    go build -ldflags='-extldflags=-Wl,--disable-new-dtags,-rpath,${ORIGIN}/lib' -o "$OUT/app" ./lib

#: library-of-a-library-by-runpath
# RUNPATH is for the program's own needs alone: deeper is not found.
gcc -shared -fPIC deeper.c -o "$OUT/libdeeper.so"
gcc -shared -fPIC -DDEEPER greet.c -L"$OUT" -ldeeper -o "$OUT/libgreet.so"
CGO_ENABLED=1 CGO_LDFLAGS="-L$OUT -lgreet -Wl,-rpath-link,$OUT" \
    go build -ldflags='-extldflags=-Wl,--enable-new-dtags,-rpath,$ORIGIN' -o "$OUT/app" ./lib

#: library-of-a-library-by-rpath
# RPATH is for the needs of what was loaded too.
gcc -shared -fPIC deeper.c -o "$OUT/libdeeper.so"
gcc -shared -fPIC -DDEEPER greet.c -L"$OUT" -ldeeper -o "$OUT/libgreet.so"
CGO_ENABLED=1 CGO_LDFLAGS="-L$OUT -lgreet -Wl,-rpath-link,$OUT" \
    go build -ldflags='-extldflags=-Wl,--disable-new-dtags,-rpath,$ORIGIN' -o "$OUT/app" ./lib

#: library-by-absolute-path
gcc -shared -fPIC -Wl,-soname,/app/library-by-absolute-path/libgreet.so greet.c -o "$OUT/libgreet.so"
CGO_ENABLED=1 CGO_LDFLAGS="-L$OUT -lgreet" go build -o "$OUT/app" ./lib

#: library-of-another-architecture-first
# The first folder has an i386 library of the name; the loader goes on to the second.
mkdir "$OUT/first" "$OUT/second"
gcc -shared -fPIC greet.c -o "$OUT/second/libgreet.so"
cp "$OUT/second/libgreet.so" "$OUT/first/libgreet.so"
CGO_ENABLED=1 CGO_LDFLAGS="-L$OUT/second -lgreet" \
    go build -ldflags='-extldflags=-Wl,-rpath,$ORIGIN/first:$ORIGIN/second' -o "$OUT/app" ./lib
# EM_386 in its header.
printf '\x03\x00' | dd of="$OUT/first/libgreet.so" bs=1 seek=18 conv=notrunc status=none

#: library-without-the-symbol
gcc -shared -fPIC greet.c -o "$OUT/libgreet.so"
CGO_ENABLED=1 CGO_LDFLAGS="-L$OUT -lgreet" \
    go build -ldflags='-extldflags=-Wl,-z,now,-rpath,$ORIGIN' -o "$OUT/app" ./lib
gcc -shared -fPIC deeper.c -o "$OUT/libgreet.so"

#: library-without-the-symbol-until-its-call
gcc -shared -fPIC greet.c -o "$OUT/libgreet.so"
CGO_ENABLED=1 CGO_LDFLAGS="-L$OUT -lgreet" \
    go build -ldflags='-extldflags=-Wl,-z,lazy,-rpath,$ORIGIN' -o "$OUT/app" ./lib
gcc -shared -fPIC deeper.c -o "$OUT/libgreet.so"

#: library-without-the-symbol-in-its-version
# The version is there, as in a library with one version for everything, and the function is not.
echo 'V_1 { global: greet; deeper; local: *; };' >versions
gcc -shared -fPIC greet.c -Wl,--version-script=versions -o "$OUT/libgreet.so"
CGO_ENABLED=1 CGO_LDFLAGS="-L$OUT -lgreet" go build -ldflags='-extldflags=-Wl,-rpath,$ORIGIN' -o "$OUT/app" ./lib
gcc -shared -fPIC deeper.c -Wl,--version-script=versions -o "$OUT/libgreet.so"

#: library-that-lost-its-versions
# An older loader ends in an assertion; one of 2.41 warns, and takes any symbol of the name.
echo 'V_1 { global: greet; local: *; };' >versions
gcc -shared -fPIC greet.c -Wl,--version-script=versions -o "$OUT/libgreet.so"
CGO_ENABLED=1 CGO_LDFLAGS="-L$OUT -lgreet" go build -ldflags='-extldflags=-Wl,-rpath,$ORIGIN' -o "$OUT/app" ./lib
gcc -shared -fPIC greet.c -o "$OUT/libgreet.so"

#: library-of-a-library-without-the-symbol
# Not the program but its library asks for a function that the other one no longer has.
gcc -shared -fPIC deeper.c -o "$OUT/libdeeper.so"
gcc -shared -fPIC -DDEEPER greet.c -L"$OUT" -ldeeper -Wl,-rpath,'$ORIGIN' -o "$OUT/libgreet.so"
CGO_ENABLED=1 CGO_LDFLAGS="-L$OUT -lgreet -Wl,-rpath-link,$OUT" \
    go build -ldflags='-extldflags=-Wl,-rpath,$ORIGIN' -o "$OUT/app" ./lib
gcc -shared -fPIC greet.c -o "$OUT/libdeeper.so"

#: library-that-calls-back
# What the library leaves to others to define is the program's own.
gcc -shared -fPIC -DDEEPER greet.c -o "$OUT/libgreet.so"
CGO_ENABLED=1 CGO_LDFLAGS="-L$OUT -lgreet -Wl,--allow-shlib-undefined" \
    go build -ldflags='-extldflags=-Wl,-rpath,$ORIGIN' -o "$OUT/app" ./back

#: library-that-is-a-text
gcc -shared -fPIC greet.c -o "$OUT/libgreet.so"
CGO_ENABLED=1 CGO_LDFLAGS="-L$OUT -lgreet" go build -ldflags='-extldflags=-Wl,-rpath,$ORIGIN' -o "$OUT/app" ./lib
echo 'INPUT(libelsewhere.so)' >"$OUT/libgreet.so"
