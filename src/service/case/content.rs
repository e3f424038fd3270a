//! What a credential says, as the document that people sign for and decide about.

use domain::content::{Approval, Content, ContentHours, NamedIssuer, TrainingContent};
use domain::credential::Credential;
use domain::duty::Sha256;
use domain::training::TrainingCredential;
use serde_json::Value;
use sha2::{Digest, Sha256 as Hasher};

/// A content's canonical JSON (RFC 8785) and its SHA-256. The same content gives the same bytes on
/// every machine.
///
/// # Panics
/// Never: a content holds no number that JSON cannot.
pub fn canonical(content: &Content) -> (String, Sha256) {
    let document = serde_json_canonicalizer::to_string(content)
        .expect("texts, days and whole numbers have a canonical form");
    let digest = Hasher::digest(document.as_bytes()).into();
    (document, digest)
}

/// A field in which two contents differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The field.
    pub field: String,
    /// What stood there, as JSON; nothing where it was absent.
    pub before: Option<String>,
    /// What stands there now.
    pub after: Option<String>,
}

/// Every field in which two contents differ, by name. Objects are compared member by member, lists
/// whole.
pub fn differences(before: &Content, after: &Content) -> Vec<Difference> {
    let value = |content| serde_json::to_value(content).unwrap_or(Value::Null);
    let mut found = Vec::new();
    compare("", Some(&value(before)), Some(&value(after)), &mut found);
    found
}

fn compare(path: &str, before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Difference>) {
    if before == after {
        return;
    }
    let members = |value: Option<&Value>| value.and_then(Value::as_object).cloned();
    let (old, new) = (members(before), members(after));
    if old.is_some() || new.is_some() {
        let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
        let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            let inner = if path.is_empty() {
                name.clone()
            } else {
                format!("{path}.{name}")
            };
            compare(&inner, old.get(name), new.get(name), found);
        }
        return;
    }
    let text = |value: Option<&Value>| {
        value.map(|value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        })
    };
    found.push(Difference {
        // Checks call what a training says without its `training.`.
        field: path.strip_prefix("training.").unwrap_or(path).to_owned(),
        before: text(before),
        after: text(after),
    });
}

/// The content of a credential that came without one: by an import, or before contents were kept.
pub fn of_stored(credential: &Credential, training: Option<&TrainingCredential>) -> Content {
    Content {
        kind: credential.kind,
        title: credential.title.clone(),
        holder_name: None,
        issuer: NamedIssuer {
            id: credential.issuer.id,
            named: credential.issuer.name.clone(),
        },
        number: None,
        names: credential.names.clone(),
        jurisdiction: credential.jurisdiction,
        discipline: credential.discipline,
        sessions: credential.sessions,
        issued_on: credential.issued_on,
        started_on: None,
        completed_on: credential.completed_on,
        expires_on: credential.expires_on,
        training: training.map(|training| TrainingContent {
            started_on: training.started_on,
            hours: ContentHours {
                in_person_minutes: training.hours.in_person_minutes,
                live_online_minutes: training.hours.live_online_minutes,
                self_paced_minutes: training.hours.self_paced_minutes,
                supervised_clinical_minutes: training.hours.supervised_clinical_minutes,
            },
            theory_minutes: training.theory_minutes,
            practical_minutes: training.practical_minutes,
            postgraduate_minutes: training.postgraduate_minutes,
            approvals: training
                .approvals
                .iter()
                .map(|approval| Approval {
                    body: approval.body.clone(),
                    number: approval.number.clone(),
                    from: None,
                    to: None,
                })
                .collect(),
            ..TrainingContent::default()
        }),
    }
}

#[cfg(test)]
mod tests {
    use domain::credential::{CredentialKind, Issuer};
    use domain::training::TrainingHours;

    use super::*;

    fn a_content(minutes: u32) -> Content {
        let credential = Credential {
            version: 1,
            id: domain::credential::CredentialId(1),
            kind: CredentialKind::DryNeedlingTraining,
            title: "DN-1".into(),
            issuer: Issuer {
                id: 2,
                name: "A school of examples".into(),
            },
            names: None,
            jurisdiction: None,
            discipline: None,
            sessions: None,
            issued_on: None,
            completed_on: None,
            expires_on: None,
            overturned_at: None,
            history: Vec::new(),
        };
        let training = TrainingCredential {
            credential: credential.clone(),
            started_on: None,
            hours: TrainingHours {
                in_person_minutes: minutes,
                ..TrainingHours::default()
            },
            theory_minutes: None,
            practical_minutes: None,
            postgraduate_minutes: None,
            approvals: Vec::new(),
        };
        of_stored(&credential, Some(&training))
    }

    #[test]
    fn the_same_content_has_one_digest_and_another_has_another() {
        assert_eq!(canonical(&a_content(1_650)), canonical(&a_content(1_650)));
        assert_ne!(
            canonical(&a_content(1_650)).1,
            canonical(&a_content(1_651)).1
        );
    }

    #[test]
    fn what_is_read_back_from_canonical_form_is_what_was_written() {
        let content = a_content(1_650);
        let read: Content = serde_json::from_str(&canonical(&content).0).unwrap();
        assert_eq!(read, content);
    }

    #[test]
    fn a_difference_names_the_innermost_field() {
        let found = differences(&a_content(1_650), &a_content(1_800));
        let [difference] = found.as_slice() else {
            panic!("{found:?}");
        };
        assert_eq!(difference.field, "hours.inPersonMinutes");
        assert_eq!(difference.before.as_deref(), Some("1650"));
        assert_eq!(difference.after.as_deref(), Some("1800"));
    }
}
