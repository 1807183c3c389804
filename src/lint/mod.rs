//! Does a Dockerfile fit what is built in it: one file a rule. A rule reads facts and answers; it never
//! prints, reads a file or fails.
//!
//! A new rule is one file `gbNNN_name.rs`, one page `docs/checks/GBNNN.md`, one line in each of the two lists
//! below, a pair `tests/dockerfiles/rules/GBNNN/{bad,good}`, and tests in the file for its three answers: it fires,
//! it fits, it cannot tell and does not guess. What cannot be known is never a finding:
//! [`unknown`] says it once.

mod builds;
mod constraint;
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
mod go_line;
mod golang;
mod ignore_file;
mod link;
mod linked;
mod makes;
mod paths;
mod programs;
mod scripts;
mod shipping;
mod silenced;
mod source;
mod text;
mod unknown;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod guards;

pub use context::{Context, Entry, Nothing, Stamp};
pub use facts::Facts;
pub use ignore_file::IgnoreFile;
pub use text::lint_text;
pub use unknown::unknown;

use crate::diagnostics::catalog::each_rule;
use crate::diagnostics::{About, Diagnostic, Evidence, Finding, Policy, Severity};
use crate::dockerfile::parse::Span;

/// One way in which a Dockerfile and what is built in it can fail to fit.
pub struct Rule {
    /// Id, name, severity and page.
    pub diagnostic: &'static Diagnostic,
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
    /// What was found.
    pub evidence: Evidence,
}

macro_rules! rules {
    ($($id:ident $file:ident $name:literal $severity:ident $summary:literal;)*) => {
        /// Every rule, in the order of the ids.
        pub static RULES: &[&Rule] = &[$(&$file::RULE),*];
    };
}
each_rule!(rules);

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
            if silenced::is_silenced(facts.resolved.file, &remark.span, rule.diagnostic) {
                continue;
            }
            let own = if remark.doubtful { Severity::Warning } else { rule.diagnostic.severity };
            let severity = policy.severity(rule.diagnostic, own);
            findings.push(Finding {
                diagnostic: rule.diagnostic,
                severity,
                allowed: severity < own,
                certain: true,
                span: Some(remark.span),
                about: About::default(),
                evidence: remark.evidence,
            });
        }
    }
    findings.sort_by_key(|finding| (finding.span.as_ref().map(|span| span.start), finding.id()));
    findings.dedup();
    findings
}

/// A remark with its evidence.
fn found(span: &Span, evidence: impl Into<Evidence>) -> Remark {
    Remark { span: span.clone(), doubtful: false, evidence: evidence.into() }
}

impl Remark {
    fn doubtful(mut self, doubtful: bool) -> Self {
        self.doubtful = doubtful;
        self
    }
}
