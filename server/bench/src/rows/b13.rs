//! B13: what travels, as brotli, of the bundle that ships.
//!
//! A KB is 1,000 bytes here, the stricter reading. Bodies alone are counted.
//! Every file is asked for, and must be as long as the bundle's manifest says.

use crate::{
    Failed,
    driver::{Answered, Connection},
    folder::Folder,
    measure::{ROUNDS, Rounds, median, number},
    portal::{Built, Portal},
    report::{Aim, Figure},
};
use axum::http::StatusCode;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The page with the form.
const SIGN_IN: &str = "/customers/sign-in";
/// Before the form can be used.
const FORM: usize = 25_000;
/// All of the sign-in place.
const PLACE: usize = 200_000;
/// What a lazy place adds.
const LAZY: usize = 80_000;

/// What counts of the bundle's manifest.
#[derive(Debug, Deserialize)]
struct Manifest {
    wasm: String,
    css: String,
    split: Option<Split>,
    files: Vec<File>,
}

#[derive(Debug, Deserialize)]
struct Split {
    root: String,
    preloads: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
struct File {
    path: String,
    br: usize,
    /// Part of the program: its name tells its content.
    immutable: bool,
}

impl Manifest {
    fn size(&self, path: &str) -> Result<usize, Failed> {
        let file = self.files.iter().find(|file| file.path == path);
        Ok(file.ok_or_else(|| format!("the bundle has no {path}"))?.br)
    }

    /// What the sign-in place loads beside its document: what the document
    /// names, and every script, since they import each other.
    fn eager(&self, document: &str) -> Vec<&str> {
        let program = self.files.iter().filter(|file| file.immutable);
        program
            .map(|file| file.path.as_str())
            .filter(|path| path.ends_with(".js") || document.contains(path))
            .collect()
    }

    /// Each lazy place with the files that it adds.
    fn lazy(&self) -> Vec<(&str, BTreeSet<String>)> {
        let Some(split) = &self.split else {
            return Vec::new();
        };
        let places = split.preloads.iter();
        places
            .map(|(name, modules)| {
                let files = modules
                    .iter()
                    .map(|module| format!("{}/{module}.wasm", split.root));
                (name.as_str(), files.collect())
            })
            .collect()
    }
}

/// Measures.
///
/// # Errors
/// The bundle is not whole, or the server does not send it as it is.
pub async fn run(built: &Built) -> Result<Vec<Figure>, Failed> {
    let path = built.site.join("manifest.json");
    let text = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let manifest: Manifest = serde_json::from_slice(&text)?;
    let portal = Portal::start(built, Folder::make()?).await?;
    let mut connection = Connection::open(&portal.target).await?;
    // A nonce in it is another each time, and compresses otherwise.
    let mut documents = Vec::new();
    for _ in 0..ROUNDS {
        let page = fetch(&mut connection, SIGN_IN).await?;
        documents.push(number(page.body.len()));
    }
    let plain = connection.get(SIGN_IN, &[]).await?;
    let text = plain.text();
    let fits =
        text.contains("<form") && text.contains(&manifest.css) && text.contains(&manifest.wasm);
    if !fits {
        return Err(plain.unexpected(SIGN_IN));
    }
    let document = median(&documents);
    let mut eager = 0;
    for path in manifest.eager(&text) {
        eager += whole(&mut connection, &manifest, path).await?;
    }
    let css = manifest.size(&manifest.css)?;
    let mut figures = vec![
        figure(
            "document and styles, before the form can be used",
            document + number(css),
            FORM,
        ),
        figure(
            "the sign-in place: document, styles, scripts, module",
            document + number(eager),
            PLACE,
        ),
    ];
    for (name, files) in manifest.lazy() {
        let mut more = 0;
        for path in files {
            more += whole(&mut connection, &manifest, &path).await?;
        }
        figures.push(figure(format!("the lazy place {name}"), number(more), LAZY));
    }
    if manifest.split.is_none() {
        let none = figure("lazy places", 0.0, LAZY);
        figures.push(none.note("There are no lazy places: the module holds everything."));
    }
    Ok(figures)
}

fn figure(what: impl Into<String>, bytes: f64, limit: usize) -> Figure {
    let mut once = Rounds::default();
    once.push(bytes, number(limit));
    Figure::of("B13", what, "bytes", &once, Aim::AtMost(1.0))
}

/// Asks for a file; its length as it travels.
async fn whole(
    connection: &mut Connection,
    manifest: &Manifest,
    path: &str,
) -> Result<usize, Failed> {
    let file = fetch(connection, path).await?;
    if file.body.len() == manifest.size(path)? {
        Ok(file.body.len())
    } else {
        Err(format!("{path} is not as long as the manifest says").into())
    }
}

async fn fetch(connection: &mut Connection, path: &str) -> Result<Answered, Failed> {
    let answered = connection.get(path, &[("accept-encoding", "br")]).await?;
    let fits = answered.status == StatusCode::OK && answered.header("content-encoding") == "br";
    if fits {
        Ok(answered)
    } else {
        Err(answered.unexpected(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(split: &str) -> Manifest {
        let files = [
            ("/pkg/a.js", 10),
            ("/pkg/snippets/b.js", 5),
            ("/pkg/a.wasm", 100),
            ("/pkg/a.css", 7),
            ("/pkg/desk.wasm", 50),
            ("/favicon.svg", 1),
        ];
        let files = files.map(|(path, br)| {
            serde_json::json!({ "path": path, "br": br, "immutable": path.starts_with("/pkg/") })
        });
        let text = format!(
            r#"{{"wasm": "/pkg/a.wasm", "css": "/pkg/a.css", {split} "files": {}}}"#,
            serde_json::json!(files)
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn the_place_loads_what_its_document_names_and_every_script() {
        let manifest = manifest("");
        let document = r#"<link href="/favicon.svg"><link href="/pkg/a.css"> "/pkg/a.wasm""#;
        assert_eq!(
            manifest.eager(document),
            [
                "/pkg/a.js",
                "/pkg/snippets/b.js",
                "/pkg/a.wasm",
                "/pkg/a.css"
            ]
        );
        assert!(manifest.lazy().is_empty());
        assert_eq!(manifest.size("/pkg/a.css").unwrap(), 7);
        assert!(manifest.size("/pkg/none").is_err());
    }

    #[test]
    fn a_lazy_place_names_its_modules() {
        let manifest = manifest(
            r#""split": {"root": "/pkg", "loader": "l.js", "preloads": {"desk": ["desk", "desk"]}},"#,
        );
        let lazy = manifest.lazy();
        assert_eq!(lazy.len(), 1);
        assert_eq!(lazy[0].0, "desk");
        assert!(lazy[0].1.iter().eq(["/pkg/desk.wasm"]));
    }
}
