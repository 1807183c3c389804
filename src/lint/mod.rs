//! Does a Dockerfile fit what is built in it: one file a rule. A rule reads facts and answers; it never
//! prints, reads a file or fails.
//!
//! A new rule is one file `gbNNN_name.rs`, one page `docs/checks/GBNNN.md`, one line in each of the two lists
//! below, a pair `tests/dockerfiles/rules/GBNNN/{bad,good}`, and tests in the file for its three answers: it fires,
//! it fits, it cannot tell and does not guess. What cannot be known is never a finding:
//! [`unknown`] says it once.

mod builds;
mod contents;
mod context;
mod facts;
mod gb601_libc_missing;
mod gb602_libc_older;
mod gb603_libc_floating;
mod gb604_platform_argument_default;
mod gb605_platform_argument_undeclared;
mod gb606_architecture_fixed;
mod gb607_final_stage_on_build_platform;
mod gb608_build_emulated;
mod gb609_go_too_old;
mod gb610_c_compiler_missing;
mod gb611_entry_point_not_copied;
mod gb612_shell_missing;
mod gb613_certificates_not_installed;
mod gb614_time_zones_not_installed;
mod gb615_temporary_folder_not_made;
mod gb616_user_not_in_image;
mod gb617_low_port;
mod gb618_source_missing;
mod gb619_binary_does_not_fit;
mod gb620_embedded_files_ignored;
mod gb621_script_line_endings;
mod gb622_script_interpreter_missing;
mod gb623_script_not_executable;
mod gb624_image_out_of_support;
mod gb625_vcs_stamping_fails;
mod gb626_library_of_another_image;
mod gb627_ignore_not_understood;
mod gb628_binary_stale;
mod ignore_file;
mod scripts;
mod shipping;
mod silenced;
mod source;
mod unknown;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod guards;

pub use context::{Context, Entry, Nothing, Stamp};
pub use facts::Facts;
pub use ignore_file::IgnoreFile;
pub use unknown::unknown;

use crate::checks::{Details, Evidence, Policy, Severity};
use crate::dockerfile::parse::Span;

/// One way in which a Dockerfile and what is built in it can fail to fit.
pub struct Rule {
    /// `GB601`. Never reused.
    pub id: &'static str,
    /// `libc-missing`.
    pub name: &'static str,
    /// What a misfit means.
    pub severity: Severity,
    /// One line, lower case, no full stop.
    pub summary: &'static str,
    /// The page for `gobuild explain`, `docs/checks/ID.md`.
    pub page: &'static str,
    /// The question.
    pub run: fn(&Facts<'_>) -> Vec<Remark>,
}

/// What a rule says of one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The place in the text.
    pub span: Span,
    /// Whether it is only said, although the rule is an error: the harm hangs on what is not in the file.
    pub doubtful: bool,
    /// The evidence and the way out.
    pub details: Details,
}

/// One rule that fired at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// `GB601`
    pub id: &'static str,
    /// `libc-missing`
    pub name: &'static str,
    /// After allow and deny.
    pub severity: Severity,
    /// Whether it is an error by itself and the user allowed it.
    pub allowed: bool,
    /// The place in the text.
    pub span: Span,
    /// The evidence and the way out.
    pub details: Details,
}

/// Every rule, in the order of the ids.
pub static RULES: &[&Rule] = &[
    &gb601_libc_missing::RULE,
    &gb602_libc_older::RULE,
    &gb603_libc_floating::RULE,
    &gb604_platform_argument_default::RULE,
    &gb605_platform_argument_undeclared::RULE,
    &gb606_architecture_fixed::RULE,
    &gb607_final_stage_on_build_platform::RULE,
    &gb608_build_emulated::RULE,
    &gb609_go_too_old::RULE,
    &gb610_c_compiler_missing::RULE,
    &gb611_entry_point_not_copied::RULE,
    &gb612_shell_missing::RULE,
    &gb613_certificates_not_installed::RULE,
    &gb614_time_zones_not_installed::RULE,
    &gb615_temporary_folder_not_made::RULE,
    &gb616_user_not_in_image::RULE,
    &gb617_low_port::RULE,
    &gb618_source_missing::RULE,
    &gb619_binary_does_not_fit::RULE,
    &gb620_embedded_files_ignored::RULE,
    &gb621_script_line_endings::RULE,
    &gb622_script_interpreter_missing::RULE,
    &gb623_script_not_executable::RULE,
    &gb624_image_out_of_support::RULE,
    &gb625_vcs_stamping_fails::RULE,
    &gb626_library_of_another_image::RULE,
    &gb627_ignore_not_understood::RULE,
    &gb628_binary_stale::RULE,
];

/// Id and name of every rule, for whoever reads `--allow` and `--deny`.
pub fn names() -> Vec<(&'static str, &'static str)> {
    RULES.iter().map(|rule| (rule.id, rule.name)).collect()
}

/// The rule that a word stands for: an id or a name, in any case.
pub fn find(word: &str) -> Option<&'static Rule> {
    let word = word.trim();
    RULES
        .iter()
        .find(|rule| rule.id.eq_ignore_ascii_case(word) || rule.name.eq_ignore_ascii_case(word))
        .copied()
}

impl Rule {
    /// What it says, each thing once: what is started twice is wrong once.
    fn remarks(&self, facts: &Facts<'_>) -> Vec<Remark> {
        let mut said: Vec<Remark> = Vec::new();
        for remark in (self.run)(facts) {
            if !said.contains(&remark) {
                said.push(remark);
            }
        }
        said
    }
}

/// Runs every rule. The findings come in the order of the text.
pub fn lint(facts: &Facts<'_>, policy: &Policy) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for rule in RULES {
        for remark in rule.remarks(facts) {
            if silenced::is_silenced(facts.resolved.file, &remark.span, rule) {
                continue;
            }
            let own = if remark.doubtful { Severity::Warning } else { rule.severity };
            let severity = match own {
                Severity::Error if policy.allow.contains(rule.id) => Severity::Warning,
                Severity::Warning if policy.deny.contains(rule.id) => Severity::Error,
                own => own,
            };
            findings.push(Finding {
                id: rule.id,
                name: rule.name,
                severity,
                allowed: severity < own,
                span: remark.span,
                details: remark.details,
            });
        }
    }
    findings.sort_by_key(|finding| (finding.span.start, finding.id));
    findings.dedup();
    findings
}

/// A remark with its first line; the rest is added by the methods.
fn remark(span: &Span, title: impl Into<String>) -> Remark {
    let details = Details { title: title.into(), ..Details::default() };
    Remark { span: span.clone(), doubtful: false, details }
}

impl Remark {
    fn doubtful(mut self, doubtful: bool) -> Self {
        self.doubtful = doubtful;
        self
    }

    fn evidence(mut self, label: impl Into<String>, value: impl Into<String>) -> Self {
        self.details.evidence.push(Evidence { label: label.into(), value: value.into(), note: None });
        self
    }

    fn reads(mut self, message: impl Into<String>) -> Self {
        self.details.production = Some(message.into());
        self
    }

    fn because(mut self, cause: impl Into<String>) -> Self {
        self.details.cause = Some(cause.into());
        self
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.details.help.push(help.into());
        self
    }
}
