//! `rekey`.

use clap::Parser;
use std::process::ExitCode;

/// A quarter of the time of a page went into the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    server::install_crypto();
    let cli = server::cli::Cli::parse();
    server::cli::run(cli)
}
