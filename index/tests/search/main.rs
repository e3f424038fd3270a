//! What the index answers, asked from outside.
#![expect(clippy::unwrap_used, reason = "what cannot be made up fails the test")]

mod changes;
mod finding;
mod people;
