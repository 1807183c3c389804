//! What the content of a file shows beside its headers, as far as checks ask for it. Plain data: whoever
//! has the file open fills it.

use std::collections::BTreeSet;

use crate::libraries::{LIBRARIES, Library, Musl, Without};

/// Facts that cost more than the headers. Each is optional: what nobody looked for is no news.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Traits {
    /// x86-64 level, 1 to 4, of `GNU_PROPERTY_X86_ISA_1_NEEDED`; none where the file has no such note.
    pub isa_level: Option<u8>,
    /// `.ARM.attributes`; none where the file has no such section.
    pub arm: Option<Arm>,
    /// Those of [`wanted`] that are linked in; none where the names were not or could not be read.
    pub functions: Option<BTreeSet<String>>,
    /// Whether the file holds the name pattern of glibc's name service modules (`libnss_%s.so%s`).
    pub names_nss_modules: Option<bool>,
    /// Whether a packer has left its mark (`UPX!`).
    pub packed: Option<bool>,
    /// The oldest kernel that `NT_GNU_ABI_TAG` demands of Linux; none where there is no such note.
    pub kernel: Option<(u32, u32, u32)>,
}

/// What the C parts of an ARM file were compiled for (`Addenda to, and Errata in, the ABI for the Arm
/// Architecture`, build attributes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Arm {
    /// `Tag_CPU_arch`: 5 is v5TEJ, 6 is v6, 10 is v7, 14 is v8.
    pub cpu_arch: u8,
    /// `Tag_FP_arch`: 0 none, 1 and 2 `VFPv2`, 3 and 4 `VFPv3`, 5 and 6 `VFPv4`, 7 and 8 those of v8.
    pub fp_arch: u8,
}

/// Names of functions that tell what a program looks for when it runs, as Go's own table of functions
/// writes them. One that ends in a dot stands for a whole package.
pub const WANTED: &[&str] = &[
    CERTIFICATES,
    CERTIFICATES_LINKED_IN,
    CREATE_TEMP,
    HTTP_CLIENT,
    HTTP_SERVER,
    MAKE_TEMP_FOLDER,
    MIME_TABLES,
    MULTIPART_FORMS,
    PLUGINS,
    SYSTEM_POOL,
    TLS_CLIENT,
    USER_BY_ID,
    USER_BY_NAME,
    USER_CURRENT,
    ZONES,
    ZONES_LINKED_IN,
];

/// All names to look for: [`WANTED`], and what tells how the packages of [`crate::libraries`] were built.
pub fn wanted() -> Vec<String> {
    let packages = LIBRARIES.iter().filter(|library| tells(library));
    let of_packages = packages.flat_map(|library| {
        let functions = library.go_half.iter().map(|&name| name.to_owned());
        functions.chain([library.prefix()])
    });
    WANTED.iter().map(|&name| name.to_owned()).chain(of_packages).collect()
}

/// Whether a finished file tells something of a package.
fn tells(library: &Library) -> bool {
    library.musl == Musl::Loads || library.without != Without::Broken
}

pub(super) const CERTIFICATES: &str = "crypto/x509.loadSystemRoots";
pub(super) const CERTIFICATES_LINKED_IN: &str = "golang.org/x/crypto/x509roots/fallback.";
pub(super) const CREATE_TEMP: &str = "os.CreateTemp";
pub(super) const HTTP_CLIENT: &str = "net/http.(*Transport).dialConn";
pub(super) const HTTP_SERVER: &str = "net/http.(*Server).Serve";
pub(super) const MAKE_TEMP_FOLDER: &str = "os.MkdirTemp";
pub(super) const MIME_TABLES: &str = "mime.loadMimeGlobsFile";
pub(super) const MULTIPART_FORMS: &str = "mime/multipart.(*Reader).readForm";
pub(super) const PLUGINS: &str = "plugin.Open";
pub(super) const SYSTEM_POOL: &str = "crypto/x509.SystemCertPool";
pub(super) const TLS_CLIENT: &str = "crypto/tls.dial";
pub(super) const USER_BY_ID: &str = "os/user.lookupUserId";
pub(super) const USER_BY_NAME: &str = "os/user.lookupUser";
pub(super) const USER_CURRENT: &str = "os/user.Current";
pub(super) const ZONES: &str = "time.LoadLocation";
/// The package that has the time zones in it.
pub const ZONES_LINKED_IN: &str = "time/tzdata.";

impl Traits {
    /// Whether a package of [`crate::libraries`] is linked in; not where nobody knows.
    pub(super) fn has_package(&self, library: &Library) -> bool {
        self.has(&library.prefix())
    }

    /// Whether a function of [`WANTED`] is linked in; not where nobody knows.
    pub(super) fn has(&self, function: &str) -> bool {
        self.functions.as_ref().is_some_and(|names| names.contains(function))
    }
}
