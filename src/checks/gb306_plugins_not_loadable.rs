//! A program that loads plugins has to be dynamic itself.

use super::traits::PLUGINS;
use super::{Check, Outcome, Subject};
use crate::binary::elf::Linkage;
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb306::PluginsNotLoadable;

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB306, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let (Some(traits), Some(elf)) = (subject.traits, subject.binary.elf()) else { return Outcome::Fits };
    if !traits.has(PLUGINS) || !matches!(elf.linkage(), Linkage::Static | Linkage::StaticPie) {
        return Outcome::Fits;
    }
    let cgo = subject.binary.build_info().and_then(|info| info.setting("CGO_ENABLED"));
    Outcome::misfit(PluginsNotLoadable { function: PLUGINS, without_cgo: cgo == Some("0") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case};

    #[test]
    fn a_dynamic_binary_can_and_others_do_not_ask() {
        Case::new(fix::glibc_go(&["libc.so.6"])).calling(&[PLUGINS]).fits(&CHECK);
        Case::new(fix::static_go()).calling(&[]).fits(&CHECK);
    }

    #[test]
    fn a_static_one_cannot() {
        let details = Case::new(fix::static_go()).calling(&[PLUGINS]).misfit(&CHECK);
        assert_eq!(details.production.unwrap(), "plugin: not implemented");
        assert!(details.cause.unwrap().starts_with("cgo was off"));
    }

    #[test]
    fn where_nobody_looked_nothing_is_said_because_this_is_advice() {
        Case::new(fix::static_go()).fits(&CHECK);
    }
}
