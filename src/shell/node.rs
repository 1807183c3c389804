//! Lists, pipelines, subshells, conditions, loops, functions.

use super::token::{Span, Word};

/// A part of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// `CGO_ENABLED=0 go build -o /app .`
    Simple(Simple),
    /// `a && b || c`: the first, and what runs if what stands in front of it succeeds, or fails.
    AndOr(Box<Node>, Vec<(After, Node)>),
    /// `a | b`, each in a process of its own.
    Pipe(Vec<Node>),
    /// `( … )`, and what runs in the background: what is set in it stays in it.
    Subshell(Vec<Node>),
    /// `{ …; }`
    Group(Vec<Node>),
    /// `if`: conditions with what they lead to, and what is left.
    If(Vec<(Vec<Node>, Vec<Node>)>, Vec<Node>),
    /// `while` and `until`: the condition, the body.
    While(Vec<Node>, Vec<Node>),
    /// `for NAME in words`: none of the words where they are the script's own arguments.
    For(String, Option<Vec<Word>>, Vec<Node>),
    /// `case`: the word, and what each list of patterns leads to.
    Case(Word, Vec<(Vec<Word>, Vec<Node>)>),
    /// `! a`
    Not(Box<Node>),
    /// `name() { … }`
    Function(String, Box<Node>),
}

/// When a command of a list runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// `&&`
    Success,
    /// `||`
    Failure,
}

/// A simple command.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Simple {
    /// Variables in front of it.
    pub assigned: Vec<(String, Word)>,
    /// Its words.
    pub words: Vec<Word>,
    /// The files that it writes to, or reads from.
    pub files: Vec<Word>,
    /// The here-document that it reads.
    pub input: Option<Word>,
    /// From its first word to its last, without the variables in front.
    pub span: Span,
}

/// Whether one of the commands leaves a loop before its end, or a round of it.
pub fn leaves_loop(nodes: &[Node]) -> bool {
    let leaves = |node: &Node| match node {
        Node::Simple(simple) => {
            let first = simple.words.first().and_then(Word::plain);
            matches!(first, Some("break" | "continue"))
        }
        Node::AndOr(first, rest) => {
            leaves_loop(std::slice::from_ref(first))
                || rest.iter().any(|(_, node)| leaves_loop(std::slice::from_ref(node)))
        }
        Node::Not(node) => leaves_loop(std::slice::from_ref(node)),
        Node::Pipe(nodes) | Node::Subshell(nodes) | Node::Group(nodes) => leaves_loop(nodes),
        Node::If(arms, otherwise) => {
            leaves_loop(otherwise)
                || arms.iter().any(|(condition, then)| leaves_loop(condition) || leaves_loop(then))
        }
        Node::While(condition, body) => leaves_loop(condition) || leaves_loop(body),
        Node::For(_, _, body) => leaves_loop(body),
        Node::Case(_, arms) => arms.iter().any(|(_, body)| leaves_loop(body)),
        // A function may leave the loop that it is called in.
        Node::Function(_, body) => leaves_loop(std::slice::from_ref(body)),
    };
    nodes.iter().any(leaves)
}
