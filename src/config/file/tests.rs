use std::fmt::Write as _;

use super::*;
use crate::config::build::Cgo;
use crate::image::facts::{Source, User};
use crate::image::{Fact, Image, Libc, Version};
use crate::origin::Origin;

fn shown(text: &str) -> String {
    let error = parse(Path::new("gobuild.toml"), text).unwrap_err();
    let helps = error.help.iter().map(|help| format!("help: {help}"));
    [error.message].into_iter().chain(error.detail).chain(helps).collect::<Vec<_>>().join("\n")
}

/// Every mistake with the message a user reads; `SNAPSHOTS=overwrite` writes the file anew.
#[test]
fn every_mistake_shows_its_line_and_a_way_out() {
    let mut book = String::new();
    for text in [
        "targt = \"x\"\n",
        "target = \"prod\"\n[target.prod]\nimage = \"alpine\"\n",
        "[target.prod]\nimage = \"alpine\"\n[target.prod]\nimage = \"debian\"\n",
        "[target.\"\"]\nimage = \"alpine\"\n",
        "[build]\ntarget = \"prd\"\n[target.prod]\nimage = \"alpine\"\n",
        "target = \"Not an image\"\n",
        "[build]\ntarget = \"Stage\"\n[target.prod]\nimage = \"alpine\"\n",
        "target = \"alpine\"\n[build]\ntarget=\"debian\"\n",
        "[target.prod]\nimage = \"alpine\"\nplatfroms = [\"linux/amd64\"]\n",
        "[target.prod]\nimage = \"alpine\"\nplatforms = []\n",
        "[target.prod]\nimage = \"alpine\"\nplatforms = [\n  \"linux/amd64\",\n\t\"linux/amd46\",\n]\n",
        "[target.prod]\nplatforms = \"linux/amd64\"\n",
        "[target]\nprod = \"alpine\"\n",
        "[[target]]\nimage = \"alpine\"\n",
        "[build]\ncgo = true\n",
        "[build]\ncgo = \"of\"\nrelease = \"true\"\ntags = [\"a,b\", 3]\nldflags = 3\nimage = \"x\"\nworkdir=\"x\"\nfoo=1\nname=\"{nam}\"\n",
        "build = 3\n",
        "[build\n",
        "[build]\noutput = rpc\nx = \n",
        "[image.\"Bad Ref\"]\nlibc = \"glib 2.34\"\namd64_level = 9\nca-certificates = 1\nshell = \"sh\"\nusers = { root = -1 }\nlibraries = [\"/usr/lib/libz.so.1\"]\n",
        "[image.alpine]\nlibc = \"glibc new\"\namd64-level = 9\n",
        "[dockerfile]\nworkdir = \"app\"\ncopy = [{ from = \"etc\" }, { from = \"../x\", to = \"y\", mode = 1 }]\nexpose = [0, \"53/upd\"]\nenv = [\"A=b\"]\nlabels = { a = 1 }\nargs = \"--x\"\n",
        "[dockerfile]\nshape = \"multistage\"\nbuilder = \"kaniko\"\npackages = [\"curl jq\"]\ngobuild = \"Not An Image\"\n",
        "[build]\nplatforms = [\"linux/amd64\"]\npackage = \"\"\n",
        "[checks]\nallow = \"GB301\"\n",
        "# ü\n[build]\n\"é\" = 1\n",
    ] {
        let _ = writeln!(book, "{text}---\n{}\n\n==========\n", shown(text));
    }
    snapbox::assert_data_eq!(book, snapbox::file!["mistakes.txt"].raw());
}

fn read(text: &str) -> Config {
    parse(Path::new("gobuild.toml"), text).unwrap_or_else(|error| panic!("{text}\n{error:?}"))
}

fn at(line: usize, key: &str) -> Origin {
    Origin::File { path: PathBuf::from("gobuild.toml"), line, key: key.to_owned() }
}

#[test]
fn every_value_knows_its_line() {
    let config = read(
        r#"
[build]
target = "prod"
ldflags = [
  "-s",
  "-X main.version={{ git.describe }}",
]
cgo = "off"

[target.prod]
image = "alpine:3.20"
platforms = ["linux/amd64", "linux/arm/v7"]
tags = ["netgo"]

[image."registry.corp/base:7"]
libc = "glibc 2.34"
"#,
    );
    assert_eq!(config.target, Some(Sourced::new("prod".to_owned(), at(3, "build.target"))));
    let ldflags = config.build.ldflags.unwrap();
    assert_eq!(ldflags.origin, at(4, "build.ldflags"));
    assert_eq!(
        ldflags.value[1],
        Sourced::new("-X main.version={{ git.describe }}".to_owned(), at(6, "build.ldflags"))
    );
    assert_eq!(config.build.cgo, Some(Sourced::new(Cgo::Off, at(8, "build.cgo"))));
    let prod = &config.targets["prod"];
    assert_eq!(prod.name.origin, at(10, "target.prod"));
    assert_eq!(prod.image, Some(Sourced::new("alpine:3.20".to_owned(), at(11, "target.prod.image"))));
    let platforms: Vec<String> =
        prod.platforms.iter().flat_map(|list| &list.value).map(|item| item.value.to_string()).collect();
    assert_eq!(platforms, ["linux/amd64", "linux/arm/v7"]);
    assert_eq!(prod.build.tags.as_ref().unwrap().value[0].origin, at(13, "target.prod.tags"));
    let entry = &config.images["registry.corp/base:7"];
    assert_eq!(entry.origin, at(15, "image.\"registry.corp/base:7\""));
}

#[test]
fn one_line_is_enough() {
    let config = read("target = \"alpine:3.20\"\n");
    assert_eq!(config.target, Some(Sourced::new("alpine:3.20".to_owned(), at(1, "target"))));
    assert_eq!(read("").target, None);
}

#[test]
fn a_default_that_names_no_target_can_be_an_image() {
    // Near to a target's name, but with a tag: nobody calls a target that.
    let config = read("[build]\ntarget = \"prod:1\"\n[target.prod]\nimage = \"alpine\"\n");
    assert_eq!(config.target.unwrap().value, "prod:1");
    let config = read("[build]\ntarget = \"debian\"\n[target.prod]\nimage = \"alpine\"\n");
    assert_eq!(config.target.unwrap().value, "debian");
}

#[test]
fn ldflags_may_be_one_string() {
    let config = read("[build]\nldflags = \"-s -w\"\n");
    let ldflags = config.build.ldflags.unwrap();
    assert_eq!(ldflags.value, [Sourced::new("-s -w".to_owned(), at(2, "build.ldflags"))]);
}

#[test]
fn what_is_said_of_an_image_lies_over_what_is_known() {
    let config = read(
        "[image.\"corp/base:7\"]\nlibc = \"musl 1.2.5\"\nshell = false\nusers = { app = 1000 }\n\
         platforms = [\"linux/arm64\"]\namd64-level = \"v2\"\nlibraries = [\"libz.so.1\"]\n",
    );
    let mut base = Image::undescribed("alpine:3.20");
    base.zoneinfo = Fact::Known(false);
    base.libc = Fact::Known(Libc::None);
    base.libraries.absent = vec!["libz.so.1".to_owned()];
    let image = config.images["corp/base:7"].over(base, "corp/base:7");
    assert_eq!(image.name, "corp/base:7");
    assert_eq!(image.source, Source::Config(at(1, "image.\"corp/base:7\"")));
    assert_eq!(image.libc, Fact::Known(Libc::Musl(Fact::Known(Version(1, 2, 5)))));
    assert_eq!(image.os, Fact::Known("linux".to_owned()));
    assert_eq!(image.shell, Fact::Known(None));
    assert_eq!(image.amd64_level, Fact::Known(2));
    assert_eq!(image.users, Fact::Known(vec![User { name: "app".to_owned(), uid: 1000 }]));
    assert_eq!(image.libraries.present, ["libz.so.1"]);
    assert!(image.libraries.absent.is_empty() && !image.libraries.complete);
    assert_eq!((image.zoneinfo, image.tmp), (Fact::Known(false), Fact::Unknown));
}

proptest::proptest! {
    /// Whatever stands in the file, there is an answer.
    #[test]
    fn no_text_is_too_strange(text in r#"([\[\]{}=.,"'#\\\n\t üé0-9a-z-]|target|build|image|\[build\]\n|cgo = ){0,24}"#) {
        if let Err(error) = parse(Path::new("gobuild.toml"), &text) {
            assert!(error.detail.iter().any(|line| line.contains("--> gobuild.toml:")), "{error:?}");
        }
    }
}
