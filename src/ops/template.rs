//! What the templates of gobuild.toml may ask for: git, and the environment.

use crate::cli::variable;
use crate::config::template::TemplateFacts;
use crate::error::{Error, Result};
use crate::host::git::Git;

use super::session::Session;

/// Answers lazily: git is started for a template that names it, and for no other.
pub(super) struct Facts<'a> {
    session: &'a Session<'a>,
    git: Git,
}

impl<'a> Facts<'a> {
    pub(super) fn new(session: &'a Session<'a>) -> Self {
        Self { session, git: Git::new(&session.process.env, &session.config_dir) }
    }
}

impl TemplateFacts for Facts<'_> {
    fn git(&self, name: &str) -> Result<String> {
        if self.session.left_open {
            return Ok(format!("${{GIT_{}}}", name.to_uppercase()));
        }
        match name {
            "describe" => self.git.describe(),
            "commit" => self.git.commit(),
            "tag" => self.git.tag(),
            "date" => self.git.date(),
            "dirty" => self.git.dirty().map(|dirty| dirty.to_string()),
            other => Err(Error::new(format!("there is no git.{other}"))),
        }
    }

    fn env(&self, name: &str) -> Option<String> {
        if self.session.left_open {
            return Some(format!("${{{name}}}"));
        }
        variable(&self.session.process.env, name).and_then(|value| value.to_str()).map(str::to_owned)
    }
}
