//! `manifest.json`: what the server has to know of the bundle. It writes the
//! tags of the page from it and serves nothing that is not in it.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::compress::Sizes;
use crate::failure::{Context, Result};
use crate::fingerprint;

/// The name of the manifest inside of the bundle.
pub const NAME: &str = "manifest.json";

/// Everything about one bundle.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// URL of the JavaScript module that starts the program.
    pub js: String,
    /// URL of the WebAssembly that it loads.
    pub wasm: String,
    /// URL of the stylesheet.
    pub css: String,
    /// The parts that load later; absent when the program is in one piece.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split: Option<Split>,
    /// Every file, sorted by path.
    pub files: Vec<File>,
    /// Hash of all that this bundle was made from, to skip the next build.
    pub fingerprint: String,
}

/// The parts of the program that load with a lazy route: exactly what Leptos's
/// `WasmSplitManifest` takes, so that the server can preload them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Split {
    /// URL of the directory that the parts lie in.
    pub root: String,
    /// File name of the loader, in that directory.
    pub loader: String,
    /// Name of the lazy function to the modules it needs, without `.wasm`.
    pub preloads: BTreeMap<String, Vec<String>>,
}

/// One file that the server may serve.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct File {
    /// Its URL, and its place below the bundle's directory.
    pub path: String,
    /// Its `Content-Type`.
    #[serde(rename = "type")]
    pub content_type: String,
    /// Bytes as it is.
    pub size: u64,
    /// Bytes of the same file with `.br` at its end.
    pub br: u64,
    /// Bytes of the same file with `.gz` at its end.
    pub gz: u64,
    /// Whether its name tells its content, so that it may be kept for good.
    pub immutable: bool,
}

impl File {
    /// Describes a file by its URL.
    pub fn new(path: String, sizes: Sizes, immutable: bool) -> Self {
        Self {
            content_type: content_type(&path).into(),
            path,
            size: sizes.size,
            br: sizes.br,
            gz: sizes.gz,
            immutable,
        }
    }
}

impl Manifest {
    /// Reads the manifest of the bundle in `site`; none where there is none, or
    /// one that this version did not write.
    pub fn read(site: &Path) -> Option<Self> {
        let json = fingerprint::read(&site.join(NAME)).ok()?;
        serde_json::from_slice(&json).ok()
    }

    /// Writes the manifest into the bundle in `site`.
    pub fn write(&self, site: &Path) -> Result<()> {
        let json =
            serde_json::to_vec_pretty(self).context(|| "cannot write the manifest".into())?;
        fingerprint::write(&site.join(NAME), &json)
    }
}

/// The `Content-Type` of a file, by the end of its name.
fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "js" | "mjs" => "text/javascript",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "xml" => "application/xml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{File, Manifest, content_type};
    use crate::compress::Sizes;
    use crate::fingerprint::Scratch;

    #[test]
    fn what_is_written_is_read_again() {
        let sizes = Sizes {
            size: 3,
            br: 2,
            gz: 1,
        };
        let manifest = Manifest {
            js: "/pkg/frontend.0.js".into(),
            files: vec![File::new("/pkg/frontend.0.js".into(), sizes, true)],
            ..Manifest::default()
        };
        let scratch = Scratch::new("manifest");
        manifest.write(scratch.path()).unwrap();
        assert_eq!(Manifest::read(scratch.path()), Some(manifest));
        let json = std::fs::read_to_string(scratch.path().join("manifest.json")).unwrap();
        assert!(json.contains("\"type\": \"text/javascript\""), "{json}");
    }

    #[test]
    fn modules_stream_only_under_their_own_type() {
        assert_eq!(content_type("/pkg/a.0.wasm"), "application/wasm");
        assert_eq!(content_type("/unknown"), "application/octet-stream");
    }
}
