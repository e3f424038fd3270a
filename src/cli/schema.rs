use std::io::Write;

use clap::Parser;

use super::Ended;
use crate::graphql;

/// Prints schema.graphql
#[derive(Debug, Parser)]
pub(super) struct Args {}

pub(super) fn run(_: Args) -> anyhow::Result<Ended> {
    std::io::stdout().write_all(graphql::sdl().as_bytes())?;
    Ok(Ended::Done)
}
