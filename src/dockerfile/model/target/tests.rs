use super::*;

fn image(dockerfile: &str) -> (String, usize) {
    let stage = final_image(dockerfile).unwrap_or_else(|why| panic!("{dockerfile}\n{why:?}"));
    (stage.image, stage.line)
}

fn reason(dockerfile: &str) -> (usize, String) {
    let why = final_image(dockerfile).unwrap_err();
    (why.line, why.reason)
}

#[test]
fn the_last_stage_counts_and_not_the_builder() {
    let dockerfile = "# syntax=docker/dockerfile:1\nFROM golang:1.24 AS build\nRUN go build -o /rpc\n\nfrom alpine:3.20\nCOPY --from=build /rpc /rpc\n";
    assert_eq!(image(dockerfile), ("alpine:3.20".to_owned(), 5));
    assert_eq!(image("FROM scratch"), ("scratch".to_owned(), 1));
}

#[test]
fn a_stage_built_on_a_stage_is_followed_to_the_image() {
    let dockerfile = "FROM debian:12-slim AS Base\nFROM golang AS build\nFROM base AS run\nFROM run\n";
    assert_eq!(image(dockerfile), ("debian:12-slim".to_owned(), 1));
    // A stage may be called like the image it is built on.
    assert_eq!(image("FROM alpine:3.20 AS alpine\nFROM alpine\n"), ("alpine:3.20".to_owned(), 1));
    // A stage further down is not there yet.
    assert_eq!(image("FROM late AS a\nFROM x AS late\nFROM a\n"), ("late".to_owned(), 1));
}

#[test]
fn defaults_of_arg_are_filled_in() {
    for (dockerfile, expected) in [
        ("ARG TAG=3.20\nFROM alpine:$TAG\n", "alpine:3.20"),
        ("ARG TAG=\"3.20\"\nFROM alpine:${TAG}\n", "alpine:3.20"),
        ("ARG R=reg.corp/ N=base V='7'\nARG IMAGE=${R}${N}:$V\nFROM $IMAGE AS x\n", "reg.corp/base:7"),
        ("FROM alpine:${TAG:-3.19}\n", "alpine:3.19"),
        ("ARG TAG\nFROM alpine:${TAG:-3.19}\n", "alpine:3.19"),
        ("ARG TAG=1\nFROM alpine${TAG:+:edge}\n", "alpine:edge"),
        ("ARG PREFIX=\nFROM ${PREFIX}alpine\n", "alpine"),
    ] {
        assert_eq!(image(dockerfile).0, expected, "{dockerfile}");
    }
}

#[test]
fn what_only_the_builder_knows_is_not_guessed() {
    assert_eq!(reason("ARG BASE\nFROM $BASE\n"), (2, "ARG BASE has no default".to_owned()));
    assert_eq!(
        reason("FROM alpine:3.20-$TARGETARCH\n"),
        (1, "TARGETARCH is given by the builder, not by the file".to_owned())
    );
    // An ARG inside a stage says nothing about the next FROM.
    assert_eq!(reason("FROM a\nARG B=x\nFROM $B\n").0, 3);
    assert_eq!(reason("ARG A=x\nFROM ${A%x}\n").1, "`${A%x}` is more than this reader of Dockerfiles knows");
    assert_eq!(reason("ARG B\nFROM $B AS base\nFROM base\n"), (2, "ARG B has no default".to_owned()));
    assert_eq!(reason("FROM ${A\n").1, "`${A` has an open brace");
    assert_eq!(reason("FROM \"\"\n").1, "FROM names no image");
    assert_eq!(reason("FROM a\nFORM b\n").0, 2);
    for dockerfile in ["FROM --platform=linux/amd64\n", "RUN echo\n", ""] {
        assert!(reason(dockerfile).1.contains("FROM"), "{dockerfile}");
    }
}

#[test]
fn the_platform_is_told_where_it_is_written_out() {
    let platform = |dockerfile| final_image(dockerfile).unwrap().platform;
    assert_eq!(platform("FROM --platform=linux/arm64 alpine\n"), Some("linux/arm64".to_owned()));
    assert_eq!(
        platform("ARG P=linux/arm/v7\nFROM --platform=$P alpine AS a\nFROM a\n"),
        Some("linux/arm/v7".to_owned())
    );
    assert_eq!(platform("FROM --platform=$TARGETPLATFORM alpine\n"), None);
    assert_eq!(platform("FROM alpine\n"), None);
}

#[test]
fn lines_that_only_look_like_from_are_stepped_over() {
    let dockerfile = "FROM alpine:3.20\n# FROM a\nRUN <<EOF\nFROM b\nEOF\nCOPY <<-'A' <<B /x/\nFROM c\n\tA\nFROM d\nB\nRUN echo \\\n  # a comment\n\n  FROM e\nRUN cat <<< x\nENV FROM=f\n";
    assert_eq!(image(dockerfile), ("alpine:3.20".to_owned(), 1));
    assert_eq!(image("FROM \\\n  alpine \\\n  AS x\n"), ("alpine".to_owned(), 1));
    assert_eq!(image("# escape=`\nFROM a\nRUN dir c:\\\nFROM `\nb\n"), ("b".to_owned(), 4));
    assert_eq!(image("FROM a\r\nFROM b\r\n"), ("b".to_owned(), 2));
}

proptest::proptest! {
    #[test]
    fn no_dockerfile_is_too_strange(text in r"(FROM |ARG |RUN |COPY |AS |<<EOF|\$\{|\}|\$A|A=|:-|\\\n|\n|# escape=|[ `üa-c:=-]){0,24}") {
        if let Ok(stage) = final_image(&text) {
            assert!(!stage.image.is_empty() && stage.line <= text.lines().count());
        }
    }
}
