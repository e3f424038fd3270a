//! The law and the policy.

use async_graphql::{Context, ID, InputObject, Object};
use domain::access::Act;
use domain::scope::load::{RequirementFields, RuleFields};

use crate::graphql::acting::{acting, order, settled, unreadable};
use crate::graphql::codes::{
    Confidence, Discipline, Jurisdiction, RequirementKind, RequirementSubject, ReviewPolicy,
    ScopeInstrument, ScopeStatus, SilentScope,
};
use crate::graphql::error::Fault;
use crate::graphql::node::NodeId;
use crate::graphql::object::{Policy, ScopeRule, reading};
use crate::graphql::payload::payload;
use crate::graphql::scalar::{Date, DateTime};
use crate::service;
use crate::service::law::Begins;

/// What a conditional rule asks for.
#[derive(InputObject)]
pub struct ScopeRequirementInput {
    /// Of the person, or of the visit.
    subject: RequirementSubject,
    /// What.
    kind: RequirementKind,
    /// How much, or which; null where it was not seen.
    value: Option<String>,
    /// Of what: `HOURS`, `SESSIONS`.
    unit: Option<String>,
    /// The name of a group of which one is enough.
    alternative_group: Option<String>,
    /// In our words.
    note: Option<String>,
    /// How sure we are.
    confidence: Confidence,
}

/// A period of the law.
#[derive(InputObject)]
pub struct AddScopeRuleInput {
    /// Whose law.
    jurisdiction: Jurisdiction,
    /// To whom.
    discipline: Discipline,
    /// What it says.
    status: ScopeStatus,
    /// First day.
    effective_from: Date,
    /// First day on which it no longer holds; null while none is known.
    effective_to: Option<Date>,
    /// What kind of text it is.
    instrument: ScopeInstrument,
    /// Where the text is found; this or `sourceUrl` is needed.
    citation: Option<String>,
    /// Where we read of it.
    source_url: Option<String>,
    /// The day whose truth the source tells.
    source_as_of: Option<Date>,
    /// How sure we are.
    confidence: Confidence,
    /// In our words.
    summary: String,
    /// What it asks for; of a CONDITIONAL rule alone.
    requirements: Option<Vec<ScopeRequirementInput>>,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// The end of a period of the law.
#[derive(InputObject)]
pub struct CloseScopeRuleInput {
    /// Which rule.
    rule_id: ID,
    /// First day on which it no longer holds.
    effective_to: Date,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// Choices that change; what is not named stays as the version has it that would hold when this one begins.
#[derive(InputObject)]
pub struct SetPolicyInput {
    /// What SILENT law means for a listing.
    silent_scope: Option<SilentScope>,
    /// How many people a decision that raises trust takes.
    review: Option<ReviewPolicy>,
    /// Does the directory verify for others?
    cvo: Option<bool>,
    /// A licence check counts through this many days.
    license_check_days: Option<i32>,
    /// A screening is due again after this many days.
    screening_due_days: Option<i32>,
    /// A screening older than this is overdue.
    screening_overdue_days: Option<i32>,
    /// A location counts as confirmed through this many days.
    location_confirmed_days: Option<i32>,
    /// A verification of a credential counts through this many months.
    revalidation_months: Option<i32>,
    /// A scope rule whose source is older than this many days is flagged.
    scope_source_days: Option<i32>,
    /// At a decision, a check with a source may be this many days old.
    psv_days: Option<i32>,
    /// The same for a credentials verification organization.
    cvo_psv_days: Option<i32>,
    /// A revalidation decided more than this many days late takes every check of a first verification.
    late_revalidation_days: Option<i32>,
    /// A verifier holds a case for this many hours.
    lease_hours: Option<i32>,
    /// Days in which the person is told of a decision.
    notice_days: Option<i32>,
    /// Days that a person has to bring what was asked for.
    info_request_days: Option<i32>,
    /// Days after that in which a case ends because nothing came.
    info_lapse_days: Option<i32>,
    /// Days in which an appeal may be filed.
    appeal_days: Option<i32>,
    /// Business days in which a suspension is looked at again.
    suspension_review_business_days: Option<i32>,
    /// Days for which the signature under an attestation holds.
    attestation_days: Option<i32>,
    /// The same where every place of the attestation lies in Illinois.
    attestation_days_illinois: Option<i32>,
    /// How many attestations in a hundred are looked at by chance.
    sample_percent: Option<i32>,
    /// Business days in which a change is published and a report answered.
    publish_business_days: Option<i32>,
    /// Business days in which a claim is taken up: its code is read out or posted, or its evidence looked at.
    claim_business_days: Option<i32>,
    /// A claim's code that was read out over the telephone holds for this many hours.
    claim_call_code_hours: Option<i32>,
    /// A claim's code that was posted holds for this many days.
    claim_letter_code_days: Option<i32>,
    /// Wrong codes that one may enter before a claim's code is worth nothing.
    claim_code_attempts: Option<i32>,
    /// Days in which a request that an entry goes is decided.
    removal_days: Option<i32>,
    /// From when on it holds; at once when absent.
    effective_at: Option<DateTime>,
    /// Versions that were to hold from later on than this one never hold. Without it they are in the way.
    #[graphql(default)]
    drops_scheduled: bool,
    /// The number of the version that was written last, as it was read: the last of `policy.scheduled`, or
    /// the one in force where none waits.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

payload! {
    /// What came of putting a rule on file.
    AddScopeRulePayload {
        /// The rule.
        rule: ScopeRule,
    }
}
payload! {
    /// What came of ending a rule.
    CloseScopeRulePayload {
        /// The rule.
        rule: ScopeRule,
    }
}
payload! {
    /// What came of a change of the policy.
    SetPolicyPayload {
        /// The version that was written.
        policy: Policy,
    }
}

#[derive(Default)]
pub(super) struct LawMutation;

#[Object]
impl LawMutation {
    /// Put a period of the law on file. On no day are there two: end the one before first.
    async fn add_scope_rule(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the law says, from when on, and where.")] input: AddScopeRuleInput,
    ) -> Result<AddScopeRulePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::AddScopeRule, &input, &input.idempotency_key)?;
        let (rule, requirements) = fields(input);
        let done = service::law::add_rule(app, who, &order, rule, requirements).await;
        Ok(match settled(ctx, done)? {
            Ok(id) => AddScopeRulePayload {
                rule: service::scope::rule(reading(ctx), id).map(ScopeRule),
                user_errors: Vec::new(),
            },
            Err(errors) => AddScopeRulePayload::refused(errors),
        })
    }

    /// End a period of the law that is open. From that day on the law is unknown until a further period is on
    /// file, and nobody is listed by it.
    async fn close_scope_rule(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and when it ends.")] input: CloseScopeRuleInput,
    ) -> Result<CloseScopeRulePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::CloseScopeRule, &input, &input.idempotency_key)?;
        let Some(NodeId::Rule(id)) = NodeId::parse(&input.rule_id) else {
            let fault = Fault::bad_input("input.ruleId", "ruleId is the id of a rule");
            return Err(unreadable(who, Act::CloseScopeRule, fault));
        };
        let done = service::law::close_rule(app, who, &order, id, input.effective_to.0).await;
        Ok(match settled(ctx, done)? {
            Ok(id) => CloseScopeRulePayload {
                rule: service::scope::rule(reading(ctx), id).map(ScopeRule),
                user_errors: Vec::new(),
            },
            Err(errors) => CloseScopeRulePayload::refused(errors),
        })
    }

    /// Write a further version of the directory's own choices. It holds from an instant on; what was decided
    /// under an earlier version stays decided.
    async fn set_policy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which choices change, and from when on.")] input: SetPolicyInput,
    ) -> Result<SetPolicyPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::SetPolicy, &input, &input.idempotency_key)?;
        let amounts = amounts(&input)?;
        let begins = Begins {
            at: input.effective_at.as_ref().map(|at| at.0),
            drops_scheduled: input.drops_scheduled,
        };
        let version = i64::from(input.expected_version);
        let done = service::law::set_policy(app, who, &order, version, begins, |policy| {
            if let Some(silent) = input.silent_scope {
                policy.silent_scope = silent.into();
            }
            if let Some(review) = input.review {
                policy.review = review.into();
            }
            if let Some(cvo) = input.cvo {
                policy.cvo = cvo;
            }
            for (value, choice) in amounts {
                *choice(policy) = value;
            }
        })
        .await;
        Ok(match settled(ctx, done)? {
            Ok(version) => SetPolicyPayload {
                policy: service::law::policy_version(app, version).await?.map(
                    |(policy, effective_at)| Policy {
                        policy,
                        effective_at: Some(effective_at),
                        scheduled: Vec::new(),
                    },
                ),
                user_errors: Vec::new(),
            },
            Err(errors) => SetPolicyPayload::refused(errors),
        })
    }
}

type Choice = fn(&mut domain::policy::Policy) -> &mut u32;

/// The amounts that are named, and where each stands.
fn amounts(input: &SetPolicyInput) -> Result<Vec<(u32, Choice)>, Fault> {
    let all: [(&str, Option<i32>, Choice); 24] = [
        ("licenseCheckDays", input.license_check_days, |p| {
            &mut p.license_check_days
        }),
        ("screeningDueDays", input.screening_due_days, |p| {
            &mut p.screening_due_days
        }),
        ("screeningOverdueDays", input.screening_overdue_days, |p| {
            &mut p.screening_overdue_days
        }),
        (
            "locationConfirmedDays",
            input.location_confirmed_days,
            |p| &mut p.location_confirmed_days,
        ),
        ("revalidationMonths", input.revalidation_months, |p| {
            &mut p.revalidation_months
        }),
        ("scopeSourceDays", input.scope_source_days, |p| {
            &mut p.scope_source_days
        }),
        ("psvDays", input.psv_days, |p| &mut p.psv_days),
        ("cvoPsvDays", input.cvo_psv_days, |p| &mut p.cvo_psv_days),
        ("lateRevalidationDays", input.late_revalidation_days, |p| {
            &mut p.late_revalidation_days
        }),
        ("leaseHours", input.lease_hours, |p| &mut p.lease_hours),
        ("noticeDays", input.notice_days, |p| &mut p.notice_days),
        ("infoRequestDays", input.info_request_days, |p| {
            &mut p.info_request_days
        }),
        ("infoLapseDays", input.info_lapse_days, |p| {
            &mut p.info_lapse_days
        }),
        ("appealDays", input.appeal_days, |p| &mut p.appeal_days),
        (
            "suspensionReviewBusinessDays",
            input.suspension_review_business_days,
            |p| &mut p.suspension_review_business_days,
        ),
        ("attestationDays", input.attestation_days, |p| {
            &mut p.attestation_days
        }),
        (
            "attestationDaysIllinois",
            input.attestation_days_illinois,
            |p| &mut p.attestation_days_illinois,
        ),
        ("samplePercent", input.sample_percent, |p| {
            &mut p.sample_percent
        }),
        ("publishBusinessDays", input.publish_business_days, |p| {
            &mut p.publish_business_days
        }),
        ("claimBusinessDays", input.claim_business_days, |p| {
            &mut p.claim_business_days
        }),
        ("claimCallCodeHours", input.claim_call_code_hours, |p| {
            &mut p.claim_call_code_hours
        }),
        ("claimLetterCodeDays", input.claim_letter_code_days, |p| {
            &mut p.claim_letter_code_days
        }),
        ("claimCodeAttempts", input.claim_code_attempts, |p| {
            &mut p.claim_code_attempts
        }),
        ("removalDays", input.removal_days, |p| &mut p.removal_days),
    ];
    let named = all
        .into_iter()
        .filter_map(|(field, value, choice)| Some((field, value?, choice)));
    named
        .map(|(field, value, choice)| {
            let value = u32::try_from(value)
                .map_err(|_| Fault::bad_input(format!("input.{field}"), "is not negative"))?;
            Ok((value, choice))
        })
        .collect()
}

/// A rule as the columns of the file of the law, so that both are read by the same rules.
fn fields(input: AddScopeRuleInput) -> (RuleFields, Vec<RequirementFields>) {
    let day = |day: Option<Date>| day.map(|day| day.0.to_string()).unwrap_or_default();
    let jurisdiction = domain::place::Jurisdiction::from(input.jurisdiction);
    let discipline = domain::taxonomy::Discipline::from(input.discipline);
    let effective_from = input.effective_from.0.to_string();
    let requirements = input.requirements.unwrap_or_default().into_iter();
    let requirements = requirements.map(|asked| RequirementFields {
        jurisdiction: jurisdiction.code().to_owned(),
        discipline: discipline.code().to_owned(),
        effective_from: effective_from.clone(),
        subject: domain::scope::RequirementSubject::from(asked.subject)
            .code()
            .to_owned(),
        kind: domain::scope::RequirementKind::from(asked.kind)
            .code()
            .to_owned(),
        value: asked.value.unwrap_or_default(),
        unit: asked.unit.unwrap_or_default(),
        alternative_group: asked.alternative_group.unwrap_or_default(),
        note: asked.note.unwrap_or_default(),
        confidence: domain::scope::Confidence::from(asked.confidence)
            .code()
            .to_owned(),
    });
    let requirements = requirements.collect();
    let rule = RuleFields {
        jurisdiction: jurisdiction.code().to_owned(),
        discipline: discipline.code().to_owned(),
        status: domain::scope::ScopeStatus::from(input.status)
            .code()
            .to_owned(),
        effective_from,
        effective_to: day(input.effective_to),
        instrument: domain::scope::ScopeInstrument::from(input.instrument)
            .code()
            .to_owned(),
        citation: input.citation.unwrap_or_default(),
        source_url: input.source_url.unwrap_or_default(),
        source_as_of: day(input.source_as_of),
        confidence: domain::scope::Confidence::from(input.confidence)
            .code()
            .to_owned(),
        summary: input.summary,
        ..RuleFields::default()
    };
    (rule, requirements)
}
