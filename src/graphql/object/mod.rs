//! What the API shows: newtypes over the domain's values, each of one reading.
//!
//! These are the public types. They know nothing of birth dates, exclusion matches, mailing addresses
//! or hidden streets; what admins see will be other types.

mod account;
mod attestation;
mod attestation_record;
mod audit;
mod case;
mod claim;
mod claimed_needle;
mod compact;
mod credential;
mod credential_record;
mod evidence;
mod facets;
mod issuer;
mod license;
mod listing;
mod location;
mod name;
mod needle;
mod notice;
mod place;
mod policy;
mod proposal;
mod proposal_terms;
mod provider;
mod scope;
mod screening;
mod training;
mod why;

pub use account::Account;
pub use attestation::SterilityAttestation;
pub use attestation_record::AttestationRecord;
pub use audit::AuditEvent;
pub use case::{Case, CaseCheck, CaseEvent, CaseEvidence, InfoItem};
pub use claim::{Claim, MistakeReport, Removal, ReportStatus};
pub use compact::CompactPeriod;
pub use credential::Credential;
pub use credential_record::{
    ApprovalPeriod, ContentDifference, CredentialContent, CredentialRecord, Instructor,
    StandingEntry,
};
pub use evidence::{Evidence, EvidenceTombstone};
pub use facets::{BooleanCount, DisciplineCount, JurisdictionCount, LanguageCount, SearchFacets};
pub use issuer::{AdminIssuer, IssuerAlias, IssuerTrust, TaintedCredential};
pub use license::{License, LicenseCheck};
pub use listing::{ListingReason, LocationListing};
pub use location::{Address, Point, PracticeLocation};
pub use name::PersonName;
pub use needle::{NeedleLot, NeedleProduct};
pub use notice::{Expiring, Notice, Task};
pub use place::Place;
pub use policy::Policy;
pub use proposal::Proposal;
pub use proposal_terms::ProposalTerms;
pub use provider::Provider;
pub use scope::{ScopeDecision, ScopeNotice, ScopeRequirement, ScopeRule};
pub use screening::{
    ExclusionMatch, ExclusionRowField, MatchChange, MatchEvidence, ScreeningCoverage, ScreeningRun,
};
pub use training::{CourseApproval, Issuer, TrainingCredential, TrainingHours};

pub use why::WhyNot;

use async_graphql::Context;

use std::sync::Arc;

use super::readings::Readings;
use crate::service::Reading;

/// What this request sees; [`super::Schema::execute`] puts it there, and every change of the request
/// renews it, so that a payload shows what came of it.
pub(super) fn reading<'a>(ctx: &Context<'a>) -> &'a Reading {
    ctx.data_unchecked::<Arc<Readings>>().latest()
}

/// A version as the API tells it.
pub(super) fn version(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// A count as the API tells it: GraphQL's Int ends at 2,147,483,647.
pub(super) fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
