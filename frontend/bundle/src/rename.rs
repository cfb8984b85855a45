//! Names after content: every file of the program carries a hash of what is in
//! it, so that browsers may keep it for good and never mix two builds.
//!
//! The names also stand inside of the files. A stylesheet and a WebAssembly
//! module name no other file. The JavaScript files do, and in a circle (the
//! glue imports the loader of the split modules, which imports the glue), so
//! they share one hash over all of them.

use std::collections::BTreeMap;

use crate::fingerprint::{Fingerprint, short};

/// Files by path, relative to the directory that they are served from.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The renamed files, and what each was called before.
#[derive(Debug, Default)]
pub struct Renamed {
    /// The files under their new names, with the names inside rewritten.
    pub files: Files,
    /// Old path to new path.
    pub names: BTreeMap<String, String>,
}

/// Gives every file its name by content.
pub fn by_content(files: Files) -> Renamed {
    let (scripts, leaves): (Files, Files) = files
        .into_iter()
        .partition(|(path, _)| path.ends_with(".js"));

    let mut names = BTreeMap::new();
    for (path, content) in &leaves {
        names.insert(path.clone(), with_hash(path, &short(content)));
    }

    let mut together = Fingerprint::new();
    for (path, content) in &scripts {
        together.add(path, rewrite(path, content, &names).as_bytes());
    }
    let together = together.finish();
    for path in scripts.keys() {
        let hash = short(format!("{together} {path}").as_bytes());
        names.insert(path.clone(), with_hash(path, &hash));
    }

    let mut renamed = Files::new();
    for (path, content) in leaves {
        renamed.insert(names[&path].clone(), content);
    }
    for (path, content) in &scripts {
        let content = rewrite(path, content, &names).into_bytes();
        renamed.insert(names[path].clone(), content);
    }
    Renamed {
        files: renamed,
        names,
    }
}

/// `frontend_bg.wasm` with its hash: `frontend_bg.0123456789ab.wasm`. The
/// underscores that the splitter leaves for a hash of its own give way.
fn with_hash(path: &str, hash: &str) -> String {
    let (stem, extension) = path.rsplit_once('.').unwrap_or((path, ""));
    let stem = stem.trim_end_matches('_').trim_end_matches('.');
    format!("{stem}.{hash}.{extension}")
}

/// What stands right before a string that names another file. Other strings
/// stay: the glue also lists the modules that WebAssembly asks for, by names
/// that are fixed inside of the compiled module.
const BEFORE_A_NAME: &[&str] = &["from ", "import ", "import(", "new URL("];

/// Rewrites the names of other files inside of one JavaScript file.
fn rewrite(path: &str, content: &[u8], names: &BTreeMap<String, String>) -> String {
    let text = String::from_utf8_lossy(content);
    let directory = path.rsplit_once('/').map_or("", |(above, _)| above);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some((start, end)) = next_name(rest) {
        let name = &rest[start..end];
        out.push_str(&rest[..start]);
        match names.get(&resolve(directory, name)) {
            Some(new) => out.push_str(&relative(name, new)),
            None => out.push_str(name),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Where the next name of a file begins and ends.
fn next_name(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let (at, marker) = BEFORE_A_NAME
            .iter()
            .filter_map(|marker| Some((from + text[from..].find(marker)?, marker)))
            .min()?;
        let start = at + marker.len();
        if let Some(quote @ ('"' | '\'')) = text[start..].chars().next()
            && let Some(length) = text[start + 1..].find(quote)
        {
            return Some((start + 1, start + 1 + length));
        }
        from = start;
    }
}

/// The path that a name inside of a file in `directory` means.
fn resolve(directory: &str, name: &str) -> String {
    let mut parts: Vec<&str> = directory
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The old name with its last part exchanged: renaming moves nothing.
fn relative(old: &str, new: &str) -> String {
    let file = new.rsplit_once('/').map_or(new, |(_, file)| file);
    match old.rsplit_once('/') {
        Some((above, _)) => format!("{above}/{file}"),
        None => file.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Files, by_content, resolve};

    const GLUE: &str = r#"import * as import1 from "./__wasm_split.______________________.js"
import { scroll } from './snippets/app-1/inline0.js';
function imports() { return { "./__wasm_split.______________________.js": import1, "./frontend_bg.js": {} }; }
module_or_path = new URL('frontend_bg.wasm', import.meta.url);
"#;
    const LOADER: &str = r#"import { initSync } from "./frontend.js";
const src = fetch(new URL("./split_desk_1.wasm", import.meta.url));
"#;
    const SNIPPET: &str = r#"import { x } from "../../frontend.js"; import "https";"#;

    fn files(wasm: &str) -> Files {
        [
            ("frontend.js", GLUE),
            ("frontend_bg.wasm", wasm),
            ("__wasm_split.______________________.js", LOADER),
            ("split_desk_1.wasm", "desk"),
            ("snippets/app-1/inline0.js", SNIPPET),
        ]
        .map(|(path, content)| (path.to_owned(), content.as_bytes().to_vec()))
        .into()
    }

    #[test]
    fn every_file_gets_a_hash_and_stays_where_it_is() {
        let renamed = by_content(files("main"));
        assert_eq!(renamed.files.len(), 5);
        for (old, new) in &renamed.names {
            assert_ne!(old, new);
            assert_eq!(
                old.rsplit_once('/').map(|p| p.0),
                new.rsplit_once('/').map(|p| p.0)
            );
        }
        let loader = &renamed.names["__wasm_split.______________________.js"];
        assert_eq!(
            loader.len(),
            "__wasm_split.0123456789ab.js".len(),
            "{loader}"
        );
    }

    #[test]
    fn names_inside_follow_and_the_compiled_in_ones_stay() {
        let renamed = by_content(files("main"));
        let name = |old: &str| &renamed.names[old];
        let text = |old: &str| String::from_utf8(renamed.files[name(old)].clone()).unwrap();

        let glue = text("frontend.js");
        let loader = name("__wasm_split.______________________.js");
        assert!(glue.contains(&format!("from \"./{loader}\"")), "{glue}");
        assert!(glue.contains(&format!("new URL('{}'", name("frontend_bg.wasm"))));
        assert!(glue.contains("\"./__wasm_split.______________________.js\": import1"));
        assert!(glue.contains("\"./frontend_bg.js\": {}"));
        let snippet = name("snippets/app-1/inline0.js");
        assert!(glue.contains(&format!("from './{snippet}'")));

        let loader = text("__wasm_split.______________________.js");
        assert!(loader.contains(&format!("from \"./{}\"", name("frontend.js"))));
        assert!(loader.contains(&format!("new URL(\"./{}\"", name("split_desk_1.wasm"))));
        let snippet = text("snippets/app-1/inline0.js");
        assert!(snippet.contains(&format!("from \"../../{}\"", name("frontend.js"))));
        assert!(snippet.contains("import \"https\""));
    }

    #[test]
    fn a_change_below_changes_every_name_that_leads_to_it() {
        let before = by_content(files("main")).names;
        let after = by_content(files("changed")).names;
        assert_ne!(before["frontend_bg.wasm"], after["frontend_bg.wasm"]);
        assert_ne!(before["frontend.js"], after["frontend.js"]);
        assert_eq!(before["split_desk_1.wasm"], after["split_desk_1.wasm"]);
        assert_eq!(before, by_content(files("main")).names);
    }

    #[test]
    fn names_are_read_from_where_they_stand() {
        assert_eq!(resolve("", "./a.js"), "a.js");
        assert_eq!(resolve("snippets/x", "../../a.js"), "a.js");
        assert_eq!(resolve("snippets/x", "b.js"), "snippets/x/b.js");
    }
}
