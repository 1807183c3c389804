//! What the image lacks and the binary asks for, and how it gets there: made or installed in a stage that runs on
//! the builder's own platform, and copied. So the final stage has no `RUN`, and no platform is emulated.

use super::family::Family;
use super::needs::Need;
use super::user::{Entry, User, of_image, passwd};
use super::{Request, Source};
use crate::config::dockerfile::Builder;
use crate::image::{self, Fact, Image};

/// Where Go looks for certificates first (`crypto/x509/root_linux.go`), and where each kind of distribution
/// has them.
const CERTIFICATES: &str = "/etc/ssl/certs/ca-certificates.crt";
const CERTIFICATES_OF_REDHAT: &str = "/etc/pki/tls/certs/ca-bundle.crt";
const ZONES: &str = "/usr/share/zoneinfo/";

/// A line of the final stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Brought {
    /// `build` or `files`.
    pub(super) stage: &'static str,
    pub(super) source: String,
    pub(super) to: String,
    pub(super) why: String,
}

/// A stage that nothing but files comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Files {
    pub(super) image: String,
    pub(super) commands: Vec<String>,
    /// The binary in the build context, where its mode is set on the way.
    pub(super) binary: Option<String>,
    /// Whether the image's own user is not root, and the commands are for root.
    pub(super) as_root: bool,
}

/// All of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Bring {
    pub(super) lines: Vec<Brought>,
    /// Commands of the build stage.
    pub(super) rootfs: Vec<String>,
    pub(super) files: Option<Files>,
    /// Packages that the build stage has to have for it.
    pub(super) build_packages: Vec<String>,
}

/// Decides it.
pub(super) fn bring(request: &Request<'_>, user: &User, notes: &mut Vec<String>) -> Bring {
    let image = request.image;
    let certificates =
        wanted(request.needs.certificates, image.ca_certificates, "CA certificates", image, notes);
    let zones = zones(request, notes);
    let tmp = wanted(request.needs.tmp, image.tmp, "a /tmp", image, notes);
    let mut bring = Bring::default();
    let built = match &request.source {
        Source::Build(stage) => Some(stage),
        Source::Prebuilt(_) => None,
    };
    // The classic builder copies a file with the mode that it has outside; BuildKit can be told another.
    let binary = match request.source {
        Source::Prebuilt(path) if request.builder == Builder::Classic => Some(path.to_owned()),
        _ => None,
    };
    let own = matches!(user.entry, Some(Entry::Added(_)));
    let new = tmp || matches!(user.entry, Some(Entry::New(_)));
    let provider = provider(image, own, certificates || zones, new);
    let stage = if built.is_some() { "build" } else { "files" };

    let mut commands = Vec::new();
    let mut packages = Vec::new();
    let holder = built.map_or(&provider, |stage| stage.facts);
    if certificates && holder.ca_certificates != Fact::Known(true) {
        packages.push("ca-certificates");
    }
    // golang's Debian images are made from buildpack-deps, which has tzdata; the catalogue's cell is alpine's.
    if zones
        && (built.is_none() || Family::of(holder) == Family::Alpine)
        && holder.zoneinfo != Fact::Known(true)
    {
        packages.push("tzdata");
    }
    match built {
        Some(_) => bring.build_packages.extend(packages.iter().map(|name| (*name).to_owned())),
        None if !packages.is_empty() => commands.push(install(&provider, &packages)),
        None => {}
    }
    let mut root = Vec::new();
    if tmp {
        root.push("mkdir -p /rootfs".to_owned());
        root.push("mkdir -m 1777 /rootfs/tmp".to_owned());
    }
    if let Some(entry @ Entry::New(_)) = user.entry {
        root.push("mkdir -p /rootfs/etc".to_owned());
        let lines = passwd(entry).iter().map(|line| format!("'{line}'")).collect::<Vec<_>>().join(" ");
        root.push(format!("printf '%s\\n' {lines} >/rootfs/etc/passwd"));
    }
    let has_root = !root.is_empty();
    if built.is_some() {
        bring.rootfs = root;
    } else {
        commands.append(&mut root);
    }

    let lacks = |what: &str| format!("{} has no {what}.", image.name);
    if certificates {
        let path = if Family::of(holder) == Family::Redhat { CERTIFICATES_OF_REDHAT } else { CERTIFICATES };
        bring.lines.push(line(stage, path, path, lacks("CA certificates")));
    }
    if zones {
        bring.lines.push(line(stage, ZONES, ZONES, lacks("time zones")));
    }
    if has_root {
        let why = match (tmp, user.entry) {
            (true, Some(Entry::New(_))) => "A /tmp for everybody, and the users that the binary looks up.",
            (true, _) => "A /tmp for everybody; as a folder in a folder it keeps its mode.",
            _ => "The users that the binary looks up.",
        };
        bring.lines.push(line(stage, "/rootfs/", "/", why.to_owned()));
    }
    if let Some(entry @ Entry::Added(id)) = user.entry {
        let lines = passwd(entry).join("");
        commands.push(format!("echo '{lines}' >>/etc/passwd"));
        let why = format!("The binary looks up users, and {id} is none of {}.", image.name);
        bring.lines.push(line("files", "/etc/passwd", "/etc/passwd", why));
    }
    let from_files = binary.is_some() || bring.lines.iter().any(|line| line.stage == "files");
    if from_files {
        // What only has to be copied needs a command all the same: the stage stands for what is done in it.
        let own = provider.name == image.name;
        bring.files = Some(Files {
            image: if own { super::from(request) } else { (request.pinned)(&provider.name) },
            commands,
            binary,
            as_root: own && of_image(image).is_some(),
        });
    }
    bring
}

fn line(stage: &'static str, source: &str, to: &str, why: String) -> Brought {
    Brought { stage, source: source.to_owned(), to: to.to_owned(), why }
}

/// Whether something is brought along. What is not known of the image is said, not guessed.
fn wanted(need: Need, there: Fact<bool>, what: &str, image: &Image, notes: &mut Vec<String>) -> bool {
    match (need, there) {
        (Need::Yes, Fact::Known(false)) => true,
        (Need::Yes, Fact::Unknown) => {
            notes.push(format!("whether {} has {what} is not known, and the binary asks for it", image.name));
            false
        }
        _ => false,
    }
}

/// Zones are the one thing that the binary can have in itself; which way was taken is said.
fn zones(request: &Request<'_>, notes: &mut Vec<String>) -> bool {
    let image = request.image;
    let there = image.zoneinfo;
    let linked_in = request.needs.zones_linked_in;
    let brought = match request.settings.timezone.as_ref().map(|set| set.value) {
        Some(false) => return false,
        Some(true) => wanted(Need::Yes, there, "time zones", image, notes),
        None => wanted(request.needs.zones, there, "time zones", image, notes),
    };
    if brought {
        let also = if linked_in { ", and the binary has its own as well" } else { "" };
        notes.push(format!(
            "time zones are copied into the image{also}; the other way is to link them in: tags = [\"timetzdata\"]"
        ));
    } else if linked_in && there != Fact::Known(true) {
        notes.push("time zones are linked into the binary, so the image needs none".to_owned());
    } else if request.settings.timezone.is_none()
        && request.needs.zones == Need::Unknown
        && there == Fact::Known(false)
    {
        notes.push(format!(
            "{} has no time zones; whether the binary loads any is known once it is built, or where \
             gobuild.toml says timezone = true or false",
            image.name
        ));
    }
    brought
}

/// The image that has what is copied: the target's own where its users or its packages are wanted and it has a
/// package manager, or it has a shell and nothing is lacking; else the newest alpine that the catalogue knows.
fn provider(image: &Image, own: bool, packages: bool, new: bool) -> Image {
    let manager = Family::of(image).manager(image).is_some();
    let shell = matches!(image.shell, Fact::Known(Some(_)));
    if own || (packages && manager) || (!packages && !new && shell) {
        return image.clone();
    }
    image::resolve("alpine").unwrap_or_else(|_| Image::undescribed("alpine"))
}

fn install(image: &Image, packages: &[&str]) -> String {
    let packages = packages.join(" ");
    match Family::of(image).manager(image) {
        Some("apt-get") => format!(
            "apt-get update && apt-get install --yes --no-install-recommends {packages} && rm -rf /var/lib/apt/lists/*"
        ),
        Some("apk") | None => format!("apk add --no-cache {packages}"),
        Some(manager) => format!("{manager} install -y {packages}"),
    }
}
