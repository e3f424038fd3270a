//! Deciding a case (C9, C10, C11), and what an approval does to the standing of the credential, in the
//! same transaction.

use domain::case::action::Deciding;
use domain::case::{About, Action, Approved, Case, CaseId, Effect};
use domain::credential::{CredentialId, Standing};
use domain::duty::{Actor, ReasonCode};
use domain::evidence::EvidenceId;
use domain::standing::{self, Entry, Replacement};

use super::step::{self, CaseOrder, Step};
use super::{CredentialFile, Signed, StandingRow, notice, review};
use crate::app::App;
use crate::service::provider::home_zone;
use crate::service::{Change, Order, Requester, Trouble, attestation, perform};
use crate::store;

/// Why, as a code and in words.
#[derive(Debug, Clone, Default)]
pub struct Reason {
    /// As a code.
    pub code: Option<ReasonCode>,
    /// In words.
    pub text: Option<Box<str>>,
}

/// C9: decides for. The signature is over the content that was shown; every proof is judged anew for
/// its age; the standing follows in the same transaction.
pub async fn approve(
    app: &App,
    who: &Requester,
    order: &Order,
    case: CaseOrder,
    signed: Signed,
    reason: Reason,
) -> Result<CaseId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let table = review::load(change, case).await?;
        let zone = home_zone(&table.provider);
        let (credential, content) = (table.credential.clone(), table.content.clone());
        let (meaning, name) = (signed.meaning, signed.printed_name.clone());
        let deciding = Deciding {
            signing: signed.clone().into(),
            reason: reason.code,
            note: reason.text.clone(),
        };
        let step = table.take(change, Action::Approve(deciding))?;
        let step = step
            .because(reason.code, reason.text.clone())
            .signed(meaning, name);
        step.finish(change).await?;
        if let Case::Approved(approved) = &step.after.case
            && step.effects.contains(&Effect::StandingFollows)
        {
            let followed = Followed {
                change,
                approved,
                zone,
            };
            match (credential, step.after.case.file().about) {
                (Some(credential), _) => followed.by(&credential, &content).await?,
                (None, About::Attestation(id)) => {
                    attestation::decided::follow(change, id, approved).await?;
                }
                (None, About::Credential(..)) => return Err(Trouble::NotFound("credential")),
            }
        }
        Ok(case.id.0)
    })
    .await
    .map(CaseId)
}

/// C10: decides against, for a reason.
pub async fn reject(
    app: &App,
    who: &Requester,
    order: &Order,
    case: CaseOrder,
    signed: Signed,
    reason: Reason,
) -> Result<CaseId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let table = review::load(change, case).await?;
        let (meaning, name) = (signed.meaning, signed.printed_name.clone());
        let deciding = Deciding {
            signing: signed.clone().into(),
            reason: reason.code,
            note: reason.text.clone(),
        };
        let step = table.take(change, Action::Reject(deciding))?;
        let step = step
            .because(reason.code, reason.text.clone())
            .signed(meaning, name);
        finish(change, &step).await?;
        Ok(case.id.0)
    })
    .await
    .map(CaseId)
}

/// C11: sends a case back to the verifier who recommended, for a reason.
pub async fn send_back(
    app: &App,
    who: &Requester,
    order: &Order,
    case: CaseOrder,
    reason: Reason,
) -> Result<CaseId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let table = review::load(change, case).await?;
        let action = Action::Return {
            reason: reason.code,
        };
        let step = table.take(change, action)?;
        let step = step.because(reason.code, reason.text.clone());
        finish(change, &step).await?;
        Ok(case.id.0)
    })
    .await
    .map(CaseId)
}

async fn finish(change: &Change<'_>, step: &Step) -> Result<(), Trouble> {
    step.finish(change).await?;
    Ok(())
}

/// What a change of standing rests on, of which no case tells.
#[derive(Debug, Clone, Default)]
pub(super) struct Basis {
    /// In words.
    pub(super) words: Option<Box<str>>,
    /// The files that show it.
    pub(super) evidence: Vec<EvidenceId>,
}

impl Basis {
    /// For the log: what became of the credential, and what that rests on.
    fn told(&self, standing: Standing) -> String {
        let mut text = standing.code().to_owned();
        if let Some(words) = &self.words {
            text.push_str(": ");
            text.push_str(words);
        }
        if !self.evidence.is_empty() {
            let files = self.evidence.iter().map(|id| format!("evidence_{}", id.0));
            text.push_str(" [");
            text.push_str(&files.collect::<Vec<_>>().join(", "));
            text.push(']');
        }
        text
    }
}

/// An approval that is just taking effect.
struct Followed<'a> {
    change: &'a Change<'a>,
    approved: &'a Approved,
    zone: chrono_tz::Tz,
}

impl Followed<'_> {
    /// Moves the credential's standing, and what follows from that.
    async fn by(
        &self,
        credential: &CredentialFile,
        content: &domain::content::Content,
    ) -> Result<(), Trouble> {
        let moved = self.take(credential, standing::Action::Follow(self.approved))?;
        let verified = moved.record.standing() == Standing::Verified;
        if verified {
            store::case::project(&self.change.txn, credential.id, content, false).await?;
        }
        if let Some(entry) = &moved.entry {
            write(self.change, credential, entry, &Basis::default()).await?;
            if credential.standing() != Standing::Unverified {
                let due_on = self.approved.notice.due_on;
                notice::tell_standing(self.change, credential, entry.standing, due_on).await?;
            }
        }
        for effect in moved.effects {
            match effect {
                standing::Effect::SupersedeEarlier(earlier) => {
                    self.supersede(earlier, &moved.record).await?;
                }
                standing::Effect::Replace(replacement) => {
                    self.replace(credential, content, replacement).await?;
                }
                standing::Effect::ReviewSuspension { .. } => {}
            }
        }
        Ok(())
    }

    /// S9: the earlier version gives way.
    async fn supersede(
        &self,
        earlier: CredentialId,
        successor: &standing::Record,
    ) -> Result<(), Trouble> {
        let file = step::credential(self.change, earlier).await?;
        let action = standing::Action::Supersede {
            successor,
            approved: self.approved,
        };
        let moved = self.take(&file, action)?;
        if let Some(entry) = &moved.entry {
            write(self.change, &file, entry, &Basis::default()).await?;
        }
        Ok(())
    }

    /// S8: a new record takes the place of the revoked one, which stays revoked and says why.
    async fn replace(
        &self,
        revoked: &CredentialFile,
        content: &domain::content::Content,
        replacement: Replacement,
    ) -> Result<(), Trouble> {
        let (change, txn) = (self.change, &self.change.txn);
        let file = &self.approved.pending.submitted.file;
        let overturned = standing::Overturned {
            case: file.id,
            at: self.approved.decision.at,
        };
        store::case::mark_overturned(txn, revoked.id, overturned).await?;
        step::bump(change, revoked).await?;
        let mut event = change.event("credential", step::credential_id(revoked.id, revoked.kind));
        event.entity_version = Some(u64::from(revoked.version) + 1);
        event.case_id = Some(step::case_id(file.id));
        event.changed_fields = vec!["overturnedBy".to_owned()];
        change.log(event).await?;

        let id = store::case::draft(txn, revoked.npi, content, None, Some(revoked.id)).await?;
        super::draft::write(change, id, 1, content).await?;
        store::case::freeze(txn, id, 1, change.now).await?;
        store::case::project(txn, id, content, false).await?;
        let (_, entry) = replacement.record(id);
        let fresh = CredentialFile {
            id,
            version: 0,
            contents: Vec::new(),
            standings: Vec::new(),
            ..revoked.clone()
        };
        append(change, &fresh, &entry, &Basis::default()).await
    }

    fn take(
        &self,
        credential: &CredentialFile,
        action: standing::Action<'_>,
    ) -> Result<standing::Moved, Trouble> {
        let (change, zone) = (self.change, self.zone);
        let by = step::person(change, credential.npi)?;
        standing::take(
            super::standing::record(credential),
            &Actor::Person(by),
            action,
            change.now,
            (zone, &change.policy),
        )
        .map_err(super::standing::refused)
    }
}

/// Writes a change of standing: the row, the count of the credential's changes, the entry in the log.
pub(super) async fn write(
    change: &Change<'_>,
    credential: &CredentialFile,
    entry: &Entry,
    basis: &Basis,
) -> Result<(), Trouble> {
    step::bump(change, credential).await?;
    append(change, credential, entry, basis).await
}

async fn append(
    change: &Change<'_>,
    credential: &CredentialFile,
    entry: &Entry,
    basis: &Basis,
) -> Result<(), Trouble> {
    let row = StandingRow {
        at: entry.at,
        standing: entry.standing,
        suspension: entry.suspension,
        reason_code: entry.reason.map(|reason| reason.code().to_owned()),
        reason_text: basis.words.as_deref().map(Into::into),
        evidence: basis.evidence.iter().map(|id| id.0).collect(),
        case_id: entry.case.map(|case| case.0),
        single_reviewer: entry.single_reviewer,
        psv_as_of: entry.psv_as_of,
        assurance: assurance(change, entry).await?,
        seq: Some(change.txn.next_seq()),
    };
    store::case::append_standing(&change.txn, credential.id, &row).await?;
    store::provider::touch(&change.txn, &[credential.npi]).await?;
    let id = step::credential_id(credential.id, credential.kind);
    let mut event = change.event("credential", id);
    event.entity_version = Some(u64::from(credential.version) + 1);
    event.case_id = entry.case.map(step::case_id);
    event.reason_code = row.reason_code.clone();
    event.reason_text = Some(basis.told(entry.standing));
    event.changed_fields = vec!["standing".to_owned()];
    change.log(event).await?;
    Ok(())
}

/// How well a verification is proved: by the nearest source that agreed.
async fn assurance(change: &Change<'_>, entry: &Entry) -> Result<Option<String>, Trouble> {
    use domain::license::{CheckOutcome, CheckSourceKind as Kind};
    let (Standing::Verified, Some(case)) = (entry.standing, entry.case) else {
        return Ok(None);
    };
    let checks = store::case::checks(change.txn.db(), case).await?;
    let agreed = checks
        .iter()
        .filter(|check| check.outcome() == CheckOutcome::Match)
        .map(|check| check.source.kind);
    let level = agreed
        .map(|kind| match kind {
            Kind::IssuerSignature => (3, "ISSUER_SIGNED"),
            Kind::Primary | Kind::AgentOfPrimary | Kind::PrimaryEquivalent => (2, "PRIMARY_SOURCE"),
            Kind::Delegate | Kind::Secondary => (1, "EVIDENCE_REVIEWED"),
            Kind::Self_ => (0, "SELF_ATTESTED"),
        })
        .max();
    Ok(level.map(|(_, code)| code.to_owned()))
}
