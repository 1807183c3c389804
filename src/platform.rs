//! `os/arch[/variant]` as Docker writes it, and what Go calls the same thing.
//!
//! Sources: the OCI image spec (`image-index.md`, platform object), containerd's `platforms.Normalize`
//! for the aliases and defaults, and Go's `internal/buildcfg` for the variables.

use std::fmt;
use std::str::FromStr;

use crate::suggest::closest;

/// A platform. Aliases are normalised on the way in (`aarch64` is `arm64`, `arm64/v8` is `arm64`,
/// `amd64/v1` is `amd64`, `armhf` is `arm/v7`), so that equal platforms compare equal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Platform {
    /// Operating system, Go's and Docker's common name: `linux`, `windows`.
    pub os: String,
    /// Architecture, Go's and Docker's common name: `amd64`, `arm`.
    pub arch: String,
    /// Variant where one was written and is not the default: `v7`, `v3`.
    pub variant: Option<String>,
}

/// Why a text is not a platform.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// Not two or three parts.
    #[error("`{0}` is not a platform: write os/arch or os/arch/variant, as in linux/arm/v7")]
    Form(String),
    /// The operating system is not one that Go builds for.
    #[error("`{platform}`: unknown operating system `{os}`")]
    Os {
        /// The text as written.
        platform: String,
        /// The part that is not known.
        os: String,
    },
    /// The architecture is not one that Go builds for.
    #[error("`{platform}`: unknown architecture `{arch}`")]
    Arch {
        /// The text as written.
        platform: String,
        /// The part that is not known.
        arch: String,
    },
    /// The architecture has no such variant.
    #[error("`{platform}`: {arch} has no variant `{variant}`")]
    Variant {
        /// The text as written.
        platform: String,
        /// The architecture.
        arch: String,
        /// The part that is not known.
        variant: String,
    },
}

/// `go tool dist list`, Go 1.27: every operating system.
pub const SYSTEMS: &[&str] = &[
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "illumos",
    "ios",
    "js",
    "linux",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "wasip1",
    "windows",
];

/// `go tool dist list`, Go 1.27: every architecture.
pub const ARCHITECTURES: &[&str] = &[
    "386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle", "ppc64", "ppc64le",
    "riscv64", "s390x", "wasm",
];

impl Platform {
    /// `linux/ARCH` without a variant.
    pub fn linux(arch: &str) -> Self {
        Self { os: "linux".to_owned(), arch: arch.to_owned(), variant: None }
    }

    /// Go's variable that holds the variant of this architecture, if there is one: `GOARM`, `GOAMD64`.
    pub fn variant_variable(&self) -> Option<&'static str> {
        variant_variable(&self.arch)
    }

    /// The value of [`Self::variant_variable`] for a written variant: `v7` is `GOARM=7`, `v3` is
    /// `GOAMD64=v3`, `v9` of arm64 is `GOARM64=v9.0`. None where no variant was written.
    pub fn variant_value(&self) -> Option<String> {
        let variant = self.variant.as_deref()?;
        Some(match self.arch.as_str() {
            // containerd knows arm/v8, a 32-bit program on an ARMv8 machine; Go's highest is 7.
            "arm" if variant == "v8" => "7".to_owned(),
            "arm" => variant.trim_start_matches('v').to_owned(),
            "arm64" if !variant.contains('.') => format!("{variant}.0"),
            _ => variant.to_owned(),
        })
    }

    /// The platform that a value of the variant's variable stands for, `GOARM=6` on `linux/arm`
    /// being `linux/arm/v6`. Options behind a comma (`GOARM=5,softfloat`) are not part of a platform.
    pub fn with_variant_value(&self, value: &str) -> Result<Self, ParseError> {
        let level = value.split(',').next().unwrap_or(value);
        let variant = if self.arch == "arm" { format!("v{level}") } else { level.to_owned() };
        format!("{}/{}/{variant}", self.os, self.arch).parse()
    }

    /// The same platform without its variant.
    #[must_use]
    pub fn base(&self) -> Self {
        Self { variant: None, ..self.clone() }
    }
}

/// Go's variable for the variant of an architecture (`internal/buildcfg/cfg.go`).
pub fn variant_variable(arch: &str) -> Option<&'static str> {
    Some(match arch {
        "386" => "GO386",
        "amd64" => "GOAMD64",
        "arm" => "GOARM",
        "arm64" => "GOARM64",
        "mips" | "mipsle" => "GOMIPS",
        "mips64" | "mips64le" => "GOMIPS64",
        "ppc64" | "ppc64le" => "GOPPC64",
        "riscv64" => "GORISCV64",
        "wasm" => "GOWASM",
        _ => return None,
    })
}

/// Variants that may be written, per architecture. The first of each is the default and is dropped,
/// except for arm, where containerd says `v7` and keeps it.
fn variants(arch: &str) -> &'static [&'static str] {
    match arch {
        "amd64" => &["v1", "v2", "v3", "v4"],
        "arm" => &["", "v5", "v6", "v7", "v8"],
        "arm64" => &[
            "v8", "v8.0", "v8.1", "v8.2", "v8.3", "v8.4", "v8.5", "v8.6", "v8.7", "v8.8", "v8.9", "v9",
            "v9.0", "v9.1", "v9.2", "v9.3", "v9.4", "v9.5",
        ],
        "386" => &["sse2", "softfloat"],
        "mips" | "mipsle" | "mips64" | "mips64le" => &["hardfloat", "softfloat"],
        "ppc64" | "ppc64le" => &["power8", "power9", "power10"],
        "riscv64" => &["rva20u64", "rva22u64", "rva23u64"],
        _ => &[],
    }
}

fn normalise(arch: &str) -> (&str, Option<&'static str>) {
    match arch {
        "x86_64" | "x86-64" => ("amd64", None),
        "aarch64" => ("arm64", None),
        "i386" | "i686" | "x86" => ("386", None),
        "armhf" => ("arm", Some("v7")),
        "armel" => ("arm", Some("v6")),
        "loongarch64" => ("loong64", None),
        other => (other, None),
    }
}

impl ParseError {
    /// The platform that was most likely meant: `arm64` is `linux/arm64`, since that is what images run on.
    pub fn nearest(&self) -> Option<String> {
        let (Self::Form(written)
        | Self::Os { platform: written, .. }
        | Self::Arch { platform: written, .. }
        | Self::Variant { platform: written, .. }) = self;
        let lower = written.trim().to_lowercase();
        let parts: Vec<&str> = lower.split('/').filter(|part| !part.is_empty()).collect();
        let guess = match parts[..] {
            [arch, ..] if ARCHITECTURES.contains(&normalise(arch).0) => format!("linux/{}", parts.join("/")),
            [os] if SYSTEMS.contains(&os) => format!("{os}/amd64"),
            [arch] => format!("linux/{}", closest(arch, ARCHITECTURES.iter().copied())?),
            [os, arch, ..] => {
                let os = closest(os, SYSTEMS.iter().copied())?;
                let arch = closest(normalise(arch).0, ARCHITECTURES.iter().copied())?;
                format!("{os}/{arch}")
            }
            [] => return None,
        };
        guess.parse().ok().map(|platform: Platform| platform.to_string())
    }
}

impl FromStr for Platform {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let lower = text.trim().to_lowercase();
        let parts: Vec<&str> = lower.split('/').collect();
        let (os, arch, variant) = match parts[..] {
            [os, arch] if !os.is_empty() && !arch.is_empty() => (os, arch, None),
            [os, arch, variant] if parts.iter().all(|part| !part.is_empty()) => (os, arch, Some(variant)),
            _ => return Err(ParseError::Form(text.to_owned())),
        };
        if !SYSTEMS.contains(&os) {
            return Err(ParseError::Os { platform: text.to_owned(), os: os.to_owned() });
        }
        let (arch, implied) = normalise(arch);
        if !ARCHITECTURES.contains(&arch) {
            return Err(ParseError::Arch { platform: text.to_owned(), arch: arch.to_owned() });
        }
        // Docker takes linux/arm/7 for linux/arm/v7.
        let variant = variant.map(|variant| match (arch, variant) {
            ("arm", "5" | "6" | "7" | "8") => format!("v{variant}"),
            _ => variant.to_owned(),
        });
        if let Some(variant) = variant.as_deref()
            && !variants(arch).contains(&variant)
        {
            return Err(ParseError::Variant {
                platform: text.to_owned(),
                arch: arch.to_owned(),
                variant: variant.to_owned(),
            });
        }
        let variant = variant.or_else(|| implied.map(str::to_owned)).filter(|variant| {
            let default = variants(arch).first().copied().unwrap_or_default();
            variant != default && !(arch == "arm64" && variant == "v8.0")
        });
        Ok(Self { os: os.to_owned(), arch: arch.to_owned(), variant })
    }
}

impl serde::Serialize for Platform {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Platform {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.os, self.arch)?;
        match &self.variant {
            Some(variant) => write!(f, "/{variant}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Platform {
        text.parse().unwrap()
    }

    #[test]
    fn aliases_and_defaults_become_one_platform() {
        for (written, meant) in [
            ("linux/amd64", "linux/amd64"),
            ("linux/x86_64", "linux/amd64"),
            ("Linux/AMD64/v1", "linux/amd64"),
            ("linux/amd64/v3", "linux/amd64/v3"),
            ("linux/aarch64", "linux/arm64"),
            ("linux/arm64/v8", "linux/arm64"),
            ("linux/arm64/v9", "linux/arm64/v9"),
            ("linux/armhf", "linux/arm/v7"),
            ("linux/arm/6", "linux/arm/v6"),
            ("linux/arm", "linux/arm"),
            ("linux/i386", "linux/386"),
        ] {
            assert_eq!(parsed(written).to_string(), meant, "{written}");
        }
    }

    #[test]
    fn what_is_not_a_platform_says_which_part() {
        for (text, message) in [
            ("amd64", "is not a platform"),
            ("linux/", "is not a platform"),
            ("a/b/c/d", "is not a platform"),
            ("linx/amd64", "unknown operating system `linx`"),
            ("linux/amd46", "unknown architecture `amd46`"),
            ("linux/amd64/v9", "amd64 has no variant `v9`"),
            ("linux/s390x/v1", "s390x has no variant `v1`"),
        ] {
            let error = text.parse::<Platform>().unwrap_err().to_string();
            assert!(error.contains(message), "{text}: {error}");
        }
    }

    #[test]
    fn what_is_nearly_a_platform_says_which() {
        let nearest = |text: &str| text.parse::<Platform>().unwrap_err().nearest();
        for (text, meant) in [
            ("arm64", "linux/arm64"),
            ("aarch64", "linux/arm64"),
            ("arm/v7", "linux/arm/v7"),
            ("linux", "linux/amd64"),
            ("windows/", "windows/amd64"),
            ("linx/amd64", "linux/amd64"),
            ("linux/amd46", "linux/amd64"),
            ("amd46", "linux/amd64"),
            ("linux/amd64/v9", "linux/amd64"),
        ] {
            assert_eq!(nearest(text).as_deref(), Some(meant), "{text}");
        }
        assert_eq!(nearest("a/b/c/d"), None);
        assert_eq!(nearest("/"), None);
    }

    #[test]
    fn variants_go_to_gos_variables_and_back() {
        for (platform, variable, value) in [
            ("linux/arm/v6", "GOARM", "6"),
            ("linux/amd64/v3", "GOAMD64", "v3"),
            ("linux/arm64/v9", "GOARM64", "v9.0"),
            ("linux/386/softfloat", "GO386", "softfloat"),
            ("linux/riscv64/rva22u64", "GORISCV64", "rva22u64"),
        ] {
            let platform = parsed(platform);
            assert_eq!(platform.variant_variable(), Some(variable));
            assert_eq!(platform.variant_value().as_deref(), Some(value));
        }
        assert_eq!(parsed("linux/arm/v8").variant_value().as_deref(), Some("7"));
        let arm = parsed("linux/arm");
        assert_eq!(arm.with_variant_value("5,softfloat").unwrap(), parsed("linux/arm/v5"));
        assert_eq!(parsed("linux/amd64").with_variant_value("v1").unwrap(), parsed("linux/amd64"));
        assert_eq!(parsed("linux/s390x").variant_variable(), None);
    }
}
