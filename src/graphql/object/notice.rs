//! What people are told, what we have to do, and what ends soon.

use async_graphql::{Description, ID, Object};
use chrono::NaiveDate;
use domain::notice::Addressee;

use crate::graphql::codes::{DueKind, NoticeKind, TaskKind, TaskResolution};
use crate::graphql::scalar::{Date, DateTime, Npi};
use crate::service::expiring::Ending;
use crate::service::notice::StoredNotice;
use crate::service::task::StoredTask;

/// Something that somebody is told. Not public.
#[derive(Description)]
pub struct Notice {
    /// The notice.
    pub it: StoredNotice,
    /// The day by which it is in time or late.
    pub today: NaiveDate,
}

/// Something that one of us has to settle. Not public.
#[derive(Description)]
pub struct Task(pub StoredTask);

/// Something that ends, or has to be done, by a day. Not public.
#[derive(Description)]
pub struct Expiring(pub Ending);

#[Object(use_type_description)]
impl Notice {
    /// Its id.
    async fn id(&self) -> ID {
        ID(format!("notice_{}", self.it.id.0))
    }

    /// What it is about.
    async fn kind(&self) -> NoticeKind {
        self.it.notice.kind.into()
    }

    /// The entry whose people are told; null where an account or an address is.
    async fn npi(&self) -> Option<Npi> {
        match self.it.notice.to {
            Addressee::Entry(npi) => Some(npi.into()),
            Addressee::Account(_) | Addressee::Address(_) => None,
        }
    }

    /// The account that is told; null where an entry's people or an address are.
    async fn account_id(&self) -> Option<ID> {
        match self.it.notice.to {
            Addressee::Account(account) => Some(ID(format!("account_{}", account.0))),
            Addressee::Entry(_) | Addressee::Address(_) => None,
        }
    }

    /// The case that it is about.
    async fn case_id(&self) -> Option<ID> {
        let case = self.it.notice.case_id?;
        Some(ID(format!("case_{case}")))
    }

    /// The record that it is about.
    async fn subject_id(&self) -> Option<ID> {
        subject_of(self.it.notice.about.as_ref())
    }

    /// Its one line.
    async fn subject(&self) -> &str {
        &self.it.notice.subject
    }

    /// Its text.
    async fn body(&self) -> &str {
        &self.it.notice.body
    }

    /// The last day on which sending it is in time.
    async fn due_on(&self) -> Date {
        self.it.notice.due_on.into()
    }

    /// Was it not sent by that day?
    async fn is_overdue(&self) -> bool {
        self.it.is_overdue(self.today)
    }

    /// Since when it waits, or waited.
    async fn queued_at(&self) -> DateTime {
        self.it.queued_at.into()
    }

    /// How often somebody began to send it.
    async fn attempts(&self) -> i32 {
        super::version(self.it.attempts)
    }

    /// What went wrong the last time; null where nothing did.
    async fn last_error(&self) -> Option<&str> {
        self.it.last_error.as_deref()
    }

    /// When it left the house; null while it waits.
    async fn sent_at(&self) -> Option<DateTime> {
        self.it.sent_at.map(Into::into)
    }
}

#[Object(use_type_description)]
impl Task {
    /// Its id.
    async fn id(&self) -> ID {
        ID(format!("task_{}", self.0.id.0))
    }

    /// How often it was changed: the `expectedVersion` of the next change.
    async fn version(&self) -> i32 {
        super::version(self.0.version)
    }

    /// What has to be done.
    async fn kind(&self) -> TaskKind {
        self.0.kind.into()
    }

    /// Whose entry it is about.
    async fn npi(&self) -> Option<Npi> {
        self.0.npi.map(Into::into)
    }

    /// The record that it is about; null where it is about the whole entry or everybody.
    async fn subject_id(&self) -> Option<ID> {
        subject_of(self.0.about.as_ref())
    }

    /// What to do, in words; null where `held` and `registry` say it.
    async fn what(&self) -> Option<&str> {
        self.0.what.as_deref()
    }

    /// What the entry holds, where the registry differs from it.
    async fn held(&self) -> Option<&str> {
        self.0.held.as_deref()
    }

    /// What the registry says.
    async fn registry(&self) -> Option<&str> {
        self.0.registry.as_deref()
    }

    /// The last day on which doing it is in time.
    async fn due_on(&self) -> Option<Date> {
        self.0.due_on.map(Into::into)
    }

    /// Since when it is open, or was.
    async fn opened_at(&self) -> DateTime {
        self.0.opened_at.into()
    }

    /// When it was closed; null while it is open.
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed.as_ref().map(|closed| closed.at.into())
    }

    /// Who closed it: an account's id, or SYSTEM.
    async fn closed_by(&self) -> Option<&str> {
        self.0.closed.as_ref().map(|closed| &*closed.by)
    }

    /// How it ended.
    async fn resolution(&self) -> Option<TaskResolution> {
        self.0
            .closed
            .as_ref()
            .map(|closed| closed.resolution.into())
    }

    /// The same in words.
    async fn resolution_text(&self) -> Option<&str> {
        self.0.closed.as_ref()?.text.as_deref()
    }
}

#[Object(use_type_description)]
impl Expiring {
    /// What ends, or has to be done.
    async fn kind(&self) -> DueKind {
        self.0.kind.into()
    }

    /// The last day.
    async fn due_on(&self) -> Date {
        self.0.due_on.into()
    }

    /// Has that day passed?
    async fn is_overdue(&self) -> bool {
        self.0.is_overdue
    }

    /// Whose; null for a notice to somebody else.
    async fn npi(&self) -> Option<Npi> {
        self.0.npi.map(Into::into)
    }

    /// The person's name; null for a notice to somebody else.
    async fn person(&self) -> Option<&str> {
        self.0.person.as_deref()
    }

    /// The record.
    async fn subject_id(&self) -> ID {
        let (table, id) = &self.0.about;
        subject_id(table, &id.to_string())
    }

    /// The record in words.
    async fn what(&self) -> &str {
        &self.0.name
    }

    /// What to do about it.
    async fn to_do(&self) -> &'static str {
        self.0.kind.to_do()
    }
}

fn subject_of(about: Option<&(Box<str>, Box<str>)>) -> Option<ID> {
    about.map(|(table, id)| subject_id(table, id))
}

/// The id of a row, by the kinds that ids name.
fn subject_id(table: &str, id: &str) -> ID {
    let kind = match table {
        "practice_location" => "location",
        "sterility_attestation" => "attestation",
        "removal_request" => "removal",
        "mistake_report" => "report",
        other => other,
    };
    ID(format!("{kind}_{id}"))
}
