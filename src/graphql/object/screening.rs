//! What those who screen see: another world than the public's, which never sees a match.

use async_graphql::{Description, ID, Object, SimpleObject};
use domain::screening::row::Column;

use super::count;
use crate::graphql::codes::{
    Agreement, Discipline, ExclusionList, Jurisdiction, MatchRule, MatchState, MatchSubject,
    MatchTier, NameRule, ScreeningCause,
};
use crate::graphql::scalar::{Date, DateTime, Npi};
use crate::service::screening::read::{self, business_days_after};
use crate::service::screening::{MatchEvent, Run, StoredMatch};

/// Business days in which a match is looked at.
const REVIEW_DAYS: u32 = 2;

/// A row of a list of excluded people that may be a person on file, or one of their clinics. Not public.
#[derive(Description)]
pub struct ExclusionMatch {
    /// As stored.
    pub found: StoredMatch,
    /// Does the list in force still hold the very row?
    pub is_listed: bool,
}

/// One change of a match's state, with its grounds.
#[derive(Description)]
pub struct MatchChange(MatchEvent);

/// Why a row may be a person.
#[derive(SimpleObject)]
pub struct MatchEvidence {
    /// The rule that it fulfils.
    rule: MatchRule,
    /// The name on file that was compared: the person's, a former one, or the clinic's.
    compared_name: String,
    /// By what else than equality the names are the same.
    name_rules: Vec<NameRule>,
    /// The lower Jaro-Winkler similarity of family and given name, in thousandths; null where the names are not
    /// merely nearly the same.
    similarity_permille: Option<i32>,
    /// NPIs.
    npi: Agreement,
    /// Birth dates. The person's own is not shown to anybody.
    birth_date: Agreement,
    /// Middle names, or their initials.
    middle_name: Agreement,
    /// The state that both name.
    state: Option<Jurisdiction>,
    /// The profession that both name.
    discipline: Option<Discipline>,
    /// The place of practice whose clinic it may be.
    location_id: Option<ID>,
}

/// A column of a row, as the list gives it.
#[derive(SimpleObject)]
pub struct ExclusionRowField {
    /// The column's name in the file.
    column: String,
    /// Its text.
    text: String,
}

/// A time when everybody was held against a list. Not public.
#[derive(Description)]
pub struct ScreeningRun(pub Run);

/// How much of the list in force can be matched, how old it is, and how long ago people were screened.
/// Not public.
#[derive(Description)]
pub struct ScreeningCoverage(pub read::Coverage);

#[Object(use_type_description)]
impl ExclusionMatch {
    /// Its id.
    async fn id(&self) -> ID {
        ID(format!("match_{}", self.found.id.0))
    }

    /// How often it was changed: the `expectedVersion` of the next decision.
    async fn version(&self) -> i32 {
        super::version(self.found.version)
    }

    /// Who it may be.
    async fn npi(&self) -> Npi {
        self.found.npi.into()
    }

    /// In which list.
    async fn list(&self) -> ExclusionList {
        self.found.list.into()
    }

    /// How strong it is.
    async fn tier(&self) -> MatchTier {
        self.found.facts.tier.into()
    }

    /// Whom it is about: the person, or a clinic.
    async fn about(&self) -> MatchSubject {
        self.found.facts.about.into()
    }

    /// What was decided.
    async fn state(&self) -> MatchState {
        self.found.state.into()
    }

    /// When it was raised.
    async fn raised_at(&self) -> DateTime {
        self.found.raised_at.into()
    }

    /// The last day on which it is to be looked at: two business days after it was raised, or raised anew.
    /// Null once somebody decided.
    async fn review_due_on(&self) -> Option<Date> {
        use domain::screening::MatchState as State;

        if !matches!(self.found.state, State::New | State::UnderReview) {
            return None;
        }
        let raised = self.found.history.iter().rev();
        let since = raised
            .filter(|change| change.state == State::New)
            .map(|change| change.at)
            .next()
            .unwrap_or(self.found.raised_at);
        Some(business_days_after(since.date_naive(), REVIEW_DAYS).into())
    }

    /// Why the row may be the person; null of made-up people.
    async fn evidence(&self) -> Option<MatchEvidence> {
        let evidence = self.found.facts.evidence.clone()?;
        Some(MatchEvidence {
            rule: evidence.rule.into(),
            compared_name: evidence.compared_name.into(),
            name_rules: evidence.name_rules.into_iter().map(Into::into).collect(),
            similarity_permille: evidence.similarity_permille.map(i32::from),
            npi: evidence.npi.into(),
            birth_date: evidence.birth_date.into(),
            middle_name: evidence.middle_name.into(),
            state: evidence.state.map(Into::into),
            discipline: evidence.discipline.map(Into::into),
            location_id: evidence.location_id.map(|id| ID(format!("location_{id}"))),
        })
    }

    /// The row as the list gives it; columns that it leaves empty are left out.
    async fn row(&self) -> Vec<ExclusionRowField> {
        let Some(row) = &self.found.facts.row else {
            return Vec::new();
        };
        Column::ALL
            .into_iter()
            .filter(|column| !row.text(*column).is_empty())
            .map(|column| ExclusionRowField {
                column: column.header().to_owned(),
                text: row.text(column).to_owned(),
            })
            .collect()
    }

    /// Does the list in force still hold the very row? That it does not ends nothing by itself.
    async fn listed(&self) -> bool {
        self.is_listed
    }

    /// Where a waiver lifts the exclusion now.
    async fn waived_in(&self) -> Option<Jurisdiction> {
        self.found.waived_in().map(Into::into)
    }

    /// Every change of its state, oldest first.
    async fn history(&self) -> Vec<MatchChange> {
        self.found
            .history
            .iter()
            .cloned()
            .map(MatchChange)
            .collect()
    }
}

#[Object(use_type_description)]
impl MatchChange {
    /// When.
    async fn at(&self) -> DateTime {
        self.0.at.into()
    }

    /// To what.
    async fn state(&self) -> MatchState {
        self.0.state.into()
    }

    /// Why, in words.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// What was seen.
    async fn evidence_ids(&self) -> Vec<ID> {
        let ids = self.0.evidence_ids.iter();
        ids.map(|id| ID(format!("evidence_{id}"))).collect()
    }

    /// Where a waiver lifts the exclusion.
    async fn waived_in(&self) -> Option<Jurisdiction> {
        self.0.waived_in.map(Into::into)
    }

    /// The items, services or places that the waiver is limited to.
    async fn waiver_scope(&self) -> Option<&str> {
        self.0.waiver_scope.as_deref()
    }

    /// The account that proposed it, of two.
    async fn proposed_by(&self) -> Option<ID> {
        self.0.proposed_by.map(account)
    }

    /// The account that decided it; null for the program.
    async fn decided_by(&self) -> Option<ID> {
        self.0.decided_by.map(account)
    }
}

#[Object(use_type_description)]
impl ScreeningRun {
    /// Its id.
    async fn id(&self) -> ID {
        ID(format!("run_{}", self.0.id.0))
    }

    /// Against which list.
    async fn list(&self) -> ExclusionList {
        self.0.list.into()
    }

    /// Why.
    async fn cause(&self) -> ScreeningCause {
        self.0.cause.into()
    }

    /// The account that asked for it.
    async fn requested_by(&self) -> Option<ID> {
        self.0.requested_by.map(account)
    }

    /// SHA-256 of the list's file, in hexadecimal.
    async fn file_sha256(&self) -> &str {
        &self.0.file_sha256
    }

    /// The day of its publication, where it is known.
    async fn file_dated_on(&self) -> Option<Date> {
        self.0.file_dated_on.map(Into::into)
    }

    /// How many rows the list had.
    async fn row_count(&self) -> i32 {
        whole(self.0.row_count)
    }

    /// How many people were held against it.
    async fn provider_count(&self) -> i32 {
        whole(self.0.provider_count)
    }

    /// How many matches it raised or changed.
    async fn match_count(&self) -> i32 {
        whole(self.0.match_count)
    }

    /// When it began.
    async fn started_at(&self) -> DateTime {
        self.0.started_at.into()
    }

    /// When it ended; null while it goes on, and for ever where it was cut short.
    async fn finished_at(&self) -> Option<DateTime> {
        self.0.finished_at.map(Into::into)
    }

    /// Whole seconds from beginning to end.
    async fn duration_seconds(&self) -> Option<i32> {
        let lasted = self.0.finished_at? - self.0.started_at;
        i32::try_from(lasted.num_seconds()).ok()
    }
}

#[Object(use_type_description)]
impl ScreeningCoverage {
    /// Was a list ever taken in?
    async fn has_list(&self) -> bool {
        self.0.list.is_some()
    }

    /// SHA-256 of its file.
    async fn file_sha256(&self) -> Option<&str> {
        let list = self.0.list.as_ref()?;
        Some(&list.file.sha256)
    }

    /// The day of its publication, where it is known.
    async fn file_dated_on(&self) -> Option<Date> {
        self.0.list.as_ref()?.file.dated_on.map(Into::into)
    }

    /// When it was taken in.
    async fn imported_at(&self) -> Option<DateTime> {
        Some(self.0.list.as_ref()?.imported_at.into())
    }

    /// Whole days since it was published, or taken in where nobody says when that was.
    async fn age_days(&self) -> Option<i32> {
        self.0
            .list_age_days
            .and_then(|days| i32::try_from(days).ok())
    }

    /// Its rows.
    async fn rows(&self) -> i32 {
        self.of_list(|counts| counts.rows)
    }

    /// Rows with an NPI.
    async fn rows_with_npi(&self) -> i32 {
        self.of_list(|counts| counts.with_npi)
    }

    /// Rows with a birth date.
    async fn rows_with_birth_date(&self) -> i32 {
        self.of_list(|counts| counts.with_birth_date)
    }

    /// Rows that name a business and nobody.
    async fn rows_of_organisations(&self) -> i32 {
        self.of_list(|counts| counts.organisations)
    }

    /// Why the last file after it was turned away; null where none was.
    async fn rejected_reason(&self) -> Option<&str> {
        Some(&self.0.rejected.as_ref()?.reason)
    }

    /// When it was turned away.
    async fn rejected_at(&self) -> Option<DateTime> {
        Some(self.0.rejected.as_ref()?.at.into())
    }

    /// Everybody on file.
    async fn people(&self) -> i32 {
        whole(self.0.screened.people)
    }

    /// People whose birth date is known.
    async fn people_with_birth_date(&self) -> i32 {
        whole(self.0.with_birth_date)
    }

    /// People whose screening is not due again.
    async fn people_screened(&self) -> i32 {
        whole(self.0.screened.lately)
    }

    /// People whose screening is due again and still counts.
    async fn people_due(&self) -> i32 {
        whole(self.0.screened.due)
    }

    /// People whose screening is too old to count: the badge is off.
    async fn people_overdue(&self) -> i32 {
        whole(self.0.screened.overdue)
    }

    /// People who were never screened.
    async fn people_never_screened(&self) -> i32 {
        whole(self.0.screened.never)
    }
}

impl ScreeningCoverage {
    fn of_list(&self, of: impl FnOnce(&read::ListCounts) -> u64) -> i32 {
        let list = self.0.list.as_ref();
        list.map_or(0, |list| whole(of(&list.counts)))
    }
}

fn account(id: i64) -> ID {
    ID(format!("account_{id}"))
}

fn whole(number: u64) -> i32 {
    count(usize::try_from(number).unwrap_or(usize::MAX))
}
