//! What an image offers. Plain data; whether a binary fits is for [`crate::checks`] to say.

use serde::Serialize;

use super::taken_for::TakenFor;
use crate::origin::Origin;
use crate::platform::Platform;

/// A cell of the facts. Unknown is a value of its own: it is never taken for yes and never for no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fact<T> {
    /// Somebody looked, and this is what is there.
    Known(T),
    /// Nobody looked.
    #[default]
    Unknown,
}

impl<T> Fact<T> {
    /// The value where it is known.
    pub fn known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown => None,
        }
    }

    /// A borrowed view.
    pub const fn as_ref(&self) -> Fact<&T> {
        match self {
            Self::Known(value) => Fact::Known(value),
            Self::Unknown => Fact::Unknown,
        }
    }

    /// Another value where it is known, unknown where it is not.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Fact<U> {
        match self {
            Self::Known(value) => Fact::Known(change(value)),
            Self::Unknown => Fact::Unknown,
        }
    }
}

impl<T> From<Option<T>> for Fact<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Unknown, Self::Known)
    }
}

/// JSON has the word for it: a known cell is its value, an unknown one is the string `"unknown"`.
impl<T: Serialize> Serialize for Fact<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Known(value) => value.serialize(serializer),
            Self::Unknown => serializer.serialize_str("unknown"),
        }
    }
}

/// A dotted version of up to three numbers: glibc's `2.36`, musl's `1.2.5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub u32, pub u32, pub u32);

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.0, self.1)?;
        if self.2 == 0 { Ok(()) } else { write!(f, ".{}", self.2) }
    }
}

impl std::str::FromStr for Version {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('.').map(str::parse::<u32>);
        let mut next = || parts.next().transpose().map_err(|_| ());
        let version = Self(next()?.ok_or(())?, next()?.ok_or(())?, next()?.unwrap_or(0));
        if next()?.is_some() { Err(()) } else { Ok(version) }
    }
}

impl Serialize for Version {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The C library of an image. `None` is the knowledge that there is none (`scratch`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Libc {
    /// There is no C library and no loader.
    None,
    /// GNU libc, of a release where that is known.
    Glibc(Fact<Version>),
    /// musl, of a release where that is known.
    Musl(Fact<Version>),
    /// uClibc-ng, as in some busybox images.
    Uclibc,
}

/// `musl 1.2.5`, and `musl` alone where nobody knows which.
impl std::fmt::Display for Libc {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (name, version) = match self {
            Self::None => return f.write_str("no libc"),
            Self::Uclibc => return f.write_str("uClibc"),
            Self::Glibc(version) => ("glibc", version),
            Self::Musl(version) => ("musl", version),
        };
        match version {
            Fact::Known(version) => write!(f, "{name} {version}"),
            Fact::Unknown => f.write_str(name),
        }
    }
}

impl Serialize for Libc {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A user of the image's `/etc/passwd`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct User {
    /// Login name.
    pub name: String,
    /// Numeric id, which `USER` in a Dockerfile can name without a passwd file.
    pub uid: u32,
}

/// Where the facts come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A row of the embedded catalogue, with the row's own source.
    Catalog(String),
    /// A table of gobuild.toml.
    Config(Origin),
    /// Read from the real thing: a folder, an archive, a local image; the text names it, with its digest
    /// where it has one.
    Read(String),
    /// Nobody has described this image: every cell is unknown.
    Nobody,
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Catalog(source) => write!(f, "catalogue ({source})"),
            Self::Config(origin) => write!(f, "{origin}"),
            Self::Read(what) => write!(f, "read from {what}"),
            Self::Nobody => f.write_str("nobody has described this image"),
        }
    }
}

impl Serialize for Source {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The shared libraries of an image that are not part of its C library.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Libraries {
    /// File names that are there: `libstdc++.so.6`.
    pub present: Vec<String>,
    /// File names that somebody looked for in vain.
    pub absent: Vec<String>,
    /// Whether `present` is all there is. If not, a name in neither list is unknown.
    pub complete: bool,
}

/// Highest symbol versions that the C++ and GCC runtime libraries of the distribution define. They say
/// nothing about whether those libraries are in the image: `libraries` does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RuntimeVersions {
    /// `GLIBCXX_x.y.z` of libstdc++.so.6.
    pub glibcxx: Fact<Version>,
    /// `CXXABI_x.y.z` of libstdc++.so.6.
    pub cxxabi: Fact<Version>,
    /// `GCC_x.y.z` of `libgcc_s.so.1`.
    pub gcc: Fact<Version>,
}

/// Everything that is known of one image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Image {
    /// The image as every message names it, after a floating tag was resolved: `alpine:3.24`.
    pub name: String,
    /// The image as the user wrote it: `alpine`.
    pub written: String,
    /// What a floating or derived tag was taken for.
    pub taken_for: Option<TakenFor>,
    /// Who says so.
    pub source: Source,
    /// Operating system: `linux` or `windows`.
    pub os: Fact<String>,
    /// Platforms that the image is published for. One that is not listed is unknown, not unsupported.
    pub platforms: Fact<Vec<Platform>>,
    /// C library.
    pub libc: Fact<Libc>,
    /// Platforms on which the C library is another one (the arm/v6 entry of busybox is musl).
    pub libc_exceptions: Vec<(Platform, Libc)>,
    /// x86-64 level, 1 to 4, that the image's C library demands on amd64; a static binary does not ask.
    pub amd64_level: Fact<u8>,
    /// Libraries beside the C library's own.
    pub libraries: Libraries,
    /// Versions of the C++ and GCC runtime.
    pub runtime: RuntimeVersions,
    /// Whether a bundle of CA certificates stands where Go looks for one.
    pub ca_certificates: Fact<bool>,
    /// Whether `/usr/share/zoneinfo` has real zones.
    pub zoneinfo: Fact<bool>,
    /// Path of a shell that a shell-form instruction can use; none where there is no `/bin/sh`.
    pub shell: Fact<Option<String>>,
    /// Users of `/etc/passwd`; an empty list where there is no such file.
    pub users: Fact<Vec<User>>,
    /// Whether `/tmp` is there and writable for everybody.
    pub tmp: Fact<bool>,
    /// Whether `/etc/nsswitch.conf` is there.
    pub nsswitch: Fact<bool>,
    /// Whether Go's `mime` finds a table of types beside its own.
    pub mime_types: Fact<bool>,
    /// What an engine starts, from the image's configuration; none where the facts come from something
    /// without one.
    pub run: Option<super::config::RunConfig>,
    /// What was read of the real root file system; none where the facts come from somewhere else. It is
    /// left out of JSON, which has the cells that follow from it.
    #[serde(skip)]
    pub root: Option<std::sync::Arc<super::root::Root>>,
    /// Last day of support as `YYYY-MM-DD`; none for a rolling release.
    pub end_of_life: Fact<Option<String>>,
}

impl Image {
    /// An image that nobody has described: every cell unknown.
    pub fn undescribed(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            written: name.to_owned(),
            taken_for: None,
            source: Source::Nobody,
            os: Fact::Unknown,
            platforms: Fact::Unknown,
            libc: Fact::Unknown,
            libc_exceptions: Vec::new(),
            amd64_level: Fact::Unknown,
            libraries: Libraries::default(),
            runtime: RuntimeVersions::default(),
            ca_certificates: Fact::Unknown,
            zoneinfo: Fact::Unknown,
            shell: Fact::Unknown,
            users: Fact::Unknown,
            tmp: Fact::Unknown,
            nsswitch: Fact::Unknown,
            mime_types: Fact::Unknown,
            run: None,
            root: None,
            end_of_life: Fact::Unknown,
        }
    }

    /// The C library on one platform.
    pub fn libc_on(&self, platform: &Platform) -> Fact<Libc> {
        let exception = self.libc_exceptions.iter().find(|(on, _)| on == platform);
        exception.map_or(self.libc, |(_, libc)| Fact::Known(*libc))
    }

    /// The path of the image's loader on one platform; none where the image is known to have no loader.
    pub fn loader_on(&self, platform: &Platform) -> Fact<Option<&'static str>> {
        match self.libc_on(platform) {
            Fact::Unknown | Fact::Known(Libc::Uclibc) => Fact::Unknown,
            Fact::Known(Libc::None) => Fact::Known(None),
            Fact::Known(Libc::Glibc(_)) => {
                super::loader::glibc(platform).map_or(Fact::Unknown, |path| Fact::Known(Some(path)))
            }
            Fact::Known(Libc::Musl(_)) => {
                super::loader::musl(platform).map_or(Fact::Unknown, |path| Fact::Known(Some(path)))
            }
        }
    }
}
