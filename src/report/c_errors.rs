//! What compilers, linkers and go say where the C half of a build goes wrong, with cause and fix. Their own words
//! are shown whole, before.

/// A line that is known.
struct Known {
    /// A part of it.
    says: &'static str,
    cause: &'static str,
    fix: &'static str,
}

const KNOWN: &[Known] = &[
    Known {
        says: "relocation target getaddrinfo not defined",
        cause: "go linked by itself, which it cannot do with a static C library (golang/go#44695)",
        fix: "add -linkmode=external to -ldflags, or leave CC to gobuild",
    },
    Known {
        says: "libc of the specified target requires dynamic linking",
        cause: "zig has glibc as a shared library only",
        fix: "leave -static out for an image with glibc, or take -target …-linux-musl",
    },
    Known {
        says: "bx not available",
        cause: "clang cannot make C for ARMv5",
        fix: "set CC to a cross compiler: apt-get install gcc-arm-linux-gnueabi",
    },
    Known {
        says: "C compiler \"gcc\" not found",
        cause: "cgo is on, and no C compiler was named or found",
        fix: "pip install ziglang, or leave cgo to gobuild: unset CGO_ENABLED",
    },
    Known {
        says: "build constraints exclude all Go files",
        cause: "every file of that package needs cgo, another platform, or a tag",
        fix: "leave cgo to gobuild: unset CGO_ENABLED, and cgo = \"auto\" in gobuild.toml",
    },
    Known {
        says: "off64_t",
        cause: "musl 1.2.4 and newer show the names for large files only to those who ask",
        fix: "CGO_CPPFLAGS=-D_LARGEFILE64_SOURCE",
    },
    Known {
        says: "__strdup",
        cause: "a compiled library that was made for glibc is linked with musl",
        fix: "look for the tag with which the package takes its library for musl: -tags=musl",
    },
    Known {
        says: "no such instruction: `stp ",
        cause: "the C compiler makes programs for this machine, not for the image's platform",
        fix: "unset CC, or set it to a compiler for that platform",
    },
    Known {
        says: "in statically linked applications requires at runtime the shared libraries",
        cause: "glibc looks names up with libraries that it loads, and the image needs the very same glibc for that",
        fix: "-tags=netgo,osusergo, or a static link with musl: unset CC",
    },
];

/// The parts to look for, for [`advice`].
pub fn watched() -> Vec<&'static str> {
    KNOWN.iter().map(|known| known.says).collect()
}

/// What is said after a build in which those parts were seen, bit N for the Nth.
pub fn advice(seen: u64) -> String {
    let seen = KNOWN.iter().enumerate().filter(|(index, _)| seen >> index & 1 == 1);
    seen.fold(String::new(), |text, (_, known)| {
        text + "  because: " + known.cause + "\n  help: " + known.fix + "\n"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_known_line_has_its_cause_and_its_fix() {
        assert_eq!(advice(0), "");
        let second = advice(0b10);
        assert!(second.starts_with("  because: zig has glibc") && second.contains("\n  help: leave -static"));
        assert_eq!(advice(u64::MAX).lines().count(), 2 * watched().len());
        for (index, part) in watched().iter().enumerate() {
            let same = watched().iter().filter(|other| other.contains(part)).count();
            assert_eq!(same, 1, "{index} is part of another");
        }
    }
}
