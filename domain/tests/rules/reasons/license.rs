use domain::eligibility::ListingReasonCode::License;
use domain::eligibility::ReasonOutcome::{Fail, Pass, Unknown};
use domain::license::{BoardStatus, CheckOutcome, CheckSourceKind, MismatchField};
use domain::place::Jurisdiction::Ok;
use domain::taxonomy::Discipline::Acupuncturist;

use super::{Scenario, proved, scenario};
use crate::support::{Person, a_verified, active_check, check, day};

pub(super) fn scenarios() -> Vec<Scenario> {
    let mut all = in_force();
    all.extend(out_of_force());
    all.extend(in_doubt());
    all
}

fn seen(outcome: CheckOutcome, status: BoardStatus) -> Person {
    proved().checked(vec![check("2026-11-10", outcome, status)])
}

fn board(status: BoardStatus) -> Person {
    seen(CheckOutcome::Match, status)
}

fn differing(field: MismatchField) -> Person {
    let mut differs = check("2026-11-10", CheckOutcome::Mismatch, BoardStatus::Active);
    differs.mismatches = vec![field];
    proved().checked(vec![differs])
}

fn in_force() -> Vec<Scenario> {
    let mut ending = active_check("2026-11-10");
    ending.expires_on = Some(day("2026-11-30"));
    let mut unanswered = check(
        "2026-11-18",
        CheckOutcome::SourceUnavailable,
        BoardStatus::Unknown,
    );
    unanswered.source_url = Some("https://board.example.org".into());
    vec![
        scenario(License, Pass, "in force", proved()),
        scenario(
            License,
            Pass,
            "in force until the end of the month",
            proved().checked(vec![ending]),
        ),
        scenario(
            License,
            Pass,
            "in force on conditions",
            board(BoardStatus::ActiveConditions),
        ),
        scenario(License, Pass, "on probation", board(BoardStatus::Probation)),
        scenario(
            License,
            Pass,
            "the board's site was down at the last look",
            proved().checked(vec![active_check("2026-11-10"), unanswered]),
        ),
        scenario(
            License,
            Pass,
            "checked 30 days ago",
            proved().checked(vec![active_check("2026-10-22")]),
        ),
    ]
}

fn out_of_force() -> Vec<Scenario> {
    vec![
        scenario(License, Fail, "inactive", board(BoardStatus::Inactive)),
        scenario(
            License,
            Fail,
            "expired, by the board",
            board(BoardStatus::Expired),
        ),
        scenario(
            License,
            Fail,
            "suspended after a proceeding",
            board(BoardStatus::SuspendedDisciplinary),
        ),
        scenario(
            License,
            Fail,
            "suspended for papers",
            board(BoardStatus::SuspendedAdmin),
        ),
        scenario(License, Fail, "revoked", board(BoardStatus::Revoked)),
        scenario(
            License,
            Fail,
            "revoked, seen two years ago",
            proved().checked(vec![check(
                "2024-11-10",
                CheckOutcome::Match,
                BoardStatus::Revoked,
            )]),
        ),
        scenario(
            License,
            Fail,
            "surrendered",
            board(BoardStatus::Surrendered),
        ),
        scenario(
            License,
            Fail,
            "another profession",
            differing(MismatchField::LicenseType),
        ),
        scenario(
            License,
            Fail,
            "expired, by their own word",
            proved()
                .checked(Vec::new())
                .license(|license| license.expires_on = Some(day("2026-11-20"))),
        ),
        scenario(
            License,
            Fail,
            "beginning tomorrow",
            proved().license(|license| license.issued_on = Some(day("2026-11-22"))),
        ),
    ]
}

fn in_doubt() -> Vec<Scenario> {
    let mut by_themselves = active_check("2026-11-10");
    by_themselves.source_kind = CheckSourceKind::Self_;
    vec![
        scenario(
            License,
            Unknown,
            "checked 31 days ago",
            proved().checked(vec![active_check("2026-10-21")]),
        ),
        scenario(License, Unknown, "applied for", board(BoardStatus::Pending)),
        scenario(
            License,
            Unknown,
            "the register says nothing of it",
            board(BoardStatus::Unknown),
        ),
        scenario(
            License,
            Unknown,
            "not found",
            seen(CheckOutcome::NotFound, BoardStatus::NotFound),
        ),
        scenario(
            License,
            Unknown,
            "another name",
            differing(MismatchField::Name),
        ),
        scenario(
            License,
            Unknown,
            "self-reported through today",
            proved()
                .checked(vec![by_themselves])
                .license(|license| license.expires_on = Some(day("2026-11-21"))),
        ),
        scenario(
            License,
            Unknown,
            "none on file",
            proved()
                .hinting_at("225100000X")
                .with(|provider| provider.licenses.clear()),
        ),
        scenario(
            License,
            Unknown,
            "none issued there",
            a_verified(Acupuncturist, Ok),
        ),
        scenario(
            License,
            Unknown,
            "none issued there, none on file",
            a_verified(Acupuncturist, Ok)
                .hinting_at("171100000X")
                .with(|provider| provider.licenses.clear()),
        ),
    ]
}
