use async_graphql::{ID, InputObject, OneofObject};
use domain::content::{Approval, Content, ContentHours, Instructor, NamedIssuer, TrainingContent};
use domain::credential::CredentialKind;

use crate::graphql::codes::{AssessmentResult, Discipline, Jurisdiction};
use crate::graphql::error::Fault;
use crate::graphql::node::row_id;
use crate::graphql::scalar::Date;
use crate::service::case::IssuerRef;

/// The longest text of a credential, in bytes, and the longest list.
const MAX_TEXT: usize = 500;
const MAX_LIST: usize = 50;

/// Who issued it: exactly one of the two.
#[derive(OneofObject, Debug)]
pub enum IssuerInput {
    /// The id of an issuer on file.
    IssuerId(ID),
    /// The name as printed. One that nobody bears becomes an issuer that nobody has judged yet.
    Name(String),
}

/// What a credential says, as printed.
#[derive(InputObject, Debug)]
pub struct CredentialContentInput {
    /// Its title.
    title: String,
    /// The holder's name.
    holder_name: Option<String>,
    /// Who issued it.
    issuer: IssuerInput,
    /// Its number.
    number: Option<String>,
    /// What it proves, by the name that requirements use: an examination, a degree, a permit.
    names: Option<String>,
    /// The state whose endorsement or permit it is.
    jurisdiction: Option<Jurisdiction>,
    /// The profession it was given for.
    discipline: Option<Discipline>,
    /// The number of sessions of a log.
    sessions: Option<i32>,
    /// First day.
    issued_on: Option<Date>,
    /// The day on which the work for it began: of a log its first session, and needed there. A training
    /// says it in `training.startedOn`.
    started_on: Option<Date>,
    /// The day on which the work for it ended.
    completed_on: Option<Date>,
    /// Last day.
    expires_on: Option<Date>,
    /// What only a dry-needling training says; needed for one, and refused for anything else.
    training: Option<TrainingInput>,
}

/// What only a dry-needling training says.
#[derive(InputObject, Debug)]
pub struct TrainingInput {
    /// The course's code: "DN-1".
    course_code: Option<String>,
    /// Its level.
    level: Option<String>,
    /// The year of the edition that was taught.
    edition_year: Option<i32>,
    /// First day of the course.
    started_on: Option<Date>,
    /// How long it took, by mode.
    hours: TrainingHoursInput,
    /// How much of it was theory.
    theory: Option<DurationInput>,
    /// How much of it was practical work.
    practical: Option<DurationInput>,
    /// How much of it was taken after the entry-level degree.
    postgraduate: Option<DurationInput>,
    /// Regions of the body that were taught.
    body_regions: Option<Vec<String>>,
    /// How it ended.
    assessment: Option<AssessmentResult>,
    /// Who taught it.
    instructors: Option<Vec<InstructorInput>>,
    /// Bodies that approved the course.
    approvals: Option<Vec<ApprovalInput>>,
    /// Where it was taught, in words.
    place: Option<String>,
    /// The state in whose time zone its days are read; the person's own when absent.
    place_jurisdiction: Option<Jurisdiction>,
    /// The number of its certificate.
    certificate_number: Option<String>,
}

/// How long a training took, by mode; what is absent is none.
#[derive(InputObject, Debug)]
pub struct TrainingHoursInput {
    /// Taught in one room.
    in_person: Option<DurationInput>,
    /// Taught live over a line.
    live_online: Option<DurationInput>,
    /// Read or watched alone.
    self_paced: Option<DurationInput>,
    /// Done on patients under supervision.
    supervised_clinical: Option<DurationInput>,
}

/// A length of time: exactly one of the two.
#[derive(OneofObject, Debug)]
pub enum DurationInput {
    /// Whole minutes.
    Minutes(i32),
    /// Decimal hours that are whole minutes: "27.5" is 1,650. Not a float, so that sums are exact.
    Hours(String),
}

/// Somebody who taught a course.
#[derive(InputObject, Debug)]
pub struct InstructorInput {
    /// Their name as printed.
    name: String,
    /// Their licence as printed.
    license: Option<String>,
}

/// A body's approval of a course.
#[derive(InputObject, Debug)]
pub struct ApprovalInput {
    /// Who approved it.
    body: String,
    /// Its number.
    number: Option<String>,
    /// First day on which it held.
    from: Option<Date>,
    /// Last day on which it held.
    to: Option<Date>,
}

impl CredentialContentInput {
    /// The content of a credential of that kind, without its issuer, and who that is.
    pub(in crate::graphql) fn read(
        &self,
        kind: CredentialKind,
        at: &str,
    ) -> Result<(Content, IssuerRef), Fault> {
        let read = Reader { at };
        let is_training = kind == CredentialKind::DryNeedlingTraining;
        if is_training != self.training.is_some() {
            return Err(read.fault(
                "training",
                if is_training {
                    "a dry-needling training says how long it took"
                } else {
                    "only a dry-needling training has this"
                },
            ));
        }
        let issuer = match &self.issuer {
            IssuerInput::IssuerId(id) => {
                IssuerRef::Id(row_id("issuer", "input.content.issuer.issuerId", id)?)
            }
            IssuerInput::Name(name) => IssuerRef::Name(read.needed("issuer.name", name)?),
        };
        let sessions = self.sessions.map(|sessions| {
            u32::try_from(sessions)
                .map_err(|_| read.fault("sessions", "a log holds no fewer than no sessions"))
        });
        let content = Content {
            kind,
            title: read.needed("title", &self.title)?,
            holder_name: read.text("holderName", self.holder_name.as_deref())?,
            issuer: NamedIssuer {
                id: 0,
                named: "".into(),
            },
            number: read.text("number", self.number.as_deref())?,
            names: read.text("names", self.names.as_deref())?,
            jurisdiction: self.jurisdiction.map(Into::into),
            discipline: self.discipline.map(Into::into),
            sessions: sessions.transpose()?,
            issued_on: self.issued_on.map(|day| day.0),
            started_on: self.started_on.map(|day| day.0),
            completed_on: self.completed_on.map(|day| day.0),
            expires_on: self.expires_on.map(|day| day.0),
            training: self
                .training
                .as_ref()
                .map(|training| training.read(read))
                .transpose()?,
        };
        let ends_before = |first: Option<chrono::NaiveDate>, last: Option<chrono::NaiveDate>| {
            first.zip(last).is_some_and(|(first, last)| last < first)
        };
        if ends_before(content.issued_on, content.expires_on) {
            return Err(read.fault("expiresOn", "it ends before it begins"));
        }
        if is_training && content.started_on.is_some() {
            return Err(read.fault("startedOn", "a training says it in training.startedOn"));
        }
        let of_course = content.training.as_ref().and_then(|one| one.started_on);
        if ends_before(content.started_on.or(of_course), content.completed_on) {
            return Err(read.fault("completedOn", "it ended before it began"));
        }
        Ok((content, issuer))
    }
}

impl TrainingInput {
    fn read(&self, read: Reader<'_>) -> Result<TrainingContent, Fault> {
        let minutes = |field: &str, duration: &Option<DurationInput>| {
            let duration = duration.as_ref();
            duration
                .map(|duration| read.minutes(&format!("training.{field}"), duration))
                .transpose()
        };
        let text = |field: &str, text: &Option<String>| {
            read.text(&format!("training.{field}"), text.as_deref())
        };
        let hours = ContentHours {
            in_person_minutes: minutes("hours.inPerson", &self.hours.in_person)?.unwrap_or(0),
            live_online_minutes: minutes("hours.liveOnline", &self.hours.live_online)?.unwrap_or(0),
            self_paced_minutes: minutes("hours.selfPaced", &self.hours.self_paced)?.unwrap_or(0),
            supervised_clinical_minutes: minutes(
                "hours.supervisedClinical",
                &self.hours.supervised_clinical,
            )?
            .unwrap_or(0),
        };
        let regions = self.body_regions.as_deref().unwrap_or_default();
        let instructors = self.instructors.as_deref().unwrap_or_default();
        let approvals = self.approvals.as_deref().unwrap_or_default();
        for (field, length) in [
            ("bodyRegions", regions.len()),
            ("instructors", instructors.len()),
            ("approvals", approvals.len()),
        ] {
            if length > MAX_LIST {
                let field = format!("training.{field}");
                return Err(read.fault(&field, &format!("at most {MAX_LIST} are taken")));
            }
        }
        Ok(TrainingContent {
            course_code: text("courseCode", &self.course_code)?,
            level: text("level", &self.level)?,
            edition_year: self.edition_year,
            started_on: self.started_on.map(|day| day.0),
            hours,
            theory_minutes: minutes("theory", &self.theory)?,
            practical_minutes: minutes("practical", &self.practical)?,
            postgraduate_minutes: minutes("postgraduate", &self.postgraduate)?,
            body_regions: regions
                .iter()
                .map(|region| read.needed("training.bodyRegions", region))
                .collect::<Result<_, _>>()?,
            assessment: self.assessment.map(Into::into),
            instructors: instructors
                .iter()
                .map(|one| {
                    Ok(Instructor {
                        name: read.needed("training.instructors.name", &one.name)?,
                        license: read
                            .text("training.instructors.license", one.license.as_deref())?,
                    })
                })
                .collect::<Result<_, Fault>>()?,
            approvals: approvals
                .iter()
                .map(|one| {
                    Ok(Approval {
                        body: read.needed("training.approvals.body", &one.body)?,
                        number: read.text("training.approvals.number", one.number.as_deref())?,
                        from: one.from.map(|day| day.0),
                        to: one.to.map(|day| day.0),
                    })
                })
                .collect::<Result<_, Fault>>()?,
            place: text("place", &self.place)?,
            place_jurisdiction: self.place_jurisdiction.map(Into::into),
            certificate_number: text("certificateNumber", &self.certificate_number)?,
        })
    }
}

/// Reads fields below a path.
#[derive(Clone, Copy)]
struct Reader<'a> {
    at: &'a str,
}

impl Reader<'_> {
    fn fault(self, field: &str, message: &str) -> Fault {
        Fault::bad_input(format!("{}.{field}", self.at), message)
    }

    /// A text without space around it; nothing where nothing is left of it.
    fn text(self, field: &str, text: Option<&str>) -> Result<Option<Box<str>>, Fault> {
        let text = text.map(str::trim).filter(|text| !text.is_empty());
        match text {
            Some(text) if text.len() > MAX_TEXT => {
                Err(self.fault(field, &format!("a text has at most {MAX_TEXT} bytes")))
            }
            other => Ok(other.map(Into::into)),
        }
    }

    fn needed(self, field: &str, text: &str) -> Result<Box<str>, Fault> {
        let text = self.text(field, Some(text))?;
        text.ok_or_else(|| self.fault(field, "this is not to be empty"))
    }

    fn minutes(self, field: &str, duration: &DurationInput) -> Result<u32, Fault> {
        let minutes = match duration {
            DurationInput::Minutes(minutes) => u32::try_from(*minutes).ok(),
            DurationInput::Hours(text) => minutes_of(text),
        };
        // Ten thousand hours are five years of full-time work.
        minutes
            .filter(|minutes| *minutes <= 600_000)
            .ok_or_else(|| {
                self.fault(
                field,
                "a length of time is whole minutes, or hours that are whole minutes, like 27.5; at \
                 most 10000 hours",
            )
            })
    }
}

/// Decimal hours as whole minutes; nothing where they are none. Exact: no float takes part.
fn minutes_of(hours: &str) -> Option<u32> {
    let (whole, fraction) = hours.split_once('.').unwrap_or((hours, "0"));
    let is_number = |digits: &str| {
        !digits.is_empty() && digits.len() <= 6 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !is_number(whole) || !is_number(fraction) {
        return None;
    }
    let scale = 10_u64.pow(u32::try_from(fraction.len()).ok()?);
    let parts = fraction.parse::<u64>().ok()? * 60;
    if parts % scale != 0 {
        return None;
    }
    let minutes = whole.parse::<u64>().ok()? * 60 + parts / scale;
    u32::try_from(minutes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_hours_are_whole_minutes_or_nothing() {
        for (hours, minutes) in [
            ("27.5", Some(1_650)),
            ("27.50", Some(1_650)),
            ("54", Some(3_240)),
            ("0.25", Some(15)),
            ("0.05", Some(3)),
            ("0.1", Some(6)),
            ("0.01", None),
            ("0.33", None),
            ("-1", None),
            ("1e3", None),
            (".5", None),
            ("5.", None),
            ("1,5", None),
            ("", None),
            (" 5", None),
            ("1234567", None),
        ] {
            assert_eq!(minutes_of(hours), minutes, "{hours:?}");
        }
    }
}
