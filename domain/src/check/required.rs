//! What has to be checked before anybody recommends anything.

use crate::case::Purpose;
use crate::credential::CredentialKind;

/// How much of a credential a case has to check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demand {
    /// Everything that makes it what it is.
    Whole(CredentialKind),
    /// That it is still as it was verified.
    StillSo,
    /// What is held against it.
    Cause,
    /// What was decided about an attestation.
    Attestation,
}

/// The fields that need an answer, as the API spells them.
///
/// Of a training the law asks for hours; of a permit it asks whether it is in force; and of every
/// paper somebody has to say whose it is and who gave it.
pub const fn required(demand: Demand) -> &'static [&'static str] {
    match demand {
        Demand::Whole(kind) => match kind {
            CredentialKind::DryNeedlingTraining => {
                &["holderName", "issuer", "completedOn", "hours"]
            }
            CredentialKind::StateEndorsement
            | CredentialKind::StatePermit
            | CredentialKind::NationalCertification => &["holderName", "issuer", "status"],
            CredentialKind::Degree
            | CredentialKind::CleanNeedleTechnique
            | CredentialKind::BloodbornePathogens => &["holderName", "issuer", "completedOn"],
            CredentialKind::ExamResult => &["holderName", "issuer", "result"],
            CredentialKind::SupervisedSessionsLog => &["holderName", "issuer", "sessions"],
            CredentialKind::RequirementProof => &["holderName", "issuer"],
        },
        Demand::StillSo => &["status"],
        Demand::Cause => &["cause"],
        Demand::Attestation => &["attestation"],
    }
}

impl Demand {
    /// What a case of that purpose about a credential has to check. A revalidation that is too late
    /// (NCQA: no grace; finished within 30 days or begun again), or of another content than was
    /// approved, begins anew: it is a first verification.
    pub const fn of_credential(kind: CredentialKind, purpose: Purpose, is_anew: bool) -> Self {
        match purpose {
            Purpose::Revalidation if !is_anew => Self::StillSo,
            Purpose::ForCause => Self::Cause,
            Purpose::Initial
            | Purpose::Revalidation
            | Purpose::Correction
            | Purpose::Reinstatement
            | Purpose::Appeal => Self::Whole(kind),
        }
    }

    /// Would a decision in favour raise trust?
    pub const fn raises_trust(self) -> bool {
        matches!(self, Self::Whole(_) | Self::StillSo)
    }
}
