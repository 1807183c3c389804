use std::io::Cursor;

use ::tar::{Builder, EntryType, Header};

use super::super::limits::Limits;
use super::*;

/// One layer, written line by line: `d/` a folder, `f=text` a file, `l>target` a link, `h@target` a hard link.
fn layer(lines: &[&str]) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    for line in lines {
        let mut header = Header::new_gnu();
        header.set_mode(0o755);
        header.set_size(0);
        let mut named = |name: &str, kind: EntryType, link: &str, content: &[u8]| {
            header.set_entry_type(kind);
            // The crate refuses `..` and a leading slash, so the bytes are set by hand.
            let bytes = header.as_old_mut();
            bytes.name[..name.len()].copy_from_slice(name.as_bytes());
            bytes.linkname[..link.len()].copy_from_slice(link.as_bytes());
            header.set_size(content.len() as u64);
            header.set_cksum();
            builder.append(&header, content).unwrap();
        };
        if let Some((name, target)) = line.split_once('>') {
            named(name, EntryType::Symlink, target, b"");
        } else if let Some((name, target)) = line.split_once('@') {
            named(name, EntryType::Link, target, b"");
        } else if let Some((name, content)) = line.split_once('=') {
            named(name, EntryType::Regular, "", content.as_bytes());
        } else {
            named(line, EntryType::Directory, "", b"");
        }
    }
    builder.into_inner().unwrap()
}

fn try_laid(layers: &[&[&str]], limits: &Limits) -> Result<Layers, String> {
    let mut all = Layers::new(&Tally::new(limits)).unwrap();
    for lines in layers {
        all.lay(Cursor::new(layer(lines)), None).map_err(|trouble| match trouble {
            Trouble::Io(error) => error.to_string(),
            Trouble::Layer(words) => words,
        })?;
    }
    Ok(all)
}

/// The result in the same notation.
fn laid(layers: &[&[&str]]) -> Vec<String> {
    let all = try_laid(layers, &Limits::default()).unwrap();
    all.entries()
        .iter()
        .map(|(path, entry)| match &entry.kind {
            Kind::Folder => format!("{path}/"),
            Kind::Link(target) => format!("{path}>{target}"),
            Kind::Other => format!("{path}?"),
            Kind::File => {
                let file = all.open(path).unwrap();
                let mut content = vec![0; usize::try_from(file.size()).unwrap()];
                file.read_exact_at(&mut content, 0).unwrap();
                format!("{path}={}", String::from_utf8(content).unwrap())
            }
        })
        .collect()
}

#[test]
fn later_layers_lie_over_earlier_ones() {
    assert_eq!(
        laid(&[&["./", "./a/", "./a/x=1", "/b=2"], &["a/x=3", "b/", "b/y=4", "new/deep/z=5"]]),
        ["/a/", "/a/x=3", "/b/", "/b/y=4", "/new/", "/new/deep/", "/new/deep/z=5"]
    );
    // A folder that is named again keeps what is in it; a file in its place does not.
    assert_eq!(laid(&[&["a/", "a/x=1", "a-b=2"], &["a/"]]), ["/a/", "/a-b=2", "/a/x=1"]);
    assert_eq!(laid(&[&["a/", "a/x=1", "a-b=2"], &["a=3"]]), ["/a=3", "/a-b=2"]);
}

#[test]
fn whiteouts_hide_what_lower_layers_have() {
    assert_eq!(laid(&[&["a/x=1", "a/y/z=2", "b=3"], &["a/.wh.y", ".wh.b", ".wh.none"]]), ["/a/", "/a/x=1"]);
    // Not what the same layer brings, in either order.
    assert_eq!(laid(&[&["a/x=1"], &[".wh.a", "a/", "a/y=2"]]), ["/a/", "/a/y=2"]);
    assert_eq!(laid(&[&["a/x=1"], &["a/", "a/y=2", ".wh.a"]]), ["/a/", "/a/y=2"]);
    assert_eq!(laid(&[&["a=1"], &["a=2", ".wh.a"]]), ["/a=2"]);
    assert_eq!(laid(&[&["a=1"], &[".wh..wh.plnk/", ".wh..wh.aufs="]]), ["/a=1"]);
}

#[test]
fn opaque_folders_forget_what_was_below() {
    assert_eq!(
        laid(&[&["a/x=1", "a/y/z=2", "b=3"], &["a/", "a/.wh..wh..opq=", "a/new=4"]]),
        ["/a/", "/a/new=4", "/b=3"]
    );
    assert_eq!(
        laid(&[&["a/x=1"], &["a/new/deep=4", "a/.wh..wh..opq="]]),
        ["/a/", "/a/new/", "/a/new/deep=4"]
    );
    assert_eq!(laid(&[&["a/x=1", "b=2"], &[".wh..wh..opq=", "c=3"]]), ["/c=3"]);
}

#[test]
fn hard_links_share_the_content_also_after_the_first_name_is_gone() {
    assert_eq!(laid(&[&["a=1", "b@a", "./d/c@./b"]]), ["/a=1", "/b=1", "/d/", "/d/c=1"]);
    assert_eq!(laid(&[&["a=1", "b@a"], &[".wh.a", "c@b"]]), ["/b=1", "/c=1"]);
    assert_eq!(laid(&[&["a=1", "a@a"]]), ["/a=1"]);
    assert_eq!(laid(&[&["l>x", "m@l"]]), ["/l>x", "/m>x"]);
}

#[test]
fn a_folder_that_is_a_link_is_followed_inside_the_root() {
    let usr: &[&str] = &["usr/lib/", "lib>usr/lib", "out>../../.."];
    assert_eq!(
        laid(&[usr, &["lib/x=1", "out/y=2"]]),
        ["/lib>usr/lib", "/out>../../..", "/usr/", "/usr/lib/", "/usr/lib/x=1", "/y=2"]
    );
    // A folder in the place of a link replaces it, and what it led to stays.
    assert_eq!(
        laid(&[&["usr/lib/x=1", "lib>usr/lib"], &["lib/", "lib/y=2"]]),
        ["/lib/", "/lib/y=2", "/usr/", "/usr/lib/", "/usr/lib/x=1"]
    );
    // The link goes away under its own folder.
    assert_eq!(laid(&[&["a/", "l>a", "l/x=1", "l>b", "l/y=2"]]), ["/a/", "/a/x=1", "/b/", "/b/y=2", "/l>b"]);
}

#[test]
fn what_leads_out_is_refused() {
    for (lines, message) in [
        (&["../x=1"][..], "`../x` leads out of the root"),
        (&["a/../../x=1"], "leads out of the root"),
        (&["a/../../../etc/.wh.passwd="], "leads out of the root"),
        (&["x@../../etc/passwd"], "to `../../etc/passwd` leads out of the root"),
        (&["x@etc/passwd"], "leads to nothing"),
        (&["a/", "x@a"], "is one to a folder"),
        (&["a>b", "b>a", "a/x=1"], "leads in circles"),
        (&[".wh.="], "names nothing"),
        (&["a/.wh...="], "names nothing"),
    ] {
        let error = try_laid(&[lines], &Limits::default()).unwrap_err();
        assert!(error.contains(message), "{lines:?}: {error}");
    }
    // Inside is inside, however it is written.
    assert_eq!(laid(&[&["/a/../x=1"]]), ["/x=1"]);
}

/// Each link leads a thousand folders deeper, and the next one is made through it: without a limit, a layer
/// of a few kilobytes makes paths of any length, and a folder for each of their parts.
#[test]
fn links_to_ever_deeper_folders_end() {
    let mut builder = Builder::new(Vec::new());
    for name in ["l", "l/l", "l/l/l"] {
        let mut header = Header::new_gnu();
        header.set_entry_type(EntryType::Symlink);
        header.set_size(0);
        builder.append_link(&mut header, name, "d/".repeat(1000)).unwrap();
    }
    let mut all = Layers::new(&Tally::new(&Limits::default())).unwrap();
    all.lay(Cursor::new(builder.get_ref().clone()), None).unwrap();
    let mut header = Header::new_gnu();
    header.set_size(0);
    builder.append_data(&mut header, "l/l/l/x", io::empty()).unwrap();
    let mut all = Layers::new(&Tally::new(&Limits::default())).unwrap();
    let Trouble::Layer(words) = all.lay(Cursor::new(builder.into_inner().unwrap()), None).unwrap_err() else {
        panic!("not the layer's fault")
    };
    assert_eq!(words, "the folder of `l/l/l/x` is a link to a path of more than 4096 bytes");
}

#[test]
fn the_limits_hold_over_all_layers() {
    let limits = Limits { names: 3, ..Limits::default() };
    let error = try_laid(&[&["a=1", "b=2"], &["a=3", "b=4"]], &limits).unwrap_err();
    assert_eq!(error, "the image has more than 3 names");
    let limits = Limits { kept: 5, ..Limits::default() };
    let error = try_laid(&[&["a=123"], &["b=123"]], &limits).unwrap_err();
    assert!(error.contains("more than 5 bytes"), "{error}");
    // Folders that are made, targets of links and whiteouts are in memory too.
    let limits = Limits { names: 4, ..Limits::default() };
    assert!(try_laid(&[&["a/b/c/d=1"]], &limits).is_ok());
    let error = try_laid(&[&["a/b/c/d/e=1"]], &limits).unwrap_err();
    assert_eq!(error, "the image has more than 4 names");
    let limits = Limits { memory: 700, ..Limits::default() };
    assert!(try_laid(&[&["a=1", "b/", "c=2"], &["a=1", "b/", "c=2"]], &limits).is_ok());
    assert!(try_laid(&[&["a=1", "b=1", "c=1"], &[".wh.a=", ".wh.b=", "c=1", "d=1"]], &limits).is_ok());
    for lines in [
        &["a/b/c/d/"][..],
        &["a>1", "b>1", "c>1"],
        &["b>1", "c@b", "d@b"],
        &["a/.wh.x=", "a/.wh.y=", "b=", "c=", "d="],
    ] {
        let error = try_laid(&[lines], &limits).unwrap_err();
        assert!(error.ends_with("take more than 700 bytes of memory"), "{lines:?}: {error}");
    }
}

#[test]
fn a_layer_is_laid_again_as_it_was_read() {
    let (lower, upper) =
        (layer(&["a=1", "d/x=2", "l>d", "h@a", "b/.wh.z="]), layer(&[".wh.a=", "d=3", "b/z=4"]));
    let mut journal = Journal::new().unwrap();
    let mut again = Layers::new(&Tally::new(&Limits::default())).unwrap();
    again.lay(Cursor::new(&lower), Some(&mut journal)).unwrap();
    journal.finish().unwrap();
    let mut read = Layers::new(&Tally::new(&Limits::default())).unwrap();
    read.lay(Cursor::new(&lower), None).unwrap();
    for layers in [&mut again, &mut read] {
        layers.lay(Cursor::new(&upper), None).unwrap();
    }
    again.lay_again(&journal).unwrap();
    read.lay(Cursor::new(&lower), None).unwrap();
    let names = |layers: &Layers| {
        let kinds =
            layers.entries().iter().map(|(path, entry)| (path.clone(), entry.kind.clone(), entry.size));
        kinds.collect::<Vec<_>>()
    };
    assert_eq!(names(&again), names(&read));
    assert!(again.entries().contains_key("/d/x") && !again.entries().contains_key("/b/z"));
    let mut content = [0];
    again.open("/h").unwrap().read_exact_at(&mut content, 0).unwrap();
    assert_eq!(&content, b"1");
}

#[test]
fn what_is_large_and_no_program_has_a_size_alone() {
    let big = "x".repeat((1 << 20) + 1);
    let all = try_laid(&[&[&format!("data={big}"), &format!("tool=#!/bin/sh\n{big}")]], &Limits::default())
        .unwrap();
    assert_eq!(all.entries()["/data"].size, (1 << 20) + 1);
    let mut start = [0; 2];
    let error = all.open("/data").unwrap().read_exact_at(&mut start, 0).unwrap_err();
    assert!(error.to_string().contains("was not kept"), "{error}");
    all.open("/tool").unwrap().read_exact_at(&mut start, 0).unwrap();
    assert_eq!(&start, b"#!");
}

proptest::proptest! {
    /// Whatever names a layer has, no name leads out and every file has its folder.
    #[test]
    fn any_names_make_a_tree(lines in proptest::collection::vec("(\\.\\./|/|a/|b/|\\./|\\.wh\\.){0,3}(a|b|\\.wh\\.a|\\.wh\\.\\.wh\\.\\.opq)(/|=x|>b|>\\.\\./a|@a|@b/a)", 0..12)) {
        let mut all = Layers::new(&Tally::new(&Limits::default())).unwrap();
        for half in lines.chunks(6) {
            let lines: Vec<&str> = half.iter().map(String::as_str).collect();
            let _ = all.lay(Cursor::new(layer(&lines)), None);
        }
        for path in all.entries().keys() {
            proptest::prop_assert!(path.starts_with('/') && !path.contains("//") && !path.contains("/.."), "{}", path);
            if let Some((folder, _)) = path.rsplit_once('/').filter(|(folder, _)| !folder.is_empty()) {
                proptest::prop_assert_eq!(&all.entries()[folder].kind, &Kind::Folder, "{}", path);
            }
        }
        proptest::prop_assert!(all.entries().values().all(|entry| (entry.place as usize) < all.nodes.len()));
    }
}
