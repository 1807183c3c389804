use super::*;
use crate::image::read::memory::Memory;

fn read_of(tree: &Memory) -> Reading {
    let known = Known { name: "test".to_owned(), from: "memory".to_owned(), ..Known::default() };
    read(tree, known).unwrap()
}

#[test]
fn an_empty_root_is_known_to_have_nothing() {
    let Reading { image, notes } = read_of(&Memory::new());
    assert!(notes.is_empty());
    assert_eq!(image.libc, Fact::Known(Libc::None));
    assert_eq!((image.os, image.platforms), (Fact::Known("linux".to_owned()), Fact::Unknown));
    assert_eq!((image.shell, image.users), (Fact::Known(None), Fact::Known(Vec::new())));
    for cell in [image.ca_certificates, image.zoneinfo, image.tmp, image.nsswitch, image.mime_types] {
        assert_eq!(cell, Fact::Known(false));
    }
    assert!(image.libraries.complete && image.libraries.present.is_empty());
    assert_eq!(image.source.to_string(), "read from memory");
    let root = image.root.unwrap();
    assert!(root.elf.is_empty() && root.cache.is_none() && root.musl_path.is_none());
}

#[test]
fn the_configuration_gives_platform_and_search_path() {
    let run = RunConfig {
        platform: Some("linux/arm/v7".parse().unwrap()),
        env: vec![("LD_LIBRARY_PATH".to_owned(), "/opt/a:/opt/b".to_owned())],
        ..RunConfig::default()
    };
    let known = Known { run: Some(run.clone()), ..Known::default() };
    let image = read(&Memory::new(), known).unwrap().image;
    assert_eq!(image.platforms, Fact::Known(vec!["linux/arm/v7".parse().unwrap()]));
    assert_eq!(image.root.unwrap().library_path, ["/opt/a", "/opt/b"]);
    assert_eq!(image.run, Some(run));
}

#[test]
fn another_system_has_no_linux_cells() {
    let known = Known { platform: Some("windows/amd64".parse().unwrap()), ..Known::default() };
    let image = read(&Memory::new().file("/Files/x", b""), known).unwrap().image;
    assert_eq!(image.os, Fact::Known("windows".to_owned()));
    assert_eq!((image.libc, image.ca_certificates), (Fact::Unknown, Fact::Unknown));
    assert!(image.root.is_none());
}

#[test]
fn a_program_that_is_no_library_and_a_broken_file_do_no_harm() {
    let mut cut = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0\x01\0\0\0".to_vec();
    cut.resize(100, 0xff);
    let Reading { image, .. } =
        read_of(&Memory::new().file("/lib/libx.so.1", &cut).file("/bin/sh", b"#!/x\n"));
    assert_eq!(image.shell, Fact::Known(Some("/bin/sh".to_owned())));
    assert_eq!(image.libc, Fact::Known(Libc::None));
    assert!(!image.root.unwrap().elf["/lib/libx.so.1"].inconsistencies.is_empty());
}
