//! The configuration that an image carries beside its layers: what an engine starts, as whom, and where.
//!
//! Sources: the OCI image spec, `config.md`; Docker writes the same fields.

use serde::{Deserialize, Deserializer, Serialize};

use crate::platform::Platform;

/// What an engine takes from the image's configuration. Plain data, nothing is resolved.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RunConfig {
    /// `os`, `architecture` and `variant`; none where one of the first two is missing.
    pub platform: Option<Platform>,
    /// `Entrypoint`, in exec form.
    pub entrypoint: Vec<String>,
    /// `Cmd`: arguments of the entry point, or the command where there is none.
    pub cmd: Vec<String>,
    /// `Env`, in order: name and value.
    pub env: Vec<(String, String)>,
    /// `User`: a name or an id, each with a group behind a colon; none means root.
    pub user: Option<String>,
    /// `WorkingDir`; none means `/`.
    pub workdir: Option<String>,
}

impl RunConfig {
    /// Reads the configuration's document. The text says what is wrong with it.
    pub fn parse(document: &[u8]) -> Result<Self, String> {
        let document: Document =
            serde_json::from_slice(document).map_err(|error| format!("its configuration: {error}"))?;
        let platform = match (document.os.as_deref(), document.architecture.as_deref()) {
            (Some(os), Some(arch)) if !os.is_empty() && !arch.is_empty() => {
                let variant = document.variant.as_deref().filter(|variant| !variant.is_empty());
                let variant = variant.map(|variant| format!("/{variant}")).unwrap_or_default();
                let text = format!("{os}/{arch}{variant}");
                Some(text.parse().map_err(|error| format!("its configuration: {error}"))?)
            }
            _ => None,
        };
        let inner = document.config;
        let split = |text: String| match text.split_once('=') {
            Some((name, value)) => (name.to_owned(), value.to_owned()),
            None => (text, String::new()),
        };
        Ok(Self {
            platform,
            entrypoint: inner.entrypoint,
            cmd: inner.cmd,
            env: inner.env.into_iter().map(split).collect(),
            user: inner.user.filter(|user| !user.is_empty()),
            workdir: inner.workdir.filter(|folder| !folder.is_empty()),
        })
    }

    /// Every text of it.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let pairs = self.env.iter().flat_map(|(name, value)| [name, value]);
        let lists = self.entrypoint.iter().chain(&self.cmd).chain(pairs);
        lists.chain(&self.user).chain(&self.workdir).map(String::as_str)
    }

    /// A variable of the image; the last one counts, as in the engines. An empty one is none.
    pub fn variable(&self, name: &str) -> Option<&str> {
        let found = self.env.iter().rev().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }
}

/// The parts of the document that are read; the rest (history, digests of layers) is not needed.
#[derive(Deserialize)]
struct Document {
    os: Option<String>,
    architecture: Option<String>,
    variant: Option<String>,
    #[serde(default, deserialize_with = "or_null")]
    config: Inner,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase")]
struct Inner {
    #[serde(default, deserialize_with = "or_null")]
    entrypoint: Vec<String>,
    #[serde(default, deserialize_with = "or_null")]
    cmd: Vec<String>,
    #[serde(default, deserialize_with = "or_null")]
    env: Vec<String>,
    user: Option<String>,
    #[serde(rename = "WorkingDir")]
    workdir: Option<String>,
}

/// Docker writes `null` where there is nothing.
fn or_null<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(from: D) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(from)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_docker_writes_is_read() {
        let config = RunConfig::parse(
            br#"{"architecture":"arm","os":"linux","variant":"v7","created":"2026-01-01T00:00:00Z",
                "config":{"User":"65532","Env":["PATH=/bin","LD_LIBRARY_PATH=/opt/lib","EMPTY="],
                "Entrypoint":["/app/rpc"],"Cmd":null,"WorkingDir":"/app","Labels":null},
                "rootfs":{"type":"layers","diff_ids":[]}}"#,
        )
        .unwrap();
        assert_eq!(config.platform, Some("linux/arm/v7".parse().unwrap()));
        assert_eq!((config.entrypoint.as_slice(), config.cmd.len()), (&["/app/rpc".to_owned()][..], 0));
        assert_eq!(config.variable("LD_LIBRARY_PATH"), Some("/opt/lib"));
        assert_eq!((config.variable("EMPTY"), config.variable("HOME")), (None, None));
        assert_eq!((config.user.as_deref(), config.workdir.as_deref()), (Some("65532"), Some("/app")));
    }

    #[test]
    fn nothing_said_is_nothing_known() {
        let config = RunConfig::parse(br#"{"config":null}"#).unwrap();
        assert_eq!(config, RunConfig::default());
        assert!(RunConfig::parse(b"[1]").unwrap_err().starts_with("its configuration: "));
        let error = RunConfig::parse(br#"{"os":"linux","architecture":"z80"}"#).unwrap_err();
        assert!(error.contains("unknown architecture `z80`"), "{error}");
    }
}
