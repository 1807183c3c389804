//! Archives of images, written as the engines write them.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use flate2::write::GzEncoder;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tar::{Builder, EntryType, Header};

/// A layer being written.
pub(crate) struct Layer(Builder<Vec<u8>>);

impl Layer {
    pub(crate) fn new() -> Self {
        Self(Builder::new(Vec::new()))
    }

    /// Everything in a folder.
    pub(crate) fn folder(mut self, from: &Path) -> Self {
        self.0.follow_symlinks(false);
        self.0.append_dir_all(".", from).expect("the folder can be read");
        self
    }

    /// A file with mode 0755, under exactly this name, whatever it is.
    pub(crate) fn file(self, name: &str, content: &[u8]) -> Self {
        self.member(name, EntryType::Regular, "", content)
    }

    /// A file with a mode, and the user and the group that own it.
    pub(crate) fn owned(self, name: &str, content: &[u8], mode: u32, owner: (u64, u64)) -> Self {
        self.entry(name, EntryType::Regular, "", content, (mode, owner))
    }

    /// A folder with a mode.
    pub(crate) fn directory(self, name: &str, mode: u32) -> Self {
        self.entry(name, EntryType::Directory, "", b"", (mode, (0, 0)))
    }

    pub(crate) fn link(self, name: &str, target: &str) -> Self {
        self.member(name, EntryType::Symlink, target, b"")
    }

    pub(crate) fn hard(self, name: &str, target: &str) -> Self {
        self.member(name, EntryType::Link, target, b"")
    }

    fn member(self, name: &str, kind: EntryType, link: &str, content: &[u8]) -> Self {
        self.entry(name, kind, link, content, (0o755, (0, 0)))
    }

    fn entry(
        mut self,
        name: &str,
        kind: EntryType,
        link: &str,
        content: &[u8],
        (mode, (uid, gid)): (u32, (u64, u64)),
    ) -> Self {
        let mut header = Header::new_gnu();
        header.set_mode(mode);
        header.set_uid(uid);
        header.set_gid(gid);
        header.set_size(content.len() as u64);
        header.set_entry_type(kind);
        // The crate's own methods refuse the names that hostile archives have.
        let bytes = header.as_old_mut();
        bytes.name[..name.len()].copy_from_slice(name.as_bytes());
        bytes.linkname[..link.len()].copy_from_slice(link.as_bytes());
        header.set_cksum();
        self.0.append(&header, content).expect("memory takes it");
        self
    }

    pub(crate) fn tar(self) -> Vec<u8> {
        self.0.into_inner().expect("memory takes it")
    }

    pub(crate) fn gzip(self) -> Vec<u8> {
        gzip(&self.tar())
    }

    pub(crate) fn zstd(self) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(&*self.tar(), ruzstd::encoding::CompressionLevel::Fastest)
    }
}

pub(crate) fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(content).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

/// The documents and layers of an OCI layout.
#[derive(Default)]
pub(crate) struct Layout {
    files: Vec<(String, Vec<u8>)>,
    manifests: Vec<Value>,
}

impl Layout {
    /// Adds a blob and gives its digest.
    pub(crate) fn blob(&mut self, content: &[u8]) -> String {
        let hex = gobuild::host::hex::hex(&Sha256::digest(content));
        self.files.push((format!("blobs/sha256/{hex}"), content.to_owned()));
        format!("sha256:{hex}")
    }

    /// An image of one platform; the descriptor of its manifest.
    pub(crate) fn image(&mut self, platform: &str, config: &Value, layers: &[Vec<u8>]) -> Value {
        let mut parts = platform.split('/');
        let (os, arch, variant) = (parts.next(), parts.next(), parts.next());
        let config = json!({ "os": os, "architecture": arch, "variant": variant, "config": config });
        let config = self.blob(config.to_string().as_bytes());
        let layers: Vec<Value> =
            layers.iter().map(|layer| json!({ "digest": self.blob(layer), "size": layer.len() })).collect();
        let manifest = json!({ "schemaVersion": 2, "config": { "digest": config }, "layers": layers });
        let digest = self.blob(manifest.to_string().as_bytes());
        json!({ "digest": digest, "platform": { "os": os, "architecture": arch, "variant": variant } })
    }

    /// Names a manifest or an index in the layout's own index.
    pub(crate) fn name(&mut self, mut descriptor: Value, name: &str) {
        descriptor["annotations"] = json!({ "io.containerd.image.name": name });
        self.manifests.push(descriptor);
    }

    /// Every file of the layout.
    pub(crate) fn files(&self) -> Vec<(String, Vec<u8>)> {
        let index = json!({ "schemaVersion": 2, "manifests": self.manifests });
        let mut files = self.files.clone();
        files.push(("index.json".to_owned(), index.to_string().into_bytes()));
        files.push(("oci-layout".to_owned(), br#"{"imageLayoutVersion":"1.0.0"}"#.to_vec()));
        files
    }

    pub(crate) fn tar(&self) -> Vec<u8> {
        archive(&self.files())
    }

    pub(crate) fn write(&self, folder: &Path) {
        for (name, content) in self.files() {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder can be made");
            File::create(path).and_then(|mut file| file.write_all(&content)).expect("a file can be written");
        }
    }
}

/// A plain archive of these files.
pub(crate) fn archive(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    files.iter().fold(Layer::new(), |archive, (name, content)| archive.file(name, content)).tar()
}

/// What `docker save` wrote before there was a layout in it.
pub(crate) fn saved(name: &str, config: &Value, layers: &[Vec<u8>]) -> Vec<u8> {
    let mut files = vec![("abc.json".to_owned(), config.to_string().into_bytes())];
    let names: Vec<String> = (0..layers.len()).map(|number| format!("{number}/layer.tar")).collect();
    files.extend(names.iter().cloned().zip(layers.iter().cloned()));
    let manifest = json!([{ "Config": "abc.json", "RepoTags": [name], "Layers": names }]);
    files.push(("manifest.json".to_owned(), manifest.to_string().into_bytes()));
    archive(&files)
}
