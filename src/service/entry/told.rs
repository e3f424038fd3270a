//! What people are told of claims, removals and reports, and what is asked of us about them: queued and
//! opened in the transaction of what they tell of.
//!
//! A notice leaves the house unencrypted: it says that something happened and where to read it, never a
//! code, never what somebody wrote.

use chrono::NaiveDate;
use domain::access::AccountId;
use domain::claim::{ClaimMethod, ClaimState};
use domain::notice::{
    Addressee, Notice, NoticeKind, TaskKind, TaskResolution, business_days_after,
};
use domain::report::{RemovalState, ReportState};
use domain::time::days_after;

use super::waiting::{self, Waiting};
use crate::service::{Change, Trouble, notice, task};
use crate::store::entry::claim::Claim;
use crate::store::entry::removal::Removal;
use crate::store::entry::report::Report;
use crate::store::task::{self as tasks, Closed};

const CLAIM: [TaskKind; 2] = [TaskKind::ClaimCode, TaskKind::ClaimDecision];

/// Asks one of us for what a record waits for, and no more for what it waited for before.
async fn ask(
    change: &Change<'_>,
    about: (&'static str, i64),
    kinds: &[TaskKind],
    waiting: Option<Waiting>,
) -> Result<(), Trouble> {
    let closed = Closed {
        at: change.now,
        by: change.who.key().into(),
        resolution: TaskResolution::Done,
        text: None,
    };
    tasks::close_about(&change.txn, about, kinds, &closed).await?;
    let next: Vec<_> = waiting.iter().map(|it| it.task(change.now)).collect();
    task::open(change, &next).await?;
    Ok(())
}

/// After each change of a claim: closes the task of what was done, opens that of what is to be done next.
pub(super) async fn settle_tasks(change: &Change<'_>, claim: &Claim) -> Result<(), Trouble> {
    let next = waiting::of_claim(claim, change.now, &change.policy);
    ask(change, ("claim", claim.id.0), &CLAIM, next).await
}

async fn ask_removal(change: &Change<'_>, removal: &Removal) -> Result<(), Trouble> {
    let (about, next) = (
        ("removal_request", removal.id.0),
        waiting::of_removal(removal),
    );
    ask(change, about, &[TaskKind::RemovalDue], next).await
}

async fn ask_report(change: &Change<'_>, report: &Report) -> Result<(), Trouble> {
    let (about, next) = (("mistake_report", report.id.0), waiting::of_report(report));
    ask(change, about, &[TaskKind::ReportDue], next).await
}

/// A claim was made: the claimant is told what comes next, and whoever holds the entry that somebody else
/// says that it is theirs.
pub(super) async fn claimed(
    change: &Change<'_>,
    claim: &Claim,
    holders: &[AccountId],
) -> Result<(), Trouble> {
    settle_tasks(change, claim).await?;
    let due_on = business_days_after(today(change), change.policy.claim_business_days);
    let next = match claim.method {
        _ if claim.disputes => "Another account holds the entry, so one of us decides.".to_owned(),
        ClaimMethod::PracticePhone => format!(
            "By {due_on} we read out a code to the practice's telephone as the federal registry holds \
             it. Sign in and enter it."
        ),
        ClaimMethod::PostalAddress => format!(
            "By {due_on} we post a code to the practice's address as the federal registry holds it. \
             Sign in and enter it when it has come."
        ),
        ClaimMethod::EvidenceSeen => {
            format!("One of us is in touch by {due_on} to see who you are.")
        }
    };
    let npi = claim.npi;
    let mut notices = vec![of_claim(
        claim,
        claim.account,
        "received",
        due_on,
        "We have your claim",
        format!("You say that the entry of NPI {npi} is yours. {next}"),
    )];
    notices.extend(
        holders
            .iter()
            .filter(|held| **held != claim.account)
            .map(|held| {
                of_claim(
                    claim,
                    *held,
                    "disputed",
                    due_on,
                    "Somebody else claims your entry",
                    format!(
                        "Another account says that the entry of NPI {npi}, which you hold, is theirs. \
                         Nothing changes until one of us has decided. Write to us if you know more."
                    ),
                )
            }),
    );
    notice::queue(change, &notices).await?;
    Ok(())
}

/// A code was issued: the claimant is told to look for it, and never the code.
pub(super) async fn code_issued(change: &Change<'_>, claim: &Claim) -> Result<(), Trouble> {
    settle_tasks(change, claim).await?;
    let (Some(issued_at), Some(expires_at)) = (claim.code_issued_at, claim.code_expires_at) else {
        return Ok(());
    };
    let end = expires_at.format("%Y-%m-%d %H:%M UTC");
    let how = match claim.method {
        ClaimMethod::PostalAddress => "was posted to the practice's address",
        ClaimMethod::PracticePhone | ClaimMethod::EvidenceSeen => {
            "was read out to the practice's telephone"
        }
    };
    let told = of_claim(
        claim,
        claim.account,
        &format!("code/{}", issued_at.timestamp_micros()),
        today(change),
        "Your code is on its way",
        format!(
            "A code for your claim to the entry of NPI {} {how}. It is good until {end}. Sign in and \
             enter it. We never send it by e-mail.",
            claim.npi
        ),
    );
    notice::queue(change, &[told]).await?;
    Ok(())
}

/// A claim was decided: the claimant is told, and whoever held the entry until then.
pub(super) async fn claim_decided(
    change: &Change<'_>,
    claim: &Claim,
    held_before: &[AccountId],
) -> Result<(), Trouble> {
    settle_tasks(change, claim).await?;
    let due_on = days_after(today(change), change.policy.notice_days);
    let npi = claim.npi;
    let (subject, body) = match claim.state {
        ClaimState::Confirmed => (
            "The entry is yours",
            format!("Your claim to the entry of NPI {npi} was confirmed. Sign in to fill it in."),
        ),
        ClaimState::Declined => (
            "Your claim was declined",
            format!(
                "Your claim to the entry of NPI {npi} was declined. Ask us why; you may claim it \
                 again, with evidence."
            ),
        ),
        // Whoever gave up knows.
        ClaimState::Withdrawn | ClaimState::Open => return Ok(()),
    };
    let mut notices = vec![of_claim(
        claim,
        claim.account,
        "decided",
        due_on,
        subject,
        body,
    )];
    if claim.state == ClaimState::Confirmed {
        let others = held_before.iter().filter(|held| **held != claim.account);
        notices.extend(others.map(|held| {
            of_claim(
                claim,
                *held,
                "taken",
                due_on,
                "An entry is no longer yours",
                format!(
                    "The entry of NPI {npi} was given to another account, which showed that it is \
                     theirs. If that is wrong, write to us, or claim it with evidence."
                ),
            )
        }));
    }
    notice::queue(change, &notices).await?;
    Ok(())
}

/// Somebody asked that an entry goes: those who hold it are told by when that is decided.
pub(super) async fn removal_asked(
    change: &Change<'_>,
    removal: &Removal,
    holders: &[AccountId],
) -> Result<(), Trouble> {
    ask_removal(change, removal).await?;
    let due_on = business_days_after(today(change), change.policy.publish_business_days);
    let body = format!(
        "You, or somebody for you, asked that your entry goes from the directory (removal_{}). It is \
         decided by {}. If you did not ask, write to us at once.",
        removal.id.0, removal.due_on
    );
    let to = of_removal(
        removal,
        holders,
        "received",
        due_on,
        "We have your request that your entry goes",
        &body,
    );
    notice::queue(change, &to).await?;
    Ok(())
}

/// That was decided: those who held the entry until then are told. Of an erased entry not even the number
/// is named.
pub(super) async fn removal_decided(
    change: &Change<'_>,
    removal: &Removal,
    held_before: &[AccountId],
) -> Result<(), Trouble> {
    ask_removal(change, removal).await?;
    let id = removal.id.0;
    let due_on = days_after(today(change), change.policy.notice_days);
    let (subject, body) = match removal.state {
        RemovalState::Hidden => (
            "Your entry is out of the directory",
            format!("As asked (removal_{id}), your entry is not shown any more."),
        ),
        RemovalState::Erased => (
            "Your data is erased",
            format!(
                "As asked (removal_{id}), your entry is not shown any more and what it said is erased. \
                 Its number is kept, so that no import brings it back."
            ),
        ),
        RemovalState::Refused => (
            "Your entry stays in the directory",
            format!(
                "The request that your entry goes (removal_{id}) was refused. Ask us why, and how to \
                 object."
            ),
        ),
        RemovalState::Open => return Ok(()),
    };
    let to = of_removal(removal, held_before, "decided", due_on, subject, &body);
    notice::queue(change, &to).await?;
    Ok(())
}

/// A report came: one of us is asked to answer. Whoever left an address hears nothing yet: nobody has looked
/// whether it is theirs to leave.
pub(super) async fn report_filed(change: &Change<'_>, report: &Report) -> Result<(), Trouble> {
    ask_report(change, report).await
}

/// A report was answered: whoever left an address is told that it was. `address` is theirs, which the
/// report itself holds no more.
pub(super) async fn report_answered(
    change: &Change<'_>,
    report: &Report,
    address: Option<&str>,
) -> Result<(), Trouble> {
    ask_report(change, report).await?;
    let Some(address) = address else {
        return Ok(());
    };
    let found = match report.state {
        ReportState::Corrected => "The entry was wrong and has been corrected.",
        ReportState::NoMistake => "We found the entry to be right.",
        ReportState::Referred => "It is looked into elsewhere.",
        ReportState::Open => return Ok(()),
    };
    let told = Notice {
        once_key: Some(format!("report/answered/report_{}", report.id.0).into()),
        ..of_report(
            report,
            address,
            days_after(today(change), change.policy.notice_days),
            "Your report was answered",
            format!(
                "Somebody, giving this address, reported that an entry of the directory is wrong. {found} \
                 The answer can be read with the reference that the report was given. If it was not you, do \
                 nothing: the address is forgotten."
            ),
        )
    };
    notice::queue(change, &[told]).await?;
    Ok(())
}

fn today(change: &Change<'_>) -> NaiveDate {
    waiting::today(change.now)
}

fn of_claim(
    claim: &Claim,
    to: AccountId,
    what: &str,
    due_on: NaiveDate,
    subject: &str,
    body: String,
) -> Notice {
    let id = claim.id.0;
    Notice {
        kind: NoticeKind::Claim,
        to: Addressee::Account(to),
        due_on,
        case_id: None,
        about: Some(("claim".into(), id.to_string().into())),
        subject: subject.into(),
        body: (body + "\n").into(),
        once_key: Some(format!("claim/{what}/claim_{id}/account_{}", to.0).into()),
    }
}

/// To everybody who holds the entry; where nobody does, to whoever wrote the request down.
fn of_removal(
    removal: &Removal,
    holders: &[AccountId],
    what: &str,
    due_on: NaiveDate,
    subject: &str,
    body: &str,
) -> Vec<Notice> {
    let id = removal.id.0;
    let asker = [removal.account];
    let to = if holders.is_empty() { &asker } else { holders };
    to.iter()
        .map(|to| Notice {
            kind: NoticeKind::Removal,
            to: Addressee::Account(*to),
            due_on,
            case_id: None,
            about: Some(("removal_request".into(), id.to_string().into())),
            subject: subject.into(),
            body: format!("{body}\n").into(),
            once_key: Some(format!("removal/{what}/removal_{id}/account_{}", to.0).into()),
        })
        .collect()
}

fn of_report(
    report: &Report,
    address: &str,
    due_on: NaiveDate,
    subject: &str,
    body: String,
) -> Notice {
    Notice {
        kind: NoticeKind::Report,
        to: Addressee::Address(address.into()),
        due_on,
        case_id: None,
        about: Some(("mistake_report".into(), report.id.0.to_string().into())),
        subject: subject.into(),
        body: (body + "\n").into(),
        once_key: None,
    }
}
