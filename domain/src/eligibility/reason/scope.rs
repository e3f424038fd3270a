use chrono::NaiveDate;

use super::{license, training};
use crate::eligibility::ReasonOutcome;
use crate::eligibility::case::Case;
use crate::policy::SilentScope;
use crate::scope::{
    Evaluation, Evidence, RequirementKind, RequirementResult, ScopeRule, ScopeStatus, evaluate,
};
use crate::time::{Day, earlier_end, months_after};

/// What the law says, and whether the person meets what it asks.
#[derive(Debug, Clone, PartialEq)]
pub enum ScopeFinding<'a> {
    /// The law allows it.
    Permitted(&'a ScopeRule),
    /// The law sets conditions.
    Conditional(&'a ScopeRule, Evaluation<'a>),
    /// The law bars it.
    Prohibited(&'a ScopeRule),
    /// The law says neither yes nor no.
    Silent {
        /// The rule that records the silence.
        rule: &'a ScopeRule,
        /// Does the policy show people there all the same?
        shown: bool,
    },
    /// Nobody has researched it: no rule for the day, or one that says so.
    NotResearched(Option<&'a ScopeRule>),
    /// Neither a place nor a licence says whose law counts.
    NoJurisdiction,
}

impl<'a> ScopeFinding<'a> {
    pub(super) fn outcome(&self) -> ReasonOutcome {
        match self {
            Self::Permitted(_) => ReasonOutcome::Pass,
            Self::Conditional(_, evaluation) => match evaluation.answer.result() {
                RequirementResult::Met => ReasonOutcome::Pass,
                RequirementResult::NotMet => ReasonOutcome::Fail,
                RequirementResult::NotEvidenced => ReasonOutcome::Unknown,
            },
            Self::Prohibited(_) | Self::NotResearched(_) => ReasonOutcome::Fail,
            Self::Silent { .. } | Self::NoJurisdiction => ReasonOutcome::Unknown,
        }
    }

    /// The rule that decided.
    pub fn rule(&self) -> Option<&'a ScopeRule> {
        match self {
            Self::Permitted(rule)
            | Self::Conditional(rule, _)
            | Self::Prohibited(rule)
            | Self::Silent { rule, .. } => Some(rule),
            Self::NotResearched(rule) => *rule,
            Self::NoJurisdiction => None,
        }
    }

    /// The last day of the rule, or of the evidence that meets it.
    pub(super) fn due_on(&self) -> Option<NaiveDate> {
        let evidence = match self {
            Self::Conditional(_, evaluation) => evaluation.answer.until(),
            _ => None,
        };
        earlier_end(self.rule().and_then(ScopeRule::last_day), evidence)
    }
}

pub(super) fn find<'a>(case: &Case<'a>, day: Day) -> ScopeFinding<'a> {
    let Some(jurisdiction) = case.practice.jurisdiction() else {
        return ScopeFinding::NoJurisdiction;
    };
    let discipline = case.practice.discipline;
    let decision = case.rules.scope.decide(discipline, jurisdiction, day.on());
    let Some(rule) = decision.rule else {
        return ScopeFinding::NotResearched(None);
    };
    match decision.status {
        ScopeStatus::Permitted => ScopeFinding::Permitted(rule),
        ScopeStatus::Prohibited => ScopeFinding::Prohibited(rule),
        ScopeStatus::Unknown => ScopeFinding::NotResearched(Some(rule)),
        ScopeStatus::Silent => ScopeFinding::Silent {
            rule,
            shown: case.rules.policy.silent_scope == SilentScope::Show,
        },
        ScopeStatus::Conditional => {
            let evidence = Evidence {
                provider: case.provider,
                discipline,
                jurisdiction,
                day,
                zone: case.zone,
                policy: &case.rules.policy,
                compacts: &case.rules.compacts,
            };
            ScopeFinding::Conditional(rule, evaluate(rule, &evidence))
        }
    }
}

pub(super) fn days(case: &Case<'_>, days: &mut Vec<NaiveDate>) {
    let Some(jurisdiction) = case.practice.jurisdiction() else {
        return;
    };
    let rules = case
        .rules
        .scope
        .periods(case.practice.discipline, jurisdiction);
    for rule in rules {
        days.extend(rule.effective_from);
        days.extend(rule.effective_to);
    }
    if rules
        .iter()
        .any(|rule| rule.status == ScopeStatus::Conditional)
    {
        days_of_evidence(rules, case, days);
    }
}

fn days_of_evidence(rules: &[ScopeRule], case: &Case<'_>, days: &mut Vec<NaiveDate>) {
    let provider = case.provider;
    let training = provider.training.iter().map(|one| &one.credential);
    for credential in training.chain(&provider.credentials) {
        training::days_of(credential, case, days);
    }
    for license in &provider.licenses {
        license::days_of(license, case, days);
        for requirement in rules.iter().flat_map(|rule| &rule.requirements) {
            if requirement.kind == RequirementKind::YearsLicensed {
                let months = requirement.months();
                days.extend(
                    license
                        .issued_on
                        .zip(months)
                        .map(|(issued, months)| months_after(issued, months)),
                );
            }
        }
    }
    let lookups = provider.lookups.iter();
    days.extend(lookups.map(|lookup| case.local(lookup.looked_up_at)));
}
