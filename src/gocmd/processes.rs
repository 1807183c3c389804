//! The processes below one, and sending them a signal.

use rustix::process::{Pid, Signal, kill_process};

/// Sends a signal; a process that is gone already is as good.
pub(super) fn send(pid: u32, signal: Signal) {
    if let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) {
        let _ = kill_process(pid, signal);
    }
}

/// Every living process below `pid`, parents before their children. Only Linux tells; elsewhere none.
pub(super) fn below(pid: u32) -> Vec<u32> {
    let all = processes();
    let mut found = Vec::new();
    let mut parents = vec![pid];
    while let Some(parent) = parents.pop() {
        let children = all.iter().filter(|process| process.parent == parent).map(|process| process.pid);
        let children: Vec<u32> = children.filter(|child| !found.contains(child)).collect();
        found.extend(&children);
        parents.extend(&children);
    }
    found
}

/// From now on a process whose parent ends becomes a child of this one, and can be found. Only Linux.
pub(super) fn adopt_orphans() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_child_subreaper(Some(rustix::process::getpid()));
}

/// A line of the process table.
struct Process {
    pid: u32,
    parent: u32,
}

#[cfg(target_os = "linux")]
fn processes() -> Vec<Process> {
    let Ok(listing) = std::fs::read_dir("/proc") else { return Vec::new() };
    listing.flatten().filter_map(|entry| process(&entry.path())).collect()
}

#[cfg(not(target_os = "linux"))]
fn processes() -> Vec<Process> {
    Vec::new()
}

#[cfg(target_os = "linux")]
fn process(folder: &std::path::Path) -> Option<Process> {
    let pid = folder.file_name()?.to_str()?.parse().ok()?;
    let stat = std::fs::read(folder.join("stat")).ok()?;
    // `PID (NAME) STATE PARENT …`, and a name may hold anything, `)` too.
    let after = &stat[stat.iter().rposition(|byte| *byte == b')')? + 1..];
    let mut fields = after.split(u8::is_ascii_whitespace).filter(|field| !field.is_empty());
    // A zombie has ended; only its entry waits for its parent.
    fields.next().filter(|state| *state != b"Z")?;
    let parent = std::str::from_utf8(fields.next()?).ok()?.parse().ok()?;
    Some(Process { pid, parent })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn grandchildren_are_below() {
        let (input, held_open) = std::io::pipe().unwrap();
        let script = "sh -c 'echo ready; read -r line; :'; :";
        let handle = duct::cmd("sh", ["-c", script]).stdin_file(input).unchecked().reader().unwrap();
        // The inner shell has written, so both are there, and wait for a line that never comes.
        std::io::Read::read_exact(&mut &handle, &mut [0; 6]).unwrap();
        let outer = handle.pids()[0];
        let found = below(outer);
        assert_eq!(found.len(), 1);
        let all = below(std::process::id());
        assert!(all.contains(&outer) && all.contains(&found[0]));
        send(found[0], Signal::KILL);
        drop(held_open);
        std::io::Read::read_to_end(&mut &handle, &mut Vec::new()).unwrap();
        assert!(below(outer).is_empty());
    }
}
