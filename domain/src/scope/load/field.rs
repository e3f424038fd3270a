//! One field at a time.

use std::fmt::Display;
use std::str::FromStr;

use chrono::NaiveDate;

use crate::scope::error::{LawError, LawFile};

/// A line being read; what its fields cannot say is collected.
pub(super) struct Line {
    file: LawFile,
    number: u64,
    errors: Vec<LawError>,
}

impl Line {
    pub(super) const fn new(file: LawFile, number: u64) -> Self {
        Self {
            file,
            number,
            errors: Vec::new(),
        }
    }

    /// The line's value when every field could be read.
    pub(super) fn finish<T>(self, value: Option<T>) -> Result<T, Vec<LawError>> {
        match value {
            Some(value) if self.errors.is_empty() => Ok(value),
            _ => Err(self.errors),
        }
    }

    pub(super) fn refuse(&mut self, field: &'static str, reason: impl Into<String>) {
        self.errors.push(LawError::Field {
            file: self.file,
            line: self.number,
            field,
            reason: reason.into(),
        });
    }

    /// A code that has to be there.
    pub(super) fn code<T>(&mut self, field: &'static str, text: &str) -> Option<T>
    where
        T: FromStr<Err: Display>,
    {
        match text.trim().parse() {
            Ok(code) => Some(code),
            Err(error) => {
                self.refuse(field, error.to_string());
                None
            }
        }
    }

    /// A code that may be left blank.
    pub(super) fn optional_code<T>(&mut self, field: &'static str, text: &str) -> Option<T>
    where
        T: FromStr<Err: Display>,
    {
        present(text).and_then(|text| self.code(field, text))
    }

    /// A day that may be left blank.
    pub(super) fn optional_day(&mut self, field: &'static str, text: &str) -> Option<NaiveDate> {
        let text = present(text)?;
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        if day.is_none() {
            self.refuse(field, format!("{text:?} is not a day like 2026-11-21"));
        }
        day
    }

    /// A whole number that may be left blank.
    pub(super) fn optional_number(&mut self, field: &'static str, text: &str) -> Option<u32> {
        let text = present(text)?;
        let number = text.parse().ok();
        if number.is_none() {
            self.refuse(field, format!("{text:?} is not a whole number"));
        }
        number
    }

    /// Text that has to be there.
    pub(super) fn text(&mut self, field: &'static str, text: &str) -> Option<Box<str>> {
        let found = optional_text(text);
        if found.is_none() {
            self.refuse(field, "is blank");
        }
        found
    }
}

/// Text that may be left blank.
pub(super) fn optional_text(text: &str) -> Option<Box<str>> {
    present(text).map(Into::into)
}

fn present(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}
