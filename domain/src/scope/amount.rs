//! Amounts in requirements, exact.

/// Reads a plain decimal number such as `50` or `1.5` as that many `parts` (60 for hours to minutes,
/// 12 for years to months). `None` when it is no such number, too large, or no whole number of parts.
///
/// Nothing here is a float, so that 27.5 hours is 1,650 minutes.
pub(crate) fn whole_parts(text: &str, parts: u32) -> Option<u32> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.len() <= 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || text.ends_with('.') {
        return None;
    }
    let scale = 10_u64.pow(u32::try_from(fraction.len()).ok()?);
    let fraction: u64 = if fraction.is_empty() {
        0
    } else {
        fraction.parse().ok()?
    };
    let scaled = (whole.parse::<u64>().ok()? * scale + fraction) * u64::from(parts);
    if !scaled.is_multiple_of(scale) {
        return None;
    }
    u32::try_from(scaled / scale).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_or_none() {
        for (text, parts, expected) in [
            ("50", 60, Some(3_000)),
            ("27.5", 60, Some(1_650)),
            ("1.5", 12, Some(18)),
            ("0", 60, Some(0)),
            ("25", 1, Some(25)),
            ("1.5", 1, None),
            ("0.33", 60, None),
            ("", 60, None),
            (".5", 60, None),
            ("5.", 60, None),
            ("-1", 60, None),
            ("1e3", 60, None),
            ("1,000", 60, None),
            ("9999999", 60, None),
            ("999999", 60, Some(59_999_940)),
            ("DOCTORATE", 60, None),
        ] {
            assert_eq!(whole_parts(text, parts), expected, "{text} × {parts}");
        }
    }
}
