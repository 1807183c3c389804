//! What reading an archive costs: every byte is read once, and memory goes by the names, not by the size.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::Command;

use tar::{Builder, Header};

use crate::support::project::Project;
use crate::support::skip::skip;

/// Names in the layer, and bytes of a file that nobody asks for.
const NAMES: usize = 50_000;
const BALLAST: u64 = 192 << 20;
/// Kibibytes of heap that the program may take, stacks and all. A quarter of the archive is 64 MiB.
const HEAP: u64 = 56 << 10;

fn member(builder: &mut Builder<&File>, name: &str, size: u64, content: impl Read) {
    let mut header = Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o755);
    builder.append_data(&mut header, name, content).expect("the archive can be written");
}

/// As `docker save` writes it: documents, and one layer, which is put into the file where it belongs.
fn write(path: &Path) -> io::Result<u64> {
    let mut file = File::create(path)?;
    let mut documents = Builder::new(&file);
    let config =
        br#"{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[]}}"#;
    let manifest = br#"[{"Config":"c.json","RepoTags":["big:1"],"Layers":["layer.tar"]}]"#;
    member(&mut documents, "c.json", config.len() as u64, &config[..]);
    member(&mut documents, "manifest.json", manifest.len() as u64, &manifest[..]);
    std::mem::forget(documents);
    let header_at = file.stream_position()?;
    file.write_all(&[0; 512])?;
    let start = file.stream_position()?;
    let mut layer = Builder::new(&file);
    for number in 0..NAMES {
        let name = format!("usr/lib/node_modules/package-{}/dist/index-{number}.js", number / 40);
        member(&mut layer, &name, 1, &b"x"[..]);
    }
    member(&mut layer, "usr/share/ballast", BALLAST, io::repeat(7).take(BALLAST));
    member(&mut layer, "bin/sh", 10, &b"#!/bin/sh\n"[..]);
    layer.into_inner()?;
    let end = file.stream_position()?;
    file.write_all(&[0; 1024])?;
    let mut header = Header::new_gnu();
    header.set_path("layer.tar")?;
    header.set_size(end - start);
    header.set_mode(0o644);
    header.set_cksum();
    file.seek(SeekFrom::Start(header_at))?;
    file.write_all(header.as_bytes())?;
    Ok(end + 1024)
}

#[test]
fn a_large_archive_is_read_once_and_in_little_memory() {
    if !Path::new("/proc/self/io").exists() {
        skip!("this system does not count the bytes that a program reads");
    }
    let project = Project::empty();
    let size = write(&project.path("big.tar")).expect("the archive can be written");
    // The shell's own count has that of the programs that it waited for.
    let script = format!("ulimit -d {HEAP} && \"$@\"; status=$?; cat /proc/$$/io; exit $status");
    let done = Command::new("sh")
        .args(["-c", &script, "sh", env!("CARGO_BIN_EXE_gobuild"), "image", "inspect", "big.tar"])
        .current_dir(project.path("."))
        .output()
        .expect("there is a shell");
    let (said, wrong) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "within {HEAP} KiB of heap: {}\n{said}\n{wrong}", done.status);
    assert!(said.contains("shell         /bin/sh"), "{said}");
    let read = said.lines().find_map(|line| line.strip_prefix("rchar: ")).expect("the system counts");
    let read: u64 = read.parse().expect("a number");
    // Headers are read twice, once for the names of the archive; a part is what the program itself is made of.
    let most = size + size / 16;
    assert!((size..most).contains(&read), "{read} bytes were read of an archive of {size}");
}
