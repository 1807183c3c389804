//! The reader of shell text against a real shell: what it knows of a command is what the command gets.
//!
//! Each script is run by dash (or `sh`, where there is none) with programs `go` and `gcc` that write down what they see.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use gobuild::shell::{Environment, HOLE, Presence, Ran, Surroundings, Value, WORDS, walk};

/// What each script begins with.
const BEFORE: &[(&str, &str)] = &[("CGO_ENABLED", "1"), ("GOFLAGS", "-trimpath"), ("HOME", "/root")];

/// The variables that are compared.
const SEEN: &[&str] = &["CGO_ENABLED", "GOARCH", "CC", "GOFLAGS"];

/// Scripts of which everything is known.
const PLAIN: &[&str] = &[
    "go build -o /app .",
    "CGO_ENABLED=0 go build",
    "CGO_ENABLED=0; go build",
    "GOARCH=arm64; go build",
    "GOARCH=arm64; export GOARCH; go build",
    "export GOARCH=arm64 CC='gcc -m64' && go build",
    "unset CGO_ENABLED; go build; CGO_ENABLED=0 go build; go build",
    "env -u GOFLAGS CC=gcc go build",
    "(export GOARCH=arm64; go build); go build",
    "{ export GOARCH=arm64; }; go build",
    "set -a; GOARCH=arm64; set +a; CC=gcc; go build",
    "A='-ldflags -s'; go build $A \"$A\" '$A' -o ${OUT:-/app} ${NONE+x} ${A:+y}",
    "A=; go build $A \"$A\" ${A:-d} ${A-e} ${A:+f} ${A+g}",
    "A=\"a  b\"; go $A \"$A\"",
    "P=linux/arm/v7; go ${P#*/} ${P##*/} ${P%/*} ${P%%/*} \"${P#linux}\" ${P#'*'}",
    "F=a.tar.gz; go ${F%.gz} ${F%.*} ${F%%.*} ${F#[ab].} ${F#??}",
    ": ${CGO_ENABLED:=0} ${GOARCH:=arm64}; export GOARCH; go build",
    "if [ \"$CGO_ENABLED\" = 1 ]; then go a; else go b; fi",
    "if [ -z \"$GOARCH\" ]; then GOARCH=amd64; fi; export GOARCH; go build",
    "if [ -n \"$GOARCH\" ]; then go a; elif [ 2 -gt 1 ]; then go b; else go c; fi",
    "if ! [ x = y ]; then go a; fi; if test a != a; then go b; fi",
    "[ \"$CGO_ENABLED\" = 0 ] && go a || go b",
    "[ $NONE ] && go a; [ -n $NONE ] && go b",
    "true && go a; false && go b; false || go c; true || go d",
    "case $CGO_ENABLED in 0) go a ;; 1|2) go b ;; *) go c ;; esac",
    "P=linux/arm64; case \"$P\" in */amd64) GOARCH=amd64 ;; */arm*) GOARCH=arm64 ;; esac; export GOARCH; go build",
    "case x in [!a-m]) go a ;; esac; case '*' in '*') go b ;; esac; case y in \"*\") go c ;; esac",
    "for a in amd64 'arm64 x' riscv64; do GOARCH=$a go build -o \"/$a\"; done; go $a",
    "for a in 1 2; do for b in x y; do go $a$b; done; done",
    "set -- a 'b c' d; go \"$@\"; go $*; go \"$*\"; go $# $2; shift 2; go \"$@\"",
    "set -- a b; for x; do go $x; done",
    "f() { go build \"$@\" $#; }; f -o /app .; f",
    "f() { local CC=gcc; export CC; go a; }; f; go b",
    "f() { export GOARCH=arm64; return 0; go never; }; f && go build",
    "f() { go $1; }; set -- x; f y; go $1",
    "CGO_ENABLED=0 sh -c 'go build; CGO_ENABLED=2; go build'",
    "sh -c \"cd / && go build\"; go build",
    "cd / && go build; cd /tmp; go build; (cd /usr; go build); go build",
    "A=x; sh <<EOF\ngo $A \\$A\nEOF\ngo z",
    "A=x; sh <<'EOF'\ngo a$A\nEOF",
    "cat >/dev/null <<-EOF\n\tgo build\n\tEOF\ngo build",
    "go build \\\n  -o /app \\\n  . # go",
    "# go\ngo a; exit; go b",
    "(exit 1); go a; (exec go b; go c); go d",
    "exec go a; go b",
    "go a | cat >/dev/null; true | go b; go c",
    "go 'a b'\\ c\"d\"'e' \"a\\$b\" \"a\\c\" a\\b",
    "eval 'A=1; go $A'; eval go \"'a b'\"",
    "A='$B'; B=x; go $A; eval go $A",
    "readonly CC=gcc; export CC; go build",
    "A=1 B=$A; go \"$B\"; A=$B$A$A; go $A",
    "go ~ ~/x \"~\" a~; A=~/y; go $A",
    "nice -n 5 go build; env GOARCH=arm64 nohup go build",
    "A=2>/dev/null go build; go a 2>&1 >/dev/null; go b >/dev/null c",
    "if true; then if false; then go a; else go b; fi; fi; CC=x gcc y",
    "[ 1 -eq 01 ] && go a; [ a = b ] || [ c = c ] && go b",
];

/// Scripts of which only the build knows a part.
const OPEN: &[&str] = &[
    "until true; do go a; done; while false; do go b; done; go c",
    "A=1; sh -c 'go \"$A\" $0 $1' name first",
    "[ \"$CGO_ENABLED\" = 1 ] && go a || go b",
    "A=$(echo x); go build -o app-$A \"$A\" $A",
    "A=\"-X v=$(echo 1 2)\"; go build -ldflags \"$A -s\" .",
    "A=\"-s $(echo 1 2) -w\"; go $A",
    "A=$(echo /a/b); go ${A##*/} ${A:-x} ${A:+y}",
    "export GOARCH=$(echo arm64); go build; GOARCH=`echo x` go build",
    "if [ -f file ]; then export GOARCH=arm64; fi; go build",
    "if [ -f none ]; then CGO_ENABLED=0; else CGO_ENABLED=2; fi; go build",
    "[ -f file ] && export GOARCH=arm64; go build",
    "[ -f none ] && export GOARCH=arm64; go build",
    "[ -f file ] || CGO_ENABLED=0; go build; [ -f none ] && go never",
    "[ -f file ] && export A=1; A=2; sh -c 'go \"$A\"'",
    "[ -f none ] && export A=1; A=2; sh -c 'go \"$A\"'",
    "grep -q x none 2>/dev/null && CGO_ENABLED=0 || CC=gcc; export CC; go build",
    "case $(echo arm64) in arm64) GOARCH=arm64 ;; *) GOARCH=x ;; esac; export GOARCH; go build",
    "case $(echo a) in b) CGO_ENABLED=0; exit ;; esac; go build",
    "if [ -f none ]; then CGO_ENABLED=0; exit 1; fi; go build",
    "f() { if [ -f file ]; then CGO_ENABLED=0; return; fi; CGO_ENABLED=2; }; f; go build",
    "for x in 0 2 3; do CGO_ENABLED=$x; [ $x = 2 ] && break; done; go build",
    "for x in 0 2; do [ -f file ] && continue; CGO_ENABLED=$x; done; go build",
    "A=1; n=; while [ \"$n\" != xx ]; do CGO_ENABLED=$A; A=0; n=x$n; done; go build",
    "for x in $(echo 0 2); do CGO_ENABLED=$x; go $x; done; go build",
    "n=; until [ \"$n\" = xx ]; do n=x$n; go $n; done",
    "echo 'CGO_ENABLED=0; CC=gcc; export CC' >env; . ./env; go build",
    "eval \"$(echo CGO_ENABLED=0)\"; go build",
    "set -- $(echo a b); go \"$@\" $1 $#; shift; go $1",
    "cd \"$(echo /usr)\"; go build; cd bin; go build",
    "echo x | { read A; go $A; }; read B <none 2>/dev/null; go \"$B\"",
    "false && export CGO_ENABLED=0 || true; go build; ls none 2>/dev/null && export CC=x; go build",
    "IFS=,; A=a,b; go $A; A=; go $A",
    "A=a\"$(echo b)\"; sh -c \"go '$A' x\"",
    "f() { CC=gcc; }; CGO_ENABLED=0 f; go build; CGO_ENABLED=2 export GOARCH=x; go build",
    "A=abc; go ${#A} $((1 + 2)) \"${A:-'x'}\" \"${N:-'x'}\" ${N:-a b}",
];

/// What a program wrote down.
#[derive(Debug, Default)]
struct Seen {
    words: Vec<String>,
    variables: Vec<Option<String>>,
    folder: String,
}

/// Runs a script in a folder of its own.
fn run(script: &str, folder: &Path) -> Vec<Seen> {
    let bin = folder.join("bin");
    let log = folder.join("log");
    fs::create_dir_all(&bin).unwrap();
    fs::write(&log, "").unwrap();
    let mut stub = "#!/bin/sh\n{\n".to_owned();
    for name in SEEN {
        writeln!(stub, "printf '%s\\000' \"${{{name}+=}}${{{name}}}\"").unwrap();
    }
    let log_path = log.display();
    writeln!(
        stub,
        "printf '%s\\000' \"$PWD\" \"${{0##*/}}\" \"$@\"\nprintf 'end\\n\\000'\n}} >>'{log_path}'"
    )
    .unwrap();
    for program in ["go", "gcc"] {
        fs::write(bin.join(program), &stub).unwrap();
        fs::set_permissions(bin.join(program), fs::Permissions::from_mode(0o755)).unwrap();
    }
    let work = folder.join("work");
    fs::create_dir_all(&work).unwrap();
    fs::write(work.join("file"), "").unwrap();
    let shell = if which::which("dash").is_ok() { "dash" } else { "sh" };
    let path = format!("{}:/usr/bin:/bin", bin.display());
    let mut command = Command::new(which::which(shell).unwrap());
    command
        .args(["-c", script])
        .current_dir(&work)
        .env_clear()
        .env("PATH", path)
        .envs(BEFORE.iter().copied());
    command.output().unwrap();
    let text = String::from_utf8(fs::read(&log).unwrap()).unwrap();
    text.split("end\n\0").filter(|part| !part.is_empty()).map(seen).collect()
}

fn seen(record: &str) -> Seen {
    let mut fields = record.strip_suffix('\0').unwrap().split('\0').map(str::to_owned);
    let variables =
        (0..SEEN.len()).map(|_| fields.next().unwrap().strip_prefix('=').map(str::to_owned)).collect();
    let folder = fields.next().unwrap();
    Seen { variables, folder, words: fields.collect() }
}

/// Whether a text is what a known one with holes says.
fn fits(known: &str, text: &str) -> bool {
    match known.split_once(HOLE) {
        None => known == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|text| {
            text.char_indices().map(|(at, _)| at).chain([text.len()]).any(|at| fits(rest, &text[at..]))
        }),
    }
}

fn words_fit(known: &[String], words: &[String]) -> bool {
    match known.split_first() {
        None => words.is_empty(),
        Some((first, rest)) if first.contains(WORDS) => {
            (0..=words.len()).any(|at| words_fit(rest, &words[at..]))
        }
        Some((first, rest)) => {
            words.split_first().is_some_and(|(word, words)| fits(first, word) && words_fit(rest, words))
        }
    }
}

/// Whether what is known of a command is what it got.
fn agrees(ran: &Ran, seen: &Seen) -> bool {
    let variable = |(name, found): (&&str, &Option<String>)| match ran.environment.get(name) {
        Value::Known(known) => found.as_ref() == Some(&known),
        Value::Unset => found.is_none(),
        Value::Unknown(partly) => {
            found.as_ref().map_or(partly.presence != Presence::Surely, |found| fits(&partly.text, found))
        }
    };
    words_fit(&ran.words, &seen.words)
        && ran.folder.as_ref().is_none_or(|folder| *folder == seen.folder)
        && SEEN.iter().zip(&seen.variables).all(variable)
}

/// What each variable was told to be.
fn values(ran: &Ran) -> Vec<Value> {
    SEEN.iter().map(|name| ran.environment.get(name)).collect()
}

/// What is wrong with what was told of a script.
fn wrong(script: &str, whole: bool) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().canonicalize().unwrap();
    let got = run(script, &folder);
    let mut environment = Environment::default();
    for (name, value) in BEFORE {
        environment.set(name, Value::Known((*value).to_owned()));
    }
    let from = Surroundings { environment, folder: Some(folder.join("work").display().to_string()) };
    let told: Vec<Ran> =
        walk(script, &from).into_iter().filter(|ran| ran.is("go") || ran.is("gcc")).collect();
    let shown = || {
        let told: Vec<_> =
            told.iter().map(|ran| (&ran.words, values(ran), &ran.folder, ran.certain)).collect();
        format!("{script}\n  told {told:?}\n  got {got:?}")
    };
    if whole && (told.len() != got.len() || told.iter().any(|ran| !ran.certain || !is_whole(ran))) {
        return Some(shown());
    }
    // One that may run may run not at all, or in every round of a loop.
    let mut at = 0;
    for seen in &got {
        let next = (at..told.len()).find(|at| agrees(&told[*at], seen));
        let again = at.checked_sub(1).filter(|last| !told[*last].certain && agrees(&told[*last], seen));
        match (next, again) {
            (Some(next), _) if told[at..next].iter().all(|ran| !ran.certain) => at = next + 1,
            (_, Some(_)) => {}
            _ => return Some(shown()),
        }
    }
    told[at..].iter().any(|ran| ran.certain).then(shown)
}

fn is_whole(ran: &Ran) -> bool {
    let known = |name: &&str| !matches!(ran.environment.get(name), Value::Unknown(_));
    ran.folder.is_some()
        && SEEN.iter().all(known)
        && !ran.words.iter().any(|word| word.contains([HOLE, WORDS]))
}

#[test]
fn what_is_known_of_a_script_is_what_a_shell_does() {
    let plain = PLAIN.iter().filter_map(|script| wrong(script, true));
    let wrong: Vec<String> = plain.chain(OPEN.iter().filter_map(|script| wrong(script, false))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
