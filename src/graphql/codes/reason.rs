use async_graphql::Enum;

/// Why trust in something was lowered, or a decision went against somebody.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::duty::ReasonCode")]
pub enum ReasonCode {
    /// The document cannot be read.
    DocIllegible,
    /// The document was changed.
    DocAltered,
    /// Another name.
    NameMismatch,
    /// Nobody knows the issuer.
    IssuerUnknown,
    /// The issuer says otherwise.
    IssuerDenies,
    /// Too few hours.
    HoursInsufficient,
    /// Too few hours of the kind that counts.
    HoursModeInsufficient,
    /// Too few sessions.
    SessionsInsufficient,
    /// A day to come.
    FutureDate,
    /// The check is too old.
    PsvStale,
    /// The licence is not in force.
    LicenseNotActive,
    /// The board acted against the licence.
    LicenseDiscipline,
    /// The law there does not permit it.
    ScopeProhibited,
    /// Excluded from federal programmes.
    Excluded,
    /// It is on file already.
    Duplicate,
    /// Made to deceive.
    Fraud,
    /// No answer came.
    NoResponse,
    /// The issuer was not to be trusted then.
    IssuerTainted,
    /// The needles were recalled.
    LotRecalled,
    /// The needles are past their last day.
    LotExpired,
    /// The device identifier is wrong.
    DiInvalid,
    /// What was signed is not true.
    FalseStatement,
    /// It is somebody else.
    WrongPerson,
    /// The provider asked for it.
    ProviderRequest,
    /// Any other, said in words beside it.
    Other,
}
