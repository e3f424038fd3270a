//! What goes into the database comes out as it was.

mod attestation;
mod bulk;
mod postgres;
mod round_trip;
