//! What an image made from another still shares with it.
//!
//! A layer adds; it seldom takes away. So what is there stays there (C library, loader, a shell, a library,
//! certificates), and what is *not* there is unknown again: the next layer may have brought it.

use super::facts::{Fact, Image, Libc};

/// The facts of an image that was made from `base`: same name and source, for the caller to change.
#[must_use]
pub fn derive(mut base: Image) -> Image {
    if base.libc == Fact::Known(Libc::None) {
        base.libc = Fact::Unknown;
    }
    base.libc_exceptions.retain(|(_, libc)| *libc != Libc::None);
    base.platforms = Fact::Unknown;
    base.users = Fact::Unknown;
    base.run = None;
    base.root = None;
    base.end_of_life = Fact::Unknown;
    base.libraries.absent.clear();
    base.libraries.complete = false;
    for cell in [&mut base.ca_certificates, &mut base.zoneinfo, &mut base.tmp, &mut base.nsswitch] {
        if *cell == Fact::Known(false) {
            *cell = Fact::Unknown;
        }
    }
    if base.shell == Fact::Known(None) {
        base.shell = Fact::Unknown;
    }
    base
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::facts::Version;
    use crate::image::resolve;

    #[test]
    fn what_is_there_stays_and_what_is_not_may_have_come() {
        let base = resolve("alpine:3.21").unwrap();
        let derived = derive(base.clone());
        assert_eq!(derived.libc, Fact::Known(Libc::Musl(Fact::Known(Version(1, 2, 5)))));
        assert_eq!(derived.ca_certificates, Fact::Known(true));
        assert_eq!(derived.shell, base.shell);
        assert_eq!(base.zoneinfo, Fact::Known(false));
        assert_eq!(derived.zoneinfo, Fact::Unknown);
        assert_eq!(derived.platforms, Fact::Unknown);
        assert!(derived.libraries.absent.is_empty());

        assert_eq!(derive(resolve("scratch").unwrap()).libc, Fact::Unknown);

        let from_cc = derive(resolve("gcr.io/distroless/cc-debian12").unwrap());
        assert!(from_cc.libraries.present.iter().any(|name| name == "libstdc++.so.6"));
        assert!(!from_cc.libraries.complete);
        assert_eq!(from_cc.users, Fact::Unknown);
        assert_eq!(from_cc.shell, Fact::Unknown);
    }
}
