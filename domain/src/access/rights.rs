//! The one table of rights. tests/api/golden/rights.md shows it as a matrix.

use Reach::{Any, Own};
use Role::{
    Admin, Appeals, Approver, Auditor, Compliance, Provider, ProviderDelegate as Delegate, Public,
    Verifier,
};

use super::{Act, Role};

/// On whose entries an act may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// On one's own; for a delegate, on those whom they act for.
    Own,
    /// On anybody's.
    Any,
}

/// Whether a role may do an act at all, and on whose entries. What the subject's state and the
/// separation of duties add is judged where the act is done.
pub fn reach(role: Role, act: Act) -> Option<Reach> {
    let rights = rights(act).iter();
    rights
        .copied()
        .find(|(of, _)| *of == role)
        .map(|(_, reach)| reach)
}

/// Whoever may do an act. VERIFIER stands beside APPROVER in [`Act::ApproveCase`] because the policy
/// `SINGLE_REVIEWER` lets one verifier decide, and because a verifier who tries without it is told of
/// the separation of duties; the case machine refuses both where they are not allowed.
#[expect(
    clippy::too_many_lines,
    clippy::match_same_arms,
    reason = "a table: a line an act, subject by subject"
)]
pub(super) const fn rights(act: Act) -> &'static [(Role, Reach)] {
    match act {
        Act::RegisterProvider => &[(Provider, Own), (Admin, Any)],
        Act::ClaimProvider => &[(Provider, Any)],
        Act::IssueClaimCode => &[(Verifier, Any), (Admin, Any)],
        Act::ConfirmClaim => &[(Provider, Any), (Verifier, Any), (Admin, Any)],
        Act::UpdateProfile => &[(Provider, Own), (Delegate, Own), (Admin, Any)],
        Act::RequestRemoval => &[(Provider, Own), (Admin, Any)],
        Act::DecideRemoval
        | Act::AddScopeRule
        | Act::CloseScopeRule
        | Act::AddCompactPeriod
        | Act::SetPolicy => &[(Admin, Any)],
        Act::UpsertLicense => &[(Provider, Own), (Delegate, Own), (Verifier, Any)],
        Act::RecordLicenseCheck | Act::RecordRegistryLookup => &[(Verifier, Any)],
        Act::UpsertLocation => &[
            (Provider, Own),
            (Delegate, Own),
            (Verifier, Any),
            (Admin, Any),
        ],
        Act::ConfirmLocation => &[(Provider, Own), (Admin, Any)],
        Act::DraftCredential | Act::UpdateCredentialDraft | Act::DraftAttestation => {
            &[(Provider, Own), (Delegate, Own)]
        }
        Act::OpenCase => &[(Provider, Own), (Delegate, Own), (Verifier, Any)],
        Act::SubmitCase => &[(Provider, Own), (Verifier, Any)],
        Act::SupplyInfo
        | Act::WithdrawCase
        | Act::WithdrawCredential
        | Act::FileAppeal
        | Act::SignAttestation
        | Act::ReviseAttestation
        | Act::WithdrawAttestation => &[(Provider, Own)],
        Act::ClaimCase
        | Act::ReleaseCase
        | Act::RequestInfo
        | Act::RecordCheck
        | Act::ResolveCheck
        | Act::RecommendCase => &[(Verifier, Any), (Appeals, Any)],
        Act::DeclareConflict => &[(Verifier, Any), (Approver, Any), (Appeals, Any)],
        Act::FlagFraud => &[
            (Verifier, Any),
            (Approver, Any),
            (Compliance, Any),
            (Appeals, Any),
        ],
        Act::ApproveCase | Act::RejectCase | Act::ReturnCase => {
            &[(Approver, Any), (Appeals, Any), (Verifier, Any)]
        }
        Act::SuspendCredential
        | Act::InvalidateAttestation
        | Act::AdjudicateMatch
        | Act::HoldEvidence
        | Act::ReleaseEvidence => &[(Compliance, Any)],
        Act::TaintIssuer | Act::LiftTaint => &[(Compliance, Any)],
        Act::ReinstateCredential => &[(Provider, Own), (Verifier, Any), (Compliance, Any)],
        Act::MarkEnteredInError => &[(Verifier, Any), (Approver, Any), (Compliance, Any)],
        Act::ReviewAttestation => &[(Verifier, Any)],
        Act::RunScreening => &[(Compliance, Any), (Admin, Any)],
        Act::UpsertIssuer => &[(Verifier, Any), (Compliance, Any), (Admin, Any)],
        Act::ReportMistake => &[(Public, Any)],
        Act::ResolveReport | Act::CloseTask => &[(Verifier, Any), (Compliance, Any), (Admin, Any)],
        Act::ProposeAct | Act::ConfirmAct => &[
            (Verifier, Any),
            (Approver, Any),
            (Compliance, Any),
            (Admin, Any),
        ],
        Act::UploadEvidence => &[
            (Provider, Own),
            (Delegate, Own),
            (Verifier, Any),
            (Compliance, Any),
            (Appeals, Any),
            (Admin, Any),
        ],
        Act::PurgeEvidence => &[(Compliance, Any), (Admin, Any)],
        Act::DownloadEvidence
        | Act::ReadCase
        | Act::ReadCredentialRecord
        | Act::ReadAttestation
        | Act::ReadAttestationRecords => &[
            (Provider, Own),
            (Delegate, Own),
            (Verifier, Any),
            (Approver, Any),
            (Compliance, Any),
            (Appeals, Any),
            (Auditor, Any),
        ],
        // Whoever may purge knows what there is, and not what it says.
        Act::ReadEvidence | Act::ReadEvidenceOf => &[
            (Provider, Own),
            (Delegate, Own),
            (Verifier, Any),
            (Approver, Any),
            (Compliance, Any),
            (Appeals, Any),
            (Auditor, Any),
            (Admin, Any),
        ],
        Act::ReadCaseQueue => &[
            (Verifier, Any),
            (Approver, Any),
            (Compliance, Any),
            (Appeals, Any),
            (Auditor, Any),
        ],
        Act::WatchCaseQueue => &[
            (Verifier, Any),
            (Approver, Any),
            (Compliance, Any),
            (Appeals, Any),
        ],
        Act::ReadAttestationQueue => &[(Verifier, Any), (Compliance, Any), (Auditor, Any)],
        Act::ReadExclusionMatches => &[(Compliance, Any), (Auditor, Any)],
        Act::ReadScreeningRuns | Act::ReadScreeningCoverage | Act::ReadAuditEvents => {
            &[(Compliance, Any), (Auditor, Any), (Admin, Any)]
        }
        Act::ReadExpiring | Act::ReadTasks | Act::ReadProposals | Act::ReadIssuers => &[
            (Verifier, Any),
            (Approver, Any),
            (Compliance, Any),
            (Auditor, Any),
            (Admin, Any),
        ],
        Act::ReadNotices => &[(Compliance, Any), (Auditor, Any), (Admin, Any)],
        Act::ReadClaims | Act::ReadRemovals => &[
            (Provider, Own),
            (Verifier, Any),
            (Auditor, Any),
            (Admin, Any),
        ],
        Act::ReadReports => &[
            (Verifier, Any),
            (Compliance, Any),
            (Auditor, Any),
            (Admin, Any),
        ],
        Act::ReadAccounts => &[(Auditor, Any), (Admin, Any)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_itself_has_no_right_by_the_api() {
        for act in Act::ALL {
            assert_eq!(reach(Role::System, *act), None, "{act}");
        }
    }

    #[test]
    fn an_auditor_changes_nothing() {
        let changes = Act::ALL
            .iter()
            .take_while(|act| **act != Act::ReadEvidence)
            .filter(|act| reach(Role::Auditor, **act).is_some());
        assert_eq!(changes.count(), 0);
    }

    #[test]
    fn an_admin_has_no_part_in_cases() {
        for act in [
            Act::OpenCase,
            Act::ClaimCase,
            Act::RecommendCase,
            Act::ApproveCase,
            Act::RejectCase,
            Act::SuspendCredential,
            Act::ReadCase,
            Act::ReadCaseQueue,
            Act::DownloadEvidence,
        ] {
            assert_eq!(reach(Role::Admin, act), None, "{act}");
        }
    }

    /// Who cannot read a thing and its version cannot act on it.
    #[test]
    fn whoever_changes_may_read_what_they_change() {
        for (change, read) in [
            (Act::ResolveReport, Act::ReadReports),
            (Act::PurgeEvidence, Act::ReadEvidence),
            (Act::HoldEvidence, Act::ReadEvidence),
            (Act::ConfirmClaim, Act::ReadClaims),
            (Act::IssueClaimCode, Act::ReadClaims),
            (Act::RequestRemoval, Act::ReadRemovals),
            (Act::DecideRemoval, Act::ReadRemovals),
            (Act::CloseTask, Act::ReadTasks),
        ] {
            for role in Role::GIVEN {
                let blind = reach(*role, change).is_some() && reach(*role, read).is_none();
                assert!(!blind, "{role} may {change} and not {read}");
            }
        }
    }

    #[test]
    fn a_delegate_prepares_and_attests_nothing() {
        for act in [
            Act::SubmitCase,
            Act::SignAttestation,
            Act::ConfirmLocation,
            Act::FileAppeal,
        ] {
            assert_eq!(reach(Role::ProviderDelegate, act), None, "{act}");
        }
        assert_eq!(
            reach(Role::ProviderDelegate, Act::DraftCredential),
            Some(Own)
        );
    }

    #[test]
    fn nobody_acts_on_everybody_as_a_provider_but_to_claim() {
        let wide = Act::ALL
            .iter()
            .copied()
            .filter(|act| reach(Provider, *act) == Some(Any));
        assert_eq!(
            wide.collect::<Vec<_>>(),
            [Act::ClaimProvider, Act::ConfirmClaim]
        );
    }
}
