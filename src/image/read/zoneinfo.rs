//! Whether there are real time zones: some images have the folder and its tables, but no zones in it.
//!
//! Places: Go `time/zoneinfo_unix.go`, `platformZoneSources`, with `ZONEINFO` before them.

use super::view::View;
use crate::image::config::RunConfig;

const FOLDERS: &[&str] =
    &["/usr/share/zoneinfo", "/usr/share/lib/zoneinfo", "/usr/lib/locale/TZ", "/etc/zoneinfo"];
/// Zones of four areas: whoever strips zones takes whole areas, or all.
const ZONES: &[&str] = &["America/New_York", "Asia/Tokyo", "Europe/Berlin", "Europe/London", "Africa/Cairo"];

/// Whether Go would find zones by their names.
pub(super) fn there(view: &View<'_>, run: Option<&RunConfig>) -> bool {
    let own = run.and_then(|run| run.variable("ZONEINFO"));
    own.into_iter().chain(FOLDERS.iter().copied()).any(|folder| {
        let is_archive = |(real, _): (String, _)| starts_with(view, &real, b"PK\x03\x04");
        (own == Some(folder) && view.file(folder).is_some_and(is_archive))
            || ZONES.iter().any(|zone| {
                let file = view.file(&format!("{folder}/{zone}"));
                file.is_some_and(|(real, _)| starts_with(view, &real, b"TZif"))
            })
    })
}

fn starts_with(view: &View<'_>, real: &str, magic: &[u8]) -> bool {
    view.head(real, magic.len()).is_some_and(|head| head == magic)
}

#[cfg(test)]
mod tests {
    use super::super::memory::Memory;
    use super::*;

    #[test]
    fn zones_are_told_from_a_stub() {
        let real = Memory::new()
            .file("/usr/share/zoneinfo/Europe/Berlin", b"TZif2...")
            .link("/etc/zoneinfo", "nowhere");
        assert!(there(&View::of(&real), None));
        let stub = Memory::new()
            .file("/usr/share/zoneinfo/UTC", b"TZif2...")
            .file("/usr/share/zoneinfo/zone.tab", b"# table")
            .file("/usr/share/zoneinfo/Europe/Berlin", b"");
        assert!(!there(&View::of(&stub), None));
        assert!(!there(&View::of(&Memory::new()), None));
    }

    #[test]
    fn the_images_own_variable_names_another_place() {
        let run = |value: &str| RunConfig {
            env: vec![("ZONEINFO".to_owned(), value.to_owned())],
            ..RunConfig::default()
        };
        let tree = Memory::new().file("/zoneinfo.zip", b"PK\x03\x04").file("/tz/Asia/Tokyo", b"TZif2");
        assert!(there(&View::of(&tree), Some(&run("/zoneinfo.zip"))));
        assert!(there(&View::of(&tree), Some(&run("/tz"))));
        assert!(!there(&View::of(&tree), None));
    }
}
