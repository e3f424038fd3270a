//! The closed lists of the API. Each mirrors one list of the domain, variant by variant: one that is
//! missing here does not compile.

mod access;
mod attestation;
mod case;
mod credential;
mod entry;
mod evidence;
mod issuer;
mod jurisdiction;
mod license;
mod listing;
mod needle;
mod notice;
mod place;
mod profession;
mod reason;
mod scope;
mod screening;
mod why;

pub use access::{ProposalKind, ProposalState, Role};
pub use attestation::{AttestationState, FdaPathway};
pub use case::{
    AssessmentResult, CasePurpose, CaseState, CheckMethod, Recommendation, SignatureMeaning,
    Standing, SuspensionKind,
};
pub use credential::{CredentialKind, EffectiveStatus};
pub use entry::{
    ClaimMethod, ClaimState, MistakeKind, RemovalState, ReportState, ReviewPolicy, SilentScope,
};
pub use evidence::{EvidenceKind, PurgeReason};
pub use issuer::{IssuerKind, TrustLevel};
pub use jurisdiction::Jurisdiction;
pub use license::{
    BoardStatus, CheckOutcome, CheckSourceKind, CompactStatus, MismatchField, NpiStatus,
};
pub use listing::{ListingOutcome, ListingReasonCode, ReasonOutcome};
pub use needle::{
    AttestationAssurance, ClaimedStandard, DatePrecision, DeviceIdentifierIssuer, FindingCode,
    FindingSeverity, LotStatus, NeedleCoating, NeedleKind, NeedleMaterial, NeedleProductCode,
    ProductSource, SterilityStatement, SterilizationMethod,
};
pub use notice::{DueKind, NoticeKind, TaskKind, TaskResolution};
pub use place::{CoordinatePrecision, PlaceKind};
pub use profession::Discipline;
pub use reason::ReasonCode;
pub use scope::{
    Confidence, RequirementKind, RequirementSubject, ScopeFlag, ScopeInstrument, ScopeStatus,
};
pub use screening::{
    Agreement, ExclusionList, MatchDecision, MatchRule, MatchState, MatchSubject, MatchTier,
    NameRule, ScreeningCause,
};

pub use why::WhyNotCode;

#[cfg(test)]
mod tests {
    use async_graphql::resolver_utils::EnumType;

    use super::*;

    /// Every code of a domain's list is spelled the same in the API.
    macro_rules! spelled_alike {
        ($($ours:ident = $theirs:path),+ $(,)?) => {$(
            let names: Vec<_> = $ours::items().iter().map(|item| item.name).collect();
            let codes: Vec<_> = <$theirs>::ALL.iter().map(|item| item.code()).collect();
            assert_eq!(names, codes, stringify!($ours));
        )+};
    }

    #[test]
    fn codes_are_spelled_in_the_api_as_everywhere_else() {
        spelled_alike!(
            Agreement = domain::screening::evidence::Agreement,
            AssessmentResult = domain::content::AssessmentResult,
            AttestationState = domain::attestation::AttestationState,
            ExclusionList = domain::screening::ExclusionList,
            MatchDecision = domain::screening::decision::MatchDecision,
            MatchRule = domain::screening::evidence::MatchRule,
            MatchState = domain::screening::MatchState,
            MatchSubject = domain::screening::evidence::MatchSubject,
            MatchTier = domain::screening::MatchTier,
            NameRule = domain::screening::evidence::NameRule,
            ScreeningCause = crate::service::screening::Cause,
            BoardStatus = domain::license::BoardStatus,
            CasePurpose = domain::case::Purpose,
            CaseState = domain::case::CaseState,
            CheckMethod = domain::check::CheckMethod,
            CheckOutcome = domain::license::CheckOutcome,
            CompactStatus = domain::license::compact::CompactStatus,
            ClaimMethod = domain::claim::ClaimMethod,
            ClaimState = domain::claim::ClaimState,
            MismatchField = domain::license::MismatchField,
            MistakeKind = domain::report::MistakeKind,
            RemovalState = domain::report::RemovalState,
            ReportState = domain::report::ReportState,
            ReviewPolicy = domain::policy::ReviewPolicy,
            SilentScope = domain::policy::SilentScope,
            CheckSourceKind = domain::license::CheckSourceKind,
            Confidence = domain::scope::Confidence,
            CoordinatePrecision = domain::place::CoordinatePrecision,
            CredentialKind = domain::credential::CredentialKind,
            Discipline = domain::taxonomy::Discipline,
            EffectiveStatus = domain::credential::EffectiveStatus,
            EvidenceKind = domain::evidence::EvidenceKind,
            FdaPathway = domain::attestation::FdaPathway,
            DueKind = domain::notice::DueKind,
            IssuerKind = crate::service::issuer::IssuerKind,
            NoticeKind = domain::notice::NoticeKind,
            TaskKind = domain::notice::TaskKind,
            TaskResolution = domain::notice::TaskResolution,
            TrustLevel = domain::issuer::TrustLevel,
            Jurisdiction = domain::place::Jurisdiction,
            ListingOutcome = domain::eligibility::ListingOutcome,
            ListingReasonCode = domain::eligibility::ListingReasonCode,
            NpiStatus = domain::provider::NpiStatus,
            PlaceKind = domain::place::PlaceKind,
            PurgeReason = domain::evidence::PurgeReason,
            ReasonCode = domain::duty::ReasonCode,
            ReasonOutcome = domain::eligibility::ReasonOutcome,
            Recommendation = domain::case::Recommendation,
            RequirementKind = domain::scope::RequirementKind,
            RequirementSubject = domain::scope::RequirementSubject,
            ScopeFlag = domain::scope::rule::Flag,
            ScopeInstrument = domain::scope::ScopeInstrument,
            ScopeStatus = domain::scope::ScopeStatus,
            SignatureMeaning = domain::duty::SignatureMeaning,
            Standing = domain::credential::Standing,
            SuspensionKind = domain::credential::SuspensionKind,
            ProposalKind = domain::access::ProposalKind,
            ProposalState = domain::access::ProposalState,
            Role = domain::access::Role,
            SterilityStatement = domain::needle::statement::Statement,
            FindingSeverity = domain::needle::finding::Severity,
            FindingCode = domain::needle::finding::FindingCode,
            DeviceIdentifierIssuer = domain::needle::product::DiIssuer,
            NeedleProductCode = domain::needle::product::ProductCode,
            NeedleKind = domain::needle::product::NeedleKind,
            NeedleMaterial = domain::needle::product::NeedleMaterial,
            NeedleCoating = domain::needle::product::NeedleCoating,
            SterilizationMethod = domain::needle::product::SterilizationMethod,
            ClaimedStandard = domain::needle::product::ClaimedStandard,
            ProductSource = domain::needle::product::ProductSource,
            LotStatus = domain::needle::recall::LotStatus,
            AttestationAssurance = domain::needle::sentence::AttestationAssurance,
            DatePrecision = domain::udi::date::DatePrecision,
            WhyNotCode = domain::why::WhyNotCode,
        );
    }
}
