use super::*;
use crate::image::root::Library;

fn read_image() -> Image {
    let library =
        Library { bits: 64, machine: 62, soname: Some("libz.so.1".to_owned()), ..Library::default() };
    let link = |path: &str, target: &str| (path.to_owned(), target.to_owned());
    let root = Root {
        platform: Some("linux/amd64".parse().unwrap()),
        links: [
            link("/lib", "usr/lib"),
            link("/usr/lib/libz.so", "libz.so.1"),
            link("/etc/mtab", "/proc/mounts"),
            link("/lib64", "usr/lib64"),
            link("/usr/lib64/ld.so", "/lib/libz.so.1"),
        ]
        .into(),
        elf: [("/usr/lib/libz.so.1".to_owned(), library)].into(),
        cache: Some(vec![link("libz.so.1", "/lib/libz.so.1")]),
        ..Root::default()
    };
    Image {
        source: Source::Read("base.tar".to_owned()),
        os: Fact::Known("linux".to_owned()),
        platforms: Fact::Known(vec!["linux/amd64".parse().unwrap()]),
        libc: Fact::Known(Libc::Musl(Fact::Known(Version(1, 2, 5)))),
        shell: Fact::Known(None),
        users: Fact::Known(vec![User { name: "root".to_owned(), uid: 0 }]),
        tmp: Fact::Known(true),
        run: Some(RunConfig { entrypoint: vec!["/app".to_owned()], ..RunConfig::default() }),
        root: Some(Arc::new(root)),
        ..Image::undescribed("base")
    }
}

fn lock() -> Lock {
    let mut lock = Lock::default();
    lock.put(Pin::of("alpine:3.20", &read_image(), Some("sha256:ab".to_owned())).unwrap());
    lock
}

#[test]
fn what_was_pinned_comes_back() {
    let text = lock().text();
    let read = Lock::parse(NAME, &text).unwrap();
    assert_eq!(read, lock());
    assert_eq!(read.text(), text);
    let pin = read.of("docker.io/library/alpine:3.20")[0];
    let image = pin.image("alpine:3.20");
    let known = read_image();
    assert_eq!((image.libc, image.shell, &image.users), (known.libc, known.shell, &known.users));
    assert_eq!((image.run, image.zoneinfo, image.platforms), (known.run, Fact::Unknown, known.platforms));
    assert_eq!(image.source.to_string(), "read from base.tar, sha256:ab (gobuild.lock)");
    let root = image.root.unwrap();
    assert_eq!(root.elf, known.root.unwrap().elf);
    // A link to no library is nothing that a binary asks for.
    assert_eq!(
        root.links.keys().collect::<Vec<_>>(),
        ["/lib", "/lib64", "/usr/lib/libz.so", "/usr/lib64/ld.so"]
    );
}

#[test]
fn of_a_library_with_versions_the_versions_are_kept_and_of_one_without_the_names() {
    use crate::image::exports::{Exports, Wanted};
    let names = |name: &str| Some(Exports::of([crate::checks::fixtures::versioned(name)]));
    let undefined = ["plain", "malloc@GLIBC_2.2.5"].map(|text| Wanted::from(text.to_owned())).to_vec();
    let with = Library {
        exports: names("malloc"),
        verdef: Some(["GLIBC_2.2.5".to_owned()].into()),
        undefined: undefined.clone(),
        ..Library::default()
    };
    let without = Library { exports: names("x"), undefined: undefined.clone(), ..Library::default() };
    let pinned = |more: &[(&str, &Library)]| {
        let mut image = read_image();
        let mut root = Root::clone(image.root.as_ref().unwrap());
        let all = [("/lib/libc.so.6", &with), ("/lib/libx.so", &without)];
        let all = all.iter().chain(more).map(|(path, library)| ((*path).to_owned(), (*library).clone()));
        root.elf.extend(all);
        image.root = Some(Arc::new(root));
        let mut lock = Lock::default();
        lock.put(Pin::of("base", &image, None).unwrap());
        let lock = Lock::parse(NAME, &lock.text()).unwrap();
        lock.pins[0].image("base").root.unwrap().elf.clone()
    };
    let glibc = pinned(&[]);
    assert_eq!((&glibc["/lib/libc.so.6"].exports, &glibc["/lib/libx.so"].exports), (&None, &names("x")));
    assert_eq!(glibc["/lib/libx.so"].undefined, undefined[..1]);
    // musl reads no versions.
    let musl = pinned(&[("/lib/ld-musl-x86_64.so.1", &without)]);
    assert_eq!(musl["/lib/libc.so.6"], with);
}

#[test]
fn a_library_is_one_line_and_the_order_is_fixed() {
    let mut lock = lock();
    lock.put(Pin::of("debian:12", &read_image(), None).unwrap());
    lock.put(Pin::of("alpine:3.19", &read_image(), None).unwrap());
    let again = Pin::of("debian:12", &read_image(), Some("sha256:cd".to_owned())).unwrap();
    lock.put(again);
    let names: Vec<&str> = lock.pins.iter().map(|pin| pin.image.rsplit('/').next().unwrap()).collect();
    assert_eq!(names, ["alpine:3.19", "alpine:3.20", "debian:12"]);
    assert_eq!(lock.pins[2].digest.as_deref(), Some("sha256:cd"));
    let text = lock.text();
    assert_eq!(
        text.lines().filter(|line| line.contains("\"/usr/lib/libz.so.1\": {\"bits\":64")).count(),
        3,
        "{text}"
    );
    assert_eq!(
        lock.others("alpine:3.21"),
        ["docker.io/library/alpine:3.19", "docker.io/library/alpine:3.20"]
    );
    assert_eq!(lock.others("debian:12"), Vec::<&str>::new());
    assert!(lock.of("alpine").is_empty());
}

#[test]
fn a_name_with_the_pinned_digest_is_the_pinned_image() {
    let digest = format!("sha256:{}", "ab".repeat(32));
    let mut lock = Lock::default();
    lock.put(Pin::of("debian:12", &read_image(), Some(digest.clone())).unwrap());
    assert_eq!(lock.of(&format!("debian:12@{digest}")), lock.of("debian:12"));
    assert!(lock.of(&format!("debian:12@sha256:{}", "cd".repeat(32))).is_empty());
    assert!(lock.of(&format!("debian:11@{digest}")).is_empty());
    lock.put(Pin::of("alpine:3.20", &read_image(), None).unwrap());
    assert!(lock.of(&format!("alpine:3.20@{digest}")).is_empty(), "a pin without a digest has no other name");
}

#[test]
fn a_foreign_or_broken_lock_says_so() {
    for (text, message) in [
        ("", "cannot be read"),
        ("[[package]]\nname = \"x\"\n", "cannot be read"),
        ("{}", "does not say its version"),
        ("{\"version\": 2, \"images\": 7}", "has version 2, and this gobuild reads 1"),
        ("{\"version\": 1, \"images\": [{\"image\": \"x\"}]}", "missing field"),
    ] {
        let error = Lock::parse(NAME, text).unwrap_err();
        assert!(error.message.contains(message), "{text}: {}", error.message);
        assert!(!error.help.is_empty());
    }
    let wrong = lock().text().replace("\"name\": \"musl\"", "\"name\": \"mush\"");
    let wrong = wrong.replace("\"name\":\"musl\"", "\"name\":\"mush\"");
    assert!(Lock::parse(NAME, &wrong).unwrap_err().message.contains("contradict"));
    let extra = lock().text().replacen("\"digest\"", "\"more\": 1, \"digest\"", 1);
    assert!(Lock::parse(NAME, &extra).unwrap_err().message.contains("unknown field `more`"));
}
