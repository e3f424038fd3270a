//! Every limit a request meets before it may cost anything.
//!
//! Told to clients in docs/limits.md, which says the same numbers; tests/api/http/limits.rs tries each at
//! the limit and one beyond.

/// Bytes of a request body. A URL is bounded by the HTTP reader, at 65,534 bytes.
pub const BODY_BYTES: usize = 256 * 1024;
/// Tokens of a document, as the GraphQL grammar counts them.
pub const TOKENS: usize = 2_000;
/// Bytes of one name or number. The schema's longest name has fewer than fifty.
pub const WORD_BYTES: usize = 256;
/// How deep brackets nest: in a document as written and with its fragments written out, and in the JSON
/// of variables and extensions.
pub const NESTING: usize = 30;
/// How deep fields nest.
pub const DEPTH: usize = 12;
/// How deep fields nest below `__schema` and `__type`.
pub const INTROSPECTION_DEPTH: usize = 20;
/// Aliases, with fragments written out.
pub const ALIASES: u64 = 30;
/// Directives, with fragments written out.
pub const DIRECTIVES: u64 = 10;
/// Fields, with fragments written out, over all operations of the document.
pub const FIELDS: u64 = 5_000;
/// Fields, fragment spreads and inline fragments, with fragments written out: chains of fragments that
/// hold few fields cost a validator time too.
pub const SELECTIONS: u64 = 10_000;
/// Fields at the root of one operation, with fragments written out.
pub const ROOT_FIELDS: u64 = 10;
/// Bytes of a text given as an argument of a query: a literal, a default or a variable.
pub const TEXT_BYTES: usize = 256;
/// The same of a mutation, which takes reasons and descriptions.
pub const MUTATION_TEXT_BYTES: usize = 4 * 1024;
/// Values in the JSON of variables.
pub const VARIABLE_VALUES: usize = 2_000;
/// Bytes of one message over a socket.
pub const SOCKET_BYTES: usize = 64 * 1024;
/// Operations under way over one socket.
pub const SOCKET_OPERATIONS: usize = 20;
