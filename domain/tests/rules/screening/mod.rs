//! Screening: who may be whom, what becomes of hits, and which rows are looked at at all.

mod blocking;
mod decisions;
mod following;
mod tiers;

use domain::name::PersonName;
use domain::provider::Provider;
use domain::screening::list::{ExclusionListIndex, Hit};
use domain::screening::row::{Column, ExclusionRow};
use domain::screening::subject::Subject;

use crate::support::{a_provider, day};

/// A row of the list with these columns; the others stand for none.
pub(crate) fn a_row(columns: &[(Column, &str)]) -> ExclusionRow {
    let mut fields = [""; 18];
    fields[Column::Npi as usize] = "0000000000";
    for column in [Column::Dob, Column::ReinDate, Column::WaiverDate] {
        fields[column as usize] = "00000000";
    }
    fields[Column::ExclType as usize] = "1128b4";
    fields[Column::ExclDate as usize] = "20200120";
    for (column, text) in columns {
        fields[*column as usize] = text;
    }
    ExclusionRow::new(fields)
}

/// A row that names a person and says nothing else.
pub(crate) fn named(family: &str, given: &str) -> ExclusionRow {
    a_row(&[(Column::LastName, family), (Column::FirstName, given)])
}

pub(crate) fn a_person(family: &str, given: &str) -> Provider {
    let name = PersonName::new(given, "", family, "").expect("a name");
    a_provider().with(|person| person.name = name).build()
}

pub(crate) fn hits(person: &Provider, born_on: Option<&str>, rows: Vec<ExclusionRow>) -> Vec<Hit> {
    let subject = Subject::of(person, born_on.map(day));
    ExclusionListIndex::new(rows).find(&subject)
}
