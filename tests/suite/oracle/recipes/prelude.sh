# What every recipe can use. PACKAGES, TOOLS and OUT are set by the test.
set -euo pipefail

# What comes in is the binary, and may be executed.
program() {
    cat >"$OUT/app"
    chmod 755 "$OUT/app"
}

# without_section_headers FILE: as strip --strip-section-headers does, which only new binutils know.
# e_shoff is 8 bytes at 40, e_shentsize, e_shnum and e_shstrndx are 6 bytes at 58 (ELF64).
without_section_headers() {
    head -c 8 /dev/zero | dd of="$1" bs=1 seek=40 conv=notrunc status=none
    head -c 6 /dev/zero | dd of="$1" bs=1 seek=58 conv=notrunc status=none
}

zig() { echo "$TOOLS/zig/ziglang/zig cc -target $1"; }
zigxx() { echo "$TOOLS/zig/ziglang/zig c++ -target $1"; }

# The package's own wrapper knows one place for its files, so they are named again here.
musl_gcc() {
    local root=$PACKAGES/bookworm/amd64
    local specs=$PWD/musl-gcc.specs
    sed -e "s#/usr/include/x86_64-linux-musl#$root/musl-dev/usr/include/x86_64-linux-musl#g" \
        -e "s#-L/usr/lib#-L$root/musl/lib/x86_64-linux-musl &#" \
        -e "s#/usr/lib/x86_64-linux-musl#$root/musl-dev/usr/lib/x86_64-linux-musl#g" \
        "$root"/musl-dev/usr/lib/x86_64-linux-musl/musl-gcc.specs >"$specs"
    echo "gcc -specs $specs"
}

# Programs that load a C library and call it, for either libc.
loaders() {
    $(zig x86_64-linux-gnu.2.17) -O2 load.c -o "$OUT/load-glibc" -ldl
    $(musl_gcc) -O2 load.c -o "$OUT/load-musl"
}
