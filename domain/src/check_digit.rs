//! Check digits and check characters: one function a scheme, each the character that has to follow.
//!
//! NPIs keep their own sum beside their type ([`crate::npi`]), since theirs has a fixed prefix.

/// The digit that completes a GS1 key: weights 3 and 1 alternating from the right, modulo 10.
///
/// `None` when a character is no ASCII digit. GS1 General Specifications 7.9.1, "Standard check
/// digit calculations for GS1 data structures". Zeros put in front change nothing, so a GTIN-8, -12
/// or -13 keeps its digit when it is written with fourteen.
///
/// ```
/// assert_eq!(domain::check_digit::gs1("5102222223333"), Some('6'));
/// ```
pub fn gs1(digits: &str) -> Option<char> {
    let mut sum = 0;
    let mut weight = 3;
    for digit in digits.chars().rev() {
        sum = (sum + digit.to_digit(10)? * weight) % 10;
        weight = 4 - weight;
    }
    char::from_digit((10 - sum) % 10, 10)
}

/// The characters of HIBC bar codes in the order of their values, 0 to 42: those of Code 39.
pub const HIBC_CHARACTERS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";

/// The character that completes an HIBC data structure, its leading `+` included: the sum of the
/// values modulo 43.
///
/// `None` when a character is none of [`HIBC_CHARACTERS`]. The answer may be a space, which labels
/// print as `_` (ANSI/HIBC 2.6).
///
/// ```
/// assert_eq!(domain::check_digit::hibc("+A123BJC5D6E71"), Some('G'));
/// ```
pub fn hibc(data: &str) -> Option<char> {
    let mut sum = 0;
    for character in data.chars() {
        sum = (sum + HIBC_CHARACTERS.find(character)?) % 43;
    }
    HIBC_CHARACTERS.chars().nth(sum)
}

/// The digit that completes a Luhn number (ISO/IEC 7812-1): every second digit from the right is
/// doubled and its own digits are added.
///
/// `None` when a character is no ASCII digit.
///
/// ```
/// assert_eq!(domain::check_digit::luhn("80840123456789"), Some('3'));
/// ```
pub fn luhn(digits: &str) -> Option<char> {
    let mut sum = 0;
    let mut doubled = true;
    for digit in digits.chars().rev() {
        let digit = digit.to_digit(10)?;
        let value = if doubled { digit * 2 } else { digit };
        sum = (sum + value / 10 + value % 10) % 10;
        doubled = !doubled;
    }
    char::from_digit((10 - sum) % 10, 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::npi::Npi;

    #[track_caller]
    fn check(scheme: fn(&str) -> Option<char>, text: &str, expected: Option<char>) {
        assert_eq!(scheme(text), expected, "{text}");
    }

    #[test]
    fn gs1_digits_are_as_published() {
        check(gs1, "5102222223333", Some('6'));
        check(gs1, "0088523400012", Some('1'));
        check(gs1, "1088523400012", Some('8'));
        check(gs1, "0003456789012", Some('5'));
        check(gs1, "0000000000000", Some('0'));
        check(gs1, "510222222333x", None);
        check(gs1, "٥١٠", None);
    }

    #[test]
    fn zeros_in_front_keep_a_gs1_digit() {
        check(gs1, "3456789012", gs1("0003456789012"));
    }

    #[test]
    fn hibc_characters_are_as_published() {
        check(hibc, "+A123ABCDEFGHI1234567891", Some('E'));
        check(hibc, "+A123BJC5D6E71", Some('G'));
        check(hibc, "+A123BJC5D6E71/$$52001510X3", Some('C'));
        check(hibc, "+A123DN25401", Some('J'));
        check(hibc, "+A123DN25401/$$3280930LOT7A", Some(' '));
        check(hibc, "+a123", None);
        check(hibc, "+É", None);
    }

    #[test]
    fn luhn_agrees_with_every_sample_npi() {
        for serial in [0, 1, 42, 12_345_678, 99_999_999] {
            let npi = Npi::sample(serial).to_string();
            let (first_nine, last) = npi.split_at(9);
            check(luhn, &format!("80840{first_nine}"), last.chars().next());
        }
        check(luhn, "7992739871", Some('3'));
        check(luhn, "8084O", None);
    }
}
