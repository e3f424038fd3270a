//! Licence numbers as boards and people write them.

/// Do two texts name one licence of one board?
///
/// Case, blanks, dots, dashes and leading zeros are typography: `PTL.0012345` and `ptl 12345` are one.
/// Letters in front may be left out, as boards themselves do; other letters name another licence.
pub fn same_number(one: &str, other: &str) -> bool {
    let (one, other) = (Parts::of(one), Parts::of(other));
    one.digits == other.digits
        && !(one.digits.is_empty() && one.letters.is_empty())
        && (one.letters == other.letters || one.letters.is_empty() || other.letters.is_empty())
}

/// What numbers that may be the same have in common.
pub(super) fn key(number: &str) -> String {
    Parts::of(number).digits
}

struct Parts {
    letters: String,
    digits: String,
}

impl Parts {
    fn of(number: &str) -> Self {
        let kept = || {
            number
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .map(|c| c.to_ascii_uppercase())
        };
        let digits: String = kept().filter(char::is_ascii_digit).collect();
        let significant = digits.trim_start_matches('0');
        Self {
            letters: kept().filter(char::is_ascii_alphabetic).collect(),
            // A number of zeros alone is still a number.
            digits: if significant.is_empty() && !digits.is_empty() {
                "0".to_owned()
            } else {
                significant.to_owned()
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_makes_no_other_license() {
        for (one, other, same) in [
            ("PTL.0012345", "ptl 12345", true),
            ("12345", "PTL.0012345", true),
            ("PTL-12345", "PTA-12345", false),
            ("12345", "12346", false),
            ("0", "000", true),
            ("", "", false),
            ("...", "12", false),
            ("AP", "AP", true),
            ("AC.0001234", "AC1234", true),
        ] {
            assert_eq!(same_number(one, other), same, "{one} {other}");
            assert_eq!(same_number(other, one), same, "{other} {one}");
            if same {
                assert_eq!(key(one), key(other), "{one} {other}");
            }
        }
    }
}
