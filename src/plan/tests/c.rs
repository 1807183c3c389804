//! Plans with C code in them.

use super::*;
use crate::plan::code::{Left, Package};
use crate::plan::compiler::{Kind, Makes};

fn package(path: &str, left: Left) -> Package {
    let chain = ["ex.org/app", path].map(str::to_owned).to_vec();
    Package {
        path: path.to_owned(),
        version: None,
        cxx: false,
        left,
        chain,
        pkg_config: Vec::new(),
        links: Vec::new(),
    }
}

fn zig() -> Compiler {
    Compiler {
        kind: Kind::Zig,
        cc: "/zig".to_owned(),
        cxx: Some("/zig".to_owned()),
        path: "/zig".into(),
        version: "0.17.1".to_owned(),
        native: false,
        takes_sysroot: false,
        pkg_config: None,
        makes: Some(Makes::Anything),
    }
}

fn gcc(kind: Kind) -> Compiler {
    let libc = Libc::Glibc(Fact::Known(Version(2, 36, 0)));
    Compiler {
        kind,
        cc: "gcc".to_owned(),
        cxx: Some("g++".to_owned()),
        path: "/usr/bin/gcc".into(),
        version: "12.2.0".to_owned(),
        native: false,
        takes_sysroot: false,
        pkg_config: None,
        makes: Some(Makes::For { platform: Platform::linux("amd64"), libc }),
    }
}

fn glibc(minor: u32) -> Image {
    image(Libc::Glibc(Fact::Known(Version(2, minor, 0))))
}

impl World {
    fn c(mut self, path: &str, left: Left) -> Self {
        let code = self.code.get_or_insert_with(Code::default);
        code.standard = vec!["runtime/cgo".to_owned()];
        code.packages.push(package(path, left));
        self
    }

    /// `net`, and nothing else with C.
    fn net(mut self) -> Self {
        self.code = Some(Code { standard: vec!["net".to_owned()], packages: Vec::new() });
        self
    }

    fn compilers(mut self, compilers: &[Compiler]) -> Self {
        self.compilers = compilers.to_vec();
        self
    }

    fn on(mut self, image: Image) -> Self {
        self.image = image;
        self
    }
}

#[test]
fn c_outside_go_turns_cgo_on_and_gos_own_does_not() {
    let plan = World::new().c("ex.org/c", Left::Nothing).compilers(&[zig()]).plan().unwrap();
    assert_eq!(plan.cgo.unwrap().origin.to_string(), "ex.org/c has C code");
    assert_eq!(World::new().net().set()["CGO_ENABLED"], "0");
}

#[test]
fn cgo_on_without_any_c_asks_for_no_compiler() {
    let mut world = World::new().env("CGO_ENABLED", "1");
    world.code = Some(Code::default());
    let plan = world.plan().unwrap();
    assert_eq!((plan.cc, plan.wrapper, plan.flags), (None, None, Vec::new()));
}

#[test]
fn musl_is_linked_statically_with_the_users_flags_kept() {
    let world = || World::new().c("ex.org/c", Left::Nothing).compilers(&[gcc(Kind::Host), zig()]);
    for (world, ldflags) in [
        (world(), "-linkmode=external -extldflags=-static"),
        (world().flag("-ldflags=-s -w"), "-linkmode=external -extldflags=-static -s -w"),
        (world().env("GOFLAGS", "-ldflags=-s"), "-linkmode=external -extldflags=-static -s"),
        (world().ldflags("-X main.v=1"), "-linkmode=external -extldflags=-static -X main.v=1"),
        (world().flag("-ldflags=-extldflags=-lm"), "-linkmode=external '-extldflags=-static -lm'"),
    ] {
        assert_eq!(world.arguments(), format!("build|-o|OUT|-ldflags={ldflags}"));
    }
    let pie = world().flag("-buildmode=pie").arguments();
    assert_eq!(pie, "build|-o|OUT|-ldflags=-linkmode=external -extldflags=-static-pie|-buildmode=pie");
    let set = world().env("CGO_CPPFLAGS", "-DA=1").set();
    assert_eq!(set["CGO_CPPFLAGS"], "-DA=1 -D_LARGEFILE64_SOURCE");
    assert!(set["CC"].starts_with("/cache/cc/x86_64-linux-musl-") && set["CC"].ends_with("/cc"));
    assert!(!set.contains_key("CGO_CFLAGS"), "setting it would lose go's -O2 -g");
}

#[test]
fn cgo_that_the_user_switched_on_is_linked_for_the_image_too() {
    let plan = World::new().net().env("CGO_ENABLED", "1").compilers(&[zig()]);
    assert_eq!(plan.arguments(), "build|-o|OUT|-ldflags=-linkmode=external -extldflags=-static");
}

#[test]
fn glibc_takes_the_hosts_gcc_where_it_fits_and_zig_with_the_images_version_where_not() {
    let world = |minor| {
        World::new().c("ex.org/c", Left::Nothing).compilers(&[gcc(Kind::Host), zig()]).on(glibc(minor))
    };
    assert_eq!(world(36).set()["CC"], "gcc");
    assert!(world(31).set()["CC"].starts_with("/cache/cc/x86_64-linux-gnu.2.31-"));
    for minor in [31, 36] {
        assert_eq!(world(minor).arguments(), "build|-o|OUT", "never static");
    }
}

#[test]
fn the_users_compiler_stays_as_it_is_and_the_proof_judges() {
    let world = World::new().env("CC", "gcc").c("ex.org/c", Left::Nothing);
    let plan = world.compilers(&[gcc(Kind::User)]).plan().unwrap();
    assert!(!plan.set.contains_key("CC") && plan.flags.is_empty());
    assert_eq!(plan.cc.unwrap().origin, Origin::Environment("CC".to_owned()));
}

#[test]
fn a_static_program_that_go_would_forget_about_is_linked_externally() {
    let world = World::new().net().env("CGO_ENABLED", "1").flag("-ldflags=-extldflags=-static").on(glibc(36));
    let by_gcc = world.compilers(&[gcc(Kind::Host)]);
    assert_eq!(by_gcc.arguments(), "build|-o|OUT|-ldflags=-linkmode=external -extldflags=-static");
    assert_eq!(by_gcc.set()["CC"], "gcc");
}

#[test]
fn without_a_compiler_nothing_is_planned() {
    let optional = World::new().c("ex.org/c", Left::GoFiles).compilers(&[gcc(Kind::Host)]);
    let error = optional.plan().unwrap_err();
    assert_eq!(error.message, "ex.org/c needs a C compiler for img:1 on linux/amd64, and there is none");
    assert!(error.help[0].starts_with("do without the C: CGO_ENABLED=0"), "{error:?}");
    let required = World::new().c("ex.org/c", Left::Nothing).plan().unwrap_err();
    assert_eq!(required.help[0], "zig makes it: pip install ziglang");
}

#[test]
fn cgo_off_tells_what_is_lost_and_refuses_where_nothing_is_left() {
    let off = || World::new().env("CGO_ENABLED", "0");
    let plan = off().c("ex.org/c", Left::GoFiles).plan().unwrap();
    assert_eq!(plan.notes, ["cgo is off, and ex.org/c loses its C half (ex.org/app imports ex.org/c)"]);
    let refused = off().c("ex.org/c", Left::Nothing).plan().unwrap_err();
    assert_eq!(refused.message, "ex.org/c cannot be built without cgo");
    assert_eq!(refused.help, ["leave the choice to gobuild: unset CGO_ENABLED"]);
    let stub = off().c("github.com/mattn/go-sqlite3", Left::GoFiles).plan().unwrap();
    assert_eq!((stub.stubs.len(), stub.notes.len()), (1, 0));
}

#[test]
fn a_library_that_is_compiled_for_glibc_is_not_linked_with_musl() {
    let kafka = || {
        World::new()
            .c("github.com/confluentinc/confluent-kafka-go/v2/kafka", Left::GoFiles)
            .compilers(&[zig()])
    };
    assert_eq!(kafka().plan().unwrap_err().help[0], "a tag selects the one for musl: -tags=musl");
    assert!(kafka().flag("-tags=musl").plan().is_ok());
    assert!(kafka().tag("musl").plan().is_ok());
    assert!(kafka().env("GOFLAGS", "-tags=dynamic").plan().is_ok());
    assert!(kafka().on(glibc(36)).plan().is_ok());
    let libsql = World::new().c("github.com/tursodatabase/go-libsql", Left::Nothing).compilers(&[zig()]);
    assert!(libsql.plan().unwrap_err().help[0].contains("glibc"));
}

#[test]
fn boring_cryptography_needs_cgo() {
    let world = World::new().env("GOEXPERIMENT", "boringcrypto,rangefunc");
    assert_eq!(world.plan().unwrap().cgo.unwrap().origin.to_string(), "GOEXPERIMENT=boringcrypto needs cgo");
}
