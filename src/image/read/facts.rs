//! A tree in, an image out: the order of the questions.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use super::budget::{Budget, of_texts};
use super::tree::Tree;
use super::view::View;
use super::{
    certificates, isa, ldcache, ldconf, libc, libraries, loader, machine, musl_path, places, provided, users,
    zoneinfo,
};
use crate::binary::{self, Format};
use crate::image::config::RunConfig;
use crate::image::facts::{RuntimeVersions, Source};
use crate::image::root::Root;
use crate::image::{Fact, Image, Libc, Version};
use crate::platform::Platform;

/// What is known before a tree is read.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// How the image is called: `alpine:3.20`, or the folder.
    pub name: String,
    /// What it is read from, with its digest where it has one.
    pub from: String,
    /// The platform, where an index says it.
    pub platform: Option<Platform>,
    /// The image's configuration, where it has one.
    pub run: Option<RunConfig>,
}

/// What was read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The facts, [`Image::root`] among them.
    pub image: Image,
    /// What could not be read, in words. It was then taken for missing.
    pub notes: Vec<String>,
}

/// Reads everything that is asked of an image.
///
/// # Errors
///
/// Where the tree's own reader fails on a file that has to be read: the C library, the loader.
pub fn read(tree: &dyn Tree, known: Known) -> io::Result<Reading> {
    read_within(tree, known, &Budget::default())
}

/// The same, of several trees that share what they may take.
///
/// # Errors
///
/// As [`read`], and where it takes too much.
pub fn read_within(tree: &dyn Tree, known: Known, budget: &Budget) -> io::Result<Reading> {
    let Known { name, from, platform, run } = known;
    let platform = platform.or_else(|| run.as_ref().and_then(|run| run.platform.clone()));
    budget.spend(run.as_ref().map_or(0, |run| of_texts(run.texts())))?;
    let mut image = Image { source: Source::Read(from), run, ..Image::undescribed(&name) };
    if let Some(platform) = platform.as_ref().filter(|platform| platform.os != "linux") {
        // Nothing here knows the inside of another system.
        image.os = Fact::Known(platform.os.clone());
        image.platforms = Fact::Known(vec![platform.clone()]);
        return Ok(Reading { image, notes: Vec::new() });
    }
    let view = View::new(tree, budget);
    let mut root = view.root();
    root.elf = libraries::all(&view)?;
    let shell = Shell::read(&view)?;
    let found = choose(&view, &root, platform.as_ref(), shell.as_ref())?;
    let own = found.as_ref().and_then(|found| machine::platform(&root.elf[&found.path]));
    root.platform = platform.or(own).or_else(|| shell.and_then(|shell| shell.platform));
    image.libc = match &found {
        Some(found) => Fact::Known(found.libc),
        None if libc::candidates(&root.elf, None).next().is_some() => Fact::Unknown,
        None => Fact::Known(Libc::None),
    };
    search(&view, &mut root, found.as_ref(), image.run.as_ref())?;
    exports(&view, &mut root)?;
    describe(&view, &root, &mut image, found.as_ref())?;
    root.groups = users::groups(&view);
    root.tmp_mode = places::tmp(&view);
    image.root = Some(Arc::new(root));
    Ok(Reading { image, notes: view.notes() })
}

/// The program behind `/bin/sh`: of several C libraries, the one that it uses is the image's own.
struct Shell {
    interpreter: Option<String>,
    platform: Option<Platform>,
}

impl Shell {
    fn read(view: &View<'_>) -> io::Result<Option<Self>> {
        let Some((path, _)) = view.file("/bin/sh") else { return Ok(None) };
        let Format::Elf(elf) = binary::read(&*view.open(&path)?)?.format else { return Ok(None) };
        let like = crate::image::root::Library {
            bits: if elf.class == binary::elf::Class::Elf64 { 64 } else { 32 },
            big_endian: elf.order == binary::elf::Order::Big,
            machine: elf.machine,
            flags: elf.flags,
            ..Default::default()
        };
        let interpreter = elf.interpreter.as_deref().and_then(|path| view.file(path));
        Ok(Some(Self { interpreter: interpreter.map(|(real, _)| real), platform: machine::platform(&like) }))
    }
}

/// The image's C library: of the platform, and of several the one that the shell uses, else glibc.
fn choose(
    view: &View<'_>,
    root: &Root,
    platform: Option<&Platform>,
    shell: Option<&Shell>,
) -> io::Result<Option<libc::Found>> {
    let platform = platform.or_else(|| shell.and_then(|shell| shell.platform.as_ref()));
    let mut found: Vec<(u8, libc::Looks, libc::Found)> = Vec::new();
    for (path, looks) in libc::candidates(&root.elf, platform) {
        let library = &root.elf[path];
        if let Some(libc) = libc::identify(library, looks, &*view.open(path)?)? {
            found.push((library.bits, looks, libc::Found { path: path.to_owned(), libc }));
        }
    }
    // 64 bits before 32, where nothing names the platform.
    found.sort_by(|a, b| (b.0, a.1, &a.2.path).cmp(&(a.0, b.1, &b.2.path)));
    let interpreter = shell.and_then(|shell| shell.interpreter.as_deref());
    let used =
        interpreter.and_then(|interpreter| {
            let glibc = root.elf.get(interpreter).is_some_and(loader::is_glibc);
            found.iter().position(|(_, looks, found)| {
                if glibc { *looks == libc::Looks::Glibc } else { found.path == interpreter }
            })
        });
    let at = used.unwrap_or(0);
    Ok((at < found.len()).then(|| found.swap_remove(at).2))
}

/// Where the loaders look.
fn search(
    view: &View<'_>,
    root: &mut Root,
    found: Option<&libc::Found>,
    run: Option<&RunConfig>,
) -> io::Result<()> {
    let usual = root.platform.as_ref().and_then(|platform| {
        let path = crate::image::loader::glibc(platform)?;
        root.library(path).map(|(real, _)| real)
    });
    let fits = |library: &crate::image::root::Library| {
        root.platform.as_ref().is_none_or(|platform| machine::fits(library, platform))
    };
    let mut loaders = root.elf.iter().filter(|(_, library)| loader::is_glibc(library) && fits(library));
    let loader = usual.or_else(|| loaders.next().map(|(path, _)| path.clone()));
    if let Some(loader) = loader {
        let file = view.open(&loader)?;
        root.system_dirs = loader::system_dirs(&*file)?;
        if let Some(found) = found {
            one_release(root, found, &loader, libc::glibc_release(&*file)?);
        }
    }
    root.conf_dirs = ldconf::dirs(view);
    root.cache = ldcache::read(view);
    let cached = root.cache.iter().flatten().flat_map(|(name, path)| [name.as_str(), path]);
    view.spend(of_texts(cached) + of_texts(root.conf_dirs.iter().map(String::as_str)))?;
    let of_platform = root.platform.as_ref().and_then(crate::image::loader::musl);
    let own_loader = of_platform.or_else(|| found.map(|found| found.path.as_str()));
    root.musl_path = own_loader.and_then(|loader| musl_path::dirs(view, loader));
    let library_path = run.and_then(|run| run.variable("LD_LIBRARY_PATH")).unwrap_or_default();
    let parts = library_path.split([':', ';']).map(str::to_owned);
    root.library_path = if library_path.is_empty() { Vec::new() } else { parts.collect() };
    Ok(())
}

/// glibc and its loader know each other's insides: of two releases they start nothing.
fn one_release(root: &mut Root, found: &libc::Found, loader: &str, said: Option<Version>) {
    let (Libc::Glibc(Fact::Known(own)), Some(said)) = (found.libc, said) else { return };
    if own != said
        && let Some(library) = root.elf.get_mut(&found.path)
    {
        library.inconsistencies.push(format!("it is of glibc {own}, and the loader {loader} of {said}"));
    }
}

/// The names that libraries have for others and leave to them. With musl, which has no versions, of every
/// file; else without the modules that programs open by themselves (for character sets, of interpreters),
/// which lie beside the libraries and which nobody asks for by name.
fn exports(view: &View<'_>, root: &mut Root) -> io::Result<()> {
    let musl = libc::candidates(&root.elf, None).filter(|(_, looks)| *looks == libc::Looks::Musl);
    let musl: BTreeSet<u16> = musl.map(|(path, _)| root.elf[path].machine).collect();
    let is_named = |path: &str| path.rsplit('/').next().is_some_and(|name| name.starts_with("lib"));
    for (path, library) in &mut root.elf {
        if library.soname.is_some() || is_named(path) || musl.contains(&library.machine) {
            libraries::symbols(view, path, library)?;
        }
    }
    Ok(())
}

/// The cells of the image.
fn describe(view: &View<'_>, root: &Root, image: &mut Image, found: Option<&libc::Found>) -> io::Result<()> {
    let platform = root.platform.as_ref();
    image.os = Fact::Known(platform.map_or_else(|| "linux".to_owned(), |platform| platform.os.clone()));
    image.platforms = platform.map(|platform| vec![platform.clone()]).into();
    image.amd64_level = match found {
        Some(found) if platform.is_some_and(|platform| platform.arch == "amd64") => {
            Fact::Known(isa::level(&*view.open(&found.path)?)?)
        }
        _ => Fact::Unknown,
    };
    image.libraries = provided::libraries(view, root, image.libc, platform);
    image.runtime = RuntimeVersions {
        glibcxx: highest(root, "libstdc++.so.6", "GLIBCXX_"),
        cxxabi: highest(root, "libstdc++.so.6", "CXXABI_"),
        gcc: highest(root, "libgcc_s.so.1", "GCC_"),
    };
    let run = image.run.as_ref();
    image.ca_certificates = Fact::Known(certificates::there(view, run));
    image.zoneinfo = Fact::Known(zoneinfo::there(view, run));
    image.shell = Fact::Known(places::shell(view));
    image.users = Fact::Known(users::users(view));
    image.tmp = Fact::Known(places::tmp(view).is_some_and(places::writable));
    image.nsswitch = Fact::Known(places::nsswitch(view));
    image.mime_types = Fact::Known(places::mime_types(view));
    Ok(())
}

/// The highest version of a namespace that a library of this name defines.
fn highest(root: &Root, soname: &str, prefix: &str) -> Fact<Version> {
    let libraries = root.elf.values().filter(|library| library.soname.as_deref() == Some(soname));
    let names = libraries.flat_map(|library| library.verdef.iter().flatten());
    let versions = names.filter_map(|name| name.strip_prefix(prefix)?.parse::<Version>().ok());
    versions.max().into()
}

#[cfg(test)]
mod tests;
