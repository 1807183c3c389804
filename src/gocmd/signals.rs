//! What happens on Ctrl-C: go and everything it started ends, then gobuild does.
//!
//! go takes one SIGINT, ignores those that follow and waits for the compilers it has running, so they
//! are told as well. What is still there after a grace, or at a second signal, is killed.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::SignalsInfo;

use crate::error::{Error, Result};
use crate::gocmd::processes::{adopt_orphans, below, send};

/// How long go may take to end by itself.
const GRACE: Duration = Duration::from_secs(5);
/// How long killed processes may take to be gone; the kernel needs no more.
const GONE: Duration = Duration::from_secs(2);

/// The signals of a terminal and of a supervisor, caught from the time this is made.
#[derive(Debug)]
pub struct Signals {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    /// The last signal; set in the handler itself, so that nobody can look too early. 0 is none.
    caught: Arc<AtomicUsize>,
    /// Process ids of what runs.
    running: Mutex<Vec<u32>>,
}

impl Signals {
    /// Catches SIGINT, SIGTERM and SIGHUP from now on. One that the caller of gobuild had ignored
    /// (`nohup`) stays ignored. Once per process.
    pub fn install() -> Result<Self> {
        let shared = Arc::new(Shared::default());
        let ignored = ignored();
        let signals: Vec<i32> = [SIGINT, SIGTERM, SIGHUP]
            .into_iter()
            .filter(|signal| ignored & (1 << (signal - 1)) == 0)
            .collect();
        let failed = |error: io::Error| {
            Error::new(format!("cannot catch signals: {}", crate::error::io_reason(&error)))
        };
        for signal in &signals {
            let number = usize::try_from(*signal).unwrap_or_default();
            signal_hook::flag::register_usize(*signal, Arc::clone(&shared.caught), number).map_err(failed)?;
        }
        let mut arriving =
            SignalsInfo::<signal_hook::iterator::exfiltrator::SignalOnly>::new(&signals).map_err(failed)?;
        let watching = Arc::clone(&shared);
        thread::spawn(move || {
            for (count, _) in arriving.forever().enumerate() {
                if count == 0 {
                    watching.interrupt();
                } else {
                    watching.end(Signal::KILL);
                    watching.die_if_idle();
                }
            }
        });
        Ok(Self { shared })
    }

    /// Nothing is caught: for a run inside a test.
    pub fn none() -> Self {
        Self { shared: Arc::new(Shared::default()) }
    }

    /// The signal that was caught, if one was.
    pub fn caught(&self) -> Option<i32> {
        self.shared.caught()
    }

    /// Ends these processes when a signal comes, or at once if one has come; until the guard is dropped,
    /// after they have been waited for.
    pub(super) fn watch(&self, pids: &[u32]) -> Watched<'_> {
        self.shared.running().extend(pids);
        if self.caught().is_some() {
            self.shared.interrupt();
        }
        Watched { shared: &self.shared, pids: pids.to_vec() }
    }
}

/// Dies of the signal as if it had never been caught, which tells the shell to stop its own loop too.
/// Comes back only where that is not possible, with the exit status that stands for it.
pub fn die(signal: i32) -> u8 {
    let _ = signal_hook::low_level::emulate_default_handler(signal);
    u8::try_from(signal).map_or(u8::MAX, |signal| signal.saturating_add(128))
}

/// A run that is watched.
pub(super) struct Watched<'a> {
    shared: &'a Shared,
    pids: Vec<u32>,
}

impl Drop for Watched<'_> {
    fn drop(&mut self) {
        self.shared.running().retain(|pid| !self.pids.contains(pid));
        if self.shared.caught().is_some() {
            self.shared.end_orphans();
        }
    }
}

impl Shared {
    fn caught(&self) -> Option<i32> {
        i32::try_from(self.caught.load(Ordering::SeqCst)).ok().filter(|signal| *signal != 0)
    }

    fn running(&self) -> MutexGuard<'_, Vec<u32>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks all to end, and sees to it that they have after the grace.
    fn interrupt(self: &Arc<Self>) {
        adopt_orphans();
        self.end(Signal::INT);
        let later = Arc::clone(self);
        thread::spawn(move || {
            thread::sleep(GRACE);
            later.end(Signal::KILL);
            // Whoever waits for go sees it gone and ends by itself. What waits for anything else (a
            // question to go or git, a network's file system) would wait for ever.
            thread::sleep(GONE * 2);
            if let Some(signal) = later.caught() {
                die(signal);
            }
        });
    }

    /// At a second signal nobody waits for what is not go.
    fn die_if_idle(&self) {
        let idle = self.running().is_empty();
        if let Some(signal) = self.caught().filter(|_| idle) {
            die(signal);
        }
    }

    fn end(&self, signal: Signal) {
        let running = self.running();
        for pid in running.iter() {
            // Found before the first is told: a child of one that has ended is below another.
            let all = below(*pid);
            send(*pid, signal);
            for pid in all {
                send(pid, signal);
            }
        }
    }

    /// go has ended; what it left was told to end and did not, or was just being started.
    fn end_orphans(&self) {
        let until = Instant::now() + GONE;
        loop {
            let running = self.running().clone();
            let kept: Vec<u32> = running.iter().flat_map(|pid| below(*pid)).chain(running.clone()).collect();
            let left: Vec<u32> =
                below(std::process::id()).into_iter().filter(|pid| !kept.contains(pid)).collect();
            if left.is_empty() || Instant::now() > until {
                return;
            }
            for pid in left {
                send(pid, Signal::KILL);
            }
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// The signals that were ignored when gobuild was started: `SigIgn` of `/proc/self/status` (proc(5)), a mask with
/// signal 1 as its lowest bit. Where there is no such file, none.
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
}
