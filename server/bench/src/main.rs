//! The measurements (`performance.md`, 4): each figure is a ratio to a limit
//! that was measured in the same run, in turns, five rounds, the median.
//!
//! The measured server has processor 0 to itself and the driver processor 1.
//! Rates count answers whose body was checked, per second of processor time of
//! the server; so the load of the machine hardly moves them.

mod alone;
mod by_passkey;
mod by_phone;
mod cluster;
mod cpu;
mod descriptors;
mod driver;
mod engine;
mod enrol;
mod filled;
mod floor;
mod folder;
mod measure;
mod nodes;
mod passkey;
mod people;
mod phone;
mod portal;
mod program;
mod raw;
mod reader;
mod replay;
mod report;
mod rows;
mod sign_in;
mod stream;
mod sync;
mod waits;
mod writes;

use clap::{Args, Parser, Subcommand};
use portal::Built;
use report::Figure;
use rows::Name;
use std::{error::Error, path::PathBuf, process::ExitCode};

/// What a measurement ends with when it could not be made: a wrong answer of
/// the server is one, a missed aim is none.
type Failed = Box<dyn Error + Send + Sync>;

/// Measures the portal against the limits of the machine.
#[derive(Debug, Parser)]
#[command(name = "cargo x bench", args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    part: Option<Part>,
    #[command(flatten)]
    wish: Wish,
}

/// What this program does as a process of its own.
#[derive(Debug, Subcommand)]
enum Part {
    /// Serve the floor that the portal is compared with
    #[command(hide = true)]
    Floor(floor::Options),
}

/// What is to be measured.
#[derive(Debug, Args)]
struct Wish {
    /// Write the figures into a file, as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// The server, as built for the measurements
    #[arg(long, env = "REKEY_BIN", value_name = "FILE")]
    server: Option<PathBuf>,
    /// The browser half, as it ships
    #[arg(long, env = "REKEY_SITE", value_name = "DIR")]
    site: Option<PathBuf>,
    /// The release that an operator installs, where `cargo x build` made one
    #[arg(long, env = "REKEY_RELEASE", value_name = "FILE")]
    release: Option<PathBuf>,
    /// Rows to measure; all of them unless given
    #[arg(value_enum, ignore_case = true, value_name = "ROW")]
    rows: Vec<Name>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match arguments.part {
        Some(Part::Floor(options)) => floor::run(&options).map(|()| ExitCode::SUCCESS),
        None => measure(arguments.wish),
    };
    result.unwrap_or_else(|error| {
        eprintln!("bench: {error}");
        ExitCode::FAILURE
    })
}

fn measure(wish: Wish) -> Result<ExitCode, Failed> {
    let noisy = cpu::load()? > cpu::QUIET;
    let built = Built {
        server: wish
            .server
            .ok_or("no server: run this by `cargo x bench`, or give --server")?,
        site: wish
            .site
            .ok_or("no browser half: run this by `cargo x bench`, or give --site")?,
        release: wish.release,
    };
    println!("{}", report::machine(&built.server, noisy)?);
    if let Err(error) = cpu::pin(cpu::DRIVER) {
        eprintln!("no second processor ({error}): the driver disturbs what it measures");
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let here = tokio::task::LocalSet::new();
    let mut figures: Vec<Figure> = Vec::new();
    let mut wrong = false;
    for name in rows::chosen(&wish.rows) {
        eprintln!("{name:?} …");
        match here.block_on(&runtime, rows::run(name, &built)) {
            Ok(more) => figures.extend(more),
            Err(error) => {
                eprintln!("{name:?}: {error}");
                wrong = true;
            }
        }
    }
    println!("{}", report::table(&figures));
    if let Some(file) = wish.json {
        let text = report::json(&figures, noisy)?;
        std::fs::write(&file, text).map_err(|e| format!("{}: {e}", file.display()))?;
    }
    Ok(if wrong {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

#[cfg(test)]
mod tests {
    use super::{Arguments, Name, Part};
    use clap::Parser;

    #[test]
    fn rows_and_the_floor_are_told_apart() {
        let wished = Arguments::try_parse_from(["bench", "--json", "f", "b1", "B13"]).unwrap();
        assert_eq!(wished.wish.rows, [Name::B1, Name::B13]);
        assert!(wished.part.is_none());
        assert!(Arguments::try_parse_from(["bench", "B99"]).is_err());
        let floor = [
            "floor",
            "--listen",
            "127.0.0.1:1",
            "--database",
            "d",
            "--people",
            "5",
        ];
        let floor = Arguments::try_parse_from(["bench"].into_iter().chain(floor)).unwrap();
        assert!(matches!(floor.part, Some(Part::Floor(options)) if options.people == 5));
    }
}
