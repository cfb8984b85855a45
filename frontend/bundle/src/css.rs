//! The stylesheet: one file made from all of `style/`.

use std::path::Path;

use crate::failure::Result;
use crate::fingerprint::{files, read};
use crate::npm::Tools;
use crate::run;
use crate::workspace::Workspace;

/// The sheets that come first, in this order: what everything is measured by,
/// and what every element starts from. They open the `@layer`s of the others.
const FIRST: &[&str] = &["tokens.css", "base.css"];

/// Puts the sheets together and makes them small.
pub fn build(workspace: &Workspace, tools: Option<&Tools>) -> Result<Vec<u8>> {
    let sheet = joined(&workspace.path("style"))?;
    match tools {
        Some(tools) if !sheet.is_empty() => run::filter(&mut tools.css(), &sheet),
        _ => Ok(sheet),
    }
}

/// All sheets of a directory in their order, one after the other.
fn joined(style: &Path) -> Result<Vec<u8>> {
    let mut sheets: Vec<_> = files(style)?
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "css"))
        .map(|path| {
            let name = path.strip_prefix(style).unwrap_or(&path);
            (rank(name), path)
        })
        .collect();
    sheets.sort();
    let mut out = Vec::new();
    for (_, path) in sheets {
        out.extend(read(&path)?);
        out.push(b'\n');
    }
    Ok(out)
}

fn rank(name: &Path) -> usize {
    FIRST
        .iter()
        .position(|first| name == Path::new(first))
        .unwrap_or(FIRST.len())
}

#[cfg(test)]
mod tests {
    use super::joined;
    use crate::fingerprint::Scratch;

    #[test]
    fn tokens_then_base_then_the_rest_by_name() {
        let scratch = Scratch::new("css");
        for name in [
            "base.css",
            "ui/table.css",
            "ui/button.css",
            "dialog.css",
            "tokens.css",
        ] {
            scratch.put(name, name);
        }
        scratch.put("notes.md", "no sheet");
        let sheet = String::from_utf8(joined(scratch.path()).unwrap()).unwrap();
        let order: Vec<_> = sheet.lines().collect();
        assert_eq!(
            order,
            [
                "tokens.css",
                "base.css",
                "dialog.css",
                "ui/button.css",
                "ui/table.css"
            ]
        );
    }
}
