//! The `drypoint` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    drypoint::cli::main()
}
