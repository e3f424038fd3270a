use super::FieldPath;
use crate::content::{Content, TrainingContent};

/// The fields in which two versions of a content differ, by the names under which checks call them:
/// what a training says has no `training.` before it.
pub fn changed(before: &Content, after: &Content) -> Vec<FieldPath> {
    let none = TrainingContent::default();
    let (old, new) = (
        before.training.as_ref().unwrap_or(&none),
        after.training.as_ref().unwrap_or(&none),
    );
    // Whether it is in force, and what was passed, was asked of this very paper.
    let is_another_paper = before.kind != after.kind
        || before.number != after.number
        || before.names != after.names
        || before.jurisdiction != after.jurisdiction
        || before.issued_on != after.issued_on
        || before.expires_on != after.expires_on;
    let differs = [
        ("kind", before.kind != after.kind),
        ("title", before.title != after.title),
        ("holderName", before.holder_name != after.holder_name),
        ("issuer", before.issuer != after.issuer),
        ("number", before.number != after.number),
        ("names", before.names != after.names),
        ("jurisdiction", before.jurisdiction != after.jurisdiction),
        ("discipline", before.discipline != after.discipline),
        ("sessions", before.sessions != after.sessions),
        ("issuedOn", before.issued_on != after.issued_on),
        ("completedOn", before.completed_on != after.completed_on),
        ("expiresOn", before.expires_on != after.expires_on),
        ("courseCode", old.course_code != new.course_code),
        ("level", old.level != new.level),
        ("editionYear", old.edition_year != new.edition_year),
        (
            "startedOn",
            before.started_on != after.started_on || old.started_on != new.started_on,
        ),
        ("hours", old.hours != new.hours),
        (
            "hours.theoryMinutes",
            old.theory_minutes != new.theory_minutes,
        ),
        (
            "hours.practicalMinutes",
            old.practical_minutes != new.practical_minutes,
        ),
        (
            "hours.postgraduateMinutes",
            old.postgraduate_minutes != new.postgraduate_minutes,
        ),
        ("bodyRegions", old.body_regions != new.body_regions),
        // What was passed is the result of the whole.
        (
            "result",
            is_another_paper || old.assessment != new.assessment,
        ),
        ("status", is_another_paper),
        ("instructors", old.instructors != new.instructors),
        ("approvals", old.approvals != new.approvals),
        ("place", old.place != new.place),
        (
            "placeJurisdiction",
            old.place_jurisdiction != new.place_jurisdiction,
        ),
        (
            "certificateNumber",
            old.certificate_number != new.certificate_number,
        ),
    ];
    differs
        .into_iter()
        .filter(|(_, differs)| *differs)
        .map(|(field, _)| FieldPath::known(field))
        .collect()
}
