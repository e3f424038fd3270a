use chrono::NaiveDate;

use super::WhyNotCode;

/// The sentence for a code.
pub(super) fn text(code: WhyNotCode, due_on: Option<NaiveDate>) -> String {
    let words = match code {
        WhyNotCode::NotSubmitted => "It has not been submitted for verification.",
        WhyNotCode::AwaitsVerifier => "It is waiting for a verifier.",
        WhyNotCode::InReview => "A verifier is checking it.",
        WhyNotCode::InfoRequested => "More information was asked for.",
        WhyNotCode::AwaitsDecision => "It was checked and is waiting for a decision.",
        WhyNotCode::CaseLapsed => "The information that was asked for never came.",
        WhyNotCode::CaseWithdrawn => "It was taken back before it was decided.",
        WhyNotCode::Rejected => "It was decided not to verify it.",
        WhyNotCode::RevalidationRequired => "It was verified, and is due to be verified again.",
        WhyNotCode::Expired => "It has expired.",
        WhyNotCode::NotYetValid => "It is not valid yet.",
        // Why something is held back is not for the public.
        WhyNotCode::Suspended => "On it, a check is unfinished.",
        WhyNotCode::IssuerTainted => "On its issuer, a check is unfinished.",
        WhyNotCode::Revoked => "Its verification was revoked.",
        WhyNotCode::Replaced => "A later record stands in for it.",
        WhyNotCode::Withdrawn => "Its holder has taken it back.",
        WhyNotCode::Superseded => "A later version has replaced it.",
        WhyNotCode::EnteredInError => "It was entered in error.",
        WhyNotCode::NotChecked => "No source has been asked about it.",
        WhyNotCode::CheckTooOld => "The last check of it is too old.",
        WhyNotCode::Mismatch => "The source shows something else.",
        WhyNotCode::NotFoundAtSource => "The source does not confirm it.",
        WhyNotCode::NotInForce => "The board does not show it as in force.",
        WhyNotCode::OtherProfession => "The register shows a license of another profession.",
        WhyNotCode::NoneIssued => "The jurisdiction issues no license for this profession.",
        WhyNotCode::HomeLicense => {
            "It is a compact privilege, and its home license does not carry it."
        }
        WhyNotCode::CompactNotIssuing => {
            "It is a compact privilege, and one of the two states issues none."
        }
        WhyNotCode::NeedsFix => "A check of what was signed failed; it has to be mended.",
        WhyNotCode::Lapsed => "It no longer holds; it has to be signed again.",
        WhyNotCode::Invalidated => "It was taken out of force.",
        WhyNotCode::NotConfirmed => "Nobody has confirmed it.",
        WhyNotCode::ConfirmationTooOld => "It was last confirmed too long ago.",
    };
    match due_on {
        None => words.to_owned(),
        Some(day) => format!(
            "{words} {}",
            when(code, &day.format("%B %-d, %Y").to_string())
        ),
    }
}

/// What the day means.
fn when(code: WhyNotCode, day: &str) -> String {
    match code {
        WhyNotCode::RevalidationRequired
        | WhyNotCode::CheckTooOld
        | WhyNotCode::ConfirmationTooOld => format!("It counted through {day}."),
        WhyNotCode::Expired | WhyNotCode::Lapsed => format!("Its last day was {day}."),
        WhyNotCode::NotYetValid => format!("Its first day is {day}."),
        WhyNotCode::HomeLicense => format!("It may count again from {day}."),
        WhyNotCode::Rejected | WhyNotCode::Revoked => {
            format!("An appeal may be filed through {day}.")
        }
        _ => format!("It is due by {day}."),
    }
}
