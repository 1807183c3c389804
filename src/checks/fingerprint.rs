//! What a remembered verdict is worth: nothing once the code that made it has changed.

/// A hash of the sources that a verdict follows from (`build.rs` makes it: reading binaries, facts of images, checks,
/// and what they stand on). A mended check is not outlived by its old answer, whatever the version says.
pub const FINGERPRINT: &str = env!("GOBUILD_VERDICT_SOURCES");

#[cfg(test)]
#[path = "../../build/sources.rs"]
mod sources;

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::FINGERPRINT;
    use super::sources::{files, fingerprint};

    fn of(base: &Path, roots: &[&str]) -> String {
        let roots: Vec<PathBuf> = roots.iter().map(|root| base.join(root)).collect();
        fingerprint(base, &files(&roots).unwrap()).unwrap()
    }

    #[test]
    fn what_is_compiled_in_is_of_these_sources() {
        let base = Path::new(env!("CARGO_MANIFEST_DIR"));
        let roots: Vec<&str> = env!("GOBUILD_VERDICT_ROOMS").split(' ').collect();
        for room in ["src/binary", "src/image", "src/checks", "src/diagnostics", "src/libraries"] {
            assert!(roots.contains(&room), "{room}");
        }
        assert_eq!(of(base, &roots), FINGERPRINT);
    }

    #[test]
    fn a_changed_a_new_and_a_renamed_source_make_another() {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
        fs::create_dir_all(dir.path().join("checks/closure")).unwrap();
        write("checks/gb101.rs", "fits");
        write("checks/closure/walk.rs", "walk");
        write("platform.rs", "platform");
        let roots = ["checks", "platform.rs"];
        let first = of(dir.path(), &roots);
        assert_eq!(of(dir.path(), &["platform.rs", "checks"]), first, "the order of the list does not count");
        write("checks/closure/walk.rs", "walks");
        let changed = of(dir.path(), &roots);
        assert_ne!(changed, first);
        write("checks/gb102.rs", "");
        let added = of(dir.path(), &roots);
        assert_ne!(added, changed);
        fs::rename(dir.path().join("checks/gb102.rs"), dir.path().join("checks/gb103.rs")).unwrap();
        assert_ne!(of(dir.path(), &roots), added);
        assert!(files(&[dir.path().join("gone")]).is_err(), "a room that is not there stops the build");
    }
}
