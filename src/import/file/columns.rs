//! Columns found by name, never by position.

use super::text;
use crate::import::ImportError;

/// A column that is read, with every name that it goes by; the first is the one in messages.
#[derive(Debug, Clone, Copy)]
pub struct Column<'a>(pub &'a [&'a str]);

/// Where the wanted columns stand in the header, in the order of `wanted`.
///
/// Names are compared by letters and digits alone: the registry's own headers have odd blanks and
/// dashes. Columns that nobody asked for are ignored.
pub fn find(
    file: &str,
    header: &csv::ByteRecord,
    wanted: &[Column<'_>],
) -> Result<Vec<usize>, ImportError> {
    let header: Vec<String> = header.iter().map(|name| key(&text::field(name))).collect();
    let mut places = Vec::with_capacity(wanted.len());
    let mut missing = Vec::new();
    for column in wanted {
        let is_it = |name: &String| column.0.iter().any(|wanted| key(wanted) == *name);
        let mut found = (0..header.len()).filter(|place| is_it(&header[*place]));
        match (found.next(), found.next()) {
            (Some(place), None) => places.push(place),
            (Some(_), Some(_)) => {
                return Err(ImportError::DoubleColumn {
                    file: file.to_owned(),
                    column: column.0[0].to_owned(),
                });
            }
            (None, _) => missing.push(column.0[0].to_owned()),
        }
    }
    if missing.is_empty() {
        Ok(places)
    } else {
        Err(ImportError::MissingColumns {
            file: file.to_owned(),
            columns: missing,
        })
    }
}

fn key(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEX: Column = Column(&["Provider Sex Code", "Provider Gender Code"]);

    #[test]
    fn columns_are_found_under_each_of_their_names_whatever_the_blanks() {
        for name in ["Provider Gender Code", "\u{feff}\"provider  sex- code"] {
            let header = csv::ByteRecord::from(vec!["NPI", name]);
            assert_eq!(find("f", &header, &[SEX]).unwrap(), [1]);
        }
    }

    #[test]
    fn every_missing_column_is_named_and_a_double_one_refused() {
        let header = csv::ByteRecord::from(vec!["Provider Sex Code", "Provider Gender Code"]);
        let error = find("f.csv", &header, &[SEX]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "f.csv has the column Provider Sex Code twice"
        );
        let error = find("f.csv", &header, &[Column(&["NPI"]), Column(&["ZIP"])]).unwrap_err();
        assert_eq!(error.to_string(), "f.csv lacks these columns: NPI, ZIP");
    }
}
