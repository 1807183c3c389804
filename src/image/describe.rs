//! An image that gobuild.toml describes: `[image."registry.corp/base:7"]`.

use super::derive::derive;
use super::facts::{Fact, Image, Libc, Source, User, Version};
use super::reference::{ParseError, Reference};
use super::resolve::{ResolveError, resolve};
use crate::config::origin::Origin;
use crate::platform::Platform;
use crate::suggest::closest;

/// The words for a C library.
const LIBCS: &[&str] = &["glibc", "musl", "uclibc", "none"];

/// What a user says of an image; what is left out stays as `from` has it, or unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Described {
    /// The image it was made from, whose facts are the starting point; see [`derive()`].
    pub from: Option<String>,
    /// `glibc 2.34`, `musl 1.2.5`, either without its version, `uclibc`, or `none`.
    pub libc: Option<String>,
    /// Platforms it is published for.
    pub platforms: Option<Vec<Platform>>,
    /// x86-64 level that its C library demands, 1 to 4.
    pub amd64_level: Option<u8>,
    /// File names of libraries that are there, beside the C library's own. Others stay unknown.
    pub libraries: Option<Vec<String>>,
    /// Whether there is a CA bundle.
    pub ca_certificates: Option<bool>,
    /// Whether there are time zones.
    pub zoneinfo: Option<bool>,
    /// Path of the shell, or `none`.
    pub shell: Option<String>,
    /// All users of `/etc/passwd`.
    pub users: Option<Vec<User>>,
    /// Whether `/tmp` is there and writable.
    pub tmp: Option<bool>,
}

/// What is wrong with a description.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DescribeError {
    /// The name is not a reference.
    #[error(transparent)]
    Name(#[from] ParseError),
    /// `from` names no image.
    #[error("from: {0}")]
    From(ResolveError),
    /// No such C library.
    #[error("`{written}` is not a C library that gobuild knows")]
    Libc {
        /// The text as written.
        written: String,
        /// The same text with the nearest known word.
        suggestion: Option<String>,
    },
    /// A version that is none.
    #[error("`{version}` is not a version of {libc}")]
    Version {
        /// The C library.
        libc: String,
        /// The part that is wrong.
        version: String,
    },
    /// A level that is none.
    #[error("amd64 has the levels 1 to 4, not {0}")]
    Level(u8),
}

impl From<DescribeError> for crate::error::Error {
    fn from(error: DescribeError) -> Self {
        let shown = Self::new(error.to_string());
        match error {
            DescribeError::From(inner) => Self { message: shown.message, ..Self::from(inner) },
            DescribeError::Libc { suggestion: Some(suggestion), .. } => {
                shown.help(format!("did you mean \"{suggestion}\"?"))
            }
            DescribeError::Libc { suggestion: None, .. } => {
                shown.help("write \"glibc 2.34\", \"musl 1.2.5\", \"uclibc\" or \"none\"")
            }
            DescribeError::Version { libc, .. } => {
                let example = if libc == "musl" { "1.2.5" } else { "2.34" };
                shown
                    .help(format!("write \"{libc} {example}\", or \"{libc}\" where the version is not known"))
            }
            DescribeError::Name(_) | DescribeError::Level(_) => shown,
        }
    }
}

/// The image that a table of gobuild.toml describes. `origin` is the place of the table.
pub fn describe(written: &str, options: &Described, origin: Origin) -> Result<Image, DescribeError> {
    let name = written.parse::<Reference>()?.familiar();
    let mut image = match &options.from {
        Some(from) => derive(resolve(from).map_err(DescribeError::From)?),
        None => Image::undescribed(&name),
    };
    image.taken_for = options.from.as_ref().map(|_| format!("made from {}", image.name));
    image.name = name;
    written.clone_into(&mut image.written);
    image.source = Source::Config(origin);

    if let Some(text) = &options.libc {
        let libc = libc(text)?;
        image.libc = Fact::Known(libc);
        image.libc_exceptions.clear();
        image.os = Fact::Known("linux".to_owned());
        // What `from` says of the level is what its own C library demands.
        image.amd64_level = Fact::Unknown;
    }
    if let Some(level) = options.amd64_level {
        if !(1..=4).contains(&level) {
            return Err(DescribeError::Level(level));
        }
        image.amd64_level = Fact::Known(level);
    }
    if let Some(names) = &options.libraries {
        image.libraries.present.extend(names.iter().cloned());
    }
    set(&mut image.platforms, options.platforms.as_ref());
    set(&mut image.users, options.users.as_ref());
    set(&mut image.ca_certificates, options.ca_certificates.as_ref());
    set(&mut image.zoneinfo, options.zoneinfo.as_ref());
    set(&mut image.tmp, options.tmp.as_ref());
    let shell = options.shell.as_ref().map(|path| (path != "none").then(|| path.clone()));
    set(&mut image.shell, shell.as_ref());
    Ok(image)
}

fn set<T: Clone>(cell: &mut Fact<T>, value: Option<&T>) {
    if let Some(value) = value {
        *cell = Fact::Known(value.clone());
    }
}

/// Reads `glibc 2.34`.
fn libc(text: &str) -> Result<Libc, DescribeError> {
    let mut words = text.split_whitespace();
    let name = words.next().unwrap_or_default();
    let version: Vec<&str> = words.collect();
    if !LIBCS.contains(&name) {
        let suggestion = closest(name, LIBCS.iter().copied())
            .map(|known| [&[known], version.as_slice()].concat().join(" "));
        return Err(DescribeError::Libc { written: text.to_owned(), suggestion });
    }
    let wrong = || DescribeError::Version { libc: name.to_owned(), version: version.join(" ") };
    let number: Fact<Version> = match version[..] {
        [] => Fact::Unknown,
        [number] => Fact::Known(number.parse().map_err(|()| wrong())?),
        _ => return Err(wrong()),
    };
    match name {
        "glibc" => Ok(Libc::Glibc(number)),
        "musl" => Ok(Libc::Musl(number)),
        _ if !version.is_empty() => Err(wrong()),
        "uclibc" => Ok(Libc::Uclibc),
        _ => Ok(Libc::None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    const NAME: &str = "registry.corp/base:7";

    fn with_libc(text: &str) -> Result<Image, DescribeError> {
        let options = Described { libc: Some(text.to_owned()), ..Described::default() };
        describe(NAME, &options, Origin::Default)
    }

    #[test]
    fn a_table_makes_known_what_it_says_and_nothing_else() {
        let image = with_libc("glibc 2.34").unwrap();
        assert_eq!(image.libc, Fact::Known(Libc::Glibc(Fact::Known(Version(2, 34, 0)))));
        assert_eq!(image.name, NAME);
        assert_eq!(image.source, Source::Config(Origin::Default));
        assert_eq!((image.zoneinfo, image.amd64_level), (Fact::Unknown, Fact::Unknown));
        for (text, libc) in [
            ("musl 1.2.5", Libc::Musl(Fact::Known(Version(1, 2, 5)))),
            ("glibc", Libc::Glibc(Fact::Unknown)),
            ("none", Libc::None),
            ("uclibc", Libc::Uclibc),
        ] {
            assert_eq!(with_libc(text).unwrap().libc, Fact::Known(libc), "{text}");
        }
    }

    #[test]
    fn another_image_is_the_starting_point() {
        let options = Described {
            from: Some("debian:12-slim".to_owned()),
            ca_certificates: Some(true),
            libraries: Some(vec!["libfoo.so.1".to_owned()]),
            shell: Some("none".to_owned()),
            amd64_level: Some(2),
            ..Described::default()
        };
        let image = describe(NAME, &options, Origin::Default).unwrap();
        assert_eq!(image.libc, Fact::Known(Libc::Glibc(Fact::Known(Version(2, 36, 0)))));
        assert_eq!(image.ca_certificates, Fact::Known(true));
        assert_eq!(image.shell, Fact::Known(None));
        assert_eq!(image.amd64_level, Fact::Known(2));
        assert_eq!(image.platforms, Fact::Unknown);
        assert_eq!(image.taken_for.as_deref(), Some("made from debian:12-slim"));
        assert_eq!(image.library_on(&Platform::linux("amd64"), "libfoo.so.1"), Fact::Known(true));
        assert_eq!(image.library_on(&Platform::linux("amd64"), "libbar.so.1"), Fact::Unknown);
    }

    #[test]
    fn a_wrong_description_says_what_would_be_right() {
        let error = Error::from(with_libc("glbc 2.34").unwrap_err());
        assert_eq!(error.message, "`glbc 2.34` is not a C library that gobuild knows");
        assert_eq!(error.help, ["did you mean \"glibc 2.34\"?"]);
        let error = Error::from(with_libc("bionic").unwrap_err());
        assert_eq!(error.help, ["write \"glibc 2.34\", \"musl 1.2.5\", \"uclibc\" or \"none\""]);
        for text in ["glibc 2", "glibc two", "musl 1.2.5.1", "glibc 2.34 2.35", "none 1.0"] {
            assert!(matches!(with_libc(text), Err(DescribeError::Version { .. })), "{text}");
        }
        let describe = |options| describe(NAME, &options, Origin::Default).unwrap_err();
        let level = describe(Described { amd64_level: Some(5), ..Described::default() });
        assert_eq!(level, DescribeError::Level(5));
        let from = describe(Described { from: Some("apline".to_owned()), ..Described::default() });
        let error = Error::from(from);
        assert_eq!(error.message, "from: no image is known as `apline`");
        assert_eq!(error.help[0], "did you mean `alpine`?");
    }
}
