use super::FieldPath;
use crate::content::Content;

/// The fields in which two versions of a content differ, by the names under which checks call them.
pub fn changed(before: &Content, after: &Content) -> Vec<FieldPath> {
    let differs = [
        ("kind", before.kind != after.kind),
        ("holderName", before.holder_name != after.holder_name),
        ("title", before.title != after.title),
        ("issuer", before.issuer != after.issuer),
        ("number", before.number != after.number),
        ("names", before.names != after.names),
        ("jurisdiction", before.jurisdiction != after.jurisdiction),
        ("discipline", before.discipline != after.discipline),
        ("sessions", before.sessions != after.sessions),
        ("issuedOn", before.issued_on != after.issued_on),
        ("completedOn", before.completed_on != after.completed_on),
        ("expiresOn", before.expires_on != after.expires_on),
        ("courseCode", before.course_code != after.course_code),
        ("level", before.level != after.level),
        ("editionYear", before.edition_year != after.edition_year),
        ("startedOn", before.started_on != after.started_on),
        ("hours", before.hours != after.hours),
        (
            "hours.theoryMinutes",
            before.theory_minutes != after.theory_minutes,
        ),
        (
            "hours.practicalMinutes",
            before.practical_minutes != after.practical_minutes,
        ),
        (
            "hours.postgraduateMinutes",
            before.postgraduate_minutes != after.postgraduate_minutes,
        ),
        ("bodyRegions", before.body_regions != after.body_regions),
        // What was passed is the result of the whole.
        ("result", before.assessment != after.assessment),
        ("instructors", before.instructors != after.instructors),
        ("approvals", before.approvals != after.approvals),
        ("place", before.place != after.place),
        (
            "placeJurisdiction",
            before.place_jurisdiction != after.place_jurisdiction,
        ),
        (
            "certificateNumber",
            before.certificate_number != after.certificate_number,
        ),
    ];
    differs
        .into_iter()
        .filter(|(_, differs)| *differs)
        .map(|(field, _)| FieldPath::known(field))
        .collect()
}
