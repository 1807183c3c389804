//! Root file systems made of a distribution's own packages.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use super::{inspect, path};
use crate::support::project::Project;
use crate::support::root::Root;

#[test]
fn what_is_read_of_debians_packages_is_what_the_catalogue_says() {
    let root = Root::of("debian");
    // The package of glibc brings the folder, the one with the base files this line.
    fs::write(root.path().join("etc/ld.so.conf"), "include /etc/ld.so.conf.d/*.conf\n").unwrap();
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let version = release.lines().find_map(|line| line.strip_prefix("VERSION_ID=")).unwrap_or_default();
    let row = gobuild::image::resolve(&format!("debian:{}", version.trim_matches('"')));
    let project = Project::empty();
    let read = &inspect(&project, &[&path(root.path())])[0];
    let image = &read["image"];
    // The packages are of this machine's own distribution, which need not be Debian.
    if release.lines().any(|line| line == "ID=debian") {
        let row = serde_json::to_value(row.expect("the catalogue knows Debian")).unwrap();
        assert_eq!(image["libc"], row["libc"]);
        assert_eq!(image["amd64_level"], row["amd64_level"]);
        assert_eq!(image["runtime"]["gcc"], row["runtime"]["gcc"]);
    }
    assert!(image["libc"].as_str().unwrap().starts_with("glibc 2."), "{image}");
    assert_eq!(image["os"], "linux");
    let present = image["libraries"]["present"].as_array().unwrap();
    assert!(present.iter().any(|name| name == "libgcc_s.so.1"), "{present:?}");
    assert!(!present.iter().any(|name| name == "libc.so.6"), "the C library's own are not beside it");
    let absent = image["libraries"]["absent"].as_array().unwrap();
    assert!(absent.iter().any(|name| name == "libcrypt.so.1"), "{absent:?}");
    assert_eq!((&image["shell"], &image["ca_certificates"]), (&serde_json::Value::Null, &false.into()));

    let root = &read["root"];
    let elf = root["elf"].as_object().unwrap();
    let libc = elf.iter().find(|(path, _)| path.ends_with("/libc.so.6")).expect("there is a libc").1;
    let verdef: Vec<&str> =
        libc["verdef"].as_array().unwrap().iter().filter_map(|name| name.as_str()).collect();
    assert!(verdef.contains(&"GLIBC_PRIVATE") && !verdef.contains(&"libc.so.6"), "{verdef:?}");
    let dirs = root["system_dirs"].as_array().unwrap();
    assert_eq!(dirs.len(), 4, "{dirs:?}");
    assert!(dirs[0].as_str().unwrap().starts_with("/lib/"), "{dirs:?}");
    assert!(
        root["conf_dirs"]
            .as_array()
            .unwrap()
            .iter()
            .any(|dir| dir.as_str().unwrap().starts_with("/usr/local/lib/"))
    );
}

#[test]
fn musl_says_its_release_itself() {
    let root = Root::of("musl");
    let image = inspect(&Project::empty(), &[&path(root.path())])[0]["image"].clone();
    let libc = image["libc"].as_str().unwrap();
    let release = libc.strip_prefix("musl ").expect("it is musl");
    assert_eq!(release.split('.').filter(|part| part.parse::<u32>().is_ok()).count(), 3, "{libc}");
    assert_eq!(image["libraries"]["complete"], true);
}

#[test]
fn an_empty_root_offers_nothing_and_that_is_known() {
    let root = Root::of("empty");
    let image = inspect(&Project::empty(), &[&path(root.path())])[0]["image"].clone();
    assert_eq!((image["libc"].as_str(), image["platforms"].as_str()), (Some("no libc"), Some("unknown")));
    assert_eq!(image["tmp"], false);
}

#[test]
fn a_root_of_all_parts_is_shown_for_people() {
    let project = Project::empty()
        .file("root/etc/passwd", "root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/:/bin/sh\n")
        .file("root/etc/ssl/certs/ca-certificates.crt", "-----BEGIN CERTIFICATE-----\n")
        .file("root/usr/share/zoneinfo/Europe/Berlin", "TZif2")
        .file("root/usr/bin/busybox", "#!/x\n")
        .folder("root/tmp");
    fs::set_permissions(project.path("root/tmp"), PermissionsExt::from_mode(0o1777)).unwrap();
    fs::set_permissions(project.path("root/usr/bin/busybox"), PermissionsExt::from_mode(0o755)).unwrap();
    symlink("usr/bin", project.path("root/bin")).unwrap();
    // Absolute, as in an image: it means the root's own file, not the machine's.
    symlink("/usr/bin/busybox", project.path("root/usr/bin/sh")).unwrap();
    project
        .gobuild(["image", "inspect", "root"])
        .stdout_has("certificates  yes")
        .stdout_has("time zones    yes")
        .stdout_has("shell         /bin/sh")
        .stdout_has("users         root 0, app 1000")
        .stdout_has("mode of /tmp  1777")
        .stdout_has("source        read from root")
        .check();
}

#[test]
fn a_binary_is_held_against_a_root_or_the_root_of_a_target() {
    let (musl, debian) = (Root::of("musl"), Root::of("debian"));
    let project = Project::hello().file(
        "gobuild.toml",
        format!(
            "[build]\ntarget = \"musl\"\n[target.musl]\nrootfs = \"{}\"\n[target.debian]\nrootfs = \"{}\"\n",
            musl.path().display(),
            debian.path().display()
        ),
    );
    project.go(["build", "-o", "static"]).env("CGO_ENABLED", "0").stderr_any().check();
    project.go(["build", "-o", "pie", "-buildmode=pie"]).env("CGO_ENABLED", "0").stderr_any().check();
    for root in [&musl, &debian] {
        let line = ["verify", "--rootfs", &path(root.path()), "static"].map(str::to_owned);
        project.gobuild(line).stdout_has("accepted").check();
    }
    let line = ["verify", "--rootfs", &path(musl.path()), "pie"].map(str::to_owned);
    project.gobuild(line).status(3).stdout_has("rejected").stderr_has("GB201").check();
    let line = ["verify", "--rootfs", &path(debian.path()), "pie"].map(str::to_owned);
    project.gobuild(line).stdout_has("accepted").check();
    // The same through gobuild.toml, the folder's platform being the one to build for.
    project.gobuild(["verify", "pie"]).status(3).stdout_has("rejected").stderr_has("GB201").check();
    project.gobuild(["verify", "--target", "debian", "pie"]).stdout_has("accepted").check();
    project.gobuild(["-o", "out/rpc"]).stderr_any().check();
    assert!(project.has("out/rpc"));
}

#[test]
fn what_is_not_there_says_so() {
    let project = Project::hello().file("gobuild.toml", "[target.x]\nrootfs = \"gone\"\n");
    project
        .gobuild::<&str>([])
        .status(2)
        .stderr_has("cannot read gone: no such file")
        .stderr_has("gobuild.toml:2")
        .check();
    project
        .gobuild(["image", "inspect", "./none.tar"])
        .status(2)
        .stderr_has("cannot read ./none.tar")
        .check();
    project
        .gobuild(["verify", "--rootfs", "go.mod", "go.mod"])
        .status(2)
        .stderr_has("cannot read go.mod")
        .check();
}
