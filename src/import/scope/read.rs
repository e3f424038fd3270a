//! The two files of the law.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

use domain::place::Jurisdiction;
use domain::scope::load::{self, RequirementFields, RuleFields};
use domain::scope::{LawError, ScopeLaw};
use domain::taxonomy::Discipline;

use crate::import::ImportError;
use crate::import::file::{Column, Next, Row, Rows};

macro_rules! fields {
    ($row:ident, $type:ident { $($n:literal => $field:ident),+ $(,)? }) => {
        $type { $($field: $row.get($n).into_owned()),+ }
    };
}

const RULE_COLUMNS: [Column; 16] = [
    Column(&["jurisdiction"]),
    Column(&["discipline"]),
    Column(&["status"]),
    Column(&["effective_from"]),
    Column(&["effective_to"]),
    Column(&["instrument"]),
    Column(&["citation"]),
    Column(&["min_training_hours"]),
    Column(&["min_in_person_hours"]),
    Column(&["min_years_licensed"]),
    Column(&["referral_required"]),
    Column(&["consent_required"]),
    Column(&["source_url"]),
    Column(&["source_as_of"]),
    Column(&["confidence"]),
    Column(&["summary"]),
];

const REQUIREMENT_COLUMNS: [Column; 10] = [
    Column(&["jurisdiction"]),
    Column(&["discipline"]),
    Column(&["effective_from"]),
    Column(&["subject"]),
    Column(&["kind"]),
    Column(&["value"]),
    Column(&["unit"]),
    Column(&["alternative_group"]),
    Column(&["note"]),
    Column(&["confidence"]),
];

/// Why the law was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ScopeError {
    /// A file cannot be read.
    #[error(transparent)]
    File(#[from] ImportError),
    /// A row has another number of fields than the header.
    #[error("{file} line {line} has {fields} fields where the header has {wanted}")]
    Misshapen {
        /// Which file.
        file: String,
        /// Where.
        line: u64,
        /// How many.
        fields: usize,
        /// How many the header has.
        wanted: usize,
    },
    /// What the files say is not law that can be applied.
    #[error("the law is refused whole, for {} reason{}:\n  {}", .0.len(), if .0.len() == 1 { "" } else { "s" }, .0.join("\n  "))]
    Law(Vec<String>),
}

/// The law of two files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LawFile {
    /// What they say.
    pub law: ScopeLaw,
    /// Rows of both.
    pub rows: u64,
}

/// Reads rules and requirements, each with the name of its file for messages.
///
/// # Errors
/// All mistakes of both files at once, with their lines.
pub fn read(
    (rules_file, rules): (&str, impl Read),
    (requirements_file, requirements): (&str, impl Read),
) -> Result<LawFile, ScopeError> {
    let rules = rows(rules_file, rules, &RULE_COLUMNS, |row| {
        fields!(row, RuleFields {
            0 => jurisdiction, 1 => discipline, 2 => status, 3 => effective_from, 4 => effective_to,
            5 => instrument, 6 => citation, 7 => min_training_hours, 8 => min_in_person_hours,
            9 => min_years_licensed, 10 => referral_required, 11 => consent_required,
            12 => source_url, 13 => source_as_of, 14 => confidence, 15 => summary,
        })
    })?;
    let requirements = rows(
        requirements_file,
        requirements,
        &REQUIREMENT_COLUMNS,
        |row| {
            fields!(row, RequirementFields {
                0 => jurisdiction, 1 => discipline, 2 => effective_from, 3 => subject, 4 => kind,
                5 => value, 6 => unit, 7 => alternative_group, 8 => note, 9 => confidence,
            })
        },
    )?;
    let lines = lines_of_pairs(&rules);
    let rows = (rules.len() + requirements.len()) as u64;
    match load::law(rules, requirements) {
        Ok(law) => Ok(LawFile { law, rows }),
        Err(errors) => Err(ScopeError::Law(
            errors.iter().map(|error| told(error, &lines)).collect(),
        )),
    }
}

fn rows<T>(
    file: &str,
    source: impl Read,
    columns: &[Column],
    make: impl Fn(&Row<'_>) -> T,
) -> Result<Vec<(u64, T)>, ScopeError> {
    let mut rows = match Rows::new(file, source, columns, Arc::default()) {
        // Rules may ask for nothing; a file of rules without rules changes nothing.
        Err(ImportError::NoRows { .. }) => return Ok(Vec::new()),
        rows => rows?,
    };
    let mut found = Vec::new();
    loop {
        match rows.next()? {
            Next::Row(row) => found.push((row.line, make(&row))),
            Next::Misshapen {
                line,
                fields,
                wanted,
            } => {
                return Err(ScopeError::Misshapen {
                    file: file.to_owned(),
                    line,
                    fields,
                    wanted,
                });
            }
            Next::End => return Ok(found),
        }
    }
}

type PairLines = BTreeMap<(String, String), Vec<(u64, String)>>;

fn lines_of_pairs(rules: &[(u64, RuleFields)]) -> PairLines {
    let mut lines = PairLines::new();
    for (line, rule) in rules {
        lines
            .entry((rule.jurisdiction.clone(), rule.discipline.clone()))
            .or_default()
            .push((*line, rule.effective_from.clone()));
    }
    lines
}

/// The error with the lines it comes from, where the rules of the law do not know them themselves.
fn told(error: &LawError, lines: &PairLines) -> String {
    let of_pair = |jurisdiction: Jurisdiction, discipline: Discipline, from: Option<&str>| {
        let pair = (jurisdiction.to_string(), discipline.to_string());
        let numbers: Vec<_> = lines
            .get(&pair)
            .into_iter()
            .flatten()
            .filter(|(_, begins)| from.is_none_or(|from| from == begins))
            .map(|(line, _)| line.to_string())
            .collect();
        format!("{error} (rules line {})", numbers.join(", "))
    };
    match error {
        LawError::Overlap {
            jurisdiction,
            discipline,
            ..
        }
        | LawError::Gap {
            jurisdiction,
            discipline,
            ..
        } => of_pair(*jurisdiction, *discipline, None),
        LawError::EmptyPeriod { rule }
        | LawError::Unsourced { rule }
        | LawError::Duplicate { rule } => {
            let from = rule
                .effective_from
                .map_or_else(String::new, |on| on.to_string());
            of_pair(rule.jurisdiction, rule.discipline, Some(&from))
        }
        LawError::RequirementWithoutRule { .. }
        | LawError::RequirementOfUnconditional { .. }
        | LawError::DuplicateRequirement { .. }
        | LawError::Field { .. } => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::seed::{SCOPE_REQUIREMENTS, SCOPE_RULES};

    fn read_with(rules: &str, requirements: &[u8]) -> String {
        let read = read(
            ("rules.csv", rules.as_bytes()),
            ("requirements.csv", requirements),
        );
        read.unwrap_err().to_string()
    }

    fn seed_rules() -> String {
        String::from_utf8(SCOPE_RULES.to_vec()).unwrap()
    }

    #[test]
    fn overlapping_rules_are_refused_with_their_lines() {
        let rules = seed_rules()
            + "FL,PHYSICAL_THERAPIST,SILENT,2022-01-01,,OTHER,a text,,,,,,,,LOW,in words\n";
        let error = read_with(&rules, SCOPE_REQUIREMENTS);
        assert!(
            error.contains(
                "PHYSICAL_THERAPIST in FL: two rules are in force on 2022-01-01 (rules line "
            ),
            "{error}"
        );
        assert!(error.contains("295)"), "{error}");
    }

    #[test]
    fn a_rule_without_a_source_is_refused_with_its_line() {
        let rules = seed_rules() + "GU,PHYSICAL_THERAPIST,SILENT,,,OTHER,,,,,,,,,LOW,in words\n";
        let error = read_with(&rules, SCOPE_REQUIREMENTS);
        assert!(
            error.contains(
                "rule GU-PHYSICAL_THERAPIST-open has neither a citation nor a source URL (rules line 295)"
            ),
            "{error}"
        );
    }

    #[test]
    fn another_file_is_refused_by_the_columns_it_lacks() {
        let error = read_with("zip,city\n80205,Denver\n", SCOPE_REQUIREMENTS);
        assert!(
            error.starts_with("rules.csv lacks these columns: jurisdiction"),
            "{error}"
        );
    }
}
