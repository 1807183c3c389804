//! Killed at any instant: what stands at `-o` is the old file or the new one, whole, and the next build works.

use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use rustix::process::{Pid, Signal, kill_process, kill_process_group};

use super::names;
use crate::support::project::Project;
use crate::support::skip::skip;

/// Every so many the next build is made to its end.
const BETWEEN: u32 = 10;

/// xorshift64*: another sequence in each run, named by its first number.
struct Chance(u64);

impl Chance {
    fn new() -> Self {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("a clock after 1970");
        Self(u64::from(now.subsec_nanos()) | 1)
    }

    /// Below a bound.
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16) % bound
    }
}

/// Who is told, and what.
#[derive(Debug, Clone, Copy)]
enum End {
    /// gobuild alone, as `kill`, an out-of-memory killer or a container's stop does.
    Process(Signal),
    /// gobuild and all that it started, as a terminal does.
    Group(Signal),
}

const ENDS: [End; 6] = [
    End::Process(Signal::KILL),
    End::Group(Signal::KILL),
    End::Process(Signal::TERM),
    End::Group(Signal::INT),
    End::Process(Signal::INT),
    // A terminal that is closed.
    End::Group(Signal::HUP),
];

struct Killing {
    project: Project,
    output: PathBuf,
}

impl Killing {
    fn build(&self, version: u32) -> Command {
        let run = self.project.gobuild(["--target", "scratch", "-ldflags"]);
        let mut command = run.command();
        command.arg(format!("-X main.version={version}")).arg("-o").arg(&self.output);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// What the program at the output says; none where there is none.
    fn said(&self) -> Option<u32> {
        if !self.output.exists() {
            return None;
        }
        let done = Command::new(&self.output).output().expect("what stands at the output can be started");
        assert!(done.status.success(), "it ended with {}", done.status);
        let text = String::from_utf8(done.stdout).expect("text");
        let version = text.trim().strip_prefix("hello ").and_then(|version| version.parse().ok());
        Some(version.unwrap_or_else(|| panic!("it said {text:?}")))
    }

    /// A build that is ended after a while. Whether it came to its end before.
    fn killed(&self, version: u32, after: Duration, end: End) -> bool {
        let mut child = self.build(version).process_group(0).spawn().expect("gobuild can be started");
        std::thread::sleep(after);
        let pid = Pid::from_child(&child);
        // It may be gone already: then there is nobody to tell.
        let _ = match end {
            End::Process(signal) => kill_process(pid, signal),
            End::Group(signal) => kill_process_group(pid, signal),
        };
        let status = child.wait().expect("it is a child");
        let (End::Process(signal) | End::Group(signal)) = end;
        let asked = Some(signal.as_raw());
        assert!(
            status.success() || status.signal() == asked,
            "{end:?} after {after:?} ended it with {status}"
        );
        status.success()
    }
}

/// Ends as many builds, each at a random instant by a random signal.
fn at_random_instants(folder: &Path, instants: u32, stray_until_the_next: bool) {
    let killing = Killing { project: Project::hello(), output: folder.join("app") };
    let begin = Instant::now();
    assert!(killing.build(0).status().expect("gobuild can be started").success());
    let whole = begin.elapsed();
    let mut chance = Chance::new();
    let seed = chance.0;
    let (mut standing, mut ended) = (0, 0);
    for version in 1..=instants {
        let micros = u64::try_from(whole.as_micros()).unwrap_or(u64::MAX);
        let after = Duration::from_micros(chance.below(micros));
        let end = ENDS[usize::try_from(chance.below(ENDS.len() as u64)).unwrap_or_default()];
        let done = killing.killed(version, after, end);
        ended += u32::from(!done);
        let said = killing.said().unwrap_or_else(|| panic!("seed {seed}: the output is gone"));
        assert!(
            said == standing || said == version,
            "seed {seed}: {said} came after {standing} and {version}"
        );
        assert!(!done || said == version, "seed {seed}: a build that ended well left {said}");
        standing = said;
        if !stray_until_the_next {
            assert_eq!(names(folder), ["app".to_owned()].into(), "seed {seed}: {end:?} after {after:?}");
        }
        if version % BETWEEN == 0 {
            standing = instants + version;
            assert!(
                killing.build(standing).status().expect("gobuild can be started").success(),
                "seed {seed}"
            );
            assert_eq!(killing.said(), Some(standing), "seed {seed}");
            assert_eq!(names(folder), ["app".to_owned()].into(), "seed {seed}");
        }
    }
    // A machine on which every build was quicker than its first would show nothing.
    assert!(ended > instants / 4, "seed {seed}: only {ended} builds were ended");
}

#[test]
fn what_stands_at_the_output_is_the_old_file_or_the_new_one() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    at_random_instants(folder.path(), 200, false);
}

/// Of a whole build, publishing is some milliseconds: instants that are spread over all of it hardly meet them. So
/// these begin when the private copy is there.
#[test]
fn a_build_that_is_killed_while_it_hands_on_leaves_the_old_file_or_the_new_one() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let killing = Killing { project: Project::hello(), output: folder.path().join("app") };
    let stages = killing.project.top().join("home/.cache/gobuild/stage");
    let copied = |child: &mut std::process::Child| loop {
        let mut kept = std::fs::read_dir(&stages).into_iter().flatten().flatten();
        if kept.any(|entry| entry.file_name().to_string_lossy().contains(".copy-")) {
            return true;
        }
        if child.try_wait().expect("it is a child").is_some() {
            return false;
        }
    };
    let mut chance = Chance::new();
    let (mut window, mut standing, mut killed) = (None, 0, 0);
    for version in 0..=300 {
        let mut child = killing.build(version).spawn().expect("gobuild can be started");
        // On a machine that is busy with other tests a copy comes and goes unseen.
        let begin = copied(&mut child).then(Instant::now);
        if let (Some(begin), Some(window)) = (begin, window) {
            let after = Duration::from_micros(chance.below(window));
            // Asleep it would wake up too late.
            while begin.elapsed() < after {}
            let _ = child.kill();
        }
        let status = child.wait().expect("it is a child");
        if let (Some(begin), None) = (begin, window) {
            window = u64::try_from(begin.elapsed().as_micros()).ok().map(|micros| micros.max(1000));
        }
        killed += u32::from(!status.success());
        let said = killing.said().expect("the output is there");
        assert!(said == standing || said == version, "{said} came after {standing} and {version}");
        assert!(!status.success() || said == version, "a build that ended well left {said}");
        assert_eq!(names(folder.path()), ["app".to_owned()].into());
        standing = said;
        if killed == 30 {
            return;
        }
    }
    panic!("only {killed} builds were killed");
}

/// Ctrl-Z, and `fg` or `kill %1` after it.
#[test]
fn a_build_that_was_stopped_goes_on_or_ends() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let killing = Killing { project: Project::hello(), output: folder.path().join("app") };
    let begin = Instant::now();
    assert!(killing.build(0).status().expect("gobuild can be started").success());
    let whole = u64::try_from(begin.elapsed().as_micros()).unwrap_or(u64::MAX);
    let mut chance = Chance::new();
    let mut standing = 0;
    for version in 1..=20 {
        let mut child = killing.build(version).process_group(0).spawn().expect("gobuild can be started");
        std::thread::sleep(Duration::from_micros(chance.below(whole)));
        let pid = Pid::from_child(&child);
        let tell = |signal| match version % 2 {
            0 => kill_process(pid, signal),
            _ => kill_process_group(pid, signal),
        };
        // It may be gone already.
        let _ = tell(Signal::STOP);
        let ends = version % 4 < 2;
        if ends {
            let _ = tell(Signal::TERM);
        }
        std::thread::sleep(Duration::from_millis(20));
        let _ = tell(Signal::CONT);
        let status = child.wait().expect("it is a child");
        let killed = status.signal() == Some(Signal::TERM.as_raw());
        assert!(status.success() || ends && killed, "it ended with {status}");
        let said = killing.said().expect("the output is there");
        assert!(said == version || killed && said == standing, "{said} came after {standing} and {version}");
        assert_eq!(names(folder.path()), ["app".to_owned()].into());
        standing = said;
    }
}

#[test]
fn on_another_file_system_the_next_build_sweeps_what_a_killed_one_left() {
    let shared_memory = Path::new("/dev/shm");
    let device =
        |path: &Path| std::fs::metadata(path).map(|it| std::os::unix::fs::MetadataExt::dev(&it)).ok();
    if device(shared_memory).is_none() || device(shared_memory) == device(&std::env::temp_dir()) {
        skip!("there is no second file system at /dev/shm");
    }
    let folder = tempfile::tempdir_in(shared_memory).expect("a temporary folder can be made");
    at_random_instants(folder.path(), 60, true);
}
