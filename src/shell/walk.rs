//! The commands in the order in which they run, each with what its process sees.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::ends::Ends;
use super::fill;
use super::node::{self, After, Node};
use super::question::Status;
use super::state::{Flow, State};
use super::syntax;
use super::token::{Span, Word};
use super::value::{Environment, Value, has_hole};

/// So many parts of one script are followed: loops in loops over plain words have no other end.
const MOST: usize = 1 << 18;
/// A loop over more words is followed with the first.
const ROUNDS: usize = 32;

/// Where a script starts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Surroundings {
    /// The variables that are exported: of an image what `ENV` and `ARG` set.
    pub environment: Environment,
    /// The folder, absolute; none where nobody knows.
    pub folder: Option<String>,
}

/// A command that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    /// The program and its arguments. What only the build knows is a [`HOLE`](super::HOLE) in its word, or
    /// [`WORDS`](super::WORDS) where it may be several words.
    pub words: Vec<String>,
    /// What its process sees of the environment.
    pub environment: Environment,
    /// The folder that it runs in, absolute; none where nobody knows.
    pub folder: Option<String>,
    /// Whether it runs whenever the script succeeds; not in a branch, behind `||`, in a loop.
    pub certain: bool,
    /// The files that it is redirected to or from, as its words.
    pub files: Vec<String>,
    /// Where it stands in the text; of a text behind `sh -c`, where that stands.
    pub span: Span,
}

impl Ran {
    /// The name of the program, without the folder that it is in.
    pub fn name(&self) -> &str {
        self.words.first().and_then(|word| word.rsplit('/').next()).unwrap_or_default()
    }

    /// Whether it is this program: by name, whatever folder it is in.
    pub fn is(&self, program: &str) -> bool {
        self.name() == program
    }
}

/// Follows a script.
pub fn walk(text: &str, from: &Surroundings) -> Vec<Ran> {
    let mut walker = Walker::default();
    let mut state = State::new(from.environment.clone(), from.folder.clone(), Some(Vec::new()));
    walker.text(text, &mut state, true);
    walker.ran
}

/// A function that is being called.
#[derive(Default)]
pub(super) struct Call {
    /// What is known where it returned.
    pub(super) returned: Vec<(State, Status)>,
    /// Its own variables, and what they were before: for the shell, and for what it starts.
    pub(super) local: Vec<(String, Value, Value)>,
}

/// Who follows a script.
#[derive(Default)]
pub(super) struct Walker {
    pub(super) ran: Vec<Ran>,
    /// None for a name that has two bodies.
    pub(super) functions: BTreeMap<String, Option<Rc<Node>>>,
    pub(super) calls: Vec<Call>,
    pub(super) depth: usize,
    /// How many parts were followed.
    followed: usize,
    /// Whether the script may have come to a good end before.
    pub(super) may_have_left: bool,
    /// Where the text stands that is followed, if it is not the script itself.
    pub(super) inside: Option<Span>,
}

impl Walker {
    pub(super) fn text(&mut self, text: &str, state: &mut State, certain: bool) -> Status {
        let script = syntax::read(text);
        self.nodes(&script.nodes, state, certain)
    }

    fn nodes(&mut self, nodes: &[Node], state: &mut State, certain: bool) -> Status {
        let mut status = Status::Is(true);
        for node in nodes {
            status = self.node(node, state, certain);
        }
        status
    }

    pub(super) fn node(&mut self, node: &Node, state: &mut State, certain: bool) -> Status {
        if self.followed >= MOST || state.flow != Flow::On {
            return Status::Either;
        }
        self.followed += 1;
        match node {
            Node::Simple(simple) => self.simple(simple, state, certain),
            Node::AndOr(first, rest) => self.and_or(first, rest, state, certain),
            Node::Not(node) => self.node(node, state, certain).not(),
            Node::Pipe(all) => {
                let each = all.iter().map(|node| self.apart(std::slice::from_ref(node), state, certain));
                each.last().unwrap_or(Status::Expected)
            }
            Node::Subshell(nodes) => self.apart(nodes, state, certain),
            Node::Group(nodes) => self.nodes(nodes, state, certain),
            Node::If(arms, otherwise) => self.condition(arms, otherwise, state, certain),
            Node::While(condition, body) => self.unknown_rounds(&[condition, body], None, state),
            Node::For(name, words, body) => self.rounds(name, words.as_deref(), body, state, certain),
            Node::Case(subject, arms) => self.case(subject, arms, state, certain),
            Node::Function(name, body) => {
                let body = Rc::new((**body).clone());
                let known = self.functions.entry(name.clone()).or_insert_with(|| Some(Rc::clone(&body)));
                if known.as_ref().is_some_and(|known| **known != *body) {
                    *known = None;
                }
                Status::Is(true)
            }
        }
    }

    /// In a shell of their own, whose end is not that of the script.
    fn apart(&mut self, nodes: &[Node], state: &State, certain: bool) -> Status {
        let left = self.may_have_left;
        let mut own = state.branch();
        let status = self.nodes(nodes, &mut own, certain);
        self.may_have_left = left;
        if own.flow == Flow::On { status } else { Status::Either }
    }

    fn and_or(&mut self, first: &Node, rest: &[(After, Node)], state: &mut State, certain: bool) -> Status {
        let mut ends = Ends::default();
        let mut path = state.branch();
        let status = self.node(first, &mut path, certain);
        ends.add(state, path, status);
        for (after, node) in rest {
            let taken = if *after == After::Success { ends.take_well() } else { ends.take_badly() };
            let Some((mut path, sure)) = taken else { continue };
            let status = self.node(node, &mut path, certain && sure);
            ends.add(state, path, status);
        }
        ends.meet(state)
    }

    fn condition(
        &mut self,
        arms: &[(Vec<Node>, Vec<Node>)],
        otherwise: &[Node],
        state: &mut State,
        certain: bool,
    ) -> Status {
        let mut path = state.branch();
        let mut sure = certain;
        let mut ends: Vec<(State, Status)> = Vec::new();
        for (condition, then) in arms {
            let answer = self.nodes(condition, &mut path, sure);
            if path.flow != Flow::On || answer == Status::Is(false) {
                continue;
            }
            let is_taken = answer == Status::Is(true);
            sure &= is_taken;
            let mut taken = path.clone();
            let status = self.nodes(then, &mut taken, sure);
            ends.push((taken, status));
            if is_taken {
                return meet(state, ends);
            }
        }
        let status = self.nodes(otherwise, &mut path, sure);
        ends.push((path, status));
        meet(state, ends)
    }

    fn case(
        &mut self,
        subject: &Word,
        arms: &[(Vec<Word>, Vec<Node>)],
        state: &mut State,
        certain: bool,
    ) -> Status {
        let subject = fill::value(subject, state.scope());
        let mut ends = Vec::new();
        let mut sure = certain;
        for (patterns, body) in arms {
            let fits = |pattern: &Word| {
                let pattern = fill::pattern(pattern, state.scope())?;
                if pattern.is_any() { Some(true) } else { pattern.fits(&subject.clone().or_empty()?) }
            };
            let answers: Vec<Option<bool>> = patterns.iter().map(fits).collect();
            let is_taken = answers.contains(&Some(true));
            if !is_taken && !answers.contains(&None) {
                continue;
            }
            sure &= is_taken && ends.is_empty();
            let mut path = state.branch();
            let status = self.nodes(body, &mut path, sure);
            ends.push((path, status));
            if is_taken {
                return meet(state, ends);
            }
        }
        ends.push((state.branch(), Status::Is(true)));
        meet(state, ends)
    }

    /// A loop over words that are known is followed round by round.
    fn rounds(
        &mut self,
        name: &str,
        words: Option<&[Word]>,
        body: &[Node],
        state: &mut State,
        certain: bool,
    ) -> Status {
        let words: Option<Vec<String>> = match words {
            Some(words) => Some(words.iter().flat_map(|word| fill::words(word, state.scope())).collect()),
            None => state.arguments.clone(),
        };
        let plain = |word: &String| !has_hole(word) && !word.contains(['*', '?', '[']);
        match words {
            Some(words) if words.iter().all(plain) && words.len() <= ROUNDS && !node::leaves_loop(body) => {
                let mut status = Status::Is(true);
                for word in words {
                    if state.flow == Flow::On {
                        state.assign(name, Value::Known(word));
                        status = self.nodes(body, state, certain);
                    }
                }
                status
            }
            _ => self.unknown_rounds(&[body], Some(name), state),
        }
    }

    /// A loop of which nobody knows how often it goes round: what it sets is known nowhere in it, and not behind it.
    fn unknown_rounds(&mut self, parts: &[&[Node]], name: Option<&str>, state: &mut State) -> Status {
        let (ran, returned) = (self.ran.len(), self.calls.last().map_or(0, |call| call.returned.len()));
        let mut names: BTreeSet<String> = name.map(str::to_owned).into_iter().collect();
        let mut seen = state.branch();
        for part in parts {
            self.nodes(part, &mut seen, false);
            // What stands behind an end inside of it may run all the same.
            seen.flow = Flow::On;
        }
        // That was to learn what it sets.
        self.ran.truncate(ran);
        self.calls.last_mut().into_iter().for_each(|call| call.returned.truncate(returned));
        names.extend(seen.touched.iter().cloned());
        let mut path = state.branch();
        path.blur(&names, &seen.exported);
        path.folder = path.folder.filter(|folder| seen.folder.as_ref() == Some(folder));
        if seen.arguments != path.arguments {
            path.arguments = None;
        }
        let after = path.clone();
        for part in parts {
            self.nodes(part, &mut path, false);
            path.flow = Flow::On;
        }
        path.blur(&names, &seen.exported);
        state.meet(vec![after, path]);
        Status::Expected
    }
}

/// Paths meet where they began.
pub(super) fn meet(state: &mut State, ends: Vec<(State, Status)>) -> Status {
    let on = ends.iter().filter(|(path, _)| path.flow == Flow::On).map(|(_, status)| *status);
    let status = on.reduce(Status::or).unwrap_or(Status::Either);
    state.meet(ends.into_iter().map(|(path, _)| path).collect());
    status
}
