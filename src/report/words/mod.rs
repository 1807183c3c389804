//! Findings in words: one file a check or rule, named after its id, and what several of them say alike.
//!
//! Words follow from the evidence and from nothing else. A title claims only what is known, and what production would
//! have shown is said of a pod alone.

mod cgo;
mod copied;
mod foreign;
mod gb101;
mod gb102;
mod gb103;
mod gb104;
mod gb105;
mod gb106;
mod gb107;
mod gb108;
mod gb109;
mod gb110;
mod gb111;
mod gb112;
mod gb201;
mod gb202;
mod gb203;
mod gb204;
mod gb205;
mod gb206;
mod gb207;
mod gb208;
mod gb209;
mod gb210;
mod gb301;
mod gb302;
mod gb303;
mod gb304;
mod gb305;
mod gb306;
mod gb401;
mod gb501;
mod gb502;
mod gb503;
mod gb601;
mod gb602;
mod gb603;
mod gb604;
mod gb605;
mod gb606;
mod gb607;
mod gb608;
mod gb609;
mod gb610;
mod gb611;
mod gb612;
mod gb613;
mod gb614;
mod gb615;
mod gb616;
mod gb617;
mod gb618;
mod gb619;
mod gb620;
mod gb621;
mod gb622;
mod gb623;
mod gb624;
mod gb625;
mod gb626;
mod gb627;
mod gb628;
mod gb701;
mod gb702;
mod gb703;
mod gb704;
mod gb705;
mod gb706;
mod gb707;
mod linked;
mod shared;
mod starting;
mod unjudged;

pub use unjudged::unjudged;

use crate::diagnostics::{About, Evidence, Finding, Message};

/// What is said of a finding.
pub fn message(finding: &Finding) -> Message {
    of(&finding.evidence, &finding.about)
}

/// What is said of evidence about something.
pub(crate) fn of(evidence: &Evidence, about: &About) -> Message {
    match evidence {
        Evidence::NotAnExecutable(found) => gb101::message(found, about),
        Evidence::WrongFormat(found) => gb102::message(found, about),
        Evidence::WrongArchitecture(found) => gb103::message(found, about),
        Evidence::WrongVariant(found) => gb104::message(found, about),
        Evidence::CutShort(found) => gb105::message(found, about),
        Evidence::ModeNotExecutable(found) => gb106::message(found, about),
        Evidence::Unreadable(found) => gb107::message(found, about),
        Evidence::BrokenPie(found) => gb108::message(found, about),
        Evidence::CCodeTooNew(found) => gb109::message(found, about),
        Evidence::Packed(found) => gb110::message(found, about),
        Evidence::BoringcryptoMissing(found) => gb111::message(found, about),
        Evidence::KernelTooNew(found) => gb112::message(found, about),
        Evidence::LoaderMissing(found) => gb201::message(found, about),
        Evidence::LibraryMissing(found) => gb202::message(found, about),
        Evidence::GlibcTooNew(found) => gb203::message(found, about),
        Evidence::Amd64Level(found) => gb204::message(found, about),
        Evidence::MuslSymbolMissing(found) => gb205::message(found, about),
        Evidence::BuildHostPath(found) => gb206::message(found, about),
        Evidence::StaticNss(_) => gb207::message(about),
        Evidence::Sanitizer(found) => gb208::message(found, about),
        Evidence::StaticTls(found) => gb209::message(found, about),
        Evidence::SymbolMissing(found) => gb210::message(found, about),
        Evidence::CertificatesMissing(found) => gb301::message(found, about),
        Evidence::TimeZonesMissing(found) => gb302::message(found, about),
        Evidence::UsersMissing(found) => gb303::message(found, about),
        Evidence::TemporaryFolderMissing(found) => gb304::message(found, about),
        Evidence::MimeTypesMissing(found) => gb305::message(found, about),
        Evidence::PluginsNotLoadable(found) => gb306::message(found, about),
        Evidence::WindowsLibraryMissing(found) => gb401::message(found, about),
        Evidence::StubWithoutC(found) => gb501::message(found, about),
        Evidence::CHalfMissing(found) => gb502::message(found, about),
        Evidence::CannotLoadLibraries(found) => gb503::message(found, about),
        Evidence::LibcMissing(found) => gb601::message(found),
        Evidence::LibcOlder(found) => gb602::message(found),
        Evidence::LibcFloating(found) => gb603::message(found),
        Evidence::PlatformArgumentDefault(found) => gb604::message(found),
        Evidence::PlatformArgumentUndeclared(found) => gb605::message(found),
        Evidence::ArchitectureFixed(found) => gb606::message(found),
        Evidence::FinalStageOnBuildPlatform(found) => gb607::message(found),
        Evidence::BuildEmulated(found) => gb608::message(found),
        Evidence::GoTooOld(found) => gb609::message(found),
        Evidence::CCompilerMissing(found) => gb610::message(found),
        Evidence::EntryPointNotCopied(found) => gb611::message(found),
        Evidence::ShellMissing(found) => gb612::message(found),
        Evidence::CertificatesNotInstalled(found) => gb613::message(found),
        Evidence::TimeZonesNotInstalled(found) => gb614::message(found),
        Evidence::TemporaryFolderNotMade(found) => gb615::message(found),
        Evidence::UserNotInImage(found) => gb616::message(found),
        Evidence::LowPort(found) => gb617::message(found),
        Evidence::SourceMissing(found) => gb618::message(found),
        Evidence::BinaryDoesNotFit(found) => gb619::message(found),
        Evidence::EmbeddedFilesIgnored(found) => gb620::message(found),
        Evidence::ScriptLineEndings(found) => gb621::message(found),
        Evidence::ScriptInterpreterMissing(found) => gb622::message(found),
        Evidence::ScriptNotExecutable(found) => gb623::message(found),
        Evidence::ImageOutOfSupport(found) => gb624::message(found),
        Evidence::VcsStampingFails(found) => gb625::message(found),
        Evidence::LibraryOfAnotherImage(found) => gb626::message(found),
        Evidence::IgnoreNotUnderstood(found) => gb627::message(found),
        Evidence::BinaryStale(found) => gb628::message(found),
        Evidence::EntryPointMissing(found) => gb701::message(found, about),
        Evidence::EntryPointNoFile(found) => gb702::message(found, about),
        Evidence::EntryPointDenied(found) => gb703::message(found, about),
        Evidence::InterpreterMissing(found) => gb704::message(found, about),
        Evidence::CarriageReturn(found) => gb705::message(found, about),
        Evidence::NoInterpreterLine(found) => gb706::message(found, about),
        Evidence::UserUnknown(found) => gb707::message(found, about),
    }
}
