//! `cargo x …`: builds, checks, tests and starts the project.
//!
//! One tool of our own instead of several installed ones: it takes wasm-bindgen
//! and the splitter as libraries from the same lock file as the program, so
//! that their versions cannot differ, and needs nothing but cargo to begin with.

mod apt;
mod arrows;
mod bench;
mod browser;
mod check;
mod compress;
mod css;
mod debian;
mod failure;
mod fingerprint;
mod lint;
mod manifest;
mod map;
mod npm;
mod postgres;
mod proof;
mod release;
mod rename;
mod run;
mod sections;
mod serve;
mod site;
mod slugs;
mod stages;
mod tally;
mod test;
mod tidy;
mod toolchain;
mod wasm;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::failure::Result;
use crate::tally::Tally;
use crate::workspace::Workspace;

/// Builds, checks, tests and starts the project.
#[derive(Parser)]
#[command(name = "cargo x", bin_name = "cargo x")]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the browser half into target/site
    Bundle {
        /// As small as it gets, into target/site-release; takes longer
        #[arg(long)]
        release: bool,
    },
    /// Build both halves and start the demo
    Serve {
        /// Further arguments of the server
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        extra: Vec<String>,
    },
    /// Formatting, lints, architecture and the tests that need nothing else
    Check,
    /// Everything, with PostgreSQL and a browser; ends with the numbers
    Test {
        /// Run only the tests with this in their name, and no lints
        filter: Option<String>,
        /// Run what takes longer as well: every browser test in German, every test of the agents'
        /// realm on two nodes, and all of them with the browser half that ships
        #[arg(long)]
        all: bool,
    },
    /// Build the release: one file with the browser half inside
    Build,
    /// Measure
    Bench {
        /// Arguments of the measurements
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Draw the world map of the start page anew
    Map,
    /// List the rows of the requirements and the tests that prove them
    Proof,
}

fn main() -> ExitCode {
    match perform(&Arguments::parse().command) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: &Task) -> Result<ExitCode> {
    let workspace = Workspace::find()?;
    match task {
        Task::Bundle { release } => {
            let kind = if *release { site::RELEASE } else { site::QUICK };
            site::build(&workspace, kind).map(drop)
        }
        Task::Serve { extra } => serve::run(&workspace, extra),
        Task::Check => return check::run(&workspace).map(verdict),
        Task::Test { filter, all } => {
            return test::run(&workspace, filter.as_deref(), *all).map(verdict);
        }
        Task::Build => release::build(&workspace),
        Task::Bench { arguments } => bench::run(&workspace, arguments),
        Task::Map => map::run(&workspace),
        Task::Proof => proof::run(&workspace),
    }
    .map(|()| ExitCode::SUCCESS)
}

/// The last line, and the exit code that goes with it.
fn verdict(tally: Tally) -> ExitCode {
    println!("{}", tally.line());
    // A mistyped filter finds nothing, and nothing is no success.
    if tally.failed == 0 && tally.passed > 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
