//! The browser half: named by content and compressed at build time; read once
//! at start, or embedded in the release.

use app::Assets;
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header},
};
use serde::Deserialize;
use std::{borrow::Cow, collections::HashMap, path::Path};

#[derive(Deserialize)]
struct Manifest {
    js: String,
    wasm: String,
    css: String,
    files: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    path: String,
    #[serde(rename = "type")]
    kind: String,
    immutable: bool,
}

struct File {
    kind: String,
    immutable: bool,
    etag: String,
    plain: Bytes,
    br: Option<Bytes>,
    gz: Option<Bytes>,
}

/// Every file that the portal serves.
#[derive(Default)]
pub struct Site {
    /// The names for the page.
    pub assets: Assets,
    files: HashMap<String, File>,
}

#[cfg(feature = "embed")]
#[derive(rust_embed::RustEmbed)]
#[folder = "$REKEY_SITE_EMBED"]
struct Embedded;

#[cfg(feature = "embed")]
fn embedded(path: &str) -> Option<Cow<'static, [u8]>> {
    Embedded::get(path).map(|f| f.data)
}

#[cfg(not(feature = "embed"))]
const fn embedded(_: &str) -> Option<Cow<'static, [u8]>> {
    None
}

impl Site {
    /// Reads a folder, or what is embedded.
    ///
    /// # Errors
    /// In words: there is no bundle, or it is not whole.
    pub fn load(dir: Option<&Path>) -> Result<Self, String> {
        let read = |path: &str| -> Option<Bytes> {
            match dir {
                Some(dir) => std::fs::read(dir.join(path)).ok().map(Bytes::from),
                None => embedded(path).map(|data| Bytes::from(data.into_owned())),
            }
        };
        let Some(text) = read("manifest.json") else {
            return Err(
                "there is no browser half: build it with `cargo x bundle` and name it with --site"
                    .to_owned(),
            );
        };
        let manifest: Manifest =
            serde_json::from_slice(&text).map_err(|e| format!("manifest.json: {e}"))?;
        let mut files = HashMap::new();
        for entry in manifest.files {
            let name = entry.path.trim_start_matches('/').to_owned();
            let plain = read(&name).ok_or_else(|| format!("{name} is missing"))?;
            let file = File {
                etag: format!(
                    "\"{}\"",
                    &flows::request::token_hash(&String::from_utf8_lossy(&plain))[..16]
                ),
                br: read(&format!("{name}.br")),
                gz: read(&format!("{name}.gz")),
                kind: entry.kind,
                immutable: entry.immutable,
                plain,
            };
            files.insert(entry.path, file);
        }
        let assets = Assets {
            js: manifest.js,
            wasm: manifest.wasm,
            css: manifest.css,
        };
        Ok(Self { assets, files })
    }

    /// The file at a path, compressed as the caller takes it.
    pub fn answer(
        &self,
        method: &Method,
        path: &str,
        headers: &HeaderMap,
    ) -> Option<Response<Body>> {
        let file = self.files.get(path)?;
        if method != Method::GET && method != Method::HEAD {
            return None;
        }
        let accepts = headers
            .get(header::ACCEPT_ENCODING)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default();
        let takes = |name: &str| {
            accepts.split(',').any(|part| {
                let mut bits = part.trim().split(';');
                bits.next() == Some(name) && !bits.any(|b| b.trim() == "q=0")
            })
        };
        let (encoding, body) = match (&file.br, &file.gz) {
            (Some(br), _) if takes("br") => (Some("br"), br),
            (_, Some(gz)) if takes("gzip") => (Some("gzip"), gz),
            _ => (None, &file.plain),
        };
        let keep = if file.immutable {
            "public, max-age=31536000, immutable"
        } else {
            "public, max-age=300"
        };
        let known = headers
            .get(header::IF_NONE_MATCH)
            .is_some_and(|tag| tag.as_bytes() == file.etag.as_bytes());
        let mut response = Response::new(if known || method == Method::HEAD {
            Body::empty()
        } else {
            Body::from(body.clone())
        });
        if known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        let out = response.headers_mut();
        let mut set = |name, text: &str| {
            if let Ok(value) = HeaderValue::from_str(text) {
                out.insert(name, value);
            }
        };
        set(header::CONTENT_TYPE, &file.kind);
        set(header::CACHE_CONTROL, keep);
        set(header::ETAG, &file.etag);
        set(header::VARY, "accept-encoding");
        if let Some(encoding) = encoding {
            set(header::CONTENT_ENCODING, encoding);
        }
        if method == Method::HEAD && !known {
            // What a GET would carry (RFC 9110, 9.3.2).
            set(header::CONTENT_LENGTH, &body.len().to_string());
        }
        Some(response)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn head_says_how_long_the_file_is() {
        let file = File {
            kind: "text/css".to_owned(),
            immutable: true,
            etag: "\"e\"".to_owned(),
            plain: Bytes::from_static(b"body{}"),
            br: None,
            gz: None,
        };
        let site = Site {
            files: HashMap::from([("/a.css".to_owned(), file)]),
            ..Site::default()
        };
        let length = |method: Method| {
            let answer = site.answer(&method, "/a.css", &HeaderMap::new());
            let answer = answer.expect("the file");
            let said = answer.headers().get(header::CONTENT_LENGTH);
            said.map(|v| v.to_str().expect("a number").to_owned())
        };
        assert_eq!(length(Method::HEAD).as_deref(), Some("6"));
        assert!(
            site.answer(&Method::POST, "/a.css", &HeaderMap::new())
                .is_none()
        );
    }
}
