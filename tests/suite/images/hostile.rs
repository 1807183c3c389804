//! Archives that want to lead out, to fill memory or disk, or to be taken for something else.

use serde_json::json;

use crate::support::layers::{Layer, Layout, archive, gzip, saved};
use crate::support::project::Project;

fn one(layer: Vec<u8>) -> Vec<u8> {
    saved("corp/bad:1", &json!({ "os": "linux", "architecture": "amd64" }), &[layer])
}

/// Inspecting ends with status 2 and these words, and writes nothing.
fn refused(archive: &[u8], words: &str) {
    let project = Project::empty().file("bad.tar", archive);
    project
        .gobuild(["image", "inspect", "bad.tar"])
        .status(2)
        .stderr_has("error: cannot read bad.tar: ")
        .stderr_has(words)
        .check();
    assert_eq!(project.tree().0.len(), 1, "{words}: nothing was written");
}

#[test]
fn names_and_hard_links_do_not_lead_out() {
    refused(
        &one(Layer::new().file("../../etc/cron.d/x", b"x").tar()),
        "layer 1: the name `../../etc/cron.d/x` leads out",
    );
    refused(&one(Layer::new().hard("passwd", "../../../etc/passwd").tar()), "leads out of the root");
    refused(&one(Layer::new().hard("passwd", "/etc/passwd").tar()), "leads to nothing");
    refused(&one(Layer::new().link("a", "b").link("b", "a").file("a/x", b"").tar()), "leads in circles");
}

#[test]
fn links_mean_the_roots_own_files() {
    // The machine's own files are there, the image's are not.
    let layer = Layer::new()
        .link("etc/passwd", "/etc/hostname")
        .link("bin/sh", "../../../../bin/sh")
        .link("out", "/");
    let project = Project::empty().file("links.tar", one(layer.tar()));
    project
        .gobuild(["image", "inspect", "links.tar"])
        .stdout_has("users         no passwd")
        .stdout_has("shell         none")
        .check();
}

#[test]
fn what_is_cut_or_damaged_is_not_taken_for_less() {
    let layer = Layer::new().file("etc/passwd", &vec![b'x'; 100_000]).gzip();
    refused(&one(layer[..layer.len() / 2].to_vec()), "layer 1: ");
    refused(&one(b"no tar archive at all".repeat(100)), "layer 1: it is no tar archive");
    refused(&one(b"\xfd7zXZ\0....".to_vec()), "packed with xz");
    let whole = one(layer);
    refused(&whole[..whole.len() / 2], "");
    refused(&gzip(&whole)[..400], "");
    refused(b"not an archive", "the archive is cut short");
    let mut layout = Layout::default();
    let descriptor = layout.image("linux/amd64", &json!({}), &[Layer::new().file("a", b"1").tar()]);
    layout.name(descriptor, "corp/bad:1");
    let mut files = layout.files();
    let layer = files.iter_mut().find(|(_, content)| content.starts_with(b"a\0")).unwrap();
    layer.1[512] = b'2';
    refused(&archive(&files), "is damaged: its digest is sha256:");
}

#[test]
fn bombs_end_in_a_clear_error() {
    // A gigabyte and more out of a megabyte; the layer itself is never in memory.
    let zeros = gzip(&vec![0; 16 << 20]);
    let bomb = zeros.repeat(70);
    let mut header = tar::Header::new_gnu();
    header.set_size(70 * (16 << 20));
    header.set_path("zeros").unwrap();
    header.set_cksum();
    refused(&one([gzip(header.as_bytes()), bomb].concat()), "over 200 times as many");
    // The same in zstd: a block of 128 KiB is one byte and its header.
    let start = ruzstd::encoding::compress_to_vec(
        &header.as_bytes()[..],
        ruzstd::encoding::CompressionLevel::Uncompressed,
    );
    let mut bomb = b"\x28\xb5\x2f\xfd\x00\x38".to_vec();
    for block in 0..8960_u32 {
        let last = u32::from(block == 8959);
        bomb.extend(&(128 << 10 << 3 | 1 << 1 | last).to_le_bytes()[..3]);
        bomb.push(0);
    }
    assert!(bomb.len() < 36 << 10);
    refused(&one([start, bomb].concat()), "over 200 times as many");
    // A size that no input has.
    let mut header = tar::Header::new_gnu();
    header.set_size(1 << 60);
    header.set_path("giant").unwrap();
    header.set_cksum();
    refused(&one(header.as_bytes().to_vec()), "cut short");
    // A document that would fill memory.
    let document = format!("[{}]", " ".repeat(9 << 20));
    refused(&archive(&[("manifest.json".to_owned(), document.into_bytes())]), "are the most that make sense");
}

#[test]
fn a_million_names_are_the_most() {
    let mut header = tar::Header::new_gnu();
    header.set_size(0);
    header.set_path("x").unwrap();
    header.set_cksum();
    let piece = gzip(&header.as_bytes().repeat(1000));
    refused(&one(piece.repeat(1001)), "the image has more than 1000000 names");
}

/// A name of two thousand folders, all of which would be made: eighty of them, with which the layer has half
/// a megabyte, would fill memory with hundreds of them.
#[test]
fn deep_names_do_not_fill_memory() {
    let mut layer = tar::Builder::new(Vec::new());
    for number in 0..80 {
        let mut header = tar::Header::new_gnu();
        header.set_size(0);
        layer.append_data(&mut header, format!("{number}/{}x", "d/".repeat(2000)), &[][..]).unwrap();
    }
    let project = Project::empty().file("bad.tar", one(layer.into_inner().unwrap()));
    let gobuild = env!("CARGO_BIN_EXE_gobuild");
    let limited = format!("ulimit -v 1048576 && exec {gobuild} image inspect bad.tar");
    project
        .run("sh", ["-c", &limited])
        .status(2)
        .stderr_has("layer 1: the names and libraries of the image take more than 134217728 bytes of memory")
        .check();
}

#[test]
fn documents_that_lie_are_errors() {
    let index = |text: &str| archive(&[("index.json".to_owned(), text.as_bytes().to_vec())]);
    refused(&index("{"), "index.json: ");
    refused(&index(r#"{"manifests":[]}"#), "there is no image in it");
    refused(&index(r#"{"manifests":[{"digest":"sha256:../../etc/passwd"}]}"#), "is not a digest");
    refused(&index(r#"{"manifests":[{"digest":"md5:00"}]}"#), "is not a digest");
    let manifest = |text: &str| archive(&[("manifest.json".to_owned(), text.as_bytes().to_vec())]);
    refused(&manifest(r#"[{"Config":"/etc/passwd","Layers":[]}]"#), "there is no such file in it");
    refused(&manifest(r#"[{"Config":"../../../etc/hostname","Layers":[]}]"#), "");
    // An index that names itself has no digest of its own: a chain of them is bounded.
    let mut layout = Layout::default();
    let mut inner = layout.image("linux/amd64", &json!({}), &[]);
    for _ in 0..6 {
        let index = json!({ "manifests": [inner] });
        inner = json!({ "digest": layout.blob(index.to_string().as_bytes()) });
    }
    layout.name(inner, "corp/deep:1");
    refused(&layout.tar(), "indexes inside indexes");
}
