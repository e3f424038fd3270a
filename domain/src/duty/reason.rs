//! Why somebody lowered trust in something: every such act names one.

use crate::codes::codes;

codes! {
    /// A reason for a decision against somebody (verification.md 7).
    pub enum ReasonCode("reason") {
        /// The document cannot be read.
        DocIllegible = "DOC_ILLEGIBLE",
        /// The document was changed.
        DocAltered = "DOC_ALTERED",
        /// Another name.
        NameMismatch = "NAME_MISMATCH",
        /// Nobody knows the issuer.
        IssuerUnknown = "ISSUER_UNKNOWN",
        /// The issuer says otherwise.
        IssuerDenies = "ISSUER_DENIES",
        /// Too few hours.
        HoursInsufficient = "HOURS_INSUFFICIENT",
        /// Too few hours of the kind that counts.
        HoursModeInsufficient = "HOURS_MODE_INSUFFICIENT",
        /// Too few sessions.
        SessionsInsufficient = "SESSIONS_INSUFFICIENT",
        /// A day to come.
        FutureDate = "FUTURE_DATE",
        /// The check is too old.
        PsvStale = "PSV_STALE",
        /// The licence is not in force.
        LicenseNotActive = "LICENSE_NOT_ACTIVE",
        /// The board acted against the licence.
        LicenseDiscipline = "LICENSE_DISCIPLINE",
        /// The law there does not permit it.
        ScopeProhibited = "SCOPE_PROHIBITED",
        /// Excluded from federal programmes.
        Excluded = "EXCLUDED",
        /// It is on file already.
        Duplicate = "DUPLICATE",
        /// Made to deceive.
        Fraud = "FRAUD",
        /// No answer came.
        NoResponse = "NO_RESPONSE",
        /// The issuer was not to be trusted then.
        IssuerTainted = "ISSUER_TAINTED",
        /// The needles were recalled.
        LotRecalled = "LOT_RECALLED",
        /// The needles are past their last day.
        LotExpired = "LOT_EXPIRED",
        /// The device identifier is wrong.
        DiInvalid = "DI_INVALID",
        /// What was signed is not true.
        FalseStatement = "FALSE_STATEMENT",
        /// It is somebody else.
        WrongPerson = "WRONG_PERSON",
        /// The provider asked for it.
        ProviderRequest = "PROVIDER_REQUEST",
        /// Any other, said in words beside it.
        Other = "OTHER",
    }
}
