use super::*;

fn kinds(text: &str) -> Vec<String> {
    let file = parse(text).unwrap_or_else(|error| panic!("{text}\n{error}"));
    let steps = file.stages.iter().flat_map(|stage| &stage.steps);
    steps.map(|step| file.text[step.span.clone()].lines().next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn every_step_stands_where_it_is_written() {
    let text = "# syntax=docker/dockerfile:1\nARG V=1 W\nFROM --platform=$BUILDPLATFORM golang:$V AS build\nRUN --mount=type=cache,target=/x \\\n  go build\ncopy --from=a --chmod=755 b c /d/\nENTRYPOINT [\"/d/b\", \"-v\"]\n";
    let file = parse(text).unwrap();
    assert_eq!(file.globals.len(), 2);
    assert_eq!(&text[file.globals[1].span.clone()], "W");
    let stage = &file.stages[0];
    assert_eq!(&text[stage.span.clone()], "FROM --platform=$BUILDPLATFORM golang:$V AS build");
    assert_eq!(stage.platform.as_ref().unwrap().text, "$BUILDPLATFORM");
    let What::Run(run) = &stage.steps[0].what else { panic!() };
    assert_eq!(run.mounts[0].target.as_deref(), Some("/x"));
    let What::Copy(copy) = &stage.steps[1].what else { panic!() };
    assert_eq!((copy.chmod.as_deref(), copy.sources.len()), (Some("755"), 2));
    assert_eq!(&text[copy.sources[1].span.clone()], "c");
    let What::Entrypoint(Command::Exec(words, _)) = &stage.steps[2].what else { panic!() };
    assert_eq!(words[0].text, "/d/b");
}

#[test]
fn here_documents_are_no_instructions_wherever_they_stand() {
    let text = "FROM a\nRUN cat <<EOF > /x\nFROM b\nEOF\nRUN <<A cat && <<B cat\nFROM c\nA\nFROM d\nB\nCOPY <<-'E' <<F /x/\nFROM e\n\tE\nFROM f\nF\nUSER x\n";
    assert_eq!(kinds(text).len(), 4, "{:?}", kinds(text));
    let file = parse("FROM a\nRUN <<EOF\nset -e\ngo build\nEOF\nRUN <<EOF cat > /y\nx\nEOF\n").unwrap();
    let What::Run(run) = &file.stages[0].steps[0].what else { panic!() };
    assert_eq!(run.script.as_deref().map(str::trim), Some("set -e\ngo build"));
    let What::Run(run) = &file.stages[0].steps[1].what else { panic!() };
    assert_eq!(run.script, None);
}

#[test]
fn what_is_no_dockerfile_says_where_and_why() {
    for (text, line) in [("", 1), ("RUN x\n", 1), ("FROM a\nCPOY x y\n", 2), ("FROM a\nCOPY x\n", 2)] {
        let error = parse(text).unwrap_err();
        assert_eq!(error.line, line, "{text:?}: {error}");
        assert!(!error.message.is_empty() && !error.message.contains(" at line "), "{error}");
    }
    assert_eq!(parse("\u{feff}FROM a\n").unwrap().stages[0].span.start, 0);
}
