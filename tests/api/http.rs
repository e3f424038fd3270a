//! Hostile and well-formed requests.
