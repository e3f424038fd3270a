//! The `drypoint` command.

fn main() {}
