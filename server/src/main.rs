//! `rekey`.

use clap::Parser;
use std::process::ExitCode;

/// A quarter of the time of a page went into the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    server::install_crypto();
    // Whatever it makes is for its own user alone: the database and its journal, the head of
    // the trail, backups. A umask of the system's may say otherwise.
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
    let cli = server::cli::Cli::parse();
    server::cli::run(cli)
}
