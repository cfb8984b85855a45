//! Lists the files of the migrations, so that the program carries them.
//!
//! sqlx has a macro for that, which compiles its drivers, SQLite included, a second time for the
//! compiler's own use.

use std::{env, error::Error, fmt::Write, fs, path::Path};

const FOLDER: &str = "migrations";

fn main() -> Result<(), Box<dyn Error>> {
    let here = env::var("CARGO_MANIFEST_DIR")?;
    let mut code = String::new();
    for engine in ["sqlite", "postgres"] {
        println!("cargo::rerun-if-changed={FOLDER}/{engine}");
        let folder = Path::new(&here).join(FOLDER).join(engine);
        let mut files: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
        files.sort_by_key(fs::DirEntry::file_name);
        let name = engine.to_uppercase();
        writeln!(code, "pub(super) const {name}: &[(&str, &str)] = &[")?;
        for file in files {
            let (name, path) = (file.file_name(), file.path());
            writeln!(code, "    ({name:?}, include_str!({path:?})),")?;
        }
        writeln!(code, "];")?;
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("migrations.rs"), code)?;
    Ok(())
}
