//! From nothing to VERIFIED and out again, over HTTP alone: what docs/walk.md tells.

use std::sync::Arc;

use chrono::TimeDelta;
use domain::access::Role;
use domain::npi::Npi;
use drypoint::cli::wiring;
use drypoint::http::Settings;
use drypoint::service::account::manage::{self, Addition};
use reqwest::Client;
use serde_json::{Value, json};

use crate::cases::bench::{CASE, CREDENTIAL, Standing, a_check, claimant};
use crate::screening::{list, named, take};
use crate::socket::client::Socket;
use crate::support::desk::{Desk, key};

/// The directory on a port, and whoever has a key to it.
struct Town {
    desk: Desk,
    url: String,
    client: Client,
}

/// Somebody with an API key.
struct Caller<'a> {
    town: &'a Town,
    key: String,
}

impl Town {
    async fn open() -> Self {
        let desk = Desk::open().await;
        // A directory of made-up people: one is there already.
        desk.with([claimant(901)]).await;
        let settings = Settings {
            rate: None,
            ..Settings::default()
        };
        let app = Arc::clone(&desk.app);
        let server = wiring::server(app, ([127, 0, 0, 1], 0).into(), settings)
            .await
            .unwrap();
        let url = format!("http://{}", server.address().unwrap());
        tokio::spawn(server.run(std::future::pending()));
        Self {
            desk,
            url,
            client: Client::new(),
        }
    }

    /// An account as `drypoint user add --api-key` makes one.
    async fn caller(&self, name: &str, roles: &[Role], provider: Option<Npi>) -> Caller<'_> {
        let addition = Addition {
            name: name.parse().unwrap(),
            email: None,
            roles: roles.to_vec(),
            provider,
            delegate_of: Vec::new(),
            key: Some("walk".into()),
        };
        let added = manage::add(&self.desk.app, &addition).await.unwrap();
        Caller {
            town: self,
            key: added.key.unwrap().key,
        }
    }

    /// What anybody is answered.
    async fn ask(&self, query: &str) -> Value {
        let request = self.client.post(format!("{}/graphql", self.url));
        let answer = request.json(&json!({ "query": query })).send().await;
        let answer: Value = answer.unwrap().json().await.unwrap();
        assert_eq!(answer.get("errors"), None, "{query}: {answer}");
        answer
    }

    /// Who is found verified near the place.
    async fn found(&self) -> (Vec<String>, u64) {
        let answer = self
            .ask(
                r#"{ searchProviders(input: { near: { postalCode: "80205" } })
                     { edges { node { npi } listing { outcome } } } }"#,
            )
            .await;
        let edges = answer["data"]["searchProviders"]["edges"].as_array();
        let npis = edges.unwrap().iter().map(|edge| {
            assert_eq!(edge["listing"]["outcome"], "VERIFIED");
            edge["node"]["npi"].as_str().unwrap().to_owned()
        });
        let version = answer["extensions"]["dataVersion"].as_u64().unwrap();
        (npis.collect(), version)
    }

    /// The outcome of a person at their place on a day, and the reasons that are not PASS.
    async fn listing(&self, npi: &str, on: Option<&str>) -> (String, Vec<String>) {
        let on = on.map_or_else(String::new, |day| format!(", on: \"{day}\""));
        let query = format!(
            "{{ whyNotShown(npi: \"{npi}\"{on}) {{ outcome reasons {{ code outcome message }} }} }}"
        );
        let answer = self.ask(&query).await;
        let listing = &answer["data"]["whyNotShown"][0];
        let reasons = listing["reasons"].as_array().unwrap().iter();
        let lacking = reasons.filter(|reason| reason["outcome"] != "PASS");
        let lacking = lacking.map(|reason| format!("{} {}", reason["code"], reason["outcome"]));
        (
            listing["outcome"].as_str().unwrap().to_owned(),
            lacking.map(|text| text.replace('"', "")).collect(),
        )
    }
}

impl Caller<'_> {
    /// A mutation that has to be made: what it shows.
    async fn does(&self, mutation: &str, input: Value, shown: &str) -> Value {
        let (first, rest) = mutation.split_at(1);
        let of = format!("{}{rest}Input", first.to_uppercase());
        let query = format!(
            "mutation($input: {of}!) {{ {mutation}(input: $input) {{ {shown} userErrors {{ code field message }} }} }}"
        );
        let mut input = input;
        input["idempotencyKey"] = json!(key());
        let request = self.town.client.post(format!("{}/graphql", self.town.url));
        let answer = request
            .bearer_auth(&self.key)
            .json(&json!({ "query": query, "variables": { "input": input } }))
            .send()
            .await;
        let mut answer: Value = answer.unwrap().json().await.unwrap();
        let payload = answer["data"][mutation].take();
        assert_eq!(
            payload["userErrors"],
            json!([]),
            "{mutation}: {answer} {payload}"
        );
        payload
    }

    /// A socket on which changes of cases arrive.
    async fn listens(&self) -> Socket {
        let address = self.town.url.strip_prefix("http://").unwrap();
        let bearer = format!("Bearer {}", self.key);
        let mut socket = Socket::ready(address.parse().unwrap(), Some(&bearer)).await;
        let query = "subscription { caseQueueChanged { caseId action state } }";
        socket.follow("queue", query).await;
        socket
    }

    /// Hands a file in; its id.
    async fn hands_in(&self, npi: &str, kind: &str, name: &str, bytes: &[u8]) -> String {
        const BOUNDARY: &str = "between-two-parts";
        let mut body = Vec::new();
        for (field, value) in [("kind", kind), ("provider", npi)] {
            let part = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
            );
            body.extend(part.as_bytes());
        }
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        );
        body.extend(head.as_bytes());
        body.extend(bytes);
        body.extend(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let request = self.town.client.post(format!("{}/evidence", self.town.url));
        let answer = request
            .bearer_auth(&self.key)
            .header(
                "content-type",
                format!("multipart/form-data; boundary={BOUNDARY}"),
            )
            .body(body)
            .send()
            .await;
        let answer: Value = answer.unwrap().json().await.unwrap();
        let id = answer["id"].as_str();
        id.unwrap_or_else(|| panic!("{name} was not taken: {answer}"))
            .to_owned()
    }
}

/// The same input with another member.
fn with(mut input: Value, member: &str, value: Value) -> Value {
    input[member] = value;
    input
}

#[expect(clippy::too_many_lines, reason = "one walk, step by step")]
#[tokio::test(flavor = "multi_thread")]
async fn a_person_comes_on_file_is_verified_and_is_suspended_and_yesterday_stays_as_it_was() {
    let town = Town::open().await;
    let person = Npi::sample(1);
    let npi = person.to_string();

    // A person comes on file.
    let admin = town.caller("dan", &[Role::Admin], None).await;
    let register = json!({
        "npi": npi, "name": { "given": "Ada", "family": "Needham" }, "activeInRegistry": true,
    });
    admin
        .does("registerProvider", register, "provider { npi }")
        .await;
    let ada = town.caller("ada", &[Role::Provider], Some(person)).await;
    let vera = town.caller("vera", &[Role::Verifier], None).await;
    let abe = town.caller("abe", &[Role::Approver], None).await;
    let cora = town.caller("cora", &[Role::Compliance], None).await;

    // Their licence, and what the board's register says of it.
    let license = json!({
        "npi": npi, "discipline": "PHYSICAL_THERAPIST", "jurisdiction": "CO",
        "number": "PTL.0001234", "issuedOn": "2015-06-01", "expiresOn": "2028-10-31",
    });
    let license = ada
        .does("upsertLicense", license, "license { id version }")
        .await;
    let license = &license["license"];
    let check = json!({
        "licenseId": license["id"], "expectedVersion": license["version"],
        "sourceKind": "PRIMARY", "method": "BOARD_WEBSITE", "sourceName": "Colorado DORA",
        "sourceAsOf": "2026-11-21", "outcome": "MATCH", "boardStatus": "ACTIVE",
        "boardStatusRaw": "Active", "expiresOn": "2028-10-31",
    });
    vera.does("recordLicenseCheck", check, "license { boardStatus }")
        .await;

    // Where they practise.
    let place = json!({
        "npi": npi, "name": "Five Points Physical Therapy",
        "address": { "lines": ["2700 Welton St"], "city": "Denver", "state": "CO", "postalCode": "80205" },
    });
    let place = ada
        .does("upsertLocation", place, "location { id version }")
        .await;
    let place = &place["location"];
    let confirm = json!({ "locationId": place["id"], "expectedVersion": place["version"] });
    ada.does("confirmLocation", confirm, "location { id }")
        .await;

    // Their training, with its certificate.
    let training = json!({
        "npi": npi, "kind": "DRY_NEEDLING_TRAINING",
        "content": {
            "title": "Dry Needling 1 and 2", "holderName": "Ada Needham",
            "issuer": { "name": "A school of examples" },
            "completedOn": "2026-05-06", "issuedOn": "2026-05-06",
            "training": {
                "startedOn": "2026-05-01", "hours": { "inPerson": { "hours": "54" } },
                "assessment": "PASSED_BOTH", "certificateNumber": "C-1",
            },
        },
    });
    let drafted = ada.does("draftCredential", training, CREDENTIAL).await;
    let credential = &drafted["credential"];
    let certificate = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n";
    let file = ada
        .hands_in(&npi, "CERTIFICATE_SCAN", "certificate.pdf", certificate)
        .await;
    let open = json!({
        "credentialId": credential["id"], "purpose": "INITIAL",
        "expectedVersion": credential["version"],
    });
    // Vera's desk listens: what comes to wait there is told at once.
    let mut queue = vera.listens().await;
    let case = Standing::of(&ada.does("openCase", open, CASE).await);
    let submit = with(
        case.signed("AUTHORSHIP", "Ada Needham"),
        "evidenceIds",
        json!([file]),
    );
    let case = Standing::of(&ada.does("submitCase", submit, CASE).await);
    for (action, state) in [("openCase", "DRAFT"), ("submitCase", "SUBMITTED")] {
        let told = queue.hear().await;
        let change = &told["payload"]["data"]["caseQueueChanged"];
        let expected = json!({ "caseId": case.id, "action": action, "state": state });
        assert_eq!(change, &expected, "{told}");
    }
    queue.leave().await;

    // The screening that a decision asks for.
    let report = take(&town.desk, &list(&[named("SOMEBODY", "ELSE", &[])])).await;
    assert_eq!(report.refused, None);
    cora.does("runScreening", json!({}), "run { id }").await;

    // One checks against the source, another decides.
    let case = Standing::of(&vera.does("claimCase", case.order(), CASE).await);
    let checked = a_check(&case, "*", "2026-11-21", "MATCH");
    let case = Standing::of(&vera.does("recordCheck", checked, CASE).await);
    let recommend = with(case.order(), "recommendation", json!("APPROVE"));
    let case = Standing::of(&vera.does("recommendCase", recommend, CASE).await);
    let approve = case.signed("APPROVAL", "Abe Prover");
    let case = Standing::of(&abe.does("approveCase", approve, CASE).await);
    assert_eq!(case.state, "APPROVED");

    // Their needles.
    let draft = json!({
        "npi": npi, "locationIds": [place["id"]],
        "products": [{
            "brand": "Filum", "labelerName": "Filum Works", "deviceIdentifier": "51022222233336",
            "productCode": "MQX", "fdaPathway": "EXEMPT_510K", "singleUse": true,
            "needleKind": "FILIFORM_SOLID", "diameter": "0.30 mm", "length": "40 mm",
            "sterileAsPackaged": true, "needsSterilizationBeforeUse": false, "source": "LABEL",
            "lots": [{ "lot": "LOT1", "expiresOn": "2028-11-30" }],
        }],
    });
    let shown = "attestation { id version state payloadSha256 }";
    let draft = ada.does("draftAttestation", draft, shown).await;
    let draft = &draft["attestation"];
    let answers: Vec<_> = (1..=8)
        .map(|nth| json!({ "statement": format!("S{nth}"), "answer": true }))
        .collect();
    let sign = json!({
        "attestationId": draft["id"], "expectedVersion": draft["version"],
        "payloadSha256": draft["payloadSha256"], "answers": answers,
        "printedName": "Ada Needham", "licenseId": license["id"],
    });
    let signed = ada.does("signAttestation", sign, shown).await;
    let signed = &signed["attestation"];
    assert_eq!(
        signed["state"], "UNDER_REVIEW",
        "somebody looks at a first one"
    );
    assert!(!town.found().await.0.contains(&npi), "not yet");
    let mut photograph = b"\x89PNG\r\n\x1a\n".to_vec();
    photograph.extend(b"\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0");
    let label = ada
        .hands_in(&npi, "LABEL_PHOTO", "label.png", &photograph)
        .await;
    let review = json!({
        "attestationId": signed["id"], "expectedVersion": signed["version"],
        "accept": true, "evidenceIds": [label],
    });
    let accepted = vera.does("reviewAttestation", review, shown).await;
    assert_eq!(accepted["attestation"]["state"], "ACCEPTED");

    // From that data version on the patient's search shows them.
    assert_eq!(
        town.listing(&npi, None).await,
        ("VERIFIED".to_owned(), vec![])
    );
    let (found, shown_at) = town.found().await;
    assert!(found.contains(&npi), "{found:?}");

    // The next day compliance suspends the training, alone and at once.
    town.desk.advance(TimeDelta::days(1));
    let held = town
        .ask(&format!(
            "{{ provider(npi: \"{npi}\") {{ training {{ id version }} }} }}"
        ))
        .await;
    let held = &held["data"]["provider"]["training"][0];
    let suspend = json!({
        "credentialId": held["id"], "expectedVersion": held["version"],
        "kind": "INTEGRITY_CONCERN", "reasonCode": "DOC_ALTERED",
        "reasonText": "the certificate's number was issued to somebody else",
    });
    cora.does("suspendCredential", suspend, "credential { id }")
        .await;

    let (found, gone_at) = town.found().await;
    assert!(!found.contains(&npi) && gone_at > shown_at);
    let (outcome, reasons) = town.listing(&npi, None).await;
    assert_eq!(outcome, "NOT_LISTED");
    assert!(reasons.contains(&"STANDING FAIL".to_owned()), "{reasons:?}");

    // And yesterday stays as it was.
    let yesterday = town.listing(&npi, Some("2026-11-21")).await;
    assert_eq!(yesterday, ("VERIFIED".to_owned(), vec![]));
}
