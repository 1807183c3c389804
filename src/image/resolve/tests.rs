//! Which row a reference means, as a table.

use super::*;
use crate::error::Error;
use crate::image::facts::{Fact, Libc, Source};

const DIGEST: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// Written, the name in messages, the C library, what it was taken for.
type Case<'a> = (&'a str, &'a str, &'a str, Option<&'a str>);

fn check(cases: &[Case]) {
    for &(written, name, libc, taken_for) in cases {
        let image = resolve(written).unwrap_or_else(|error| panic!("{written}: {error}"));
        let shown = image.libc.known().map_or_else(|| "unknown".to_owned(), |libc| libc.to_string());
        let taken = image.taken_for.as_ref().map(ToString::to_string);
        let found = (image.name.as_str(), shown.as_str(), taken.as_deref());
        assert_eq!(found, (name, libc, taken_for), "{written}");
        assert_eq!(image.written, written);
    }
}

#[test]
fn a_tag_that_names_a_release_means_its_row() {
    check(&[
        ("scratch", "scratch", "no libc", None),
        ("alpine:3.24", "alpine:3.24", "musl 1.2.6", None),
        ("alpine:3.22.1", "alpine:3.22.1", "musl 1.2.5", None),
        ("alpine:3.20.3", "alpine:3.20.3", "musl", None),
        ("alpine:edge", "alpine:edge", "musl", None),
        ("docker.io/library/alpine:3.21", "alpine:3.21", "musl 1.2.5", None),
        ("mirror.gcr.io/library/alpine:3.21", "mirror.gcr.io/library/alpine:3.21", "musl 1.2.5", None),
        ("debian:12", "debian:12", "glibc 2.36", None),
        ("debian:12.5-slim", "debian:12.5-slim", "glibc 2.36", None),
        ("debian:bookworm-slim", "debian:bookworm-slim", "glibc 2.36", None),
        ("debian:bookworm-20240612-slim", "debian:bookworm-20240612-slim", "glibc 2.36", None),
        ("debian:sid", "debian:sid", "glibc 2.42", None),
        ("ubuntu:24.04", "ubuntu:24.04", "glibc 2.39", None),
        ("ubuntu:noble-20240605", "ubuntu:noble-20240605", "glibc 2.39", None),
        ("ubuntu:jammy-20240627.1", "ubuntu:jammy-20240627.1", "glibc 2.35", None),
        (
            "gcr.io/distroless/static-debian12:nonroot",
            "gcr.io/distroless/static-debian12:nonroot",
            "no libc",
            None,
        ),
        ("gcr.io/distroless/base-debian12", "gcr.io/distroless/base-debian12", "glibc 2.36", None),
        (
            "gcr.io/distroless/cc-debian13:debug-nonroot",
            "gcr.io/distroless/cc-debian13:debug-nonroot",
            "glibc 2.41",
            None,
        ),
        ("busybox:musl", "busybox:musl", "no libc", None),
        ("busybox:1.36.1-uclibc", "busybox:1.36.1-uclibc", "no libc", None),
        ("busybox:1.37.0-glibc", "busybox:1.37.0-glibc", "glibc 2.41", None),
        ("busybox:1.36.1-glibc", "busybox:1.36.1-glibc", "glibc", None),
        ("redhat/ubi9", "redhat/ubi9", "glibc 2.34", None),
        (
            "registry.access.redhat.com/ubi9/ubi-minimal:9.4-1123",
            "registry.access.redhat.com/ubi9/ubi-minimal:9.4-1123",
            "glibc 2.34",
            None,
        ),
        (
            "registry.access.redhat.com/ubi8-micro:latest",
            "registry.access.redhat.com/ubi8-micro:latest",
            "glibc 2.28",
            None,
        ),
        ("almalinux:9.4-minimal-20240530", "almalinux:9.4-minimal-20240530", "glibc 2.34", None),
        ("rockylinux:9.3.20231119", "rockylinux:9.3.20231119", "glibc 2.34", None),
        ("oraclelinux:8-slim", "oraclelinux:8-slim", "glibc 2.28", None),
        ("quay.io/centos/centos:stream9", "quay.io/centos/centos:stream9", "glibc 2.34", None),
        ("amazonlinux:2023.5.20240708.0", "amazonlinux:2023.5.20240708.0", "glibc 2.34", None),
        (
            "public.ecr.aws/amazonlinux/amazonlinux:2",
            "public.ecr.aws/amazonlinux/amazonlinux:2",
            "glibc 2.26",
            None,
        ),
        ("fedora:41", "fedora:41", "glibc 2.40", None),
        ("opensuse/leap:15.6", "opensuse/leap:15.6", "glibc 2.38", None),
        ("archlinux:base-devel", "archlinux:base-devel", "glibc 2.44", None),
        ("cgr.dev/chainguard/static", "cgr.dev/chainguard/static", "no libc", None),
        ("bitnami/minideb:bookworm", "bitnami/minideb:bookworm", "glibc 2.36", None),
        (
            "mcr.microsoft.com/windows/nanoserver:ltsc2022",
            "mcr.microsoft.com/windows/nanoserver:ltsc2022",
            "unknown",
            None,
        ),
    ]);
}

#[test]
fn a_tag_that_moves_says_what_it_was_taken_for() {
    check(&[
        ("alpine", "alpine:3.24", "musl 1.2.6", Some("alpine:3.24, the newest known")),
        ("alpine:latest", "alpine:3.24", "musl 1.2.6", Some("alpine:3.24, the newest known")),
        ("alpine:3", "alpine:3.24", "musl 1.2.6", Some("alpine:3.24, the newest known")),
        ("debian:latest", "debian:13", "glibc 2.41", Some("debian:13, the newest known")),
        (
            "debian:stable-slim",
            "debian:13-slim",
            "glibc 2.41",
            Some("debian:13-slim, as stable stood in 2026-08"),
        ),
        ("debian:oldstable", "debian:12", "glibc 2.36", Some("debian:12, as oldstable stood in 2026-08")),
        ("ubuntu", "ubuntu:26.04", "glibc 2.43", Some("ubuntu:26.04, the newest known")),
        ("ubuntu:rolling", "ubuntu:26.04", "glibc 2.43", Some("ubuntu:26.04, as rolling stood in 2026-08")),
        ("busybox", "busybox:glibc", "glibc 2.41", Some("busybox:glibc, as latest stood in 2026-08")),
        (
            "opensuse/leap:15",
            "opensuse/leap:15.6",
            "glibc 2.38",
            Some("opensuse/leap:15.6, the newest known"),
        ),
        (
            "public.ecr.aws/docker/library/alpine",
            "public.ecr.aws/docker/library/alpine:3.24",
            "musl 1.2.6",
            Some("public.ecr.aws/docker/library/alpine:3.24, the newest known"),
        ),
        (
            "gcr.io/distroless/static",
            "gcr.io/distroless/static-debian13",
            "no libc",
            Some("gcr.io/distroless/static-debian13, the newest known"),
        ),
        (
            "gcr.io/distroless/base:debug-nonroot",
            "gcr.io/distroless/base-debian13:debug-nonroot",
            "glibc 2.41",
            Some("gcr.io/distroless/base-debian13:debug-nonroot, the newest known"),
        ),
    ]);
}

#[test]
fn a_release_that_is_not_listed_keeps_what_holds_for_all() {
    let alpine = Some("alpine, of a release that the catalogue does not know");
    let debian = Some("debian, of a release that the catalogue does not know");
    check(&[
        ("alpine:9.99", "alpine:9.99", "musl", alpine),
        ("alpine:20240606", "alpine:20240606", "musl", alpine),
        ("alpine:3.2", "alpine:3.2", "musl", alpine),
        ("debian:6", "debian:6", "glibc", debian),
        // A dated tag of a name that moves, and of a release that moves, may be of any age.
        ("debian:stable-20230502", "debian:stable-20230502", "glibc", debian),
        ("debian:sid-20230502", "debian:sid-20230502", "glibc", debian),
    ]);
    let image = resolve(&format!("alpine@{DIGEST}")).unwrap();
    assert_eq!(image.libc, Fact::Known(Libc::Musl(Fact::Unknown)));
    let image = resolve(&format!("alpine:latest@{DIGEST}")).unwrap();
    assert_eq!(image.libc, Fact::Known(Libc::Musl(Fact::Unknown)));
    let image = resolve(&format!("alpine:3.24@{DIGEST}")).unwrap();
    assert_eq!(
        (image.libc.known().map(|libc| libc.to_string()), image.taken_for),
        (Some("musl 1.2.6".to_owned()), None)
    );
    assert_eq!(resolve("almalinux").unwrap().libc, Fact::Known(Libc::Glibc(Fact::Unknown)));
}

#[test]
fn a_tag_that_is_nearly_a_release_is_an_error() {
    for (written, suggestion) in [
        ("alpine:3.2O", "alpine:3.20"),
        ("docker.io/library/alpine:3.2O", "docker.io/library/alpine:3.20"),
        ("alpine:v3.20", "alpine:3.20"),
        ("alpine:3.2O.3", "alpine:3.20.3"),
        ("debian:l2-slim", "debian:12-slim"),
        ("debian:bokworm-slim", "debian:bookworm-slim"),
        ("ubuntu:24.o4", "ubuntu:24.04"),
    ] {
        let error = crate::error::Error::from(resolve(written).unwrap_err());
        assert_eq!(error.message, format!("no release is known as `{written}`"));
        assert_eq!(error.help[0], format!("did you mean `{suggestion}`?"));
    }
    // These may be releases of their own.
    for written in
        ["alpine:9.99", "alpine:3.20_rc1", "debian:6", "debian:hamm", "ubuntu:xenial", "busybox:own"]
    {
        assert!(resolve(written).is_ok(), "{written}");
    }
}

#[test]
fn a_derived_image_has_the_distribution_that_its_tag_names() {
    let loose = Some("made from alpine, of a release that the tag does not fix");
    check(&[
        ("node:22-bookworm-slim", "node:22-bookworm-slim", "glibc 2.36", Some("made from debian:12")),
        ("python:3.12-alpine", "python:3.12-alpine", "musl", loose),
        ("python:3.12-alpine3.21", "python:3.12-alpine3.21", "musl 1.2.5", Some("made from alpine:3.21")),
        ("nginx:alpine", "nginx:alpine", "musl", loose),
        ("nginx:1.27-alpine3.99", "nginx:1.27-alpine3.99", "musl", loose),
        (
            "eclipse-temurin:21-jre-noble",
            "eclipse-temurin:21-jre-noble",
            "glibc 2.39",
            Some("made from ubuntu:24.04"),
        ),
        ("node:22", "node:22", "unknown", None),
        ("node:22-slim", "node:22-slim", "unknown", None),
        ("nginx", "nginx", "unknown", None),
        ("mycorp/app:1-alpine", "mycorp/app:1-alpine", "unknown", None),
    ]);
    let image = resolve("node:22-alpine3.21").unwrap();
    assert_eq!(image.users, Fact::Unknown);
    assert_eq!(image.ca_certificates, Fact::Known(true));
    assert_eq!(image.zoneinfo, Fact::Unknown);
    assert_eq!(resolve("node:22").unwrap().source, Source::Nobody);
}

#[test]
fn golang_means_the_distribution_of_its_history() {
    let trixie = "made from debian:13";
    let moving = |name: &str, base: &str| format!("made from {base}, as {name} stood in 2026-08");
    let loose = "made from debian, of a release that the tag does not fix";
    check(&[
        ("golang:1.27", "golang:1.27", "glibc 2.41", Some(trixie)),
        ("golang:1.27.0", "golang:1.27.0", "glibc 2.41", Some(trixie)),
        ("golang:1.23", "golang:1.23", "glibc 2.36", Some("made from debian:12")),
        (
            "golang:1.24",
            "golang:1.24",
            "glibc 2.41",
            Some(&moving("golang:1.24", trixie.trim_start_matches("made from "))),
        ),
        ("golang:1.24.3", "golang:1.24.3", "glibc", Some(loose)),
        ("golang:1.24-bookworm", "golang:1.24-bookworm", "glibc 2.36", Some("made from debian:12")),
        ("golang:1.24-alpine3.21", "golang:1.24-alpine3.21", "musl 1.2.5", Some("made from alpine:3.21")),
        (
            "golang:1.24-alpine",
            "golang:1.24-alpine",
            "musl 1.2.5",
            Some(&moving("golang:1.24-alpine", "alpine:3.23")),
        ),
        ("golang:1.27-alpine", "golang:1.27-alpine", "musl 1.2.6", Some("made from alpine:3.24")),
        ("golang:alpine", "golang:alpine", "musl 1.2.6", Some(&moving("golang:alpine", "alpine:3.24"))),
        ("golang", "golang", "glibc 2.41", Some(&moving("golang", "debian:13"))),
        ("golang:1", "golang:1", "glibc 2.41", Some(&moving("golang:1", "debian:13"))),
        ("golang:1.5", "golang:1.5", "glibc", Some(loose)),
        (
            "golang:1.27-nanoserver-ltsc2022",
            "golang:1.27-nanoserver-ltsc2022",
            "unknown",
            Some("made from mcr.microsoft.com/windows/nanoserver:ltsc2022"),
        ),
    ]);
    let debian = resolve("golang:1.23").unwrap();
    assert_eq!(debian.ca_certificates, Fact::Known(true));
    assert!(debian.libraries.present.contains(&"libstdc++.so.6".to_owned()));
    let alpine = resolve("golang:1.24-alpine3.21").unwrap();
    assert_eq!(alpine.zoneinfo, Fact::Known(false));
    assert!(alpine.libraries.absent.contains(&"libstdc++.so.6".to_owned()));
}

#[test]
fn a_slip_is_an_error_and_a_stranger_is_not() {
    for (written, suggestion) in [
        ("apline", "alpine"),
        ("apline:3.20", "alpine:3.20"),
        ("debain:12-slim", "debian:12-slim"),
        ("ngnix", "nginx"),
    ] {
        let error = Error::from(resolve(written).unwrap_err());
        assert_eq!(error.message, format!("no image is known as `{written}`"));
        assert_eq!(error.help[0], format!("did you mean `{suggestion}`?"));
    }
    for written in
        ["mycorp", "mycorp:7", "registry.corp/base:7", "registry.corp/apline", "gcr.io/distroless/java21"]
    {
        let image = resolve(written).unwrap();
        assert_eq!(image, Image::undescribed(written));
    }
    let error = Error::from(resolve("Alpine").unwrap_err());
    assert_eq!(error.message, "`Alpine`: the name of an image is written in lower case");
}
