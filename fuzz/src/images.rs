//! Images on any bytes: layers, the loader's cache, text files of a root, documents. Each reader may refuse
//! what it is shown; it must not panic, lead out of the root, or keep more than its limits say.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Seek, Write};

use gobuild::binary::ReadAt;
use gobuild::config::lock::Lock;
use gobuild::host::file::OpenFile;
use gobuild::image::RunConfig;
use gobuild::image::read::{self, Entry, Kind, Known, Reading, Tree};
use gobuild::source::archive::Archive;
use gobuild::source::limits::Limits;
use gobuild::source::tally::Tally;
use gobuild::source::{ImageSource as _, read_image};

const BLOCK: usize = 512;

/// What an image may have here: little, so that a leak shows at once.
fn limits() -> Limits {
    Limits {
        names: 500,
        memory: 256 << 10,
        unpacked: 8 << 20,
        free: 256 << 10,
        kept: 1 << 20,
        document: 64 << 10,
        layers: 8,
        manifests: 8,
        ..Limits::default()
    }
}

/// Any bytes as layers. The first byte chooses: a root's archive as it is (packed, or with documents of its
/// own); one whose headers are given right checksums; two such layers of an image, parted where the second
/// byte says; one packed layer of an image.
pub fn layers(bytes: &[u8]) {
    let [choice, bytes @ ..] = bytes else { return };
    match choice % 4 {
        0 => archive(bytes),
        1 => archive(&summed(bytes)),
        2 => {
            let [at, bytes @ ..] = bytes else { return };
            let (lower, upper) = bytes.split_at(bytes.len().min(usize::from(*at) * BLOCK));
            archive(&image(&[summed(lower), summed(upper)]));
        }
        _ => archive(&image(&[bytes.to_vec()])),
    }
}

/// Any bytes behind the magic of `/etc/ld.so.cache`; the first byte chooses whether one of the old format
/// stands in front.
pub fn ldcache(bytes: &[u8]) {
    let [choice, bytes @ ..] = bytes else { return };
    let old: &[u8] = if choice % 2 == 0 { b"" } else { b"ld.so-1.7.0\0\x01\0\0\0entry of 12b" };
    let cache = [old, b"glibc-ld.so.cache1.1", bytes].concat();
    let reading = root("/etc/ld.so.cache", &cache);
    let entries = reading.image.root.as_ref().and_then(|root| root.cache.clone());
    let entries = entries.expect("there is a cache");
    let texts: usize = entries.iter().map(|(key, value)| key.len() + value.len()).sum();
    assert!(entries.len() <= bytes.len() / 24 && texts <= 16 << 20, "{} entries, {texts}", entries.len());
}

/// Files of a root that are read as text or by position; the first byte chooses which one it is.
const FILES: &[&str] = &[
    "/etc/ld.so.conf",
    "/etc/ld-musl-x86_64.path",
    "/etc/passwd",
    "/etc/group",
    "/etc/nsswitch.conf",
    "/etc/ssl/certs/ca-certificates.crt",
    "/usr/share/zoneinfo/Europe/Berlin",
    "/lib/ld-linux-x86-64.so.2",
    "/lib/ld-musl-x86_64.so.1",
    "/usr/lib/libc.so.6",
];

/// Any bytes as one of the files that a root is known by.
pub fn texts(bytes: &[u8]) {
    if let [choice, bytes @ ..] = bytes {
        root(FILES[usize::from(*choice) % FILES.len()], bytes);
    }
}

/// Any bytes as a document: the first byte chooses gobuild.lock, a configuration, or one of an archive's own.
pub fn documents(bytes: &[u8]) {
    let [choice, bytes @ ..] = bytes else { return };
    match choice % 4 {
        0 => {
            let text = String::from_utf8_lossy(bytes);
            if let Ok(lock) = Lock::parse("gobuild.lock", &text) {
                let again = Lock::parse("gobuild.lock", &lock.text()).expect("what is written can be read");
                assert_eq!(again, lock);
            }
        }
        1 => {
            let _ = RunConfig::parse(bytes);
        }
        2 => archive(&plain(&[("index.json", bytes)])),
        _ => archive(&plain(&[("manifest.json", bytes), ("c.json", b"{}"), ("l", &plain(&[]))])),
    }
}

/// Opens an archive and reads every image in it to the end.
fn archive(bytes: &[u8]) {
    let mut file: File = tempfile::tempfile().expect("a temporary file");
    file.write_all(bytes).and_then(|()| file.rewind()).expect("it can be written");
    let file = OpenFile::from_file(file).expect("it can be asked for its size");
    let limits = limits();
    let tally = Tally::new(&limits);
    let Ok(archive) = Archive::open(file, "image.tar", &tally) else { return };
    for image in archive.offered() {
        if let Ok(opened) = read_image(&archive, image, &tally) {
            inside(&*opened.tree, &limits);
        }
    }
}

/// What a tree of layers keeps to, whatever the layers were.
fn inside(tree: &dyn Tree, limits: &Limits) {
    let (mut texts, mut kept) = (0, 0);
    for (path, entry) in tree.entries() {
        let wrong = |part: &str| matches!(part, "" | "." | "..");
        let parts = path.strip_prefix('/').expect("names are absolute");
        assert!(!parts.split('/').any(wrong), "{path}");
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        assert!(folder.is_empty() || tree.entries()[folder].kind == Kind::Folder, "{path}");
        texts += path.len() as u64;
        match &entry.kind {
            Kind::Link(target) => texts += target.len() as u64,
            Kind::File => {
                let file = tree.open(path).expect("a file can be opened");
                assert_eq!(file.size(), entry.size, "{path}");
                let mut bytes = vec![0; usize::try_from(entry.size.min(1 << 20)).expect("small")];
                if file.read_exact_at(&mut bytes, 0).is_ok() {
                    kept += bytes.len() as u64;
                }
            }
            Kind::Folder | Kind::Other => assert!(tree.open(path).is_err(), "{path}"),
        }
    }
    assert!(tree.entries().len() as u64 <= limits.names, "{} names", tree.entries().len());
    assert!(texts <= limits.memory, "{texts} bytes of names");
    // Hard links share what is kept.
    assert!(kept <= limits.kept * limits.names, "{kept} bytes kept");
}

/// A root with one file.
fn root(path: &'static str, bytes: &[u8]) -> Reading {
    let mut one = One { entries: BTreeMap::new(), path, bytes };
    let entry = |kind, size| Entry { kind, mode: 0o755, uid: 0, gid: 0, size, place: 0 };
    for (at, _) in path.match_indices('/').skip(1) {
        one.entries.insert(path[..at].to_owned(), entry(Kind::Folder, 0));
    }
    one.entries.insert(path.to_owned(), entry(Kind::File, bytes.len() as u64));
    // Includes of ld.so.conf have something to find, and to go round in.
    for (link, target) in [("/etc/a.conf", "ld.so.conf"), ("/lib64", "lib"), ("/loop", "loop")] {
        one.entries.insert(link.to_owned(), entry(Kind::Link(target.to_owned()), 0));
    }
    read::read(&one, Known::default()).expect("memory can be read")
}

struct One<'a> {
    entries: BTreeMap<String, Entry>,
    path: &'static str,
    bytes: &'a [u8],
}

impl Tree for One<'_> {
    fn entries(&self) -> &BTreeMap<String, Entry> {
        &self.entries
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn ReadAt + '_>> {
        if path == self.path { Ok(Box::new(self.bytes)) } else { Err(io::ErrorKind::NotFound.into()) }
    }
}

/// An archive as the engines saved it once: one image of these layers.
fn image(layers: &[Vec<u8>]) -> Vec<u8> {
    let names = ["l0", "l1"];
    let list: Vec<String> = names[..layers.len()].iter().map(|name| format!("{name:?}")).collect();
    let manifest = format!(r#"[{{"Config":"c","Layers":[{}]}}]"#, list.join(","));
    let mut files = vec![("manifest.json", manifest.as_bytes()), ("c", b"{}")];
    files.extend(names.iter().copied().zip(layers.iter().map(Vec::as_slice)));
    plain(&files)
}

/// A plain archive.
fn plain(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = Vec::new();
    for (name, content) in files {
        let mut header = [0; BLOCK];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
        header[156] = b'0';
        sum(&mut header);
        archive.extend(header);
        archive.extend(*content);
        archive.resize(archive.len().next_multiple_of(BLOCK), 0);
    }
    archive.resize(archive.len() + 2 * BLOCK, 0);
    archive
}

/// The same archive with every header's checksum set right: a change anywhere would else end at once.
fn summed(archive: &[u8]) -> Vec<u8> {
    let mut archive = archive.to_vec();
    let mut at = 0;
    while let Some(header) = archive.get_mut(at..at + BLOCK) {
        if header.iter().all(|byte| *byte == 0) {
            break;
        }
        sum(header);
        let size = std::str::from_utf8(&header[124..135]).ok();
        let size = size.and_then(|text| usize::from_str_radix(text.trim_matches(['\0', ' ']), 8).ok());
        // Links, devices, folders and pipes have no content (types 1 to 6).
        let content = if (b'1'..=b'6').contains(&header[156]) { 0 } else { size.unwrap_or_default() };
        at = at.saturating_add(BLOCK).saturating_add(content.next_multiple_of(BLOCK));
        if at > archive.len() {
            break;
        }
    }
    archive
}

fn sum(header: &mut [u8]) {
    header[148..156].fill(b' ');
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..154].copy_from_slice(format!("{sum:06o}").as_bytes());
    header[154] = 0;
}
