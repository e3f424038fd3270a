use clap::{CommandFactory, Parser};
use clap_complete::Shell;

use super::{Cli, Ended};

/// Prints completions for a shell
///
/// For bash, for example: `drypoint completions bash > /etc/bash_completion.d/drypoint`
#[derive(Debug, Clone, Copy, Parser)]
pub(super) struct Args {
    /// Which shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(args: Args) -> Ended {
    clap_complete::generate(
        args.shell,
        &mut Cli::command(),
        "drypoint",
        &mut std::io::stdout(),
    );
    Ended::Done
}
