//! Words for streets, clinics, telephones and websites. Coined, so that they name nobody's.

use domain::taxonomy::Discipline;

use super::dice::Dice;

const COINED: &[&str] = &[
    "Alderquay",
    "Amberwend",
    "Birchmarrow",
    "Bramblecote",
    "Brindlewood",
    "Cinderford",
    "Cloverhithe",
    "Copperlyn",
    "Dapplemere",
    "Dunnockfield",
    "Elmsparrow",
    "Fallowmarch",
    "Fennelbrook",
    "Fernhollow",
    "Foxtarn",
    "Gladewick",
    "Goldenrill",
    "Harrowfern",
    "Hazelstrand",
    "Heronslake",
    "Juniperly",
    "Kestrelow",
    "Larkspindle",
    "Lindenmoss",
    "Marlowbank",
    "Meadowquill",
    "Nettleham",
    "Oakentide",
    "Orchardwyn",
    "Pebblecrest",
    "Pellwood",
    "Pinemarrow",
    "Quillmere",
    "Redwillow Bend",
    "Rookhaven",
    "Rowanstead",
    "Sandlewick",
    "Silverthrush",
    "Sorrelgate",
    "Starlingford",
    "Sundrift",
    "Sycamorrow",
    "Tamarock",
    "Tamrise",
    "Thistlemead",
    "Umberfield",
    "Velvetrush",
    "Wagtail Run",
    "Willowhatch",
    "Wrenfall",
];

const STREET_KINDS: &[&str] = &["St", "Ave", "Rd", "Blvd", "Dr", "Ln", "Way", "Ct", "Pkwy"];

/// One or two lines with a street that no town has.
pub(super) fn street(dice: &mut Dice) -> Vec<Box<str>> {
    let number = dice.between(1, 9_899);
    let name = dice.pick(COINED);
    let kind = dice.pick(STREET_KINDS);
    let mut lines = vec![format!("{number} {name} {kind}").into()];
    if dice.percent(35) {
        lines.push(format!("Suite {}", dice.between(1, 12) * 50).into());
    }
    lines
}

/// A number of the range that is kept for fiction, 555-0100 to 555-0199, under an area code that is
/// nobody's.
pub(super) fn phone(dice: &mut Dice) -> Box<str> {
    format!("555-555-{:04}", dice.between(100, 199)).into()
}

/// A clinic's name.
pub(super) fn clinic(dice: &mut Dice, discipline: Discipline) -> Box<str> {
    let kinds: &[&str] = match discipline {
        Discipline::PhysicalTherapist => &[
            "Physical Therapy",
            "Physical Therapy & Wellness",
            "Spine & Sports",
            "Rehabilitation",
        ],
        Discipline::Acupuncturist => &[
            "Acupuncture",
            "Acupuncture & Herbs",
            "Community Acupuncture",
            "Healing Arts",
        ],
        Discipline::Chiropractor => &["Chiropractic", "Family Chiropractic", "Spine Center"],
        Discipline::AthleticTrainer => &["Sports Medicine", "Athletic Performance"],
        Discipline::OccupationalTherapist => &["Hand Therapy", "Occupational Therapy"],
        Discipline::Physician => &["Pain & Rehabilitation", "Physical Medicine"],
    };
    let name = dice.pick(COINED);
    format!("{name} {}", dice.pick(kinds)).into()
}

/// A page under a name that is kept for examples (RFC 2606).
pub(super) fn website(dice: &mut Dice, family: &str) -> Box<str> {
    let slug: String = family
        .chars()
        .filter(char::is_ascii_alphabetic)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    let clinic = dice.pick(COINED).replace(' ', "-").to_ascii_lowercase();
    if slug.is_empty() || dice.percent(50) {
        format!("https://{clinic}.example/").into()
    } else {
        format!("https://example.org/{clinic}/{slug}").into()
    }
}
