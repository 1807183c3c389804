//! Reading what a program writes until that program has ended, and not until the last of its descendants has.
//!
//! A pipe has an end only when all who could write to it have closed it. A shim in go's place that starts a look
//! for updates in the background, a compiler's server, git's file system monitor: each of them keeps the pipe of
//! a program that is long gone, and who waits for its end waits as long as they live.

use std::io::{self, PipeReader, PipeWriter, Read};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, ioctl_fionread};

/// To be dropped once the program has ended.
#[derive(Debug)]
pub struct Running {
    _writer: PipeWriter,
    ended: PipeReader,
}

impl Running {
    /// A program that is about to be started.
    pub fn new() -> io::Result<Self> {
        let (ended, writer) = io::pipe()?;
        Ok(Self { _writer: writer, ended })
    }

    /// A pipe for the program to write to, and what reads it.
    pub fn pipe(&self) -> io::Result<(Drain, PipeWriter)> {
        let (pipe, writer) = io::pipe()?;
        Ok((Drain { pipe, ended: self.ended.try_clone()?, left: None }, writer))
    }
}

/// Ends with the pipe, or with what was in it when the program had ended.
#[derive(Debug)]
pub struct Drain {
    pipe: PipeReader,
    ended: PipeReader,
    /// Bytes to read still, once the program has ended.
    left: Option<u64>,
}

impl Read for Drain {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left.is_none() && self.has_ended()? {
            // Everything that the program wrote is in the pipe by now.
            self.left = Some(ioctl_fionread(&self.pipe)?);
        }
        let Some(left) = &mut self.left else { return self.pipe.read(buffer) };
        let wanted = buffer.len().min(usize::try_from(*left).unwrap_or(usize::MAX));
        let count = self.pipe.read(&mut buffer[..wanted])?;
        *left -= count as u64;
        Ok(count)
    }
}

impl Drain {
    /// Waits until there is something to read, or the program has ended; says whether it has.
    fn has_ended(&self) -> io::Result<bool> {
        let mut both = [PollFd::new(&self.pipe, PollFlags::IN), PollFd::new(&self.ended, PollFlags::IN)];
        match poll(&mut both, None::<&Timespec>) {
            Ok(_) => Ok(!both[1].revents().is_empty()),
            Err(Errno::INTR) => Err(io::ErrorKind::Interrupted.into()),
            Err(error) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn it_ends_with_the_pipe() {
        let running = Running::new().unwrap();
        let (mut drain, mut writer) = running.pipe().unwrap();
        writer.write_all(b"whole").unwrap();
        drop(writer);
        let mut text = String::new();
        drain.read_to_string(&mut text).unwrap();
        assert_eq!(text, "whole");
    }

    #[test]
    fn it_ends_with_the_program_where_somebody_keeps_the_pipe() {
        let running = Running::new().unwrap();
        let (mut drain, mut writer) = running.pipe().unwrap();
        writer.write_all(&[b'x'; 10_000]).unwrap();
        drop(running);
        let mut first = [0; 7];
        drain.read_exact(&mut first).unwrap();
        // What a descendant says from here on is not the program's.
        writer.write_all(b"later").unwrap();
        let mut rest = Vec::new();
        drain.read_to_end(&mut rest).unwrap();
        assert_eq!(rest, [b'x'; 10_000 - 7]);
    }
}
