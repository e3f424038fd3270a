//! Asking for people, for what is known about them, for the law and for places.

use domain::attestation::{AttestationChange, AttestationState, FdaPathway};
use domain::credential::{
    Credential, CredentialId, CredentialKind, Issuer, Standing, StandingChange,
};
use domain::license::{BoardStatus, CheckOutcome, LicenseCheck, MismatchField};
use domain::place::Jurisdiction::{Ca, Co, Ny, Tx};
use domain::provider::{NpiStatus, NpiStatusChange};
use domain::screening::{ExclusionList, ExclusionMatch, MatchChange, MatchState, MatchTier};
use domain::taxonomy::Discipline::{Acupuncturist, PhysicalTherapist};
use serde_json::{Value, json};

use crate::support::people::{
    AUSTIN, DENVER, NEW_YORK, Person, SAN_FRANCISCO, a_provider, day, days_ago,
};
use crate::support::world::World;

fn in_austin(serial: u32) -> Person {
    a_provider(serial)
        .licensed(PhysicalTherapist, Tx)
        .at(AUSTIN, Tx)
}

fn standing(days: i64, standing: Standing) -> StandingChange {
    StandingChange {
        at: days_ago(days),
        standing,
        suspension: None,
        decided: None,
    }
}

/// A reason's outcome and message at a person's first practice.
async fn reason(world: &World, person: &Person, code: &str) -> (String, String) {
    let query = format!(
        "{{ whyNotShown(npi: \"{}\") {{ reasons {{ code outcome message }} }} }}",
        person.npi()
    );
    let data = world.ask(&query).await;
    let reasons = data["whyNotShown"][0]["reasons"].as_array().unwrap();
    let reason = reasons
        .iter()
        .find(|reason| reason["code"] == code)
        .unwrap();
    let text = |name: &str| reason[name].as_str().unwrap().to_owned();
    (text("outcome"), text("message"))
}

const EVERYTHING: &str = r"query($npi: NPI!) { provider(npi: $npi) {
  id npi npiStatus replacedBy name { full given middle family suffix } disciplines taxonomyCodes
  languages acceptsNewPatients website claimed offersDryNeedling
  licenses { id discipline jurisdiction number boardStatus issuedOn expiresOn checkedOn checkDueOn source
    checks { sourceKind sourceName sourceUrl checkedAt asOf outcome boardStatus expiresOn } }
  locations { id name address { lines city state postalCode } point { latitude longitude } precision
    jurisdiction zone phone wheelchairAccess confirmedAt confirmedThrough }
  training { id title issuer { name } hours { totalMinutes inPersonMinutes liveOnlineMinutes
      selfPacedMinutes supervisedClinicalMinutes } theoryMinutes practicalMinutes postgraduateMinutes
    approvals { body number } startedOn completedOn expiresOn status verifiedAt revalidationDueOn }
  credentials { kind title issuer { name } names jurisdiction discipline completedOn expiresOn status verifiedAt }
  attestations { id state locations { id } signedAt validUntil statement
    products { brand labeler deviceIdentifier fdaPathway fdaText k510Number diameterMicrometers
      lengthMillimeters lots { lot expiresOn } } }
  listings { outcome on }
} }";

#[tokio::test]
async fn a_person_reads_like_this() {
    let person = in_austin(1)
        .named("Ada", "Needham")
        .speaking(&["en"])
        .with(|person| {
            person.taxonomies.push("225100000X".parse().unwrap());
            person.website = Some("https://example.org/ada".into());
            person.credentials.push(Credential {
                version: 1,
                id: CredentialId(900),
                kind: CredentialKind::NationalCertification,
                title: "Diplomate of Acupuncture".into(),
                issuer: Issuer {
                    id: 2,
                    name: "Example Board".into(),
                },
                names: Some("NCBAHM".into()),
                jurisdiction: None,
                discipline: Some(Acupuncturist),
                sessions: None,
                issued_on: None,
                completed_on: None,
                expires_on: Some(day("2026-11-20")),
                overturned_at: None,
                history: vec![standing(50, Standing::Verified)],
            });
        });
    let world = World::of([person.clone()]);
    let answer = world
        .answer(EVERYTHING, json!({ "npi": person.npi().to_string() }))
        .await;
    insta::assert_json_snapshot!(answer);
}

#[tokio::test]
async fn everything_with_an_id_is_found_again_by_it() {
    let world = World::of([in_austin(1)]);
    let data = world
        .ask(
            r#"{ providers(npis: ["9000000015"]) { __typename id licenses { __typename id } locations { __typename id }
                   training { __typename id } attestations { __typename id } }
                 places(prefix: "78701", first: 1) { __typename id }
                 scopeRules(jurisdiction: FL, discipline: PHYSICAL_THERAPIST) { __typename id } }"#,
        )
        .await;
    let mut ids = Vec::new();
    collect(&data, &mut ids);
    assert!(ids.len() >= 9, "{ids:?}");
    for (kind, id) in ids {
        let query = format!("{{ node(id: {id:?}) {{ __typename id }} }}");
        assert_eq!(
            world.ask(&query).await["node"],
            json!({ "__typename": kind, "id": id })
        );
    }
}

fn collect(value: &Value, ids: &mut Vec<(String, String)>) {
    match value {
        Value::Object(object) => {
            if let (Some(Value::String(kind)), Some(Value::String(id))) =
                (object.get("__typename"), object.get("id"))
            {
                ids.push((kind.clone(), id.clone()));
            }
            object.values().for_each(|value| collect(value, ids));
        }
        Value::Array(list) => list.iter().for_each(|value| collect(value, ids)),
        _ => {}
    }
}

#[tokio::test]
async fn an_unknown_id_is_null_and_an_impossible_one_is_refused() {
    let world = World::of([in_austin(1)]);
    for id in [
        "provider_1234567893",
        "location_999",
        "license_999",
        "training_999",
        "attestation_999",
        "place_zip-00000",
        "rule_GU-PHYSICAL_THERAPIST-open",
    ] {
        let query = format!("{{ node(id: {id:?}) {{ id }} }}");
        assert_eq!(world.ask(&query).await, json!({ "node": null }), "{id}");
    }
    for id in [
        "",
        "nonsense",
        "provider_1234567890",
        "location_x",
        "Location_10",
    ] {
        let query = format!("{{ node(id: {id:?}) {{ id }} }}");
        let (code, field, _) = world.refused(&query).await;
        assert_eq!((&*code, &*field), ("BAD_INPUT", "id"), "{id}");
    }
}

#[tokio::test]
async fn people_come_in_the_order_asked_with_gaps_for_the_unknown() {
    let world = World::of([in_austin(1), in_austin(2)]);
    let data = world
        .ask(r#"{ providers(npis: ["9000000023", "1234567893", "9000000015", "9000000023"]) { npi } }"#)
        .await;
    assert_eq!(
        data["providers"],
        json!([{ "npi": "9000000023" }, null, { "npi": "9000000015" }, { "npi": "9000000023" }])
    );
}

#[tokio::test]
async fn at_most_a_hundred_people_are_asked_for_at_once() {
    let world = World::of([]);
    let query = "query($npis: [NPI!]!) { providers(npis: $npis) { npi } }";
    for (many, refused) in [(100, false), (101, true)] {
        let answer = world
            .answer(query, json!({ "npis": vec!["1234567893"; many] }))
            .await;
        let extensions = &answer["errors"][0]["extensions"];
        assert_eq!(
            extensions["code"] == "BAD_INPUT" && extensions["field"] == "npis",
            refused,
            "{answer}"
        );
    }
}

#[tokio::test]
async fn a_number_that_is_no_npi_is_refused_with_the_reason() {
    let world = World::of([]);
    for (npi, reason) in [
        ("1234567890", "the check digit of NPI 1234567890 is wrong"),
        ("12345", "an NPI has ten digits"),
        ("3234567891", "an NPI begins with 1 or 2"),
    ] {
        for field in ["provider", "whyNotShown"] {
            let query = format!("{{ {field}(npi: {npi:?}) {{ __typename }} }}");
            let (code, field, message) = world.refused(&query).await;
            assert_eq!((&*code, &*field), ("BAD_INPUT", "npi"));
            assert!(message.contains(reason), "{message}");
        }
    }
    let answer = world
        .answer(
            "query($it: NPI!) { provider(npi: $it) { npi } }",
            json!({ "it": "1234567890" }),
        )
        .await;
    assert_eq!(
        answer["errors"][0]["extensions"],
        json!({ "code": "BAD_INPUT", "field": "npi" })
    );
}

#[tokio::test]
async fn every_practice_is_judged_and_says_why() {
    let person = a_provider(1)
        .licensed(PhysicalTherapist, Ny)
        .licensed(Acupuncturist, Ny)
        .licensed(PhysicalTherapist, Tx)
        .at(NEW_YORK, Ny)
        .at(AUSTIN, Tx);
    let world = World::of([person]);
    let data = world
        .ask(
            r#"{ whyNotShown(npi: "9000000015") { location { jurisdiction } discipline license { jurisdiction } outcome on
                   reasons { code outcome citation } } }"#,
        )
        .await;
    let listings = data["whyNotShown"].as_array().unwrap();
    let told: Vec<_> = listings
        .iter()
        .map(|it| {
            (
                &it["location"]["jurisdiction"],
                &it["discipline"],
                &it["outcome"],
            )
        })
        .collect();
    assert_eq!(
        json!(told),
        json!([
            ["NY", "PHYSICAL_THERAPIST", "NOT_LISTED"],
            ["NY", "ACUPUNCTURIST", "VERIFIED"],
            ["TX", "PHYSICAL_THERAPIST", "VERIFIED"],
        ])
    );
    let scope = &listings[0]["reasons"][1];
    assert_eq!(scope["outcome"], "FAIL");
    assert!(scope["citation"].as_str().unwrap().contains("NYSED"));
    for listing in listings {
        assert_eq!(listing["reasons"].as_array().unwrap().len(), 8);
        assert_eq!(listing["on"], "2026-11-21");
    }
}

#[tokio::test]
async fn nobody_is_judged_where_nobody_is_held() {
    let world = World::of([in_austin(1)]);
    let data = world
        .ask(
            r#"{ provider(npi: "1234567893") { npi } whyNotShown(npi: "1234567893") { outcome } }"#,
        )
        .await;
    assert_eq!(data, json!({ "provider": null, "whyNotShown": [] }));
}

#[tokio::test]
async fn a_past_day_is_judged_as_it_stood() {
    let person = in_austin(1).with(|person| {
        person.npi_history.push(NpiStatusChange {
            from: day("2026-10-01"),
            status: NpiStatus::Deactivated,
        });
    });
    let world = World::of([person]);
    for (on, outcome) in [("2026-09-30", "PASS"), ("2026-10-01", "FAIL")] {
        let query = format!(
            "{{ whyNotShown(npi: \"9000000015\", on: {on:?}) {{ on reasons {{ code outcome }} }} }}"
        );
        let listing = &world.ask(&query).await["whyNotShown"][0];
        assert_eq!(listing["on"], on);
        assert_eq!(
            listing["reasons"][0],
            json!({ "code": "NPI_ACTIVE", "outcome": outcome })
        );
    }
    let data = world
        .ask(r#"{ provider(npi: "9000000015") { npiStatus } }"#)
        .await;
    assert_eq!(data["provider"]["npiStatus"], "DEACTIVATED");
}

#[tokio::test]
async fn an_exclusion_is_named_only_once_it_is_confirmed() {
    let matched = |states: &[MatchState]| {
        let history = states.iter().map(|state| MatchChange {
            at: days_ago(5),
            state: *state,
            waived_in: None,
        });
        let found = ExclusionMatch {
            list: ExclusionList::OigLeie,
            tier: MatchTier::T1Npi,
            history: history.collect(),
        };
        in_austin(1).with(|person| person.screening.matches.push(found))
    };
    let held = matched(&[MatchState::New]);
    let (outcome, message) = reason(&World::of([held.clone()]), &held, "EXCLUSION").await;
    assert_eq!(outcome, "UNKNOWN");
    assert!(
        message.to_lowercase().contains("a check is unfinished"),
        "{message}"
    );
    for word in ["oig", "leie", "npi", "match"] {
        assert!(!message.to_lowercase().contains(word), "{message}");
    }
    let confirmed = matched(&[MatchState::New, MatchState::Confirmed]);
    let (outcome, _) = reason(&World::of([confirmed.clone()]), &confirmed, "EXCLUSION").await;
    assert_eq!(outcome, "FAIL");
}

#[tokio::test]
async fn trainings_withdrawn_or_entered_in_error_answer_like_none() {
    for (last, shown) in [
        (Standing::Verified, json!(["VERIFIED"])),
        (Standing::Suspended, json!(["SUSPENDED"])),
        (Standing::Withdrawn, json!([])),
        (Standing::EnteredInError, json!([])),
    ] {
        let person = in_austin(1).with(|person| {
            person.training[0]
                .credential
                .history
                .push(standing(1, last));
        });
        let world = World::of([person]);
        let data = world
            .ask(r#"{ provider(npi: "9000000015") { training { status } } node(id: "training_1") { id } }"#)
            .await;
        let statuses: Vec<_> = data["provider"]["training"]
            .as_array()
            .unwrap()
            .iter()
            .map(|training| &training["status"])
            .collect();
        assert_eq!(json!(statuses), shown);
        assert_eq!(data["node"].is_null(), statuses.is_empty(), "{last}");
    }
}

#[tokio::test]
async fn attestations_are_public_once_accepted() {
    for (state, shown) in [
        (AttestationState::Draft, None),
        (AttestationState::Signed, None),
        (AttestationState::NeedsFix, None),
        (AttestationState::UnderReview, None),
        (AttestationState::Rejected, None),
        (AttestationState::Withdrawn, None),
        (AttestationState::Accepted, Some("ACCEPTED")),
        (AttestationState::Invalidated, Some("INVALIDATED")),
        (AttestationState::Superseded, Some("SUPERSEDED")),
    ] {
        let person = in_austin(1).with(|person| {
            person.attestations[0].history = vec![AttestationChange {
                at: days_ago(30),
                state,
            }];
        });
        let world = World::of([person]);
        let data = world
            .ask(r#"{ provider(npi: "9000000015") { attestations { state } } node(id: "attestation_1") { id } }"#)
            .await;
        assert_eq!(
            data["provider"]["attestations"][0]["state"].as_str(),
            shown,
            "{state}"
        );
        assert_eq!(data["node"].is_null(), shown.is_none(), "{state}");
    }
    let lapsed = in_austin(1).with(|person| {
        person.attestations[0].valid_until = Some(day("2026-11-20"));
    });
    let data = World::of([lapsed])
        .ask(r#"{ provider(npi: "9000000015") { attestations { state } } }"#)
        .await;
    assert_eq!(data["provider"]["attestations"][0]["state"], "LAPSED");
}

#[tokio::test]
async fn an_attestation_that_is_not_in_force_never_reads_as_if_it_were() {
    for (state, why) in [
        (AttestationState::Invalidated, "it was invalidated"),
        (AttestationState::Superseded, "a later one took its place"),
        (
            AttestationState::Accepted,
            "it held until November 20, 2026",
        ),
    ] {
        let person = in_austin(1).with(|person| {
            person.attestations[0].valid_until = Some(day("2026-11-20"));
            person.attestations[0].history = vec![AttestationChange {
                at: days_ago(30),
                state,
            }];
        });
        let data = World::of([person])
            .ask(r#"{ provider(npi: "9000000015") { attestations { statement } } }"#)
            .await;
        let statement = data["provider"]["attestations"][0]["statement"]
            .as_str()
            .unwrap();
        assert!(
            statement.starts_with(&format!("Not in force: {why}")),
            "{statement}"
        );
        assert!(!statement.contains("sterile"), "{statement}");
    }
}

#[tokio::test]
async fn what_a_needles_label_claims_of_the_fda_is_not_repeated() {
    let person = in_austin(1).with(|person| {
        let product = &mut person.attestations[0].products[0];
        product.brand = "Filum (FDA Approved)".into();
        product.labeler = "F.D.A. registered Works".into();
        product.device_identifier = Some("FDA-approved".into());
        product.k510_number = Some("K961339, FDA approved".into());
        product.lots[0].lot = "FDA approved".into();
    });
    let not_marketed = in_austin(2).with(|person| {
        person.attestations[0].products[0].fda_pathway = FdaPathway::NotUsMarketed;
    });
    let world = World::of([person, not_marketed]);
    let data = world
        .ask(
            r#"{ provider(npi: "9000000015") { attestations { statement
                 products { brand labeler deviceIdentifier k510Number fdaText lots { lot } } } } }"#,
        )
        .await;
    let attestation = &data["provider"]["attestations"][0];
    assert_eq!(
        attestation["products"],
        json!([{
            "brand": "not shown", "labeler": "not shown", "deviceIdentifier": null,
            "k510Number": null, "fdaText": "FDA status not stated", "lots": [{ "lot": "not shown" }],
        }])
    );
    let statement = attestation["statement"].as_str().unwrap();
    assert!(
        statement.contains("(brand not shown, FDA status not stated)"),
        "{statement}"
    );
    let query = format!(
        "{{ provider(npi: \"{}\") {{ attestations {{ products {{ fdaPathway fdaText }} }} }} }}",
        in_austin(2).npi()
    );
    let data = world.ask(&query).await;
    assert_eq!(
        data["provider"]["attestations"][0]["products"],
        json!([{ "fdaPathway": "NOT_US_MARKETED", "fdaText": "FDA status not stated" }])
    );
}

#[tokio::test]
async fn a_look_that_brought_no_answer_changes_nothing_that_is_shown() {
    let person = in_austin(1).with(|person| {
        let license = &mut person.licenses[0];
        let silent = LicenseCheck {
            checked_at: days_ago(1),
            outcome: CheckOutcome::SourceUnavailable,
            ..license.checks[0].clone()
        };
        license.checks.push(silent);
    });
    let world = World::of([person]);
    let data = world
        .ask(r#"{ node(id: "license_10") { ... on License { boardStatus checkedOn checkDueOn checks { outcome } } } }"#)
        .await;
    assert_eq!(
        data["node"],
        json!({
            "boardStatus": "ACTIVE", "checkedOn": "2026-11-10", "checkDueOn": "2026-12-10",
            "checks": [{ "outcome": "MATCH" }],
        })
    );
}

#[tokio::test]
async fn what_a_register_showed_of_somebody_else_is_not_told() {
    let person = in_austin(1).with(|person| {
        let license = &mut person.licenses[0];
        let somebody_else = LicenseCheck {
            outcome: CheckOutcome::Mismatch,
            mismatches: vec![MismatchField::Name],
            board_status: BoardStatus::Revoked,
            expires_on: Some(day("2020-01-01")),
            ..license.checks[0].clone()
        };
        license.expires_on = Some(day("2027-06-30"));
        license.checks = vec![somebody_else];
    });
    let world = World::of([person]);
    let data = world
        .ask(r#"{ node(id: "license_10") { ... on License { boardStatus expiresOn checks { outcome boardStatus expiresOn } } } }"#)
        .await;
    assert_eq!(
        data["node"],
        json!({
            "boardStatus": "UNKNOWN", "expiresOn": "2027-06-30",
            "checks": [{ "outcome": "MISMATCH", "boardStatus": "UNKNOWN", "expiresOn": null }],
        })
    );
}

#[tokio::test]
async fn a_hidden_street_is_nowhere_in_the_answer() {
    let person = a_provider(1)
        .licensed(PhysicalTherapist, Co)
        .at(DENVER, Co)
        .with(|person| {
            person.locations[0].address.lines.clear();
        });
    let world = World::of([person.clone()]);
    let answer = world
        .answer(EVERYTHING, json!({ "npi": person.npi().to_string() }))
        .await;
    assert_eq!(
        answer["data"]["provider"]["locations"][0]["address"]["lines"],
        json!([])
    );
    assert!(!answer.to_string().contains("Main Street"));
}

#[tokio::test]
async fn the_law_of_a_day_is_decided_with_its_rule() {
    let world = World::of([]);
    for (asked, expected) in [
        (
            r#"discipline: PHYSICAL_THERAPIST, jurisdiction: FL, on: "2021-04-18""#,
            json!({ "on": "2021-04-18", "status": "CONDITIONAL", "rule": { "id": "rule_FL-PHYSICAL_THERAPIST-2020-07-01" } }),
        ),
        (
            r#"discipline: PHYSICAL_THERAPIST, jurisdiction: FL, on: "2021-04-19""#,
            json!({ "on": "2021-04-19", "status": "CONDITIONAL", "rule": { "id": "rule_FL-PHYSICAL_THERAPIST-2021-04-19" } }),
        ),
        (
            r"discipline: PHYSICAL_THERAPIST, jurisdiction: CA",
            json!({ "on": "2026-11-21", "status": "PROHIBITED", "rule": { "id": "rule_CA-PHYSICAL_THERAPIST-open" } }),
        ),
        (
            r"discipline: PHYSICAL_THERAPIST, jurisdiction: VI",
            json!({ "on": "2026-11-21", "status": "UNKNOWN", "rule": null }),
        ),
    ] {
        let query = format!("{{ scopeDecision({asked}) {{ on status rule {{ id }} }} }}");
        assert_eq!(world.ask(&query).await["scopeDecision"], expected);
    }
}

#[tokio::test]
async fn rules_come_sorted_and_narrowed() {
    let world = World::of([]);
    let ids = async |arguments: &str| -> Vec<String> {
        let data = world
            .ask(&format!("{{ scopeRules{arguments} {{ id }} }}"))
            .await;
        let rules = data["scopeRules"].as_array().unwrap().iter();
        rules
            .map(|rule| rule["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = ids("").await;
    assert_eq!(all.len(), crate::support::world::law().rules().count());
    let states: Vec<_> = all.iter().map(|id| &id[5..7]).collect();
    assert!(states.is_sorted(), "{states:?}");
    assert_eq!(
        ids("(jurisdiction: FL, discipline: PHYSICAL_THERAPIST)").await,
        all.iter()
            .filter(|id| id.starts_with("rule_FL-PHYSICAL_THERAPIST"))
            .cloned()
            .collect::<Vec<_>>()
    );
    assert_eq!(
        ids(r#"(jurisdiction: FL, discipline: PHYSICAL_THERAPIST, on: "2026-11-21")"#).await,
        ["rule_FL-PHYSICAL_THERAPIST-2021-04-19"]
    );
}

#[tokio::test]
async fn a_rule_tells_what_it_asks_and_how_old_its_source_is() {
    let world = World::of([]);
    let data = world
        .ask(
            r#"{ node(id: "rule_TX-PHYSICAL_THERAPIST-2016-05-09") { ... on ScopeRule { sourceAsOf stale confidence } }
                 asks: scopeRules(jurisdiction: FL, discipline: PHYSICAL_THERAPIST, on: "2026-11-21") {
                   minTrainingHours requirements { subject kind value unit } } }"#,
        )
        .await;
    assert_eq!(
        data["node"],
        json!({ "sourceAsOf": "2016-05-09", "stale": true, "confidence": "HIGH" })
    );
    let requirements = data["asks"][0]["requirements"].as_array().unwrap();
    assert!(
        requirements.iter().any(|it| {
            it["subject"] == "PROVIDER" && it["kind"] == "YEARS_LICENSED" && it["value"] == "2"
        }),
        "{requirements:?}"
    );
    assert_eq!(data["asks"][0]["minTrainingHours"], 50);
}

#[tokio::test]
async fn places_are_found_by_zip_city_state_and_with_a_slip() {
    let world = World::of([a_provider(1)
        .licensed(Acupuncturist, Ca)
        .at(SAN_FRANCISCO, Ca)]);
    for (typed, expected) in [
        (
            "94103",
            json!({ "id": "place_zip-94103", "kind": "ZIP", "name": "94103", "jurisdiction": "CA" }),
        ),
        (
            "san franc",
            json!({ "id": "place_city-CA-san-francisco", "kind": "CITY", "name": "San Francisco", "jurisdiction": "CA" }),
        ),
        (
            "San Fransisco",
            json!({ "id": "place_city-CA-san-francisco", "kind": "CITY", "name": "San Francisco", "jurisdiction": "CA" }),
        ),
        (
            "texas",
            json!({ "id": "place_state-TX", "kind": "STATE", "name": "Texas", "jurisdiction": "TX" }),
        ),
    ] {
        let query = format!("{{ places(prefix: {typed:?}) {{ id kind name jurisdiction }} }}");
        assert_eq!(world.ask(&query).await["places"][0], expected, "{typed}");
    }
    // What `places` gives, a search takes.
    let near = r#"{ searchProviders(input: { near: { placeId: "place_city-CA-san-francisco" } }) { totalCount } }"#;
    assert_eq!(world.ask(near).await["searchProviders"]["totalCount"], 1);
}

#[tokio::test]
async fn places_are_as_many_as_asked_and_of_something() {
    let world = World::of([]);
    let data = world
        .ask(r#"{ places(prefix: "94") { id } three: places(prefix: "94", first: 3) { id } }"#)
        .await;
    assert_eq!(data["places"].as_array().unwrap().len(), 10);
    assert_eq!(data["three"].as_array().unwrap().len(), 3);
    for (arguments, field) in [
        (r#"prefix: "", first: 3"#, "prefix"),
        (r#"prefix: " - ""#, "prefix"),
        (r#"prefix: "94", first: 0"#, "first"),
        (r#"prefix: "94", first: 101"#, "first"),
    ] {
        let (code, found, _) = world
            .refused(&format!("{{ places({arguments}) {{ id }} }}"))
            .await;
        assert_eq!((&*code, &*found), ("BAD_INPUT", field), "{arguments}");
    }
}
