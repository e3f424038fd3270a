//! The names of an issuer in time. NCCAOM became NCBAHM on 1 January 2026: one issuer, two names, and
//! a paper of June 2026 with the old one is looked at.

use chrono::NaiveDate;

use crate::license::{CheckOutcome, MismatchField};

/// A name that an issuer bore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamePeriod {
    /// The name.
    pub name: Box<str>,
    /// The first day; `None` for all before the end.
    pub from: Option<NaiveDate>,
    /// The first day on which it no longer bore it; `None` while it does.
    pub to: Option<NaiveDate>,
}

impl NamePeriod {
    /// Did it bear the name on that day?
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day < to)
    }
}

/// What a check of the issuer's name comes to: a paper prints a name and a day, and the issuer it is
/// said to be of bore these names.
///
/// MATCH when it bore the name on the day; `NEEDS_REVIEW` when it did on another day, or nobody knows
/// the day; MISMATCH on ISSUER when it never did, whatever else is alike: the CMTPT of a board is not
/// the CMTPT/DN of a school.
///
/// Names are compared without regard to case and runs of white space. Nothing is guessed: an
/// abbreviation is a name of its own.
pub fn named(
    printed: &str,
    on: Option<NaiveDate>,
    names: &[NamePeriod],
) -> (CheckOutcome, Vec<MismatchField>) {
    let printed = folded(printed);
    let mut borne = names
        .iter()
        .filter(|period| folded(&period.name) == printed)
        .peekable();
    if printed.is_empty() || borne.peek().is_none() {
        return (CheckOutcome::Mismatch, vec![MismatchField::Issuer]);
    }
    let always = |period: &NamePeriod| period.from.is_none() && period.to.is_none();
    let is_then = borne.any(|period| match on {
        Some(day) => period.holds_on(day),
        None => always(period),
    });
    if is_then {
        (CheckOutcome::Match, Vec::new())
    } else {
        (CheckOutcome::NeedsReview, vec![MismatchField::Issuer])
    }
}

/// A name as it is compared: in lower case, with one space where there is any.
pub fn folded(name: &str) -> String {
    let words: Vec<_> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(name: &str, from: Option<&str>, to: Option<&str>) -> NamePeriod {
        let day = |text: &str| text.parse().unwrap();
        NamePeriod {
            name: name.into(),
            from: from.map(day),
            to: to.map(day),
        }
    }

    #[track_caller]
    fn check(printed: &str, on: Option<&str>, names: &[NamePeriod], expected: CheckOutcome) {
        let on = on.map(|day| day.parse().unwrap());
        assert_eq!(named(printed, on, names).0, expected, "{printed} {on:?}");
    }

    #[test]
    fn case_24_an_old_name_counts_for_its_time() {
        let names = [
            period("NCCAOM", None, Some("2026-01-01")),
            period("NCBAHM", Some("2026-01-01"), None),
        ];
        check("NCCAOM", Some("2025-05-01"), &names, CheckOutcome::Match);
        check("NCCAOM", Some("2025-12-31"), &names, CheckOutcome::Match);
        check(
            "NCCAOM",
            Some("2026-06-01"),
            &names,
            CheckOutcome::NeedsReview,
        );
        check(
            "NCCAOM",
            Some("2026-01-01"),
            &names,
            CheckOutcome::NeedsReview,
        );
        check(" ncbahm ", Some("2026-06-01"), &names, CheckOutcome::Match);
        check(
            "NCBAHM",
            Some("2025-06-01"),
            &names,
            CheckOutcome::NeedsReview,
        );
        check("NCCAOM", None, &names, CheckOutcome::NeedsReview);
    }

    #[test]
    fn case_23_the_same_letters_of_another_body_are_a_mismatch() {
        let myopain = [period("Myopain Seminars", None, None)];
        let board = "Certification Board for Myofascial Trigger Point Therapists";
        let (outcome, fields) = named(board, None, &myopain);
        assert_eq!(outcome, CheckOutcome::Mismatch);
        assert_eq!(fields, [MismatchField::Issuer]);
        check("", None, &myopain, CheckOutcome::Mismatch);
        check("Myopain  Seminars", None, &myopain, CheckOutcome::Match);
    }
}
