use std::path::PathBuf;
use std::sync::OnceLock;

use domain::eligibility::Rulebook;
use domain::license::compact::{CompactPeriod, CompactStatus, Compacts};
use domain::place::Jurisdiction;
use domain::policy::Policy;
use domain::provider::Provider;
use domain::scope::load::{self, RequirementFields, RuleFields};
use domain::scope::{Confidence, Evidence, RequirementResult, ScopeLaw, ScopeStatus, evaluate};
use domain::taxonomy::Discipline;
use domain::time::Day;
use serde::de::DeserializeOwned;

use super::day;

/// The law that is shipped.
pub(crate) fn law() -> &'static ScopeLaw {
    &rulebook().scope
}

/// The shipped law and the first policy.
pub(crate) fn rulebook() -> &'static Rulebook {
    static RULES: OnceLock<Rulebook> = OnceLock::new();
    RULES.get_or_init(|| Rulebook {
        scope: load::law(
            lines::<RuleFields>("scope_rules.csv"),
            lines::<RequirementFields>("scope_requirements.csv"),
        )
        .expect("the shipped law is consistent"),
        compacts: compacts(),
        policy: Policy::default(),
    })
}

/// A compact of every profession, so that any made-up person can hold a privilege: some states never
/// join, one leaves for a while.
fn compacts() -> Compacts {
    use CompactStatus::{Enacted, Issuing};

    const STEPS: [(Jurisdiction, &str, CompactStatus); 11] = [
        (Jurisdiction::Co, "2014-01-01", Issuing),
        (Jurisdiction::Co, "2021-02-01", Enacted),
        (Jurisdiction::Co, "2021-09-01", Issuing),
        (Jurisdiction::Az, "2015-01-01", Issuing),
        (Jurisdiction::Fl, "2015-01-01", Enacted),
        (Jurisdiction::Fl, "2016-05-01", Issuing),
        (Jurisdiction::Wa, "2016-05-01", Issuing),
        (Jurisdiction::Ut, "2015-03-01", Issuing),
        (Jurisdiction::Tx, "2019-01-15", Issuing),
        (Jurisdiction::Pa, "2022-07-01", Enacted),
        (Jurisdiction::Pa, "2025-07-07", Issuing),
    ];
    let steps = Discipline::ALL.iter().flat_map(|discipline| {
        STEPS.map(|(jurisdiction, from, status)| CompactPeriod {
            discipline: *discipline,
            jurisdiction,
            from: day(from),
            status,
            citation: Some("made for a test".into()),
            source_url: None,
            source_as_of: None,
            confidence: Confidence::High,
            note: None,
        })
    });
    Compacts::new(steps).expect("no two steps begin on one day")
}

/// The shipped law under another policy.
pub(crate) fn rulebook_with(policy: Policy) -> Rulebook {
    Rulebook {
        scope: law().clone(),
        compacts: rulebook().compacts.clone(),
        policy,
    }
}

pub(crate) fn policy() -> &'static Policy {
    &rulebook().policy
}

/// What the shipped law says on a day.
pub(crate) fn decide(discipline: Discipline, jurisdiction: Jurisdiction, on: &str) -> ScopeStatus {
    law().decide(discipline, jurisdiction, day(on)).status
}

/// Does a person meet the conditional rule that is in force on a day?
#[track_caller]
pub(crate) fn meets(
    provider: &Provider,
    discipline: Discipline,
    jurisdiction: Jurisdiction,
    on: &str,
) -> RequirementResult {
    let decision = law().decide(discipline, jurisdiction, day(on));
    assert_eq!(decision.status, ScopeStatus::Conditional);
    let evidence = Evidence {
        provider,
        discipline,
        jurisdiction,
        day: Day::at(day(on)),
        zone: jurisdiction.zone(),
        policy: policy(),
        compacts: &rulebook().compacts,
    };
    let rule = decision.rule.expect("a conditional status has a rule");
    evaluate(rule, &evidence).answer.result()
}

fn lines<T: DeserializeOwned>(file: &str) -> Vec<(u64, T)> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../data")
        .join(file);
    let mut reader = csv::Reader::from_path(path).expect("a file of the law");
    (2..)
        .zip(reader.deserialize())
        .map(|(line, fields)| (line, fields.expect("a line of the law")))
        .collect()
}
