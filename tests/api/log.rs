//! The one log.
