//! What the list's own words for a profession mean in ours.

use crate::taxonomy::Discipline;
use crate::taxonomy::Discipline::{
    Acupuncturist, AthleticTrainer, Chiropractor, OccupationalTherapist, PhysicalTherapist,
    Physician,
};

/// The start of a SPECIALTY or GENERAL, as the Office cuts them at twenty letters, and whom it may mean.
/// From the monthly supplements of November 2015 to 2017.
const CLASSES: [(&str, &[Discipline]); 32] = [
    ("ACUPUNCT", &[Acupuncturist]),
    ("ATHLETIC TRAIN", &[AthleticTrainer]),
    ("CHIROPRACT", &[Chiropractor]),
    ("OCCUPATIONAL THER", &[OccupationalTherapist]),
    ("OCC THERAP", &[OccupationalTherapist]),
    ("PHYSICAL THERAP", &[PhysicalTherapist]),
    ("PHYS THERAP", &[PhysicalTherapist]),
    (
        "THERAPIST",
        &[PhysicalTherapist, OccupationalTherapist, Acupuncturist],
    ),
    (
        "REHAB FACILITY",
        &[PhysicalTherapist, OccupationalTherapist, Chiropractor],
    ),
    (
        "PAIN MANAGEMENT",
        &[Physician, Chiropractor, PhysicalTherapist, Acupuncturist],
    ),
    ("DOCTOR(MD", &[Physician]),
    ("MD/DO", &[Physician]),
    ("ANESTHESIOLOG", &[Physician]),
    ("CARDIOLOG", &[Physician]),
    ("DERMATOLOG", &[Physician]),
    ("EMERGENCY MEDICINE", &[Physician]),
    ("FAMILY PRACTICE", &[Physician]),
    ("GENERAL PRACTICE", &[Physician]),
    ("GYN/OBS", &[Physician]),
    ("INTERNAL MEDICINE", &[Physician]),
    ("NEUROLOG", &[Physician]),
    ("OB/GYN", &[Physician]),
    ("ONCOLOG", &[Physician]),
    ("OPHTHALMOLOG", &[Physician]),
    ("ORTHOPED", &[Physician]),
    ("OSTEOPATH", &[Physician]),
    ("PEDIATRIC", &[Physician]),
    ("PHYSICAL MED", &[Physician]),
    ("PLASTIC SURG", &[Physician]),
    ("PSYCHIATR", &[Physician]),
    ("SURGERY", &[Physician]),
    ("UROLOG", &[Physician]),
];

/// The professions that a row's SPECIALTY and GENERAL speak of; none for words that say nothing, such
/// as `IND- LIC HC SERV PRO`.
pub fn disciplines(specialty: &str, general: &str) -> Vec<Discipline> {
    let mut found: Vec<Discipline> = CLASSES
        .iter()
        .filter(|(start, _)| specialty.starts_with(start) || general.starts_with(start))
        .flat_map(|(_, meant)| meant.iter().copied())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_words_mean_our_professions() {
        for (specialty, general, expected) in [
            (
                "PHYS THERAPY PROVIDE",
                "IND- LIC HC SERV PRO",
                &[PhysicalTherapist][..],
            ),
            ("CHIROPRACTIC PRACT", "", &[Chiropractor]),
            ("ACUPUNCTURIST", "", &[Acupuncturist]),
            ("NO KNOWN AFFILIATION", "DOCTOR(MD, DO)", &[Physician]),
            ("NURSE/NURSES AIDE", "IND- LIC HC SERV PRO", &[]),
            ("PHYSICIAN'S ASSISTAN", "", &[]),
            ("", "", &[]),
        ] {
            assert_eq!(disciplines(specialty, general), expected, "{specialty}");
        }
    }
}
