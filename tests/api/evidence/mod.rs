//! Files that prove a claim: in the store, in the vault and over the wire.

mod acts;
mod crash;
pub(crate) mod form;
mod http;
mod store;
mod vault;
