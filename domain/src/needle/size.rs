//! Sizes as people type them. Nothing is converted from another unit, and what could mean two
//! things is asked, not guessed: gauge numbers run backwards and differ between makers.

/// Why a typed size is no size yet; each is a question to the person who typed it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SizeQuestion {
    /// Not a number with an optional unit.
    #[error("{0:?} is no size: write millimetres, as 0.30 mm")]
    NotASize(Box<str>),
    /// It may be millimetres, micrometres or a gauge.
    #[error(
        "is {0} in millimetres, or a gauge? Write the millimetres printed on the box, as 0.30 mm"
    )]
    WhichUnit(Box<str>),
    /// A unit that is not taken.
    #[error("{0} is not taken: write the millimetres printed on the box")]
    OtherUnit(&'static str),
    /// Finer than the unit that is kept.
    #[error("{0:?} is finer than {1}")]
    TooFine(Box<str>, &'static str),
}

/// Reads a diameter into whole micrometres.
///
/// `0.30 mm`, `0,30 mm`, `300 µm` are taken, and `0.30` alone, which is below one and so can only be
/// millimetres. Whether the size is a needle's is for [`super::check::check`] to say.
///
/// ```
/// use domain::needle::size::diameter_um;
/// assert_eq!(diameter_um("0.30"), Ok(300));
/// assert!(diameter_um("30").is_err());
/// ```
pub fn diameter_um(text: &str) -> Result<u32, SizeQuestion> {
    let typed = Typed::read(text)?;
    match typed.unit {
        Unit::Millimeters => typed.thousandths(),
        Unit::Micrometers => typed.whole("a micrometre"),
        Unit::None if typed.whole_part == 0 && !typed.fraction.is_empty() => typed.thousandths(),
        Unit::None => Err(SizeQuestion::WhichUnit(text.trim().into())),
        Unit::Gauge | Unit::Inches | Unit::Centimeters => Err(typed.other_unit()),
    }
}

/// Reads a length into whole millimetres.
///
/// `40 mm` is taken, and `40` alone, since no needle is that many inches long; a number below 7
/// alone is asked about, because 1.5 is a usual length in inches.
///
/// ```
/// use domain::needle::size::length_mm;
/// assert_eq!(length_mm("40"), Ok(40));
/// assert!(length_mm("1.5").is_err());
/// ```
pub fn length_mm(text: &str) -> Result<u32, SizeQuestion> {
    let typed = Typed::read(text)?;
    match typed.unit {
        Unit::Millimeters => typed.whole("a millimetre"),
        Unit::None if typed.whole_part >= 7 => typed.whole("a millimetre"),
        Unit::None => Err(SizeQuestion::WhichUnit(text.trim().into())),
        Unit::Micrometers => Err(SizeQuestion::OtherUnit("micrometres")),
        Unit::Gauge | Unit::Inches | Unit::Centimeters => Err(typed.other_unit()),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    None,
    Millimeters,
    Micrometers,
    Centimeters,
    Inches,
    Gauge,
}

struct Typed<'a> {
    text: &'a str,
    whole_part: u32,
    /// Digits after the point, without zeros at their end.
    fraction: &'a str,
    unit: Unit,
}

impl<'a> Typed<'a> {
    fn read(text: &'a str) -> Result<Self, SizeQuestion> {
        let text = text.trim();
        let unknown = || SizeQuestion::NotASize(text.chars().take(40).collect());
        let (gauge, bare) = match text.strip_prefix(['#', 'G', 'g']) {
            Some(rest) => (true, rest.trim_start()),
            None => (false, text),
        };
        let end = bare
            .find(|character: char| !character.is_ascii_digit() && !matches!(character, '.' | ','))
            .unwrap_or(bare.len());
        let (number, unit) = bare.split_at(end);
        let unit = match (gauge, unit.trim().to_lowercase().as_str()) {
            (true, "") | (false, "g" | "ga" | "gauge") => Unit::Gauge,
            (false, "") => Unit::None,
            (false, "mm" | "millimeter" | "millimeters" | "millimetre" | "millimetres") => {
                Unit::Millimeters
            }
            // Both letters that are drawn as µ: the micro sign and the Greek mu.
            (false, "um" | "\u{b5}m" | "\u{3bc}m" | "micron" | "microns") => Unit::Micrometers,
            (false, "cm") => Unit::Centimeters,
            (false, "in" | "in." | "inch" | "inches" | "\"" | "\u{201d}" | "\u{2033}") => {
                Unit::Inches
            }
            _ => return Err(unknown()),
        };
        let (whole, fraction) = number.split_once(['.', ',']).unwrap_or((number, ""));
        let no_digits = whole.is_empty() && fraction.is_empty();
        if no_digits || fraction.contains(['.', ',']) || whole.len() > 6 {
            return Err(unknown());
        }
        // A comma is a decimal point only after a zero: 1,500 would be a guess.
        if number.contains(',') && whole != "0" {
            return Err(unknown());
        }
        let whole_part = if whole.is_empty() {
            0
        } else {
            whole.parse().map_err(|_| unknown())?
        };
        Ok(Self {
            text,
            whole_part,
            fraction: fraction.trim_end_matches('0'),
            unit,
        }
        .with_zero_fraction(fraction))
    }

    /// `0.0` alone is a fraction too, of nothing.
    fn with_zero_fraction(self, fraction: &'a str) -> Self {
        if self.fraction.is_empty() && !fraction.is_empty() && self.whole_part == 0 {
            Self {
                fraction: &fraction[..1],
                ..self
            }
        } else {
            self
        }
    }

    fn thousandths(&self) -> Result<u32, SizeQuestion> {
        if self.fraction.len() > 3 {
            return Err(SizeQuestion::TooFine(self.text.into(), "a micrometre"));
        }
        let fraction = format!("{:0<3}", self.fraction);
        let fraction: u32 = fraction
            .parse()
            .map_err(|_| SizeQuestion::NotASize(self.text.into()))?;
        Ok(self.whole_part * 1_000 + fraction)
    }

    fn whole(&self, unit: &'static str) -> Result<u32, SizeQuestion> {
        if self.fraction.bytes().any(|digit| digit != b'0') {
            return Err(SizeQuestion::TooFine(self.text.into(), unit));
        }
        Ok(self.whole_part)
    }

    fn other_unit(&self) -> SizeQuestion {
        SizeQuestion::OtherUnit(match self.unit {
            Unit::Gauge => "a gauge",
            Unit::Centimeters => "a length in centimetres",
            _ => "a size in inches",
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn diameter(text: &str, expected: &Result<u32, SizeQuestion>) {
        assert_eq!(&diameter_um(text), expected, "{text}");
    }

    #[track_caller]
    fn length(text: &str, expected: &Result<u32, SizeQuestion>) {
        assert_eq!(&length_mm(text), expected, "{text}");
    }

    fn which_unit(text: &str) -> SizeQuestion {
        SizeQuestion::WhichUnit(text.into())
    }

    fn no_size(text: &str) -> SizeQuestion {
        SizeQuestion::NotASize(text.into())
    }

    #[test]
    fn a_diameter_in_millimetres_is_taken() {
        diameter("0.30 mm", &Ok(300));
        diameter("0.30mm", &Ok(300));
        diameter(" .25 MM ", &Ok(250));
        diameter("0,16 mm", &Ok(160));
        diameter("0.30", &Ok(300));
        diameter("0,3", &Ok(300));
        diameter("0.225", &Ok(225));
        diameter("0.9 mm", &Ok(900));
        diameter("1 mm", &Ok(1_000));
        diameter("300 µm", &Ok(300));
        diameter("300 \u{3bc}m", &Ok(300));
        diameter("0.0", &Ok(0));
    }

    #[test]
    fn a_diameter_that_may_mean_two_things_is_asked() {
        diameter("30", &Err(which_unit("30")));
        diameter("300", &Err(which_unit("300")));
        diameter("1.5", &Err(which_unit("1.5")));
        diameter("0", &Err(which_unit("0")));
        diameter("30G", &Err(SizeQuestion::OtherUnit("a gauge")));
        diameter("#30", &Err(SizeQuestion::OtherUnit("a gauge")));
        diameter("G30", &Err(SizeQuestion::OtherUnit("a gauge")));
        diameter("30 gauge", &Err(SizeQuestion::OtherUnit("a gauge")));
        diameter(
            "0.012 in",
            &Err(SizeQuestion::OtherUnit("a size in inches")),
        );
        diameter(
            "0.03 cm",
            &Err(SizeQuestion::OtherUnit("a length in centimetres")),
        );
        diameter(
            "0.3005 mm",
            &Err(SizeQuestion::TooFine("0.3005 mm".into(), "a micrometre")),
        );
        diameter(
            "0.5 µm",
            &Err(SizeQuestion::TooFine("0.5 µm".into(), "a micrometre")),
        );
    }

    #[test]
    fn a_length_is_whole_millimetres() {
        length("40 mm", &Ok(40));
        length("40", &Ok(40));
        length("40.0 mm", &Ok(40));
        length("7", &Ok(7));
        length("6", &Err(which_unit("6")));
        length("1.5", &Err(which_unit("1.5")));
        length("1.5 in", &Err(SizeQuestion::OtherUnit("a size in inches")));
        length("1.5\"", &Err(SizeQuestion::OtherUnit("a size in inches")));
        length(
            "4 cm",
            &Err(SizeQuestion::OtherUnit("a length in centimetres")),
        );
        length(
            "13.5 mm",
            &Err(SizeQuestion::TooFine("13.5 mm".into(), "a millimetre")),
        );
    }

    #[test]
    fn what_is_no_number_is_no_size() {
        for text in [
            "",
            "mm",
            "-0.30 mm",
            "0.30 x 40 mm",
            "0.3.0",
            "1,500",
            "½",
            "0.30 furlongs",
            "9999999 mm",
            ".",
        ] {
            diameter(text, &Err(no_size(text)));
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in any::<String>(), near in "[#Gg]?[0-9.,]{0,12} ?[mMµ\"incug]{0,4}") {
            for text in [&text, &near] {
                let _ = diameter_um(text);
                let _ = length_mm(text);
            }
        }

        #[test]
        fn millimetres_written_with_three_places_are_read_back(micrometers in 0_u32..1_000_000) {
            let text = format!("{}.{:03} mm", micrometers / 1_000, micrometers % 1_000);
            prop_assert_eq!(diameter_um(&text), Ok(micrometers));
        }
    }
}
