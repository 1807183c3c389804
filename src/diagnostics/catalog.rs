//! Every check and every rule: one row writes what runs, what is listed, and what `gobuild explain` knows.
//!
//! A row is an id, the file that has the code, the name that `--allow` takes, how much a misfit weighs, and the summary:
//! one line, lower case, no full stop. The page is `docs/checks/ID.md`. An id is never given away again; one that is no
//! longer asked moves to [`RETIRED`].

use super::Severity;
use crate::error::{Error, Result};
use crate::suggest::closest;

/// Hands every check on a binary to a macro, a row each.
macro_rules! each_check {
    ($with:ident) => {
        $with! {
            GB101 gb101_not_an_executable "not-an-executable" Error "the file is not what the build mode writes";
            GB102 gb102_wrong_format "wrong-format" Error "the file is for another operating system";
            GB103 gb103_wrong_architecture "wrong-architecture" Error "the file is for another processor architecture or ABI";
            GB104 gb104_wrong_variant "wrong-variant" Error "the code demands more of the processor than the platform promises";
            GB105 gb105_cut_short "cut-short" Error "the file ends before its own headers say it does";
            GB106 gb106_mode_not_executable "mode-not-executable" Error "no permission bit lets anybody start the file";
            GB107 gb107_unreadable "unreadable" Error "the file contradicts itself, so nothing about it can be proven";
            GB108 gb108_broken_pie "broken-pie" Error "the file has no loader and cannot start without one";
            GB109 gb109_c_code_too_new "c-code-too-new" Error "the C parts demand more of the processor than the platform promises";
            GB110 gb110_packed "packed" Error "the file was packed, and what it unpacks cannot be read";
            GB111 gb111_boringcrypto_missing "boringcrypto-missing" Warning "the BoringCrypto that was asked for is not in the binary";
            GB112 gb112_kernel_too_new "kernel-too-new" Warning "the C library in the binary demands a newer kernel than all supported distributions have";
            GB201 gb201_loader_missing "loader-missing" Error "the binary names a loader that the image does not have";
            GB202 gb202_library_missing "library-missing" Error "the binary needs a shared library that the image does not have";
            GB203 gb203_glibc_too_new "glibc-too-new" Error "the binary was linked against a newer glibc or C++ runtime than the image has";
            GB204 gb204_amd64_level "amd64-level" Warning "the image's C library demands a newer x86-64 processor than the platform promises";
            GB205 gb205_musl_symbol_missing "musl-symbol-missing" Error "the binary uses a function that neither musl nor any loaded library has";
            GB206 gb206_build_host_path "build-host-path" Warning "the binary searches for libraries in a folder of the machine that built it";
            GB207 gb207_static_nss "static-nss" Warning "the static binary looks up names with a glibc that still needs its shared libraries";
            GB208 gb208_sanitizer "sanitizer" Warning "a build with -race, -msan or -asan is for images with glibc";
            GB209 gb209_static_tls "static-tls" Error "the library's thread-local variables need a place that musl gives only at a program's start";
            GB210 gb210_symbol_missing "symbol-missing" Error "the binary uses a symbol that no loaded library of the image has";
            GB301 gb301_certificates_missing "certificates-missing" Warning "the binary verifies TLS connections and the image has no CA certificates";
            GB302 gb302_time_zones_missing "time-zones-missing" Warning "the binary loads time zones by name and the image has none";
            GB303 gb303_users_missing "users-missing" Warning "the binary looks up users and the image has no /etc/passwd";
            GB304 gb304_temporary_folder_missing "temporary-folder-missing" Warning "the binary writes temporary files and the image has no /tmp for everybody";
            GB305 gb305_mime_types_missing "mime-types-missing" Warning "the binary looks up types of files and the image has no table of them";
            GB306 gb306_plugins_not_loadable "plugins-not-loadable" Warning "the binary opens plugins and is linked so that it cannot";
            GB401 gb401_windows_library_missing "windows-library-missing" Error "the binary needs a library of its compiler that no Windows image has";
            GB501 gb501_stub_without_c "stub-without-c" Error "a package is built without its C half and fails as soon as it is used";
            GB502 gb502_c_half_missing "c-half-missing" Warning "a package is built without its C half and does less than it could";
            GB503 gb503_cannot_load_libraries "cannot-load-libraries" Warning "a package loads a C library when it runs, and the binary is static";
            GB701 gb701_entry_point_missing "entry-point-missing" Error "what the image starts is not in it";
            GB702 gb702_entry_point_no_file "entry-point-no-file" Error "what the image starts is a folder, or no regular file";
            GB703 gb703_entry_point_denied "entry-point-denied" Error "the user that the image runs as may not start the file";
            GB704 gb704_interpreter_missing "interpreter-missing" Error "the first line of a script names an interpreter that is not in the image";
            GB705 gb705_carriage_return "carriage-return" Error "the first line of a script ends in a carriage return";
            GB706 gb706_no_interpreter_line "no-interpreter-line" Error "what the image starts is neither a program nor a script with a #! line";
            GB707 gb707_user_unknown "user-unknown" Error "the image runs as a user or a group that it has no line for";
        }
    };
}

/// Hands every rule on a Dockerfile to a macro, a row each.
macro_rules! each_rule {
    ($with:ident) => {
        $with! {
            GB601 gb601_libc_missing "libc-missing" Error "the build links against a C library that the final image does not have";
            GB602 gb602_libc_older "libc-older" Error "the C library of the final image is older than the one the build links against";
            GB603 gb603_libc_floating "libc-floating" Warning "the tag of the build stage moves to another release, and its C library with it";
            GB604 gb604_platform_argument_default "platform-argument-default" Error "a default hides the platform that the build is for";
            GB605 gb605_platform_argument_undeclared "platform-argument-undeclared" Error "a stage uses a platform argument that it does not declare";
            GB606 gb606_architecture_fixed "architecture-fixed" Warning "the architecture is written into the build";
            GB607 gb607_final_stage_on_build_platform "final-stage-on-build-platform" Error "the final image is that of the machine which builds";
            GB608 gb608_build_emulated "build-emulated" Warning "go runs under emulation for every platform but the builder's own";
            GB609 gb609_go_too_old "go-too-old" Error "go.mod asks for a newer Go than the image has";
            GB610 gb610_c_compiler_missing "c-compiler-missing" Error "cgo is asked for in a stage without a C compiler";
            GB611 gb611_entry_point_not_copied "entry-point-not-copied" Error "nothing in the file puts the entry point where it is started";
            GB612 gb612_shell_missing "shell-missing" Error "a shell is needed where the image has none";
            GB613 gb613_certificates_not_installed "certificates-not-installed" Warning "the program speaks TLS to others, and the image has no certificates";
            GB614 gb614_time_zones_not_installed "time-zones-not-installed" Warning "the program looks up time zones, and the image has none";
            GB615 gb615_temporary_folder_not_made "temporary-folder-not-made" Warning "the program makes temporary files, and the image has no /tmp";
            GB616 gb616_user_not_in_image "user-not-in-image" Error "USER names somebody whom the image does not know";
            GB617 gb617_low_port "low-port" Warning "a user other than root is to listen below port 1024";
            GB618 gb618_source_missing "source-missing" Error "COPY names a file that the build does not get";
            GB619 gb619_binary_does_not_fit "binary-does-not-fit" Error "a binary of the context is copied, and does not fit the image";
            GB620 gb620_embedded_files_ignored "embedded-files-ignored" Error "files that the program embeds are kept from the build";
            GB621 gb621_script_line_endings "script-line-endings" Error "a script is copied whose lines end as on Windows";
            GB622 gb622_script_interpreter_missing "script-interpreter-missing" Error "a script is started whose interpreter the image does not have";
            GB623 gb623_script_not_executable "script-not-executable" Error "what is started has no mode to be started with";
            GB624 gb624_image_out_of_support "image-out-of-support" Warning "nobody repairs the image any more";
            GB625 gb625_vcs_stamping_fails "vcs-stamping-fails" Error "go asks git for the revision, and git refuses";
            GB626 gb626_library_of_another_image "library-of-another-image" Error "a library is copied from an image with another C library";
            GB627 gb627_ignore_not_understood "ignore-not-understood" Warning "a comment takes back a rule that does not exist";
            GB628 gb628_binary_stale "binary-stale" Warning "a binary of the context was built from another commit";
        }
    };
}

pub(crate) use {each_check, each_rule};

/// One way in which things can fail to fit: a check on a binary and its image, or a rule on a Dockerfile.
#[derive(Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// `GB201`. Never reused.
    pub id: &'static str,
    /// `loader-missing`.
    pub name: &'static str,
    /// What a misfit means.
    pub severity: Severity,
    /// One line, lower case, no full stop.
    pub summary: &'static str,
    /// The page for `gobuild explain`, `docs/checks/ID.md`.
    pub page: &'static str,
}

macro_rules! diagnostics {
    ($list:ident: $($id:ident $file:ident $name:literal $severity:ident $summary:literal;)*) => {
        $(
            #[doc = concat!("`", $name, "`")]
            pub static $id: Diagnostic = Diagnostic {
                id: stringify!($id),
                name: $name,
                severity: Severity::$severity,
                summary: $summary,
                page: include_str!(concat!("../../docs/checks/", stringify!($id), ".md")),
            };
        )*
        /// In the order of the ids.
        pub static $list: &[&Diagnostic] = &[$(&$id),*];
    };
}

macro_rules! of_binaries {
    ($($rows:tt)*) => { diagnostics! { BINARIES: $($rows)* } };
}
each_check!(of_binaries);

macro_rules! of_dockerfiles {
    ($($rows:tt)*) => { diagnostics! { DOCKERFILES: $($rows)* } };
}
each_rule!(of_dockerfiles);

/// Everything that can be found, checks before rules.
pub fn all() -> impl Iterator<Item = &'static Diagnostic> + Clone {
    BINARIES.iter().chain(DOCKERFILES).copied()
}

/// One that was taken out. Its id and name stay here for good, so that neither is given away again and an old
/// `--allow` is answered with the reason.
#[derive(Debug)]
pub struct Retired {
    /// The id that it had.
    pub id: &'static str,
    /// The name that it had.
    pub name: &'static str,
    /// One clause: what took its place, or why it is not needed any more.
    pub reason: &'static str,
}

/// What is no longer looked for.
pub static RETIRED: &[Retired] = &[];

/// What a word stands for in one of the lists: an id or a name, in any case; none where nothing is called so.
pub fn among(list: &[&'static Diagnostic], word: &str) -> Option<&'static Diagnostic> {
    let word = word.trim();
    let is = |one: &&&Diagnostic| one.id.eq_ignore_ascii_case(word) || one.name.eq_ignore_ascii_case(word);
    list.iter().find(is).copied()
}

/// The same in both.
pub fn named(word: &str) -> Option<&'static Diagnostic> {
    among(BINARIES, word).or_else(|| among(DOCKERFILES, word))
}

/// What a word stands for.
///
/// # Errors
/// Nothing is called so; the error names the nearest one, or all of them.
pub fn find(word: &str) -> Result<&'static Diagnostic> {
    if let Some(found) = named(word) {
        return Ok(found);
    }
    let word = word.trim();
    let is = |gone: &&Retired| gone.id.eq_ignore_ascii_case(word) || gone.name.eq_ignore_ascii_case(word);
    if let Some(gone) = RETIRED.iter().find(is) {
        return Err(Error::new(format!("{} ({}) is no longer checked: {}", gone.id, gone.name, gone.reason)));
    }
    let error = Error::new(format!("there is no check `{word}`"));
    if let Some(near) = closest(word, all().flat_map(|one| [one.id, one.name])) {
        return Err(error.help(format!("did you mean `{near}`?")));
    }
    let mut all: Vec<_> = all().collect();
    all.sort_by_key(|one| one.id);
    Err(all.iter().fold(error.detail("the checks are:"), |error, one| {
        error.detail(format!("  {} {}", one.id, one.name))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_and_a_rule_are_found_by_id_and_by_name_in_any_case() {
        for word in ["GB201", "gb201", "loader-missing", "Loader-Missing", " GB201 "] {
            assert_eq!(find(word).map(|found| found.id).unwrap(), "GB201", "{word}");
        }
        assert_eq!(find("libc-missing").unwrap().id, "GB601");
    }

    #[test]
    fn a_slip_is_answered_with_the_nearest_name_and_nonsense_with_the_whole_list() {
        let slip = find("loader-mising").err().unwrap();
        assert_eq!(slip.message, "there is no check `loader-mising`");
        assert_eq!(slip.help, ["did you mean `loader-missing`?"]);
        let nonsense = find("certificates").err().unwrap();
        assert!(nonsense.help.is_empty());
        for line in ["  GB203 glibc-too-new", "  GB601 libc-missing"] {
            assert!(nonsense.detail.iter().any(|detail| detail == line), "{nonsense:?}");
        }
    }
}
