//! One thing to build for: an image, its platforms, and the table that names it.

use crate::config::build::Build as Table;
use crate::error::{Error, Result};
use crate::image::{Fact, Image};
use crate::origin::{Origin, Sourced};
use crate::platform::Platform;

/// One thing to build for.
#[derive(Clone)]
pub(super) struct Target {
    /// The target's name, or the image as it was written.
    pub(super) name: String,
    pub(super) image: Image,
    pub(super) origin: Origin,
    /// Whether it stood on the command line: then what contradicts it is refused, not stepped aside from.
    pub(super) typed: bool,
    /// Platforms that the target lists.
    pub(super) listed: Vec<Sourced<Platform>>,
    /// The `[target.…]` table, if it is one.
    pub(super) table: Option<Table>,
    /// What was read of the real image, one for each platform; none where the facts are only said.
    pub(super) real: Vec<Image>,
    /// Whether nothing else is known of it than what was read.
    pub(super) only_real: bool,
}

impl Target {
    /// A target that is what was read: of a folder, an archive, an engine.
    pub(super) fn read(name: &str, real: Vec<Image>, origin: Origin) -> Result<Self> {
        let mut target = Self {
            name: name.to_owned(),
            image: merged(&real).ok_or_else(|| Error::new(format!("{name} has no image")))?,
            origin,
            typed: true,
            listed: Vec::new(),
            table: None,
            real,
            only_real: true,
        };
        target.list_own();
        Ok(target)
    }

    pub(super) fn list_own(&mut self) {
        let own = self.real.iter().filter_map(|image| image.platforms.as_ref().known()).flatten();
        let origin = || Origin::Image(format!("the platform of {}", self.image.name));
        self.listed = own.map(|platform| Sourced::new(platform.clone(), origin())).collect();
    }

    /// The target with the facts of one platform.
    pub(super) fn on(&self, platform: &Platform) -> Result<Self> {
        let known = |image: &&Image| match image.platforms.as_ref() {
            Fact::Known(all) => all.iter().any(|own| own.base() == platform.base()),
            Fact::Unknown => true,
        };
        let exact =
            |image: &&Image| image.platforms.as_ref().known().is_some_and(|all| all.contains(platform));
        let image = self.real.iter().find(exact).or_else(|| self.real.iter().find(known));
        match image {
            Some(image) => Ok(Self { image: image.clone(), ..self.clone() }),
            None if !self.real.is_empty() => {
                let there = self.real.iter().filter_map(|image| image.platforms.as_ref().known()).flatten();
                let there = there.map(ToString::to_string).collect::<Vec<_>>().join(", ");
                let error = Error::new(format!("{} is for {there}, not for {platform}", self.image.name));
                let error = error.detail(format!("  {}", self.image.source));
                Err(if self.only_real {
                    error
                } else {
                    error.help(format!("gobuild image pin {} --platform {platform}", self.image.written))
                })
            }
            None => Ok(self.clone()),
        }
    }
}

/// One image for all platforms of several: the first one's facts.
pub(super) fn merged(real: &[Image]) -> Option<Image> {
    let mut image = real.first()?.clone();
    let all: Vec<Platform> =
        real.iter().filter_map(|image| image.platforms.as_ref().known()).flatten().cloned().collect();
    image.platforms = if all.is_empty() { Fact::Unknown } else { Fact::Known(all) };
    Some(image)
}
