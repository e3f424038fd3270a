use std::path::PathBuf;
use std::sync::OnceLock;

use domain::eligibility::Rulebook;
use domain::place::Jurisdiction;
use domain::policy::Policy;
use domain::provider::Provider;
use domain::scope::load::{self, RequirementFields, RuleFields};
use domain::scope::{Evidence, RequirementResult, ScopeLaw, ScopeStatus, evaluate};
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
        policy: Policy::default(),
    })
}

/// The shipped law under another policy.
pub(crate) fn rulebook_with(policy: Policy) -> Rulebook {
    Rulebook {
        scope: law().clone(),
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
