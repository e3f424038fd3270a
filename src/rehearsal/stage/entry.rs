//! What is done to entries, to issuers and accounts, and what second people say.

use domain::access::{Act, Role};
use domain::check::CheckMethod;
use domain::issuer::TrustLevel;
use domain::license::{BoardStatus, CheckOutcome, CheckSourceKind, LicenseSource};

use super::{Doing, Stage, absent};
use crate::rehearsal::scene::{Move, Staff, Why};
use crate::rehearsal::{RehearsalError, done};
use crate::service::account::{RoleChange, propose_change_roles};
use crate::service::entry::claim::{self, Word};
use crate::service::entry::license::{self, LookUp};
use crate::service::entry::report::{self, Mistake};
use crate::service::entry::{location, removal};
use crate::service::issuer::{self, IssuerRecord, LiftRequest, TaintRequest};
use crate::service::proposal::{self, Decision};
use crate::store;

/// A taint reaches back so many days.
const REACHES_BACK: u64 = 900;

impl Stage {
    pub(super) async fn entry_act(
        &mut self,
        doing: &Doing<'_>,
        what: Move,
    ) -> Result<(), RehearsalError> {
        match what {
            Move::Taint(why) => self.taint(doing, why).await,
            Move::LiftTaint(why) => self.lift(doing, why).await,
            Move::Confirm => self.second(doing, Decision::Confirm, None).await,
            Move::Decline(why) => self.second(doing, Decision::Decline, Some(why)).await,
            Move::Retract => self.second(doing, Decision::Withdraw, None).await,
            Move::ChangeRoles(of, role, why) => self.change_roles(doing, of, role, why).await,
            Move::LookUpLicense(status) => self.look_up(doing, status).await,
            Move::ConfirmPlace => self.confirm_place(doing).await,
            Move::ClaimEntry(method, statement) => {
                let order = doing.order(Act::ClaimProvider)?;
                let npi = self.plays[doing.scene].person.npi;
                let statement = Some(statement.to_owned());
                let by = doing.by;
                let asked = claim::request(&self.app, by, &order, npi, method, statement).await;
                self.plays[doing.scene].claim = Some(done(&doing.key, asked)?);
                Ok(())
            }
            Move::DeclineClaim(why) => self.decline_claim(doing, why).await,
            Move::AskRemoval(wants_erasure, why) => {
                let order = doing.order(Act::RequestRemoval)?;
                let npi = self.plays[doing.scene].person.npi;
                let why = Some(why.to_owned());
                let by = doing.by;
                let asked = removal::request(&self.app, by, &order, npi, wants_erasure, why).await;
                done(&doing.key, asked).map(drop)
            }
            Move::Report(kind, message) => {
                let order = doing.order(Act::ReportMistake)?;
                let npi = self.plays[doing.scene].person.npi;
                let mistake = Mistake {
                    kind,
                    message: Some(message.to_owned()),
                    reply_to: None,
                };
                let filed = report::file(&self.app, doing.by, &order, npi, mistake).await;
                done(&doing.key, filed).map(drop)
            }
            _ => Err(absent("rehearsal", &doing.key).into()),
        }
    }

    async fn taint(&mut self, doing: &Doing<'_>, (code, text): Why) -> Result<(), RehearsalError> {
        let order = doing.order(Act::TaintIssuer)?;
        let of = self.issuer(doing.scene).await?;
        let today = self.today();
        let request = TaintRequest {
            issuer: of.id.0,
            from: today.checked_sub_days(chrono::Days::new(REACHES_BACK)),
            through: Some(today),
            reason_code: code,
            reason_text: text.into(),
        };
        let version = i64::from(of.version);
        let proposed = issuer::taint(&self.app, doing.by, &order, version, request).await;
        self.plays[doing.scene].proposal = Some(done(&doing.key, proposed)?);
        Ok(())
    }

    async fn lift(&mut self, doing: &Doing<'_>, why: &'static str) -> Result<(), RehearsalError> {
        let order = doing.order(Act::LiftTaint)?;
        let of = self.issuer(doing.scene).await?;
        let taints = store::issuer::trust::in_force(self.app.store.connection()).await?;
        let taint = taints
            .iter()
            .find(|taint| taint.issuer == of.id && taint.level == TrustLevel::Tainted)
            .ok_or_else(|| absent("issuer_trust", of.id.0))?;
        let request = LiftRequest {
            taint: taint.id.0,
            reason_text: why.into(),
        };
        let version = i64::from(of.version);
        let proposed = issuer::lift(&self.app, doing.by, &order, version, request).await;
        self.plays[doing.scene].proposal = Some(done(&doing.key, proposed)?);
        Ok(())
    }

    /// Who issued the scene's credential.
    async fn issuer(&self, scene: usize) -> Result<IssuerRecord, RehearsalError> {
        let file = self.credential_file(scene).await?;
        let latest = file
            .latest()
            .ok_or_else(|| absent("credential", file.id.0))?;
        let id = issuer::IssuerId(latest.content.issuer.id);
        let found = store::issuer::by_id(self.app.store.connection(), id).await?;
        Ok(found.ok_or_else(|| absent("issuer", id.0))?)
    }

    async fn second(
        &mut self,
        doing: &Doing<'_>,
        decision: Decision,
        why: Option<&str>,
    ) -> Result<(), RehearsalError> {
        let order = doing.order(Act::ConfirmAct)?;
        let id = self.plays[doing.scene].proposal;
        let id = id.ok_or_else(|| absent("proposal", doing.scene))?;
        let found = done(&doing.key, proposal::find(&self.app, id).await)?;
        let found = found.ok_or_else(|| absent("proposal", id.0))?;
        let on = (id, i64::from(found.version));
        let decided = proposal::decide(&self.app, doing.by, &order, on, decision, why).await;
        done(&doing.key, decided).map(drop)
    }

    async fn change_roles(
        &mut self,
        doing: &Doing<'_>,
        of: Staff,
        role: Role,
        why: &'static str,
    ) -> Result<(), RehearsalError> {
        let order = doing.order(Act::ProposeAct)?;
        let db = self.app.store.connection();
        let account = store::account::by_name(db, of.account()).await?;
        let account = account.ok_or_else(|| absent("account", of.account()))?;
        let payload = RoleChange {
            account: account.id,
            roles: vec![role],
            expected_version: account.version,
        };
        let proposed = propose_change_roles(&self.app, doing.by, &order, &payload, why).await;
        done(&doing.key, proposed).map(drop)
    }

    async fn look_up(&self, doing: &Doing<'_>, status: BoardStatus) -> Result<(), RehearsalError> {
        let order = doing.order(Act::RecordLicenseCheck)?;
        let play = &self.plays[doing.scene];
        let held = self.on_file(doing.scene).await?;
        let held = held
            .licenses
            .into_iter()
            .find(|it| Some(it.id) == play.license);
        let held = held.ok_or_else(|| absent("license", doing.scene))?;
        let seen = LookUp {
            source: LicenseSource {
                kind: CheckSourceKind::Primary,
                method: CheckMethod::BoardWebsite,
                name: format!("{} board (sample)", held.jurisdiction.name()).into(),
                url: None,
                as_of: self.today().pred_opt().unwrap_or_default(),
                mapping_version: None,
                snapshot_sha256: None,
            },
            outcome: CheckOutcome::Match,
            mismatches: Vec::new(),
            board_status: Some(status),
            board_status_raw: Some("Active (made up)".to_owned()),
            expires_on: held.expires_on,
            note: None,
        };
        let on = (held.id, i64::from(held.version));
        let recorded = license::record_check(&self.app, doing.by, &order, on, seen).await;
        done(&doing.key, recorded).map(drop)
    }

    async fn confirm_place(&self, doing: &Doing<'_>) -> Result<(), RehearsalError> {
        let order = doing.order(Act::ConfirmLocation)?;
        let held = self.on_file(doing.scene).await?;
        let place = held.locations.first();
        let place = place.ok_or_else(|| absent("practice_location", doing.scene))?;
        let on = (place.id, i64::from(place.version));
        let confirmed = location::confirm(&self.app, doing.by, &order, on).await;
        done(&doing.key, confirmed).map(drop)
    }

    async fn on_file(&self, scene: usize) -> Result<domain::provider::Provider, RehearsalError> {
        let npi = self.plays[scene].person.npi;
        let found = store::provider::by_npis(self.app.store.connection(), &[npi]).await?;
        let found = found.into_iter().next();
        Ok(found.ok_or_else(|| absent("provider", npi))?)
    }

    async fn decline_claim(
        &mut self,
        doing: &Doing<'_>,
        why: &'static str,
    ) -> Result<(), RehearsalError> {
        let order = doing.order(Act::ConfirmClaim)?;
        let id = self.plays[doing.scene].claim;
        let id = id.ok_or_else(|| absent("claim", doing.scene))?;
        let found = store::entry::claim::find(self.app.store.connection(), id).await?;
        let found = found.ok_or_else(|| absent("claim", id.0))?;
        let on = (id, found.version);
        let word = Word::No(why.to_owned());
        let declined = claim::decide(&self.app, doing.by, &order, on, word).await;
        done(&doing.key, declined).map(drop)
    }
}
