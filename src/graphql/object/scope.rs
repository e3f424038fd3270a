use async_graphql::{Context, Description, ID, Object, SimpleObject};

use super::{count, reading};
use crate::graphql::codes::{
    Confidence, Discipline, Jurisdiction, RequirementKind, RequirementSubject, ScopeFlag,
    ScopeInstrument, ScopeStatus,
};
use crate::graphql::node::NodeId;
use crate::graphql::scalar::Date;
use crate::service;
use crate::service::scope::{Decision, Rule};
use crate::service::search::Notice;

/// What the law of a jurisdiction says to a discipline on a day.
#[derive(Description)]
pub struct ScopeDecision(pub Decision);

#[Object(use_type_description)]
impl ScopeDecision {
    /// To whom.
    async fn discipline(&self) -> Discipline {
        self.0.discipline.into()
    }

    /// Whose law.
    async fn jurisdiction(&self) -> Jurisdiction {
        self.0.jurisdiction.into()
    }

    /// On which day.
    async fn on(&self) -> Date {
        self.0.on.into()
    }

    /// What it says; UNKNOWN where there is no rule.
    async fn status(&self) -> ScopeStatus {
        self.0.status.into()
    }

    /// The rule that decided; null where there is none.
    async fn rule(&self) -> Option<ScopeRule> {
        self.0.rule.clone().map(ScopeRule)
    }
}

/// People whom one rule hides where somebody searched.
#[derive(Description)]
pub struct ScopeNotice(pub Notice);

#[Object(use_type_description)]
impl ScopeNotice {
    /// The law, with its citation.
    async fn decision(&self) -> ScopeDecision {
        ScopeDecision(self.0.decision.clone())
    }

    /// People of that discipline there whom this rule hides, whatever else fails and whatever
    /// `atLeast` asks.
    async fn hidden_count(&self) -> i32 {
        count(self.0.hidden_count)
    }
}

/// What the law of one jurisdiction says to one discipline from one day until another.
#[derive(Description)]
pub struct ScopeRule(pub Rule);

/// One thing that a rule asks for.
#[derive(SimpleObject)]
pub struct ScopeRequirement {
    /// Of whom.
    subject: RequirementSubject,
    /// What.
    kind: RequirementKind,
    /// How much, or which; null where no text was seen: not seen is not none.
    value: Option<String>,
    /// In what unit.
    unit: Option<String>,
    /// Requirements of one group are alternatives to each other.
    alternative_group: Option<String>,
    /// In our words.
    note: Option<String>,
    /// How sure we are of it.
    confidence: Confidence,
}

#[Object(use_type_description)]
impl ScopeRule {
    /// Its id, for `node(id:)`.
    pub async fn id(&self) -> ID {
        NodeId::Rule(self.0.get().id()).into()
    }

    /// Whose law.
    async fn jurisdiction(&self) -> Jurisdiction {
        self.0.get().jurisdiction.into()
    }

    /// To whom.
    async fn discipline(&self) -> Discipline {
        self.0.get().discipline.into()
    }

    /// What it says.
    async fn status(&self) -> ScopeStatus {
        self.0.get().status.into()
    }

    /// First day; null where the beginning was not found.
    async fn effective_from(&self) -> Option<Date> {
        self.0.get().effective_from.map(Into::into)
    }

    /// First day on which it no longer holds; null while it does.
    async fn effective_to(&self) -> Option<Date> {
        self.0.get().effective_to.map(Into::into)
    }

    /// What kind of text it is.
    async fn instrument(&self) -> ScopeInstrument {
        self.0.get().instrument.into()
    }

    /// Where the text is found.
    async fn citation(&self) -> Option<&str> {
        self.0.get().citation.as_deref()
    }

    /// Where we read of it.
    async fn source_url(&self) -> Option<&str> {
        self.0.get().source_url.as_deref()
    }

    /// The day whose truth the source tells.
    async fn source_as_of(&self) -> Option<Date> {
        self.0.get().source_as_of.map(Into::into)
    }

    /// Is that day so long ago, by our policy, that somebody should look again? The status is kept.
    async fn stale(&self, ctx: &Context<'_>) -> bool {
        service::scope::is_stale(reading(ctx), self.0.get())
    }

    /// How sure we are of the status.
    async fn confidence(&self) -> Confidence {
        self.0.get().confidence.into()
    }

    /// What it says, in our words.
    async fn summary(&self) -> &str {
        &self.0.get().summary
    }

    /// Hours of training that the text names; null where none was seen: not seen is not none.
    async fn min_training_hours(&self) -> Option<u32> {
        self.0.get().min_training_hours
    }

    /// Hours in person that the text names; null where none was seen.
    async fn min_in_person_hours(&self) -> Option<u32> {
        self.0.get().min_in_person_hours
    }

    /// Years licensed that the text names; null where none was seen.
    async fn min_years_licensed(&self) -> Option<u32> {
        self.0.get().min_years_licensed
    }

    /// Does a patient need a referral? Null where no text was seen.
    async fn referral_required(&self) -> Option<ScopeFlag> {
        self.0.get().referral_required.map(Into::into)
    }

    /// Must a patient consent? Null where no text was seen.
    async fn consent_required(&self) -> Option<ScopeFlag> {
        self.0.get().consent_required.map(Into::into)
    }

    /// What it asks of the person (judged) and of the visit (shown, never judged).
    async fn requirements(&self) -> Vec<ScopeRequirement> {
        let requirements = self.0.get().requirements.iter();
        requirements.map(ScopeRequirement::from).collect()
    }
}

impl From<&domain::scope::Requirement> for ScopeRequirement {
    fn from(requirement: &domain::scope::Requirement) -> Self {
        let text = |text: &Option<Box<str>>| text.as_deref().map(str::to_owned);
        Self {
            subject: requirement.subject.into(),
            kind: requirement.kind.into(),
            value: text(&requirement.value),
            unit: text(&requirement.unit),
            alternative_group: text(&requirement.alternative_group),
            note: text(&requirement.note),
            confidence: requirement.confidence.into(),
        }
    }
}
