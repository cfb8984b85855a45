//! Small rules over files that no compiler knows: what must not come in with a
//! dependency, and what must not go out with a commit.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::run;
use crate::workspace::Workspace;

/// Crates that must not be in the lock file: one provider of cryptography for
/// all, and nothing that needs a system library.
const UNWANTED: &[&str] = &[
    "aws-lc-rs",
    "aws-lc-sys",
    "native-tls",
    "openssl",
    "openssl-sys",
];

/// What may lie at the top of the repository, beside names that begin with a dot. A reader finds
/// their way by it, so nothing else comes in.
const TOP_LEVEL: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "README.md",
    "app",
    "clippy.toml",
    "end2end",
    "findings",
    "frontend",
    "public",
    "rustfmt.toml",
    "server",
    "style",
];

/// Names everything that breaks one of the rules.
pub fn check(workspace: &Workspace) -> Vec<String> {
    let mut wrong = top_level(&sources(workspace));
    if let Ok(lock) = std::fs::read_to_string(workspace.path("Cargo.lock")) {
        wrong.extend(unwanted_crates(&lock));
    }
    for name in ["rust-toolchain.toml", "rust-toolchain"] {
        if let Ok(text) = std::fs::read_to_string(workspace.path(name)) {
            wrong.extend(toolchain_file(name, &text));
        }
    }
    for file in sources(workspace) {
        let Ok(text) = std::fs::read_to_string(workspace.path(&file)) else {
            continue;
        };
        if file.ends_with("package.json") {
            wrong.extend(inexact_versions(&file, &text));
        }
        if file.ends_with("package-lock.json") && text.contains("\"resolved\":") {
            wrong.push(format!(
                "{file} names a registry; npm leaves that out with omit-lockfile-registry-resolved in .npmrc"
            ));
        }
        if let Some(line) = machine_path(&text, &workspace.root) {
            wrong.push(format!("{file}:{line} names a path of this machine"));
        }
    }
    wrong
}

/// Names what lies at the top and is not expected there.
fn top_level(files: &[String]) -> Vec<String> {
    let mut found: Vec<&str> = files
        .iter()
        .filter_map(|file| file.split('/').next())
        .filter(|name| !name.starts_with('.') && !TOP_LEVEL.contains(name))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
        .into_iter()
        .map(|name| format!("{name} does not belong at the top of the repository"))
        .collect()
}

/// What git would commit: what it knows, and what is new and not ignored.
fn sources(workspace: &Workspace) -> Vec<String> {
    let listed = run::capture_text(
        Command::new("git")
            .args(["ls-files", "--cached", "--others", "--exclude-standard"])
            .current_dir(&workspace.root),
    );
    // A copy without git, a release archive say, has nothing to commit.
    listed
        .map(|names| names.lines().map(str::to_owned).collect())
        .unwrap_or_default()
}

fn unwanted_crates(lock: &str) -> Vec<String> {
    lock.lines()
        .filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
        .filter(|name| UNWANTED.contains(name))
        .map(|name| format!("Cargo.lock holds {name}; one provider of cryptography is enough"))
        .collect()
}

/// A file that names something to fetch makes every call of cargo fail where
/// rustup reaches no server.
fn toolchain_file(name: &str, text: &str) -> Option<String> {
    let fetches = ["channel", "targets", "components", "profile"]
        .iter()
        .any(|word| text.contains(word));
    (fetches || !text.contains('[') && !text.trim().is_empty())
        .then(|| format!("{name} names something that rustup would have to fetch"))
}

fn inexact_versions(file: &str, text: &str) -> Vec<String> {
    let Ok(json) = serde_json::from_str::<Value>(text) else {
        return vec![format!("{file} is no JSON")];
    };
    ["dependencies", "devDependencies", "optionalDependencies"]
        .iter()
        .filter_map(|kind| json.get(kind)?.as_object())
        .flatten()
        .filter(|(_, version)| {
            !version
                .as_str()
                .is_some_and(|version| version.starts_with(|c: char| c.is_ascii_digit()))
        })
        .map(|(name, version)| format!("{file} wants {name} {version}; name one exact version"))
        .collect()
}

/// The first line that names the place of this repository or somebody's home.
fn machine_path(text: &str, root: &Path) -> Option<usize> {
    let root = format!("{}/", root.display());
    // In two parts, or this file would find itself.
    let homes = ["/ro", "ot/"].concat();
    text.lines()
        .position(|line| {
            line.contains(&root)
                || line
                    .match_indices(&homes)
                    .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '/'))
        })
        .map(|index| index + 1)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{inexact_versions, machine_path, toolchain_file, top_level, unwanted_crates};

    #[test]
    fn names_what_does_not_belong_at_the_top() {
        let files = [
            ".ci/run",
            "app/src/lib.rs",
            "findings/x.sh",
            "notes.md",
            "tools/a",
            "tools/b",
        ];
        let said = top_level(&files.map(str::to_owned));
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].starts_with("notes.md ") && said[1].starts_with("tools "));
    }

    #[test]
    fn a_second_provider_of_cryptography_is_named() {
        let lock = "[[package]]\nname = \"ring\"\n\n[[package]]\nname = \"openssl-sys\"\n";
        assert_eq!(unwanted_crates(lock).len(), 1);
    }

    #[test]
    fn a_toolchain_file_may_name_nothing_to_fetch() {
        assert!(toolchain_file("f", "[toolchain]\nchannel = \"1.95\"").is_some());
        assert!(toolchain_file("f", "stable").is_some());
        assert!(toolchain_file("f", "").is_none());
    }

    #[test]
    fn npm_versions_are_exact() {
        let json = r#"{"dependencies": {"a": "1.2.3"}, "devDependencies": {"b": "^1.0.0"}}"#;
        let said = inexact_versions("package.json", json);
        assert_eq!(said.len(), 1);
        assert!(said[0].contains('b'), "{said:?}");
    }

    #[test]
    fn paths_of_this_machine_are_found() {
        let root = Path::new("/somewhere/main");
        assert_eq!(machine_path("a\nsee /somewhere/main/app\n", root), Some(2));
        let home = ["x = \"/ro", "ot/.cargo\""].concat();
        assert_eq!(machine_path(&home, root), Some(1));
        assert_eq!(machine_path("the /chroot/jail and app/root/x", root), None);
    }
}
