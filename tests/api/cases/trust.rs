//! Whose word it is: an issuer's trust at the time of issue (C9), and its names in time (23, 24).

use domain::access::Role;
use serde_json::{Value, json};

use super::bench::{Bench, CASE, Standing, a_check, a_training};
use crate::issuer::records::issuer;
use crate::issuer::taint::{confirm, propose};

const SCHOOL: &str = "A school of examples";

/// Two people say that an issuer is not to be trusted for what it gave in a range of days.
async fn tainted(bench: &Bench, from: &str, through: &str) {
    let ben = bench.desk.hand("Ben Pliance", &[Role::Compliance]);
    let school = issuer(&bench.compliance, SCHOOL).await;
    let range = json!({
        "issuerId": school["id"], "expectedVersion": school["version"], "from": from,
        "through": through, "reasonCode": "FRAUD", "reasonText": "It sold certificates.",
    });
    let proposal = propose(&bench.compliance, "taintIssuer", range).await;
    ben.does("confirmAct", confirm(&proposal), "").await;
}

async fn lifted(bench: &Bench) {
    let ben = bench.desk.hand("Ben Pliance", &[Role::Compliance]);
    let school = issuer(&bench.compliance, SCHOOL).await;
    let lift = json!({
        "taintId": school["trust"][0]["id"], "expectedVersion": school["version"],
        "reasonText": "The books were found.",
    });
    let proposal = propose(&bench.compliance, "liftTaint", lift).await;
    ben.does("confirmAct", confirm(&proposal), "").await;
}

#[tokio::test]
async fn an_approval_asks_whether_the_issuer_was_to_be_trusted_when_it_issued() {
    let bench = Bench::open().await;
    // Issued on 3 May 2026, recommended while nothing was known.
    let case = bench.pending().await;
    tainted(&bench, "2026-05-03", "2026-12-31").await;
    let input = case.signed("APPROVAL", "Abe Prover");
    let payload = bench
        .approver
        .tries("approveCase", input.clone(), CASE)
        .await;
    let error = &payload["userErrors"][0];
    assert_eq!(error["code"], "GUARD_FAILED");
    assert_eq!(error["field"], "issuer");
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("ISSUER_TAINTED"), "{message}");
    assert_eq!(bench.case(&case.id).await.state, "PENDING_DECISION");
    assert_eq!(bench.public().await[0]["status"], "UNVERIFIED");

    lifted(&bench).await;
    assert_eq!(bench.approved(&case).await.state, "APPROVED");
}

#[tokio::test]
async fn a_taint_of_other_days_is_nothing_to_an_approval() {
    let bench = Bench::open().await;
    let case = bench.pending().await;
    tainted(&bench, "2016-01-01", "2026-05-02").await;
    assert_eq!(bench.approved(&case).await.state, "APPROVED");
}

/// A case in review about a paper of an issuer's, with the id of the issuer that its name means.
async fn a_paper(
    bench: &Bench,
    kind: &str,
    title: &str,
    name: &str,
    day: &str,
) -> (Standing, Value) {
    let mut content = match kind {
        "DRY_NEEDLING_TRAINING" => a_training(),
        _ => json!({ "holderName": "Ada Needham1" }),
    };
    content["title"] = json!(title);
    content["issuer"] = json!({ "name": name });
    content["issuedOn"] = json!(day);
    content["completedOn"] = json!(day);
    if let Some(training) = content["training"].as_object_mut() {
        training.remove("startedOn");
    }
    let credential = bench.drafted_as(kind, content).await;
    let query = "query($id: ID!) { credentialRecord(id: $id) { content { issuerId } } }";
    let id = json!({ "id": credential["id"] });
    let data = bench.provider.ask(query, id).await;
    let case = bench.opened(&credential).await;
    let case = bench.submitted_by(&bench.provider, &case).await;
    let issuer = data["credentialRecord"]["content"]["issuerId"].clone();
    (bench.claimed(&case).await, issuer)
}

async fn named(bench: &Bench, case: &Standing) -> Value {
    let query = "query($id: ID!) { case(id: $id) { issuerNamed } }";
    let data = bench.verifier.ask(query, json!({ "id": case.id })).await;
    data["case"]["issuerNamed"].clone()
}

/// What a check is told that is not recorded.
async fn told(bench: &Bench, check: Value) -> (Value, String) {
    let payload = bench.verifier.tries("recordCheck", check, CASE).await;
    let error = &payload["userErrors"][0];
    assert_eq!(error["code"], "GUARD_FAILED", "{payload}");
    let message = error["message"].as_str().unwrap().to_owned();
    (error["field"].clone(), message)
}

#[tokio::test]
async fn case_24_an_old_name_is_one_issuer_and_a_match_in_its_time() {
    let bench = Bench::open().await;
    let kind = "NATIONAL_CERTIFICATION";
    let (old, board) = a_paper(&bench, kind, "Dipl. Ac.", "NCCAOM", "2025-03-01").await;
    assert_eq!(named(&bench, &old).await, "MATCH");
    assert_eq!(board, issuer(&bench.compliance, "NCBAHM").await["id"]);
    let case = bench.checked(&old, "*", "2026-11-21").await;
    let case = bench.recommended(&case).await;
    assert_eq!(bench.approved(&case).await.state, "APPROVED");
    // By its number, and so under the name of its day.
    let content = json!({
        "title": "Dipl. OM", "issuer": { "issuerId": board }, "issuedOn": "2025-03-01",
    });
    let drafted = bench.drafted_as(kind, content).await;
    let query = "query($id: ID!) { credentialRecord(id: $id) { content { issuerNamed } } }";
    let id = json!({ "id": drafted["id"] });
    let data = bench.provider.ask(query, id).await;
    assert_eq!(data["credentialRecord"]["content"]["issuerNamed"], "NCCAOM");
}

#[tokio::test]
async fn case_24_an_old_name_after_its_time_needs_review_and_is_no_match_before() {
    let bench = Bench::open().await;
    let kind = "NATIONAL_CERTIFICATION";
    let (case, board) = a_paper(&bench, kind, "Dipl. Ac.", "NCCAOM", "2026-06-01").await;
    assert_eq!(
        board,
        issuer(&bench.compliance, "NCBAHM").await["id"],
        "one issuer"
    );
    assert_eq!(named(&bench, &case).await, "NEEDS_REVIEW");
    for field in ["issuer", "*"] {
        let check = a_check(&case, field, "2026-11-21", "MATCH");
        let (field, message) = told(&bench, check).await;
        assert_eq!(field, "outcome");
        assert!(message.starts_with("NEEDS_REVIEW"), "{message}");
    }
    let mut case = case;
    for field in ["holderName", "status"] {
        case = bench.checked(&case, field, "2026-11-21").await;
    }
    let doubtful = a_check(&case, "issuer", "2026-11-21", "NEEDS_REVIEW");
    let payload = bench.verifier.does("recordCheck", doubtful, CASE).await;
    case = Standing::of(&payload);
    let mut early = case.order();
    early["recommendation"] = json!("APPROVE");
    let code = bench.verifier.is_told("recommendCase", early).await;
    assert_eq!(code, "EVIDENCE_MISSING", "somebody looks at the name first");
    let checks = payload["case"]["checks"].as_array().unwrap();
    let resolve = json!({
        "checkId": checks.last().unwrap()["id"], "outcome": "MATCH",
        "note": "old paper used up, the board writes", "expectedVersion": case.version,
    });
    let payload = bench.verifier.does("resolveCheck", resolve, CASE).await;
    let case = bench.recommended(&Standing::of(&payload)).await;
    assert_eq!(bench.approved(&case).await.state, "APPROVED");
}

#[tokio::test]
async fn case_23_the_same_letters_of_another_body_are_a_mismatch_of_the_issuer_and_merge_nothing() {
    let bench = Bench::open().await;
    let kind = "DRY_NEEDLING_TRAINING";
    let claimed = ("CMTPT/DN", "Myopain Seminars", "2024-05-05");
    let (case, myopain) = a_paper(&bench, kind, claimed.0, claimed.1, claimed.2).await;
    assert_eq!(named(&bench, &case).await, "MATCH", "as it was typed");

    // The certificate itself prints the board's name.
    for printed in [
        "CBMTPT",
        "Certification Board for Myofascial Trigger Point Therapists",
    ] {
        let mut check = a_check(&case, "issuer", "2026-11-21", "MATCH");
        check["issuerNamed"] = json!(printed);
        let (_, message) = told(&bench, check).await;
        assert!(message.starts_with("MISMATCH"), "{message}");
    }
    let mut differs = a_check(&case, "issuer", "2026-11-21", "MISMATCH");
    differs["mismatches"] = json!(["ISSUER"]);
    differs["issuerNamed"] = json!("CBMTPT");
    let shown =
        "case { id version state contentSha256 credentialId checks { outcome mismatches note } }";
    let payload = bench.verifier.does("recordCheck", differs, shown).await;
    assert_eq!(
        payload["case"]["checks"],
        json!([{
            "outcome": "MISMATCH", "mismatches": ["ISSUER"],
            "note": "the issuer is printed as CBMTPT",
        }])
    );
    let mut case = Standing::of(&payload);
    for field in ["holderName", "completedOn", "hours"] {
        case = bench.checked(&case, field, "2026-11-21").await;
    }
    let mut input = case.order();
    input["recommendation"] = json!("APPROVE");
    let code = bench.verifier.is_told("recommendCase", input).await;
    assert_eq!(
        code, "GUARD_FAILED",
        "a source says otherwise of the issuer"
    );

    // Claimed as what it is, it is another issuer's.
    let (_, board) = a_paper(&bench, kind, "CMTPT", "CBMTPT", "2024-05-05").await;
    let on_file = "Certification Board for Myofascial Trigger Point Therapists";
    assert_eq!(board, issuer(&bench.compliance, on_file).await["id"]);
    assert_ne!(board, myopain);
}
