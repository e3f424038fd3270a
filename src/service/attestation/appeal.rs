//! N12: an appeal against what was decided about an attestation, heard as a case of its own (C13).

use domain::case::{Appeal, AppealPapers, CaseId, Content, Purpose, file_appeal};
use domain::duty::AccountId;
use domain::evidence::EvidenceId;
use domain::needle::action::{Action, Effect};
use domain::needle::appeal::{AppealDays, AppealFiled};
use domain::time::local_day;

use super::step::{self, Places, Told};
use super::{AttestationOrder, Filed};
use crate::app::App;
use crate::service::case::{self, Signed};
use crate::service::{Change, Order, Requester, Trouble, perform};
use crate::store;

/// Files an appeal, once and within the policy's days after the notice of the decision was sent. What is
/// signed for is what was decided about: the text of the attestation as it was signed. Nobody who acted on
/// it hears the appeal.
pub async fn file(
    app: &App,
    who: &Requester,
    order: &Order,
    attestation: AttestationOrder,
    evidence: &[EvidenceId],
    signed: Signed,
    grounds: Option<Box<str>>,
) -> Result<CaseId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let before = step::load(change, attestation).await?;
        let claim = before.attestation.claim().clone();
        let provider = step::subject(change, claim.subject).await?;
        let places = Places::of(&provider, &claim.content);
        let brought = case::files(change, claim.subject, evidence).await?;
        let payload_sha256 = before.attestation.signature().map(|it| it.payload_sha256);
        let acted = also_acted(change, &before).await?;
        let days = AppealDays {
            notified_on: before.notified_at.map(|at| local_day(at, places.zone)),
            on: places.today(change),
            days: change.policy.appeal_days,
        };
        let moved = step::taken(change, before.attestation, Action::Appeal(days))?;
        let filed = moved.effects.iter().find_map(|effect| match effect {
            Effect::OpenAppeal(filed) => Some(filed.clone()),
            _ => None,
        });
        // Whatever may be appealed was signed, and leads to an appeal.
        let (Some(mut filed), Some(content_sha256)) = (filed, payload_sha256) else {
            return Err(Trouble::guard("this decision cannot be appealed"));
        };
        bar(&mut filed, acted);
        let appeal = Appeal::of_attestation(filed);
        case::make_room(change, appeal.about(), Purpose::Appeal, places.zone).await?;
        let papers = AppealPapers {
            id: store::case::next_id(&change.txn),
            content_sha256,
            evidence: brought
                .iter()
                .map(|file| case::attached(change, file))
                .collect(),
            signing: signed.clone().into(),
        };
        let by = step::person(change, claim.subject)?;
        let mut submitted =
            file_appeal(&by, appeal, papers, change.now, &change.policy).map_err(case::refused)?;
        submitted.file.content = Content {
            version: claim.version,
            ..submitted.file.content
        };
        let told = Told {
            reason_text: grounds.as_deref(),
            changed_fields: &["appealed"],
            ..Told::default()
        };
        let step = step::plain(change, &moved);
        step::keep(change, before.row_version, step, told).await?;
        let jurisdiction = places.jurisdictions.first().copied();
        let id = case::lodge(
            change,
            submitted,
            jurisdiction,
            &brought,
            grounds.as_deref(),
        )
        .await?;
        Ok(id.0)
    })
    .await
    .map(CaseId)
}

/// Who had a part in what was decided about beside those whom the machine knows: whoever wrote it down,
/// and whoever brought what its reviewer saw.
async fn also_acted(change: &Change<'_>, before: &Filed) -> Result<Vec<AccountId>, Trouble> {
    let mut acted: Vec<AccountId> = before.drafted_by.into_iter().collect();
    if !before.evidence.is_empty() {
        let npi = before.attestation.claim().subject;
        let files = store::evidence::of_provider(change.txn.db(), npi).await?;
        let seen = files
            .iter()
            .filter(|file| before.evidence.contains(file.sha256.as_bytes()));
        acted.extend(seen.filter_map(|file| Some(AccountId(file.uploaded_by?.0))));
    }
    Ok(acted)
}

fn bar(filed: &mut AppealFiled, acted: Vec<AccountId>) {
    filed.barred.extend(acted);
    filed.barred.sort_unstable();
    filed.barred.dedup();
}
