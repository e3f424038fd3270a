//! The command line: one command a file, and all the wiring.
