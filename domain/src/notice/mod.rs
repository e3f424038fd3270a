//! What people have to be told, and when they are reminded. [`dues`] reads off a record what ends or has
//! to be done by which day, [`schedule`] says which reminder a day
//! asks for; [`business`] counts business days.
//!
//! Sending, and remembering what was sent, happen elsewhere.

mod business;
mod due;
mod schedule;

pub use business::business_days_after;
pub use due::{Due, DueKind, dues};
pub use schedule::{Reminder, Schedule};

use chrono::NaiveDate;

use crate::access::AccountId;
use crate::codes::codes;
use crate::npi::Npi;

codes! {
    /// What a notice is about.
    pub enum NoticeKind("notice kind") {
        /// A case was decided.
        Decision = "DECISION",
        /// More is asked for in a case.
        InfoRequested = "INFO_REQUESTED",
        /// What was asked for has not come yet.
        InfoDue = "INFO_DUE",
        /// A case ended because nothing came.
        CaseLapsed = "CASE_LAPSED",
        /// A credential was suspended.
        Suspended = "SUSPENDED",
        /// A credential is in force again.
        Reinstated = "REINSTATED",
        /// A credential was revoked.
        Revoked = "REVOKED",
        /// A credential ends soon.
        CredentialExpires = "CREDENTIAL_EXPIRES",
        /// A verification ends soon.
        RevalidationDue = "REVALIDATION_DUE",
        /// A licence ends soon.
        LicenseExpires = "LICENSE_EXPIRES",
        /// An attestation was accepted, refused or taken out of force.
        AttestationDecision = "ATTESTATION_DECISION",
        /// An attestation ends soon.
        AttestationDue = "ATTESTATION_DUE",
        /// An attestation has ended.
        AttestationLapsed = "ATTESTATION_LAPSED",
        /// A lot of needles has expired or is recalled.
        LotOut = "LOT_OUT",
        /// A place of practice has to be confirmed.
        LocationDue = "LOCATION_DUE",
        /// Of a screening against an exclusion list.
        Screening = "SCREENING",
        /// Of a claim to an entry.
        Claim = "CLAIM",
        /// Of a request to be taken out of the directory.
        Removal = "REMOVAL",
        /// Of a mistake that somebody reported.
        Report = "REPORT",
        /// Of an account of ours.
        Account = "ACCOUNT",
    }
}

/// Who is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Addressee {
    /// Whoever holds the account.
    Account(AccountId),
    /// The person of an entry, and those who act for them.
    Entry(Npi),
    /// An address that belongs to no account yet.
    Address(Box<str>),
}

/// Something that somebody has to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What it is about.
    pub kind: NoticeKind,
    /// Who is told.
    pub to: Addressee,
    /// The last day on which sending it is in time.
    pub due_on: NaiveDate,
    /// The case it is about.
    pub case_id: Option<i64>,
    /// The record it is about, by its table and number: `("credential", "9")`.
    pub about: Option<(Box<str>, Box<str>)>,
    /// One line.
    pub subject: Box<str>,
    /// Plain text. It leaves the house unencrypted: nothing that only its reader may know.
    pub body: Box<str>,
    /// By which it is known that this was said already, for what is said once.
    pub once_key: Option<Box<str>>,
}

codes! {
    /// What somebody of ours has to do.
    pub enum TaskKind("task kind") {
        /// The registry has another name than the entry.
        Name = "NAME",
        /// The registry has another licence number than the entry.
        License = "LICENSE",
        /// The registry has another place of practice than the entry.
        Location = "LOCATION",
        /// The ZIP belongs to another state than the address says.
        ZipState = "ZIP_STATE",
        /// Look at a licence's register again.
        LicenseRecheck = "LICENSE_RECHECK",
        /// Look at a suspension again (verification.md 3.3, S5).
        SuspensionReview = "SUSPENSION_REVIEW",
        /// A lot of needles in use has expired.
        LotLapsed = "LOT_LAPSED",
        /// A lot of needles in use was recalled.
        LotRecalled = "LOT_RECALLED",
        /// Two people gave a lot two last days.
        LotTwoExpiries = "LOT_TWO_EXPIRIES",
        /// A statement about needles was signed as denied: so told before it opened a case.
        StatementDenied = "STATEMENT_DENIED",
        /// Somebody was not screened in time.
        ScreeningDue = "SCREENING_DUE",
        /// A request for removal waits.
        RemovalDue = "REMOVAL_DUE",
        /// A notice was not sent in time.
        NoticeOverdue = "NOTICE_OVERDUE",
        /// A claim's code is to be read out or posted.
        ClaimCode = "CLAIM_CODE",
        /// A claim's evidence is to be seen, or a dispute decided.
        ClaimDecision = "CLAIM_DECISION",
        /// A report of a mistake waits for an answer.
        ReportDue = "REPORT_DUE",
        /// A claim was taken back under a suspicion of fraud.
        FraudSuspected = "FRAUD_SUSPECTED",
    }
}

codes! {
    /// How a task ended.
    pub enum TaskResolution("task resolution") {
        /// What it asked for was done.
        Done = "DONE",
        /// It had become needless.
        NotNeeded = "NOT_NEEDED",
        /// It should not have been opened.
        Mistaken = "MISTAKEN",
    }
}

/// Something for one of us to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// What has to be done.
    pub kind: TaskKind,
    /// Whose entry it is about.
    pub npi: Option<Npi>,
    /// The record it is about, by its table and number.
    pub about: Option<(Box<str>, Box<str>)>,
    /// The same in words.
    pub what: Box<str>,
    /// The last day on which doing it is in time.
    pub due_on: Option<NaiveDate>,
    /// By which it is known that this was asked already: it is never asked twice.
    pub once_key: Box<str>,
}
