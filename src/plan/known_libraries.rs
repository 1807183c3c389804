//! C libraries that Go packages ask for, and the packages of distributions that hold them.
//!
//! The names of Debian are those of bookworm. A name helps to look further and decides nothing: distributions rename
//! their packages. Alpine keeps the `.a` files that a static link takes in a package of their own, most often
//! `-static`; where one stands alone here, the other one holds both.

/// One library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// `z` for `-lz`.
    pub links: &'static [&'static str],
    /// Beginnings of the paths in `#include <…>`; a whole one, or one that ends in a slash.
    pub headers: &'static [&'static str],
    /// What pkg-config calls it.
    pub pkg_config: &'static [&'static str],
    /// Alpine's packages.
    pub alpine: &'static str,
    /// Debian's and Ubuntu's.
    pub debian: &'static str,
}

const fn row(
    links: &'static [&'static str],
    headers: &'static [&'static str],
    pkg_config: &'static [&'static str],
    alpine: &'static str,
    debian: &'static str,
) -> Known {
    Known { links, headers, pkg_config, alpine, debian }
}

/// The rows, by the name of the library.
pub static KNOWN: &[Known] = &[
    row(&["asound"], &["alsa/"], &["alsa"], "alsa-lib-dev", "libasound2-dev"),
    row(
        &["brotlienc", "brotlidec", "brotlicommon"],
        &["brotli/"],
        &["libbrotlienc", "libbrotlidec"],
        "brotli-dev brotli-static",
        "libbrotli-dev",
    ),
    row(&["btrfs"], &["btrfs/"], &[], "btrfs-progs-dev", "libbtrfs-dev"),
    row(&["bz2"], &["bzlib.h"], &["bzip2"], "bzip2-dev bzip2-static", "libbz2-dev"),
    row(&["curl"], &["curl/"], &["libcurl"], "curl-dev curl-static", "libcurl4-openssl-dev"),
    row(&["devmapper"], &["libdevmapper.h"], &["devmapper"], "lvm2-dev", "libdevmapper-dev"),
    row(&["ffi"], &["ffi.h"], &["libffi"], "libffi-dev", "libffi-dev"),
    row(&["fuse"], &["fuse.h", "fuse/"], &["fuse"], "fuse-dev fuse-static", "libfuse-dev"),
    row(&["git2"], &["git2.h", "git2/"], &["libgit2"], "libgit2-dev", "libgit2-dev"),
    row(&["gmp"], &["gmp.h"], &["gmp"], "gmp-dev", "libgmp-dev"),
    row(&["gpgme"], &["gpgme.h"], &["gpgme"], "gpgme-dev", "libgpgme-dev"),
    row(
        &["gssapi_krb5", "krb5"],
        &["krb5.h", "gssapi/"],
        &["krb5-gssapi", "krb5"],
        "krb5-dev",
        "libkrb5-dev",
    ),
    row(&["jpeg"], &["jpeglib.h"], &["libjpeg"], "libjpeg-turbo-dev libjpeg-turbo-static", "libjpeg-dev"),
    row(&["ldap"], &["ldap.h"], &["ldap"], "openldap-dev", "libldap-dev"),
    row(&["lz4"], &["lz4.h"], &["liblz4"], "lz4-dev lz4-static", "liblz4-dev"),
    row(&["lzma"], &["lzma.h"], &["liblzma"], "xz-dev xz-static", "liblzma-dev"),
    row(&["magic"], &["magic.h"], &["libmagic"], "file-dev libmagic-static", "libmagic-dev"),
    row(&["nftables"], &["nftables/"], &["libnftables"], "nftables-dev", "libnftables-dev"),
    row(&["odbc"], &["sql.h", "sqlext.h"], &["odbc"], "unixodbc-dev", "unixodbc-dev"),
    row(&["opus"], &["opus/", "opus.h"], &["opus"], "opus-dev", "libopus-dev"),
    row(&["pcap"], &["pcap.h", "pcap/"], &["libpcap"], "libpcap-dev", "libpcap-dev"),
    row(
        &["pcsclite"],
        &["winscard.h"],
        &["libpcsclite"],
        "pcsc-lite-dev pcsc-lite-static",
        "libpcsclite-dev",
    ),
    row(&["png", "png16"], &["png.h"], &["libpng", "libpng16"], "libpng-dev libpng-static", "libpng-dev"),
    row(&["pq"], &["libpq-fe.h"], &["libpq"], "libpq-dev", "libpq-dev"),
    row(&["rdkafka"], &["librdkafka/"], &["rdkafka", "rdkafka-static"], "librdkafka-dev", "librdkafka-dev"),
    row(&["seccomp"], &["seccomp.h"], &["libseccomp"], "libseccomp-dev libseccomp-static", "libseccomp-dev"),
    row(&["snappy"], &["snappy-c.h", "snappy.h"], &["snappy"], "snappy-dev snappy-static", "libsnappy-dev"),
    row(
        &["sodium"],
        &["sodium.h", "sodium/"],
        &["libsodium"],
        "libsodium-dev libsodium-static",
        "libsodium-dev",
    ),
    row(&["sqlite3"], &["sqlite3.h"], &["sqlite3"], "sqlite-dev sqlite-static", "libsqlite3-dev"),
    row(
        &["ssl", "crypto"],
        &["openssl/"],
        &["openssl", "libssl", "libcrypto"],
        "openssl-dev openssl-libs-static",
        "libssl-dev",
    ),
    row(&["systemd"], &["systemd/"], &["libsystemd"], "elogind-dev", "libsystemd-dev"),
    row(&["tesseract"], &["tesseract/"], &["tesseract"], "tesseract-ocr-dev", "libtesseract-dev"),
    row(&["udev"], &["libudev.h"], &["libudev"], "eudev-dev", "libudev-dev"),
    row(&["usb-1.0"], &["libusb-1.0/"], &["libusb-1.0"], "libusb-dev", "libusb-1.0-0-dev"),
    row(&["vips"], &["vips/"], &["vips"], "vips-dev", "libvips-dev"),
    row(&["webp"], &["webp/"], &["libwebp"], "libwebp-dev libwebp-static", "libwebp-dev"),
    row(&["X11"], &["X11/"], &["x11"], "libx11-dev libx11-static", "libx11-dev"),
    row(&["xml2"], &["libxml/"], &["libxml-2.0"], "libxml2-dev libxml2-static", "libxml2-dev"),
    row(&["z"], &["zlib.h"], &["zlib"], "zlib-dev zlib-static", "zlib1g-dev"),
    row(&["zmq"], &["zmq.h"], &["libzmq"], "zeromq-dev", "libzmq3-dev"),
    row(&["zstd"], &["zstd.h"], &["libzstd"], "zstd-dev zstd-static", "libzstd-dev"),
];

impl Known {
    /// `it is in zlib-dev zlib-static (Alpine), zlib1g-dev (Debian)`
    pub fn packages(&self) -> String {
        format!("it is in {} (Alpine), {} (Debian)", self.alpine, self.debian)
    }
}

/// By `-lz`, without the dash and the letter.
pub fn by_link(name: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.links.contains(&name))
}

/// By the path of `#include <openssl/ssl.h>`.
pub fn by_header(path: &str) -> Option<&'static Known> {
    let is = |header: &&str| if header.ends_with('/') { path.starts_with(*header) } else { *header == path };
    KNOWN.iter().find(|known| known.headers.iter().any(is))
}

/// By what pkg-config is asked for, each library once.
pub fn by_pkg_config(names: &[String]) -> Vec<&'static Known> {
    KNOWN
        .iter()
        .filter(|known| known.pkg_config.iter().any(|own| names.iter().any(|name| name == own)))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_name_stands_in_two_rows() {
        for names in
            [|known: &Known| known.links, |known: &Known| known.headers, |known: &Known| known.pkg_config]
        {
            let all: Vec<&str> = KNOWN.iter().flat_map(|known| names(known).iter().copied()).collect();
            assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        }
    }

    #[test]
    fn a_header_is_found_by_its_folder_or_as_a_whole() {
        assert_eq!(by_header("openssl/ssl.h").map(|known| known.debian), Some("libssl-dev"));
        assert_eq!(by_header("pcap.h").map(|known| known.alpine), Some("libpcap-dev"));
        assert_eq!(by_header("stdio.h"), None);
        assert_eq!(by_header("my/zlib.h"), None);
        assert_eq!(by_link("z").map(|known| known.debian), Some("zlib1g-dev"));
        assert_eq!(by_link("zz"), None);
    }
}
