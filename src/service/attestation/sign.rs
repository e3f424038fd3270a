//! N2: the provider signs, and what was signed settles in the same act (N3, N4, N5).

use domain::access::Role;
use domain::attestation::AttestationId;
use domain::case::open_for_denial;
use domain::duty::SignatureMeaning;
use domain::license::{License, LicenseId};
use domain::needle::action::{Action, Effect, Moved};
use domain::needle::attestation::{Attestation, Content, Sha256, Signature};
use domain::needle::check::{LotElsewhere, lots_elsewhere};
use domain::needle::sampling::Sample;
use domain::needle::settle::Settling;
use domain::needle::statement::{Answers, Statement};
use domain::needle::validity::Limits;
use domain::npi::Npi;
use domain::place::Jurisdiction;
use domain::provider::Provider;

use super::concern::{self, Concern};
use super::step::{self, Places, Told};
use super::{AttestationOrder, payload, supersede};
use crate::app::App;
use crate::secret::Use;
use crate::service::{Change, Order, Requester, Trouble, UserErrorCode, case, perform};
use crate::store;
use crate::store::attestation::{Filed, Seal, SignatureAlgorithm, Step};

/// The longest name that is signed with.
const MOST_NAME_CHARACTERS: usize = 200;

/// What is signed with.
#[derive(Debug, Clone)]
pub struct Signing {
    /// The hash of what was shown.
    pub shown_sha256: Sha256,
    /// What is said of each statement.
    pub answers: Vec<(Statement, bool)>,
    /// The name as written.
    pub printed_name: String,
    /// Under which of the signer's licences.
    pub license: LicenseId,
}

/// N2, then N3, N4 or N5; a denied statement opens a case for cause. Nobody signs for another, nor what they were not shown.
pub async fn sign(
    app: &App,
    who: &Requester,
    order: &Order,
    attestation: AttestationOrder,
    signing: Signing,
) -> Result<AttestationId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        change.acting_as(Role::Provider);
        let before = step::load(change, attestation).await?;
        let claim = before.attestation.claim();
        if payload::shown(claim).sha256 != signing.shown_sha256 {
            return Err(Trouble::field(
                UserErrorCode::StaleVersion,
                "payloadSha256",
                "the draft is not what was shown: read it again and sign that",
            ));
        }
        let provider = step::subject(change, claim.subject).await?;
        let license = license(&provider, signing.license)?;
        let signature = signature(change, &signing, license)?;
        let moved = settle(change, &before, &provider, (signature, license), &signing).await?;
        moved.write(change, &before).await?;
        Ok(attestation.id.0)
    })
    .await
    .map(AttestationId)
}

/// What came of a signature, not yet written.
struct SignedNow {
    moved: Moved,
    seal: Seal,
    limits: Limits,
    concerns: Vec<Concern>,
    /// Of the first place.
    jurisdiction: Option<Jurisdiction>,
}

async fn settle(
    change: &Change<'_>,
    before: &Filed,
    provider: &Provider,
    (mut signature, license): (Signature, &License),
    signing: &Signing,
) -> Result<SignedNow, Trouble> {
    // The answers are given with the signature: they are the last thing that is written into the draft.
    let claim = before.attestation.claim();
    let content = Content {
        answers: answers(&signing.answers)?,
        ..claim.content.clone()
    };
    let answered = step::taken(
        change,
        before.attestation.clone(),
        Action::Edit(content.clone()),
    )?;
    let text = payload::signed(answered.attestation.claim(), &signature);
    signature.payload_sha256 = text.sha256;
    let places = Places::of(provider, &content);
    let recalls = step::recalls(change, &content).await?;
    let elsewhere = elsewhere(change, claim.subject, &content).await?;
    let lots: Vec<LotElsewhere> = elsewhere.iter().map(|(_, lot)| lot.clone()).collect();
    let differing = lots_elsewhere(&content.lines, &lots);
    let policy = change.policy.attestation();
    let seed = format!(
        "{} version {} under policy {}",
        step::named(claim.id),
        claim.version,
        change.policy.version
    );
    let sample = Sample {
        drawn: draw(change, &seed),
        percent: policy.sample_percent,
    };
    let limits = Limits {
        signed_on: places.today(change),
        signature_days: policy.signature_days(&places.jurisdictions),
        license_ends_on: license.ends_on(&provider.licenses, places.today(change), places.zone),
    };
    let compacts = store::compact::load(change.txn.db()).await?;
    let moved = step::taken(
        change,
        answered.attestation,
        Action::Sign {
            on_file_sha256: signature.payload_sha256,
            signature,
            settling: Some(Settling {
                recalls: &recalls,
                license: Some(license),
                held: &provider.licenses,
                compacts: &compacts,
                places: &places.jurisdictions,
                zone: places.zone,
                found_elsewhere: &differing,
                is_first: !store::attestation::ever_accepted(change.txn.db(), claim.subject)
                    .await?,
                drawn: sample.drawn,
                policy: &policy,
            }),
        },
    )?;
    Ok(SignedNow {
        concerns: concern::two_expiries(claim.subject, &content, &elsewhere),
        jurisdiction: places.jurisdictions.first().copied(),
        moved,
        seal: Seal {
            algorithm: SignatureAlgorithm::HmacSha256,
            signature: Some(change.app.secret.blind(Use::Signature, &text.text).into()),
            payload: Some(text.text),
            sample: Some((seed.into(), sample)),
            policy_version: Some(change.policy.version),
        },
        limits,
    })
}

impl SignedNow {
    async fn write(&self, change: &Change<'_>, before: &Filed) -> Result<(), Trouble> {
        let step = Step {
            sealed: Some((&self.seal, self.limits)),
            ..step::plain(change, &self.moved)
        };
        let seal = self.seal.signature.as_deref();
        let told = Told {
            after: seal,
            reason_code: Some(self.moved.attestation.state().code()),
            changed_fields: &["state", "answers", "signature"],
            ..Told::default()
        };
        step::keep(change, before.row_version, step, told).await?;
        concern::raise(change, &self.concerns).await?;
        for effect in &self.moved.effects {
            if let Effect::OpenCase(denial) = effect {
                let id = store::case::next_id(&change.txn);
                let opened = open_for_denial(id, denial, change.now, &change.policy);
                case::lodge(change, opened, self.jurisdiction, &[], None).await?;
            }
        }
        if let Attestation::Accepted(accepted) = &self.moved.attestation {
            supersede::earlier(change, accepted).await?;
        }
        Ok(())
    }
}

fn signature(
    change: &Change<'_>,
    signing: &Signing,
    license: &License,
) -> Result<Signature, Trouble> {
    let printed_name = signing.printed_name.trim();
    let strays = printed_name.chars().any(char::is_control);
    if printed_name.is_empty() || strays || printed_name.chars().count() > MOST_NAME_CHARACTERS {
        return Err(Trouble::field(
            UserErrorCode::BadInput,
            "printedName",
            format!("write your name, in at most {MOST_NAME_CHARACTERS} characters"),
        ));
    }
    let number = license.number.clone().ok_or_else(|| {
        Trouble::field(
            UserErrorCode::GuardFailed,
            "licenseId",
            "this licence has no number on file: add it first",
        )
    })?;
    let account = change.who.account.ok_or(Trouble::Unauthenticated)?;
    Ok(Signature {
        signer: domain::duty::AccountId(account.0),
        printed_name: printed_name.into(),
        license: (license.jurisdiction, number),
        meaning: SignatureMeaning::Responsibility,
        signed_at: chrono::SubsecRound::trunc_subsecs(change.now, 6),
        // Of the text that has the rest of the signature in it: known once that is.
        payload_sha256: [0; 32],
    })
}

fn license(provider: &Provider, id: LicenseId) -> Result<&License, Trouble> {
    let found = provider.licenses.iter().find(|license| license.id == id);
    found.ok_or_else(|| {
        Trouble::field(
            UserErrorCode::BadInput,
            "licenseId",
            "this is no licence of theirs",
        )
    })
}

fn answers(given: &[(Statement, bool)]) -> Result<Answers, Trouble> {
    let mut answers = Answers::default();
    for (statement, answer) in given {
        if answers.get(*statement).is_some() {
            return Err(Trouble::field(
                UserErrorCode::BadInput,
                format!("answers.{statement}"),
                "this statement is answered twice",
            ));
        }
        answers = answers.with(*statement, Some(*answer));
    }
    Ok(answers)
}

/// Lots of the same devices in what others have signed.
async fn elsewhere(
    change: &Change<'_>,
    npi: Npi,
    content: &Content,
) -> Result<Vec<(Npi, LotElsewhere)>, Trouble> {
    let devices = step::devices(content);
    Ok(store::attestation::lots_elsewhere(change.txn.db(), npi, &devices).await?)
}

/// A number by chance: the same for the same seed, and known to nobody who lacks the installation's key.
fn draw(change: &Change<'_>, seed: &str) -> u32 {
    let digest = change.app.secret.blind(Use::Sample, seed);
    let first = digest.get(..8).unwrap_or_default();
    u32::from_str_radix(first, 16).unwrap_or_default()
}
