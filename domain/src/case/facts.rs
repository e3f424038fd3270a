//! What a step is told beside the case: the policy, the claim, the checks, the screening.

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::check::Check;
use crate::credential::{Credential, CredentialKind};
use crate::issuer::TrustLevel;
use crate::place::Jurisdiction;
use crate::policy::Policy;
use crate::screening::{MatchState, Screening, ScreeningFinding};
use crate::time::happened_by;
use crate::training::TrainingCredential;

/// What a step is told beside the case.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The policy in force.
    pub policy: &'a Policy,
    /// The zone in which the days of the case are told: of the provider's jurisdiction.
    pub zone: Tz,
    /// The zone of the place where the work was completed; [`completion_zone`] where it is unknown.
    pub completion_zone: Tz,
    /// What is claimed, as on file now.
    pub claimed: Claimed<'a>,
    /// Every check of the case.
    pub checks: &'a [Check],
    /// What the lists of excluded people say.
    pub screening: ScreeningFacts,
    /// What the issuer's word was worth on the day of issue.
    pub issuer_trust: TrustLevel,
    /// The last day on which the verification in force counts, of a revalidation.
    pub revalidation_due_on: Option<NaiveDate>,
}

/// What is claimed.
#[derive(Debug, Clone, Copy)]
pub enum Claimed<'a> {
    /// A dry-needling training.
    Training(&'a TrainingCredential),
    /// Any other credential.
    Credential(&'a Credential),
    /// An attestation, on appeal.
    Attestation,
}

/// What screening says at a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ScreeningFacts {
    /// The day of the last search; `None` when there was none.
    pub screened_on: Option<NaiveDate>,
    /// How many matches nobody has decided.
    pub unresolved: usize,
    /// Is an exclusion confirmed that no waiver lifts here?
    pub is_excluded: bool,
}

/// The zone in which a day of completion is judged: of the place where it was completed, else of the
/// provider's jurisdiction, else Washington's.
pub fn completion_zone(completed_in: Option<Jurisdiction>, provider: Option<Jurisdiction>) -> Tz {
    completed_in.or(provider).unwrap_or(Jurisdiction::Dc).zone()
}

impl<'a> Claimed<'a> {
    /// The credential of a claim.
    pub const fn credential(self) -> Option<&'a Credential> {
        match self {
            Self::Training(training) => Some(&training.credential),
            Self::Credential(credential) => Some(credential),
            Self::Attestation => None,
        }
    }

    /// The fields without which nobody could check it, as the API spells them.
    pub fn missing(self) -> Vec<&'static str> {
        let Some(credential) = self.credential() else {
            return Vec::new();
        };
        let mut missing = Vec::new();
        let mut need = |is_there: bool, field| {
            if !is_there {
                missing.push(field);
            }
        };
        need(!credential.title.trim().is_empty(), "title");
        match credential.kind {
            CredentialKind::DryNeedlingTraining => {
                need(credential.completed_on.is_some(), "completedOn");
                let hours = match self {
                    Self::Training(training) => training.hours.total_minutes(),
                    Self::Credential(_) | Self::Attestation => 0,
                };
                need(hours > 0, "hours");
            }
            CredentialKind::StateEndorsement | CredentialKind::StatePermit => {
                need(credential.jurisdiction.is_some(), "jurisdiction");
                need(credential.issued_on.is_some(), "issuedOn");
            }
            CredentialKind::NationalCertification => {
                need(credential.issued_on.is_some(), "issuedOn");
            }
            CredentialKind::Degree | CredentialKind::ExamResult => {
                need(credential.names.is_some(), "names");
                need(credential.completed_on.is_some(), "completedOn");
            }
            CredentialKind::RequirementProof => need(credential.names.is_some(), "names"),
            CredentialKind::SupervisedSessionsLog => {
                need(credential.sessions.is_some(), "sessions");
                need(credential.completed_on.is_some(), "completedOn");
            }
            CredentialKind::CleanNeedleTechnique | CredentialKind::BloodbornePathogens => {
                need(credential.completed_on.is_some(), "completedOn");
            }
        }
        missing
    }
}

impl ScreeningFacts {
    /// As a person's screening stands at the end of a day, for a place of that jurisdiction.
    pub fn of(screening: &Screening, on: NaiveDate, zone: Tz, place: Option<Jurisdiction>) -> Self {
        let unresolved = screening
            .matches
            .iter()
            .filter_map(|found| {
                let changes = found.history.iter().rev();
                changes
                    .into_iter()
                    .find(|change| happened_by(change.at, zone, on))
            })
            .filter(|change| match change.state {
                MatchState::New | MatchState::UnderReview | MatchState::Inconclusive => true,
                MatchState::Confirmed
                | MatchState::FalsePositive
                | MatchState::Waived
                | MatchState::Reinstated => false,
            })
            .count();
        let screened_on = screening
            .screened_at
            .iter()
            .filter(|at| happened_by(**at, zone, on))
            .max()
            .map(|at| crate::time::local_day(*at, zone));
        Self {
            screened_on,
            unresolved,
            is_excluded: matches!(
                screening.finding(on, zone, place),
                ScreeningFinding::Excluded(_)
            ),
        }
    }
}
