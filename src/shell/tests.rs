//! What a script comes to, a line a command.

use proptest::prelude::*;

use super::{Environment, HOLE, Surroundings, Value, WORDS, lex, syntax, walk};

fn from(variables: &[(&str, &str)]) -> Surroundings {
    let mut environment = Environment::default();
    for (name, value) in variables {
        environment.set(name, Value::Known((*value).to_owned()));
    }
    Surroundings { environment, folder: Some("/src".to_owned()) }
}

/// The words, with the folder in front where it is another, and `?` behind what may not run.
fn shown_in(text: &str, variables: &[(&str, &str)]) -> Vec<String> {
    let shown = |ran: super::Ran| {
        let folder = match ran.folder.as_deref() {
            Some("/src") => String::new(),
            Some(folder) => format!("{folder}: "),
            None => "somewhere: ".to_owned(),
        };
        let doubt = if ran.certain { "" } else { " ?" };
        // What only the build knows is `…`, and `……` where it may be several words.
        let words = ran.words.join("|").replace(HOLE, "…").replace(WORDS, "……");
        format!("{folder}{words}{doubt}")
    };
    walk(text, &from(variables)).into_iter().map(shown).collect()
}

fn shown(text: &str) -> Vec<String> {
    shown_in(text, &[])
}

/// What the first `go` of a script sees of a variable.
fn seen(text: &str, name: &str, variables: &[(&str, &str)]) -> Value {
    let all = walk(text, &from(variables));
    let go = all.into_iter().find(|ran| ran.is("go")).unwrap_or_else(|| panic!("no go in {text}"));
    go.environment.get(name)
}

fn known(text: &str) -> Value {
    Value::Known(text.to_owned())
}

#[test]
fn commands_come_apart_at_the_operators_and_not_inside_quotes() {
    assert_eq!(
        shown("CGO_ENABLED=0 go build -ldflags \"-s -w && x\" -o /a . && strip /a; ls | wc"),
        ["go|build|-ldflags|-s -w && x|-o|/a|.", "strip|/a", "ls", "wc"]
    );
    assert_eq!(shown("if [ -f x ]; then go test ./...; fi"), ["[|-f|x|]", "go|test|./... ?"]);
    assert_eq!(
        shown("go build -ldflags=\"-X main.v=$(git describe)\" ."),
        ["go|build|-ldflags=-X main.v=…|."]
    );
    assert_eq!(shown("A=$(date; id) go build 2>&1 >/dev/null"), ["go|build"]);
    assert_eq!(shown("echo 'a b' \"c d\" e\\ f"), ["echo|a b|c d|e f"]);
}

#[test]
fn continued_lines_are_joined_and_comments_gone() {
    assert_eq!(shown("go build \\\n  # a comment && rm\n\n  -o /x \\\r\n ."), ["go|build|-o|/x|."]);
    assert_eq!(shown("# first\ngo build # last\nls"), ["go|build", "ls"]);
    assert_eq!(
        shown("set -eux; \\\n    apk add --no-cache git; \\\n    go build -o /app ."),
        ["apk|add|--no-cache|git", "go|build|-o|/app|."]
    );
}

#[test]
fn a_process_sees_what_is_exported_and_what_stands_in_front_of_it() {
    let cgo = |text: &str| seen(text, "CGO_ENABLED", &[]);
    assert_eq!(cgo("CGO_ENABLED=0 go build"), known("0"));
    assert_eq!(cgo("export CGO_ENABLED=0 && go build"), known("0"));
    assert_eq!(cgo("CGO_ENABLED=0; export CGO_ENABLED; go build"), known("0"));
    assert_eq!(cgo("set -a; CGO_ENABLED=0; go build"), known("0"));
    assert_eq!(cgo("env CGO_ENABLED=0 go build"), known("0"));
    assert_eq!(cgo("export CGO_ENABLED=0; env -u CGO_ENABLED go build"), Value::Unset);
    // A variable of the shell is none of its children.
    assert_eq!(cgo("CGO_ENABLED=0; go build"), Value::Unset);
    assert_eq!(cgo("(export CGO_ENABLED=0); go build"), Value::Unset);
    // One that was exported before is.
    assert_eq!(seen("CGO_ENABLED=0; go build", "CGO_ENABLED", &[("CGO_ENABLED", "1")]), known("0"));
    assert!(matches!(cgo("CGO_ENABLED=$(cat x) go build"), Value::Unknown(_)));
    assert!(matches!(cgo("if [ $X = y ]; then export CGO_ENABLED=1; fi; go build"), Value::Unknown(_)));
}

#[test]
fn variables_are_filled_in_and_split_outside_of_quotes_alone() {
    let flags = [("LDFLAGS", "-linkmode external -extldflags -static"), ("EMPTY", "")];
    assert_eq!(
        shown_in("go build -ldflags \"$LDFLAGS\" $EMPTY -o ${OUT:-/app} .", &flags),
        ["go|build|-ldflags|-linkmode external -extldflags -static|-o|/app|."]
    );
    assert_eq!(shown_in("go $LDFLAGS x", &flags), ["go|-linkmode|external|-extldflags|-static|x"]);
    assert_eq!(shown("go build -o $(pwd)/x ${A%b} $1"), ["go|build|-o|…/x"]);
    assert_eq!(shown("echo '$A' ~ ~/x \"~\"; HOME=/root; echo ~/x"), ["echo|$A|…|…|~", "echo|/root/x"]);
}

#[test]
fn what_nobody_knows_is_a_hole_in_what_is_known() {
    assert_eq!(shown("V=$(date); go build -o app-$V \"$V\" $V"), ["go|build|-o|app-…|…|……"]);
    assert_eq!(shown("A=\"-s $(x) -w\"; go \"$A\" $A"), ["go|-s … -w|-s|……|-w"]);
    assert_eq!(shown("A=x$(y); B=\"$A-z\"; go ${B:-no} ${B:+yes} ${B#x}"), ["go|x…-z|yes|……"]);
    let Value::Unknown(partly) = seen("FLAGS=\"-v $(x)\" go build", "FLAGS", &[]) else {
        panic!("it is unknown")
    };
    assert_eq!(
        (partly.text, partly.reason),
        (format!("-v {HOLE}"), "`$(x)` is known to the build alone".to_owned())
    );
    // Between double quotes a single quote is a letter; with separators of its own a word ends anywhere.
    assert_eq!(shown("go \"${A:-'x'}\"; IFS=,; B=a,b; go $B"), ["go|…", "go|……"]);
    assert_eq!(shown("build() { go build \"$@\" $1 $#; }; build a \"b c\""), ["go|build|a|b c|a|2"]);
}

#[test]
fn the_start_or_the_end_of_a_value_is_taken_off() {
    let variables = [("P", "linux/arm/v7"), ("F", "a.tar.gz")];
    assert_eq!(
        shown_in("go ${P#*/} ${P##*/} ${P%/*} ${P%%/*} ${F%.gz} ${F#\"a.\"} ${P#$F} ${N#x}", &variables),
        ["go|arm/v7|v7|linux/arm|linux|a.tar|tar.gz|linux/arm/v7"]
    );
}

#[test]
fn folders_and_what_stays_in_a_subshell() {
    assert_eq!(shown("cd cmd/a && go build; ls"), ["/src/cmd/a: go|build", "/src/cmd/a: ls"]);
    assert_eq!(shown("(cd /x && go build); ls"), ["/x: go|build", "ls"]);
    assert_eq!(shown("cd \"$(mktemp -d)\"; go build"), ["somewhere: go|build"]);
    assert_eq!(shown("cd a | cat; ls"), ["cat", "ls"]);
}

#[test]
fn shells_wrappers_loops_and_functions_are_seen_through() {
    assert_eq!(shown("sh -c \"go build -o /out/a ./cmd/a\""), ["go|build|-o|/out/a|./cmd/a"]);
    assert_eq!(shown("bash -eo pipefail -c 'cd a; go build'"), ["/src/a: go|build"]);
    assert_eq!(shown("exec nice -n 5 time go build"), ["go|build"]);
    assert_eq!(
        shown("for os in linux darwin; do GOOS=$os go build -o app-$os; done"),
        ["go|build|-o|app-linux", "go|build|-o|app-darwin"]
    );
    assert_eq!(shown("for f in *.go; do gofmt $f; done"), ["gofmt|…… ?"]);
    assert_eq!(shown("build() { go build \"$@\"; }; build"), ["go|build"]);
    assert_eq!(shown("case $A in x|y) a;; *) b ;; esac; c"), ["b", "c"]);
    assert_eq!(shown("test -f x || go build; while read l; do d; done"), ["test|-f|x", "go|build ?", "d ?"]);
    assert_eq!(shown("cat <<EOF >x && ls\nrm -rf /\nEOF\npwd"), ["cat", "ls", "pwd"]);
}

#[test]
fn a_question_whose_words_are_known_has_its_answer() {
    assert_eq!(shown("A=1; if [ $A = 1 ]; then x; else y; fi"), ["[|1|=|1|]", "x"]);
    assert_eq!(
        shown("A=1; if [ \"$A\" != 1 ]; then x; elif test -n \"$A\"; then y; else z; fi"),
        ["[|1|!=|1|]", "test|-n|1", "y"]
    );
    assert_eq!(shown("A=arm64; case $A in amd64) x ;; arm*|riscv64) y ;; *) z ;; esac"), ["y"]);
    assert_eq!(shown("A=linux/$(m); case $A in linux/*) x ;; esac; case a in b) y ;; esac"), ["x ?"]);
    assert_eq!(
        shown("[ -z \"$A\" ] && x; [ -n \"$A\" ] && y; ! true || z; false || w"),
        ["[|-z||]", "x", "[|-n||]", "true", "z", "false", "w"]
    );
    assert_eq!(shown("[ -f a ] && x && y || z"), ["[|-f|a|]", "x ?", "y ?", "z ?"]);
}

#[test]
fn paths_that_meet_know_what_all_of_them_know() {
    let cgo = |text: &str| seen(text, "CGO_ENABLED", &[("CGO_ENABLED", "1")]);
    let unknown = |text: &str| assert!(matches!(cgo(text), Value::Unknown(_)), "{text}: {:?}", cgo(text));
    assert_eq!(cgo("if [ $(m) = a ]; then CGO_ENABLED=0; else CGO_ENABLED=0; fi; go build"), known("0"));
    assert_eq!(cgo("[ $(m) = a ] && CGO_ENABLED=0 && go build"), known("0"));
    assert_eq!(cgo("cd x && CGO_ENABLED=0; go build"), known("0"));
    assert_eq!(cgo("if [ $(m) = a ]; then CGO_ENABLED=0; exit 1; fi; go build"), known("1"));
    assert_eq!(cgo("[ $(m) = a ] || { CGO_ENABLED=0; exit; }; go build"), known("1"));
    assert_eq!(cgo("f() { local CGO_ENABLED=0; }; f; go build"), known("1"));
    assert_eq!(cgo("f() { if [ $(m) = a ]; then return; fi; exit; }; f; go build"), known("1"));
    unknown("[ $(m) = a ] && CGO_ENABLED=0; go build");
    unknown("make && CGO_ENABLED=0 || true; go build");
    unknown("case $(m) in a) CGO_ENABLED=0 ;; esac; go build");
    unknown("f() { if [ $(m) = a ]; then CGO_ENABLED=0; return; fi; }; f; go build");
    unknown("while x; do B=$CGO_ENABLED; CGO_ENABLED=0; done; go build");
    unknown("A=1; for x in *; do CGO_ENABLED=$A; A=0; done; go build");
    unknown("for x in 0 1; do CGO_ENABLED=$x; [ -f $x ] && break; done; go build");
    unknown(". ./env.sh; go build");
    unknown("eval $(x); go build");
    assert_eq!(cgo("eval 'CGO_ENABLED=0;' go build"), known("0"));
    assert_eq!(cgo(": ${CGO_ENABLED:=0}; go build"), known("1"));
    assert_eq!(seen(": ${A:=0}; export A; go build", "A", &[]), known("0"));
    // It is exported in one of them alone.
    assert!(matches!(seen("[ -f x ] && export A=1; A=2; go build", "A", &[]), Value::Unknown(_)));
}

#[test]
fn a_path_ends_where_the_shell_ends() {
    assert_eq!(shown("a; exit; b"), ["a"]);
    assert_eq!(shown("exec a; b"), ["a"]);
    assert_eq!(shown("(exit 1); b; exec >log; c"), ["b", "c"]);
    assert_eq!(shown("[ -f x ] && exit 0; b"), ["[|-f|x|]", "b ?"]);
    assert_eq!(shown("[ -f x ] || exit 1; b"), ["[|-f|x|]", "b"]);
    assert_eq!(shown("command -v go || a"), ["command|-v|go", "a ?"]);
}

#[test]
fn arguments_are_set_shifted_and_gone_over() {
    assert_eq!(
        shown("set -- a 'b c'; x \"$@\" $1 $#; shift; x $*; for y; do z \"$y\"; done"),
        ["x|a|b c|a|2", "x|b|c", "z|b c"]
    );
    assert_eq!(shown("set -eu -o pipefail x; a $1; set -- $(b); a $1"), ["a|x", "a|……"]);
    assert_eq!(shown("sh -c 'go build $0 $1' name ./a"), ["go|build|……|./a"]);
}

#[test]
fn a_here_document_for_a_shell_is_a_script() {
    assert_eq!(shown("A=1; sh -e <<EOF\ngo build -o $A\nEOF\nls"), ["go|build|-o|1", "ls"]);
    assert_eq!(shown("bash -s <<'EOF' && ls\nA=2\ngo build -o $A\nEOF\n"), ["go|build|-o|2", "ls"]);
    assert_eq!(shown("python3 <<EOF\nimport os\nEOF\n"), ["python3"]);
    assert_eq!(shown("sh -c \"go build -ldflags '$(x)' -o /a\""), ["go|build|-ldflags|…|-o|/a"]);
}

#[test]
fn each_command_knows_where_it_stands() {
    let text = "apk add git && \\\n  CGO_ENABLED=0 go build -o /a . # last\n";
    let all = walk(text, &from(&[]));
    let places: Vec<&str> = all.iter().map(|ran| &text[ran.span.clone()]).collect();
    assert_eq!(places, ["apk add git", "go build -o /a ."]);
}

#[test]
fn what_cannot_be_read_is_told_and_what_follows_is_not_lost() {
    assert!(syntax::read("a && b; c | d").unread.is_empty());
    assert_eq!(syntax::read("a; fi; b").unread, [3]);
    assert_eq!(shown("a; fi; b"), ["a", "b"]);
    assert!(!syntax::read("( a").unread.is_empty());
}

#[test]
fn a_deep_and_a_long_script_come_to_an_end() {
    assert!(walk(&"(".repeat(100_000), &from(&[])).is_empty());
    walk(&"$(".repeat(50_000), &from(&[]));
    walk(&"for a in x x x x x x x x; do ".repeat(30), &from(&[]));
    assert_eq!(walk(&"go build\n".repeat(50_000), &from(&[])).len(), 50_000);
    let bomb = format!("A=aaaaaaaa; {} echo $A", "A=$A$A$A$A; ".repeat(40));
    assert!(walk(&bomb, &from(&[])).iter().all(|ran| ran.words.iter().all(|word| word.len() <= 1 << 16)));
}

proptest! {
    #[test]
    fn no_text_stops_the_reader_and_every_place_is_in_the_text(text in "[a-z $(){}<>|&;'\"`\\\\\n#=é]{0,80}") {
        for (at, _) in lex::tokens(&text) {
            prop_assert!(text.is_char_boundary(at));
        }
        for ran in walk(&text, &from(&[])) {
            prop_assert!(text.get(ran.span.clone()).is_some());
        }
    }
}
