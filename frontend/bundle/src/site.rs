//! `cargo x bundle`: the browser half from sources to the files that are
//! served, on one page.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::compress::{Effort, write_with_forms};
use crate::css;
use crate::failure::{Context, Failure, Result};
use crate::fingerprint::{BROWSER_SOURCES, Fingerprint, files, read};
use crate::manifest::{self, File, Manifest, Split};
use crate::npm::{self, Tools};
use crate::rename::{self, Renamed};
use crate::toolchain::Toolchain;
use crate::wasm::{self, Program};
use crate::workspace::Workspace;

/// The directory, and the start of the URL, of everything with a hashed name.
const HASHED: &str = "pkg";

/// The name of the stylesheet before it gets its hash.
const STYLESHEET: &str = "rekey.css";

/// Which bundle is made.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// The profile in `Cargo.toml` that it is compiled with.
    pub profile: &'static str,
    /// Its directory below the target directory.
    pub directory: &'static str,
    /// Whether it is made as small as it gets, which takes longer than to compile it.
    pub is_small: bool,
}

/// The bundle of `serve` and `test`: soon there.
pub const QUICK: Kind = Kind {
    profile: "wasm",
    directory: "site",
    is_small: false,
};

/// The bundle that goes into the release: as small as it gets.
pub const RELEASE: Kind = Kind {
    profile: "wasm-release",
    directory: "site-release",
    is_small: true,
};

/// Makes the bundle, or leaves it when nothing has changed, and hands back
/// where it lies.
pub fn build(workspace: &Workspace, kind: Kind) -> Result<PathBuf> {
    let site = workspace.target.join(kind.directory);
    let started = Instant::now();
    // Two builds at once would swap each other's directories away.
    let _alone = lock(workspace)?;
    if let Some(toolchain) = Toolchain::probe(workspace)
        && let Ok(now) = fingerprint(workspace, toolchain, kind)
        && Manifest::read(&site).is_some_and(|manifest| manifest.fingerprint == now)
    {
        eprintln!("The bundle is up to date.");
        return Ok(site);
    }

    step(1, "finding the compiler for the browser");
    let toolchain = Toolchain::find(workspace)?;
    // Taken before the build: what changes while it runs is built next time.
    let fingerprint = fingerprint(workspace, toolchain, kind)?;
    step(2, "compiling the program (the first time takes minutes)");
    let compiled = wasm::compile(workspace, toolchain, kind.profile)?;
    step(3, "splitting and binding it");
    let tools = Tools::find(workspace)?;
    let shrinks = tools.as_ref().filter(|_| kind.is_small);
    let stage = toolchain
        .target_dir(workspace)
        .join(format!("stage-{}", kind.profile));
    let program = wasm::process(workspace, &compiled.module, shrinks, &stage)?;
    step(4, "putting the stylesheet together");
    let sheet = css::build(workspace, tools.as_ref())?;
    step(5, "naming and compressing the files");
    let fresh = workspace.target.join(format!("{}.new", kind.directory));
    clear(&fresh)?;
    let effort = if kind.is_small {
        Effort::MOST
    } else {
        Effort::LITTLE
    };
    let mut manifest = write(workspace, program, sheet, &fresh, &site, effort)?;
    manifest.fingerprint = fingerprint;
    manifest.write(&fresh)?;
    step(6, "putting the bundle in place");
    swap(&fresh, &site)?;
    report(&manifest);
    eprintln!(
        "The bundle is at {} ({:.1} s).",
        workspace.shown(&site),
        started.elapsed().as_secs_f32()
    );
    Ok(site)
}

fn step(number: u8, what: &str) {
    eprintln!("[{number}/6] {what}");
}

/// Everything that decides what the bundle becomes.
fn fingerprint(workspace: &Workspace, toolchain: Toolchain, kind: Kind) -> Result<String> {
    Ok(Fingerprint::new()
        .add("profile", kind.profile.as_bytes())
        .add("compiler", toolchain.version(workspace)?.as_bytes())
        .add("node", &[u8::from(npm::missing().is_none())])
        .add_sources(&workspace.root, BROWSER_SOURCES)?
        .finish())
}

/// Writes all files into `fresh`, taking compressed forms over from `before`.
fn write(
    workspace: &Workspace,
    mut program: Program,
    sheet: Vec<u8>,
    fresh: &Path,
    before: &Path,
    effort: Effort,
) -> Result<Manifest> {
    let preloads = std::mem::take(&mut program.preloads);
    program.files.insert(STYLESHEET.into(), sheet);
    let renamed = rename::by_content(program.files);
    let url = |old: &str| match renamed.names.get(old) {
        Some(new) => Ok(format!("/{HASHED}/{new}")),
        None => Err(Failure::new(format!("the build made no {old}"))),
    };
    let mut manifest = Manifest {
        js: url(&format!("{}.js", wasm::NAME))?,
        wasm: url(&format!("{}_bg.wasm", wasm::NAME))?,
        css: url(STYLESHEET)?,
        split: split(&renamed, preloads),
        ..Manifest::default()
    };
    for (name, content) in &renamed.files {
        let url = format!("/{HASHED}/{name}");
        manifest
            .files
            .push(place(fresh, before, url, content, true, effort)?);
    }
    let public = workspace.path("public");
    for path in files(&public)? {
        let name = path
            .strip_prefix(&public)
            .unwrap_or(&path)
            .to_string_lossy();
        if *name == *manifest::NAME || name.starts_with("pkg/") {
            return Err(Failure::new(format!(
                "public/{name} would lie over the bundle's own; give it another name"
            )));
        }
        let content = read(&path)?;
        let url = format!("/{name}");
        manifest
            .files
            .push(place(fresh, before, url, &content, false, effort)?);
    }
    manifest.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(manifest)
}

fn place(
    fresh: &Path,
    before: &Path,
    url: String,
    content: &[u8],
    immutable: bool,
    effort: Effort,
) -> Result<File> {
    let relative = url.trim_start_matches('/');
    let (fresh, before) = (fresh.join(relative), before.join(relative));
    let sizes = write_with_forms(&fresh, content, &before, effort)?;
    Ok(File::new(url, sizes, immutable))
}

fn split(
    renamed: &Renamed,
    preloads: std::collections::BTreeMap<String, Vec<String>>,
) -> Option<Split> {
    let loader = renamed.names.get(wasm::LOADER)?.clone();
    let stem = |old: String| {
        let new = renamed.names.get(&format!("{old}.wasm"));
        new.map(|new| new.trim_end_matches(".wasm").to_owned())
    };
    Some(Split {
        root: format!("/{HASHED}"),
        loader,
        preloads: preloads
            .into_iter()
            .map(|(lazy, modules)| (lazy, modules.into_iter().filter_map(stem).collect()))
            .collect(),
    })
}

/// Exchanges the old bundle for the new one by two renames, so that a server
/// that starts meanwhile never reads half of one.
fn swap(fresh: &Path, site: &Path) -> Result<()> {
    let old = site.with_extension("old");
    clear(&old)?;
    if site.exists() {
        fs::rename(site, &old).context(|| format!("cannot move {}", site.display()))?;
    }
    fs::rename(fresh, site).context(|| format!("cannot move {}", fresh.display()))?;
    clear(&old)
}

fn clear(directory: &Path) -> Result<()> {
    if directory.exists() {
        fs::remove_dir_all(directory)
            .context(|| format!("cannot clear {}", directory.display()))?;
    }
    Ok(())
}

fn lock(workspace: &Workspace) -> Result<fs::File> {
    fs::create_dir_all(&workspace.target)
        .and_then(|()| fs::File::create(workspace.target.join("bundle.lock")))
        .and_then(|file| {
            if file.try_lock().is_err() {
                eprintln!("Waiting for another bundle to be finished.");
                file.lock()?;
            }
            Ok(file)
        })
        .context(|| "cannot lock the bundle".into())
}

/// The sizes that count: what travels, as brotli.
fn report(manifest: &Manifest) {
    for file in manifest.files.iter().filter(|file| file.immutable) {
        eprintln!(
            "      {:<52} {:>6.1} KB, {:>6.1} KB brotli",
            file.path,
            kilobytes(file.size),
            kilobytes(file.br)
        );
    }
    let first: u64 = manifest
        .files
        .iter()
        .filter(|file| [&manifest.js, &manifest.wasm, &manifest.css].contains(&&file.path))
        .map(|file| file.br)
        .sum();
    eprintln!(
        "      the first page loads {:.1} KB brotli",
        kilobytes(first)
    );
}

#[expect(clippy::cast_precision_loss, reason = "for people to read")]
fn kilobytes(bytes: u64) -> f64 {
    bytes as f64 / 1024.0
}

#[cfg(test)]
mod tests {
    use super::{Effort, place, split, swap};
    use crate::fingerprint::Scratch;
    use crate::rename::by_content;
    use crate::wasm::LOADER;

    #[test]
    fn the_new_bundle_takes_the_old_ones_place() {
        let scratch = Scratch::new("swap");
        let (fresh, site) = (scratch.path().join("site.new"), scratch.path().join("site"));
        scratch.put("site.new/a", "new");
        swap(&fresh, &site).unwrap();
        scratch.put("site/only-old", "old");
        scratch.put("site.new/a", "newer");
        swap(&fresh, &site).unwrap();
        assert_eq!(std::fs::read_to_string(site.join("a")).unwrap(), "newer");
        assert!(!site.join("only-old").exists());
        assert!(!fresh.exists() && !site.with_extension("old").exists());
    }

    #[test]
    fn a_url_is_a_place_in_the_bundle() {
        let scratch = Scratch::new("place");
        let before = scratch.path().join("before");
        let file = place(
            scratch.path(),
            &before,
            "/icons/a.svg".into(),
            b"<svg/>",
            false,
            Effort::LITTLE,
        )
        .unwrap();
        assert_eq!(file.content_type, "image/svg+xml");
        assert!(scratch.path().join("icons/a.svg.br").exists());
    }

    #[test]
    fn preloads_are_named_as_the_files_are() {
        let files = [
            (LOADER, "x"),
            ("split_desk.wasm", "y"),
            ("chunk_1.wasm", "z"),
        ]
        .map(|(name, content)| (name.to_owned(), content.as_bytes().to_vec()));
        let renamed = by_content(files.into());
        let needs = vec!["chunk_1".to_owned(), "split_desk".to_owned()];
        let split = split(&renamed, [("desk".to_owned(), needs)].into()).unwrap();
        assert_eq!(split.loader, renamed.names[LOADER]);
        let modules: Vec<_> = split.preloads["desk"]
            .iter()
            .map(|m| format!("{m}.wasm"))
            .collect();
        assert_eq!(
            modules,
            [
                &renamed.names["chunk_1.wasm"],
                &renamed.names["split_desk.wasm"]
            ]
            .map(String::clone)
        );
    }

    #[test]
    fn a_program_in_one_piece_has_no_split() {
        let renamed = by_content([("frontend.js".to_owned(), Vec::new())].into());
        assert_eq!(split(&renamed, [].into()), None);
    }
}
