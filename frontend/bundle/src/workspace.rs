//! Where things lie: the repository, its target directory, and what cargo
//! knows about the crates in it.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::failure::{Context, Failure, Result};
use crate::run;

/// The repository this tool works on.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// The directory that holds the workspace's `Cargo.toml`.
    pub root: PathBuf,
    /// Cargo's target directory; everything this tool makes goes below it.
    pub target: PathBuf,
}

impl Workspace {
    /// Finds the repository upwards from the current directory, so that
    /// `cargo x` works from anywhere inside of it.
    pub fn find() -> Result<Self> {
        let here = std::env::current_dir().context(|| "no current directory".into())?;
        let root = here
            .ancestors()
            .find(|directory| is_workspace(directory))
            .ok_or_else(|| Failure::new("run this inside the repository: no workspace found"))?
            .to_owned();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(directory) => here.join(directory),
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// A path inside the repository.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// A path as it reads best in a message: relative to the repository.
    pub fn shown<'a>(&self, path: &'a Path) -> std::path::Display<'a> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }

    /// The ordinary cargo, at the root of the repository.
    ///
    /// This tool itself runs under cargo; what that one sets for it is taken
    /// away, so that a build started here and one started by hand are the same.
    pub fn cargo(&self) -> Command {
        let mut command = Command::new("cargo");
        command.current_dir(&self.root);
        forget_outer_cargo(&mut command);
        if std::env::var_os("CARGO_TARGET_DIR").is_some() {
            command.env("CARGO_TARGET_DIR", &self.target);
        }
        command
    }

    /// What cargo knows about the crates of the workspace.
    pub fn metadata(&self) -> Result<Metadata> {
        let json = run::capture(self.cargo().args([
            "metadata",
            "--no-deps",
            "--format-version",
            "1",
            "--offline",
        ]))?;
        Metadata::parse(&json)
    }
}

/// Removes what an outer `cargo run` put into the environment.
pub fn forget_outer_cargo(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_")
            || name.starts_with("CARGO_MANIFEST_")
            || name == "CARGO_CRATE_NAME"
            || name == "CARGO_BIN_NAME"
            || name == "LD_LIBRARY_PATH"
        {
            command.env_remove(&*name);
        }
    }
}

fn is_workspace(directory: &Path) -> bool {
    std::fs::read_to_string(directory.join("Cargo.toml"))
        .is_ok_and(|text| text.lines().any(|line| line.trim() == "[workspace]"))
}

/// The part of `cargo metadata` that the checks read.
#[derive(Debug, Deserialize)]
pub struct Metadata {
    /// The crates of the workspace.
    pub packages: Vec<Package>,
    /// Ids of the crates that a plain `cargo build` looks at.
    #[serde(default)]
    pub workspace_default_members: Vec<String>,
}

/// One crate of the workspace.
#[derive(Debug, Deserialize)]
pub struct Package {
    /// The crate's name.
    pub name: String,
    /// Cargo's id of it, as the list of default members has it.
    #[serde(default)]
    pub id: String,
    /// What it depends on, of every kind.
    pub dependencies: Vec<Dependency>,
}

/// One line below `[dependencies]` or its kin.
#[derive(Debug, Deserialize)]
pub struct Dependency {
    /// The name of the crate depended on.
    pub name: String,
    /// `None` for an ordinary dependency, else `dev` or `build`.
    pub kind: Option<String>,
    /// Whether a feature has to ask for it.
    #[serde(default)]
    pub optional: bool,
}

impl Metadata {
    /// Reads the JSON that `cargo metadata` prints.
    pub fn parse(json: &[u8]) -> Result<Self> {
        serde_json::from_slice(json).context(|| "cannot read cargo's metadata".into())
    }

    /// Whether the workspace has a crate of this name.
    pub fn has(&self, name: &str) -> bool {
        self.packages.iter().any(|package| package.name == name)
    }

    /// The crates of the native half: the default members, and `app`, which is
    /// no default member only because it needs to be told which half it is for.
    pub fn native(&self) -> Vec<String> {
        let mut names: Vec<String> = self
            .packages
            .iter()
            .filter(|package| self.workspace_default_members.contains(&package.id))
            .map(|package| package.name.clone())
            .collect();
        if self.has("app") && !names.iter().any(|name| name == "app") {
            names.push("app".into());
        }
        names
    }

    /// The arguments that make cargo look at exactly the native half.
    pub fn native_arguments(&self) -> Vec<String> {
        let names = self.native();
        let mut arguments: Vec<String> = names
            .iter()
            .flat_map(|name| ["--package".to_owned(), name.clone()])
            .collect();
        if names.iter().any(|name| name == "app") {
            arguments.extend(["--features".to_owned(), "app/ssr".to_owned()]);
        }
        arguments
    }
}
