//! One slug per flow names its files in every layer; this finds the parts that
//! are missing, so that whoever knows the slug knows where to look.

use std::path::Path;

use crate::failure::{Context, Result};

/// Where the slugs come from: one directory for each flow.
const FLOWS: &str = "app/src/flows";

/// Names every part that a flow of the repository at `root` lacks.
pub fn check(root: &Path) -> Result<Vec<String>> {
    let slugs = slugs(&root.join(FLOWS))?;
    Ok(missing(&slugs, |path| root.join(path).exists()))
}

/// The parts that are not there, by what `exists` says of a path.
fn missing(slugs: &[String], exists: impl Fn(&str) -> bool) -> Vec<String> {
    let mut missing = Vec::new();
    for slug in slugs {
        for choices in parts(slug) {
            if !choices.iter().any(|path| exists(path)) {
                missing.push(format!("the flow {slug} lacks {}", choices.join(" or ")));
            }
        }
    }
    missing
}

/// What a flow is made of; of each row one has to exist.
fn parts(slug: &str) -> [Vec<String>; 5] {
    [
        vec![format!("{FLOWS}/{slug}/mod.rs")],
        vec![format!("{FLOWS}/{slug}/page.rs")],
        vec![format!("{FLOWS}/{slug}/api.rs")],
        vec![
            format!("server/flows/src/{slug}.rs"),
            format!("server/flows/src/{slug}/mod.rs"),
            format!("server/flows/src/{slug}"),
        ],
        vec![format!("end2end/tests/{}.spec.ts", slug.replace('_', "-"))],
    ]
}

fn slugs(flows: &Path) -> Result<Vec<String>> {
    if !flows.exists() {
        return Ok(Vec::new());
    }
    let mut slugs = Vec::new();
    let entries =
        std::fs::read_dir(flows).context(|| format!("cannot list {}", flows.display()))?;
    for entry in entries.flatten() {
        if entry.path().is_dir() {
            slugs.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    slugs.sort();
    Ok(slugs)
}

#[cfg(test)]
mod tests {
    use super::{check, missing};
    use crate::fingerprint::Scratch;

    const WHOLE: &[&str] = &[
        "app/src/flows/reset_pin/mod.rs",
        "app/src/flows/reset_pin/page.rs",
        "app/src/flows/reset_pin/api.rs",
        "server/flows/src/reset_pin.rs",
        "end2end/tests/reset-pin.spec.ts",
    ];

    fn of(files: &[&str]) -> Vec<String> {
        missing(&["reset_pin".to_owned()], |path| files.contains(&path))
    }

    #[test]
    fn a_whole_flow_lacks_nothing() {
        assert!(of(WHOLE).is_empty());
    }

    #[test]
    fn each_missing_part_is_named() {
        for gone in 0..WHOLE.len() {
            let mut files = WHOLE.to_vec();
            let gone = files.remove(gone);
            let said = of(&files);
            assert_eq!(said.len(), 1, "{said:?}");
            assert!(said[0].contains(gone), "{said:?}");
        }
    }

    #[test]
    fn a_large_use_case_may_be_a_directory() {
        let mut files = WHOLE.to_vec();
        files[3] = "server/flows/src/reset_pin";
        assert!(of(&files).is_empty());
    }

    #[test]
    fn slugs_are_the_directories() {
        let scratch = Scratch::new("slugs");
        assert!(check(scratch.path()).unwrap().is_empty());
        for file in WHOLE {
            scratch.put(file, "");
        }
        scratch.put("app/src/flows/mod.rs", "");
        scratch.put("app/src/flows/lost_phone/mod.rs", "");
        let said = check(scratch.path()).unwrap();
        assert_eq!(said.len(), 4);
        assert!(
            said.iter()
                .all(|line| line.contains("lost_phone") || line.contains("lost-phone"))
        );
    }
}
