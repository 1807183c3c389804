//! One command: an assignment, a function, the shell's own, a text for another shell, or a program.

use super::fill;
use super::node::{Node, Simple};
use super::own;
use super::question::{self, Status};
use super::started::{Text, text_of, through};
use super::state::{Flow, State};
use super::token::Piece;
use super::value::{Environment, Value};
use super::walk::{Call, Ran, Walker, meet};

/// Deeper texts behind `sh -c` are not followed.
const DEEPEST: usize = 8;
impl Walker {
    pub(super) fn simple(&mut self, simple: &Simple, state: &mut State, certain: bool) -> Status {
        let all = simple.assigned.iter().map(|(_, word)| word).chain(&simple.words);
        for (name, value) in all.flat_map(|word| fill::assigned(word, state.scope())).collect::<Vec<_>>() {
            state.assign(&name, value);
        }
        let mut words: Vec<String> =
            simple.words.iter().flat_map(|word| fill::words(word, state.scope())).collect();
        if words.is_empty() {
            let mut status = Status::Is(true);
            for (name, word) in &simple.assigned {
                let value = fill::value(word, state.scope());
                state.assign(name, value);
                if word.pieces.iter().any(|piece| matches!(piece, Piece::Output { .. })) {
                    status = Status::Expected;
                }
            }
            return status;
        }
        if let Some(body) = self.functions.get(&words[0]).cloned() {
            return self.call(body.as_deref(), words.split_off(1), simple, state, certain);
        }
        let mut seen = state.exported.clone();
        for (name, word) in &simple.assigned {
            seen.set(name, fill::value(word, state.scope()));
        }
        let replaces = words[0] == "exec" && words.len() > 1;
        through(&mut words, &mut seen);
        let status = self.program(words, seen, simple, state, certain);
        if replaces {
            state.flow = Flow::Exited;
        }
        status
    }

    /// A command whose words are known; `seen` are the variables that its process would see.
    fn program(
        &mut self,
        words: Vec<String>,
        seen: Environment,
        simple: &Simple,
        state: &mut State,
        certain: bool,
    ) -> Status {
        let Some(program) = words.first().map(|word| word.rsplit('/').next().unwrap_or_default().to_owned())
        else {
            return Status::Expected;
        };
        if let Some(status) = self.flow(&program, &words, state, certain) {
            return status;
        }
        if matches!(program.as_str(), "local" | "declare" | "typeset") {
            self.keep(&words, state);
        }
        let own = own::run(&program, &words, state);
        if own.is_some() || matches!(program.as_str(), ":" | "eval" | "." | "source") {
            // Whether such an assignment outlives the command is another thing for every shell.
            for (name, _) in &simple.assigned {
                state
                    .assign(name, Value::unknown(format!("{name} is set for a command of the shell itself")));
            }
        }
        if let Some(status) = own {
            return status;
        }
        let span = self.inside.clone().unwrap_or(simple.span.clone());
        let input = simple.input.as_ref().map(|word| fill::value(word, state.scope()));
        match text_of(&program, &words, input) {
            Some(Text::Known { text, arguments }) if self.depth < DEEPEST => {
                let mut inner = State::new(seen, state.folder.clone(), Some(arguments));
                let functions = std::mem::take(&mut self.functions);
                let calls = std::mem::take(&mut self.calls);
                let left = self.may_have_left;
                let outside = self.inside.replace(span);
                self.depth += 1;
                let status = self.text(&text, &mut inner, certain);
                self.depth -= 1;
                (self.functions, self.calls, self.may_have_left, self.inside) =
                    (functions, calls, left, outside);
                return if inner.flow == Flow::On { status } else { Status::Either };
            }
            Some(Text::Here(text)) if self.depth < DEEPEST => {
                let outside = self.inside.replace(span);
                self.depth += 1;
                let status = self.text(&text, state, certain);
                self.depth -= 1;
                self.inside = outside;
                return status;
            }
            Some(Text::Here(_) | Text::Elsewhere) => state.forget("a script that is not in the file sets it"),
            Some(Text::Known { .. }) | None => {}
        }
        let status = question::status(&program, &words);
        let files = simple.files.iter().flat_map(|word| fill::words(word, state.scope())).collect();
        let folder = state.folder.clone();
        let certain = certain && !self.may_have_left;
        self.ran.push(Ran { words, environment: seen, folder, certain, files, span });
        status
    }

    /// What ends a path: `exit` and `return`. Out of a loop nothing more is known (see [`Self::rounds`]).
    fn flow(&mut self, program: &str, words: &[String], state: &mut State, certain: bool) -> Option<Status> {
        match program {
            "return" if !self.calls.is_empty() => {
                // Without a number it is how the command before it ended.
                let code = words.get(1).and_then(|word| word.parse::<u32>().ok());
                let status = code.map_or(Status::Either, |code| Status::Is(code == 0));
                if let Some(call) = self.calls.last_mut() {
                    call.returned.push((state.clone(), status));
                }
                state.flow = Flow::Returned;
            }
            "exit" | "return" => {
                let fails =
                    words.get(1).and_then(|word| word.parse::<u32>().ok()).is_some_and(|code| code != 0);
                self.may_have_left |= !certain && !fails;
                state.flow = Flow::Exited;
            }
            "break" | "continue" | "exec" => {}
            _ => return None,
        }
        Some(Status::Is(true))
    }

    /// `local`: what a variable was in front of the call.
    fn keep(&mut self, words: &[String], state: &State) {
        let Some(call) = self.calls.last_mut() else { return };
        for word in words[1..].iter().filter(|word| !word.starts_with('-')) {
            let name = word.split('=').next().unwrap_or_default();
            if !call.local.iter().any(|(own, ..)| own == name) {
                call.local.push((name.to_owned(), state.shell.get(name), state.exported.get(name)));
            }
        }
    }

    /// A function is called.
    fn call(
        &mut self,
        body: Option<&Node>,
        arguments: Vec<String>,
        simple: &Simple,
        state: &mut State,
        certain: bool,
    ) -> Status {
        let Some(body) = body.filter(|_| self.depth < DEEPEST) else {
            state.forget("a function sets it that is not followed");
            return Status::Either;
        };
        let given: Vec<(String, Value)> = simple
            .assigned
            .iter()
            .map(|(name, word)| (name.clone(), fill::value(word, state.scope())))
            .collect();
        let mut path = state.branch();
        for (name, value) in &given {
            path.assign(name, value.clone());
            path.export(name);
        }
        path.arguments = Some(arguments);
        self.calls.push(Call::default());
        self.depth += 1;
        let status = self.node(body, &mut path, certain);
        self.depth -= 1;
        let call = self.calls.pop().unwrap_or_default();
        let mut paths = vec![(path, status)];
        paths.extend(
            call.returned.into_iter().map(|(path, status)| (State { flow: Flow::On, ..path }, status)),
        );
        let arguments = state.arguments.clone();
        let status = meet(state, paths);
        state.arguments = arguments;
        for (name, shell, exported) in call.local {
            state.restore(&name, shell, exported);
        }
        for (name, _) in given {
            state.assign(&name, Value::unknown(format!("{name} is set for a function")));
        }
        status
    }
}
