use chrono::NaiveDate;

use super::day_after;
use crate::credential::{Credential, CredentialKind, EffectiveStatus, Standing};
use crate::eligibility::ReasonOutcome;
use crate::eligibility::case::Case;
use crate::taxonomy::Discipline;
use crate::time::{Day, months_after};

/// Whether the person is known to be trained in dry needling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrainingFinding<'a> {
    /// A verified dry-needling training, the one that counts longest.
    Trained {
        /// Which.
        credential: &'a Credential,
        /// Did one reviewer alone check it?
        by_one: bool,
        /// The last day on which its verification counts.
        until: Option<NaiveDate>,
    },
    /// An acupuncturist's verified national certification or examination.
    Certified {
        /// Which.
        credential: &'a Credential,
        /// Did one reviewer alone check it?
        by_one: bool,
        /// The last day on which its verification counts.
        until: Option<NaiveDate>,
    },
    /// On file is only what is not verified: the one nearest to it, and what it is worth.
    NotVerified(&'a Credential, EffectiveStatus),
    /// Nothing is on file.
    NotOnFile {
        /// Has the person claimed the entry? If not, it is the registry's alone.
        claimed: bool,
    },
}

impl TrainingFinding<'_> {
    pub(super) const fn outcome(&self) -> ReasonOutcome {
        match self {
            Self::Trained { .. } | Self::Certified { .. } => ReasonOutcome::Pass,
            Self::NotVerified(..) | Self::NotOnFile { .. } => ReasonOutcome::Unknown,
        }
    }

    pub(super) const fn due_on(&self) -> Option<NaiveDate> {
        match self {
            Self::Trained { until, .. } | Self::Certified { until, .. } => *until,
            Self::NotVerified(..) | Self::NotOnFile { .. } => None,
        }
    }
}

pub(super) fn find<'a>(case: &Case<'a>, day: Day) -> TrainingFinding<'a> {
    let training = || case.provider.training.iter().map(|one| &one.credential);
    let by_one = |it: &Credential| it.is_by_one_reviewer(day.evidence_on(), case.zone);
    if let Some((credential, until)) = longest_verified(training(), case, day) {
        return TrainingFinding::Trained {
            credential,
            by_one: by_one(credential),
            until,
        };
    }
    if let Some((credential, until)) = longest_verified(certifications(case), case, day) {
        return TrainingFinding::Certified {
            credential,
            by_one: by_one(credential),
            until,
        };
    }
    training()
        .chain(certifications(case))
        .filter_map(|credential| Some((credential, status(credential, case, day)?)))
        .min_by_key(|(_, status)| *status)
        .map_or(
            TrainingFinding::NotOnFile {
                claimed: case.provider.claimed,
            },
            |(credential, status)| TrainingFinding::NotVerified(credential, status),
        )
}

pub(super) fn days(case: &Case<'_>, days: &mut Vec<NaiveDate>) {
    let training = case.provider.training.iter().map(|one| &one.credential);
    for credential in training.chain(certifications(case)) {
        days_of(credential, case, days);
    }
}

/// The days on which a credential can come to be worth something else.
pub(super) fn days_of(credential: &Credential, case: &Case<'_>, days: &mut Vec<NaiveDate>) {
    days.extend(credential.issued_on);
    days.extend(credential.expires_on.map(day_after));
    for change in &credential.history {
        let on = case.local(change.at);
        days.push(on);
        if change.standing == Standing::Verified {
            let due = months_after(on, case.rules.policy.revalidation_months);
            days.push(day_after(due));
        }
    }
}

/// For an acupuncturist, the national certifications and examinations that are not of another
/// profession.
fn certifications<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a Credential> {
    let counts = case.practice.discipline == Discipline::Acupuncturist;
    case.provider.credentials.iter().filter(move |credential| {
        counts
            && matches!(
                credential.kind,
                CredentialKind::NationalCertification | CredentialKind::ExamResult
            )
            && credential
                .discipline
                .is_none_or(|given_for| given_for == Discipline::Acupuncturist)
    })
}

fn longest_verified<'a>(
    credentials: impl Iterator<Item = &'a Credential>,
    case: &Case<'_>,
    day: Day,
) -> Option<(&'a Credential, Option<NaiveDate>)> {
    let months = case.rules.policy.revalidation_months;
    credentials
        .filter(|credential| status(credential, case, day) == Some(EffectiveStatus::Verified))
        .map(|credential| {
            let until = credential.verified_through(day.evidence_on(), case.zone, months);
            (credential, until)
        })
        .max_by_key(|(_, until)| until.unwrap_or(NaiveDate::MAX))
}

fn status(credential: &Credential, case: &Case<'_>, day: Day) -> Option<EffectiveStatus> {
    credential.effective_status(day, case.zone, case.rules.policy.revalidation_months)
}
