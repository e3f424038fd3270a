use crate::codes::codes;

/// The SHA-256 of something.
pub type Sha256 = [u8; 32];

codes! {
    /// What a signature means (21 CFR 11.50(a)(3)).
    pub enum SignatureMeaning("signature meaning") {
        /// I wrote this.
        Authorship = "AUTHORSHIP",
        /// I answer for this.
        Responsibility = "RESPONSIBILITY",
        /// I looked at this.
        Review = "REVIEW",
        /// I approve this.
        Approval = "APPROVAL",
        /// I reject this.
        Rejection = "REJECTION",
        /// I decided an appeal.
        AppealDecision = "APPEAL_DECISION",
    }
}
