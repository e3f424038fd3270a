use std::sync::Arc;

use async_graphql::{Context, Description, ID, Object, SimpleObject};
use chrono_tz::Tz;

use super::{WhyNot, reading};
use crate::graphql::codes::EffectiveStatus;
use crate::graphql::error::Fault;
use crate::graphql::node::NodeId;
use crate::graphql::scalar::{Date, DateTime};
use crate::service;

/// A dry-needling training on file.
#[derive(Description)]
pub struct TrainingCredential {
    /// Whose.
    pub of: Arc<domain::provider::Provider>,
    /// Which of theirs.
    pub at: usize,
}

impl TrainingCredential {
    fn get(&self) -> &domain::training::TrainingCredential {
        &self.of.training[self.at]
    }

    fn zone(&self) -> Tz {
        service::provider::home_zone(&self.of)
    }
}

/// Who issues credentials.
#[derive(SimpleObject)]
pub struct Issuer {
    /// Its legal name today.
    name: String,
}

impl From<&domain::credential::Issuer> for Issuer {
    fn from(issuer: &domain::credential::Issuer) -> Self {
        Self {
            name: issuer.name.to_string(),
        }
    }
}

/// Hours of a training by mode. Integer minutes, so that 27.5 hours is 1650 and sums are exact.
#[derive(SimpleObject)]
#[expect(
    clippy::struct_field_names,
    reason = "clients rely on these names, and the unit belongs into them"
)]
pub struct TrainingHours {
    /// All modes together.
    total_minutes: u32,
    /// Taught in one room.
    in_person_minutes: u32,
    /// Taught live over a line.
    live_online_minutes: u32,
    /// Read or watched alone.
    self_paced_minutes: u32,
    /// Done on patients under supervision.
    supervised_clinical_minutes: u32,
}

impl From<domain::training::TrainingHours> for TrainingHours {
    fn from(hours: domain::training::TrainingHours) -> Self {
        Self {
            total_minutes: hours.total_minutes(),
            in_person_minutes: hours.in_person_minutes,
            live_online_minutes: hours.live_online_minutes,
            self_paced_minutes: hours.self_paced_minutes,
            supervised_clinical_minutes: hours.supervised_clinical_minutes,
        }
    }
}

/// A body's approval of a course.
#[derive(SimpleObject)]
pub struct CourseApproval {
    /// Who approved it.
    body: String,
    /// Its number, where it has one.
    number: Option<String>,
}

#[Object(use_type_description)]
impl TrainingCredential {
    /// Its id, for `node(id:)`.
    pub async fn id(&self) -> ID {
        NodeId::Training(self.get().credential.id).into()
    }

    /// How often the training was changed: the `expectedVersion` of the next change.
    async fn version(&self) -> i32 {
        super::version(self.get().credential.version)
    }

    /// Its title as printed.
    async fn title(&self) -> &str {
        &self.get().credential.title
    }

    /// Who gave it.
    async fn issuer(&self) -> Issuer {
        (&self.get().credential.issuer).into()
    }

    /// How long it took, by mode.
    async fn hours(&self) -> TrainingHours {
        self.get().hours.into()
    }

    /// Minutes of theory, where the certificate says so.
    async fn theory_minutes(&self) -> Option<u32> {
        self.get().theory_minutes
    }

    /// Minutes of practical work, where the certificate says so.
    async fn practical_minutes(&self) -> Option<u32> {
        self.get().practical_minutes
    }

    /// Minutes taken after the entry-level degree, where the certificate says so.
    async fn postgraduate_minutes(&self) -> Option<u32> {
        self.get().postgraduate_minutes
    }

    /// Bodies that approved the course.
    async fn approvals(&self) -> Vec<CourseApproval> {
        let approvals = self.get().approvals.iter();
        approvals
            .map(|approval| CourseApproval {
                body: approval.body.to_string(),
                number: approval.number.as_deref().map(str::to_owned),
            })
            .collect()
    }

    /// First day of the course.
    async fn started_on(&self) -> Option<Date> {
        self.get().started_on.map(Into::into)
    }

    /// Last day of the course.
    async fn completed_on(&self) -> Option<Date> {
        self.get().credential.completed_on.map(Into::into)
    }

    /// Last day of the certificate, where it has one.
    async fn expires_on(&self) -> Option<Date> {
        self.get().credential.expires_on.map(Into::into)
    }

    /// What it is worth today, by itself.
    async fn status(&self, ctx: &Context<'_>) -> Result<EffectiveStatus, Fault> {
        let credential = &self.get().credential;
        service::provider::public_status(reading(ctx), credential, self.zone())
            .map(Into::into)
            .ok_or_else(|| Fault::internal("a training that is not public was about to be shown"))
    }

    /// When the verification that stands was given; null where none stands.
    async fn verified_at(&self, ctx: &Context<'_>) -> Option<DateTime> {
        let today = reading(ctx).today(self.zone());
        let credential = &self.get().credential;
        credential.verified_at(today, self.zone()).map(Into::into)
    }

    /// Did one reviewer alone check the verification that stands, where the policy allows a single
    /// reviewer? Else one person reviewed and another decided, or none stands.
    async fn single_reviewer(&self, ctx: &Context<'_>) -> bool {
        let today = reading(ctx).today(self.zone());
        self.get().credential.is_by_one_reviewer(today, self.zone())
    }

    /// The last day on which that verification counts.
    async fn revalidation_due_on(&self, ctx: &Context<'_>) -> Option<Date> {
        let reading = reading(ctx);
        self.get()
            .credential
            .revalidation_due_on(
                reading.today(self.zone()),
                self.zone(),
                reading.policy().revalidation_months,
            )
            .map(Into::into)
    }

    /// Why it is not verified today; empty where it is.
    async fn why_not_verified(&self, ctx: &Context<'_>) -> Vec<WhyNot> {
        let why = service::provider::why_not_verified(
            reading(ctx),
            &self.get().credential,
            None,
            self.zone(),
        );
        why.into_iter().map(Into::into).collect()
    }
}
