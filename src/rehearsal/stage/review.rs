//! What verifiers, approvers and appeals officers do with cases.

use domain::access::Act;
use domain::case::action::{Asked, Recommending};
use domain::case::{Purpose, Recommendation};
use domain::duty::SignatureMeaning;

use super::credential::{order_of, reason};
use super::{Doing, Stage, absent};
use crate::rehearsal::scene::{Look, Move, Why};
use crate::rehearsal::{RehearsalError, done};
use crate::service::case::{self, CaseOrder, NewCheck};

impl Stage {
    pub(super) async fn review_act(
        &mut self,
        doing: &Doing<'_>,
        what: Move,
    ) -> Result<(), RehearsalError> {
        let (app, by) = (&self.app, doing.by);
        let record = self.case(doing.scene).await?;
        let on = order_of(&record);
        let is_appeal = record.case.file().purpose == Purpose::Appeal;
        let decides = |meaning: SignatureMeaning| {
            let meaning = if is_appeal {
                SignatureMeaning::AppealDecision
            } else {
                meaning
            };
            self.signed(doing, &record, meaning)
        };
        let outcome = match what {
            Move::Claim => case::claim(app, by, &doing.order(Act::ClaimCase)?, on).await,
            Move::Release => case::release(app, by, &doing.order(Act::ReleaseCase)?, on).await,
            Move::Check(look) => return self.check(doing, on, look).await,
            Move::Resolve(outcome, note) => {
                let order = doing.order(Act::ResolveCheck)?;
                let check = self.plays[doing.scene].check;
                let check = check.ok_or_else(|| absent("check", doing.scene))?;
                let of = (check, on.expected_version);
                let note = Some(note.into());
                let resolved = case::resolve_check(app, by, &order, of, outcome, note).await;
                resolved.map(|(case, _)| case)
            }
            Move::Ask(reason, items) => {
                let order = doing.order(Act::RequestInfo)?;
                let asked = Asked {
                    reason: Some(reason),
                    items: items.iter().map(|item| (*item).into()).collect(),
                    due_on: None,
                };
                case::request_info(app, by, &order, on, asked, None).await
            }
            Move::Recommend(against) => {
                let order = doing.order(Act::RecommendCase)?;
                let name = Some(self.printed(doing));
                let what = recommending(against);
                case::recommend(app, by, &order, on, what, name).await
            }
            Move::Approve(why) => {
                let order = doing.order(Act::ApproveCase)?;
                let signed = decides(SignatureMeaning::Approval);
                case::approve(app, by, &order, on, signed, reason(why)).await
            }
            Move::Reject(why) => {
                let order = doing.order(Act::RejectCase)?;
                let signed = decides(SignatureMeaning::Rejection);
                case::reject(app, by, &order, on, signed, reason(Some(why))).await
            }
            Move::SendBack(why) => {
                let order = doing.order(Act::ReturnCase)?;
                case::send_back(app, by, &order, on, reason(Some(why))).await
            }
            _ => return Err(absent("rehearsal", &doing.key).into()),
        };
        done(&doing.key, outcome).map(drop)
    }

    async fn check(
        &mut self,
        doing: &Doing<'_>,
        on: CaseOrder,
        look: Look,
    ) -> Result<(), RehearsalError> {
        let order = doing.order(Act::RecordCheck)?;
        let file = self.credential_file(doing.scene).await?;
        let latest = file.latest();
        let issuer = latest.map(|latest| latest.content.issuer.named.clone());
        // Of the day before: wherever the person is, that day is over.
        let as_of = self.today().pred_opt().unwrap_or_default();
        let field = look.field.parse();
        let field = field.map_err(|_| absent("check", look.field))?;
        let new = NewCheck {
            field,
            source_kind: look.source,
            method: look.method,
            source_name: issuer.unwrap_or_else(|| "The issuer".into()),
            source_url: None,
            source_as_of: as_of,
            performed_at: None,
            delegation_agreement_id: None,
            agent_contract_ref: None,
            outcome: look.outcome,
            mismatches: look.mismatches.to_vec(),
            raw_sha256: None,
            note: look.note.map(Into::into),
            issuer_named: None,
        };
        let recorded = case::record_check(&self.app, doing.by, &order, on, new).await;
        let (_, check) = done(&doing.key, recorded)?;
        self.plays[doing.scene].check = Some(check);
        Ok(())
    }
}

fn recommending(against: Option<Why>) -> Recommending {
    Recommending {
        recommendation: match against {
            None => Recommendation::Approve,
            Some(_) => Recommendation::Reject,
        },
        reason: against.map(|(code, _)| code),
        note: against.map(|(_, text)| text.into()),
    }
}
