//! What Go's variant variables demand of a processor, and what a platform's variant promises.
//!
//! Source: Go's `internal/buildcfg/cfg.go` and `go help environment`.

use crate::platform::Platform;

/// Whether a processor of a platform satisfies a value of the variant's variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// Every such processor does.
    Satisfied,
    /// The value demands more.
    TooHigh,
    /// The platform does not say, or the value is not one that this version knows.
    Unknown,
}

/// Compares `GOAMD64=v3` (the value alone) with the platform.
pub(super) fn answer(platform: &Platform, value: &str) -> Answer {
    let mut parts = value.split(',');
    let level = parts.next().unwrap_or_default();
    let compared = match (demanded(&platform.arch, level), promised(platform)) {
        (Some(demanded), Some(promised)) if covers(promised, demanded) => Answer::Satisfied,
        (Some(_), Some(_)) => Answer::TooHigh,
        _ => Answer::Unknown,
    };
    parts.map(|option| self::option(platform, option)).fold(compared, worse)
}

/// The highest variant satisfies whatever a file may demand, recorded or not.
pub(super) fn is_highest(platform: &Platform) -> bool {
    let highest = match platform.arch.as_str() {
        "amd64" => "v4",
        "arm" => return matches!(platform.variant.as_deref(), None | Some("v7" | "v8")),
        "arm64" => "v9.5",
        "386" => "sse2",
        "mips" | "mipsle" | "mips64" | "mips64le" => "hardfloat",
        "ppc64" | "ppc64le" => "power10",
        "riscv64" => "rva23u64",
        _ => return true,
    };
    platform.variant.as_deref() == Some(highest)
}

fn worse(one: Answer, other: Answer) -> Answer {
    match (one, other) {
        (Answer::TooHigh, _) | (_, Answer::TooHigh) => Answer::TooHigh,
        (Answer::Unknown, _) | (_, Answer::Unknown) => Answer::Unknown,
        _ => Answer::Satisfied,
    }
}

fn option(platform: &Platform, option: &str) -> Answer {
    match (platform.arch.as_str(), option) {
        ("arm", "softfloat" | "hardfloat") => Answer::Satisfied,
        // Part of every v8.1 and later, and of no plain v8.0.
        ("arm64", "lse") => answer(platform, "v8.1"),
        _ => Answer::Unknown,
    }
}

fn promised(platform: &Platform) -> Option<(u32, u32)> {
    let arch = platform.arch.as_str();
    match platform.variant.as_deref() {
        // Docker and Go agree on what a platform without a variant means.
        None => demanded(arch, default(arch)?),
        Some("v8") if arch == "arm" => Some((8, 0)),
        Some(_) => demanded(arch, &platform.variant_value()?),
    }
}

/// The value that a platform without a variant stands for.
pub(super) fn default(arch: &str) -> Option<&'static str> {
    Some(match arch {
        "386" => "sse2",
        "amd64" => "v1",
        "arm" => "7",
        "arm64" => "v8.0",
        "mips" | "mipsle" | "mips64" | "mips64le" => "hardfloat",
        "ppc64" | "ppc64le" => "power8",
        "riscv64" => "rva20u64",
        _ => return None,
    })
}

fn covers(promised: (u32, u32), demanded: (u32, u32)) -> bool {
    promised.0 >= demanded.0 && promised.1 >= demanded.1
}

/// A value as a pair of levels, each of which has to be covered.
fn demanded(arch: &str, value: &str) -> Option<(u32, u32)> {
    let number = |prefix: &str| value.strip_prefix(prefix)?.parse::<u32>().ok().map(|level| (level, 0));
    match arch {
        "amd64" => number("v"),
        "arm" => number(""),
        "arm64" => {
            let (major, minor) = value.strip_prefix('v')?.split_once('.')?;
            let (major, minor) = (major.parse::<u32>().ok()?, minor.parse::<u32>().ok()?);
            // v9.N has everything of v8.(N+5); v8 has nothing of v9's own.
            match major {
                8 => Some((minor, 0)),
                9 => Some((minor + 5, 1)),
                _ => None,
            }
        }
        "386" | "mips" | "mipsle" | "mips64" | "mips64le" => match value {
            // 387 was a choice until Go 1.15; every processor of today has it.
            "softfloat" | "387" => Some((0, 0)),
            "sse2" | "hardfloat" => Some((1, 0)),
            _ => None,
        },
        "ppc64" | "ppc64le" => number("power"),
        "riscv64" => {
            value.strip_prefix("rva")?.strip_suffix("u64")?.parse::<u32>().ok().map(|year| (year, 0))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_compared_with_what_the_platform_promises() {
        use Answer::{Satisfied, TooHigh, Unknown};
        for (platform, value, expected) in [
            ("linux/amd64", "v1", Satisfied),
            ("linux/amd64", "v2", TooHigh),
            ("linux/amd64/v3", "v3", Satisfied),
            ("linux/amd64/v3", "v4", TooHigh),
            ("linux/amd64", "turbo", Unknown),
            ("linux/arm", "7", Satisfied),
            ("linux/arm/v6", "7", TooHigh),
            ("linux/arm/v6", "5,softfloat", Satisfied),
            ("linux/arm/v5", "6,hardfloat", TooHigh),
            ("linux/arm/v8", "7", Satisfied),
            ("linux/arm64", "v8.0", Satisfied),
            ("linux/arm64", "v8.0,lse", TooHigh),
            ("linux/arm64", "v8.0,crypto", Unknown),
            ("linux/arm64", "v8.1,crypto", TooHigh),
            ("linux/arm64/v8.2", "v8.1,lse", Satisfied),
            ("linux/arm64/v9", "v8.5", Satisfied),
            ("linux/arm64/v9", "v8.6", TooHigh),
            ("linux/arm64/v8.9", "v9.0", TooHigh),
            ("linux/386", "softfloat", Satisfied),
            ("linux/386/softfloat", "sse2", TooHigh),
            ("linux/mips/softfloat", "hardfloat", TooHigh),
            ("linux/mips64le", "hardfloat", Satisfied),
            ("linux/ppc64le", "power9", TooHigh),
            ("linux/ppc64le/power10", "power9", Satisfied),
            ("linux/riscv64", "rva22u64", TooHigh),
        ] {
            assert_eq!(answer(&platform.parse().unwrap(), value), expected, "{platform} {value}");
        }
    }

    #[test]
    fn only_the_highest_variant_needs_no_record() {
        for (platform, highest) in [
            ("linux/amd64/v4", true),
            ("linux/amd64/v3", false),
            ("linux/arm/v7", true),
            ("linux/arm/v6", false),
            ("linux/arm64/v9", false),
            ("linux/s390x", true),
        ] {
            assert_eq!(is_highest(&platform.parse().unwrap()), highest, "{platform}");
        }
    }
}
