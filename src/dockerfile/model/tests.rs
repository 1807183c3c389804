use super::*;
use crate::dockerfile::parse::parse;

#[test]
fn what_a_stage_is_built_on_and_what_comes_into_it() {
    let file = parse(
        "FROM golang:1.27 AS Build\nFROM node AS web\nFROM alpine AS base\nFROM base AS extra\n\
         COPY --from=build /a /a\nCOPY --from=1 /w /w\nFROM scratch\nCOPY --from=extra /a /a\nCOPY --from=busybox /b /b\n",
    )
    .unwrap();
    let resolved = resolve(&file);
    assert_eq!(resolved.find(None), Some(4));
    assert_eq!(resolved.find(Some("EXTRA")), Some(3));
    assert_eq!(resolved.find(Some("1")), Some(1));
    assert_eq!(resolved.find(Some("9")), None);
    assert_eq!(resolved.image(3), Ok("alpine"));
    let mut reached = resolved.reached(4);
    reached.sort_unstable();
    assert_eq!(reached, [0, 1, 2, 3, 4]);
}

/// `BuildKit` builds what a command is shown, and nothing that no one asks for.
#[test]
fn a_stage_that_is_mounted_comes_in() {
    let file = parse(
        "ARG FROM=tools\nFROM golang AS build\nFROM node AS Web\nFROM a AS tools\nFROM a AS alone\nFROM debian\nARG FROM\n\
         RUN --mount=type=bind,from=build,source=/out,target=/mnt --mount=from=web,target=/w cp /mnt/app /w/x /\n\
         RUN --mount=type=bind,from=$FROM,target=/t --mount=type=cache,target=/alone,from=busybox true\n",
    )
    .unwrap();
    let mut reached = resolve(&file).reached(4);
    reached.sort_unstable();
    assert_eq!(reached, [0, 1, 2, 4]);
}

#[test]
fn an_argument_is_its_own_default_then_the_global_one_then_the_builders() {
    let file = parse(
        "ARG V=1\nARG TARGETARCH\nFROM a AS x\nARG V\nARG W=${V}2\nARG TARGETARCH\nARG N\nENV P=/x:$PATH Q=$W\nFROM x\nRUN id\n",
    )
    .unwrap();
    let resolved = resolve(&file);
    let env = &resolved.stages[1].before[0];
    assert_eq!(env.get("V"), Value::Known("1".to_owned()));
    assert_eq!(env.get("Q"), Value::Known("12".to_owned()));
    assert!(matches!(env.get("TARGETARCH"), Value::Unknown(_)));
    assert!(matches!(env.get("N"), Value::Unknown(_)));
    let declared = resolved.stages[1].declared.iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(declared, ["N", "TARGETARCH", "V", "W"]);
}
