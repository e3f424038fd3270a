//! The API as a file.
