//! Whether a bundle of CA certificates stands where Go looks for one.
//!
//! Rules and lists: Go `crypto/x509/root_unix.go` and `root_linux.go`: the first file that can be read counts,
//! then every file of the folders; `SSL_CERT_FILE` and `SSL_CERT_DIR` take the place of the lists.

use super::view::View;
use crate::image::config::RunConfig;

const FILES: &[&str] = &[
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/tls/cacert.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
];
const FOLDERS: &[&str] = &["/etc/ssl/certs", "/etc/pki/tls/certs"];
const BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----";
/// Bytes of one bundle; the largest in use has a quarter of a megabyte.
const SIZE: u64 = 16 << 20;
/// Files of a folder that are looked at.
const NUMBER: usize = 4096;

/// Whether Go would find a certificate.
pub(super) fn there(view: &View<'_>, run: Option<&RunConfig>) -> bool {
    let variable = |name| run.and_then(|run| run.variable(name));
    let files = variable("SSL_CERT_FILE").map_or(FILES.to_vec(), |file| vec![file]);
    let folders = variable("SSL_CERT_DIR").map_or(FOLDERS.to_vec(), |list| list.split(':').collect());
    let first = files.into_iter().find(|path| view.file(path).is_some());
    first.is_some_and(|path| holds_one(view, path))
        || folders.into_iter().any(|folder| {
            let folder = folder.trim_end_matches('/');
            let names = view.names(folder).into_iter().take(NUMBER);
            names.into_iter().any(|name| holds_one(view, &format!("{folder}/{name}")))
        })
}

fn holds_one(view: &View<'_>, path: &str) -> bool {
    let content = view.bytes(path, SIZE);
    content.is_some_and(|content| content.windows(BEGIN.len()).any(|window| window == BEGIN))
}

#[cfg(test)]
mod tests {
    use super::super::memory::Memory;
    use super::*;

    const PEM: &[u8] = b"# a root\n-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

    fn of(tree: &Memory, env: &[(&str, &str)]) -> bool {
        let env = env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        there(&View::of(tree), Some(&RunConfig { env, ..RunConfig::default() }))
    }

    #[test]
    fn a_bundle_behind_a_link_counts() {
        let tree = Memory::new()
            .file("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", PEM)
            .link("/etc/pki/tls/certs/ca-bundle.crt", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem");
        assert!(of(&tree, &[]));
        assert!(there(&View::of(&tree), None));
    }

    #[test]
    fn single_files_of_the_folder_count_and_others_do_not() {
        assert!(of(&Memory::new().file("/etc/ssl/certs/ab12.0", PEM), &[]));
        assert!(!of(&Memory::new().file("/etc/ssl/certs/README", b"none here"), &[]));
        assert!(!of(&Memory::new().file("/etc/ssl/certs/ca-certificates.crt", b""), &[]));
        assert!(!of(&Memory::new().file("/opt/ca.pem", PEM), &[]));
    }

    #[test]
    fn the_images_own_variables_take_the_place_of_the_list() {
        let tree = Memory::new().file("/opt/ca.pem", PEM).file("/etc/ssl/cert.pem", PEM);
        assert!(of(&tree, &[("SSL_CERT_FILE", "/opt/ca.pem")]));
        assert!(!of(&tree, &[("SSL_CERT_FILE", "/nowhere")]));
        assert!(of(&tree, &[("SSL_CERT_FILE", "/nowhere"), ("SSL_CERT_DIR", "/x:/opt/")]));
    }
}
