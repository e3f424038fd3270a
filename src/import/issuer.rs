//! The issuers that the binary carries: their names in time and where they were found. How far one is
//! trusted is no fact but a decision of two people, and so is not in the file.

use chrono::NaiveDate;
use serde::Deserialize;

use super::seed::BrokenSeed;
use crate::store::issuer::{Alias, IssuerFacts};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    name: Box<str>,
    kind: String,
    domain: Option<Box<str>>,
    aliases: String,
    source: Box<str>,
}

/// Reads a table of issuers.
///
/// Aliases are separated by semicolons; the last word of one may be the days on which it holds:
/// `NCCAOM ..2026-01-01`, from the first day to the first on which it no longer does.
///
/// # Errors
/// [`BrokenSeed`] names the line and what is wrong with it.
pub fn read(file: &[u8]) -> Result<Vec<IssuerFacts>, BrokenSeed> {
    let mut lines = csv::Reader::from_reader(file);
    let mut found: Vec<IssuerFacts> = Vec::new();
    for (line, number) in lines.deserialize::<Line>().zip(2_u32..) {
        let broken = |what: String| BrokenSeed(format!("issuers.csv line {number}: {what}"));
        let line = line.map_err(|error| broken(error.to_string()))?;
        if line.name.trim().is_empty() || line.source.trim().is_empty() {
            return Err(broken("an issuer needs a name and a source".to_owned()));
        }
        if found.iter().any(|before| before.name == line.name) {
            return Err(broken(format!("{} is there twice", line.name)));
        }
        found.push(IssuerFacts {
            name: line.name,
            kind: line
                .kind
                .parse()
                .map_err(|error: domain::codes::UnknownCode| broken(error.to_string()))?,
            domain: line.domain,
            contact: None,
            source: Some(line.source),
            aliases: line
                .aliases
                .split(';')
                .map(str::trim)
                .filter(|alias| !alias.is_empty())
                .map(|alias| read_alias(alias).map_err(&broken))
                .collect::<Result<_, _>>()?,
        });
    }
    Ok(found)
}

fn read_alias(text: &str) -> Result<Alias, String> {
    let always = Alias {
        name: text.into(),
        from: None,
        to: None,
    };
    let Some((name, days)) = text.rsplit_once(' ') else {
        return Ok(always);
    };
    let Some((from, to)) = days.split_once("..") else {
        return Ok(always);
    };
    let day = |day: &str| -> Result<Option<NaiveDate>, String> {
        if day.is_empty() {
            return Ok(None);
        }
        let read = day.parse();
        read.map(Some).map_err(|_| format!("{day} is no day"))
    };
    let (from, to) = (day(from)?, day(to)?);
    if from.zip(to).is_some_and(|(from, to)| from >= to) {
        return Err(format!("{text} ends before it begins"));
    }
    Ok(Alias {
        name: name.trim().into(),
        from,
        to,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(aliases: &str) -> Result<Vec<Alias>, String> {
        let file = format!("name,kind,domain,aliases,source\nA,OTHER,,{aliases},b\n");
        let read = read(file.as_bytes()).map_err(|error| error.0)?;
        Ok(read.into_iter().next().unwrap().aliases)
    }

    #[test]
    fn an_alias_may_have_days() {
        let found = with("NCCAOM ..2026-01-01; Two Words; Three Of Them 2020-02-29..2021-01-01");
        let found = found.unwrap();
        let told: Vec<_> = found
            .iter()
            .map(|alias| (&*alias.name, alias.from, alias.to.map(|to| to.to_string())))
            .collect();
        assert_eq!(told[0], ("NCCAOM", None, Some("2026-01-01".into())));
        assert_eq!(told[1], ("Two Words", None, None));
        assert_eq!(told[2].0, "Three Of Them");
        assert_eq!(told[2].1, "2020-02-29".parse().ok());
    }

    #[test]
    fn what_cannot_be_is_named_with_its_line() {
        for (aliases, expected) in [
            ("A 2026-02-30..", "line 2: 2026-02-30 is no day"),
            ("A 2026-02-01..2026-02-01", "ends before it begins"),
        ] {
            let error = with(aliases).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
        let nameless = read(b"name,kind,domain,aliases,source\n,OTHER,,,b\n");
        assert!(nameless.unwrap_err().0.contains("needs a name"));
        let odd = read(b"name,kind,domain,aliases,source\nA,ODD,,,b\n");
        assert!(odd.unwrap_err().0.contains("ODD"));
    }
}
