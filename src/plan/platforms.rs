//! Which platforms to build for: what was typed, what the target lists, what the environment selects.

use super::UserEnv;
use crate::error::{Error, Result};
use crate::image::{Fact, Image};
use crate::origin::{Origin, Sourced};
use crate::platform::{Platform, variant_variable};

/// The platforms of one target, in order, with lines worth saying.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selected {
    /// Platforms to build for.
    pub platforms: Vec<Sourced<Platform>>,
    /// What was taken for what.
    pub notes: Vec<String>,
}

/// Refuses a platform of another system than the image's: no proof is possible there, since nothing of such
/// a file is held against what the image offers. An image that nobody has described may have any system.
pub fn belongs(platform: &Sourced<Platform>, image: &Image) -> Result<()> {
    let Fact::Known(system) = &image.os else { return Ok(()) };
    if *system == platform.value.os {
        return Ok(());
    }
    Err(Error::new(format!("the platform {} contradicts the image {}", platform.value, image.name))
        .detail(format!("  {} was set by {}", platform.value, platform.origin))
        .detail(format!("  {} runs {system} programs", image.name))
        .help(format!("name a platform of the image: {system}/{}", platform.value.arch))
        .help("build for that system: leave the target out, or name an image of that system"))
}

/// Selects. `typed` are `--platform`'s and win over the environment; `listed` are the target's, and
/// `GOOS`, `GOARCH` and the variant's variable select among them.
pub fn select(
    typed: &[Sourced<Platform>],
    listed: &[Sourced<Platform>],
    env: &UserEnv<'_>,
    image: &Image,
) -> Result<Selected> {
    for platform in typed.iter().chain(listed) {
        belongs(platform, image)?;
    }
    let mut selected = Selected::default();
    let arch = env.get("GOARCH");
    if !typed.is_empty() {
        for platform in typed {
            let gives_way = arch.as_ref().filter(|arch| arch.value != platform.value.arch);
            if let Some(arch) = gives_way {
                let note = format!(
                    "GOARCH={} ({}) gives way to --platform {}",
                    arch.value, arch.origin, platform.value
                );
                selected.notes.push(note);
            }
            let platform = if gives_way.is_some() {
                platform.clone()
            } else {
                with_variant(platform, env, &mut selected.notes)?
            };
            selected.platforms.push(platform);
        }
        return Ok(selected);
    }
    if listed.is_empty() {
        let platform = from_environment(env, image)?;
        let platform = with_variant(&platform, env, &mut selected.notes)?;
        selected.platforms.push(platform);
        return Ok(selected);
    }
    let by_arch =
        listed.iter().filter(|platform| arch.as_ref().is_none_or(|arch| arch.value == platform.value.arch));
    let by_arch: Vec<_> = by_arch.collect();
    // A variant's variable selects where one of several is meant: GOARM=6 of linux/arm/v6 and linux/arm/v7.
    let exact: Vec<_> =
        by_arch.iter().copied().filter(|platform| variant_fits(&platform.value, env)).collect();
    let kept = if arch.is_some() && !exact.is_empty() { exact } else { by_arch };
    if kept.is_empty() {
        return Err(no_match(listed, arch.as_ref(), image));
    }
    for platform in kept {
        selected.platforms.push(with_variant(platform, env, &mut selected.notes)?);
    }
    Ok(selected)
}

fn no_match(listed: &[Sourced<Platform>], arch: Option<&Sourced<String>>, image: &Image) -> Error {
    let names: Vec<String> = listed.iter().map(|platform| platform.value.to_string()).collect();
    let asked = arch.map_or_else(String::new, |arch| format!("GOARCH={} ({})", arch.value, arch.origin));
    Error::new(format!("{asked} selects none of the target's platforms"))
        .detail(format!("  {} is listed for {}", image.name, names.join(", ")))
        .help("unset GOARCH to build for all of them, or add the platform to the target in gobuild.toml")
}

/// `linux/` and the architecture of `GOARCH`, or of the machine that builds.
fn from_environment(env: &UserEnv<'_>, image: &Image) -> Result<Sourced<Platform>> {
    let os = match &image.os {
        Fact::Known(os) => os.as_str(),
        Fact::Unknown => "linux",
    };
    let (arch, origin) = match (env.get("GOARCH"), env.host_arch()) {
        (Some(arch), _) => (arch.value, arch.origin),
        (None, Some(host)) => (host.to_owned(), Origin::Because("this machine's architecture".to_owned())),
        (None, None) => {
            return Err(
                Error::new("go env names no GOHOSTARCH").help("name the platform: --platform linux/amd64")
            );
        }
    };
    let platform = format!("{os}/{arch}").parse::<Platform>();
    let platform =
        platform.map_err(|error| Error::new(error.to_string()).detail(format!("  set by {origin}")))?;
    Ok(Sourced::new(platform, origin))
}

fn own_variant(platform: &Platform, env: &UserEnv<'_>) -> Option<Sourced<String>> {
    variant_variable(&platform.arch).and_then(|name| env.get(name))
}

fn variant_fits(platform: &Platform, env: &UserEnv<'_>) -> bool {
    own_variant(platform, env)
        .is_none_or(|own| platform.base().with_variant_value(&own.value).as_ref() == Ok(platform))
}

/// A variant's variable that the user set completes a platform written without a variant, and is refused
/// against one written with another.
fn with_variant(
    platform: &Sourced<Platform>,
    env: &UserEnv<'_>,
    notes: &mut Vec<String>,
) -> Result<Sourced<Platform>> {
    let Some(own) = own_variant(&platform.value, env) else { return Ok(platform.clone()) };
    let name = variant_variable(&platform.value.arch).unwrap_or_default();
    let meant = platform.value.base().with_variant_value(&own.value);
    let meant = meant.map_err(|error| {
        Error::new(format!("{name}={}: {error}", own.value)).detail(format!("  set by {}", own.origin))
    })?;
    if meant == platform.value {
        return Ok(platform.clone());
    }
    if platform.value.variant.is_some() {
        return Err(Error::new(format!("{name}={} contradicts the platform {}", own.value, platform.value))
            .detail(format!("  {name} was set by {}; the platform by {}", own.origin, platform.origin))
            .help(format!("unset {name}, or name the platform {meant}")));
    }
    notes.push(format!("{name}={} ({}) makes {} {meant}", own.value, own.origin, platform.value));
    Ok(Sourced::new(meant, platform.origin.clone()))
}
