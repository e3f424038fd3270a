//! Which licences exist at all.

use crate::place::Jurisdiction;
use crate::taxonomy::Discipline;

/// Does a jurisdiction license the discipline? Where it does not, a licence claimed there cannot be
/// checked.
///
/// Not issued as of November 2026: acupuncturists in Alabama, Oklahoma and South Dakota, athletic
/// trainers in California. Everywhere else a licence is taken to exist.
pub const fn is_issued(discipline: Discipline, jurisdiction: Jurisdiction) -> bool {
    !matches!(
        (discipline, jurisdiction),
        (
            Discipline::Acupuncturist,
            Jurisdiction::Al | Jurisdiction::Ok | Jurisdiction::Sd
        ) | (Discipline::AthleticTrainer, Jurisdiction::Ca)
    )
}
