//! Acceptance cases of the law and of training that take verified papers, over the API.

use domain::access::Role;
use domain::credential::{
    Credential, CredentialId, CredentialKind, Issuer, Standing, StandingChange,
};
use domain::npi::Npi;
use domain::place::Jurisdiction::{self, Az, Ca, Tx};
use domain::taxonomy::Discipline::{Chiropractor, PhysicalTherapist};
use domain::training::CourseApproval;
use serde_json::{Value, json};

use crate::support::desk::{Desk, noon};
use crate::support::people::{AUSTIN, PHOENIX, Person, SAN_FRANCISCO, a_provider};

/// A paper that was verified on the first of November.
fn proving(
    person: Person,
    (id, kind, names): (i64, CredentialKind, &str),
    jurisdiction: Jurisdiction,
) -> Person {
    person.with(|person| {
        person.credentials.push(Credential {
            version: 1,
            id: CredentialId(id),
            kind,
            title: names.into(),
            issuer: Issuer {
                id: 2,
                name: "A board of examples".into(),
            },
            names: Some(names.into()),
            jurisdiction: Some(jurisdiction),
            discipline: None,
            sessions: None,
            issued_on: None,
            completed_on: None,
            expires_on: None,
            overturned_at: None,
            history: vec![StandingChange {
                at: noon("2026-11-01"),
                standing: Standing::Verified,
                suspension: None,
                decided: None,
            }],
        });
    })
}

/// State, outcome and what SCOPE came to, for every place of a person.
async fn shown(desk: &Desk, serial: u32) -> Vec<(String, String, String)> {
    let query = format!(
        "{{ whyNotShown(npi: \"{}\") {{ outcome location {{ jurisdiction }} reasons {{ code outcome }} }} }}",
        Npi::sample(serial)
    );
    let data = desk.anybody().ask(&query, json!({})).await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let listings = data["whyNotShown"].as_array().unwrap().iter();
    listings
        .map(|listing| {
            let mut reasons = listing["reasons"].as_array().unwrap().iter();
            let scope = reasons.find(|reason| reason["code"] == "SCOPE").unwrap();
            (
                text(&listing["location"]["jurisdiction"]),
                text(&listing["outcome"]),
                text(&scope["outcome"]),
            )
        })
        .collect()
}

fn told(expected: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    let owned = expected.iter();
    owned
        .map(|(state, outcome, scope)| {
            (
                (*state).to_owned(),
                (*outcome).to_owned(),
                (*scope).to_owned(),
            )
        })
        .collect()
}

/// Acceptance case 21: 54 verified hours, an approved course and the proof to Arizona's board.
#[tokio::test]
async fn case_21_with_every_paper_verified_california_hides_and_arizona_shows() {
    let desk = Desk::open().await;
    let person = a_provider(1)
        .licensed(PhysicalTherapist, Ca)
        .licensed(PhysicalTherapist, Az)
        .at(SAN_FRANCISCO, Ca)
        .at(PHOENIX, Az)
        .with(|person| {
            person.training[0].approvals = vec![CourseApproval {
                body: "a body".into(),
                number: None,
            }];
        });
    let proof = (90, CredentialKind::RequirementProof, "PROOF_TO_BOARD");
    desk.with([proving(person, proof, Az)]).await;
    assert_eq!(
        shown(&desk, 1).await,
        told(&[("CA", "NOT_LISTED", "FAIL"), ("AZ", "VERIFIED", "PASS")])
    );
}

/// Acceptance case 27: in Texas 54 hours are not the permit, and the permit is the whole rule.
#[tokio::test]
async fn case_27_a_texan_chiropractor_needs_the_acupuncture_permit() {
    let desk = Desk::open().await;
    let trained = |serial| a_provider(serial).licensed(Chiropractor, Tx).at(AUSTIN, Tx);
    let permit = (91, CredentialKind::StatePermit, "ACUPUNCTURE_PERMIT");
    desk.with([trained(1), proving(trained(2), permit, Tx)])
        .await;
    assert_eq!(
        shown(&desk, 1).await,
        told(&[("TX", "UNVERIFIED", "UNKNOWN")]),
        "54 hours alone"
    );
    assert_eq!(shown(&desk, 2).await, told(&[("TX", "VERIFIED", "PASS")]));
    // The register was asked for the permit and has none: then it is known that the rule is not met.
    let vera = desk.hand("Vera", &[Role::Verifier]);
    let asked = json!({
        "npi": Npi::sample(1).to_string(), "kind": "STATE_PERMIT", "names": "ACUPUNCTURE_PERMIT",
        "jurisdiction": "TX", "found": false,
    });
    vera.does("recordRegistryLookup", asked, "provider { npi }")
        .await;
    assert_eq!(shown(&desk, 1).await, told(&[("TX", "NOT_LISTED", "FAIL")]));
}
