//! What was found, as data: one file a check or rule, named after its id. Each type holds what the verdict was made
//! from, so that a program can read it (`--message-format json`) and [`crate::report::words`] can say it.

mod cgo;
mod copied;
mod foreign;
pub mod gb101;
pub mod gb102;
pub mod gb103;
pub mod gb104;
pub mod gb105;
pub mod gb106;
pub mod gb107;
pub mod gb108;
pub mod gb109;
pub mod gb110;
pub mod gb111;
pub mod gb112;
pub mod gb201;
pub mod gb202;
pub mod gb203;
pub mod gb204;
pub mod gb205;
pub mod gb206;
pub mod gb207;
pub mod gb208;
pub mod gb209;
pub mod gb210;
pub mod gb301;
pub mod gb302;
pub mod gb303;
pub mod gb304;
pub mod gb305;
pub mod gb306;
pub mod gb401;
pub mod gb501;
pub mod gb502;
pub mod gb503;
pub mod gb601;
pub mod gb602;
pub mod gb603;
pub mod gb604;
pub mod gb605;
pub mod gb606;
pub mod gb607;
pub mod gb608;
pub mod gb609;
pub mod gb610;
pub mod gb611;
pub mod gb612;
pub mod gb613;
pub mod gb614;
pub mod gb615;
pub mod gb616;
pub mod gb617;
pub mod gb618;
pub mod gb619;
pub mod gb620;
pub mod gb621;
pub mod gb622;
pub mod gb623;
pub mod gb624;
pub mod gb625;
pub mod gb626;
pub mod gb627;
pub mod gb628;
pub mod gb701;
pub mod gb702;
pub mod gb703;
pub mod gb704;
pub mod gb705;
pub mod gb706;
pub mod gb707;
mod linked;
mod starting;

use serde::Serialize;

pub use cgo::{Cgo, Unset};
pub use copied::{CopiedFile, Starter};
pub use foreign::{GoHalf, Module};
pub use linked::{ImageLibc, LinkedBy};
pub use starting::Starting;

/// The evidence of one finding. Its `kind` is the name of the check or rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Evidence {
    /// GB101
    NotAnExecutable(Box<gb101::NotAnExecutable>),
    /// GB102
    WrongFormat(Box<gb102::WrongFormat>),
    /// GB103
    WrongArchitecture(Box<gb103::WrongArchitecture>),
    /// GB104
    WrongVariant(Box<gb104::WrongVariant>),
    /// GB105
    CutShort(Box<gb105::CutShort>),
    /// GB106
    ModeNotExecutable(Box<gb106::ModeNotExecutable>),
    /// GB107
    Unreadable(Box<gb107::Unreadable>),
    /// GB108
    BrokenPie(Box<gb108::BrokenPie>),
    /// GB109
    CCodeTooNew(Box<gb109::CCodeTooNew>),
    /// GB110
    Packed(Box<gb110::Packed>),
    /// GB111
    BoringcryptoMissing(Box<gb111::BoringcryptoMissing>),
    /// GB112
    KernelTooNew(Box<gb112::KernelTooNew>),
    /// GB201
    LoaderMissing(Box<gb201::LoaderMissing>),
    /// GB202
    LibraryMissing(Box<gb202::LibraryMissing>),
    /// GB203
    GlibcTooNew(Box<gb203::GlibcTooNew>),
    /// GB204
    Amd64Level(Box<gb204::Amd64Level>),
    /// GB205
    MuslSymbolMissing(Box<gb205::MuslSymbolMissing>),
    /// GB206
    BuildHostPath(Box<gb206::BuildHostPath>),
    /// GB207
    StaticNss(Box<gb207::StaticNss>),
    /// GB208
    Sanitizer(Box<gb208::Sanitizer>),
    /// GB209
    StaticTls(Box<gb209::StaticTls>),
    /// GB210
    SymbolMissing(Box<gb210::SymbolMissing>),
    /// GB301
    CertificatesMissing(Box<gb301::CertificatesMissing>),
    /// GB302
    TimeZonesMissing(Box<gb302::TimeZonesMissing>),
    /// GB303
    UsersMissing(Box<gb303::UsersMissing>),
    /// GB304
    TemporaryFolderMissing(Box<gb304::TemporaryFolderMissing>),
    /// GB305
    MimeTypesMissing(Box<gb305::MimeTypesMissing>),
    /// GB306
    PluginsNotLoadable(Box<gb306::PluginsNotLoadable>),
    /// GB401
    WindowsLibraryMissing(Box<gb401::WindowsLibraryMissing>),
    /// GB501
    StubWithoutC(Box<gb501::StubWithoutC>),
    /// GB502
    CHalfMissing(Box<gb502::CHalfMissing>),
    /// GB503
    CannotLoadLibraries(Box<gb503::CannotLoadLibraries>),
    /// GB601
    LibcMissing(Box<gb601::LibcMissing>),
    /// GB602
    LibcOlder(Box<gb602::LibcOlder>),
    /// GB603
    LibcFloating(Box<gb603::LibcFloating>),
    /// GB604
    PlatformArgumentDefault(Box<gb604::PlatformArgumentDefault>),
    /// GB605
    PlatformArgumentUndeclared(Box<gb605::PlatformArgumentUndeclared>),
    /// GB606
    ArchitectureFixed(Box<gb606::ArchitectureFixed>),
    /// GB607
    FinalStageOnBuildPlatform(Box<gb607::FinalStageOnBuildPlatform>),
    /// GB608
    BuildEmulated(Box<gb608::BuildEmulated>),
    /// GB609
    GoTooOld(Box<gb609::GoTooOld>),
    /// GB610
    CCompilerMissing(Box<gb610::CCompilerMissing>),
    /// GB611
    EntryPointNotCopied(Box<gb611::EntryPointNotCopied>),
    /// GB612
    ShellMissing(Box<gb612::ShellMissing>),
    /// GB613
    CertificatesNotInstalled(Box<gb613::CertificatesNotInstalled>),
    /// GB614
    TimeZonesNotInstalled(Box<gb614::TimeZonesNotInstalled>),
    /// GB615
    TemporaryFolderNotMade(Box<gb615::TemporaryFolderNotMade>),
    /// GB616
    UserNotInImage(Box<gb616::UserNotInImage>),
    /// GB617
    LowPort(Box<gb617::LowPort>),
    /// GB618
    SourceMissing(Box<gb618::SourceMissing>),
    /// GB619
    BinaryDoesNotFit(Box<gb619::BinaryDoesNotFit>),
    /// GB620
    EmbeddedFilesIgnored(Box<gb620::EmbeddedFilesIgnored>),
    /// GB621
    ScriptLineEndings(Box<gb621::ScriptLineEndings>),
    /// GB622
    ScriptInterpreterMissing(Box<gb622::ScriptInterpreterMissing>),
    /// GB623
    ScriptNotExecutable(Box<gb623::ScriptNotExecutable>),
    /// GB624
    ImageOutOfSupport(Box<gb624::ImageOutOfSupport>),
    /// GB625
    VcsStampingFails(Box<gb625::VcsStampingFails>),
    /// GB626
    LibraryOfAnotherImage(Box<gb626::LibraryOfAnotherImage>),
    /// GB627
    IgnoreNotUnderstood(Box<gb627::IgnoreNotUnderstood>),
    /// GB628
    BinaryStale(Box<gb628::BinaryStale>),
    /// GB701
    EntryPointMissing(Box<gb701::EntryPointMissing>),
    /// GB702
    EntryPointNoFile(Box<gb702::EntryPointNoFile>),
    /// GB703
    EntryPointDenied(Box<gb703::EntryPointDenied>),
    /// GB704
    InterpreterMissing(Box<gb704::InterpreterMissing>),
    /// GB705
    CarriageReturn(Box<gb705::CarriageReturn>),
    /// GB706
    NoInterpreterLine(Box<gb706::NoInterpreterLine>),
    /// GB707
    UserUnknown(Box<gb707::UserUnknown>),
}

/// A type of evidence becomes its variant.
macro_rules! variants {
    ($($variant:ident($of:ty)),* $(,)?) => {
        $(impl From<$of> for Evidence {
            fn from(found: $of) -> Self {
                Self::$variant(Box::new(found))
            }
        })*
    };
}

variants! {
    NotAnExecutable(gb101::NotAnExecutable),
    WrongFormat(gb102::WrongFormat),
    WrongArchitecture(gb103::WrongArchitecture),
    WrongVariant(gb104::WrongVariant),
    CutShort(gb105::CutShort),
    ModeNotExecutable(gb106::ModeNotExecutable),
    Unreadable(gb107::Unreadable),
    BrokenPie(gb108::BrokenPie),
    CCodeTooNew(gb109::CCodeTooNew),
    Packed(gb110::Packed),
    BoringcryptoMissing(gb111::BoringcryptoMissing),
    KernelTooNew(gb112::KernelTooNew),
    LoaderMissing(gb201::LoaderMissing),
    LibraryMissing(gb202::LibraryMissing),
    GlibcTooNew(gb203::GlibcTooNew),
    Amd64Level(gb204::Amd64Level),
    MuslSymbolMissing(gb205::MuslSymbolMissing),
    BuildHostPath(gb206::BuildHostPath),
    StaticNss(gb207::StaticNss),
    Sanitizer(gb208::Sanitizer),
    StaticTls(gb209::StaticTls),
    SymbolMissing(gb210::SymbolMissing),
    CertificatesMissing(gb301::CertificatesMissing),
    TimeZonesMissing(gb302::TimeZonesMissing),
    UsersMissing(gb303::UsersMissing),
    TemporaryFolderMissing(gb304::TemporaryFolderMissing),
    MimeTypesMissing(gb305::MimeTypesMissing),
    PluginsNotLoadable(gb306::PluginsNotLoadable),
    WindowsLibraryMissing(gb401::WindowsLibraryMissing),
    StubWithoutC(gb501::StubWithoutC),
    CHalfMissing(gb502::CHalfMissing),
    CannotLoadLibraries(gb503::CannotLoadLibraries),
    LibcMissing(gb601::LibcMissing),
    LibcOlder(gb602::LibcOlder),
    LibcFloating(gb603::LibcFloating),
    PlatformArgumentDefault(gb604::PlatformArgumentDefault),
    PlatformArgumentUndeclared(gb605::PlatformArgumentUndeclared),
    ArchitectureFixed(gb606::ArchitectureFixed),
    FinalStageOnBuildPlatform(gb607::FinalStageOnBuildPlatform),
    BuildEmulated(gb608::BuildEmulated),
    GoTooOld(gb609::GoTooOld),
    CCompilerMissing(gb610::CCompilerMissing),
    EntryPointNotCopied(gb611::EntryPointNotCopied),
    ShellMissing(gb612::ShellMissing),
    CertificatesNotInstalled(gb613::CertificatesNotInstalled),
    TimeZonesNotInstalled(gb614::TimeZonesNotInstalled),
    TemporaryFolderNotMade(gb615::TemporaryFolderNotMade),
    UserNotInImage(gb616::UserNotInImage),
    LowPort(gb617::LowPort),
    SourceMissing(gb618::SourceMissing),
    BinaryDoesNotFit(gb619::BinaryDoesNotFit),
    EmbeddedFilesIgnored(gb620::EmbeddedFilesIgnored),
    ScriptLineEndings(gb621::ScriptLineEndings),
    ScriptInterpreterMissing(gb622::ScriptInterpreterMissing),
    ScriptNotExecutable(gb623::ScriptNotExecutable),
    ImageOutOfSupport(gb624::ImageOutOfSupport),
    VcsStampingFails(gb625::VcsStampingFails),
    LibraryOfAnotherImage(gb626::LibraryOfAnotherImage),
    IgnoreNotUnderstood(gb627::IgnoreNotUnderstood),
    BinaryStale(gb628::BinaryStale),
    EntryPointMissing(gb701::EntryPointMissing),
    EntryPointNoFile(gb702::EntryPointNoFile),
    EntryPointDenied(gb703::EntryPointDenied),
    InterpreterMissing(gb704::InterpreterMissing),
    CarriageReturn(gb705::CarriageReturn),
    NoInterpreterLine(gb706::NoInterpreterLine),
    UserUnknown(gb707::UserUnknown),
}
