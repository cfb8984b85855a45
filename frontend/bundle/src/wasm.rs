//! The program: compiled, split at its lazy routes, bound to JavaScript and
//! made small.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use wasm_bindgen_cli_support::Bindgen;

use crate::failure::{Context, Result};
use crate::fingerprint::{self, Fingerprint, files, read};
use crate::lint;
use crate::npm::Tools;
use crate::rename::Files;
use crate::run;
use crate::sections;
use crate::site::QUICK;
use crate::toolchain::{Toolchain, WASM};
use crate::workspace::Workspace;

/// The crate of the browser half, and the stem of every file it becomes.
pub const NAME: &str = "frontend";

/// The name that the compiled module imports its loader by. The macro and the
/// splitter agree on it; the underscores are room for a hash that we put into
/// the file's name only.
pub const LOADER: &str = "__wasm_split.______________________.js";

/// What the compiler is told. The `RUSTFLAGS` variable replaces what a config
/// file says, so that every flag of the browser half stands here; the flag for
/// erased views stands in `.cargo/config.toml` too, since both halves must draw
/// the same tree.
const RUSTFLAGS: &str = "-Clink-args=--emit-relocs --cfg erase_components";

/// What current browsers have and rustc uses; `wasm-opt` believes no default.
const WASM_OPT: &[&str] = &[
    "-Oz",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// The program's files, before they get their names.
#[derive(Debug, Default)]
pub struct Program {
    /// JavaScript and WebAssembly by path.
    pub files: Files,
    /// For each lazy function the modules that it needs, without `.wasm`; empty
    /// when the program is in one piece.
    pub preloads: BTreeMap<String, Vec<String>>,
}

/// The compiled program, before anything is cut off it.
#[derive(Debug)]
pub struct Compiled {
    /// Where the module lies.
    pub module: PathBuf,
    /// How many warnings the compiler and the linter gave.
    pub warnings: usize,
}

fn cargo(workspace: &Workspace, toolchain: Toolchain, profile: &str) -> std::process::Command {
    let mut cargo = toolchain.cargo(workspace);
    cargo
        .args(["build", "--package", NAME, "--lib"])
        .args(["--target", WASM, "--profile", profile, "--target-dir"])
        .arg(toolchain.target_dir(workspace))
        .args(toolchain.arguments())
        .env("RUSTFLAGS", RUSTFLAGS)
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    cargo
}

/// Compiles the program. The quick one is linted by the way; the one that ships is compiled
/// without the linter, which leaves out some of the compiler's own optimisations.
///
/// # Errors
///
/// Returns a failure if the program does not compile.
pub fn compile(workspace: &Workspace, toolchain: Toolchain, profile: &str) -> Result<Compiled> {
    let mut command = cargo(workspace, toolchain, profile);
    if toolchain == Toolchain::Ordinary && profile == QUICK.profile {
        lint::with_lints(&mut command);
    }
    let warnings = lint::build(&mut command)?;
    let module = toolchain
        .target_dir(workspace)
        .join(WASM)
        .join(profile)
        .join(format!("{NAME}.wasm"));
    Ok(Compiled { module, warnings })
}

/// Splits, binds and optimises the compiled module; a module that was seen
/// before is taken from where its results were kept.
pub fn process(
    workspace: &Workspace,
    compiled: &Path,
    tools: Option<&Tools>,
    stage: &Path,
) -> Result<Program> {
    let module = read(compiled)?;
    let key = Fingerprint::new()
        .add("module", &module)
        .add("wasm-opt", &[u8::from(tools.is_some())])
        .add_sources(&workspace.root, &["frontend/bundle"])?
        .finish();
    if let Some(program) = kept(stage, &key)? {
        eprintln!("      the module is the same as before");
        return Ok(program);
    }
    if stage.exists() {
        fs::remove_dir_all(stage).context(|| format!("cannot clear {}", stage.display()))?;
    }
    let out = stage.join("out");
    let preloads = if sections::has_split_points(&module)? {
        split(&module, &out)?
    } else {
        bind(&sections::without(&module, sections::is_relocation)?, &out)?;
        BTreeMap::new()
    };
    shrink(&out, tools)?;
    keep(stage, &key, &preloads)?;
    load(&out, preloads)
}

/// Takes the module apart at its lazy functions and binds the main part.
fn split(module: &[u8], out: &Path) -> Result<BTreeMap<String, Vec<String>>> {
    fs::create_dir_all(out).context(|| format!("cannot make {}", out.display()))?;
    let main = out.join("unbound.wasm");
    let glue = format!("./{NAME}.js");
    let loader = format!("./{LOADER}");
    let mut options = wasm_split_cli_support::Options::new(module);
    options.output_dir = out;
    options.main_out_path = &main;
    options.main_module = &glue;
    options.link_name = &loader;
    let parts = wasm_split_cli_support::transform(options).map_err(|error| {
        crate::failure::Failure::new(format!(
            "cannot split the program: {error:#} (a lazy route that no router uses does this too)"
        ))
    })?;
    eprintln!("      split into 1 + {} modules", parts.split_modules.len());
    bind(&read(&main)?, out)?;
    fs::remove_file(&main).context(|| format!("cannot remove {}", main.display()))?;
    Ok(parts.prefetch_map.into_iter().collect())
}

/// Writes the JavaScript that a browser needs beside the module.
fn bind(module: &[u8], out: &Path) -> Result<()> {
    Bindgen::new()
        .input_bytes(NAME, module.to_vec())
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .out_name(NAME)
                .typescript(false)
                // `init()` finds the module by itself where nobody names it.
                .omit_default_module_path(false)
                // The split parts reach into the main one through these.
                .keep_lld_exports(true)
                .remove_name_section(true)
                .remove_producers_section(true)
                .generate(out)
        })
        .map_err(|error| {
            crate::failure::Failure::new(format!("cannot bind the program: {error:#}"))
        })
}

/// Optimises each module by itself where the bundle is to be small; else only what no browser
/// reads is taken out.
fn shrink(out: &Path, tools: Option<&Tools>) -> Result<()> {
    for path in files(out)? {
        if path.extension().is_none_or(|extension| extension != "wasm") {
            continue;
        }
        let before = read(&path)?;
        if let Some(tools) = tools {
            // What the tool would throw away anyway, and warn about before.
            let lean = sections::without(&before, |name| {
                name == "name" || sections::is_relocation(name)
            })?;
            fingerprint::write(&path, &lean)?;
            run::succeed(
                tools
                    .wasm_opt()
                    .args(WASM_OPT)
                    .arg(&path)
                    .arg("-o")
                    .arg(&path),
            )?;
        }
        let after = sections::without(&read(&path)?, sections::is_ballast)?;
        fingerprint::write(&path, &after)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        eprintln!(
            "      {name}: {} → {} KB",
            before.len() / 1024,
            after.len() / 1024
        );
    }
    Ok(())
}

#[derive(Serialize, Deserialize)]
struct Kept {
    key: String,
    preloads: BTreeMap<String, Vec<String>>,
}

fn keep(stage: &Path, key: &str, preloads: &BTreeMap<String, Vec<String>>) -> Result<()> {
    let kept = Kept {
        key: key.to_owned(),
        preloads: preloads.clone(),
    };
    let json = serde_json::to_vec(&kept).context(|| "cannot note the results".into())?;
    fingerprint::write(&stage.join("kept.json"), &json)
}

fn kept(stage: &Path, key: &str) -> Result<Option<Program>> {
    let Ok(json) = read(&stage.join("kept.json")) else {
        return Ok(None);
    };
    match serde_json::from_slice::<Kept>(&json) {
        Ok(kept) if kept.key == key => load(&stage.join("out"), kept.preloads).map(Some),
        _ => Ok(None),
    }
}

fn load(out: &Path, preloads: BTreeMap<String, Vec<String>>) -> Result<Program> {
    let mut program = Program {
        preloads,
        ..Program::default()
    };
    for path in files(out)? {
        let name = path.strip_prefix(out).unwrap_or(&path);
        let name = name.to_string_lossy().into_owned();
        program.files.insert(name, read(&path)?);
    }
    Ok(program)
}
