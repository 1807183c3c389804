//! Where the commands of a list of `&&` and `||` leave off: the paths on which the last one succeeded are kept apart from
//! those on which it failed.

use super::question::Status;
use super::state::{Flow, State};

/// The paths so far.
#[derive(Default)]
pub(super) struct Ends {
    well: Option<(State, Status)>,
    /// With whether it is an answer: that another command fails counts only where `||` makes something of it.
    badly: Option<(State, bool)>,
    /// Those that came to an end.
    gone: Vec<State>,
}

impl Ends {
    /// One more command was run on a path, which began at `start`.
    pub(super) fn add(&mut self, start: &State, path: State, status: Status) {
        if path.flow != Flow::On {
            self.gone.push(path);
            return;
        }
        let met = |one: State, other: State| {
            let mut met = start.branch();
            met.meet(vec![one, other]);
            met
        };
        if status != Status::Is(true) {
            let answers = status != Status::Expected;
            self.badly = Some(match self.badly.take() {
                Some((other, answered)) => (met(other, path.clone()), answers || answered),
                None => (path.clone(), answers),
            });
        }
        if status != Status::Is(false) {
            self.well = Some(match self.well.take() {
                Some((other, before)) => (met(other, path), before.or(status)),
                None => (path, status),
            });
        }
    }

    /// The path on which `&&` goes on, and whether that is where the script goes.
    pub(super) fn take_well(&mut self) -> Option<(State, bool)> {
        let sure = !self.badly.as_ref().is_some_and(|(_, answers)| *answers);
        self.well.take().map(|(path, _)| (path, sure))
    }

    /// The path on which `||` goes on, and whether that is where the script goes.
    pub(super) fn take_badly(&mut self) -> Option<(State, bool)> {
        let sure = self.well.is_none();
        self.badly.take().map(|(path, _)| (path, sure))
    }

    /// All of them meet, where they began.
    pub(super) fn meet(self, state: &mut State) -> Status {
        let badly = self.badly.filter(|(_, answers)| *answers || self.well.is_none());
        let status = match (&self.well, &badly) {
            (Some((_, status)), None) => *status,
            (None, Some(_)) => Status::Is(false),
            _ => Status::Either,
        };
        let mut paths = self.gone;
        paths.extend(self.well.map(|(path, _)| path));
        paths.extend(badly.map(|(path, _)| path));
        state.meet(paths);
        status
    }
}
