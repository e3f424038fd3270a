//! Licences in good order, with the monthly looks at the board's register.

use domain::license::{
    BoardStatus, CheckOutcome, CheckSourceKind, License, LicenseCheck, LicenseId,
};
use domain::place::Jurisdiction;
use domain::taxonomy::Discipline;

use super::calendar::Calendar;
use super::dice::Dice;

/// The board that would keep the register. It is nobody's name: the sample invents what was read there.
pub(super) fn board(jurisdiction: Jurisdiction, discipline: Discipline) -> Box<str> {
    format!(
        "{} {} board (sample data)",
        jurisdiction.name(),
        discipline.noun()
    )
    .into()
}

/// A licence's number as boards print such.
pub(super) fn number(dice: &mut Dice, discipline: Discipline) -> Box<str> {
    let prefix = match discipline {
        Discipline::PhysicalTherapist => "PT",
        Discipline::Acupuncturist => "LAC",
        Discipline::Chiropractor => "DC",
        Discipline::AthleticTrainer => "AT",
        Discipline::OccupationalTherapist => "OT",
        Discipline::Physician => "MD",
    };
    format!("{prefix}.{:07}", dice.between(1_000, 99_999)).into()
}

/// A licence in force, issued so many days ago and looked up every month since the person joined.
pub(super) fn in_force(
    dice: &mut Dice,
    calendar: Calendar,
    id: LicenseId,
    (discipline, jurisdiction): (Discipline, Jurisdiction),
    issued_days_ago: u32,
    joined_days_ago: u32,
) -> License {
    let issued_on = calendar.day(issued_days_ago);
    let expires_on = calendar.day_ahead(dice.between(40, 730));
    let mut license = License {
        version: 1,
        id,
        discipline,
        jurisdiction,
        number: Some(number(dice, discipline)),
        issued_on: Some(issued_on),
        expires_on: Some(expires_on),
        source: "provider".into(),
        home: None,
        checks: Vec::new(),
    };
    // Spread over a month, so that those of one seeding do not run out together.
    let mut days_ago = dice.between(0, 27);
    let most = dice.between(2, 6);
    for _ in 0..most {
        license.checks.push(check(
            dice,
            calendar,
            &license,
            days_ago,
            BoardStatus::Active,
        ));
        days_ago += dice.between(25, 29);
        if days_ago > joined_days_ago {
            break;
        }
    }
    license.checks.reverse();
    license
}

/// A look at the board's register so many days ago that found the licence as described.
pub(super) fn check(
    dice: &mut Dice,
    calendar: Calendar,
    license: &License,
    days_ago: u32,
    board_status: BoardStatus,
) -> LicenseCheck {
    let checked_at = calendar.instant(dice, days_ago);
    LicenseCheck {
        source_kind: dice.weighted(&[
            (85, CheckSourceKind::Primary),
            (15, CheckSourceKind::PrimaryEquivalent),
        ]),
        source_name: board(license.jurisdiction, license.discipline),
        source_url: None,
        checked_at,
        as_of: Calendar::day_of(checked_at),
        outcome: CheckOutcome::Match,
        board_status,
        expires_on: license.expires_on,
        mismatches: Vec::new(),
    }
}
