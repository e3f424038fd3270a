//! Who may do what: the matrix that a human reads, held to the schema and to what the server answers.
//!
//! `GOLDEN=write cargo test --test api rights::` writes the matrix anew; read the difference.

mod ask;
mod elsewhere;
mod matrix;
mod sdl;

use domain::access::{Act, Role, reach};
use serde_json::Value;

use self::sdl::Sdl;
use crate::support::desk::{Desk, Hand};

/// What anybody may ask: everything else at the root of the schema takes a right.
const PUBLIC: [&str; 12] = [
    "compactPeriods",
    "compactStatus",
    "node",
    "places",
    "policy",
    "provider",
    "providers",
    "report",
    "scopeDecision",
    "scopeRules",
    "searchProviders",
    "whyNotShown",
];

const GOLDEN: &str = "tests/api/golden/rights.md";

#[test]
fn the_matrix_on_file_is_the_one_that_is_applied() {
    let matrix = matrix::written(&Sdl::ours());
    if std::env::var_os("GOLDEN").is_some() {
        std::fs::write(GOLDEN, &matrix).unwrap();
    }
    let on_file = std::fs::read_to_string(GOLDEN).unwrap_or_default();
    assert!(
        on_file == matrix,
        "{GOLDEN} is not what the program applies: run `GOLDEN=write cargo test --test api rights::` \
         and read the difference"
    );
}

#[test]
fn no_mutation_and_no_private_query_is_missing_from_it() {
    let sdl = Sdl::ours();
    let known: Vec<&str> = Act::ALL.iter().map(|act| act.code()).collect();
    let fields = ["Query", "Mutation", "Subscription"]
        .into_iter()
        .flat_map(|root| sdl.fields(root));
    let missing: Vec<_> = fields
        .map(|field| field.name.node.as_str())
        .filter(|name| !PUBLIC.contains(name) && !known.contains(name))
        .collect();
    assert_eq!(missing, Vec::<&str>::new(), "take a right and have no row");
}

#[test]
fn what_anybody_may_ask_is_there_and_takes_no_right() {
    let sdl = Sdl::ours();
    for name in PUBLIC {
        assert!(
            sdl.fields("Query").any(|field| field.name.node == name),
            "{name}"
        );
        assert!(Act::ALL.iter().all(|act| act.code() != name), "{name}");
    }
}

#[test]
fn nothing_that_anybody_may_ask_leads_to_a_private_type() {
    let sdl = Sdl::ours();
    let open = sdl.reached_from("Query", |name| PUBLIC.contains(&name));
    for word in [
        "Case",
        "Evidence",
        "ExclusionMatch",
        "Proposal",
        "AuditEvent",
        "Account",
        "Task",
    ] {
        assert!(!open.contains(word), "{word} is reached without a right");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mutation_answers_every_role_as_the_matrix_says() {
    let sdl = Sdl::ours();
    let desk = Desk::open().await;
    let mut wrong = Vec::new();
    for field in sdl.fields("Mutation") {
        let act: Act = field.name.node.parse().unwrap();
        let document = ask::mutation(&sdl, field);
        for (role, hand) in hands(&desk) {
            let input = ask::input(&sdl, field);
            let answer = hand.answer(&document, input).await;
            judge(role, act, &answer, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_private_query_answers_every_role_as_the_matrix_says() {
    let sdl = Sdl::ours();
    let desk = Desk::open().await;
    let mut wrong = Vec::new();
    for field in sdl.fields("Query") {
        let Ok(act) = field.name.node.parse::<Act>() else {
            continue;
        };
        let document = ask::query(&sdl, field);
        for (role, hand) in hands(&desk) {
            let answer = hand.answer(&document, serde_json::json!({})).await;
            judge(role, act, &answer, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_row_of_it_is_something_that_can_be_asked_for() {
    let sdl = Sdl::ours();
    let asked = ["Query", "Mutation", "Subscription"]
        .into_iter()
        .flat_map(|root| sdl.fields(root));
    let asked: Vec<&str> = asked.map(|field| field.name.node.as_str()).collect();
    let nowhere: Vec<_> = Act::ALL
        .iter()
        .filter(|act| !asked.contains(&act.code()))
        .collect();
    // Files do not go through the schema: `/evidence` is asked elsewhere.
    assert_eq!(nowhere, [&Act::UploadEvidence, &Act::DownloadEvidence]);
}

/// Somebody in each role, and anybody.
fn hands(desk: &Desk) -> Vec<(Role, Hand)> {
    let given = Role::GIVEN.iter();
    let mut hands: Vec<_> = given
        .map(|role| (*role, desk.hand(role.code(), &[*role])))
        .collect();
    hands.push((Role::Public, desk.anybody()));
    hands
}

/// Notes an answer that is not what the matrix says.
fn judge(role: Role, act: Act, answer: &Value, wrong: &mut Vec<String>) {
    let code = answer["errors"][0]["extensions"]["code"].as_str();
    let code = code.unwrap_or("none");
    let is_refused = matches!(code, "FORBIDDEN" | "UNAUTHENTICATED");
    let may = reach(role, act).is_some() || reach(Role::Public, act).is_some();
    let is_right = match (may, role) {
        (true, _) => !is_refused,
        (false, Role::Public) => code == "UNAUTHENTICATED",
        (false, _) => code == "FORBIDDEN",
    };
    if !is_right {
        let word = if may { "may" } else { "may not" };
        let told = &answer["errors"][0]["message"];
        wrong.push(format!("{role} {word} {act}, and was told {code}: {told}"));
    }
}
