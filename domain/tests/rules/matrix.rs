//! Every discipline × jurisdiction on ten days, as a file to be read.
//!
//! The file is written by a reader of the rules' file that shares no code with the rules: it compares
//! days as text. `UPDATE_GOLDEN=1` writes it anew.

use std::collections::BTreeMap;
use std::fmt::Write;

use domain::place::Jurisdiction;
use domain::scope::ScopeStatus;
use domain::taxonomy::Discipline;

use crate::support::{decide, golden};

/// Chosen where much changed: the day before, the day of, the years between.
const DAYS: [&str; 10] = [
    "2008-06-01",
    "2010-06-01",
    "2012-06-01",
    "2014-12-01",
    "2018-09-01",
    "2020-09-25",
    "2021-04-19",
    "2024-06-30",
    "2026-11-21",
    "2027-09-01",
];

#[test]
fn the_matrix_is_what_the_rules_say() {
    let by_rules = matrix(|discipline, jurisdiction, on| {
        let discipline: Discipline = discipline.parse().expect("a discipline");
        let jurisdiction: Jurisdiction = jurisdiction.parse().expect("a jurisdiction");
        match decide(discipline, jurisdiction, on) {
            ScopeStatus::Permitted => 'P',
            ScopeStatus::Conditional => 'C',
            ScopeStatus::Prohibited => 'X',
            ScopeStatus::Silent => 'S',
            ScopeStatus::Unknown => 'U',
        }
    });
    golden::check("matrix.txt", &independent_matrix());
    golden::assert_same("matrix.txt", &by_rules);
}

#[test]
fn the_counts_of_today_are_those_of_the_specification() {
    let rows = Rows::read();
    let count = |discipline: &str| {
        let mut counts = [0; 6];
        for jurisdiction in Jurisdiction::ALL {
            if rows.recorded(discipline, jurisdiction.code()) {
                counts[0] += 1;
                let status = rows.status(discipline, jurisdiction.code(), "2026-11-21");
                counts[1 + "PCXSU".find(status).expect("a status")] += 1;
            }
        }
        counts
    };
    // Pairs, then PERMITTED, CONDITIONAL, PROHIBITED, SILENT, UNKNOWN: scope.md section 1.
    assert_eq!(count("PHYSICAL_THERAPIST"), [52, 18, 22, 4, 8, 0]);
    assert_eq!(count("ACUPUNCTURIST"), [51, 45, 3, 0, 3, 0]);
    assert_eq!(count("CHIROPRACTOR"), [51, 6, 17, 9, 13, 6]);
    assert_eq!(count("ATHLETIC_TRAINER"), [13, 0, 8, 2, 2, 1]);
    assert_eq!(count("OCCUPATIONAL_THERAPIST"), [13, 3, 5, 1, 4, 0]);
    assert_eq!(count("PHYSICIAN"), [51, 37, 12, 0, 0, 2]);
}

fn independent_matrix() -> String {
    let rows = Rows::read();
    matrix(|discipline, jurisdiction, on| rows.status(discipline, jurisdiction, on))
}

fn matrix(status: impl Fn(&str, &str, &str) -> char) -> String {
    let mut text = String::from(
        "P permitted   C on conditions   X prohibited   S silent   U unknown or no rule\n",
    );
    for discipline in Discipline::ALL {
        write!(text, "\n{discipline}\n  ").expect("text grows");
        for on in DAYS {
            write!(text, " {on}").expect("text grows");
        }
        text.push('\n');
        for jurisdiction in Jurisdiction::ALL {
            let cells: Vec<String> = DAYS
                .iter()
                .map(|on| status(discipline.code(), jurisdiction.code(), on))
                .map(|letter| format!("{letter:^10}"))
                .collect();
            let line = format!("{jurisdiction} {}", cells.join(" "));
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    text
}

/// The file of rules as text: pair → (from, to, status), where blank is open.
struct Rows(BTreeMap<(String, String), Vec<[String; 3]>>);

impl Rows {
    fn read() -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/scope_rules.csv");
        let mut reader = csv::Reader::from_path(path).expect("the file of rules");
        let headers = reader.headers().expect("a header").clone();
        let column = |name| {
            headers
                .iter()
                .position(|header| header == name)
                .expect("a column")
        };
        let wanted = ["effective_from", "effective_to", "status"].map(column);
        let pair = ["discipline", "jurisdiction"].map(column);
        let mut rows: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for line in reader.records() {
            let line = line.expect("a line");
            let [discipline, jurisdiction] = pair.map(|at| line[at].to_owned());
            rows.entry((discipline, jurisdiction))
                .or_default()
                .push(wanted.map(|at| line[at].to_owned()));
        }
        Self(rows)
    }

    fn recorded(&self, discipline: &str, jurisdiction: &str) -> bool {
        self.0
            .contains_key(&(discipline.to_owned(), jurisdiction.to_owned()))
    }

    fn status(&self, discipline: &str, jurisdiction: &str, on: &str) -> char {
        let rows = self
            .0
            .get(&(discipline.to_owned(), jurisdiction.to_owned()))
            .map_or(&[][..], Vec::as_slice);
        let in_force: Vec<_> = rows
            .iter()
            .filter(|[from, to, _]| from.as_str() <= on && (to.is_empty() || on < to.as_str()))
            .collect();
        match in_force.as_slice() {
            [] => 'U',
            [[_, _, status]] => match status.as_str() {
                "PROHIBITED" => 'X',
                other => other.chars().next().expect("a status"),
            },
            several => panic!("{discipline} {jurisdiction} {on}: {several:?}"),
        }
    }
}
