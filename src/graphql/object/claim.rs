//! What is asked of the directory about an entry. Not public, but for a report by its reference.

use async_graphql::{Description, ID, Object};

use crate::graphql::codes::{ClaimMethod, ClaimState, MistakeKind, RemovalState, ReportState};
use crate::graphql::scalar::{Date, DateTime, Npi};
use crate::service;

/// Somebody says that an entry is theirs. Not public.
#[derive(Description)]
pub struct Claim(pub service::entry::claim::Claim);

/// Somebody asks that an entry goes. Not public.
#[derive(Description)]
pub struct Removal(pub service::entry::removal::Removal);

/// Somebody, who is not asked who, says that an entry is wrong. Not public.
#[derive(Description)]
pub struct MistakeReport(pub service::entry::report::Report);

/// Where a report stands, for whoever has its reference.
#[derive(Description)]
pub struct ReportStatus(pub service::entry::report::Report);

/// What each of these says of itself: what it is called, how often it changed and which entry it is about;
/// and what is its own.
macro_rules! asked {
    ($object:ident, $kind:literal, { $($own:tt)* }) => {
        #[Object(use_type_description)]
        impl $object {
            /// Its id.
            async fn id(&self) -> ID {
                ID(format!(concat!($kind, "_{}"), self.0.id.0))
            }

            /// How often it was changed: the `expectedVersion` of the next change.
            async fn version(&self) -> i32 {
                version(self.0.version)
            }

            /// Which entry it is about.
            async fn npi(&self) -> Npi {
                self.0.npi.into()
            }

            $($own)*
        }
    };
}

fn version(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn account(id: Option<domain::access::AccountId>) -> Option<ID> {
    id.map(|id| ID(format!("account_{}", id.0)))
}

asked!(Claim, "claim", {
    /// The account that claims it.
    async fn claimed_by(&self) -> ID {
        ID(format!("account_{}", self.0.account.0))
    }

    /// Where it stands.
    async fn state(&self) -> ClaimState {
        self.0.state.into()
    }

    /// How the claimant shows who they are.
    async fn method(&self) -> ClaimMethod {
        self.0.method.into()
    }

    /// Does another account hold the entry? Then no code decides, but an admin.
    async fn disputes(&self) -> bool {
        self.0.disputes
    }

    /// What the claimant says of it.
    async fn statement(&self) -> Option<&str> {
        self.0.statement.as_deref()
    }

    /// When it was made.
    async fn requested_at(&self) -> DateTime {
        self.0.requested_at.into()
    }

    /// When a code was last issued; null while there is none.
    async fn code_issued_at(&self) -> Option<DateTime> {
        self.0.code_issued_at.map(Into::into)
    }

    /// From when on that code is worth nothing.
    async fn code_expires_at(&self) -> Option<DateTime> {
        self.0.code_expires_at.map(Into::into)
    }

    /// Wrong codes entered since it was issued; after `claimCodeAttempts` of the policy it is worth nothing.
    async fn attempts(&self) -> i32 {
        super::version(self.0.attempts)
    }

    /// When it was decided.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(Into::into)
    }

    /// The account that decided; the claimant's own where the code was right.
    async fn decided_by(&self) -> Option<ID> {
        account(self.0.decided_by)
    }

    /// The evidence that was seen, or why the claim was declined.
    async fn decision_note(&self) -> Option<&str> {
        self.0.decision_note.as_deref()
    }
});

asked!(Removal, "removal", {
    /// The account that asks.
    async fn requested_by(&self) -> ID {
        ID(format!("account_{}", self.0.account.0))
    }

    /// Shall the data go too, or only from view?
    async fn wants_erasure(&self) -> bool {
        self.0.wants_erasure
    }

    /// Where it stands.
    async fn state(&self) -> RemovalState {
        self.0.state.into()
    }

    /// Why, in words.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// When it was asked.
    async fn requested_at(&self) -> DateTime {
        self.0.requested_at.into()
    }

    /// The last day for an answer, in Washington.
    async fn due_on(&self) -> Date {
        self.0.due_on.into()
    }

    /// When it was decided.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(Into::into)
    }

    /// The account that decided.
    async fn decided_by(&self) -> Option<ID> {
        account(self.0.decided_by)
    }

    /// In which words.
    async fn decision_note(&self) -> Option<&str> {
        self.0.decision_note.as_deref()
    }
});

asked!(MistakeReport, "report", {
    /// What is wrong.
    async fn kind(&self) -> MistakeKind {
        self.0.kind.into()
    }

    /// In words.
    async fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// Where it stands.
    async fn state(&self) -> ReportState {
        self.0.state.into()
    }

    /// When it came.
    async fn reported_at(&self) -> DateTime {
        self.0.reported_at.into()
    }

    /// The last day for an answer, in Washington.
    async fn due_on(&self) -> Date {
        self.0.due_on.into()
    }

    /// When it was answered.
    async fn resolved_at(&self) -> Option<DateTime> {
        self.0.resolved_at.map(Into::into)
    }

    /// The account that answered.
    async fn resolved_by(&self) -> Option<ID> {
        account(self.0.resolved_by)
    }

    /// What whoever reported it is told.
    async fn answer(&self) -> Option<&str> {
        self.0.answer.as_deref()
    }
});

#[Object(use_type_description)]
impl ReportStatus {
    /// The reference that was given with the report.
    async fn reference(&self) -> &str {
        &self.0.reference
    }

    /// Where it stands.
    async fn state(&self) -> ReportState {
        self.0.state.into()
    }

    /// When it came.
    async fn reported_at(&self) -> DateTime {
        self.0.reported_at.into()
    }

    /// The last day for an answer, in Washington.
    async fn due_on(&self) -> Date {
        self.0.due_on.into()
    }

    /// When it was answered; null while it waits.
    async fn resolved_at(&self) -> Option<DateTime> {
        self.0.resolved_at.map(Into::into)
    }

    /// What was found.
    async fn answer(&self) -> Option<&str> {
        self.0.answer.as_deref()
    }
}
