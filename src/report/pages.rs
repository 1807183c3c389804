//! The example of every page is what gobuild prints, letter by letter.

use super::finding::render;
use super::shown::Shown;
use crate::binary::pe::Image as Pe;
use crate::binary::{Binary, Format};
use crate::checks::fixtures::{self as fix, Case};
use crate::checks::{CHECKS, Traits, verdict};
use crate::diagnostics::{Finding, Policy};
use crate::image::exports::Exports;
use crate::image::start::script::Flaw;
use crate::image::start::{By, Content, Found, Missing};
use crate::image::{Fact, Image, Libc, Version};
use crate::origin::Origin;

fn from_environment(case: Case) -> Case {
    let environment = |name: &str| Origin::Environment(name.to_owned());
    case.cgo(true, environment("CGO_ENABLED")).cc("gcc", environment("CC"))
}

fn described(name: &str, libc: Version) -> Image {
    Image { libc: Fact::Known(Libc::Glibc(Fact::Known(libc))), ..Image::undescribed(name) }
}

/// The build that each page shows.
fn example(id: &str) -> Case {
    let alpine = |binary: Binary| Case::new(binary).image(fix::alpine());
    let needs = |names: &[&str]| fix::glibc_go(names);
    match id {
        "GB101" => alpine(fix::of(Format::Archive)).mode(0o644),
        "GB102" => alpine(fix::of(Format::MachO { cpu: 0x0100_0007, image: Box::default() })),
        "GB103" => alpine(fix::static_go()).platform("linux/arm64"),
        "GB104" => {
            let settings = [("GOARCH", "amd64"), ("GOAMD64", "v3")];
            alpine(Binary { go: fix::go(&settings), ..fix::static_go() })
        }
        "GB105" => {
            let mut binary = fix::static_go();
            fix::elf_mut(&mut binary).extent.end = 2_361_912;
            alpine(Binary { size: 1_048_576, ..binary })
        }
        "GB106" => alpine(fix::static_go()).mode(0o644),
        "GB107" => {
            let mut binary = fix::static_go();
            fix::elf_mut(&mut binary).inconsistencies = vec!["DT_STRTAB outside every segment".to_owned()];
            alpine(binary)
        }
        "GB108" => {
            let mut binary = fix::pie_without_cgo();
            fix::elf_mut(&mut binary).interpreter = None;
            fix::elf_mut(&mut binary).dynamic = None;
            alpine(binary)
        }
        "GB201" => from_environment(alpine(needs(&["libc.so.6"]))),
        "GB202" => Case::new(needs(&["libvips.so.42", "libc.so.6"])).image(fix::debian()),
        "GB203" => {
            let binary = fix::asks(needs(&["libc.so.6"]), "libc.so.6", &["GLIBC_2.2.5", "GLIBC_2.34"]);
            from_environment(Case::new(binary).image(described("debian:11", Version(2, 31, 0))))
        }
        "GB204" => {
            let mut image = described("redhat/ubi9", Version(2, 34, 0));
            image.amd64_level = Fact::Known(2);
            Case::new(needs(&["libc.so.6"])).image(image)
        }
        _ => later_example(id),
    }
}

/// The same for the checks of contents, of musl and of what a program looks for when it runs.
fn later_example(id: &str) -> Case {
    let with = |binary: Binary, traits: Traits| Case::new(binary).image(fix::debian()).traits(traits);
    let calling =
        |image: Image, functions: &[&str]| Case::new(fix::static_go()).image(image).calling(functions);
    let empty = || Image {
        ca_certificates: Fact::Known(false),
        zoneinfo: Fact::Known(false),
        users: Fact::Known(Vec::new()),
        tmp: Fact::Known(false),
        mime_types: Fact::Known(false),
        ..fix::scratch()
    };
    match id {
        "GB109" => with(fix::glibc_go(&["libc.so.6"]), Traits { isa_level: Some(3), ..Traits::default() }),
        "GB110" => with(fix::static_c(), Traits { packed: Some(true), ..Traits::default() }),
        "GB111" => {
            let settings = [("GOEXPERIMENT", "boringcrypto"), ("CGO_ENABLED", "0"), ("GOAMD64", "v1")];
            Case::new(Binary { go: fix::go(&settings), ..fix::static_go() }).image(fix::debian())
        }
        "GB112" => with(fix::static_c(), Traits { kernel: Some((5, 10, 0)), ..Traits::default() }),
        "GB205" => {
            let binary = fix::dynamic_go("/lib/ld-musl-x86_64.so.1", &["libc.so"]);
            let case = Case::new(binary).image(fix::rooted(fix::alpine(), fix::alpine_root()));
            case.symbols(&[("malloc", None), ("__memcpy_chk", None), ("fcntl64", None)])
        }
        "GB206" => {
            let mut binary = fix::glibc_go(&["libstdc++.so.6", "libc.so.6"]);
            fix::dynamic_mut(&mut binary).runpath = vec!["/go/pkg/mod/example.com/lib@v1.5.0/api".to_owned()];
            Case::new(binary).image(fix::debian())
        }
        "GB207" => with(fix::static_go(), Traits { names_nss_modules: Some(true), ..Traits::default() }),
        "GB208" => {
            let settings = [("-race", "true"), ("CGO_ENABLED", "1")];
            Case::new(Binary { go: fix::go(&settings), ..fix::static_go() }).image(fix::alpine())
        }
        "GB209" => {
            let mut library = fix::c_shared(&["libc.musl-x86_64.so.1"]);
            fix::dynamic_mut(&mut library).flags = crate::binary::elf::DF_STATIC_TLS;
            Case::new(library).image(fix::alpine())
        }
        "GB210" => {
            let mut binary = fix::glibc_go(&["libgreet.so", "libc.so.6"]);
            fix::dynamic_mut(&mut binary).runpath = vec!["$ORIGIN".to_owned()];
            let mut root = fix::debian_root();
            root.elf.values_mut().for_each(|library| library.exports = Some(Exports::default()));
            let library = fix::exporting(fix::library("libgreet.so", &["libc.so.6"]), &["deeper"]);
            fix::put(&mut root, "/app/libgreet.so", library);
            Case::new(binary).image(fix::rooted(fix::debian(), root)).symbols(&[("greet", None)])
        }
        "GB301" => {
            let functions = ["crypto/x509.loadSystemRoots", "net/http.(*Transport).dialConn"];
            calling(empty(), &functions)
        }
        "GB302" => calling(empty(), &["time.LoadLocation"]),
        "GB303" => calling(empty(), &["os/user.Current"]),
        "GB304" => calling(empty(), &["os.MkdirTemp"]),
        "GB305" => calling(empty(), &["mime.loadMimeGlobsFile"]).thorough(),
        "GB306" => calling(fix::debian(), &["plugin.Open"]),
        "GB401" => {
            let imports = ["KERNEL32.dll", "libgcc_s_seh-1.dll", "libwinpthread-1.dll"].map(str::to_owned);
            let pe = Box::new(Pe { imports: imports.to_vec(), subsystem: 3, ..Pe::default() });
            let image = Image::undescribed("mcr.microsoft.com/windows/nanoserver:ltsc2025");
            let binary = fix::of(Format::Pe { machine: 0x8664, image: pe });
            Case::new(binary).image(image).platform("windows/amd64")
        }
        "GB501" => {
            let off = Origin::Environment("CGO_ENABLED".to_owned());
            Case::new(fix::static_go()).image(fix::alpine()).cgo(false, off).stub()
        }
        "GB502" => calling(fix::alpine(), &["github.com/karalabe/hid."]).thorough(),
        "GB503" => {
            let binary =
                Binary { go: fix::go(&[("CGO_ENABLED", "1"), ("GOAMD64", "v1")]), ..fix::static_go() };
            Case::new(binary).image(fix::alpine()).calling(&["github.com/miekg/pkcs11."]).thorough()
        }
        other => start_example(other),
    }
}

/// The same for what an image starts.
fn start_example(id: &str) -> Case {
    let at = |path: &str| path.to_owned();
    let missing = |path: &str| Missing { path: path.to_owned(), ..Missing::default() };
    let line = || By::Line { script: at("/run.sh") };
    Case::starting(match id {
        "GB701" => {
            let missing = Missing { near: Some(at("/usr/local/bin/rpc")), ..missing("/app/rpc") };
            fix::step(By::Engine, "/app/rpc", Found::Missing(missing))
        }
        "GB702" => fix::step(By::Engine, "/app", Found::NotAFile { path: at("/app"), folder: true }),
        "GB703" => fix::step(By::Engine, "/app/rpc", Found::Denied(fix::barrier())).by_65532(),
        "GB704" => fix::step(line(), "/bin/bash", Found::Missing(missing("/bin/bash"))),
        "GB705" => fix::step(line(), "/bin/sh\r", Found::Missing(missing("/bin/sh\r"))),
        "GB706" => {
            let (path, real, content) = (at("/run.sh"), at("/run.sh"), Content::Neither(Flaw::NoLine));
            fix::step(By::Engine, "/run.sh", Found::File { path, real, content })
        }
        "GB707" => fix::step(By::Engine, "/app", fix::program("/app")).of_a_stranger(),
        other => panic!("{other} has no example here"),
    })
}

#[test]
fn the_example_of_every_page_is_what_is_printed() {
    for check in CHECKS {
        let case = example(check.diagnostic.id);
        let findings = verdict(&case.subject(), &Policy::default()).findings;
        let ids: Vec<&str> = findings.iter().map(Finding::id).collect();
        assert_eq!(
            ids,
            [check.diagnostic.id],
            "the example of {} is not of that check alone",
            check.diagnostic.id
        );
        let shown = Shown::of(&findings[0]);
        assert_eq!(shown.evidence["kind"], check.diagnostic.name, "{}", check.diagnostic.id);
        let printed = anstream::adapter::strip_str(&render(&shown)).to_string();
        let (_, example) = check.diagnostic.page.split_once("## Example").unwrap();
        assert_eq!(example.trim(), format!("```\n{printed}```"), "{}", check.diagnostic.id);
    }
}
