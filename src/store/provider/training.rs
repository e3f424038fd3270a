//! What only a dry-needling training has: hours by mode, and bodies that approved the course.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::credential::Credential;
use domain::training::{CourseApproval, TrainingCredential, TrainingHours};
use entity::{course_approval, training_detail};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::credential::ids;
use super::group::Groups;
use super::selection::Selection;
use crate::store::{StoreError, row};

/// A training without its title, issuer, dates and standing.
pub(super) struct Detail {
    started_on: Option<NaiveDate>,
    hours: TrainingHours,
    theory_minutes: Option<u32>,
    practical_minutes: Option<u32>,
    postgraduate_minutes: Option<u32>,
    approvals: Vec<CourseApproval>,
}

impl Detail {
    /// The whole training.
    pub(super) fn of(self, credential: Credential) -> TrainingCredential {
        TrainingCredential {
            credential,
            started_on: self.started_on,
            hours: self.hours,
            theory_minutes: self.theory_minutes,
            practical_minutes: self.practical_minutes,
            postgraduate_minutes: self.postgraduate_minutes,
            approvals: self.approvals,
        }
    }
}

/// Details by their credential's number.
pub(super) async fn read(
    db: &impl ConnectionTrait,
    whom: &Selection,
) -> Result<HashMap<i64, Detail>, StoreError> {
    let mut approvals = approvals(db, whom).await?;
    let select = training_detail::Entity::find()
        .filter(training_detail::Column::CredentialId.in_subquery(ids(whom)));
    row::read(db, select)
        .await?
        .into_iter()
        .map(|found| {
            let id = found.credential_id;
            Ok((id, of_row(&found, approvals.take(id))?))
        })
        .collect()
}

pub(in crate::store) fn detail_row(
    credential_id: i64,
    training: &TrainingCredential,
) -> Result<training_detail::Model, StoreError> {
    let fit = |minutes: u32, column| row::fit(minutes, "training_detail", column, credential_id);
    let fit_some =
        |minutes: Option<u32>, column| minutes.map(|minutes| fit(minutes, column)).transpose();
    let hours = &training.hours;
    Ok(training_detail::Model {
        credential_id,
        started_on: training.started_on,
        in_person_minutes: fit(hours.in_person_minutes, "in_person_minutes")?,
        live_online_minutes: fit(hours.live_online_minutes, "live_online_minutes")?,
        self_paced_minutes: fit(hours.self_paced_minutes, "self_paced_minutes")?,
        supervised_clinical_minutes: fit(
            hours.supervised_clinical_minutes,
            "supervised_clinical_minutes",
        )?,
        theory_minutes: fit_some(training.theory_minutes, "theory_minutes")?,
        practical_minutes: fit_some(training.practical_minutes, "practical_minutes")?,
        postgraduate_minutes: fit_some(training.postgraduate_minutes, "postgraduate_minutes")?,
    })
}

pub(in crate::store) fn approval_rows(
    credential_id: i64,
    training: &TrainingCredential,
) -> impl Iterator<Item = course_approval::Model> {
    training
        .approvals
        .iter()
        .enumerate()
        .map(move |(ordinal, approval)| course_approval::Model {
            credential_id,
            ordinal: row::ordinal(ordinal),
            body: approval.body.to_string(),
            number: approval.number.as_deref().map(Into::into),
        })
}

fn of_row(
    found: &training_detail::Model,
    approvals: Vec<CourseApproval>,
) -> Result<Detail, StoreError> {
    let fit = |minutes: i32, column| {
        row::fit::<_, u32>(minutes, "training_detail", column, found.credential_id)
    };
    let fit_some =
        |minutes: Option<i32>, column| minutes.map(|minutes| fit(minutes, column)).transpose();
    Ok(Detail {
        started_on: found.started_on,
        hours: TrainingHours {
            in_person_minutes: fit(found.in_person_minutes, "in_person_minutes")?,
            live_online_minutes: fit(found.live_online_minutes, "live_online_minutes")?,
            self_paced_minutes: fit(found.self_paced_minutes, "self_paced_minutes")?,
            supervised_clinical_minutes: fit(
                found.supervised_clinical_minutes,
                "supervised_clinical_minutes",
            )?,
        },
        theory_minutes: fit_some(found.theory_minutes, "theory_minutes")?,
        practical_minutes: fit_some(found.practical_minutes, "practical_minutes")?,
        postgraduate_minutes: fit_some(found.postgraduate_minutes, "postgraduate_minutes")?,
        approvals,
    })
}

async fn approvals(
    db: &impl ConnectionTrait,
    whom: &Selection,
) -> Result<Groups<CourseApproval>, StoreError> {
    let select = course_approval::Entity::find()
        .filter(course_approval::Column::CredentialId.in_subquery(ids(whom)))
        .order_by_asc(course_approval::Column::CredentialId)
        .order_by_asc(course_approval::Column::Ordinal);
    let rows = row::read(db, select).await?;
    Ok(rows
        .into_iter()
        .map(|found| {
            let approval = CourseApproval {
                body: found.body.into(),
                number: found.number.map(Into::into),
            };
            (found.credential_id, approval)
        })
        .collect())
}
