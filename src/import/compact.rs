//! The compacts that the binary carries: which state takes part how, since when, and where that was read.

use chrono::NaiveDate;
use domain::codes::UnknownCode;
use domain::license::compact::{CompactPeriod, Compacts};
use serde::Deserialize;

use super::seed::BrokenSeed;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    discipline: String,
    jurisdiction: String,
    status: String,
    effective_from: NaiveDate,
    citation: Option<Box<str>>,
    source_url: Option<Box<str>>,
    source_as_of: Option<NaiveDate>,
    confidence: String,
    note: Option<Box<str>>,
}

/// Reads a table of compacts.
///
/// # Errors
/// [`BrokenSeed`] names the line, or the state, and what is wrong with it.
pub fn read(file: &[u8]) -> Result<Compacts, BrokenSeed> {
    let mut lines = csv::Reader::from_reader(file);
    let mut found = Vec::new();
    for (line, number) in lines.deserialize::<Line>().zip(2_u32..) {
        let broken = |what: String| BrokenSeed(format!("compact_states.csv line {number}: {what}"));
        let line = line.map_err(|error| broken(error.to_string()))?;
        found.push(period(line).map_err(|error| broken(error.to_string()))?);
    }
    Compacts::new(found).map_err(|errors| {
        let words: Vec<_> = errors.iter().map(ToString::to_string).collect();
        BrokenSeed(format!("compact_states.csv: {}", words.join("; ")))
    })
}

fn period(line: Line) -> Result<CompactPeriod, UnknownCode> {
    Ok(CompactPeriod {
        discipline: line.discipline.parse()?,
        jurisdiction: line.jurisdiction.parse()?,
        from: line.effective_from,
        status: line.status.parse()?,
        citation: line.citation,
        source_url: line.source_url,
        source_as_of: line.source_as_of,
        confidence: line.confidence.parse()?,
        note: line.note,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "discipline,jurisdiction,status,effective_from,citation,source_url,\
                          source_as_of,confidence,note\n";

    fn refused(rows: &str) -> String {
        read(format!("{HEADER}{rows}").as_bytes()).unwrap_err().0
    }

    #[test]
    fn what_cannot_be_is_named_with_its_line_or_state() {
        let row = "PHYSICAL_THERAPIST,PA,ISSUING,2025-07-07,an act,,,HIGH,\n";
        assert!(read(format!("{HEADER}{row}").as_bytes()).is_ok());
        for (rows, expected) in [
            (
                row.replace("ISSUING", "JOINED"),
                "line 2: \"JOINED\" is not",
            ),
            (row.replace("2025-07-07", "2025-02-30"), "line: 2"),
            (row.replace("an act", ""), "name a citation or a source URL"),
            (row.repeat(2), "two periods begin on 2025-07-07"),
        ] {
            let error = refused(&rows);
            assert!(error.contains(expected), "{error}");
        }
    }
}
