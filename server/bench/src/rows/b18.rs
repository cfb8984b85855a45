//! B18: how large the program is that an operator installs, with everything in it, and
//! what of it travels.

use crate::{
    Failed,
    measure::{Rounds, number},
    portal::Built,
    report::{Aim, Figure},
};
use std::{
    path::Path,
    process::{Command, Stdio},
};

/// Bytes that it may have.
const PLAIN: usize = 20_000_000;
/// Bytes that may travel.
const PACKED: usize = 8_000_000;

/// Measures.
///
/// # Errors
/// The release cannot be read.
pub fn run(built: &Built) -> Result<Vec<Figure>, Failed> {
    let Some(release) = &built.release else {
        eprintln!("B18: there is no release; `cargo x build` makes one");
        return Ok(Vec::new());
    };
    let size = std::fs::metadata(release).map_err(|e| format!("{}: {e}", release.display()))?;
    let size = usize::try_from(size.len())?;
    let mut figures = vec![figure(
        "the stripped program, everything embedded",
        size,
        PLAIN,
    )];
    match packed(release)? {
        Some(size) => figures.push(figure("the same, zstd -19", size, PACKED)),
        None => eprintln!("B18: zstd is not installed, so what travels was not measured"),
    }
    Ok(figures)
}

fn figure(what: &str, bytes: usize, limit: usize) -> Figure {
    let mut once = Rounds::default();
    once.push(number(bytes), number(limit));
    Figure::of("B18", what, "bytes", &once, Aim::AtMost(1.0))
}

/// The bytes that travel; `None` where zstd is not installed.
fn packed(file: &Path) -> Result<Option<usize>, Failed> {
    let mut command = Command::new("zstd");
    command.args(["-19", "--stdout", "--quiet"]).arg(file);
    match command.stderr(Stdio::inherit()).output() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
        Ok(output) if output.status.success() => Ok(Some(output.stdout.len())),
        Ok(output) => Err(format!("zstd: {}", output.status).into()),
    }
}
