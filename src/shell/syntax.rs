//! The grammar: from words and operators to a script.

use super::lex::{document, tokens};
use super::node::{After, Node, Simple};
use super::token::{Piece, Redirect, Token, Word};

/// Deeper scripts are not followed: nobody writes them, and a reader that calls itself has to end.
const DEEPEST: usize = 64;

/// A script as far as it can be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Script {
    /// The list of its commands.
    pub nodes: Vec<Node>,
    /// Where the reader lost its way: a `fi` without an `if`, a parenthesis that nothing closes. What stands behind it
    /// is read as if a new command began.
    pub unread: Vec<usize>,
}

/// Reads a script. There is always an answer.
pub fn read(text: &str) -> Script {
    let tokens = tokens(text);
    let mut reader = Reader { tokens: &tokens, at: 0, depth: 0, unread: Vec::new() };
    let mut nodes = Vec::new();
    while reader.at < tokens.len() {
        nodes.extend(reader.list());
        if reader.at < tokens.len() {
            // A word that ends something which never began.
            reader.unread.push(tokens[reader.at].0);
            reader.at += 1;
        }
    }
    Script { nodes, unread: reader.unread }
}

/// Words that end a list where one of them is expected.
const CLOSING: &[&str] = &["then", "else", "elif", "fi", "do", "done", "esac", "}"];

struct Reader<'a> {
    tokens: &'a [(usize, Token)],
    at: usize,
    depth: usize,
    unread: Vec<usize>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(_, token)| token)
    }

    fn is(&self, operator: &str) -> bool {
        matches!(self.peek(), Some(Token::Operator(found)) if *found == operator)
    }

    /// The word of the grammar that comes next.
    fn keyword(&self) -> Option<&str> {
        match self.peek() {
            Some(Token::Word(word)) => word.plain(),
            _ => None,
        }
    }

    fn take(&mut self, operator: &str) -> bool {
        let found = self.is(operator);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, word: &str) {
        if self.keyword() == Some(word) {
            self.at += 1;
        } else {
            self.unread.push(self.tokens.get(self.at).map_or(0, |(at, _)| *at));
        }
    }

    fn lines(&mut self) {
        while self.is("\n") || self.is(";") {
            self.at += 1;
        }
    }

    /// Commands up to a closing word, `)` or `;;`.
    fn list(&mut self) -> Vec<Node> {
        let mut found = Vec::new();
        loop {
            self.lines();
            if self.ends() {
                return found;
            }
            let before = self.at;
            let node = self.and_or();
            if self.take("&") {
                found.extend(node.map(|node| Node::Subshell(vec![node])));
            } else {
                found.extend(node);
            }
            if self.at == before {
                return found;
            }
        }
    }

    fn ends(&self) -> bool {
        self.peek().is_none()
            || self.is(")")
            || self.is(";;")
            || self.keyword().is_some_and(|word| CLOSING.contains(&word))
    }

    fn and_or(&mut self) -> Option<Node> {
        let first = self.pipeline()?;
        let mut rest = Vec::new();
        loop {
            let after = match (self.is("&&"), self.is("||")) {
                (true, _) => After::Success,
                (_, true) => After::Failure,
                _ => break,
            };
            self.at += 1;
            while self.is("\n") {
                self.at += 1;
            }
            let Some(next) = self.pipeline() else { break };
            rest.push((after, next));
        }
        Some(if rest.is_empty() { first } else { Node::AndOr(Box::new(first), rest) })
    }

    fn pipeline(&mut self) -> Option<Node> {
        let mut negated = false;
        while self.keyword() == Some("!") {
            self.at += 1;
            negated = !negated;
        }
        let first = self.command()?;
        let mut all = vec![first];
        while self.take("|") {
            while self.is("\n") {
                self.at += 1;
            }
            all.extend(self.command());
        }
        let found = if all.len() == 1 { all.remove(0) } else { Node::Pipe(all) };
        Some(if negated { Node::Not(Box::new(found)) } else { found })
    }

    fn command(&mut self) -> Option<Node> {
        if self.depth >= DEEPEST {
            self.unread.push(self.tokens.get(self.at).map_or(0, |(at, _)| *at));
            self.at = self.tokens.len();
            return None;
        }
        self.depth += 1;
        let found = self.compound();
        self.depth -= 1;
        // What is redirected changes nothing that is looked at here.
        while !matches!(found, None | Some(Node::Simple(_)))
            && matches!(self.peek(), Some(Token::Redirect(_)))
        {
            self.redirect(&mut Simple::default());
        }
        found
    }

    fn compound(&mut self) -> Option<Node> {
        if self.take("(") {
            let inside = self.list();
            if !self.take(")") {
                self.unread.push(self.tokens.get(self.at).map_or(0, |(at, _)| *at));
            }
            return Some(Node::Subshell(inside));
        }
        let keyword = self.keyword().map(str::to_owned);
        match keyword.as_deref() {
            Some("{") => {
                self.at += 1;
                let inside = self.list();
                self.expect("}");
                Some(Node::Group(inside))
            }
            Some("if") => Some(self.condition()),
            Some("while" | "until") => {
                self.at += 1;
                let condition = self.list();
                let body = self.body();
                Some(Node::While(condition, body))
            }
            Some("for") => Some(self.loop_over()),
            Some("case") => Some(self.case()),
            Some("function") => {
                self.at += 1;
                self.function()
            }
            Some(word) if CLOSING.contains(&word) => None,
            _ if self.is_function() => self.function(),
            _ => self.simple(),
        }
    }

    fn condition(&mut self) -> Node {
        let mut arms = Vec::new();
        let mut otherwise = Vec::new();
        while matches!(self.keyword(), Some("if" | "elif")) {
            self.at += 1;
            let condition = self.list();
            self.expect("then");
            arms.push((condition, self.list()));
        }
        if self.keyword() == Some("else") {
            self.at += 1;
            otherwise = self.list();
        }
        self.expect("fi");
        Node::If(arms, otherwise)
    }

    fn body(&mut self) -> Vec<Node> {
        self.lines();
        self.expect("do");
        let body = self.list();
        self.expect("done");
        body
    }

    fn loop_over(&mut self) -> Node {
        self.at += 1;
        let name = self.keyword().unwrap_or_default().to_owned();
        self.at += 1;
        let mut words = None;
        if self.keyword() == Some("in") {
            self.at += 1;
            let mut listed = Vec::new();
            while let Some(Token::Word(word)) = self.peek() {
                listed.push(word.clone());
                self.at += 1;
            }
            words = Some(listed);
        }
        Node::For(name, words, self.body())
    }

    fn case(&mut self) -> Node {
        self.at += 1;
        let subject = self.word().unwrap_or_default();
        self.lines();
        self.expect("in");
        let mut arms = Vec::new();
        loop {
            self.lines();
            if self.peek().is_none() || self.keyword() == Some("esac") {
                break;
            }
            // The patterns, up to their parenthesis.
            self.take("(");
            let mut patterns = Vec::new();
            while self.peek().is_some() && !self.is(")") && self.keyword() != Some("esac") {
                match self.word() {
                    Some(word) => patterns.push(word),
                    None => self.at += 1,
                }
            }
            self.take(")");
            arms.push((patterns, self.list()));
            if !self.take(";;") && self.keyword() != Some("esac") {
                break;
            }
        }
        self.expect("esac");
        Node::Case(subject, arms)
    }

    /// Steps over a word.
    fn word(&mut self) -> Option<Word> {
        let Some(Token::Word(word)) = self.peek() else { return None };
        let word = word.clone();
        self.at += 1;
        Some(word)
    }

    fn is_function(&self) -> bool {
        let operator = |at: usize, sign: &str| matches!(self.tokens.get(at), Some((_, Token::Operator(found))) if *found == sign);
        self.keyword().is_some() && operator(self.at + 1, "(") && operator(self.at + 2, ")")
    }

    fn function(&mut self) -> Option<Node> {
        let name = self.keyword()?.to_owned();
        self.at += 1;
        if self.take("(") {
            self.take(")");
        }
        while self.is("\n") {
            self.at += 1;
        }
        let body = self.command()?;
        Some(Node::Function(name, Box::new(body)))
    }

    /// Steps over a redirection and what belongs to it.
    fn redirect(&mut self, of: &mut Simple) {
        let redirect = match self.peek() {
            Some(Token::Redirect(redirect)) => redirect.clone(),
            _ => return,
        };
        self.at += 1;
        match redirect {
            Redirect::File => of.files.extend(self.word()),
            Redirect::Descriptor => {}
            Redirect::Document { body, literal: false } => of.input = Some(document(&body)),
            Redirect::Document { body, literal: true } => {
                let piece = Piece::Text { text: body, quoted: true };
                of.input = Some(Word { pieces: vec![piece], span: 0..0 });
            }
        }
    }

    fn simple(&mut self) -> Option<Node> {
        let mut found = Simple::default();
        let mut seen = false;
        loop {
            match self.peek() {
                Some(Token::Redirect(_)) => {
                    self.redirect(&mut found);
                    seen = true;
                }
                Some(Token::Word(word)) => {
                    let word = word.clone();
                    self.at += 1;
                    seen = true;
                    let assigned = word.assignment().filter(|_| found.words.is_empty());
                    if found.words.is_empty() {
                        found.span.start = word.span.start;
                    }
                    found.span.end = word.span.end;
                    match assigned {
                        Some(assigned) => found.assigned.push(assigned),
                        None => found.words.push(word),
                    }
                }
                _ => break,
            }
        }
        seen.then_some(Node::Simple(found))
    }
}
