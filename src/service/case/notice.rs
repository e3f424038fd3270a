//! What the person of a case is told, queued in the transaction of what it tells of.
//!
//! A notice leaves the house unencrypted: it says that something happened and where to read it, never
//! what was found.

use chrono::NaiveDate;
use domain::case::{CaseId, Effect};
use domain::credential::Standing;
use domain::notice::{Addressee, Notice, NoticeKind};
use domain::npi::Npi;
use domain::time::local_day;

use super::CredentialFile;
use super::step::{Step, case_id, credential_id};
use crate::service::{Change, Trouble, notice};

/// Queues what a step's effects ask to be told.
pub(super) async fn tell(change: &Change<'_>, step: &Step) -> Result<(), Trouble> {
    let file = step.after.case.file();
    let mut notices = Vec::new();
    for effect in &step.effects {
        match effect {
            Effect::TellDecision { due_on, may_appeal } => {
                notices.push(decision(
                    file.subject,
                    file.id,
                    *due_on,
                    *may_appeal,
                    change,
                ));
            }
            Effect::TellWhatIsAsked { due_on } => {
                notices.push(asked(file.subject, file.id, *due_on, step, change));
            }
            Effect::CheckRecorded(_)
            | Effect::CheckResolved(_)
            | Effect::ChecksToRepeat(_)
            | Effect::StandingFollows
            | Effect::FraudFlagSurvives
            | Effect::OpenAppeal(_) => {}
        }
    }
    notice::queue(change, &notices).await?;
    Ok(())
}

/// Queues that a credential's standing was lowered or raised outside a first verification.
pub(super) async fn tell_standing(
    change: &Change<'_>,
    file: &CredentialFile,
    standing: Standing,
    due_on: NaiveDate,
) -> Result<(), Trouble> {
    let id = credential_id(file.id, file.kind);
    let (kind, subject, body) = match standing {
        Standing::Suspended => (
            NoticeKind::Suspended,
            "A credential of yours is suspended",
            format!(
                "Your credential {id} is out of force for now. Sign in to read why. You may ask that \
                 the suspension be lifted; it is looked at again by {due_on}."
            ),
        ),
        Standing::Revoked => (
            NoticeKind::Revoked,
            "A credential of yours is revoked",
            format!("Your credential {id} is out of force for good. Sign in to read why."),
        ),
        Standing::Verified => (
            NoticeKind::Reinstated,
            "A credential of yours is in force again",
            format!("Your credential {id} is in force again."),
        ),
        Standing::Unverified
        | Standing::Withdrawn
        | Standing::Superseded
        | Standing::EnteredInError => return Ok(()),
    };
    let notice = Notice {
        kind,
        to: Addressee::Entry(file.npi),
        due_on,
        case_id: None,
        about: Some(("credential".into(), file.id.0.to_string().into())),
        subject: subject.into(),
        body: body.into(),
        once_key: None,
    };
    notice::queue(change, &[notice]).await?;
    Ok(())
}

fn decision(
    to: Npi,
    case: CaseId,
    due_on: NaiveDate,
    may_appeal: bool,
    change: &Change<'_>,
) -> Notice {
    let id = case_id(case);
    let appeal = if may_appeal {
        format!(
            " You may appeal within {} days of this notice.",
            change.policy.appeal_days
        )
    } else {
        String::new()
    };
    Notice {
        kind: NoticeKind::Decision,
        to: Addressee::Entry(to),
        due_on,
        case_id: Some(case.0),
        about: Some(("case".into(), case.0.to_string().into())),
        subject: "A case about you was decided".into(),
        body: format!("The case {id} was decided. Sign in to read the decision and why.{appeal}")
            .into(),
        once_key: Some(format!("decision/{id}").into()),
    }
}

fn asked(to: Npi, case: CaseId, due_on: NaiveDate, step: &Step, change: &Change<'_>) -> Notice {
    let id = case_id(case);
    let today = local_day(change.now, step.zone);
    Notice {
        kind: NoticeKind::InfoRequested,
        to: Addressee::Entry(to),
        due_on: today,
        case_id: Some(case.0),
        about: Some(("case".into(), case.0.to_string().into())),
        subject: "Something is asked of you".into(),
        body: format!(
            "In the case {id} something is asked of you by {due_on}. Sign in to read what. Without it \
             the case ends."
        )
        .into(),
        once_key: Some(format!("asked/{id}/{}", step.before.version).into()),
    }
}
