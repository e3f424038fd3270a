//! Files that prove a claim: in the store, in the vault and over the wire.

mod store;
mod vault;
