//! Requests that an entry goes, and reports that it is wrong.

use crate::codes::codes;

codes! {
    /// What is wrong with an entry.
    pub enum MistakeKind("mistake kind") {
        /// The person does not practise there.
        NotAtLocation = "NOT_AT_LOCATION",
        /// The telephone number is another.
        WrongPhone = "WRONG_PHONE",
        /// The name is another.
        WrongName = "WRONG_NAME",
        /// The person does not do dry needling.
        NoDryNeedling = "NO_DRY_NEEDLING",
        /// The person does not take patients.
        NotAcceptingPatients = "NOT_ACCEPTING_PATIENTS",
        /// The licence, the training or another credential is not as shown.
        WrongCredential = "WRONG_CREDENTIAL",
        /// Something about needles or hygiene.
        SafetyConcern = "SAFETY_CONCERN",
        /// Something else.
        Other = "OTHER",
    }
}

codes! {
    /// Where a report stands.
    pub enum ReportState("report state") {
        /// Nobody has answered.
        Open = "OPEN",
        /// The entry was wrong and is not any more.
        Corrected = "CORRECTED",
        /// The entry is right.
        NoMistake = "NO_MISTAKE",
        /// It is looked into elsewhere: by compliance, by a board.
        Referred = "REFERRED",
    }
}

codes! {
    /// Where a request that an entry goes stands.
    pub enum RemovalState("removal state") {
        /// Nobody has decided.
        Open = "OPEN",
        /// The entry is hidden and kept.
        Hidden = "HIDDEN",
        /// The entry is hidden and nothing but its number is kept.
        Erased = "ERASED",
        /// The entry stays.
        Refused = "REFUSED",
    }
}

/// The longest report, in characters: room for what is wrong, none for a patient's story.
pub const MOST_CHARACTERS: usize = 500;
