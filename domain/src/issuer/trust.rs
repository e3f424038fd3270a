use crate::codes::codes;

codes! {
    /// What an issuer's word is worth.
    pub enum TrustLevel("trust level") {
        /// Known, and its word counts.
        Trusted = "TRUSTED",
        /// Nobody has looked into it.
        Unknown = "UNKNOWN",
        /// What it issued is not to be relied on.
        Tainted = "TAINTED",
    }
}
