//! The commands in the order in which they run, each with what its process sees.

use std::collections::BTreeMap;

use super::fill;
use super::lex::{Span, Word};
use super::started::{command_string, through};
use super::state::{State, built_in};
use super::syntax::{self, After, Node, Simple};
use super::value::{Environment, Value, has_hole};

/// Deeper texts behind `sh -c` are not followed.
const DEEPEST: usize = 8;
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
    let mut walker =
        Walker { ran: Vec::new(), functions: BTreeMap::new(), depth: 0, followed: 0, inside: None };
    let mut state = State {
        shell: from.environment.clone(),
        exported: from.environment.clone(),
        folder: from.folder.clone(),
        arguments: Some(Vec::new()),
        exports_all: false,
        touched: Vec::new(),
    };
    walker.text(text, &mut state, true);
    walker.ran
}

struct Walker {
    ran: Vec<Ran>,
    functions: BTreeMap<String, Node>,
    depth: usize,
    /// How many parts were followed.
    followed: usize,
    /// Where the text stands that is followed, if it is not the script itself.
    inside: Option<Span>,
}

impl Walker {
    fn text(&mut self, text: &str, state: &mut State, certain: bool) {
        let script = syntax::read(text);
        self.nodes(&script.nodes, state, certain);
    }

    fn nodes(&mut self, nodes: &[Node], state: &mut State, certain: bool) {
        for node in nodes {
            self.node(node, state, certain);
        }
    }

    fn node(&mut self, node: &Node, state: &mut State, certain: bool) {
        if self.followed >= MOST {
            return;
        }
        self.followed += 1;
        match node {
            Node::Simple(simple) => self.simple(simple, state, certain),
            Node::AndOr(first, rest) => {
                self.node(first, state, certain);
                for (after, node) in rest {
                    if *after == After::Success {
                        self.node(node, state, certain);
                    } else {
                        let mut branch = state.branch();
                        self.node(node, &mut branch, false);
                        state.join(vec![branch]);
                    }
                }
            }
            Node::Pipe(all) => all.iter().for_each(|node| self.node(node, &mut state.clone(), certain)),
            Node::Subshell(nodes) => self.nodes(nodes, &mut state.clone(), certain),
            Node::Group(nodes) => self.nodes(nodes, state, certain),
            Node::If(arms, otherwise) => {
                let mut branches = Vec::new();
                for (at, (condition, then)) in arms.iter().enumerate() {
                    self.nodes(condition, state, certain && at == 0);
                    let mut branch = state.branch();
                    self.nodes(then, &mut branch, false);
                    branches.push(branch);
                }
                let mut branch = state.branch();
                self.nodes(otherwise, &mut branch, false);
                branches.push(branch);
                state.join(branches);
            }
            Node::While(condition, body) => {
                self.nodes(condition, state, certain);
                let mut branch = state.branch();
                self.nodes(body, &mut branch, false);
                state.join(vec![branch]);
            }
            Node::For(name, words, body) => self.rounds(name, words.as_deref(), body, state, certain),
            Node::Case(arms) => {
                let follow = |arm: &Vec<Node>| {
                    let mut branch = state.branch();
                    self.nodes(arm, &mut branch, false);
                    branch
                };
                let branches = arms.iter().map(follow).collect();
                state.join(branches);
            }
            Node::Function(name, body) => {
                self.functions.insert(name.clone(), (**body).clone());
            }
        }
    }

    /// A loop over words that are known is followed round by round.
    fn rounds(
        &mut self,
        name: &str,
        words: Option<&[Word]>,
        body: &[Node],
        state: &mut State,
        certain: bool,
    ) {
        let words: Option<Vec<String>> =
            words.map(|words| words.iter().flat_map(|word| fill::words(word, state.scope())).collect());
        let plain = |word: &String| !has_hole(word) && !word.contains(['*', '?', '[']);
        match words {
            Some(words) if words.iter().all(plain) && words.len() <= ROUNDS => {
                for word in words {
                    state.assign(name, Value::Known(word));
                    self.nodes(body, state, certain);
                }
            }
            _ => {
                let mut branch = state.branch();
                branch.assign(name, Value::unknown(format!("{name} goes over what only the build knows")));
                self.nodes(body, &mut branch, false);
                state.join(vec![branch]);
            }
        }
    }

    fn simple(&mut self, simple: &Simple, state: &mut State, certain: bool) {
        let all = simple.assigned.iter().map(|(_, word)| word).chain(&simple.words);
        for (name, value) in all.flat_map(|word| fill::assigned(word, state.scope())).collect::<Vec<_>>() {
            state.assign(&name, value);
        }
        let mut words: Vec<String> =
            simple.words.iter().flat_map(|word| fill::words(word, state.scope())).collect();
        if words.is_empty() {
            for (name, word) in &simple.assigned {
                let value = fill::value(word, state.scope());
                state.assign(name, value);
            }
            return;
        }
        let mut seen = state.exported.clone();
        for (name, word) in &simple.assigned {
            seen.set(name, fill::value(word, state.scope()));
        }
        through(&mut words, &mut seen);
        let Some(program) = words.first().map(|word| word.rsplit('/').next().unwrap_or_default().to_owned())
        else {
            return;
        };
        if built_in(&program, &words, state) {
            return;
        }
        let span = self.inside.clone().unwrap_or(simple.span.clone());
        if let Some(body) = self.functions.get(&words[0]).cloned()
            && self.depth < DEEPEST
        {
            let own = state.arguments.replace(words.split_off(1));
            self.depth += 1;
            self.node(&body, state, certain);
            self.depth -= 1;
            state.arguments = own;
            return;
        }
        if let Some(text) = command_string(&program, &words)
            && self.depth < DEEPEST
        {
            let mut inner = State {
                shell: seen.clone(),
                exported: seen,
                folder: state.folder.clone(),
                arguments: None,
                exports_all: false,
                touched: Vec::new(),
            };
            let outside = self.inside.replace(span);
            self.depth += 1;
            self.text(&text, &mut inner, certain);
            self.depth -= 1;
            self.inside = outside;
            return;
        }
        let files = simple.files.iter().flat_map(|word| fill::words(word, state.scope())).collect();
        let folder = state.folder.clone();
        self.ran.push(Ran { words, environment: seen, folder, certain, files, span });
    }
}
