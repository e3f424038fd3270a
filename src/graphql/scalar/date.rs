use async_graphql::{Description, InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::NaiveDate;

/// A calendar day, `YYYY-MM-DD`, from the year 1 to 9999; which zone's day is said where it is used.
#[derive(Description, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date(pub NaiveDate);

#[Scalar(
    use_type_description,
    specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6"
)]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        Self::read(&value).map_err(InputValueError::custom)
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.format("%Y-%m-%d").to_string())
    }
}

impl Date {
    /// The day that a value is, or the reason why it is none.
    pub(super) fn read(value: &Value) -> Result<Self, &'static str> {
        let day = match value {
            Value::String(text) => parse(text),
            _ => None,
        };
        day.map(Self)
            .ok_or("a day that exists is written YYYY-MM-DD, like 2026-11-21")
    }
}

impl From<NaiveDate> for Date {
    fn from(day: NaiveDate) -> Self {
        Self(day)
    }
}

/// Stricter than chrono, which also takes `2026-1-5` and years of any length.
fn parse(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let in_form = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !in_form || text.starts_with("0000") {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_day_that_exists_in_its_one_form_is_taken() {
        for (text, taken) in [
            ("2026-11-21", true),
            ("2024-02-29", true),
            ("9999-12-31", true),
            ("0001-01-01", true),
            ("0000-01-01", false),
            ("2026-02-29", false),
            ("2026-13-01", false),
            ("2026-1-5", false),
            ("26-01-05", false),
            ("+12026-01-05", false),
            ("2026-11-21T00:00:00Z", false),
            (" 2026-11-21", false),
            ("２０２６-11-2", false),
            ("", false),
        ] {
            assert_eq!(parse(text).is_some(), taken, "{text:?}");
        }
    }
}
