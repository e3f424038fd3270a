//! Files that prove a claim: in the store, in the vault and over the wire.

mod acts;
mod store;
mod vault;
