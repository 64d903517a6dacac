//! The `plenary` command.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    plenary::commands::run(plenary::cli::Arguments::parse())
}
