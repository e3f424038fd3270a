//! Attestations come back in the states that they were left in, with all that is known of them.
#![expect(clippy::unwrap_used, reason = "what cannot be made up fails the test")]

use std::sync::LazyLock;

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::attestation::{AttestationId, AttestationState, FdaPathway};
use domain::duty::{AccountId, Actor, Person, ReasonCode, Role, SignatureMeaning};
use domain::license::compact::Compacts;
use domain::needle::action::{Action, Moved, take};
use domain::needle::attestation::{Attestation, Content, Draft, Signature};
use domain::needle::policy::AttestationPolicy;
use domain::needle::product::{
    ClaimedLot, ClaimedNeedle, ClaimedStandard, DiIssuer, NeedleCoating, NeedleKind, NeedleLine,
    NeedleMaterial, ProductCode, ProductSource, SterilizationMethod,
};
use domain::needle::recall::{Recall, RecallTable};
use domain::needle::sampling::Sample;
use domain::needle::settle::Settling;
use domain::needle::statement::{Answers, STATEMENT_TEXT_VERSION};
use domain::needle::transition::Review;
use domain::needle::validity::Limits;
use domain::npi::Npi;
use domain::place::Jurisdiction;
use domain::provider::{LocationId, Provider};
use domain::udi::date::ExpiryDate;
use drypoint::store::attestation::{self, Filed, Seal, SignatureAlgorithm, Step, recall};
use drypoint::store::{Store, WriteTxn, log, provider};

use crate::support::database::{Database, an_event, insert, now};
use crate::support::on_file::complete;

const DI: &str = "51022222233336";
const SIGNER: AccountId = AccountId(7);

fn today() -> NaiveDate {
    now().date_naive()
}

fn person(role: Role) -> Person {
    let of_subject = matches!(role, Role::Provider | Role::ProviderDelegate);
    Person {
        account: if of_subject { SIGNER } else { AccountId(8) },
        role,
        npi: of_subject.then(|| Npi::sample(1)),
    }
}

fn content(locations: &[LocationId]) -> Content {
    let product = ClaimedNeedle {
        brand: "Filum".into(),
        labeler: "Filum Works".into(),
        catalog_number: Some("F-30 ".into()),
        di_issuer: DiIssuer::Gs1,
        device_identifier: Some(DI.into()),
        product_code: ProductCode::Mqx,
        fda_pathway: FdaPathway::Exempt510k,
        k510_number: None,
        single_use: true,
        rx_only: Some(true),
        needle_kind: NeedleKind::FiliformSolid,
        material: NeedleMaterial::StainlessSteel,
        coating: NeedleCoating::Silicone,
        diameter_um: 300,
        length_mm: 50,
        guide_tube: true,
        sterilization_method: SterilizationMethod::Eo,
        sterile_as_packaged: true,
        needs_sterilization_before_use: false,
        claimed_standards: vec![ClaimedStandard::Iso17218, ClaimedStandard::Iso11135],
        gudid_snapshot_on: Some(today()),
        source: ProductSource::Label,
    };
    let lot = |number: &str, udi: Option<&str>, photo| ClaimedLot {
        lot: number.into(),
        expires: ExpiryDate::month(2028, 9).unwrap(),
        manufactured_on: Some(today() - Days::new(90)),
        udi_raw: udi.map(Into::into),
        received_on: Some(today() - Days::new(9)),
        supplier: Some("A supplier".into()),
        label_photo_sha256: photo,
    };
    Content {
        locations: locations.to_vec(),
        lines: vec![NeedleLine {
            product,
            lots: vec![
                lot(
                    "LOT7A",
                    Some("(01)51022222233336(17)280900(10)LOT7A"),
                    Some([9; 32]),
                ),
                lot("LOT8", None, None),
            ],
        }],
        answers: Answers::default(),
        statement_text_version: STATEMENT_TEXT_VERSION,
    }
}

/// A person with a licence that was checked, and their places as numbered by the database.
async fn subject(db: &Database) -> Provider {
    insert(&db.store, &[complete(1)]).await;
    let found = provider::by_npis(db.store.connection(), &[Npi::sample(1)]).await;
    found.unwrap().pop().unwrap()
}

async fn in_one_change<T>(store: &Store, work: impl AsyncFnOnce(&WriteTxn) -> T) -> T {
    let txn = store.begin().await.unwrap();
    let done = work(&txn).await;
    log::append(&txn, an_event("test")).await.unwrap();
    txn.commit().await.unwrap();
    done
}

async fn drafted(db: &Database, of: &Provider) -> AttestationId {
    let places: Vec<_> = of.locations.iter().map(|place| place.id).collect();
    in_one_change(&db.store, async |txn| {
        let id = attestation::next_id(txn);
        let by = person(Role::Provider);
        let draft = Draft::start(&by, id, of.npi, content(&places)).unwrap();
        attestation::draft(txn, &draft, SIGNER, now(), None)
            .await
            .unwrap();
        id
    })
    .await
}

async fn filed(store: &Store, id: AttestationId) -> Filed {
    let found = attestation::by_id(store.connection(), id).await.unwrap();
    found.unwrap()
}

fn seal() -> Seal {
    Seal {
        algorithm: SignatureAlgorithm::HmacSha256,
        signature: Some("ab".repeat(32).into()),
        payload: Some("{}".into()),
        sample: Some((
            "attestation 1".into(),
            Sample {
                drawn: u32::MAX,
                percent: 10,
            },
        )),
        policy_version: Some(1),
    }
}

/// Takes a step, writes it, and holds that it is read back as it was left.
async fn step(db: &Database, id: AttestationId, by: &Actor, action: Action<'_>) -> Moved {
    let before = filed(&db.store, id).await;
    let sealed = matches!(action, Action::Sign { .. }).then(seal);
    let evidence: &[[u8; 32]] = match &action {
        Action::Accept(review) => review.evidence,
        _ => &[],
    };
    let evidence = evidence.to_vec();
    let moved = take(before.attestation, by, action, now()).unwrap();
    let limits = Limits {
        signed_on: today(),
        signature_days: 120,
        license_ends_on: Some(today() + Days::new(500)),
    };
    in_one_change(&db.store, async |txn| {
        let step = Step {
            attestation: &moved.attestation,
            passed: &moved.passed,
            at: now(),
            evidence: &evidence,
            reason_text: None,
            sealed: sealed.as_ref().map(|seal| (seal, limits)),
        };
        attestation::save(txn, step).await.unwrap();
    })
    .await;
    let after = filed(&db.store, id).await;
    assert_eq!(after.row_version, before.row_version + 1);
    assert_eq!(after.evidence, evidence);
    assert_eq!(
        after.history.len(),
        before.history.len() + moved.passed.len()
    );
    moved
}

fn signing<'a>(recalls: &'a RecallTable, of: &'a Provider, is_first: bool) -> Action<'a> {
    static NO_COMPACTS: LazyLock<Compacts> = LazyLock::new(Compacts::default);
    const POLICY: AttestationPolicy = AttestationPolicy {
        signature_days: 120,
        signature_days_illinois: 180,
        sample_percent: 10,
        appeal_days: 30,
    };
    let license = &of.licenses[0];
    Action::Sign {
        signature: Signature {
            signer: SIGNER,
            printed_name: "Zoë O’Hara-Núñez".into(),
            license: (
                license.jurisdiction,
                license.number.clone().unwrap_or_else(|| "none".into()),
            ),
            meaning: SignatureMeaning::Responsibility,
            signed_at: now(),
            payload_sha256: [3; 32],
        },
        on_file_sha256: [3; 32],
        settling: Some(Settling {
            recalls,
            license: Some(license),
            held: &of.licenses,
            compacts: &NO_COMPACTS,
            places: &[Jurisdiction::Co],
            zone: chrono_tz::America::Denver,
            found_elsewhere: &[],
            is_first,
            drawn: u32::MAX,
            policy: &POLICY,
        }),
    }
}

async fn answered(db: &Database, id: AttestationId, of: &Provider) {
    let places: Vec<_> = of.locations.iter().map(|place| place.id).collect();
    let content = Content {
        answers: Answers::all(true),
        ..content(&places)
    };
    let provider = Actor::Person(person(Role::Provider));
    let moved = step(db, id, &provider, Action::Edit(content)).await;
    assert_eq!(filed(&db.store, id).await.attestation, moved.attestation);
}

#[tokio::test]
async fn a_draft_keeps_every_word_and_a_trailing_space() {
    let db = Database::new().await;
    let of = subject(&db).await;
    let id = drafted(&db, &of).await;
    let found = filed(&db.store, id).await;
    let places: Vec<_> = of.locations.iter().map(|place| place.id).collect();
    assert_eq!(found.attestation.claim().content, content(&places));
    assert_eq!(found.attestation.state(), AttestationState::Draft);
    assert_eq!(
        (found.drafted_by, found.drafted_at),
        (Some(SIGNER), Some(now()))
    );
    assert_eq!(found.seal, None);
}

#[tokio::test]
async fn a_review_leads_through_acceptance_to_the_end_and_every_state_is_read_back() {
    let db = Database::new().await;
    let of = subject(&db).await;
    let none = RecallTable::default();
    let provider = Actor::Person(person(Role::Provider));
    let verifier = Actor::Person(person(Role::Verifier));
    let compliance = Actor::Person(person(Role::Compliance));

    let id = drafted(&db, &of).await;
    answered(&db, id, &of).await;
    let signed = step(&db, id, &provider, signing(&none, &of, true)).await;
    let found = filed(&db.store, id).await;
    assert_eq!(found.seal, Some(seal()));
    let Attestation::UnderReview(state) = found.attestation else {
        panic!("{:?}", found.attestation);
    };
    let Attestation::UnderReview(expected) = signed.attestation else {
        panic!("{:?}", signed.attestation);
    };
    assert_eq!(state.reasons, expected.reasons);
    assert_eq!(state.signed, expected.signed);
    let queue = attestation::page_in_state(
        db.store.connection(),
        AttestationState::UnderReview,
        None,
        10,
    );
    assert_eq!(queue.await.unwrap().len(), 1);
    let first = attestation::ever_accepted(db.store.connection(), of.npi).await;
    assert!(first.unwrap(), "the person came with an accepted one");

    let review = Review {
        evidence: &[[4; 32], [5; 32]],
        uploaded_by: &[],
        recalls: &none,
        at: now(),
        on: today(),
    };
    let moved = step(&db, id, &verifier, Action::Accept(review)).await;
    assert_eq!(filed(&db.store, id).await.attestation, moved.attestation);

    let reason = Some(ReasonCode::FalseStatement);
    let found = filed(&db.store, id).await;
    let moved = take(
        found.attestation,
        &compliance,
        Action::Invalidate { reason },
        now(),
    );
    let moved = moved.unwrap();
    in_one_change(&db.store, async |txn| {
        let step = Step {
            attestation: &moved.attestation,
            passed: &moved.passed,
            at: now(),
            evidence: &[],
            reason_text: Some("the box was of another maker"),
            sealed: None,
        };
        attestation::save(txn, step).await.unwrap();
    })
    .await;
    let found = filed(&db.store, id).await;
    assert_eq!(found.attestation, moved.attestation);
    assert_eq!(found.reason, reason);
    assert_eq!(
        found.reason_text.as_deref(),
        Some("the box was of another maker")
    );
}

#[tokio::test]
async fn people_brought_in_are_read_as_what_they_were_shown_as() {
    let db = Database::new().await;
    let of = subject(&db).await;
    let found = attestation::of_person(db.store.connection(), of.npi).await;
    let found = found.unwrap();
    assert_eq!(found.len(), of.attestations.len());
    for (filed, shown) in found.iter().zip(&of.attestations) {
        let claim = filed.attestation.claim();
        let products: Vec<_> = claim.content.lines.iter().map(NeedleLine::shown).collect();
        assert_eq!(products, shown.products);
        assert_eq!(claim.content.locations, shown.locations);
        assert_eq!(filed.history, shown.history);
        let kept = filed.seal.as_ref().map(|seal| seal.algorithm);
        assert_eq!(kept, Some(SignatureAlgorithm::NotKept));
    }
}

#[tokio::test]
async fn a_recall_takes_its_lot_out_for_everybody_from_the_day_on_which_we_learned_of_it() {
    let db = Database::new().await;
    let of = subject(&db).await;
    let id = drafted(&db, &of).await;
    answered(&db, id, &of).await;
    let provider = Actor::Person(person(Role::Provider));
    step(
        &db,
        id,
        &provider,
        signing(&RecallTable::default(), &of, false),
    )
    .await;
    let notice = |lot: Option<&str>, source: &str| recall::RecallNotice {
        recall: Recall {
            device_identifier: format!("0{DI}")[1..].into(),
            lot: lot.map(Into::into),
            announced_on: today() - Days::new(40),
            source: source.into(),
        },
        reference_url: Some("https://example.org/1".into()),
    };
    let put = async |notice: recall::RecallNotice, at: DateTime<Utc>| {
        in_one_change(&db.store, async |txn| {
            recall::put(txn, &[notice], at, txn.next_seq())
                .await
                .unwrap();
        })
        .await;
    };
    put(notice(Some("lot8"), "a notice"), now()).await;
    put(notice(Some("LOT8"), "a notice"), now() + Days::new(3)).await;
    let on_file = recall::notices(db.store.connection()).await.unwrap();
    assert_eq!(on_file.len(), 1, "the same notice again is the same notice");
    let found = provider::by_npis(db.store.connection(), &[of.npi]).await;
    let found = found.unwrap().pop().unwrap();
    let lots: Vec<_> = found
        .attestations
        .iter()
        .find(|it| it.id == id)
        .unwrap()
        .products[0]
        .lots
        .iter()
        .map(|lot| (&*lot.lot, lot.recalled_on))
        .collect();
    assert_eq!(lots, [("LOT7A", None), ("LOT8", Some(today()))]);
    let devices = [DI.to_owned()];
    let table = recall::of_devices(db.store.connection(), &devices).await;
    assert!(table.unwrap().find(DI, "LOT8", today()).is_some());
    let named = attestation::with_devices(db.store.connection(), &devices).await;
    assert_eq!(named.unwrap(), [], "it is not accepted");
    let elsewhere = async |but_of| {
        let found = attestation::lots_elsewhere(db.store.connection(), but_of, &devices);
        found.await.unwrap()
    };
    assert_eq!(elsewhere(of.npi).await, []);
    let others = elsewhere(Npi::sample(5)).await;
    let others: Vec<_> = others
        .iter()
        .map(|(npi, lot)| (*npi, &*lot.lot, lot.last_day))
        .collect();
    let last_day = NaiveDate::from_ymd_opt(2028, 9, 30).unwrap();
    assert_eq!(
        others,
        [(of.npi, "LOT7A", last_day), (of.npi, "LOT8", last_day)]
    );
}
