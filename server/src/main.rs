//! `rekey`.

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    server::install_crypto();
    let cli = server::cli::Cli::parse();
    server::cli::run(cli)
}
