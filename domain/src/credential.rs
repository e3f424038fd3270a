//! Credentials other than licences, and the history of their standing.

use chrono::{DateTime, Months, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::codes::codes;
use crate::place::Jurisdiction;
use crate::taxonomy::Discipline;
use crate::time::{Day, happened_by, local_day};

codes! {
    /// What a credential is.
    pub enum CredentialKind("credential kind") {
        /// A state's endorsement, registration or letter for needling.
        StateEndorsement = "STATE_ENDORSEMENT",
        /// A state's permit or certificate that allows needling.
        StatePermit = "STATE_PERMIT",
        /// An academic degree.
        Degree = "DEGREE",
        /// Proof of a requirement that the law names and no other kind covers.
        RequirementProof = "REQUIREMENT_PROOF",
        /// Dry-needling training with hours.
        DryNeedlingTraining = "DRY_NEEDLING_TRAINING",
        /// National certification, such as a diplomate's.
        NationalCertification = "NATIONAL_CERTIFICATION",
        /// A passed examination.
        ExamResult = "EXAM_RESULT",
        /// A log of supervised sessions.
        SupervisedSessionsLog = "SUPERVISED_SESSIONS_LOG",
        /// Clean-needle technique.
        CleanNeedleTechnique = "CLEAN_NEEDLE_TECHNIQUE",
        /// Blood-borne pathogens.
        BloodbornePathogens = "BLOODBORNE_PATHOGENS",
    }
}

codes! {
    /// Why a credential is suspended.
    pub enum SuspensionKind("suspension kind") {
        /// After a proceeding.
        Disciplinary = "DISCIPLINARY",
        /// Papers or fees.
        Administrative = "ADMINISTRATIVE",
        /// The issuer is not trusted for the range in which it issued this.
        IssuerTaint = "ISSUER_TAINT",
        /// Doubt about what was said.
        IntegrityConcern = "INTEGRITY_CONCERN",
        /// Danger to patients.
        Safety = "SAFETY",
    }
}

codes! {
    /// A stored standing, by name: decisions only, nothing that the passing of time causes.
    pub enum Standing("standing") {
        /// Claimed.
        Unverified = "UNVERIFIED",
        /// Decided to be true.
        Verified = "VERIFIED",
        /// Out of force for now.
        Suspended = "SUSPENDED",
        /// Out of force for good.
        Revoked = "REVOKED",
        /// Taken back by its holder.
        Withdrawn = "WITHDRAWN",
        /// Replaced by a later version.
        Superseded = "SUPERSEDED",
        /// Never was.
        EnteredInError = "ENTERED_IN_ERROR",
    }
}

codes! {
    /// What a credential is worth by itself on a day. Derived, never stored.
    pub enum EffectiveStatus("effective status") {
        /// Decided to be true and still so.
        Verified = "VERIFIED",
        /// Claimed.
        Unverified = "UNVERIFIED",
        /// Was verified, too long ago.
        RevalidationRequired = "REVALIDATION_REQUIRED",
        /// Begins later.
        NotYetValid = "NOT_YET_VALID",
        /// Past its own end.
        Expired = "EXPIRED",
        /// Out of force for now.
        Suspended = "SUSPENDED",
        /// Out of force for good.
        Revoked = "REVOKED",
        /// Taken back by its holder.
        Withdrawn = "WITHDRAWN",
        /// Replaced by a later version.
        Superseded = "SUPERSEDED",
    }
}

/// The stored number of a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CredentialId(pub i64);

/// Who issues credentials, by the name in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    /// Its stored number.
    pub id: i64,
    /// Its legal name today.
    pub name: Box<str>,
}

/// How many people the case took that decided a standing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reviewers {
    /// One reviewed it, another decided it.
    Two,
    /// One did both, which the policy has to allow and the public is told.
    One,
}

impl Reviewers {
    /// Of a case that one person both reviewed and decided, or not.
    pub const fn of(single_reviewer: bool) -> Self {
        if single_reviewer {
            Self::One
        } else {
            Self::Two
        }
    }
}

/// One change of a credential's standing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingChange {
    /// When it was decided.
    pub at: DateTime<Utc>,
    /// What it became.
    pub standing: Standing,
    /// Why, when it became SUSPENDED.
    pub suspension: Option<SuspensionKind>,
    /// By how many, when a case decided it; none for what was done without one, and what came by an
    /// import.
    pub decided: Option<Reviewers>,
}

/// Something an issuer gave a person, and what was decided about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// How often it was changed by an act, itself counted: what a change has to name. Starts at 1.
    pub version: u32,
    /// Its stored number.
    pub id: CredentialId,
    /// What it is.
    pub kind: CredentialKind,
    /// Its title as printed.
    pub title: Box<str>,
    /// Who gave it.
    pub issuer: Issuer,
    /// What it proves, by the name that requirements use: an examination ("NBCE"), a degree
    /// (`DOCTORATE`), a permit or another requirement (`PROOF_TO_BOARD`).
    pub names: Option<Box<str>>,
    /// The state whose endorsement or permit it is.
    pub jurisdiction: Option<Jurisdiction>,
    /// The profession it was given for, where it says so.
    pub discipline: Option<Discipline>,
    /// The number of sessions of a log.
    pub sessions: Option<u32>,
    /// First day.
    pub issued_on: Option<NaiveDate>,
    /// The day on which the work for it ended.
    pub completed_on: Option<NaiveDate>,
    /// Last day; none for what does not expire.
    pub expires_on: Option<NaiveDate>,
    /// Every change of standing, oldest first. None at all is UNVERIFIED.
    pub history: Vec<StandingChange>,
    /// When an appeal overturned its revocation. It stays revoked, another record takes its place,
    /// and from then on it speaks against nobody.
    pub overturned_at: Option<DateTime<Utc>>,
}

impl Credential {
    /// The change in force at the end of a day, in the zone in which it is judged.
    pub fn standing(&self, on: NaiveDate, zone: Tz) -> Option<&StandingChange> {
        self.history
            .iter()
            .rev()
            .find(|change| happened_by(change.at, zone, on))
    }

    /// When the verification in force was given. A suspension that a case lifted renews it; one by the
    /// issuer's taint that was lifted without a case does not: nobody looked at the credential itself
    /// then.
    pub fn verified_at(&self, on: NaiveDate, zone: Tz) -> Option<DateTime<Utc>> {
        self.verification(on, zone).map(|change| change.at)
    }

    /// Was the verification in force checked by one reviewer alone?
    pub fn is_by_one_reviewer(&self, on: NaiveDate, zone: Tz) -> bool {
        let given = self.verification(on, zone);
        given.is_some_and(|change| change.decided == Some(Reviewers::One))
    }

    /// The change that gave the verification in force.
    fn verification(&self, on: NaiveDate, zone: Tz) -> Option<&StandingChange> {
        let known = self
            .history
            .partition_point(|change| happened_by(change.at, zone, on));
        let (last, mut before) = self.history[..known].split_last()?;
        if last.standing != Standing::Verified {
            return None;
        }
        let mut given = last;
        while given.decided.is_none()
            && let [earlier @ .., verified, tainted] = before
            && tainted.suspension == Some(SuspensionKind::IssuerTaint)
            && verified.standing == Standing::Verified
        {
            given = verified;
            before = earlier;
        }
        Some(given)
    }

    /// Did an appeal overturn its revocation by the end of a day?
    pub fn is_overturned(&self, on: NaiveDate, zone: Tz) -> bool {
        self.overturned_at
            .is_some_and(|at| happened_by(at, zone, on))
    }

    /// The last day on which the verification in force counts.
    pub fn revalidation_due_on(&self, on: NaiveDate, zone: Tz, months: u32) -> Option<NaiveDate> {
        local_day(self.verified_at(on, zone)?, zone).checked_add_months(Months::new(months))
    }

    /// The last day on which the verification in force counts and the credential is not past its own
    /// end; `None` when no verification is in force.
    pub fn verified_through(&self, on: NaiveDate, zone: Tz, months: u32) -> Option<NaiveDate> {
        let due = self.revalidation_due_on(on, zone, months)?;
        Some(self.expires_on.map_or(due, |last| last.min(due)))
    }

    /// Was it entered in error? Then it never was, on every day that is asked about.
    pub fn is_in_error(&self) -> bool {
        self.history
            .iter()
            .any(|change| change.standing == Standing::EnteredInError)
    }

    /// What the credential is worth on a day; `None` when it never was (entered in error).
    ///
    /// The first that applies wins: revoked, withdrawn, superseded, suspended, expired, not yet
    /// valid, revalidation required, verified, unverified. An expiry date counts through its whole
    /// day.
    pub fn effective_status(
        &self,
        day: Day,
        zone: Tz,
        revalidation_months: u32,
    ) -> Option<EffectiveStatus> {
        if self.is_in_error() {
            return None;
        }
        let standing = self
            .standing(day.evidence_on(), zone)
            .map_or(Standing::Unverified, |change| change.standing);
        Some(match standing {
            Standing::EnteredInError => return None,
            Standing::Revoked => EffectiveStatus::Revoked,
            Standing::Withdrawn => EffectiveStatus::Withdrawn,
            Standing::Superseded => EffectiveStatus::Superseded,
            Standing::Suspended => EffectiveStatus::Suspended,
            _ if self.expires_on.is_some_and(|last| last < day.on()) => EffectiveStatus::Expired,
            _ if self.issued_on.is_some_and(|first| day.on() < first) => {
                EffectiveStatus::NotYetValid
            }
            Standing::Verified => {
                match self.revalidation_due_on(day.evidence_on(), zone, revalidation_months) {
                    Some(last) if last < day.evidence_on() => EffectiveStatus::RevalidationRequired,
                    _ => EffectiveStatus::Verified,
                }
            }
            Standing::Unverified => EffectiveStatus::Unverified,
        })
    }
}
