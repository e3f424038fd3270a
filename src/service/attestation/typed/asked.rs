//! Questions: what was typed and could mean two things, or nothing.

use crate::service::{UserError, UserErrorCode};

/// The most characters of a text; a bar code may have more.
pub(super) const MOST_CHARACTERS: usize = 200;

/// What has to be mended before anything is stored.
#[derive(Default)]
pub(super) struct Asked(pub(super) Vec<UserError>);

impl Asked {
    pub(super) fn about(&mut self, field: impl Into<Box<str>>, message: impl Into<Box<str>>) {
        self.0
            .push(UserError::of(UserErrorCode::GuardFailed, field, message));
    }

    pub(super) fn or<T>(&mut self, field: String, read: Result<T, impl ToString>) -> Option<T> {
        read.map_err(|why| self.about(field, why.to_string())).ok()
    }

    pub(super) fn text(&mut self, field: String, text: String, most: usize) -> Box<str> {
        // A scanner's separator (FNC1) is part of a bar code.
        let strays = text.chars().any(|c| c.is_control() && c != '\u{1d}');
        if strays {
            self.about(field, "it has characters that no label has");
        } else if text.chars().count() > most {
            self.about(field, format!("it has more than {most} characters"));
        }
        text.into()
    }

    pub(super) fn words(&mut self, field: String, text: Option<String>) -> Option<Box<str>> {
        text.filter(|text| !text.trim().is_empty())
            .map(|text| self.text(field, text, MOST_CHARACTERS))
    }
}
