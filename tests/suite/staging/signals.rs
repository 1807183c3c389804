//! Ctrl-C ends go, whatever go started, and then gobuild, by the same signal.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use gobuild::cli::Env;
use gobuild::gocmd::signals::{Signals, die};
use gobuild::gocmd::{Invocation, run};

use super::own_variable;

const SIGHUP: i32 = 1;
const SIGTERM: i32 = 15;

/// Waits for a file that a process of the test writes last.
fn wait_for(path: &Path) -> String {
    let until = Instant::now() + Duration::from_secs(60);
    loop {
        match fs::read_to_string(path) {
            Ok(text) if text.ends_with('\n') => return text,
            _ => assert!(Instant::now() < until, "{} never came", path.display()),
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Whether a process runs; one that only waits to be collected does not.
fn runs(pid: &str) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit(')').next().is_some_and(|rest| !rest.is_empty() && !rest.starts_with(" Z"))
}

fn kill(pid: u32, signal: &str) {
    duct::cmd("kill", [signal, &pid.to_string()]).run().unwrap();
}

/// Runs [`a_run_of_go`] with this script for go and sends it signals once the script's child is there.
/// Gives the signal that it died of, after checking that nothing is left, and whether the child was told.
fn interrupted(script: &str, signals: &[&str]) -> (Option<i32>, bool) {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("go.sh"), script).unwrap();
    let own = std::env::current_exe().unwrap();
    // What a shell starts in the background ignores SIGINT for ever, and then go is not told either: it is not
    // to depend on how the tests were started.
    let words = ["--default-signal=INT,TERM,HUP".as_ref(), own.as_os_str()];
    let args = ["--exact", "staging::signals::a_run_of_go", "--ignored", "--nocapture"].map(OsStr::new);
    let running = duct::cmd("env", words.into_iter().chain(args))
        .env("GOBUILD_TEST_DIR", dir.path())
        .dir(dir.path())
        .stdout_null()
        .unchecked()
        .start()
        .unwrap();
    let started = wait_for(&dir.path().join("started"));
    for signal in signals {
        kill(running.pids()[0], signal);
    }
    let status = running.wait().unwrap().status;
    for pid in started.split_whitespace() {
        assert!(!runs(pid), "process {pid} was left");
    }
    (status.signal(), dir.path().join("told").exists())
}

#[test]
#[ignore = "needs a process of its own, to die in: run by the other tests here"]
fn a_run_of_go() {
    let dir = PathBuf::from(own_variable("GOBUILD_TEST_DIR").expect("run by another test"));
    let signals = Signals::install().unwrap();
    let path = own_variable("PATH").unwrap_or_default();
    let env = Env::from([("PATH".into(), path)]);
    let args = vec!["go.sh".into()];
    run(&Invocation { program: "/bin/sh".into(), args, env, dir }, super::unheard(&signals), &[], None)
        .unwrap();
    die(signals.caught().expect("go ended without a signal"));
}

/// As go: it waits for its compiler, whatever it is told. The compiler ends when it is told to, and
/// leaves a note that it was.
const WAITS: &str = "trap : INT
sh -c 'trap \"echo told > told; exit\" INT; echo $PPID $$ > started; while :; do sleep 0.02; done'
exit 1
";
/// Nothing but SIGKILL ends these two.
const DEAF: &str = "trap '' INT TERM HUP\nsh -c 'echo $PPID $$ > started; exec sleep 600'\nexit 1\n";
/// The compiler outlives the go that started it.
const ORPHAN: &str = "sh -c 'trap \"\" INT; echo $PPID $$ > started; exec sleep 600' &\nwait\n";

#[test]
fn one_signal_ends_go_and_its_compilers() {
    assert_eq!(interrupted(WAITS, &["-TERM"]), (Some(SIGTERM), true));
}

#[test]
fn a_second_signal_kills_what_does_not_listen() {
    assert_eq!(interrupted(DEAF, &["-TERM", "-HUP"]), (Some(SIGHUP), false));
}

#[test]
fn what_does_not_listen_is_killed_after_the_grace() {
    assert_eq!(interrupted(DEAF, &["-TERM"]), (Some(SIGTERM), false));
}

#[test]
fn a_compiler_that_go_leaves_behind_is_ended_too() {
    assert_eq!(interrupted(ORPHAN, &["-TERM"]), (Some(SIGTERM), false));
}
