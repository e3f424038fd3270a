//! What is done to attestations about needles.

use chrono::TimeDelta;
use domain::access::Act;
use domain::attestation::{AttestationState, FdaPathway};
use domain::evidence::EvidenceKind;
use domain::needle::product::{
    NeedleCoating, NeedleKind, NeedleMaterial, ProductSource, SterilizationMethod,
};
use domain::needle::statement::Statement;
use domain::udi::date::DatePrecision;

use super::{Doing, Stage, absent};
use crate::rehearsal::scene::{Lot, Move, Who, Why};
use crate::rehearsal::{RehearsalError, done};
use crate::service::attestation::draft::{self, Drafting};
use crate::service::attestation::invalidate::invalidate;
use crate::service::attestation::review::{Reviewing, review};
use crate::service::attestation::sign::{Signing, sign};
use crate::service::attestation::typed::{TypedLot, TypedProduct};
use crate::service::attestation::{AttestationOrder, Filed, payload};
use crate::store;

/// Brands that do not exist, with device identifiers under the GS1 prefix 952, which is kept for
/// demonstrations.
const NEEDLES: [(&str, &str, &str); 3] = [
    ("Quillpoint", "Sample Needle Works", "09521234000013"),
    (
        "Fernlight Sterile",
        "Example Device Company",
        "09521234000020",
    ),
    ("Larkspindle One", "Sample Needle Works", "09521234000037"),
];

impl Stage {
    pub(super) async fn needle_act(
        &mut self,
        doing: &Doing<'_>,
        what: Move,
    ) -> Result<(), RehearsalError> {
        if let Move::Needles(lot) = what {
            return self.write_needles(doing, lot).await;
        }
        let (app, by) = (&self.app, doing.by);
        let on = self.attestation_order(doing.scene).await?;
        let outcome = match what {
            Move::Sign(denied) => return self.sign(doing, denied).await,
            Move::Accept => return self.look_at(doing, None).await,
            Move::Refuse(why) => return self.look_at(doing, Some(why)).await,
            Move::Revise => draft::revise(app, by, &doing.order(Act::ReviseAttestation)?, on).await,
            Move::TakeNeedlesBack => {
                draft::withdraw(app, by, &doing.order(Act::WithdrawAttestation)?, on).await
            }
            Move::Invalidate((code, text)) => {
                let order = doing.order(Act::InvalidateAttestation)?;
                invalidate(app, by, &order, on, Some(code), Some(text.into())).await
            }
            _ => return Err(absent("rehearsal", &doing.key).into()),
        };
        done(&doing.key, outcome).map(drop)
    }

    async fn write_needles(&mut self, doing: &Doing<'_>, lot: Lot) -> Result<(), RehearsalError> {
        let order = doing.order(Act::DraftAttestation)?;
        let play = &self.plays[doing.scene];
        // What is a draft still is written anew; beside what was signed, another is begun.
        let held = match play.attestation {
            Some(_) => Some(self.attestation(doing.scene).await?),
            None => None,
        };
        let held = held.filter(|it| it.attestation.state() == AttestationState::Draft);
        let drafting = Drafting {
            npi: play.person.npi,
            attestation: held.as_ref().map(order_of),
            locations: play.location.into_iter().collect(),
            products: vec![self.product(lot)],
            label_photos: Vec::new(),
        };
        let drafted = draft::draft(&self.app, doing.by, &order, drafting).await;
        self.plays[doing.scene].attestation = Some(done(&doing.key, drafted)?);
        Ok(())
    }

    async fn sign(
        &self,
        doing: &Doing<'_>,
        denied: Option<Statement>,
    ) -> Result<(), RehearsalError> {
        let order = doing.order(Act::SignAttestation)?;
        let filed = self.attestation(doing.scene).await?;
        let license = self.plays[doing.scene].license;
        let answers = Statement::ALL.iter().copied();
        let signing = Signing {
            shown_sha256: payload::shown(filed.attestation.claim()).sha256,
            answers: answers
                .map(|statement| (statement, Some(statement) != denied))
                .collect(),
            printed_name: self.printed(doing).into(),
            license: license.ok_or_else(|| absent("license", doing.scene))?,
        };
        let signed = sign(&self.app, doing.by, &order, order_of(&filed), signing).await;
        done(&doing.key, signed).map(drop)
    }

    /// A reviewer's word, upon a photograph that the person has handed in.
    async fn look_at(&self, doing: &Doing<'_>, against: Option<Why>) -> Result<(), RehearsalError> {
        let order = doing.order(Act::ReviewAttestation)?;
        let holder = self.hand(doing.scene, Who::Holder)?.clone();
        let hands_in = Doing {
            by: &holder,
            who: Who::Holder,
            key: doing.key.clone(),
            scene: doing.scene,
        };
        let kind = EvidenceKind::LabelPhoto;
        let photo = self.file(&hands_in, kind, "A label").await?;
        let on = self.attestation_order(doing.scene).await?;
        let reviewing = Reviewing {
            accepts: against.is_none(),
            evidence: vec![photo],
            reason: against.map(|(code, _)| code),
            reason_text: against.map(|(_, text)| text.into()),
        };
        let reviewed = review(&self.app, doing.by, &order, on, reviewing).await;
        done(&doing.key, reviewed).map(drop)
    }

    fn product(&self, lot: Lot) -> TypedProduct {
        // By the lot, so that two who write the same one write of the same needle.
        let nth = lot.number.bytes().map(usize::from).sum::<usize>() % NEEDLES.len();
        let (brand, labeler, device) = NEEDLES[nth];
        TypedProduct {
            brand: brand.to_owned(),
            labeler: labeler.to_owned(),
            catalog_number: None,
            di_issuer: None,
            device_identifier: Some(device.to_owned()),
            product_code: "MQX".to_owned(),
            fda_pathway: FdaPathway::Exempt510k,
            k510_number: None,
            single_use: !lot.is_faulty,
            rx_only: Some(true),
            needle_kind: NeedleKind::FiliformSolid,
            material: NeedleMaterial::StainlessSteel,
            coating: NeedleCoating::None,
            diameter: "0.30 mm".to_owned(),
            length: "40 mm".to_owned(),
            guide_tube: true,
            sterilization_method: SterilizationMethod::Eo,
            sterile_as_packaged: true,
            needs_sterilization_before_use: false,
            claimed_standards: Vec::new(),
            gudid_snapshot_on: None,
            source: ProductSource::Label,
            lots: vec![TypedLot {
                lot: Some(lot.number.to_owned()),
                expires_on: Some(self.today() + TimeDelta::days(lot.days_left)),
                precision: DatePrecision::Day,
                manufactured_on: None,
                udi: None,
                received_on: None,
                supplier: None,
                label_photo_sha256: None,
            }],
        }
    }

    async fn attestation(&self, scene: usize) -> Result<Filed, RehearsalError> {
        let id = self.plays[scene].attestation;
        let id = id.ok_or_else(|| absent("attestation", scene))?;
        let found = store::attestation::by_id(self.app.store.connection(), id).await?;
        Ok(found.ok_or_else(|| absent("attestation", id.0))?)
    }

    async fn attestation_order(&self, scene: usize) -> Result<AttestationOrder, RehearsalError> {
        Ok(order_of(&self.attestation(scene).await?))
    }
}

fn order_of(filed: &Filed) -> AttestationOrder {
    AttestationOrder {
        id: filed.attestation.claim().id,
        expected_version: i64::from(filed.row_version),
    }
}
