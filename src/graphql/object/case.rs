use async_graphql::{Context, Description, ID, Object};
use domain::access::{Act, Reach};
use domain::case::{About, CaseState as State, Stored};
use domain::check::Check;

use super::{AttestationRecord, CredentialContent};
use crate::graphql::acting::acting;
use crate::graphql::codes::{
    CasePurpose, CaseState, CheckMethod, CheckOutcome, CheckSourceKind, Jurisdiction,
    MismatchField, ReasonCode, Recommendation,
};
use crate::graphql::error::Fault;
use crate::graphql::scalar::{Date, DateTime, Npi};
use crate::service::case::read::{WholeCase, case_id, credential_id, state};
use crate::service::case::{AttachedFile, Passed, Wanted, hex};

/// The work by which a claim becomes a standing. Not public.
#[derive(Description)]
pub struct Case(pub WholeCase);

/// Acts that whoever is reviewed is not told of.
const AMONG_REVIEWERS: [&str; 2] = [Act::DeclareConflict.code(), Act::FlagFraud.code()];

impl Case {
    fn stored(&self) -> Stored {
        Stored::from(&self.0.record.case)
    }

    /// Is whoever asks one of those who review, and not about themselves?
    fn is_told_all(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        let (_, who) = acting(ctx)?;
        let reads_any = matches!(who.acting(Act::ReadCase), Ok((_, Reach::Any)));
        Ok(reads_any && !who.owns(self.0.record.case.file().subject))
    }
}

/// `account_3`.
pub(super) fn account(number: i64) -> ID {
    ID(format!("account_{number}"))
}

#[Object(use_type_description)]
impl Case {
    /// Its id.
    async fn id(&self) -> ID {
        ID(case_id(self.0.record.id()))
    }

    /// How often it was changed: the `expectedVersion` of the next change.
    async fn version(&self) -> i32 {
        super::version(self.0.record.version)
    }

    /// What it is for.
    async fn purpose(&self) -> CasePurpose {
        self.0.record.case.file().purpose.into()
    }

    /// Where it stands now: a lease that has ended reads SUBMITTED, a request that nobody answered in
    /// time reads LAPSED.
    async fn state(&self, ctx: &Context<'_>) -> Result<CaseState, Fault> {
        let (app, _) = acting(ctx)?;
        Ok(state(app, &self.0.record).into())
    }

    /// Whose.
    async fn npi(&self) -> Npi {
        Npi(self.0.record.case.file().subject)
    }

    /// The id of the credential that it is about; null of a case about an attestation.
    async fn credential_id(&self) -> Option<ID> {
        match self.0.record.case.file().about {
            About::Credential(id, kind) => Some(ID(credential_id(id, kind))),
            About::Attestation(_) => None,
        }
    }

    /// The id of the attestation that it is about; null of a case about a credential.
    async fn attestation_id(&self) -> Option<ID> {
        match self.0.record.case.file().about {
            About::Attestation(id) => Some(ID(format!("attestation_{}", id.0))),
            About::Credential(..) => None,
        }
    }

    /// The attestation that it is about, as it stands now; null of a case about a credential.
    async fn attestation(&self) -> Option<AttestationRecord> {
        self.0.attestation.clone().map(AttestationRecord)
    }

    /// Whose law the subject lives under.
    async fn jurisdiction(&self) -> Option<Jurisdiction> {
        self.0.record.jurisdiction.map(Into::into)
    }

    /// What is decided about: the version that a decision binds to.
    async fn content(&self) -> Option<CredentialContent> {
        let version = self.0.record.case.file().content.version;
        let file = self.0.credential.as_ref()?;
        CredentialContent::of(file, version)
    }

    /// The SHA-256 of what is decided about, in hexadecimal: what a signature names.
    async fn content_sha256(&self) -> String {
        hex::text(&self.0.record.case.file().content.sha256)
    }

    /// When it was opened.
    async fn opened_at(&self) -> DateTime {
        self.0.record.case.file().opened_at.into()
    }

    /// The account that opened it.
    async fn opened_by(&self) -> ID {
        account(self.0.record.case.file().opened_by.0)
    }

    /// When it was last submitted.
    async fn submitted_at(&self) -> Option<DateTime> {
        let submission = self.0.record.case.submission();
        submission.map(|submission| submission.at.into())
    }

    /// The account that holds it for review, until `leaseUntil`.
    async fn held_by(&self, ctx: &Context<'_>) -> Result<Option<ID>, Fault> {
        let (app, _) = acting(ctx)?;
        let is_held = state(app, &self.0.record) == State::InReview;
        let lease = self.stored().lease.filter(|_| is_held);
        Ok(lease.map(|lease| account(lease.verifier.0)))
    }

    /// Until when it is held for review; past where the lease has ended.
    async fn lease_until(&self) -> Option<DateTime> {
        self.stored().lease.map(|lease| lease.until.into())
    }

    /// By when somebody has to act; null where no day is set.
    async fn due_at(&self) -> Option<DateTime> {
        self.0.record.due_at.map(Into::into)
    }

    /// The last day to bring what was asked for.
    async fn info_due_on(&self) -> Option<Date> {
        self.stored().request.map(|request| request.due_on.into())
    }

    /// When they were told what is asked for; null before. Nobody's case lapses before.
    async fn info_notice_sent_at(&self) -> Option<DateTime> {
        let sent_at = self.stored().request?.notice_sent_at;
        sent_at.map(Into::into)
    }

    /// What was asked for, round by round.
    async fn info_items(&self) -> Vec<InfoItem<'_>> {
        self.0.work.wanted.iter().map(InfoItem).collect()
    }

    /// What the verifier recommends.
    async fn recommendation(&self) -> Option<Recommendation> {
        let recommended = self.0.record.case.recommended();
        recommended.map(|recommended| recommended.recommendation.into())
    }

    /// The account that recommended.
    async fn verified_by(&self) -> Option<ID> {
        let recommended = self.0.record.case.recommended();
        recommended.map(|recommended| account(recommended.by.0))
    }

    /// The account that decided.
    async fn decided_by(&self) -> Option<ID> {
        let decision = self.0.record.case.decision();
        decision.map(|decision| account(decision.by.0))
    }

    /// When it was decided.
    async fn decided_at(&self) -> Option<DateTime> {
        let decision = self.0.record.case.decision();
        decision.map(|decision| decision.at.into())
    }

    /// Why it was decided so, as a code.
    async fn reason_code(&self) -> Option<ReasonCode> {
        let decision = self.0.record.case.decision();
        decision
            .and_then(|decision| decision.reason)
            .map(Into::into)
    }

    /// The same in words.
    async fn reason_text(&self) -> Option<&str> {
        let decision = self.0.record.case.decision();
        decision.and_then(|decision| decision.note.as_deref())
    }

    /// Did one person both verify and decide, as the policy allowed? Null before a decision.
    async fn single_reviewer(&self) -> Option<bool> {
        let decision = self.0.record.case.decision();
        decision.map(|decision| decision.single_reviewer)
    }

    /// The policy's version under which it was last moved.
    async fn policy_version(&self) -> i32 {
        super::version(self.0.record.case.file().policy_version)
    }

    /// The day whose truth the oldest of the decision's proofs tells.
    async fn psv_as_of(&self) -> Option<Date> {
        let decision = self.0.record.case.decision();
        decision.and_then(|one| one.psv_as_of).map(Into::into)
    }

    /// The last day on which telling the person of the decision is in time.
    async fn notice_due_on(&self) -> Option<Date> {
        self.0
            .record
            .case
            .notice()
            .map(|notice| notice.due_on.into())
    }

    /// When they were told.
    async fn notice_sent_at(&self) -> Option<DateTime> {
        let notice = self.0.record.case.notice()?;
        notice.sent_at.map(Into::into)
    }

    /// Was an appeal filed against the decision?
    async fn appealed(&self) -> bool {
        self.stored().appealed
    }

    /// The id of the case whose decision this one appeals.
    async fn appeal_of_case_id(&self) -> Option<ID> {
        let appeals = self.0.record.case.file().appeals.as_ref()?;
        appeals.case.map(|id| ID(case_id(id)))
    }

    /// The id of the ended case that this one takes up again.
    async fn reopens_case_id(&self) -> Option<ID> {
        let reopens = self.0.record.case.file().reopens;
        reopens.map(|id| ID(case_id(id)))
    }

    /// Did somebody suspect a fraud? It outlives a withdrawal. Null to whom the case is about, and to
    /// those who act for them.
    async fn fraud_flagged(&self, ctx: &Context<'_>) -> Result<Option<bool>, Fault> {
        let is_told = self.is_told_all(ctx)?;
        Ok(is_told.then(|| self.0.record.case.file().fraud_flag))
    }

    /// What the issuer's name, as it was typed off the paper, comes to on the paper's day: MATCH;
    /// `NEEDS_REVIEW` where the issuer bore it on other days; MISMATCH where it never did. Null of a case
    /// about an attestation.
    async fn issuer_named(&self) -> Option<CheckOutcome> {
        self.0.issuer_named().map(Into::into)
    }

    /// The files that prove the claim.
    async fn evidence(&self) -> Vec<CaseEvidence<'_>> {
        self.0.work.files.iter().map(CaseEvidence).collect()
    }

    /// What sources said, oldest first.
    async fn checks(&self) -> Vec<CaseCheck<'_>> {
        let content = &self.0.record.case.file().content;
        let checks = self.0.work.checks.iter();
        checks
            .map(|check| CaseCheck {
                check,
                counts: content.still_holds(&check.field, check.content_version),
            })
            .collect()
    }

    /// Every act on it, oldest first. What reviewers say of themselves and of a suspicion is left out for
    /// whom the case is about, and for those who act for them.
    async fn history(&self, ctx: &Context<'_>) -> Result<Vec<CaseEvent<'_>>, Fault> {
        let is_told = self.is_told_all(ctx)?;
        let passed = self.0.work.passed.iter();
        let told = passed.filter(|one| is_told || !AMONG_REVIEWERS.contains(&&*one.action));
        Ok(told.map(CaseEvent).collect())
    }
}

/// An act on a case. Not public.
#[derive(Description)]
pub struct CaseEvent<'a>(&'a Passed);

#[Object(use_type_description)]
impl CaseEvent<'_> {
    /// When.
    async fn at(&self) -> DateTime {
        self.0.at.into()
    }

    /// The mutation.
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// Where the case stood after it.
    async fn state(&self) -> CaseState {
        self.0.state.into()
    }

    /// Whose act; null of the program's own.
    async fn actor_id(&self) -> Option<ID> {
        self.0.actor.map(account)
    }

    /// In which role.
    async fn role(&self) -> &str {
        &self.0.role
    }

    /// What the signature under it means.
    async fn signature_meaning(&self) -> Option<&str> {
        self.0.signature_meaning.as_deref()
    }

    /// The signatory's name as they wrote it.
    async fn printed_name(&self) -> Option<&str> {
        self.0.printed_name.as_deref()
    }

    /// Why, as a code.
    async fn reason_code(&self) -> Option<&str> {
        self.0.reason_code.as_deref()
    }

    /// Why, in words.
    async fn reason_text(&self) -> Option<&str> {
        self.0.reason_text.as_deref()
    }

    /// The version of the content then.
    async fn content_version(&self) -> Option<i32> {
        self.0.content_version.map(super::version)
    }

    /// The number of the log's entry that tells of it.
    async fn seq(&self) -> String {
        self.0.seq.to_string()
    }
}

/// Something that a verifier asked for. Not public.
#[derive(Description)]
pub struct InfoItem<'a>(&'a Wanted);

#[Object(use_type_description)]
impl InfoItem<'_> {
    /// In which round, from 1.
    async fn round(&self) -> i32 {
        super::version(self.0.round)
    }

    /// What.
    async fn text(&self) -> &str {
        &self.0.what
    }

    /// When the round was answered; null while it waits.
    async fn supplied_at(&self) -> Option<DateTime> {
        self.0.supplied_at.map(Into::into)
    }
}

/// A file attached to a case. Not public; reading its bytes is logged.
#[derive(Description)]
pub struct CaseEvidence<'a>(&'a AttachedFile);

#[Object(use_type_description)]
impl CaseEvidence<'_> {
    /// The id of the file.
    async fn evidence_id(&self) -> ID {
        ID(format!("evidence_{}", self.0.evidence))
    }

    /// The SHA-256 of its bytes, in hexadecimal.
    async fn sha256(&self) -> &str {
        &self.0.sha256
    }

    /// With which version of the content it came.
    async fn content_version(&self) -> i32 {
        super::version(self.0.content_version)
    }

    /// The account that handed it in.
    async fn uploaded_by(&self) -> ID {
        account(self.0.uploaded_by)
    }

    /// When it was attached.
    async fn attached_at(&self) -> DateTime {
        self.0.attached_at.into()
    }
}

/// What a source said in a case. Not public.
#[derive(Description)]
pub struct CaseCheck<'a> {
    check: &'a Check,
    counts: bool,
}

#[Object(name = "Check", use_type_description)]
impl CaseCheck<'_> {
    /// Its id.
    async fn id(&self) -> ID {
        ID(format!("check_{}", self.check.id.0))
    }

    /// Which field it is about; `*` is the whole.
    async fn field_path(&self) -> &str {
        self.check.field.as_str()
    }

    /// Against which version of the content it was made.
    async fn content_version(&self) -> i32 {
        super::version(self.check.content_version)
    }

    /// Does it still count? Not once what it covers was changed.
    async fn counts(&self) -> bool {
        self.counts
    }

    /// How near the source stands to the fact.
    async fn source_kind(&self) -> CheckSourceKind {
        self.check.source.kind.into()
    }

    /// How it was asked.
    async fn method(&self) -> CheckMethod {
        self.check.method.into()
    }

    /// The source.
    async fn source_name(&self) -> &str {
        &self.check.source.name
    }

    /// Where it was read.
    async fn source_url(&self) -> Option<&str> {
        self.check.source.url.as_deref()
    }

    /// The day whose truth it tells.
    async fn source_as_of(&self) -> Date {
        self.check.source.as_of.into()
    }

    /// When it was asked.
    async fn performed_at(&self) -> DateTime {
        self.check.performed_at.into()
    }

    /// The account that asked.
    async fn performed_by(&self) -> ID {
        account(self.check.performed_by.0)
    }

    /// The agreement under which a delegate checked for us.
    async fn delegation_agreement_id(&self) -> Option<&str> {
        self.check.source.delegation_agreement_id.as_deref()
    }

    /// Proof of the contract between an agent and its primary source.
    async fn agent_contract_ref(&self) -> Option<&str> {
        self.check.source.agent_contract_ref.as_deref()
    }

    /// What is made of it now.
    async fn outcome(&self) -> CheckOutcome {
        self.check.outcome().into()
    }

    /// What was found first. Never changed.
    async fn original_outcome(&self) -> CheckOutcome {
        self.check.original_outcome.into()
    }

    /// The account that said what an answer that was not plain is taken for.
    async fn resolved_by(&self) -> Option<ID> {
        let resolution = self.check.resolution?;
        Some(account(resolution.by.0))
    }

    /// When.
    async fn resolved_at(&self) -> Option<DateTime> {
        let resolution = self.check.resolution?;
        Some(resolution.at.into())
    }

    /// Where the source differs.
    async fn mismatches(&self) -> Vec<MismatchField> {
        let mismatches = self.check.mismatches.iter();
        mismatches.copied().map(Into::into).collect()
    }

    /// The SHA-256 of what the source showed, in hexadecimal.
    async fn raw_sha256(&self) -> Option<String> {
        self.check.raw_sha256.as_ref().map(hex::text)
    }

    /// In words.
    async fn note(&self) -> Option<&str> {
        self.check.note.as_deref()
    }
}
